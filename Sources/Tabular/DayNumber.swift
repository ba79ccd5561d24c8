/// Days and times, which a spreadsheet keeps as a count of days with a fraction.
struct DayNumber: Sendable {
  /// Days are counted from 1904 on, as the first spreadsheets for the Macintosh did; else from 1900.
  let from1904: Bool

  private static let daySeconds = 86_400

  /// "2026-01-02", with the time when there is one, to the nearest second; "14:30:00" for what has no day.
  ///
  /// - Returns: nil when no calendar of spreadsheets has it: before day 0, or after the year 9999.
  func text(_ value: Double) -> String? {
    guard value >= 0, value < 3_000_000 else { return nil }
    let seconds = Int((value * Double(Self.daySeconds)).rounded())
    let (day, time) = seconds.quotientAndRemainder(dividingBy: Self.daySeconds)
    // Almost a whole day is shown as the midnight that it is.
    guard value >= 1 else { return CivilTime(seconds: time).description }
    guard let date = date(day) else { return nil }
    return time == 0 ? date : "\(date) \(CivilTime(seconds: time))"
  }

  private func date(_ day: Int) -> String? {
    // The first spreadsheet took 1900 for a leap year, and all have kept that day. It is given as it is shown.
    if !from1904, day == 60 { return "1900-02-29" }
    let sinceFirst = from1904 ? day + 1460 : day > 60 ? day - 2 : day - 1
    let date = CivilDate(daysSince1900: sinceFirst)
    return date.year <= 9999 ? date.description : nil
  }

  /// A date in ISO 8601, with or without a time, as some programs store it; in the same form as ``text(_:)``.
  ///
  /// - Returns: nil when it is something else.
  static func text(iso: ArraySlice<UInt8>) -> String? {
    let parts = iso.split(separator: UInt8(ascii: "T"), omittingEmptySubsequences: false)
    switch parts.count {
    case 1:
      return CivilDate(parts[0])?.description
        ?? CivilTime.seconds(parts[0]).map { CivilTime(seconds: $0 % daySeconds).description }
    case 2:
      guard let seconds = CivilTime.seconds(parts[1]) else { return nil }
      if parts[0].isEmpty { return CivilTime(seconds: seconds % daySeconds).description }
      guard let date = CivilDate(parts[0]) else { return nil }
      let (days, time) = seconds.quotientAndRemainder(dividingBy: daySeconds)
      let day = CivilDate(daysSince1900: date.daysSince1900 + days)
      return time == 0 ? day.description : "\(day) \(CivilTime(seconds: time))"
    default: return nil
    }
  }
}

/// A day of the Gregorian calendar from 1900 on.
private struct CivilDate: CustomStringConvertible {
  let year: Int
  let month: Int
  let day: Int

  init(daysSince1900 days: Int) {
    var year = 1900 + days / 366
    while Self.daysBefore(year: year + 1) <= days { year += 1 }
    var rest = days - Self.daysBefore(year: year)
    var month = 1
    while rest >= Self.days(of: month, in: year) {
      rest -= Self.days(of: month, in: year)
      month += 1
    }
    (self.year, self.month, day) = (year, month, rest + 1)
  }

  /// YYYY-MM-DD, of the years 1900 to 9999.
  init?(_ text: ArraySlice<UInt8>) {
    let parts = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 3, let year = parts[0].natural(4), let month = parts[1].natural(2),
      let day = parts[2].natural(2), year >= 1900, (1...12).contains(month), day >= 1,
      day <= Self.days(of: month, in: year)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  var daysSince1900: Int {
    (1..<month).reduce(Self.daysBefore(year: year) + day - 1) { $0 + Self.days(of: $1, in: year) }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  private static func days(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// From the first of January 1900 to that of the year.
  private static func daysBefore(year: Int) -> Int {
    let past = year - 1
    return (year - 1900) * 365 + past / 4 - past / 100 + past / 400 - (1899 / 4 - 1899 / 100 + 1899 / 400)
  }

  var description: String { "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))" }
}

/// A time of a day.
private struct CivilTime: CustomStringConvertible {
  let seconds: Int

  var description: String {
    "\((seconds / 3600).padded(2)):\((seconds / 60 % 60).padded(2)):\((seconds % 60).padded(2))"
  }

  /// HH:MM or HH:MM:SS, perhaps with a fraction and a Z, which says nothing: a spreadsheet's time has no zone.
  static func seconds(_ text: ArraySlice<UInt8>) -> Int? {
    let text = text.last == UInt8(ascii: "Z") ? text.dropLast() : text
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, let hours = parts[0].natural(2), hours < 24,
      let minutes = parts[1].natural(2), minutes < 60
    else { return nil }
    guard parts.count == 3 else { return hours * 3600 + minutes * 60 }
    let whole = parts[2].prefix(2)
    let fraction = parts[2].dropFirst(2)
    guard let seconds = whole.natural(2), seconds < 60 else { return nil }
    let isFraction =
      fraction.isEmpty
      || fraction.count > 1 && fraction.first == UInt8(ascii: ".")
        && fraction.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard isFraction else { return nil }
    let half = fraction.dropFirst().first.map { $0 >= UInt8(ascii: "5") } ?? false
    return hours * 3600 + minutes * 60 + seconds + (half ? 1 : 0)
  }
}

extension Int {
  fileprivate func padded(_ width: Int) -> String {
    let text = String(self)
    return text.utf8.count < width ? String(repeating: "0", count: width - text.utf8.count) + text : text
  }
}

extension ArraySlice<UInt8> {
  /// - Returns: nil unless it is that many digits.
  fileprivate func natural(_ width: Int) -> Int? {
    guard count == width else { return nil }
    var value = 0
    for byte in self {
      guard let digit = CChar(bitPattern: byte).digit else { return nil }
      value = value * 10 + digit
    }
    return value
  }
}
