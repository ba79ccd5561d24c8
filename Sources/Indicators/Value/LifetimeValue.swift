import PlanModel
import Wording

/// A customer's value so far, taken apart.
package struct HistoricValue: Sendable {
  /// Since the first purchase.
  package let revenue: Money
  /// Of the sales whose direct cost is not known: in the revenue, and not in the margin.
  package let revenueWithoutCost: Money
  /// Of the other sales.
  package let directCost: Money
  /// Margin of all sales.
  package let margin: Money
  package let marginRate: Ratio?
  package let acquisition: Money
  package let retention: Money
  /// margin − acquisition − retention
  package let value: Money
  package let firstSale: PlanDate?
  /// From the first sale to the cut-off.
  package let days: Int?
  /// From the first contact to the cut-off.
  package let daysSinceContact: Int?
}

/// Margin of all sales so far, less what winning and keeping the customer has cost.
package func historicValue(
  _ account: AccountFacts, at cutOff: CutOff, by valuation: Valuation
) -> (figure: Figure, value: HistoricValue?) {
  let valued = ValuedSales(account.sales, in: nil, through: cutOff.day, by: valuation)
  var spent: [Cost.Purpose: Int128] = [:]
  let costs = Selection(account.costs) { cost in
    if cost.day > cutOff.day { return .afterCutOff }
    // What serving them costs is no investment in the relation: it is not one of the five factors.
    guard cost.purpose != .service else { return .serviceCost }
    guard let exact = valuation.exact(cost.amount, on: cost.day) else { return .noRate(cost.amount.currency) }
    spent[cost.purpose, default: 0] += exact
    return nil
  }
  let unconverted = Array(Set(valued.unconvertedForMargin + costs.excluded.unconverted)).sorted()
  // Sales of which nobody knows what they cost earn nobody knows what.
  let isKnown =
    unconverted.isEmpty && (!valued.used.isEmpty || (valued.selection.used.isEmpty && !costs.used.isEmpty))
  let value = isKnown ? historicValue(account, valued, spent, cutOff, valuation) : nil
  let figure = Figure(
    .lifetimeValue, value.map { .money($0.value) }, n: valued.used.count + costs.used.count,
    used: valued.used.map(\.id) + costs.ids, excluded: valued.excludedFromMargin + costs.excluded,
    absence: mixed(unconverted, valuation)
      ?? (valued.selection.used.isEmpty ? "no sales and no costs" : "no sale with a direct cost"),
    late: valued.selection.late(after: cutOff) + costs.late(after: cutOff))
  return (figure, value)
}

private func historicValue(
  _ account: AccountFacts, _ valued: ValuedSales, _ spent: [Cost.Purpose: Int128], _ cutOff: CutOff,
  _ valuation: Valuation
) -> HistoricValue? {
  let (acquisition, retention) = (spent[.acquisition] ?? 0, spent[.retention] ?? 0)
  guard let revenue = valuation.money(valued.revenue), let margin = valuation.money(valued.margin),
    let winning = valuation.money(acquisition), let keeping = valuation.money(retention),
    let value = valuation.money(valued.margin - acquisition - retention),
    let without = valuation.money(valued.revenue - valued.revenueWithMargin),
    let cost = valuation.money(valued.revenueWithMargin - valued.margin)
  else { return nil }
  let first = valued.selection.used.lazy.filter { !$0.isCreditNote }.map(\.day).min()
  return HistoricValue(
    revenue: revenue, revenueWithoutCost: without, directCost: cost, margin: margin,
    marginRate: valued.revenueWithMargin > 0 ? Ratio(valued.margin, of: valued.revenueWithMargin) : nil,
    acquisition: winning, retention: keeping, value: value, firstSale: first,
    days: first.map { $0.days(to: cutOff.day) },
    daysSinceContact: account.profile.firstContact.map { $0.days(to: cutOff.day) })
}

// MARK: - The retention model

/// Whether a period's margin comes at its end or at its beginning: values differ by one margin.
package enum MarginTiming: Sendable { case endOfPeriod, startOfPeriod }

package enum RetentionModelError: Error, Equatable, Sendable {
  /// Who stays for ever at such a rate is worth more than any number.
  case retentionTooHigh
  case notAShare

  package var phrase: Phrase {
    switch self {
    case .retentionTooHigh: "the retention rate must be less than 1 + the discount rate"
    case .notAShare: "the retention rate lies between 0 and 1, the discount rate above -1"
    }
  }
}

/// What a customer under contract is worth: the margin of a period for as long as they stay, discounted.
///
/// - Parameters:
///   - margin: Of one period, such as a year, in any unit.
///   - retention: The chance to stay for another period.
///   - discount: What a period's wait costs, of one.
/// - Returns: in the unit of `margin`, acquisition cost not taken off.
package func retentionValue(
  margin: Double, retention: Double, discount: Double, timing: MarginTiming
) throws(RetentionModelError) -> Double {
  guard (0...1).contains(retention), discount > -1, discount.isFinite else { throw .notAShare }
  guard retention < 1 + discount else { throw .retentionTooHigh }
  let numerator = timing == .endOfPeriod ? retention : 1 + discount
  return margin * numerator / (1 + discount - retention)
}

/// The share of the accounts that bought in the year before the period's last that bought again in it.
package func retentionRate(_ accounts: [AccountFacts], at cutOff: CutOff) -> Figure {
  let year = Period.year(to: cutOff.day)
  let before = Period.year(to: year.from.adding(days: -1))
  func bought(_ account: AccountFacts, in period: Period) -> Bool {
    account.sales.contains { !$0.isCreditNote && period.contains($0.day) }
  }
  let customers = accounts.filter { bought($0, in: before) }
  let kept = customers.count { bought($0, in: year) }
  return Figure(
    .retention, Ratio(kept, of: customers.count).map(FigureValue.share), n: customers.count,
    interval: wilsonInterval(kept, of: customers.count).map(percent), used: customers.map(\.profile.id),
    absence: "nobody bought in the year before")
}
