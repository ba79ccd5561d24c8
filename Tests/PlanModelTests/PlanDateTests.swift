import PlanModel
import Testing

@Suite("Days")
struct PlanDateTests {
  private static func isLeap(_ year: Int) -> Bool { year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) }
  private static func days(_ month: Int, _ year: Int) -> Int {
    [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
  private static func text(_ year: Int, _ month: Int, _ day: Int) -> String {
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = "\(value)"
      return String(repeating: "0", count: width - digits.count) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  @Test(
    "every day of a year reads and prints, and every impossible one is refused",
    arguments: [1, 1600, 1700, 1900, 1970, 1999, 2000, 2023, 2024, 2100, 2400, 9999])
  func wholeYears(year: Int) {
    for month in 0...99 {
      for day in 0...99 {
        let text = Self.text(year, month, day)
        let exists = (1...12).contains(month) && day >= 1 && day <= Self.days(month, year)
        #expect(PlanDate(text)?.description == (exists ? text : nil), "\(text)")
        #expect((PlanDate(year: year, month: month, day: day) != nil) == exists)
      }
    }
  }

  @Test(
    "only ten ASCII characters are a day",
    arguments: [
      "", "2026", "2026-1-1", "2026-01-1", "26-01-01", "2026/01/01", "2026-01-01 ", " 2026-01-01",
      "+026-01-01",
      "2026-+1-01", "-026-01-01", "2026-01-01T00:00:00Z", "0000-01-01", "２０２６-01-01", "2026-01-0١",
      "2026–01–01",
      "12026-01-01", "2026-01-01-", "--2026-01-01",
    ])
  func notDays(text: String) { #expect(PlanDate(text) == nil) }

  @Test(
    "an instant's day in UTC",
    arguments: [
      (0, "1970-01-01"), (-1, "1969-12-31"), (86_399_999, "1970-01-01"), (86_400_000, "1970-01-02"),
      (-86_400_000, "1969-12-31"), (-86_400_001, "1969-12-30"), (951_782_400_000, "2000-02-29"),
      (951_868_800_000, "2000-03-01"), (1_709_164_800_000, "2024-02-29"), (1_760_000_000_000, "2025-10-09"),
      (-2_208_988_800_000, "1900-01-01"), (-2_203_891_200_000, "1900-03-01"),
      (-62_135_596_800_000, "0001-01-01"),
      (253_402_300_799_999, "9999-12-31"), (4_107_542_400_000, "2100-03-01"),
      (4_107_542_399_999, "2100-02-28"),
    ] as [(Int64, String)])
  func instants(milliseconds: Int64, day: String) {
    #expect(PlanDate(milliseconds: milliseconds).description == day)
  }

  @Test("four centuries of days in a row, across 1970, each follow the one before")
  func everyDay() {
    var expected = (1800, 1, 1)
    var milliseconds: Int64 = -5_364_662_400_000
    while expected.0 < 2200 {
      for moment in [milliseconds, milliseconds + 86_399_999] {
        let day = PlanDate(milliseconds: moment)
        #expect((day.year, day.month, day.day) == expected)
      }
      expected.2 += 1
      if expected.2 > Self.days(expected.1, expected.0) { expected = (expected.0, expected.1 + 1, 1) }
      if expected.1 > 12 { expected = (expected.0 + 1, 1, 1) }
      milliseconds += 86_400_000
    }
  }

  @Test("an instant at either end of what a number holds does not trap")
  func extremes() {
    _ = PlanDate(milliseconds: .min).description
    _ = PlanDate(milliseconds: .max).description
  }

  @Test("days are ordered as time is")
  func order() throws {
    let texts = ["0001-01-01", "1999-12-31", "2000-01-01", "2000-01-31", "2000-02-01", "9999-12-31"]
    let days = try texts.map { try #require(PlanDate($0)) }
    #expect(days.reversed().sorted() == days)
  }
}
