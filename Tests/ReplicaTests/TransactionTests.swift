import GRDB
import PlanModel
import SyncCore
import Testing

@testable import Replica

@Suite("A transaction of a replica")
struct TransactionTests {
  private let office: Office
  private let ana: Laptop
  private let scope: Scope
  private let title: UInt32

  init() throws {
    office = try Office()
    ana = try office.person("Ana")
    scope = try ana.account()
    try ana.sync()
    title = try #require(KindDescription.task.register(named: "title")).number
  }

  private struct Interruption: Error {}

  @Test("shows its own edits, and they are all kept")
  func seesItsEdits() throws {
    let task = try ana.task(in: scope)
    let seen = try ana.replica.write { transaction in
      for text in ["One", "Two"] {
        try transaction.edit(in: scope, summary: text, now: office.now, using: &office.random) {
          try $0.update(task, [(title, .text(text))])
        }
      }
      return try transaction.record(task, in: scope)?.text("title")
    }
    #expect(try seen == "Two" && ana.sees("title", of: task) == "Two" && ana.replica.waitingCount() == 3)
  }

  @Test("that ends with an error keeps nothing of any of its edits")
  func allOrNothing() throws {
    let task = try ana.task(in: scope)
    let before = try ana.replica.progress()
    #expect(throws: Interruption.self) {
      try ana.replica.write { transaction in
        try transaction.edit(in: scope, summary: "One", now: office.now, using: &office.random) {
          try $0.update(task, [(title, .text("One"))])
        }
        throw Interruption()
      }
    }
    #expect(try ana.sees("title", of: task) == "Call Ana" && ana.replica.waitingCount() == 1)
    #expect(try ana.replica.progress() == before && ana.replica.viewsThatDiffer().isEmpty)
  }

  @Test("A question within another sees the same moment, and one within an edit sees what that has written")
  func questionsNest() throws {
    let task = try ana.task(in: scope)
    try ana.replica.read { reading in
      let outer = try reading.record(task, in: scope)?.text("title")
      #expect(try ana.replica.record(task, in: scope)?.text("title") == outer)
    }
    try ana.replica.write { transaction in
      try transaction.edit(in: scope, summary: "One", now: office.now, using: &office.random) {
        try $0.update(task, [(title, .text("One"))])
      }
      #expect(try ana.replica.record(task, in: scope)?.text("title") == "One")
    }
  }

  @Test("An edit within a transaction is a part of it: taken back alone when it fails, and with the whole")
  func editsNest() throws {
    let task = try ana.task(in: scope)
    func rename(_ text: String) throws {
      try ana.replica.edit(in: scope, summary: text, now: office.now, using: &office.random) {
        try $0.update(task, [(title, .text(text))])
      }
    }
    try ana.replica.write { _ in
      try rename("One")
      #expect(throws: Interruption.self) {
        try ana.replica.write { _ in
          try rename("Two")
          throw Interruption()
        }
      }
      #expect(try ana.sees("title", of: task) == "One")
    }
    #expect(throws: Interruption.self) {
      try ana.replica.write { _ in
        try rename("Three")
        throw Interruption()
      }
    }
    #expect(try ana.sees("title", of: task) == "One" && ana.replica.waitingCount() == 2)
    #expect(try ana.replica.viewsThatDiffer().isEmpty)
  }

  @Test("hides what it has deleted, and shows it once that is taken back within it")
  func whatIsHiddenFollows() throws {
    let account = try #require(scope.account)
    let task = try ana.task(in: scope)
    func isShown(_ reading: ReplicaReading) throws -> Bool {
      try reading.records(ofKind: KindDescription.task.number) { _, isShown in isShown }.map(\.id) == [task]
    }
    try ana.replica.write { transaction in
      #expect(try isShown(transaction))
      try transaction.savepoint {
        try transaction.edit(in: scope, summary: "Delete", now: office.now, using: &office.random) {
          try $0.setAlive(false, account)
        }
        #expect(try !isShown(transaction))
        return .rollback
      }
      #expect(try isShown(transaction))
    }
  }

  @Test("An edit's body looks up what it writes on, in the same transaction")
  func bodyReads() throws {
    let task = try ana.task(in: scope)
    try ana.edit(scope) { draft in
      let others = try draft.reading.records(ofKind: KindDescription.task.number).count
      try draft.update(task, [(title, .text("One of \(others)"))])
    }
    #expect(try ana.sees("title", of: task) == "One of 1")
  }
}

@Suite("A value in the tables that nobody wrote")
struct StoredValueTests {
  @Test(
    "is damage, and never taken for a usual one",
    arguments: [
      ("UPDATE scope SET name = 'plan/nowhere'", "scopes"), ("UPDATE scope SET role = 9", "scopes"),
      ("UPDATE conflict SET type = 99", "conflicts"), ("UPDATE conflict SET scope = ''", "conflicts"),
    ])
  func isDamage(sql: String, question: String) throws {
    let office = try Office()
    let ana = try office.person("Ana")
    _ = try ana.account()
    try ana.replica.write { transaction in
      try transaction.database.execute(
        sql: """
          INSERT INTO conflict (at_ms, type, scope, record, kind, register, mine, theirs, seen)
          VALUES (1, 1, 'directory', zeroblob(16), 42, 1, X'', X'', 0)
          """)
      #expect(try transaction.scopes().count >= 1 && transaction.conflicts().count == 1)
      try transaction.database.execute(sql: sql + (question == "scopes" ? " WHERE name LIKE 'plan/%'" : ""))
    }
    let error = try #require(throws: DatabaseError.self) {
      try ana.replica.read { reading in
        _ = question == "scopes" ? try reading.scopes().count : try reading.conflicts().count
      }
    }
    #expect(error.resultCode == .SQLITE_CORRUPT)
  }
}
