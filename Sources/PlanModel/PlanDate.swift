/// A calendar day, `YYYY-MM-DD`, in the proleptic Gregorian calendar.
package struct PlanDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let year: Int
  package let month: Int
  package let day: Int

  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads exactly ten ASCII characters; a day that does not exist is not a date.
  package init?(_ text: some StringProtocol) {
    var copy = String(text)
    guard let date = copy.withUTF8({ Self(utf8: $0) }) else { return nil }
    self = date
  }

  init?(utf8 text: some Collection<UInt8>) {
    guard text.count == 10 else { return nil }
    var parts = (0, 0, 0)
    for (place, byte) in text.enumerated() {
      if place == 4 || place == 7 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard (48...57).contains(byte) else { return nil }
      let digit = Int(byte) - 48
      switch place {
      case 0..<4: parts.0 = parts.0 * 10 + digit
      case 5..<7: parts.1 = parts.1 * 10 + digit
      default: parts.2 = parts.2 * 10 + digit
      }
    }
    self.init(year: parts.0, month: parts.1, day: parts.2)
  }

  /// The day in UTC that holds the instant.
  package init(milliseconds: Int64) {
    let days = Int((Double(milliseconds) / 86_400_000).rounded(.down))
    // Days to civil date by 400-year eras that begin on March 1st, so that the leap day comes last.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  package var description: String {
    guard (0...9999).contains(year) else { return "\(year)-\(padded(month))-\(padded(day))" }
    return String(unsafeUninitializedCapacity: 10) { buffer in
      func write(_ value: Int, _ place: Int, _ width: Int) {
        var rest = value
        for digit in (place..<place + width).reversed() {
          buffer[digit] = UInt8(48 + rest % 10)
          rest /= 10
        }
      }
      write(year, 0, 4)
      buffer[4] = UInt8(ascii: "-")
      write(month, 5, 2)
      buffer[7] = UInt8(ascii: "-")
      write(day, 8, 2)
      return 10
    }
  }

  /// The day so many days later, or before.
  package func adding(days: Int) -> PlanDate {
    PlanDate(milliseconds: milliseconds + Int64(days) * 86_400_000)
  }

  package static func < (left: PlanDate, right: PlanDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

private func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

extension PlanDate {
  /// The first instant of the day in UTC, Unix milliseconds.
  package var milliseconds: Int64 {
    // The reverse of `init(milliseconds:)`: eras of 400 years that begin on March 1st.
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468) * 86_400_000
  }
}
