import PlanModel
import Wording

// What is sold and what stays of it, exactly: amounts are added as fractions of minor units and rounded once.

/// Sales with their amounts in one currency, as minor units times ``Valuation/scale``.
struct ValuedSales {
  private(set) var selection: Selection<Sale>
  /// Of each sale used, in its order.
  private(set) var revenues: [Int128] = []
  /// nil: its direct cost is not known.
  private(set) var margins: [Int128?] = []
  /// Currencies of direct costs that no rate converts.
  private var costCurrencies: Set<String> = []

  init(_ sales: [Sale], in period: Period?, through day: PlanDate, by valuation: Valuation) {
    selection = Selection()
    for sale in sales {
      if sale.day > day {
        selection.leave(sale.id, .afterCutOff)
      } else if let period, !period.contains(sale.day) {
        selection.leave(sale.id, .outsidePeriod)
      } else {
        add(sale, valuation)
      }
    }
  }

  private mutating func add(_ sale: Sale, _ valuation: Valuation) {
    guard let revenue = valuation.exact(sale.revenue, on: sale.day) else {
      return selection.leave(sale.id, .noRate(sale.revenue.currency))
    }
    let cost = sale.cost.flatMap { valuation.exact($0, on: sale.day) }
    if let given = sale.cost, cost == nil { costCurrencies.insert(given.currency) }
    selection.use(sale)
    revenues.append(revenue)
    margins.append(cost.map { revenue - $0 })
  }

  var revenue: Int128 { revenues.reduce(0, +) }

  /// Of the sales whose cost is known.
  var margin: Int128 { margins.reduce(0) { $0 + ($1 ?? 0) } }

  /// Revenue of the sales whose cost is known.
  var revenueWithMargin: Int128 {
    zip(revenues, margins).reduce(0) { $1.1 == nil ? $0 : $0 + $1.0 }
  }

  /// Those whose cost is known.
  var used: [Sale] { zip(selection.used, margins).compactMap { $1 == nil ? nil : $0 } }

  /// What is left out of a margin besides.
  var excludedFromMargin: [Exclusion] {
    let without = zip(selection.used, margins).compactMap { $1 == nil ? $0.id : nil }
    return selection.excluded + (without.isEmpty ? [] : [Exclusion(reason: .noCost, records: without)])
  }

  /// The currencies of revenue that no rate converts.
  var unconverted: [String] { selection.excluded.unconverted }
  /// Those of direct costs too: a margin needs both.
  var unconvertedForMargin: [String] { costCurrencies.union(unconverted).sorted() }
}

extension [Exclusion] {
  var unconverted: [String] {
    compactMap { if case .noRate(let currency) = $0.reason { currency } else { nil } }.sorted()
  }
}

/// Amounts of several currencies make no sum; saying less than all were a wrong figure, not a small one.
func mixed(_ currencies: [String], _ valuation: Valuation) -> Phrase? {
  guard let first = currencies.first else { return nil }
  return
    "some amounts are in \(enumerated(currencies.map { .verbatim($0) })), and there is no exchange rate for them: \(action: .addExchangeRate(from: first, to: valuation.currency))"
}

// MARK: - Revenue and margin

package func revenue(_ sales: [Sale], in period: Period, at cutOff: CutOff, by valuation: Valuation) -> Figure
{
  let valued = ValuedSales(sales, in: period, through: cutOff.day, by: valuation)
  let selection = valued.selection
  let isKnown = !selection.used.isEmpty && valued.unconverted.isEmpty
  return Figure(
    .revenue, isKnown ? valuation.money(valued.revenue).map(FigureValue.money) : nil, n: selection.used.count,
    used: selection.ids, excluded: selection.excluded,
    absence: mixed(valued.unconverted, valuation) ?? "nothing was sold", late: selection.late(after: cutOff))
}

package func margin(_ sales: [Sale], in period: Period, at cutOff: CutOff, by valuation: Valuation) -> Figure
{
  let valued = ValuedSales(sales, in: period, through: cutOff.day, by: valuation)
  return margin(valued, cutOff, valuation)
}

