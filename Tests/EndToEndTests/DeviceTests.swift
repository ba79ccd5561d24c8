import Foundation
import Testing

/// What happens to a replica on its own device: disks that take nothing, several commands at once.
@Suite struct DeviceTests {
  /// A person whose replica lies on a disk of its own, with two tasks that are synced and one that waits.
  private func onDisk(_ test: (SmallDisk, Person) async throws -> Void) async throws {
    try await Workplace.run { place in
      let server = try await TestServer.running(place)
      let disk = try await SmallDisk(place, mebibytes: 16)
      let result: Result<Void, any Error>
      do {
        let home = disk.path + "/ana"
        try FileManager.default.createDirectory(
          atPath: home, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        let ana = Person(place, "Ana", home: home)
        try await ana.join(server.firstInvite)
        try await ana.does("account", "add", "Acme", "--slug", "acme")
        for title in ["Call Zoe", "Send offer"] { try await ana.adds(task: title) }
        try await ana.sync()
        try await ana.adds(task: "Waits here")
        result = .success(try await test(disk, ana))
      } catch { result = .failure(error) }
      await disk.unmount()
      try result.get()
    }
  }

  /// Everything that only reads, and what an edit is told.
  private func readsAll(_ ana: Person, refusal: String) async throws {
    try await ana.does("task", "list")
    let found = try await ana.does("find", "offer")
    #expect(found.output.contains("Send offer"))
    for words in [
      ["inbox"], ["show", "acme"], ["conflicts"], ["status"], ["task", "list", "--json"], ["kpi"], ["check"],
      ["export", "-", "--format", "jsonl"],
    ] {
      let done = try await ana.run(words)
      #expect(done.status == 0, "kam \(words.joined(separator: " ")): \(done.told)")
    }
    let edit = try await ana.tries("task", "add", "acme", "One more", "--department", "sales")
    #expect(edit.status == 1 && edit.errors.contains(refusal), "\(edit.told)")
    #expect(try await ana.tasks().count == 3)
  }

  @Test(
    "a device whose disk is full reads everything, and stores nothing halfway",
    .enabled(if: SmallDisk.isPossible, "mounting a small disk needs root"))
  func fullDisk() async throws {
    try await onDisk { disk, ana in
      try await disk.fill(leaving: 0)
      let listed = try await ana.does("account", "list")
      #expect(listed.errors.contains("line numbers still mean the list before"), "\(listed.told)")
      try await readsAll(ana, refusal: "The disk is full: nothing was written")
      try disk.empty()
      try await ana.sync()
      #expect(try await ana.isWhole())
      #expect(try await ana.tasks().count == 3)
    }
  }

  @Test(
    "a device whose disk may only be read reads everything",
    .enabled(if: SmallDisk.isPossible, "mounting a small disk needs root"))
  func readOnlyDisk() async throws {
    try await onDisk { disk, ana in
      try await disk.setWritable(false)
      try await readsAll(ana, refusal: "The replica cannot be written")
      try await disk.setWritable(true)
      try await ana.sync()
      #expect(try await ana.waiting() == 0)
    }
  }

  @Test("output that cannot be written whole ends with an error")
  func outputOnFullDisk() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let listed = try await place.run(
        "/bin/sh", ["-c", "\(Built.kam) account list --json > /dev/full"],
        environment: ["KAM_HOME": team.ana.home])
      #expect(listed.status == 1 && listed.errors.contains("No space left on device"), "\(listed.told)")
    }
  }

  @Test("imports of one file at the same time make every row once")
  func importsAtOnce() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      let rows = (1...60).map { "P-\($0),Product \($0)" }.joined(separator: "\n")
      let path = place.path + "/products.csv"
      try ("SKU,Name\n" + rows + "\n").write(toFile: path, atomically: true, encoding: .utf8)
      let running = try (1...6).map { _ in try team.ana.starts("import", path, "--apply") }
      for program in running {
        let done = await program.finished()
        #expect(done.status == 0, "\(done.told)")
      }
      #expect(try await team.ana.json("product", "list").elements.count == 60)
    }
  }

  @Test("a sync beside another one says that it waits")
  func secondSyncSaysSo() async throws {
    try await Workplace.run { place in
      let team = try await Team(place)
      // What a sync that hangs holds.
      let holder = try place.start(
        "/usr/bin/env", ["flock", team.ana.home + "/sync.lock", "sleep", "3"])
      try await eventually("the lock is held") {
        try await place.run("/usr/bin/env", ["flock", "-n", team.ana.home + "/sync.lock", "true"]).status != 0
      }
      let second = try await team.ana.tries("sync")
      #expect(
        second.status == 0 && second.errors.contains("Another kam is syncing this replica"), "\(second.told)")
      _ = await holder.wait()
      #expect(try await !team.ana.tries("sync").errors.contains("Another kam"))
    }
  }
}
