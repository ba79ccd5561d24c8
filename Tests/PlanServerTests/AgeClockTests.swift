import PlanServer
import Testing

@Suite("How old things are")
struct AgeClockTests {
  private let hour: Int64 = 3_600_000
  private let day: Int64 = 86_400_000
  private let start: Int64 = 1_800_000_000_000

  @Test(
    "a clock that is far ahead at a start is not believed: time goes on from where the server was last at work"
  )
  func aheadAtStart() {
    var rule = AgeClock.Rule(last: start, uptime: 0)
    #expect(rule.read(wall: start + 400 * day, uptime: 0) == start)
    #expect(rule.read(wall: start + 400 * day + hour, uptime: hour) == start + hour)
    #expect(rule.jumped != nil)
    // It is set right while the server runs.
    #expect(rule.read(wall: start + 2 * hour, uptime: 2 * hour) == start + 2 * hour)
    #expect(rule.jumped == nil)
  }

  @Test("a server that really was off for forty days believes its clock a day later, without being told")
  func sleptLong() {
    var rule = AgeClock.Rule(last: start, uptime: 0)
    let woke = start + 40 * day
    #expect(rule.read(wall: woke, uptime: 0) == start)
    #expect(rule.read(wall: woke + day - 1, uptime: day - 1) == start + day - 1)
    #expect(rule.read(wall: woke + day, uptime: day) == woke + day)
    #expect(rule.read(wall: woke + day + hour, uptime: day + hour) == woke + day + hour)
    #expect(rule.jumped == nil)
  }

  @Test("a week off, a clock that goes back, and one that runs as it should are believed at once")
  func ordinary() {
    var rule = AgeClock.Rule(last: start, uptime: 0)
    #expect(rule.read(wall: start + 7 * day, uptime: 0) == start + 7 * day)
    #expect(rule.read(wall: start - 30 * day, uptime: hour) == start - 30 * day)
    #expect(rule.read(wall: start - 30 * day + 60 * day, uptime: hour + 60 * day) == start + 30 * day)
  }

  @Test("a clock that jumps while the server runs is not believed either")
  func jumpsLater() {
    var rule = AgeClock.Rule(last: start, uptime: 0)
    _ = rule.read(wall: start + hour, uptime: hour)
    #expect(rule.read(wall: start + 100 * day, uptime: 2 * hour) == start + 2 * hour)
    // Two jumps in a row: the day begins with the first, and what counts is where the clock is after it.
    #expect(rule.read(wall: start + 200 * day, uptime: 3 * hour) == start + 3 * hour)
  }
}