private func margin(_ valued: ValuedSales, _ cutOff: CutOff, _ valuation: Valuation) -> Figure {
  let used = valued.used
  let isKnown = !used.isEmpty && valued.unconvertedForMargin.isEmpty
  return Figure(
    .margin, isKnown ? valuation.money(valued.margin).map(FigureValue.money) : nil, n: used.count,
    used: used.map(\.id), excluded: valued.excludedFromMargin,
    absence: mixed(valued.unconvertedForMargin, valuation) ?? "no sale with a direct cost",
    late: used.count { $0.recordedAt > cutOff.recordedBy })
}

package func marginRate(
  _ sales: [Sale], in period: Period, at cutOff: CutOff, by valuation: Valuation
) -> Figure {
  let valued = ValuedSales(sales, in: period, through: cutOff.day, by: valuation)
  let used = valued.used
  let base = valued.revenueWithMargin
  let rate = valued.unconvertedForMargin.isEmpty && base > 0 ? Ratio(valued.margin, of: base) : nil
  return Figure(
    .marginRate, rate.map(FigureValue.share), n: used.count, used: used.map(\.id),
    excluded: valued.excludedFromMargin,
    absence: mixed(valued.unconvertedForMargin, valuation)
      ?? (used.isEmpty ? "no sale with a direct cost" : "no revenue to divide by"),
    late: used.count { $0.recordedAt > cutOff.recordedBy })
}

/// Since the first sale, in days.
package func relationLength(_ sales: [Sale], at cutOff: CutOff) -> Figure {
  let past = sales.filter { $0.day <= cutOff.day && !$0.isCreditNote }
  let first = past.min { ($0.day, $0.id) < ($1.day, $1.id) }
  return Figure(
    .relation, first.map { .days($0.day.days(to: cutOff.day)) }, n: past.count,
    used: first.map { [$0.id] } ?? [],
    absence: "nothing was sold")
}

// MARK: - What they could buy

/// Our part of what they could spend.
package func shareOfWallet(_ account: AccountFacts, at cutOff: CutOff, by valuation: Valuation) -> Figure {
  let year = Period.year(to: cutOff.day)
  let valued = ValuedSales(account.sales, in: year, through: cutOff.day, by: valuation)
  let wallet = account.profile.purchasingPower.flatMap { valuation.exact($0, on: cutOff.day) }
  let share = wallet.flatMap { wallet in
    wallet > 0 && valued.unconverted.isEmpty ? Ratio(valued.revenue, of: wallet) : nil
  }
  return Figure(
    .walletShare, share.map(FigureValue.share), n: valued.selection.used.count, used: valued.selection.ids,
    excluded: valued.selection.excluded,
    absence: mixed(valued.unconverted, valuation) ?? "what they could spend is not known",
    late: valued.selection.late(after: cutOff))
}

/// What they could buy and do not yet. What a product brings more than it could is not taken off another.
package func whitespace(_ account: AccountFacts, at cutOff: CutOff, by valuation: Valuation) -> Figure {
  let (bought, foreign) = revenueByProduct(
    account.sales, in: Period.year(to: cutOff.day), at: cutOff, by: valuation)
  var potentials: [RecordID: Int128] = [:]
  let selection = Selection(account.potentials) { potential in
    guard let amount = potential.amount else { return .notStated }
    guard let exact = valuation.exact(amount, on: cutOff.day) else { return .noRate(amount.currency) }
    potentials[potential.product, default: 0] += exact
    return nil
  }
  let room = potentials.reduce(Int128(0)) { $0 + max(0, $1.value - (bought[$1.key] ?? 0)) }
  let unconverted = Set(selection.excluded.unconverted + foreign).sorted()
  let isKnown = !potentials.isEmpty && unconverted.isEmpty
  return Figure(
    .whitespace, isKnown ? valuation.money(room).map(FigureValue.money) : nil, n: selection.used.count,
    used: selection.ids, excluded: selection.excluded,
    absence: potentials.isEmpty && selection.excluded.unconverted.isEmpty
      ? "no potential is known" : mixed(unconverted, valuation))
}

