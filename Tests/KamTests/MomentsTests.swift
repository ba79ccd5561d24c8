import Speech
import Wording
import PlanModel
import Testing
import Workbench

@testable import kam

@Suite("Times in words")
struct MomentsTests {
  /// 2026-07-20 14:02:03.456 UTC, seen from two hours east.
  private let moments = Moments(now: 1_784_556_123_456) { _ in 7_200 }

  @Test(
    "how long ago",
    arguments: [
      (0, "just now"), (9_000, "just now"), (40_000, "40 s ago"), (12 * 60_000, "12 min ago"),
      (2 * 3_600_000, "2 h ago"),
      (3 * 86_400_000, "3 days ago"), (-30_000, "just now"), (-7_200_000, "in 2 h"),
    ] as [(Int64, String)])
  func ago(passed: Int64, words: String) { #expect(moments.ago(moments.now - passed).description == words) }

  @Test("today by the clock, yesterday by name, before that by date, in the zone of the device")
  func at() {
    #expect(moments.at(moments.now) == "16:02")
    #expect(moments.at(moments.now - 86_400_000) == "yesterday 16:02")
    #expect(moments.at(moments.now - 3 * 86_400_000) == "2026-07-17 16:02")
    #expect(moments.at(moments.now + 9 * 3_600_000) == "2026-07-21 01:02")
    #expect(moments.day(after: 0).description == "2026-07-20")
    #expect(moments.day(after: 12).description == "2026-08-01")
  }

  @Test("for programs, UTC to the millisecond")
  func iso() {
    #expect(Moments.iso(moments.now) == "2026-07-20T14:02:03.456Z")
    #expect(Moments.iso(0) == "1970-01-01T00:00:00.000Z")
    #expect(Moments.iso(-1) == "1969-12-31T23:59:59.999Z")
  }

  @Test(
    "no time from outside stops the program",
    arguments: [Int64.min, Int64.min + 1, -1, 0, 1 << 48, Int64.max])
  func survives(milliseconds: Int64) {
    #expect(!moments.at(milliseconds).isEmpty)
    #expect(!moments.ago(milliseconds).isEmpty)
    #expect(!Moments.iso(milliseconds).isEmpty)
    #expect(!Moments.span(milliseconds).isEmpty)
  }

  @Test(
    "spans", arguments: [(0, "less than 0.1 s"), (1_300, "1.3 s"), (840_000, "14 min")] as [(Int64, String)])
  func span(milliseconds: Int64, words: String) { #expect(Moments.span(milliseconds).description == words) }
}
