import Foundation
import GRDB
import PlanModel
import SyncCore
import Testing

@testable import Replica

@Suite("A damaged replica")
struct DoctorTests {
  @Test("gives up what waits into a new file, and the next sync brings the rest", arguments: 0..<6)
  func rescued(seed: Int) throws {
    let folder = try TemporaryFolder()
    let office = try Office()
    let ana = try office.person("Ana", replica: try Replica(path: folder.file))
    let scope = try ana.account()
    let synced = try (0..<60).map {
      try ana.task(in: scope, title: "synced \($0) " + String(repeating: "x", count: 250))
    }
    try ana.sync()
    let waiting = try ana.task(in: scope, title: "waiting")
    try ana.set(synced[3], ["detail": "on the train"], in: scope)
    try ana.replica.database.close()

    // Pages of the records, zeroed; the outbox lies elsewhere. What lies where, SQLite says itself.
    let pages = try DatabaseQueue(path: folder.file).read {
      try Int.fetchAll(
        $0, sql: "SELECT pageno FROM dbstat WHERE name IN ('base', 'base_by_id') AND pagetype = 'leaf'")
    }
    let handle = try #require(FileHandle(forUpdatingAtPath: folder.file))
    for page in pages.enumerated() where page.offset % 6 == seed {
      try handle.seek(toOffset: UInt64(page.element - 1) * 8192)
      try handle.write(contentsOf: Data(count: 8192))
    }
    try handle.close()

    let fresh = folder.path + "/fresh.sqlite"
    let before = try Data(contentsOf: URL(filePath: folder.file))
    let rescue = try Doctor.rescue(folder.file, into: fresh)
    #expect(try Data(contentsOf: URL(filePath: folder.file)) == before)
    #expect(rescue.waiting == 2 && rescue.isJoined && rescue.lostEdits == 0 && rescue.damagedTables.isEmpty)
    let mended = Laptop(ana, try Replica(path: fresh))
    #expect(try mended.sync().ending == .complete)
    #expect(try mended.sees("title", of: waiting) == "waiting")
    #expect(try mended.sees("detail", of: synced[3]) == "on the train")
    #expect(try mended.replica.count() >= 62 && mended.equalsServer())
    #expect(try office.record(waiting, in: scope) != nil)
  }

  @Test("of which nothing can be read is told as such, and left as it is")
  func hopeless() throws {
    let folder = try TemporaryFolder()
    try Data(repeating: 0x41, count: 100_000).write(to: URL(filePath: folder.file))
    #expect(throws: ReplicaError.self) { try Doctor.rescue(folder.file, into: folder.path + "/fresh.sqlite") }
    #expect(try Data(contentsOf: URL(filePath: folder.file)).count == 100_000)
  }

  @Test("whose value changed behind its checksum is found, and the next sync brings the right one")
  func changedValue() throws {
    let office = try Office()
    let ana = try office.person("Ana")
    let scope = try ana.account()
    let task = try ana.task(in: scope, title: "Unmistakable")
    try ana.sync()
    try ana.replica.write { transaction in
      let database = transaction.database
      let state = try #require(
        try Data.fetchOne(database, sql: "SELECT state FROM base WHERE id = ?", arguments: [Data(task.bytes)])
      )
      let place = try #require(state.range(of: Data("Unmistakable".utf8)))
      var changed = state
      changed.replaceSubrange(place, with: Data("Unmistakeble".utf8))
      try database.execute(
        sql: "UPDATE base SET state = ? WHERE id = ?", arguments: [changed, Data(task.bytes)])
    }
    let differing = try ana.replica.scopesThatDiffer()
    #expect(differing == [scope])
    try ana.replica.suspect(differing)
    let report = try ana.sync()
    #expect(report.ending == .complete)
    #expect(try ana.sees("title", of: task) == "Unmistakable" && ana.equalsServer())
    // Nothing is fetched again after that.
    try ana.sync()
    #expect(try ana.replica.read { try $0.suspectScopes() }.isEmpty)
  }
}
