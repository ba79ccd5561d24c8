import PlanModel
import ProtocolMessages
import SyncCore
import Testing

@testable import Replica
import Wording

@Suite("An edit, before any sync")
struct LocalEditTests {
  let office: Office
  let ana: Laptop
  let scope: Scope

  init() throws {
    office = try Office()
    ana = try office.person("Ana")
    scope = try ana.account()
    try ana.sync()
  }

  private func waiting() throws -> [WireMutation] { try ana.replica.waiting().map(\.mutation) }

  @Test("shows at once: create, update, empty, delete, restore")
  func showsAtOnce() throws {
    let task = try ana.task(in: scope, ["detail": "by phone"])
    #expect(try ana.sees("title", of: task) == "Call Ana" && ana.replica.record(task)?.isPending == true)
    try ana.set(task, ["title": "Call Bo"], in: scope)
    #expect(try ana.sees("title", of: task) == "Call Bo" && ana.sees("detail", of: task) == "by phone")
    try ana.set(task, [:], in: scope, clear: ["detail"])
    #expect(try ana.sees("detail", of: task) == nil)
    try ana.setAlive(false, task, in: scope)
    #expect(try ana.replica.record(task)?.state.alive == false && ana.sees("title", of: task) == "Call Bo")
    try ana.setAlive(true, task, in: scope)
    #expect(try ana.replica.record(task)?.state.alive == true)
    #expect(try ana.replica.waitingCount() == 5)
    #expect(try ana.replica.records(ofKind: 42).map(\.id) == [task])
    try ana.sync()
    #expect(try ana.replica.waitingCount() == 0 && ana.replica.record(task)?.isPending == false)
    #expect(try ana.sees("title", of: task) == "Call Bo" && ana.equalsServer())
  }

  @Test("that changes nothing is not stored")
  func nothingChanged() throws {
    let task = try ana.task(in: scope)
    let before = try ana.replica.progress()
    #expect(throws: ReplicaError.nothingChanged) { try ana.set(task, ["title": "Call Ana"], in: scope) }
    #expect(throws: ReplicaError.nothingChanged) { try ana.set(task, [:], in: scope, clear: ["detail"]) }
    #expect(throws: ReplicaError.nothingChanged) { try ana.setAlive(true, task, in: scope) }
    #expect(throws: ReplicaError.nothingChanged) { try ana.edit(scope) { _ in } }
    #expect(try ana.replica.progress() == before && ana.replica.waitingCount() == 1)
  }

