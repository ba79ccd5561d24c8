import PlanModel
import ProtocolMessages
import SyncCore
import SyncServer
import Testing

@Suite("Stamps, and clocks that are wrong")
struct StampTests {
  let acme: Organisation
  let ana: Device
  let bo: Device
  let scope: Scope
  let task: RecordID

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    bo = try acme.person("Bo")
    scope = try acme.account(managedBy: ana)
    try acme.share(scope, with: bo, .contributor, by: ana)
    task = try ana.task(in: scope)
  }

  private func title() throws -> String? { try acme.value("title", of: task, in: scope) }
  private func titleStamp() throws -> Stamp { try #require(try acme.record(task, in: scope)?.stamp("title")) }

  @Test(
    "a stamp up to 60 s ahead of the server stands as it is",
    arguments: [-86_400_000, 0, 59_999, 60_000] as [Int64])
  func near(ahead: Int64) throws {
    let mutation = bo.mutation(scope, change(task, .task, ["detail": "x"]), ahead: ahead)
    let result = try #require(try bo.push(mutation).results.first)
    #expect(result.outcome == .applied && !result.hasFinal && result.clampedMs == 0)
    #expect(try acme.record(task, in: scope)?.stamp("detail") == mutation.stamp.stamp)
  }

  @Test(
    "a stamp more than 60 s ahead is clamped, and its original stays in history",
    arguments: [60_001, 3_600_000, 100 * 365 * 86_400_000] as [Int64])
  func far(ahead: Int64) throws {
    let mutation = bo.mutation(scope, change(task, .task, ["title": "Call Cy"]), ahead: ahead)
    let result = try #require(try bo.push(mutation).results.first)
    #expect(result.outcome == .applied)
    #expect(result.clampedMs == ahead)
    #expect(result.final.stamp.milliseconds <= acme.now)
    #expect(result.final.replica == bo.number)
    #expect(try title() == "Call Cy")
    #expect(try titleStamp() == result.final.stamp)
    let entry = try #require(try acme.history(of: task, in: scope).first)
    #expect(entry.original.stamp == mutation.stamp.stamp)
    #expect(entry.final == result.final)
  }

  @Test("the greatest stamp there is is clamped like any other")
  func maximal() throws {
    let result = try bo.edit(
      scope, change(task, .task, ["title": "Call Cy"]), stamp: Stamp(hlc: .max, replica: bo.number))
    #expect(result.outcome == .applied && result.final.stamp.milliseconds <= acme.now)
    #expect(try title() == "Call Cy")
  }

  @Test("after a clamp, a later honest edit wins", arguments: [1, 1_000, 3_600_000] as [Int64])
  func honestWins(later: Int64) throws {
    try bo.edit(scope, change(task, .task, ["title": "from the future"]), ahead: 3_600_000)
    acme.now += later
    let result = try ana.edit(scope, change(task, .task, ["title": "honest"]))
    #expect(result.outcome == .applied && !result.hasFinal)
    #expect(try title() == "honest")
  }

  @Test("a clamped edit comes after what it overwrites, even when that is ahead of the server itself")
  func clampedAfterOverwritten() throws {
    try ana.edit(scope, change(task, .task, ["title": "fifty seconds ahead"]), ahead: 50_000)
    let standing = try titleStamp()
    let result = try bo.edit(scope, change(task, .task, ["title": "an hour ahead"]), ahead: 3_600_000)
    #expect(result.final.stamp.hlc > standing.hlc)
    #expect(result.final.stamp.milliseconds <= standing.milliseconds + 1)
    #expect(try title() == "an hour ahead")
  }

  @Test("a clock that is behind never refuses an edit; an older edit loses, and both are told")
  func behind() throws {
    acme.now += 10_000
    try ana.edit(scope, change(task, .task, ["title": "Call Cy"]))
    let result = try bo.edit(scope, change(task, .task, ["title": "Call Di"]), ahead: -5_000)
    #expect(result.outcome == .applied)
    #expect(result.scopeSequence == 0)
    let effect = try #require(result.effects.first)
    #expect(result.effects.count == 1)
    #expect(
      effect.effect == .lost && effect.register == TaskRegister.title && effect.record == task.description)
    #expect(try text(effect.other, "title") == "Call Cy")
    #expect(effect.other.user == ana.user.description)
    #expect(try effect.other.stamp.stamp == titleStamp())
    #expect(try title() == "Call Cy")
  }

  @Test(
    "equal clocks on two replicas: the greater replica wins, in either order of arrival",
    arguments: [true, false])
  func tie(anaFirst: Bool) throws {
    let hlc = HybridClock.value(milliseconds: acme.now + 1_000)
    let (low, high) = ana.number < bo.number ? (ana, bo) : (bo, ana)
    let edits = [(low, "low"), (high, "high")]
    for (device, word) in anaFirst ? edits : edits.reversed() {
      try device.edit(
        scope, change(task, .task, ["title": word]), stamp: Stamp(hlc: hlc, replica: device.number))
    }
    #expect(try title() == "high")
    #expect(try titleStamp() == Stamp(hlc: hlc, replica: high.number))
  }

  @Test("a stamp that a replica made twice, having lost its clock, is made anew")
  func sameStampTwice() throws {
    let stamp = try titleStamp()
    let result = try ana.edit(scope, change(task, .task, ["title": "Aaa"]), stamp: stamp)
    #expect(result.outcome == .applied && result.final.stamp > stamp)
    #expect(try title() == "Aaa")
  }

  @Test("the same value again takes the later stamp, so that what was confirmed last stands")
  func equalValueTakesStamp() throws {
    let early = bo.stamp(ahead: 1_000)
    let between = ana.stamp(ahead: 2_000)
    try bo.edit(scope, change(task, .task, ["title": "Call Bo"]), stamp: early)
    let confirmed = try bo.edit(scope, change(task, .task, ["title": "Call Bo"]), ahead: 3_000)
    #expect(confirmed.scopeSequence > 0)
    try ana.edit(scope, change(task, .task, ["title": "between"]), stamp: between)
    #expect(try title() == "Call Bo")
  }

  @Test("the same value with an older stamp is a NO_OP: no sequence, no history")
  func noOperation() throws {
    acme.now += 10_000
    try ana.edit(scope, change(task, .task, ["title": "Call Cy"]))
    let head = try acme.row(scope)?.head
    let rows = try acme.historyRows().count
    let result = try bo.edit(scope, change(task, .task, ["title": "Call Cy"]), ahead: -5_000)
    #expect(result.outcome == .applied && result.scopeSequence == 0)
    #expect(result.effects.map(\.effect) == [.noOp])
    #expect(try acme.row(scope)?.head == head)
    #expect(try acme.historyRows().count == rows)
  }

  @Test("server time going back does not make server stamps go back")
  func serverClockBack() throws {
    var previous: UInt64 = 0
    for step in [0, -60_000, -3_600_000, 10] as [Int64] {
      acme.now += step
      let result = try bo.edit(scope, change(task, .task, ["title": "t\(step)"]), ahead: 7_200_000)
      #expect(result.final.hlc > previous)
      previous = result.final.hlc
    }
    #expect(try title() == "t10")
  }
}
