import PlanModel
import ProtocolMessages
import SQLiteStore
import SyncCore
import SyncServer
import Testing

@Suite("Notices: being told about an edit that met somebody else's")
struct NoticeTests {
  let acme: Organisation
  let ana: Device
  let bo: Device
  let scope: Scope
  let task: RecordID
  let seen: [String: Stamp]

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    bo = try acme.person("Bo")
    scope = try acme.account(managedBy: ana)
    try acme.share(scope, with: bo, .contributor, by: ana)
    task = try ana.task(in: scope)
    let title = try acme.record(task, in: scope)?.stamp("title")
    seen = ["title": try #require(title), "": try #require(title)]
    acme.now += 1_000
  }

  private func notices(_ device: Device, after number: UInt64 = 0) throws -> [WireNotice] {
    try device.pull(acknowledgedNotices: number).notices
  }

  @Test("a value replaced by someone who had not seen it")
  func replaced() throws {
    try bo.edit(scope, change(task, .task, ["title": "Call Cy"], seen: seen))
    acme.now += 1_000
    try ana.edit(scope, change(task, .task, ["title": "Call Di"], seen: seen))
    let notice = try #require(try notices(bo).first)
    #expect(try notices(bo).count == 1)
    #expect(try notices(ana).isEmpty)
    #expect(notice.number == 1 && notice.type == .replaced)
    #expect(notice.scope == scope.description && notice.record == task.description && notice.kind == .task)
    #expect(notice.register == TaskRegister.title && notice.serverMs == acme.now)
    #expect(try text(notice.yours, "title") == "Call Cy" && notice.yours.user == bo.user.description)
    #expect(try text(notice.theirs, "title") == "Call Di" && notice.theirs.user == ana.user.description)
  }

  @Test("an older edit that arrived later: yours stands")
  func kept() throws {
    try bo.edit(scope, change(task, .task, ["title": "Call Cy"], seen: seen))
    try ana.edit(scope, change(task, .task, ["title": "Call Di"], seen: seen), ahead: -500)
    let notice = try #require(try notices(bo).first)
    #expect(notice.type == .kept)
    #expect(try text(notice.yours, "title") == "Call Cy")
    #expect(try text(notice.theirs, "title") == "Call Di")
  }

  @Test("a record deleted by someone who had not seen the edit")
  func deleted() throws {
    try bo.edit(scope, change(task, .task, ["title": "Call Cy"], seen: seen))
    acme.now += 1_000
    try ana.edit(scope, change(task, .task, alive: false, seen: seen))
    let notice = try #require(try notices(bo).first)
    #expect(try notices(bo).count == 1)
    #expect(notice.type == .deleted && notice.register == TaskRegister.title)
    #expect(try text(notice.yours, "title") == "Call Cy")
    #expect(notice.theirs.hasAlive && !notice.theirs.alive && notice.theirs.user == ana.user.description)
  }

  @Test("an edit of a record that you deleted")
  func editedAfterDeletion() throws {
    try bo.edit(scope, change(task, .task, alive: false, seen: seen))
    acme.now += 1_000
    try ana.edit(scope, change(task, .task, ["title": "Call Cy"], seen: seen))
    let notice = try #require(try notices(bo).first)
    #expect(notice.type == .editedAfterDeletion)
    #expect(notice.yours.hasAlive && !notice.yours.alive)
    #expect(try text(notice.theirs, "title") == "Call Cy")
  }