private func revenueByProduct(
  _ sales: [Sale], in period: Period, at cutOff: CutOff, by valuation: Valuation
) -> (sums: [RecordID: Int128], unconverted: [String]) {
  let valued = ValuedSales(sales, in: period, through: cutOff.day, by: valuation)
  var sums: [RecordID: Int128] = [:]
  for (sale, revenue) in zip(valued.selection.used, valued.revenues) {
    if let product = sale.product { sums[product, default: 0] += revenue }
  }
  return (sums, valued.unconverted)
}

// MARK: - Targets

/// A goal and what was reached of it.
package struct Attainment: Sendable {
  package let target: RecordID
  package let period: Period
  package let product: RecordID?
  package let goal: Money?
  package let actual: Money?
  /// Actual / goal.
  package let share: Ratio?
  /// The part of the period that has passed, of one.
  package let elapsed: Double
  /// The currencies that no rate converts: without them neither the goal nor what was reached can be told.
  let unconverted: [String]
}

/// What became of revenue targets, by their period.
package func revenueAttainments(
  _ account: AccountFacts, in period: Period?, at cutOff: CutOff, by valuation: Valuation
) -> [Attainment] {
  sold(account, in: period, cutOff, valuation) { target, valued in
    attainment(
      target.id, target.period, target.product, goal: target.revenue, actual: valued.revenue, valued, cutOff,
      valuation)
  }
}

/// What became of the margins that revenue targets ask for; of those that ask for one.
package func marginAttainments(
  _ account: AccountFacts, in period: Period?, at cutOff: CutOff, by valuation: Valuation
) -> [Attainment] {
  sold(account, in: period, cutOff, valuation) { target, valued in
    attainment(
      target.id, target.period, target.product, goal: target.margin, actual: valued.margin, valued, cutOff,
      valuation, foreign: valued.unconvertedForMargin)
  }.filter { $0.goal != nil }
}

private func sold(
  _ account: AccountFacts, in period: Period?, _ cutOff: CutOff, _ valuation: Valuation,
  _ judge: (RevenueTarget, ValuedSales) -> Attainment
) -> [Attainment] {
  account.revenueTargets.filter { counts($0.period, in: period, cutOff) }
    .sorted { ($0.period.from, $0.period.to, $0.id) < ($1.period.from, $1.period.to, $1.id) }
    .map { target in
      let sales =
        target.product.map { product in account.sales.filter { $0.product == product } } ?? account.sales
      return judge(target, ValuedSales(sales, in: target.period, through: cutOff.day, by: valuation))
    }
}

/// What became of the profitability targets of the relation: of a rate, the margin that it asks of the revenue.
package func profitabilityAttainments(
  _ account: AccountFacts, in period: Period?, at cutOff: CutOff, by valuation: Valuation
) -> [Attainment] {
  account.profitabilityTargets.filter { counts($0.period, in: period, cutOff) }
    .sorted { ($0.period.from, $0.period.to, $0.id) < ($1.period.from, $1.period.to, $1.id) }
    .map { target in
      let valued = ValuedSales(account.sales, in: target.period, through: cutOff.day, by: valuation)
      let asked = target.marginRate.flatMap { rate in
        valuation.money(roundedToEven(valued.revenueWithMargin * Int128(rate), dividedBy: 10_000))
      }
      return attainment(
        target.id, target.period, nil, goal: target.margin ?? asked, actual: valued.margin, valued, cutOff,
        valuation, foreign: valued.unconvertedForMargin)
    }
}

/// A target belongs to the period that it ends in, or at whose end it runs.
private func counts(_ target: Period, in period: Period?, _ cutOff: CutOff) -> Bool {
  guard target.from <= cutOff.day else { return false }
  guard let period else { return true }
  let last = min(period.to, cutOff.day)
  return period.contains(target.to) || (period.from <= last && target.contains(last))
}

