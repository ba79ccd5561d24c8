import Foundation
import PlanModel
import Wording

/// Points in time in the words people use, in the zone of this device.
///
/// By hand: a date formatter costs more than all else that a list does.
package struct Moments {
  /// Unix milliseconds.
  package let now: Int64
  /// Seconds east of UTC at an instant (Unix seconds).
  package let offset: @Sendable (Int) -> Int

  /// Seconds east of UTC on this device.
  static let offsetHere: @Sendable (Int) -> Int = { seconds in
    var instant = time_t(seconds)
    var parts = tm()
    return localtime_r(&instant, &parts) == nil ? 0 : parts.tm_gmtoff
  }

  /// The day here, counted from 1970-01-01, and the time of day, `HH:MM`.
  private func local(_ milliseconds: Int64) -> (day: Int, clock: String) {
    let seconds = Int((Double(Self.bounded(milliseconds)) / 1000).rounded(.down))
    let here = seconds + offset(seconds)
    let day = Int((Double(here) / 86_400).rounded(.down))
    let minutes = (here - day * 86_400) / 60
    return (day, "\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))")
  }

  /// Times come from other people's clocks; only the years 1 to 9999 are shown.
  private static func bounded(_ milliseconds: Int64) -> Int64 {
    min(max(milliseconds, -62_135_596_800_000), 253_402_300_799_000)
  }

  /// The day here that is `days` after today.
  package func day(after days: Int) -> PlanDate { date(local(now).day + days) }

  /// A day and a time of day here.
  ///
  /// - Returns: Unix milliseconds. Of a time that comes twice in a night, or not at all, the one by the offset before.
  package func instant(_ day: PlanDate, _ clock: TimeOfDay) -> Int64 {
    instant(day, milliseconds: Int64(clock.hour * 3600 + clock.minute * 60) * 1000)
  }

  /// - Parameter milliseconds: Since midnight, by the clock on the wall.
  package func instant(_ day: PlanDate, milliseconds: Int64) -> Int64 {
    let here = Int(day.milliseconds / 1000) + Int(milliseconds / 1000)
    // The offset there is known once it is known where there is.
    let first = here - offset(here)
    return Int64(here - offset(first)) * 1000 + milliseconds % 1000
  }

  private func date(_ day: Int) -> PlanDate { PlanDate(milliseconds: Int64(day) * 86_400_000) }

  /// "14:02", "yesterday 14:02", "2026-07-18 14:02".
  package func at(_ milliseconds: Int64) -> Phrase {
    let (day, clock) = local(milliseconds)
    switch local(now).day - day {
    case 0: return .verbatim(clock)
    case 1: return "yesterday \(clock)"
    default: return date(day).spoken + .verbatim(" \(clock)")
    }
  }

  /// "2026-07-18 14:02", always whole.
  package func stamp(_ milliseconds: Int64) -> String {
    let (day, clock) = local(milliseconds)
    return "\(date(day)) \(clock)"
  }

  /// "2 h ago"; what lies a little ahead is "just now".
  package func ago(_ milliseconds: Int64) -> Phrase {
    let passed = now - Self.bounded(milliseconds)
    if passed < 10_000 { return passed > -60_000 ? "just now" : "in \(Self.span(-passed))" }
    return "\(Self.span(passed)) ago"
  }

  /// "40 s", "12 min", "2 h", "3 days".
  package static func span(_ milliseconds: Int64) -> Phrase {
    let seconds = milliseconds.magnitude / 1000
    switch seconds {
    case 0..<10 where milliseconds.magnitude % 1000 >= 100 || seconds == 0:
      let tenths = (milliseconds.magnitude + 50) / 100
      return tenths == 0 ? "less than 0.1 s" : "\(tenths / 10).\(tenths % 10) s"
    case 0..<100: return .verbatim("\(seconds) s")
    case 100..<5_400: return .verbatim("\((seconds + 30) / 60) min")
    case 5_400..<172_800: return .verbatim("\((seconds + 1_800) / 3_600) h")
    default: return counted(Int((seconds + 43_200) / 86_400), "day")
    }
  }

  package init(now: Int64, offset: @escaping @Sendable (Int) -> Int) {
    self.now = now
    self.offset = offset
  }
}

/// "14:02".
package struct TimeOfDay: Equatable {
  package let hour: Int
  package let minute: Int

  package init?(hour: Int, minute: Int) {
    guard (0..<24).contains(hour), (0..<60).contains(minute) else { return nil }
    self.hour = hour
    self.minute = minute
  }

  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1] else { return nil }
    self.init(hour: hour, minute: minute)
  }
}

private func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

extension Moments {
  /// RFC 3339 in UTC, to the millisecond: for programs.
  package static func iso(_ milliseconds: Int64) -> String {
    let bounded = bounded(milliseconds)
    let day = Int((Double(bounded) / 86_400_000).rounded(.down))
    let rest = Int(bounded) - day * 86_400_000
    let fraction = String(rest % 1000)
    let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map(twoDigits).joined(separator: ":")
    return
      "\(PlanDate(milliseconds: bounded))T\(clock).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)Z"
  }

  /// What ``iso(_:)`` was given; nil for any other text.
  package static func milliseconds(iso text: String) -> Int64? {
    guard text.utf8.count == 24, text.hasSuffix("Z"), let day = PlanDate(text.prefix(10)) else { return nil }
    let parts = text.dropFirst(11).dropLast().split { ":.".contains($0) }.map { Int64($0) }
    guard parts.count == 4, text.dropFirst(10).first == "T", let hour = parts[0], let minute = parts[1],
      let second = parts[2], let rest = parts[3], (0..<24).contains(hour), (0..<60).contains(minute),
      (0..<61).contains(second)
    else { return nil }
    return day.milliseconds + ((hour * 60 + minute) * 60 + second) * 1000 + rest
  }
}