  @Test("nobody is told about edits that were seen, equal, or one's own")
  func silent() throws {
    try bo.edit(scope, change(task, .task, ["title": "Call Cy"], seen: seen))
    let current = ["title": try #require(try acme.record(task, in: scope)?.stamp("title"))]
    acme.now += 1_000
    try ana.edit(scope, change(task, .task, ["title": "Call Di"], seen: current))
    try ana.edit(scope, change(task, .task, ["title": "Call Ed"]))
    try ana.edit(scope, change(task, .task, ["title": "Call Di"]), ahead: -300)
    let second = try acme.join("ana@acme.example")
    acme.now += 1_000
    try second.edit(scope, change(task, .task, ["title": "Call Fy"]))
    try second.edit(scope, change(task, .task, ["title": "Call Fy"]))
    let told = try notices(ana).filter { $0.type != .newDevice }
    #expect(try told.isEmpty && notices(bo).isEmpty)
  }

  @Test("notices are numbered per person, and those acknowledged do not come again")
  func numbered() throws {
    for number in 0..<4 {
      acme.now += 1_000
      try bo.edit(scope, change(task, .task, ["title": "b\(number)"], seen: seen))
      acme.now += 1_000
      try ana.edit(scope, change(task, .task, ["title": "a\(number)"], seen: seen))
    }
    #expect(try notices(bo).map(\.number) == [1, 2, 3, 4])
    #expect(try notices(bo, after: 2).map(\.number) == [3, 4])
    #expect(try notices(ana).map(\.number) == [1, 2, 3])
  }

  @Test("whoever may not read the scope any more is not told")
  func filtered() throws {
    try bo.edit(scope, change(task, .task, ["title": "Call Cy"], seen: seen))
    acme.now += 1_000
    try ana.edit(scope, change(task, .task, ["title": "Call Di"], seen: seen))
    try acme.share(scope, with: bo, nil, by: ana)
    #expect(try notices(bo).isEmpty)
    try acme.share(scope, with: bo, .viewer, by: ana)
    #expect(try notices(bo).count == 1)
  }

  @Test("many notices of a scope that is not readable any more do not hold up those of another")
  func notStarved() throws {
    let other = try acme.account(managedBy: bo)
    try acme.share(other, with: ana, .contributor, by: bo)
    let second = try bo.task(in: other)
    for number in 0..<(Limits.noticesPerResponseMax + 20) {
      acme.now += 10
      try bo.edit(scope, change(task, .task, ["title": "b\(number)"], seen: seen))
      acme.now += 10
      try ana.edit(scope, change(task, .task, ["title": "a\(number)"], seen: seen))
    }
    acme.now += 10
    try ana.edit(other, change(second, .task, ["title": "Call Di"]))
    try acme.share(scope, with: bo, nil, by: ana)
    #expect(try notices(bo).map(\.scope) == [other.description])
  }

  @Test("a notice older than ninety days goes; numbers go on")
  func old() throws {
    try bo.edit(scope, change(task, .task, ["title": "Call Cy"], seen: seen))
    acme.now += 1_000
    try ana.edit(scope, change(task, .task, ["title": "Call Di"], seen: seen))
    acme.now += Limits.tombstoneKeptMilliseconds + 1
    func compact() throws -> Compaction.Outcome {
      try acme.store.write { try Compaction.run(in: $0, now: acme.now) }
    }
    // Nobody has written for so long: is it the clock? That is seen a day later.
    guard case .clockJumped = try compact() else {
      Issue.record("a clock that jumped ninety days is believed at once")
      return
    }
    #expect(try notices(bo).count == 1)
    // Somebody works again.
    _ = try acme.invite("bo@acme.example")
    try acme.share(scope, with: bo, .manager, by: ana)
    acme.now += Compaction.intervalMilliseconds
    #expect(try compact() == .removed(0))
    #expect(try notices(bo).isEmpty)
    try bo.edit(scope, change(task, .task, ["title": "Call Ed"], seen: seen))
    acme.now += 1_000
    try ana.edit(scope, change(task, .task, ["title": "Call Fy"], seen: seen))
    #expect(try notices(bo).map(\.number) == [2])
  }

  @Test("one start with a clock a hundred days ahead throws nothing away, also once the clock is right again")
  func wrongClock() throws {
    try bo.edit(scope, change(task, .task, ["title": "Call Cy"], seen: seen))
    acme.now += 1_000
    try ana.edit(scope, change(task, .task, ["title": "Call Di"], seen: seen))
    let right = acme.now
    func compact() throws { _ = try acme.store.write { try Compaction.run(in: $0, now: acme.now) } }
    acme.now = right + 100 * Compaction.intervalMilliseconds
    try compact()
    // It is restarted, still with the wrong clock, and an hour later.
    try compact()
    acme.now += 3_600_000
    try compact()
    acme.now = right + 60_000
    try compact()
    acme.now += Compaction.intervalMilliseconds
    try compact()
    #expect(try notices(bo).count == 1)
  }
}
