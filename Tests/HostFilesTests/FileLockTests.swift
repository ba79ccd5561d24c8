import Foundation
import HostFiles
import Testing

@Suite("A lock on a file")
struct FileLockTests {
  @Test("keeps another process out for as long as it lives")
  func keepsOut() throws {
    try inDirectory { directory in
      let path = directory + "/lock"
      do {
        let lock = try FileLock(path)
        #expect(try other("--nonblock", path, "true") == 0)
        #expect(try lock.take())
        #expect(try other("--nonblock", path, "true") == 1)
        #expect(try other("--shared", "--nonblock", path, "true") == 1)
      }
      #expect(try other("--nonblock", path, "true") == 0)
    }
  }

  @Test("is not taken from another process that has it, and is free once that one was killed")
  func killedHolder() throws {
    try inDirectory { directory in
      let path = directory + "/lock"
      let lock = try FileLock(path)
      let holder = try start("--no-fork", path, "sleep", "60")
      defer { holder.terminate() }
      try untilHeld(path)
      #expect(try !lock.take(withinMilliseconds: 50))
      #expect(kill(holder.processIdentifier, SIGKILL) == 0)
      #expect(try lock.take(withinMilliseconds: 10_000))
    }
  }

  @Test("can be waited for")
  func waits() throws {
    try inDirectory { directory in
      let path = directory + "/lock"
      let holder = try start("--no-fork", path, "sleep", "0.3")
      try untilHeld(path)
      let lock = try FileLock(path)
      #expect(try !lock.take())
      try lock.wait()
      holder.waitUntilExit()
      #expect(try other("--nonblock", path, "true") == 1)
    }
  }

  @Test("is a file that only its owner can open, and no link to another's")
  func file() throws {
    try inDirectory { directory in
      let path = directory + "/lock"
      _ = try FileLock(path)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
      try FileManager.default.createSymbolicLink(atPath: path + "-link", withDestinationPath: path)
      #expect(throws: FileTrouble(.open, path + "-link", code: ELOOP)) { try FileLock(path + "-link") }
    }
  }

  // MARK: - Another process

  /// Runs util-linux's `flock`, which takes the same lock.
  private func start(_ arguments: String...) throws -> Process { try start(arguments) }

  private func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["flock"] + arguments
    try process.run()
    return process
  }

  /// - Returns: its exit code; 1 when the lock is another's.
  private func other(_ arguments: String...) throws -> Int32 {
    let process = try start(arguments)
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func untilHeld(_ path: String) throws {
    for _ in 1...500 {
      if try other("--nonblock", path, "true") == 1 { return }
      usleep(10_000)
    }
    Issue.record("nobody took the lock")
  }
}
