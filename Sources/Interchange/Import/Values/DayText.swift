import Foundation
import PlanModel
import Speech
import Workbench

/// A day, or a moment, as programs and people of many places write it.
struct DayText: Equatable {
  let day: PlanDate
  /// Milliseconds since midnight; nil when only the day is said.
  let clock: Int64?
  /// Minutes east of UTC; nil for the time of the place where it is read.
  let zone: Int?

  enum Reading: Equatable {
    case read(DayText)
    /// "03/04/2026": the third of April to some, the fourth of March to others.
    case either(DayText, DayText)
    /// "02/01/26": the order is not said, nor the century.
    case shortYear
    case unknown
  }

  /// - Parameter order: Of a day and a month in numbers; nil while nothing decides it.
  static func read(_ text: String, order: DayOrder?, readsShortYears: Bool) -> Reading {
    let text = text.trimmed
    if text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }),
      let number = ofNumber(text)
    {
      return .read(number)
    }
    guard let (date, rest) = parted(text), let clock = Clock(rest) else { return .unknown }
    func made(_ year: Int, _ month: Int, _ day: Int) -> DayText? {
      PlanDate(year: year, month: month, day: day).map {
        DayText(day: $0, clock: clock.milliseconds, zone: clock.zone)
      }
    }
    switch date {
    case .named(let year, let month, let day): return made(year, month, day).map(Reading.read) ?? .unknown
    case .yearFirst(let year, let month, let day): return made(year, month, day).map(Reading.read) ?? .unknown
    case .numbers(let first, let second, let year, let isDotted):
      guard let year else {
        guard readsShortYears, let order else { return .shortYear }
        let short = second.year
        let whole = short + (short < 70 ? 2000 : 1900)
        let made = order == .dayFirst ? made(whole, second.number, first) : made(whole, first, second.number)
        return made.map(Reading.read) ?? .unknown
      }
      let dayFirst = made(year, second.number, first)
      let monthFirst = made(year, first, second.number)
      // With points the day comes first everywhere.
      switch isDotted ? .dayFirst : order {
      case .dayFirst: return dayFirst.map(Reading.read) ?? .unknown
      case .monthFirst: return monthFirst.map(Reading.read) ?? .unknown
      case nil:
        if let dayFirst, let monthFirst, dayFirst != monthFirst { return .either(dayFirst, monthFirst) }
        return (dayFirst ?? monthFirst).map(Reading.read) ?? .unknown
      }
    }
  }

  // MARK: - Numbers alone

  /// A number is a time only when it is a plausible one, from 1954 to 2119, in exactly one unit.
  private static func ofNumber(_ text: String) -> DayText? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = Int64(parts[0]), parts.count <= 2 else { return nil }
    func unix(_ milliseconds: Int64) -> DayText {
      let day = PlanDate(milliseconds: milliseconds)
      return DayText(day: day, clock: milliseconds - day.milliseconds, zone: 0)
    }
    switch (parts[0].utf8.count, parts.count) {
    case (5, _) where (20_000...80_000).contains(whole):
      // A spreadsheet's day: from 1899-12-30 on, with the part of the day that has passed.
      let day = PlanDate(milliseconds: (whole - 25_569) * 86_400_000)
      guard parts.count == 2, let fraction = Double("0." + parts[1]) else {
        return DayText(day: day, clock: nil, zone: nil)
      }
      return DayText(day: day, clock: Int64((fraction * 86_400).rounded()) * 1000, zone: nil)
    case (8, 1), (14, 1):
      func number(_ from: Int, _ count: Int) -> Int { Int(parts[0].dropFirst(from).prefix(count)) ?? -1 }
      guard let day = PlanDate(year: number(0, 4), month: number(4, 2), day: number(6, 2)),
        (1900...2199).contains(day.year)
      else { return nil }
      guard parts[0].utf8.count == 14 else { return DayText(day: day, clock: nil, zone: nil) }
      let (hour, minute, second) = (number(8, 2), number(10, 2), number(12, 2))
      guard hour < 24, minute < 60, second < 60 else { return nil }
      return DayText(day: day, clock: Int64(hour * 3600 + minute * 60 + second) * 1000, zone: nil)
    case (10, _) where whole >= 1_000_000_000: return unix(whole * 1000)
    case (13, _) where whole >= 1_000_000_000_000: return unix(whole)
    default: return nil
    }
  }

  // MARK: - Days

  private enum Written {
    case yearFirst(Int, Int, Int)
    case named(Int, Int, Int)
    /// The first number, the second (and a year of two digits), the year of four digits.
    case numbers(Int, (number: Int, year: Int), Int?, isDotted: Bool)
  }

  /// The day, and what stands behind it.
  private static func parted(_ text: String) -> (Written, rest: Substring)? {
    if let numbers = NumericDay(text) {
      let rest = text[numbers.end...]
      if numbers.digits.0 == 4 { return (.yearFirst(numbers.first, numbers.second, numbers.third), rest) }
      let whole = numbers.digits.2 == 4 ? numbers.third : nil
      return (
        .numbers(
          numbers.first, (numbers.second, numbers.third), whole, isDotted: numbers.sign == UInt8(ascii: ".")),
        rest
      )
    }
    // 2-Jan-26, 02-janv.-2026, 2 janvier 2026, 1er mars 2026
    if let match = text.prefixMatch(
      of: /([0-9]{1,2})(?:er|st|nd|rd|th)?[-\/ .]+(\p{L}+)\.?[-\/ .,]+([0-9]{4}|[0-9]{2})(?![0-9])/),
      let month = month(named: match.output.2)
    {
      return (.named(year(match.output.3), month, Int(match.output.1) ?? 0), text[match.range.upperBound...])
    }
    // Jan 2, 2026
    if let match = text.prefixMatch(of: /(\p{L}+)\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})(?![0-9])/),
      let month = month(named: match.output.1)
    {
      return (.named(year(match.output.3), month, Int(match.output.2) ?? 0), text[match.range.upperBound...])
    }
    return nil
  }

  /// Three numbers parted by one sign, at the beginning of a text. Read by hand: a file has hundreds of thousands of them.
  struct NumericDay {
    private(set) var first = 0
    private(set) var second = 0
    private(set) var third = 0
    private(set) var digits = (0, 0, 0)
    private(set) var sign: UInt8 = 0
    private(set) var end: String.Index

    init?(_ text: String) {
      var numbers: [(value: Int, digits: Int)] = []
      var place = text.utf8.startIndex
      while numbers.count < 3 {
        var (value, digits) = (0, 0)
        while place < text.utf8.endIndex, (48...57).contains(text.utf8[place]), digits < 5 {
          value = value * 10 + Int(text.utf8[place]) - 48
          digits += 1
          text.utf8.formIndex(after: &place)
        }
        guard (1...4).contains(digits) else { return nil }
        numbers.append((value, digits))
        if numbers.count == 3 { break }
        guard place < text.utf8.endIndex, "-./".utf8.contains(text.utf8[place]),
          sign == 0 || sign == text.utf8[place]
        else { return nil }
        sign = text.utf8[place]
        text.utf8.formIndex(after: &place)
      }
      end = place
      (first, second, third) = (numbers[0].value, numbers[1].value, numbers[2].value)
      digits = (numbers[0].digits, numbers[1].digits, numbers[2].digits)
      guard digits.1 <= 2, digits.0 == 4 ? digits.2 <= 2 : digits.0 <= 2 && [2, 4].contains(digits.2) else {
        return nil
      }
    }
  }

  private static func year(_ text: Substring) -> Int {
    let number = Int(text) ?? 0
    return text.count == 4 ? number : number + (number < 70 ? 2000 : 1900)
  }

  private static let months: [[String]] = [
    ["january", "janvier", "janv"], ["february", "fevrier", "fevr", "fev"], ["march", "mars"],
    ["april", "avril", "avr"], ["may", "mai"], ["june", "juin"], ["july", "juillet", "juil"],
    ["august", "aout"],
    ["september", "septembre", "sept"], ["october", "octobre"], ["november", "novembre"],
    ["december", "decembre"],
  ]

  /// By its name in English or French, or the three letters that it begins with in English.
  private static func month(named text: Substring) -> Int? {
    let word = folded(String(text))
    return months.firstIndex { names in names.contains(word) || word == names[0].prefix(3) }.map { $0 + 1 }
  }

  // MARK: - Times of day

  private struct Clock {
    var milliseconds: Int64?
    var zone: Int?

    /// "14:30" and "14:30:00", which are nearly all.
    private static func usual(_ text: Substring) -> Int64? {
      let bytes = Array(text.utf8)
      guard bytes.count == 5 || bytes.count == 8 else { return nil }
      var numbers: [Int] = []
      for place in stride(from: 0, to: bytes.count, by: 3) {
        guard (48...57).contains(bytes[place]), (48...57).contains(bytes[place + 1]),
          place + 2 == bytes.count || bytes[place + 2] == UInt8(ascii: ":")
        else { return nil }
        numbers.append(Int(bytes[place] - 48) * 10 + Int(bytes[place + 1] - 48))
      }
      guard numbers[0] < 24, numbers[1] < 60, numbers.count == 2 || numbers[2] < 60 else { return nil }
      return Int64(numbers[0] * 3600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)) * 1000
    }

    /// "", "T14:30:00.123Z", " 3:04 PM", " 14h30", " 10:00 +0100"; nil for anything else.
    init?(_ text: Substring) {
      let text = text.drop { $0 == " " || $0 == "T" || $0 == "," || $0 == "à" }
      if text.isEmpty { return }
      if let usual = Self.usual(text) {
        milliseconds = usual
        return
      }
      guard
        let match = String(text).wholeMatch(
          of:
            /([0-9]{1,2})[:hH]([0-9]{2})?(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)? ?([AaPp]\.?[Mm]\.?)? ?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?/
        )
      else { return nil }
      var hour = Int(match.output.1) ?? 99
      let minute = match.output.2.flatMap { Int($0) } ?? 0
      let second = match.output.3.flatMap { Int($0) } ?? 0
      if let half = match.output.5?.first {
        guard (1...12).contains(hour) else { return nil }
        hour = hour % 12 + (half == "p" || half == "P" ? 12 : 0)
      }
      guard hour < 24, minute < 60, second < 60 else { return nil }
      let thousandths = match.output.4.map { (String($0) + "00").prefix(3) }.flatMap { Int64($0) } ?? 0
      milliseconds = Int64(hour * 3600 + minute * 60 + second) * 1000 + thousandths
      guard let sign = match.output.6 else { return }
      let digits = sign.filter(\.isNumber)
      let minutes = digits.isEmpty ? 0 : (Int(digits.prefix(2)) ?? 0) * 60 + (Int(digits.suffix(2)) ?? 0)
      zone = sign.hasPrefix("-") ? -minutes : minutes
    }
  }
}

extension DayText {
  static func timeOfDay(_ text: String) -> (milliseconds: Int64, zone: Int?)? {
    guard let clock = Clock(text[...]), let milliseconds = clock.milliseconds else { return nil }
    return (milliseconds, clock.zone)
  }

  /// The moment that is meant, Unix milliseconds; a day alone is its noon here.
  func instant(_ moments: Moments) -> Int64 {
    guard let clock else { return moments.instant(day, milliseconds: 12 * 3_600_000) }
    if let zone { return day.milliseconds + clock - Int64(zone) * 60_000 }
    return moments.instant(day, milliseconds: clock)
  }
}
