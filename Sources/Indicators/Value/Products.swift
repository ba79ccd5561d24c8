import PlanModel
import Wording

/// What a product, a family or a strategy earns.
package struct Profit: Sendable {
  /// Of the product or the strategy; nil for what names none.
  package let id: RecordID?
  package let name: String?
  package let revenue: Money
  /// nil: no direct cost is known.
  package let margin: Money?
  package let marginRate: Ratio?
  /// Lines of orders, credit notes not counted.
  package let sales: Int
  /// Accounts that bought it.
  package let accounts: Int
}

/// How sales are put together.
package enum ProductGrouping: String, CaseIterable, Sendable { case product, family, type }

/// Revenue and margin by product, family, or product and service; what earns most first.
///
/// - Returns: the rows, and the refusal where currencies cannot be added.
package func profits(
  _ accounts: [AccountFacts], by grouping: ProductGrouping, _ directory: Directory, in period: Period,
  at cutOff: CutOff, by valuation: Valuation
) -> (rows: [Profit], refusal: Phrase?) {
  /// A product by its id: two may have one name.
  struct Group {
    var name: String?
    var revenue: Int128 = 0
    var margin: Int128 = 0
    var base: Int128 = 0
    var sales = 0
    var known = 0
    var accounts: Set<RecordID> = []
  }
  var groups: [String: Group] = [:]
  var unconverted: Set<String> = []
  for account in accounts {
    let valued = ValuedSales(account.sales, in: period, through: cutOff.day, by: valuation)
    unconverted.formUnion(valued.unconvertedForMargin)
    for (place, sale) in valued.selection.used.enumerated() {
      let product = sale.product.flatMap { directory.products[$0] }
      let name =
        switch grouping {
        case .product: product?.name
        case .family: product?.family
        case .type: product?.type
        }
      let key = (grouping == .product ? product?.id.description : name) ?? ""
      groups[key, default: Group(name: name)].revenue += valued.revenues[place]
      if let margin = valued.margins[place] {
        groups[key]?.margin += margin
        groups[key]?.base += valued.revenues[place]
        groups[key]?.known += 1
      }
      groups[key]?.sales += sale.isCreditNote ? 0 : 1
      groups[key]?.accounts.insert(account.profile.id)
    }
  }
  if let refusal = mixed(unconverted.sorted(), valuation) { return ([], refusal) }
  let sorted = groups.sorted {
    ($1.value.margin, $0.value.name ?? "", $0.key) < ($0.value.margin, $1.value.name ?? "", $1.key)
  }
  let rows = sorted.compactMap { key, group -> Profit? in
    guard let revenue = valuation.money(group.revenue) else { return nil }
    return Profit(
      id: grouping == .product ? RecordID(key) : nil, name: group.name, revenue: revenue,
      margin: group.known == 0 ? nil : valuation.money(group.margin),
      marginRate: group.base > 0 ? Ratio(group.margin, of: group.base) : nil, sales: group.sales,
      accounts: group.accounts.count)
  }
  return (rows, nil)
}

/// What an effort of marketing or sales brought, and what it cost.
package struct StrategyEffect: Sendable {
  package let strategy: Strategy
  /// (margin − cost) / cost; not available without attributed sales or costs.
  package let figure: Figure
  package let revenue: Money?
  package let margin: Money?
  package let cost: Money?
  package let sales: Int
  package let costs: Int
}

/// The effect of each strategy by what is attributed to it, whenever it happened up to the cut-off.
package func strategyEffects(
  _ accounts: [AccountFacts], _ strategies: [Strategy], at cutOff: CutOff, by valuation: Valuation
) -> [StrategyEffect] {
  var sales: [RecordID: [Sale]] = [:]
  var costs: [RecordID: [Cost]] = [:]
  for account in accounts {
    for sale in account.sales {
      if let strategy = sale.strategy { sales[strategy, default: []].append(sale) }
    }
    for cost in account.costs {
      if let strategy = cost.strategy { costs[strategy, default: []].append(cost) }
    }
  }
  return strategies.sorted { ($0.name, $0.id) < ($1.name, $1.id) }.map { strategy in
    effect(strategy, sales[strategy.id] ?? [], costs[strategy.id] ?? [], cutOff, valuation)
  }
}

private func effect(
  _ strategy: Strategy, _ sales: [Sale], _ costs: [Cost], _ cutOff: CutOff, _ valuation: Valuation
) -> StrategyEffect {
  let valued = ValuedSales(sales, in: nil, through: cutOff.day, by: valuation)
  var spent: Int128 = 0
  let selection = Selection(costs) { cost in
    if cost.day > cutOff.day { return .afterCutOff }
    guard let exact = valuation.exact(cost.amount, on: cost.day) else { return .noRate(cost.amount.currency) }
    spent += exact
    return nil
  }
  let unconverted = Array(Set(valued.unconvertedForMargin + selection.excluded.unconverted)).sorted()
  let isKnown = unconverted.isEmpty && spent > 0 && !valued.used.isEmpty
  let figure = Figure(
    .strategyEffect, isKnown ? Ratio(valued.margin - spent, of: spent).map(FigureValue.factor) : nil,
    n: valued.used.count + selection.used.count, used: valued.used.map(\.id) + selection.ids,
    excluded: valued.excludedFromMargin + selection.excluded,
    absence: mixed(unconverted, valuation)
      ?? (spent == 0
        ? "no costs are attributed to it"
        : valued.selection.used.isEmpty ? "no sales are attributed to it" : "no sale with a direct cost"),
    late: valued.selection.late(after: cutOff) + selection.late(after: cutOff))
  func sum(_ exact: Int128) -> Money? { unconverted.isEmpty ? valuation.money(exact) : nil }
  return StrategyEffect(
    strategy: strategy, figure: figure, revenue: sum(valued.revenue),
    margin: valued.used.isEmpty && !valued.selection.used.isEmpty ? nil : sum(valued.margin),
    cost: sum(spent), sales: valued.used.count, costs: selection.used.count)
}

/// All strategies together: one that cost and brought nothing is among them.
package func strategyEffect(_ effects: [StrategyEffect], by valuation: Valuation) -> Figure {
  let known = effects.filter { $0.sales + $0.costs > 0 }
  let hasSales = known.contains { $0.sales > 0 }
  let margin = known.reduce(Int128(0)) { $0 + Int128($1.margin?.minor ?? 0) }
  let cost = known.reduce(Int128(0)) { $0 + Int128($1.cost?.minor ?? 0) }
  let unconverted = Array(Set(effects.flatMap(\.figure.excluded).unconverted)).sorted()
  let isKnown = cost > 0 && hasSales && unconverted.isEmpty
  return Figure(
    .strategyEffect, isKnown ? Ratio(margin - cost, of: cost).map(FigureValue.factor) : nil, n: known.count,
    used: known.flatMap(\.figure.used), excluded: effects.flatMap(\.figure.excluded),
    absence: mixed(unconverted, valuation) ?? "nothing is attributed to a strategy",
    late: known.reduce(0) { $0 + $1.figure.late })
}
