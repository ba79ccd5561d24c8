import Foundation
import Testing

/// A small file system in memory, which only root may mount.
struct SmallDisk {
  let place: Workplace
  let path: String

  static var isPossible: Bool { geteuid() == 0 }

  init(_ place: Workplace, mebibytes: Int) async throws {
    self.place = place
    path = place.path + "/disk"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    let mounted = try await place.run(
      "/usr/bin/env", ["mount", "-t", "tmpfs", "-o", "size=\(mebibytes)m", "tmpfs", path])
    try #require(mounted.status == 0, "\(mounted.errors)")
  }

  /// Writes as much as there is room for, less `mebibytes`.
  func fill(leaving mebibytes: Int) async throws {
    let free = try await place.run("/usr/bin/env", ["df", "--output=avail", "-k", path])
    let kibibytes = try #require(Int(free.lastLine.trimmingCharacters(in: .whitespaces)))
    _ = try await place.run(
      "/usr/bin/env",
      [
        "dd", "if=/dev/zero", "of=\(path)/filling", "bs=1k", "count=\(kibibytes - mebibytes * 1024)",
        "status=none",
      ])
  }

  /// Remounts it so that nothing can be written, or as it was.
  func setWritable(_ isWritable: Bool) async throws {
    let mounted = try await place.run(
      "/usr/bin/env", ["mount", "-o", "remount,\(isWritable ? "rw" : "ro")", path])
    try #require(mounted.status == 0, "\(mounted.errors)")
  }

  func empty() throws { try FileManager.default.removeItem(atPath: path + "/filling") }

  func unmount() async { _ = try? await place.run("/usr/bin/env", ["umount", "-l", path]) }
}

@Suite("A server whose disk fills up", .enabled(if: SmallDisk.isPossible, "mounting a small disk needs root"))
struct DiskFullTests {
  @Test("takes no edits, serves what it has, and goes on once there is room; five times")
  func fillsUp() async throws {
    try await Workplace.run { place in
      let disk = try await SmallDisk(place, mebibytes: 48)
      try await onDisk(disk, reserveMebibytes: 16) { server, ana, ben in
        for round in 1...5 {
          try await ana.does("task", "add", "acme", "Before \(round)", "--department", "sales")
          try await ana.sync()
          try await disk.fill(leaving: 8)
          try await eventually("it notices", within: 10) {
            server.log.components(separatedBy: "the disk is full").count > round
          }
          try await ana.does("task", "add", "acme", "Full \(round)", "--department", "sales")
          let refused = try await ana.tries("sync")
          #expect(refused.status == 3 && refused.errors.contains("disk is full"), "\(refused.told)")
          #expect(try await ana.waiting() == 1)
          // Whoever only reads does not notice; whoever waits to write still reads.
          try await ben.sync()
          #expect(try await ben.tasks().contains { $0["title"].text == "Before \(round)" })
          // Taking access away never waits for room.
          for verb in ["suspend", "resume"] {
            let done = try await server.admin("user", verb, ben.email)
            #expect(done.status == 0, "\(done.told)")
          }
          try disk.empty()
          try await eventually("it goes on", within: 10) {
            server.log.components(separatedBy: "room on the disk again").count > round
          }
          #expect(try await ana.sync()["sent"] == 1)
        }
        try await ben.sync()
        #expect(try await ben.tasks().count == 10)
        #expect(try await server.admin("audit", "verify").status == 0)
      }
    }
  }

  @Test("without a reserve, a commit that finds no room is taken back and nothing is acknowledged")
  func runsOut() async throws {
    try await Workplace.run { place in
      let disk = try await SmallDisk(place, mebibytes: 32)
      try await onDisk(disk, reserveMebibytes: 0) { server, ana, ben in
        try await disk.fill(leaving: 0)
        let lines = (1...400).map {
          #"{"kind":"task","account":"acme","title":"T\#($0)","department":"sales","detail":"\#(String(repeating: "x", count: 4000))"}"#
        }
        try await ana.does("import", "-", "--apply", input: lines.joined(separator: "\n"))
        let refused = try await ana.tries("sync")
        #expect(refused.status == 3 && refused.errors.contains("disk is full"), "\(refused.told)")
        #expect(try await ana.waiting() == 400)
        try await ben.sync()
        #expect(try await ben.tasks().isEmpty && server.pid > 0)
        try disk.empty()
        try await eventually("it goes on", within: 10) { server.log.contains("room on the disk again") }
        #expect(try await ana.sync()["sent"] == 400)
        try await ben.sync()
        #expect(try await ben.tasks().count == 400)
        #expect(try await server.admin("audit", "verify").status == 0)
      }
    }
  }

  /// Ana and Ben share an account on a server whose data lies on the disk.
  private func onDisk(
    _ disk: SmallDisk, reserveMebibytes: Int, _ test: (TestServer, Person, Person) async throws -> Void
  ) async throws {
    let result: Result<Void, any Error>
    do {
      let server = try await TestServer(disk.place, name: "disk/server")
      try server.setting("reserveMebibytes", to: reserveMebibytes)
      try await server.start()
      let ana = try await server.ana()
      let ben = try await server.person("Ben")
      try await ana.does("account", "add", "Acme Industries", "--slug", "acme")
      try await ana.sync()
      try await ana.does("account", "share", "acme", "--with", ben.email, "--role", "contributor")
      try await ben.sync()
      result = .success(try await test(server, ana, ben))
      await server.stop()
    } catch { result = .failure(error) }
    await disk.unmount()
    try result.get()
  }
}
