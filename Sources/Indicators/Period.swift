import PlanModel

/// Days from the first to the last, both included.
package struct Period: Hashable, Sendable {
  package let from: PlanDate
  package let to: PlanDate

  /// - Returns: nil when it would end before it begins.
  package init?(_ from: PlanDate, _ to: PlanDate) {
    guard from <= to else { return nil }
    self.from = from
    self.to = to
  }

  package func contains(_ day: PlanDate) -> Bool { from <= day && day <= to }

  /// How many days it has.
  package var days: Int { Int((to.milliseconds - from.milliseconds) / 86_400_000) + 1 }

  /// The same number of whole months before, when it has whole months; else the same number of days.
  package var previous: Period {
    if let months = wholeMonths, let start = from.addingMonths(-months) {
      return Period(uncheckedFrom: start, to: from.adding(days: -1))
    }
    return Period(uncheckedFrom: from.adding(days: -days), to: from.adding(days: -1))
  }

  private init(uncheckedFrom from: PlanDate, to: PlanDate) {
    self.from = from
    self.to = to
  }

  private var wholeMonths: Int? {
    guard from.day == 1, to.adding(days: 1).day == 1 else { return nil }
    let after = to.adding(days: 1)
    return (after.year - from.year) * 12 + after.month - from.month
  }
}

// MARK: - Named periods

extension Period {
  /// "2026", "2026Q3", "2026T3", "2026-09", "2026-01-01..2026-06-30".
  package init?(_ text: String) {
    let ends = text.split(separator: "..", omittingEmptySubsequences: false)
    if ends.count == 2, let from = PlanDate(ends[0]), let to = PlanDate(ends[1]) {
      self.init(from, to)
      return
    }
    guard let year = Self.number(text.prefix(4)), text.prefix(4).utf8.count == 4 else { return nil }
    let rest = text.dropFirst(4).uppercased()
    if rest.isEmpty {
      self.init(year: year, month: 1, count: 12)
    } else if let quarter = Self.number(rest, after: ["Q", "-Q", "T", "-T"]), (1...4).contains(quarter) {
      self.init(year: year, month: quarter * 3 - 2, count: 3)
    } else if rest.utf8.count == 3, let month = Self.number(rest, after: ["-"]) {
      self.init(year: year, month: month, count: 1)
    } else {
      return nil
    }
  }

  private static func number(_ text: String, after prefixes: [String]) -> Int? {
    prefixes.lazy.filter { text.hasPrefix($0) }.compactMap { number(text.dropFirst($0.count)) }.first
  }

  /// Digits only: a sign is no part of a date.
  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
  }

  package init?(year: Int, month: Int, count: Int) {
    // Not the day before the next month: after December 9999 there is none.
    guard let from = PlanDate(year: year, month: month, day: 1), let last = from.addingMonths(count - 1),
      let to = [31, 30, 29, 28].lazy.compactMap({ PlanDate(year: last.year, month: last.month, day: $0) })
        .first
    else { return nil }
    self.init(from, to)
  }

  /// "2026Q3" when it is a quarter, "2026" a year, "2026-09" a month; else both ends.
  package var name: String {
    switch wholeMonths {
    case 12 where from.month == 1: "\(from.description.prefix(4))"
    case 3 where from.month % 3 == 1: "\(from.description.prefix(4))Q\((from.month + 2) / 3)"
    case 1: "\(from.description.prefix(7))"
    default: "\(from)..\(to)"
    }
  }

  /// The year that ends on a day.
  package static func year(to day: PlanDate) -> Period {
    // February 29th has no day a year before.
    let before = PlanDate(year: day.year - 1, month: day.month, day: day.day) ?? day.adding(days: -366)
    return Period(uncheckedFrom: before.adding(days: 1), to: day)
  }

  package static func quarter(of day: PlanDate) -> Period {
    Period(year: day.year, month: (day.month - 1) / 3 * 3 + 1, count: 3)
      ?? Period(uncheckedFrom: day, to: day)
  }

  /// The quarters up to the one that holds the day, the oldest first.
  package static func quarters(_ count: Int, to day: PlanDate) -> [Period] {
    var quarters = [quarter(of: day)]
    while quarters.count < count { quarters.append(quarters[quarters.count - 1].previous) }
    return quarters.reversed()
  }
}

extension PlanDate {
  /// The first of a month so many months later. Only for the first of a month, which every month has.
  package func addingMonths(_ count: Int) -> PlanDate? {
    let months = year * 12 + month - 1 + count
    return PlanDate(year: months / 12, month: months % 12 + 1, day: 1)
  }

  /// Days from this day to the other; negative when it was before.
  package func days(to other: PlanDate) -> Int { Int((other.milliseconds - milliseconds) / 86_400_000) }
}
