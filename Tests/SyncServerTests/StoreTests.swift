import Foundation
import GRDB
import PlanModel
import ProtocolMessages
import SQLiteStore
import SyncCore
import SyncServer
import Testing

/// A folder that goes when the test ends.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "kam-\(UUID())").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var database: String { path + "/kam.sqlite" }
}

@Suite("The SQLite store")
struct StoreTests {
  private struct Undo: Error {}

  @Test("a commit is on disk before it is acknowledged: synchronous is FULL")
  func synchronous() throws {
    let folder = try TemporaryFolder()
    #expect(try SQLiteStore(path: folder.database).synchronousSetting() == 2)
  }

  @Test("reopening keeps everything, and changes nothing")
  func reopening() throws {
    let folder = try TemporaryFolder()
    let acme = try Organisation(store: SQLiteStore(path: folder.database))
    let ana = try acme.person("Ana")
    let scope = try acme.account(managedBy: ana)
    let task = try ana.task(in: scope)
    let before = try (
      acme.record(task, in: scope), acme.row(scope), acme.historyRows(),
      acme.store.read { try $0.organization() }
    )
    for _ in 0..<2 {
      let again = try SQLiteStore(path: folder.database)
      #expect(try again.structureProblems(isThorough: true).isEmpty)
      try again.read { reading in
        let row = try #require(try reading.scope(scope))
        #expect(row == before.1)
        let record = try reading.record(task, in: row.number)
        #expect(record == before.0)
        let rows = try reading.scopes().flatMap { try reading.history(in: $0.number, after: 0, limit: 1_000) }
        #expect(rows == before.2)
        let organization = try reading.organization()
        #expect(organization == before.3)
      }
    }
  }

  @Test("a transaction that throws leaves nothing behind")
  func rollback() throws {
    let acme = try Organisation()
    let before = try acme.store.read { try $0.organization() }
    #expect(throws: Undo.self) {
      try acme.store.write { transaction in
        _ = try People.addUser(
          email: "x@y.example", name: "X", role: .member, by: "t", in: transaction, now: acme.now,
          using: &acme.random)
        throw Undo()
      }
    }
    #expect(try acme.store.read { try $0.user(email: "x@y.example") } == nil)
    #expect(try acme.store.read { try $0.organization() } == before)
  }

  @Test("of decisions that share a flush, only the one that throws is undone")
  func writeTogether() throws {
    let acme = try Organisation()
    let ana = try acme.person("Ana")
    let scope = try acme.account(managedBy: ana)
    let ids = (0..<3).map { _ in acme.newID() }
    let mutations = ids.map { ana.mutation(scope, create($0, .contact, ["name": "x"])) }
    let results = try acme.store.writeTogether(
      (0..<3).map { number in
        { transaction in
          let answer = try Push.decide(
            [mutations[number]], acknowledged: 0, by: ana.author, in: transaction, now: acme.now)
          if number == 1 { throw Undo() }
          return answer
        }
      })
    #expect(results.map { (try? $0.get()) != nil } == [true, false, true])
    #expect(throws: Undo.self) { try results[1].get() }
    // What the second had taken is free again, so the third came too early.
    #expect(try results[2].get().state == .gap(expected: mutations[1].sequence))
    #expect(try acme.record(ids[0], in: scope) != nil && acme.record(ids[1], in: scope) == nil)
    #expect(try ana.push(mutations[1], mutations[2]).results.map(\.outcome) == [.applied, .applied])
  }

  @Test("when the store itself fails, nothing of what shared the flush is kept")
  func storeFails() throws {
    let acme = try Organisation()
    let ana = try acme.person("Ana")
    let scope = try acme.account(managedBy: ana)
    let id = acme.newID()
    let mutation = ana.mutation(scope, create(id, .contact, ["name": "x"]))
    #expect(throws: StoreError.broken("SQLite error 10: disk I/O error")) {
      try acme.store.writeTogether([
        { try Push.decide([mutation], acknowledged: 0, by: ana.author, in: $0, now: acme.now) },
        { _ in throw DatabaseError(resultCode: .SQLITE_IOERR) },
      ])
    }
    #expect(try acme.record(id, in: scope) == nil)
    #expect(try ana.push(mutation).results.map(\.outcome) == [.applied])
  }

  @Test("a database of a newer version is refused, not touched")
  func newer() throws {
    let folder = try TemporaryFolder()
    _ = try Organisation(store: SQLiteStore(path: folder.database))
    do {
      let queue = try DatabaseQueue(path: folder.database)
      try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('999')") }
      try queue.close()
    }
    #expect {
      _ = try SQLiteStore(path: folder.database)
    } throws: { error in
      "\(error)".contains("newer version")
    }
  }

  @Test("a database without an organisation says so")
  func empty() throws {
    let store = try SQLiteStore(inMemory: ())
    #expect {
      _ = try store.read { try $0.organization() }
    } throws: { error in
      "\(error)".contains("no organisation")
    }
  }

  @Test("a damaged record is the store's failure, and not the client's mistake")
  func damagedRecord() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore(path: folder.database)
    let acme = try Organisation(store: store)
    let ana = try acme.person("Ana")
    let scope = try acme.account(managedBy: ana)
    let task = try ana.task(in: scope)
    let queue = try DatabaseQueue(path: folder.database)
    try queue.write {
      try $0.execute(sql: "UPDATE record SET state = x'0AFF' WHERE id = ?", arguments: [Data(task.bytes)])
    }
    #expect {
      try ana.push(ana.mutation(scope, change(task, .task, ["title": "x"])))
    } throws: { error in
      guard case StoreError.broken(let words) = error else { return false }
      return words.contains("a record's state cannot be read")
    }
  }

  @Test("a copy holds all that was committed")
  func copy() throws {
    let acme = try Organisation()
    let ana = try acme.person("Ana")
    let scope = try acme.account(managedBy: ana)
    let other = try SQLiteStore(inMemory: ())
    try acme.store.copy(to: other)
    _ = try ana.task(in: scope)
    #expect(try other.read { try $0.scope(scope)?.head } == 1)
    #expect(try acme.row(scope)?.head == 2)
  }
}