  @Test("that the server would refuse is refused before it is stored, with the same sentence")
  func refused() throws {
    let task = try ana.task(in: scope)
    let before = try (ana.replica.progress(), ana.replica.waitingCount())
    #expect(throws: Refusal.missingRegister(kind: "task", register: "department")) {
      try ana.create(office.newID(), .task, ["title": "x"], in: scope)
    }
    #expect(throws: Refusal.clearsRequired(kind: "task", register: "title")) {
      try ana.set(task, [:], in: scope, clear: ["title"])
    }
    #expect(throws: Refusal.needsAdmin(what: .changing(kind: "department"))) {
      try ana.create(office.newID(), .department, ["name": "Law"], in: .directory)
    }
    #expect(throws: Refusal.value(kind: "task", register: "title", .controlCharacter(0x1B))) {
      try ana.edit(scope) { try $0.update(task, [(1, .text("\u{1B}"))]) }
    }
    let absent = office.newID()
    #expect(throws: ReplicaError.noSuchRecord(absent)) {
      try ana.edit(scope) { try $0.update(absent, [(1, .text("x"))]) }
    }
    let unknown = Scope.plan(office.newID())
    #expect(throws: ReplicaError.unknownScope(unknown)) {
      try ana.create(office.newID(), .task, ["title": "x", "department": "sales"], in: unknown)
    }
    #expect(try ana.replica.progress() == before.0 && ana.replica.waitingCount() == before.1)
    #expect(try ana.replica.scopes().allSatisfy { $0.scope != unknown })
  }

  @Test("of several records is all or nothing")
  func allOrNothing() throws {
    let first = office.newID()
    #expect(throws: Refusal.self) {
      try ana.edit(scope) { draft in
        try draft.create(first, kind: 34, [(1, .text("Cy"))])
        try draft.create(office.newID(), kind: 42, [(1, .text("x"))])
      }
    }
    #expect(try ana.replica.record(first) == nil && ana.replica.waitingCount() == 0)
  }

  @Test("stored with others sees what those before it have left, and nothing of those that were refused")
  func together() throws {
    let finance = Scope.finance(try #require(scope.account))
    let other = Scope.plan(office.newID())
    let (division, otherTask) = (office.newID(), office.newID())
    let sales = (0..<4).map { _ in office.newID() }
    func sale(_ id: RecordID) throws -> PlannedEdit {
      let values = try parsed(
        ["occurred-on": "2026-01-02", "revenue": "1 EUR", "division": division.description], .sale)
      return PlannedEdit(in: finance, summary: "") { try $0.create(id, kind: 80, values) }
    }
    // As an import does: what is refused is left out, the rest of the edit is kept.
    let missesDivision = PlannedEdit(in: finance, summary: "") { draft in
      let values = try parsed(["occurred-on": "2026-01-02", "revenue": "1 EUR"], .sale)
      let reference = try parsed(["division": division.description], .sale)
      #expect(throws: Refusal.self) { try draft.create(sales[0], kind: 80, values + reference) }
      try draft.create(sales[3], kind: 80, values)
    }
    func founding(isRefused: Bool) -> PlannedEdit {
      PlannedEdit(in: other, summary: "") { [office] draft in
        try draft.create(try #require(other.account), kind: 32, [(1, .text("Globex"))])
        if isRefused { try draft.create(office.newID(), kind: 42, [(1, .text("x"))]) }
      }
    }
    let makesDivision = PlannedEdit(in: scope, summary: "") { draft in
      try draft.create(division, kind: 33, try parsed(["name": "North"], .division))
    }
    let fails = PlannedEdit(in: scope, summary: "") { [office] draft in
      try draft.create(office.newID(), kind: 34, [(1, .text("Cy"))])
      throw Surprise("no")
    }
    let fillsOther = PlannedEdit(in: other, summary: "") { draft in
      try draft.create(otherTask, kind: 42, try parsed(["title": "Call", "department": "sales"], .task))
    }
    var random = Sequence64(seed: 5)
    let results = try ana.replica.edit(
      each: [
        missesDivision, makesDivision, sale(sales[1]), fails, founding(isRefused: true), fillsOther,
        founding(isRefused: false), fillsOther, sale(sales[2]),
      ], now: ana.now, using: &random)
    let stored = results.map { (try? $0.get()) != nil }
    #expect(stored == [true, true, true, false, false, false, true, true, true])
    #expect(try waiting().map(\.sequence) == Array(2...7))
    #expect(try ana.replica.record(sales[0]) == nil && ana.replica.record(sales[2]) != nil)
    let report = try ana.sync()
    #expect(try report.sent == 6 && report.refused.isEmpty && ana.equalsServer())
  }

  @Test("of as many records as the server takes is stored; of one more it is refused", arguments: [200, 201])
  func changesBound(count: Int) throws {
    func make() throws {
      try ana.edit(scope) { draft in
        for _ in 0..<count { try draft.create(office.newID(), kind: 34, [(1, .text("x"))]) }
      }
    }
    if count == 200 {
      try make()
      #expect(try ana.sync().refused.isEmpty && ana.replica.records(ofKind: 34).count == 200)
    } else {
      #expect(throws: Refusal.tooMany(what: .changes, count: 201, maximum: 200)) { try make() }
      #expect(try ana.replica.waitingCount() == 0)
    }
  }

  @Test("too large for any request is refused before it is stored, or it would block the queue for ever")
  func bytesBound() throws {
    let detail = String(repeating: "😀", count: 20_000)
    #expect(throws: Refusal.self) {
      try ana.edit(scope) { draft in
        for _ in 0..<60 {
          try draft.create(
            office.newID(), kind: 42, [(1, .text("x")), (2, .text(detail)), (3, .integer(1))])
        }
      }
    }
    #expect(try ana.replica.waitingCount() == 0)
  }

  @Test("carries the stamps of what its author saw, for the registers it touches")
  func baseStamps() throws {
    let task = try ana.task(in: scope, ["detail": "by phone"])
    try ana.sync()
    let seen = try #require(try ana.replica.record(task)).state.stamps
    try ana.set(task, ["title": "Call Bo", "due": "2026-01-31"], in: scope)
    let base = try #require(try waiting().last?.changes.first?.base)
    #expect(base.map(\.registers) == [[1]])
    #expect(base.first?.stamp.hlc == seen[1]?.hlc && base.first?.stamp.replica == seen[1]?.replica)
    try ana.set(task, [:], in: scope, clear: ["detail"])
    #expect(try waiting().last?.changes.first?.base.map(\.registers) == [[2]])
    // On top of an edit that waits, the author saw that one.
    try ana.set(task, ["title": "Call Cy"], in: scope)
    let first = try waiting()[0].stamp
    #expect(try waiting().last?.changes.first?.base.map(\.stamp) == [first])
  }

  @Test("that deletes carries the stamps of every register")
  func deletionBase() throws {
    let task = try ana.task(in: scope, ["detail": "by phone"])
    try ana.sync()
    try ana.setAlive(false, task, in: scope)
    let base = try #require(try waiting().last?.changes.first?.base)
    #expect(base.flatMap(\.registers).sorted() == [0, 1, 2, 3])
  }

  @Test("guards what has one winner: never set, as synced, or as an edit that waits left it")
  func guards() throws {
    let task = try ana.task(in: scope)
    try ana.sync()
    let claim = try ana.claim(task, in: scope)
    let first = try #require(try waiting().last)
    #expect(first.guards.map(\.register) == [14, 15])
    #expect(first.guards.allSatisfy { $0.record == task.description && $0.unset })
    try ana.set(task, ["status": "in-progress"], in: scope)
    #expect(try waiting().last?.guards.map(\.mutation) == [claim.description])
    try ana.sync()
    let synced = try #require(try ana.replica.record(task)).state.stamps[15]
    try ana.set(task, ["status": "done"], in: scope)
    let last = try #require(try waiting().last?.guards.first)
    #expect(last.stamp.hlc == synced?.hlc && last.stamp.replica == synced?.replica)
    #expect(try ana.sync().refused.isEmpty)
    #expect(
      try ana.sees("status", of: task) == "done" && ana.sees("claimed-by", of: task) == ana.person.description
    )
  }

  @Test("a chain of claims, releases and progress made offline goes through in one sync")
  func chain() throws {
    let task = try ana.task(in: scope)
    try ana.claim(task, in: scope)
    try ana.set(task, ["status": "in-progress"], in: scope)
    try ana.set(task, ["status": "open"], in: scope, clear: ["claimed-by"])
    try ana.claim(task, in: scope)
    try ana.set(task, ["status": "done"], in: scope)
    let report = try ana.sync()
    #expect(report.refused.isEmpty && report.sent == 6 && report.conflicts == 0)
    #expect(try ana.sees("status", of: task) == "done" && ana.equalsServer())
  }

  @Test("may write a guarded register twice in one go; the guard is on what was there before")
  func guardedTwice() throws {
    let task = try ana.task(in: scope)
    try ana.claim(task, in: scope)
    try ana.sync()
    try ana.edit(scope) { draft in
      try draft.update(task, [(15, .integer(TaskStatus.inProgress))])
      try draft.update(task, [(15, .integer(TaskStatus.blocked)), (11, .text("no answer"))])
    }
    #expect(try waiting().last?.guards.count == 1)
    #expect(try ana.sync().refused.isEmpty)
    #expect(try ana.sees("status", of: task) == "blocked")
  }

  @Test("is numbered and stamped in order, whatever the wall clock does")
  func order() throws {
    let task = try ana.task(in: scope)
    ana.clockAhead = -3_600_000
    let receipt = try ana.edit(scope) { try $0.update(task, [(1, .text("Call Bo"))]) }
    #expect(receipt.clockWentBack > 3_500_000 && receipt.records == [task])
    let mutations = try waiting()
    #expect(zip(mutations, mutations.dropFirst()).allSatisfy { $0.stamp.hlc < $1.stamp.hlc })
    #expect(zip(mutations, mutations.dropFirst()).allSatisfy { $0.sequence + 1 == $1.sequence })
    #expect(try ana.sees("title", of: task) == "Call Bo")
  }

  @Test("an edit made after seeing a value outranks it, although this clock is an hour behind")
  func outranks() throws {
    let bo = try office.person("Bo")
    try office.share(scope, with: bo, .contributor)
    let task = try ana.task(in: scope)
    try ana.sync()
    bo.clockAhead = -3_600_000
    try bo.sync()
    try bo.set(task, ["title": "Call Bo"], in: scope)
    #expect(try bo.sees("title", of: task) == "Call Bo")
    #expect(try bo.sync().conflicts == 0)
    try ana.sync()
    #expect(try ana.sees("title", of: task) == "Call Bo")
  }

  @Test("needs a replica that is somebody's")
  func notJoined() throws {
    let replica = try Replica(inMemory: ())
    #expect(throws: ReplicaError.notJoined) {
      try replica.edit(in: scope, summary: "", now: 0, using: &office.random) { _ in }
    }
    #expect(throws: ReplicaError.notJoined) { try replica.identity() }
    var session = SyncSession(replica)
    #expect(throws: ReplicaError.notJoined) { try session.handle(.begin) }
  }

  @Test("a summary is cut at what the server takes")
  func summary() throws {
    try ana.edit(scope, String(repeating: "é", count: 500)) {
      try $0.create(office.newID(), kind: 34, [(1, .text("Cy"))])
    }
    #expect(try waiting().last?.summary == String(repeating: "é", count: 200))
    #expect(try ana.sync().refused.isEmpty)
  }
}
