import Testing

@testable import Tabular

@Suite("A number is what a spreadsheet shows of it")
struct NumberTests {
  @Test(
    "to 15 digits, with a point, never with an exponent",
    arguments: [
      ("0", "0"), ("-0", "0"), ("0.0", "0"), ("007", "7"), ("12", "12"), ("-12.5", "-12.5"), ("+3", "3"),
      ("1.50", "1.5"), ("5.", "5"), (".5", "0.5"), ("-.25", "-0.25"), ("1234.5600000000001", "1234.56"),
      ("0.30000000000000004", "0.3"), ("0.1", "0.1"), ("123456789012345", "123456789012345"),
      ("1234567890123456", "1234567890123460"), ("999999999999999.9", "1000000000000000"),
      ("99999999999999.95", "100000000000000"), ("-0.99999999999999995", "-1"),
      ("1E+20", "100000000000000000000"), ("1E+020", "100000000000000000000"), ("1e-07", "0.0000001"),
      ("1.5e3", "1500"), ("-2.5E-3", "-0.0025"), ("0E5", "0"),
      ("12345678.12345678", "12345678.1234568"), ("100", "100"), ("10.010", "10.01"),
    ])
  func plain(stored: String, shown: String) {
    #expect(NumberText.plain(Array(stored.utf8)[...]) == shown)
  }

  @Test("however large or small")
  func extremes() {
    let largest = NumberText.plain(Array("1.7976931348623157E+308".utf8)[...])
    #expect(largest == "179769313486232" + String(repeating: "0", count: 294))
    let smallest = NumberText.plain(Array("4.9406564584124654E-324".utf8)[...])
    #expect(smallest == "0." + String(repeating: "0", count: 323) + "494065645841247")
  }

  @Test(
    "and nothing else is one",
    arguments: [
      "", "-", ".", "1e", "1e+", "1E9999", "1E999999999999", "0x10", "inf", "NaN", "1,5", "1 2", "--1",
      "1.2.3",
    ])
  func none(_ text: String) { #expect(NumberText.plain(Array(text.utf8)[...]) == nil) }
}

@Suite("A day is what a spreadsheet's calendar says")
struct DayTests {
  private let days = DayNumber(from1904: false)

  @Test(
    "from 1900 on, with the leap day that never was",
    arguments: [
      (1, "1900-01-01"), (59, "1900-02-28"), (60, "1900-02-29"), (61, "1900-03-01"), (366, "1900-12-31"),
      (367, "1901-01-01"), (36_526, "2000-01-01"), (36_585, "2000-02-29"), (46_024, "2026-01-02"),
      (73_109, "2100-02-28"), (73_110, "2100-03-01"), (2_958_465, "9999-12-31"),
    ])
  func from1900(number: Double, day: String) { #expect(days.text(number) == day) }

  @Test(
    "from 1904 on",
    arguments: [(1, "1904-01-02"), (59, "1904-02-29"), (60, "1904-03-01"), (44_562, "2026-01-02")])
  func from1904(number: Double, day: String) { #expect(DayNumber(from1904: true).text(number) == day) }

  @Test(
    "with a time to the nearest second, and only a time where there is no day",
    arguments: [
      (46_024.604166666664, "2026-01-02 14:30:00"), (46_024.60416666, "2026-01-02 14:30:00"),
      (46_024.99999537037, "2026-01-03"), (46_024.000011574, "2026-01-02 00:00:01"),
      (46_024.000001, "2026-01-02"),
      (0.604166666666667, "14:30:00"), (0, "00:00:00"), (0.9999999, "00:00:00"),
    ])
  func times(number: Double, moment: String) { #expect(days.text(number) == moment) }

  @Test(
    "and what no calendar has stays a number",
    arguments: [-1, 2_958_466, 2_958_465.9999999, 1e300, .infinity, .nan])
  func none(_ number: Double) { #expect(days.text(number) == nil) }

  @Test(
    "ISO 8601 is given in the same form",
    arguments: [
      ("2026-01-02", "2026-01-02"), ("2026-01-02T00:00:00", "2026-01-02"),
      ("2026-01-02T14:30", "2026-01-02 14:30:00"), ("2026-01-02T14:30:00.4Z", "2026-01-02 14:30:00"),
      ("2026-12-31T23:59:59.500", "2027-01-01"), ("14:30:00", "14:30:00"), ("T14:30:00", "14:30:00"),
      ("2026-02-29", nil), ("2026-13-01", nil), ("2026-01-02T25:00:00", nil),
      ("2026-01-02T14:30:00+02:00", nil),
      ("2026-1-2", nil), ("PT36H", nil), ("", nil), ("T", nil), ("2026-01-02T14:30:00.", nil),
      ("1899-12-31", nil),
    ] as [(String, String?)])
  func iso(stored: String, day: String?) { #expect(DayNumber.text(iso: Array(stored.utf8)[...]) == day) }

  @Test(
    "Formats of days are known by their letters",
    arguments: [
      "yyyy-mm-dd", "d/m/yy", "DD/MM/YYYY", "[$-40C]d mmmm yyyy;@", "h:mm AM/PM", "mm:ss.0", "[Red]dd/mm",
      "[$-F800]dddd\\,\\ mmmm\\ dd",
      "yyyy\"年\"m\"月\"d\"日\"", "General\\ d", "ss",
    ])
  func dates(code: String) { #expect(CellFormats.isDate(code: code)) }

  @Test(
    "and others are none: quoted, escaped, in brackets, or an elapsed time",
    arguments: [
      "General", "0.00", "#,##0.00\\ \"days\"", "#,##0\\ \\d\\a\\y", "[Red]0;[Magenta]-0", "[$USD-409]#,##0",
      "0_d0_m",
      "*d0", "[h]:mm", "[hh]:mm:ss", "[mm]:ss", "[S]", "@", "0%", "\"d", "\\", "[d", "0.00E+00", "# ?/?",
    ])
  func numbers(code: String) { #expect(!CellFormats.isDate(code: code)) }

  @Test("and those without a code by their number")
  func builtIn() {
    let dates = (0..<164).filter(CellFormats.isDate(builtIn:))
    #expect(dates == Array(14...22) + Array(27...36) + [45, 47] + Array(50...58))
  }
}
