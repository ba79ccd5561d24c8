import PlanModel
import Wording

/// Something ranked.
package struct Ranked<Item: Sendable>: Sendable {
  /// 1 is the first; items that cannot be told apart share theirs.
  package let rank: Int
  package let isTied: Bool
  package let item: Item
}

/// Ranks items by their value, greatest first. An item whose interval reaches that of the first of a rank is tied with it:
/// their order may be chance.
package func ranked<Item: Sendable>(
  _ items: [Item], value: (Item) -> Double, interval: (Item) -> ClosedRange<Double>?, name: (Item) -> String
) -> [Ranked<Item>] {
  let sorted = items.sorted { left, right in
    value(left) == value(right) ? name(left) < name(right) : value(left) > value(right)
  }
  var groups: [[Item]] = []
  for item in sorted {
    if let first = groups.last?.first, areTied(first, item, value, interval) {
      groups[groups.count - 1].append(item)
    } else {
      groups.append([item])
    }
  }
  var rank = 1
  return groups.flatMap { group in
    defer { rank += group.count }
    return group.map { Ranked(rank: rank, isTied: group.count > 1, item: $0) }
  }
}

private func areTied<Item>(
  _ first: Item, _ second: Item, _ value: (Item) -> Double, _ interval: (Item) -> ClosedRange<Double>?
) -> Bool {
  if let left = interval(first), let right = interval(second) { return left.overlaps(right) }
  return value(first) == value(second)
}

// MARK: - ABC

package enum ABCClass: String, Sendable {
  case a = "A"
  case b = "B"
  case c = "C"
  /// Earns nothing or costs money: it has no share of what is earned.
  case loss = "loss"
}

package struct ABCItem<Item: Sendable>: Sendable {
  package let item: Item
  package let value: Int128
  package let abc: ABCClass
  /// Of what all earners earn together: up to this one, it included. nil for loss-makers.
  package let cumulative: Ratio?
}

/// Who earns most of it: A while the share before an item is below 80 %, B below 95 %, then C. Loss-makers stand apart.
///
/// - Parameter value: Such as a margin, in any unit.
package func abcAnalysis<Item: Sendable>(
  _ items: [Item], value: (Item) -> Int128, name: (Item) -> String
) -> [ABCItem<Item>] {
  let sorted = items.sorted { left, right in
    value(left) == value(right) ? name(left) < name(right) : value(left) > value(right)
  }
  let total = sorted.reduce(Int128(0)) { $0 + max(0, value($1)) }
  var before: Int128 = 0
  return sorted.map { item in
    let earned = value(item)
    guard earned > 0 else { return ABCItem(item: item, value: earned, abc: .loss, cumulative: nil) }
    let abc: ABCClass = before * 100 < total * 80 ? .a : before * 100 < total * 95 ? .b : .c
    before += earned
    return ABCItem(item: item, value: earned, abc: abc, cumulative: Ratio(before, of: total))
  }
}

// MARK: - Recency, frequency, monetary value

/// How recently, how often and for how much somebody buys; 5 is best.
package struct RFM: Hashable, Sendable {
  package let recency: Int
  package let frequency: Int
  package let monetary: Int
  package var code: String { "\(recency)\(frequency)\(monetary)" }
}

/// What the scores are made of.
package struct Buying: Sendable {
  package let account: RecordID
  /// Days from the last purchase to the cut-off.
  package let daysSince: Int
  /// Days on which they bought in the last twelve months.
  package let purchases: Int
  /// Revenue of the last twelve months, minor units.
  package let revenue: Int64

  package init(account: RecordID, daysSince: Int, purchases: Int, revenue: Int64) {
    self.account = account
    self.daysSince = daysSince
    self.purchases = purchases
    self.revenue = revenue
  }
}

package func buying(_ account: AccountFacts, at cutOff: CutOff, by valuation: Valuation) -> Buying? {
  let bought = account.sales.filter { !$0.isCreditNote && $0.day <= cutOff.day }
  guard let last = bought.map(\.day).max() else { return nil }
  let year = Period.year(to: cutOff.day)
  let valued = ValuedSales(account.sales, in: year, through: cutOff.day, by: valuation)
  guard valued.unconverted.isEmpty, let revenue = valuation.money(valued.revenue) else { return nil }
  return Buying(
    account: account.profile.id, daysSince: last.days(to: cutOff.day),
    purchases: Set(bought.lazy.filter { year.contains($0.day) }.map(\.day)).count, revenue: revenue.minor)
}

