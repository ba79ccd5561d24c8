import Foundation
import PlanModel
import SQLiteQuery
import SQLiteStore
import SyncCore
import SyncServer
import Testing

@testable import Replica

@Suite("Databases of older versions")
struct UpgradeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A copy of a database that a version has left.
  private func fixture(_ name: String, of version: String = "version-1") throws -> String {
    let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/\(version)/\(name).sqlite.gz")
    let copy = folder.path + "/\(name).sqlite"
    let gunzip = Process()
    gunzip.executableURL = URL(filePath: "/bin/sh")
    gunzip.arguments = ["-c", "gzip -dc '\(source.path)' > '\(copy)'"]
    try gunzip.run()
    gunzip.waitUntilExit()
    try #require(gunzip.terminationStatus == 0)
    return copy
  }

  private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  private func title(_ view: RecordView) -> String {
    guard case .text(let title)? = KindDescription.task.register(named: "title").flatMap({ view.value($0) })
    else {
      return ""
    }
    return title
  }

  private func titles(_ laptop: Laptop) throws -> [String] {
    try laptop.replica.records(ofKind: KindDescription.task.number).map(title).sorted()
  }

  @Test("a server and its replicas of version 1 are opened, sync, and lose nothing")
  func version1() throws {
    let store = try SQLiteStore(path: try fixture("canonical"))
    #expect(try store.read { try Integrity.verify($0) }.problems == [])
    // A day after the databases were made.
    let office = try Office(store, now: 1_796_000_000_000)
    let ana = try Laptop(joined: Replica(path: try fixture("ana")), office)
    let ben = try Laptop(joined: Replica(path: try fixture("ben")), office)
    #expect(try ana.replica.waitingCount() == 2 && ben.replica.waitingCount() == 2)
    #expect(try ana.replica.conflicts().count == 1 && ben.replica.quarantine().count == 1)
    #expect(try titles(ana) == ["Call Zoe", "Send our offer", "Waits with Ana"])

    try ana.sync()
    try ben.sync()
    try ana.sync()
    for person in [ana, ben] {
      #expect(try person.replica.waitingCount() == 0)
      #expect(try titles(person) == ["Call Zoe", "Send our offer", "Waits with Ana", "Waits with Ben"])
      #expect(try person.replica.scopesThatDiffer().isEmpty)
      #expect(try person.replica.viewsThatDiffer().isEmpty)
      // Who was deleted before the upgrade is hidden after it, with how they were reached.
      var addresses = 0
      try person.replica.forEachRecord(ofKinds: [KindDescription.contactPoint.number]) { _ in addresses += 1 }
      #expect(addresses == 1)
    }
    #expect(try ana.replica.conflicts().count == 1 && ben.replica.quarantine().count == 1)
    #expect(try store.read { try Integrity.verify($0) }.problems == [])
  }

  @Test("what an upgrade changes is kept beside it as it was, once", arguments: ["canonical", "ana"])
  func keepsCopy(_ name: String) throws {
    let path = try fixture(name)
    let isServers = name == "canonical"
    let copy = folder.path + "/\(name).before-upgrade-\(isServers ? 1 : 2).sqlite"
    func open() throws -> String? {
      if isServers { return try SQLiteStore(path: path).copyBeforeUpgrade }
      _ = try Replica(path: path)
      return nil
    }
    let first = try open()
    #expect(first == (isServers ? copy : nil))
    let kept = try bytes(copy)
    // The older version would open it: it has none of the new tables.
    #expect(kept.range(of: Data("Epochs that this history had".utf8)) == nil)
    #expect(kept.range(of: Data("line_edits".utf8)) == nil)
    #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)
    // A second start finds nothing to do.
    #expect(try open() == nil)
    #expect(try bytes(copy) == kept)
    if !isServers {
      try Replica(path: path).forgetUpgradeCopies()
      #expect(!FileManager.default.fileExists(atPath: copy))
    }
  }

  @Test("a copy that an upgrade was killed over is made anew")
  func killedCopy() throws {
    let path = try fixture("ana")
    let copy = folder.path + "/ana.before-upgrade-2.sqlite"
    try Data("half".utf8).write(to: URL(filePath: copy + ".partial"))
    _ = try Replica(path: path)
    #expect(try bytes(copy).count > 100_000)
    #expect(!FileManager.default.fileExists(atPath: copy + ".partial"))
  }

  @Test("what cannot be copied first is not changed", arguments: ["canonical", "ana"])
  func notCopied(_ name: String) throws {
    let path = try fixture(name)
    let before = try bytes(path)
    let copy = folder.path + "/\(name).before-upgrade-\(name == "canonical" ? 1 : 2).sqlite"
    // Where the copy is to be, nothing can be written.
    try FileManager.default.createDirectory(atPath: copy + "/in-the-way", withIntermediateDirectories: true)
    if name == "canonical" {
      #expect(throws: Upgrade.NotCopied.self) { try SQLiteStore(path: path) }
    } else {
      #expect {
        _ = try Replica(path: path)
      } throws: { error in
        guard case ReplicaError.notCopied(let place, _)? = error as? ReplicaError else { return false }
        return place == copy
      }
      #expect(try bytes(path) == before)
    }
  }
}