private func attainment(
  _ id: RecordID, _ period: Period, _ product: RecordID?, goal: Money?, actual: Int128, _ valued: ValuedSales,
  _ cutOff: CutOff, _ valuation: Valuation, foreign: [String]? = nil
) -> Attainment {
  let wanted = goal.flatMap { valuation.exact($0, on: min(period.to, cutOff.day)) }
  let unconverted = foreign ?? valued.unconverted
  let isKnown = unconverted.isEmpty
  let goalCurrency = wanted == nil ? goal.map { [$0.currency] } ?? [] : []
  let passed = min(period.days, max(0, period.from.days(to: cutOff.day) + 1))
  return Attainment(
    target: id, period: period, product: product, goal: goal, actual: isKnown ? valuation.money(actual) : nil,
    share: isKnown ? wanted.flatMap { $0 > 0 ? Ratio(actual, of: $0) : nil } : nil,
    elapsed: Double(passed) / Double(period.days), unconverted: Set(goalCurrency + unconverted).sorted())
}

/// All revenue targets of a period as one figure. Targets of single products are parts of the whole, and left out where
/// their account has one for the whole.
package func attainment(
  _ accounts: [AccountFacts], in period: Period, at cutOff: CutOff, by valuation: Valuation
) -> Figure {
  summed(
    .attainment, accounts.map { revenueAttainments($0, in: period, at: cutOff, by: valuation) }, period,
    cutOff,
    valuation)
}

package func profitability(
  _ accounts: [AccountFacts], in period: Period, at cutOff: CutOff, by valuation: Valuation
) -> Figure {
  summed(
    .profitability, accounts.map { profitabilityAttainments($0, in: period, at: cutOff, by: valuation) },
    period, cutOff, valuation)
}

extension Attainment {
  private func isWithin(_ other: Period) -> Bool { other.from <= period.from && period.to <= other.to }

  /// Whether another target says it already: the whole of the same days says what its products say; of several of the
  /// same thing, the longest within the days asked for counts, and one that goes beyond only where there is none.
  fileprivate func isSaid(by others: [Attainment], in asked: Period) -> Bool {
    others.contains { other in
      guard other.goal != nil, other.target != target else { return false }
      if product != nil, other.product == nil { return isWithin(other.period) || other.isWithin(period) }
      guard other.product == product, other.period != period else { return false }
      return isWithin(asked)
        ? other.isWithin(asked) && isWithin(other.period)
        : other.isWithin(asked) && other.isWithin(period)
    }
  }
}

private func summed(
  _ indicator: Indicator, _ accounts: [[Attainment]], _ asked: Period, _ cutOff: CutOff,
  _ valuation: Valuation
) -> Figure {
  var used: [Attainment] = []
  var left: [Reason: [RecordID]] = [:]
  var foreign: Set<String> = []
  for all in accounts {
    for attainment in all {
      if attainment.goal == nil {
        left[.notStated, default: []].append(attainment.target)
      } else if attainment.isSaid(by: all, in: asked) {
        left[.partOfAnother, default: []].append(attainment.target)
      } else if let currency = attainment.unconverted.first {
        left[.noRate(currency), default: []].append(attainment.target)
        foreign.formUnion(attainment.unconverted)
      } else {
        used.append(attainment)
      }
    }
  }
  var (goal, actual): (Int128, Int128) = (0, 0)
  for attainment in used {
    // Of a target whose period runs the part is due that has passed: measured by the whole, everything would be late
    // until its last day.
    let wanted =
      attainment.goal.flatMap { valuation.exact($0, on: min(attainment.period.to, cutOff.day)) } ?? 0
    let passed = min(attainment.period.days, max(0, attainment.period.from.days(to: cutOff.day) + 1))
    goal += roundedToEven(wanted * Int128(passed), dividedBy: Int128(attainment.period.days))
    actual += attainment.actual.map { Int128($0.minor) * Valuation.scale } ?? 0
  }
  return Figure(
    indicator, goal > 0 && foreign.isEmpty ? Ratio(actual, of: goal).map(FigureValue.share) : nil,
    n: used.count,
    used: used.map(\.target),
    excluded: left.map { Exclusion(reason: $0, records: $1) }
      .sorted { $0.reason.phrase.description < $1.reason.phrase.description },
    absence: mixed(foreign.sorted(), valuation) ?? "no target")
}