/// Where the scores 5, 4, 3 and 2 begin.
package struct RFMThresholds: Sendable {
  package static let quintilesFrom = 25

  let recencyDays: [Int]
  let purchases: [Int]
  let revenue: [Int64]

  /// A month, a quarter, half a year, a year; weekly, monthly, quarterly, twice a year; 250,000 to 5,000 whole units.
  package static func fixed(_ currency: String) -> RFMThresholds {
    let unit = Int64(powerOfTen(Money.exponent(of: currency)))
    return RFMThresholds(
      recencyDays: [31, 92, 183, 365], purchases: [52, 12, 4, 2],
      revenue: [250_000, 100_000, 25_000, 5_000].map { $0 * unit })
  }

  /// So that each score is given to a fifth of those who bought.
  ///
  /// - Returns: nil for fewer than ``quintilesFrom``: a fifth of a few says nothing.
  package static func quintiles(_ all: [Buying]) -> RFMThresholds? {
    guard all.count >= quintilesFrom else { return nil }
    func steps<Value: Comparable>(_ values: [Value]) -> [Value] {
      (1...4).map { values[min(values.count - 1, (values.count * $0 + 4) / 5 - 1)] }
    }
    return RFMThresholds(
      recencyDays: steps(all.map(\.daysSince).sorted()), purchases: steps(all.map(\.purchases).sorted(by: >)),
      revenue: steps(all.map(\.revenue).sorted(by: >)))
  }

  package func scores(_ buying: Buying) -> RFM {
    func score(_ steps: some Collection<Bool>) -> Int { 5 - (steps.firstIndexCount ?? 4) }
    return RFM(
      recency: score(recencyDays.map { buying.daysSince <= $0 }),
      frequency: score(purchases.map { buying.purchases >= $0 }),
      monetary: score(revenue.map { buying.revenue >= $0 }))
  }
}

extension Collection<Bool> {
  /// How many come before the first that is true.
  fileprivate var firstIndexCount: Int? { enumerated().first { $0.element }?.offset }
}

// MARK: - Loyalty

/// How loyal a customer is: how long they have bought, in how many of the last quarters, how lately.
package struct Loyalty: Sendable {
  /// 0 to 100: 40 for the length (ten years are all of it), 40 for buying in each of the last eight quarters, 20 for a
  /// purchase in the last year, less the longer it is ago.
  package let score: Ratio
  package let days: Int
  package let activeQuarters: Int
  package let daysSince: Int
}

package func loyalty(_ account: AccountFacts, at cutOff: CutOff) -> (figure: Figure, loyalty: Loyalty?) {
  let bought = account.sales.filter { !$0.isCreditNote && $0.day <= cutOff.day }
  guard let first = bought.map(\.day).min(), let last = bought.map(\.day).max() else {
    let absence: Phrase = account.sharesFinance ? "nothing was sold" : "its finances are not shared with you"
    return (Figure(.relation, nil, n: 0, absence: absence), nil)
  }
  let quarters = Period.quarters(8, to: cutOff.day)
  let active = quarters.count { quarter in bought.contains { quarter.contains($0.day) } }
  let days = first.days(to: cutOff.day)
  let since = last.days(to: cutOff.day)
  // Of 100 · 3650 · 8 · 365 parts, so that the sum is exact.
  let length = 40 * min(days, 3650) * 8 * 365
  let rhythm = 40 * active * 3650 * 365
  let recency = 20 * max(0, 365 - since) * 3650 * 8
  guard let score = Ratio(length + rhythm + recency, of: 3650 * 8 * 365) else {
    return (Figure(.relation, nil, n: 0), nil)
  }
  let loyalty = Loyalty(score: score, days: days, activeQuarters: active, daysSince: since)
  return (Figure(.relation, .score(score), n: bought.count, used: bought.map(\.id)), loyalty)
}
