import Foundation
import Testing

@testable import HostFiles

@Suite("A file that is replaced in one step")
struct AtomicFileTests {
  @Test("is for the eyes of its owner only, or for everybody's")
  func modes() throws {
    try inDirectory { directory in
      try AtomicFile.write(Data("secret".utf8), to: directory + "/key")
      try AtomicFile.write(Data("public".utf8), to: directory + "/certificate", readers: .everyone)
      #expect(try mode(directory + "/key") == 0o600)
      #expect(try mode(directory + "/certificate") == 0o644)
      #expect(try text(directory + "/certificate") == "public")
    }
  }

  @Test("keeps the old contents until the new ones are whole: a crash between leaves the old ones")
  func crashBetween() throws {
    try inDirectory { directory in
      let path = directory + "/key"
      try AtomicFile.write(Data("old".utf8), to: path)
      _ = try AtomicFile.draft(Data("new".utf8), of: path, readers: .owner)
      #expect(try text(path) == "old")
      try AtomicFile.write(Data("newer".utf8), to: path)
      #expect(try text(path) == "newer")
      #expect(try names(directory) == ["key"])
    }
  }

  @Test("does not take over what a crash has left, neither its contents nor who may read it")
  func leftDraft() throws {
    try inDirectory { directory in
      let path = directory + "/key"
      try Data(repeating: 7, count: 1_000).write(to: URL(filePath: path + ".new"))
      #expect(chmod(path + ".new", 0o666) == 0)
      try AtomicFile.write(Data("short".utf8), to: path)
      #expect(try text(path) == "short")
      #expect(try mode(path) == 0o600)
    }
  }

  @Test("is not written through a link that somebody has put where the draft goes")
  func link() throws {
    try inDirectory { directory in
      let (path, other) = (directory + "/key", directory + "/other")
      try Data("theirs".utf8).write(to: URL(filePath: other))
      try FileManager.default.createSymbolicLink(atPath: path + ".new", withDestinationPath: other)
      try AtomicFile.write(Data("mine".utf8), to: path)
      #expect(try text(other) == "theirs")
      #expect(try text(path) == "mine")
    }
  }

  @Test(
    "stays as it was, and leaves nothing beside it, when it cannot be replaced; the error names it and says why"
  )
  func failure() throws {
    try inDirectory { directory in
      let path = directory + "/taken"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      #expect(throws: FileTrouble(.replace, path, code: EISDIR)) {
        try AtomicFile.write(Data("new".utf8), to: path)
      }
      #expect(try names(directory) == ["taken"])
      let trouble = FileTrouble(.open, directory + "/none", code: ENOENT)
      #expect(throws: trouble) { try AtomicFile.flushDirectory(of: directory + "/none/file") }
      #expect("\(trouble)" == "\(directory)/none cannot be used: No such file or directory")
    }
  }

  @Test("that others write is empty, private and new")
  func empty() throws {
    try inDirectory { directory in
      let path = directory + "/copy.partial"
      try Data("half".utf8).write(to: URL(filePath: path))
      try AtomicFile.makeEmpty(path)
      #expect(try mode(path) == 0o600)
      #expect(try text(path).isEmpty)
    }
  }

  @Test("can be taken away from others afterwards, and so can a directory")
  func madePrivate() throws {
    try inDirectory { directory in
      let path = directory + "/database"
      try Data().write(to: URL(filePath: path))
      #expect(chmod(path, 0o644) == 0)
      try makePrivate(path)
      #expect(try mode(path) == 0o600)
      #expect(chmod(directory, 0o755) == 0)
      try makePrivate(directory, isDirectory: true)
      #expect(try mode(directory) == 0o700)
    }
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  private func names(_ directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
  }

  private func mode(_ path: String) throws -> Int? {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue
  }
}

/// A directory of its own for each test.
func inDirectory(_ body: (String) throws -> Void) throws {
  let path = FileManager.default.temporaryDirectory.appending(path: "host-files-\(UUID())").path
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  try body(path)
}
