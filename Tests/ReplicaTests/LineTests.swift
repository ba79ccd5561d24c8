import PlanModel
import ProtocolMessages
import SyncCore
import Testing

@testable import Replica

@Suite("On a slow line")
struct LineTests {
  @Test("a slow exchange does not shift the clock that an exact one has measured")
  func slowExchange() {
    var progress = Progress()
    progress.take(ClockReading(server: 1_000_000, sent: 999_980, received: 1_000_020))
    #expect(progress.clockOffset == 0 && progress.clockUncertainty == 21)
    // The answer took a minute to come, the request nothing: half the round trip is far from the truth.
    progress.take(ClockReading(server: 1_100_000, sent: 1_100_000, received: 1_160_000))
    #expect(progress.clockOffset == 0)
    // And the other way round.
    progress.take(ClockReading(server: 1_260_000, sent: 1_200_000, received: 1_260_000))
    #expect(progress.clockOffset == 0)
  }

  @Test("a first exchange that is slow says only what it can: a difference that may be none is none")
  func firstIsSlow() {
    var progress = Progress()
    progress.take(ClockReading(server: 1_060_000, sent: 1_000_000, received: 1_060_000))
    #expect(progress.clockOffset == 0)
    progress.take(ClockReading(server: 5_060_000, sent: 1_100_000, received: 1_160_000))
    #expect(abs(progress.clockOffset - 3_930_000) <= 31_000)
  }

  @Test("a clock that somebody sets is measured anew, by a slow exchange too")
  func clockIsSet() {
    var progress = Progress()
    progress.take(ClockReading(server: 1_000_000, sent: 999_980, received: 1_000_020))
    progress.take(ClockReading(server: 1_010_000, sent: 4_600_000, received: 4_620_000))
    #expect(progress.clockOffset < -3_500_000)
    // The better reading takes over again.
    progress.take(ClockReading(server: 1_020_000, sent: 4_630_000, received: 4_630_010))
    #expect(progress.clockOffset == 1_020_000 - 4_630_005)
  }

  @Test("whoever edits later wins, although their line is slow and their clock is right")
  func laterEditOnSlowLine() throws {
    let office = try Office()
    let ana = try office.person("Ana")
    let bo = try office.person("Bo")
    let scope = try ana.account()
    let task = try ana.task(in: scope)
    try ana.sync()
    try office.share(scope, with: bo, .contributor)
    try bo.sync()
    // Bo's answers take half a minute, his requests no time.
    bo.answerDelay = 30_000
    try bo.set(task, ["detail": "slow"], in: scope)
    try bo.sync()
    bo.answerDelay = 0
    try ana.sync()
    office.now += 10_000
    try ana.set(task, ["title": "Ana's"], in: scope)
    office.now += 3_000
    try bo.set(task, ["title": "Bo's, three seconds later"], in: scope)
    try ana.sync()
    try bo.sync()
    try ana.sync()
    #expect(try ana.sees("title", of: task) == "Bo's, three seconds later")
  }

  @Test("an eighth is asked for of what does not get through, down to one, and the double again of what does")
  func pace() {
    var pace = LinePace(editsMax: 2_000)
    #expect(pace.edits == 2_000 && pace.records == Limits.pageRecordsMax && pace.kept == (0, 0))
    pace.fail()
    #expect(pace.edits == 250 && pace.kept.edits == 250)
    pace.pass(milliseconds: 1_000, sent: 250, received: 0)
    #expect(pace.edits == 500)
    // What was not full proves nothing.
    pace.pass(milliseconds: 1_000, sent: 3, received: 3)
    #expect(pace.edits == 500)
    pace.pass(milliseconds: 60_000, sent: 400, received: 0)
    #expect(pace.edits == 200)
    for _ in 0..<20 { pace.fail() }
    #expect(pace.edits == 1 && pace.records == 1 && !pace.canShrink)
  }

  @Test("a sync goes on with less at a time, and the next one begins where it ended")
  func remembers() throws {
    let office = try Office()
    let ana = try office.person("Ana")
    let scope = try ana.account()
    for number in 0..<40 { _ = try ana.task(in: scope, title: "t\(number)") }
    // The line carries ten edits at a time.
    ana.carriesEdits = 10
    let report = try ana.sync()
    #expect(report.ending == .complete)
    #expect(try ana.replica.waitingCount() == 0 && ana.equalsServer())
    #expect(try ana.replica.progress().lineEdits > 0)
    #expect(ana.pushed.allSatisfy { $0.count <= 1_000 })
  }
}
