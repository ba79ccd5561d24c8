import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// How few accounts earn how much.
package struct ABCReport: SourcedReport {
  package let source: FigureSource
  package let figures: [Figure]
  private let explains: Bool
  private let showsAll: Bool
  private let items: [Item]

  private typealias Item = ABCItem<(AccountFacts, Figure)>

  /// - Parameter showsAll: All accounts, not only class A.
  package init(_ workbench: Workbench, _ order: FigureOrder, showsAll: Bool = false) throws {
    explains = order.explains
    self.showsAll = showsAll
    source = try FigureSource(workbench, order.days, topics: [.value])
    let margins = source.facts.accounts.map { [source] in ($0, source.context(of: $0).figure(.margin)) }
    figures = margins.map(\.1)
    items = abcAnalysis(
      margins.filter { $0.1.value != nil },
      value: { item in if case .money(let money)? = item.1.value { Int128(money.minor) } else { 0 } },
      name: { $0.0.profile.slug })
  }

  // MARK: - For people

  package func blocks() -> [Block] {
    guard !items.isEmpty else { return [text("No account has a margin in this period.")] }
    let shown = showsAll ? items : items.filter { $0.abc == .a }
    return curve + sums + [.gap, .table(table(shown))]
      + (shown.count < items.count ? [note("The others with \(field: "all").")] : [])
  }

  private var sums: [Block] {
    [ABCClass.a, .b, .c, .loss].compactMap { abc in
      let those = items.filter { $0.abc == abc }
      guard !those.isEmpty else { return nil }
      let sum = Money(
        currency: source.valuation.currency,
        minor: Int64(clamping: those.reduce(Int128(0)) { $0 + $1.value }))
      return title(
        abc == .loss
          ? "Losing money: \(counted(those.count, "account")), \(sum.spokenWhole)"
          : "\(abc.rawValue): \(counted(those.count, "account")), \(sum.spokenWhole)")
    }
  }

  private func table(_ shown: [Item]) -> FigureTable {
    var table = FigureTable([
      placeColumn, column(title: "class", .key), column(title: "account", .title),
      column(title: "margin", isNumber: true), column(title: "of all up to here", isNumber: true),
    ])
    for (place, item) in shown.enumerated() {
      table.add([
        cell(place + 1), .text(item.abc == .loss ? "…" : item.abc.rawValue), name(item.item.0),
        cell(item.item.1.spoken), share(item.cumulative),
      ])
    }
    return table
  }

  /// The share of the margin (upwards) that the first accounts (to the right) bring.
  private var curve: [Block] {
    let earners = items.filter { $0.cumulative != nil }
    guard earners.count > 2 else { return [] }
    let count = Double(earners.count)
    let ends = [
      Double(earners.count { $0.abc == .a }) / count,
      Double(earners.count { $0.abc == .a || $0.abc == .b }) / count, 1,
    ]
    return [
      .curve(
        ShareCurve(
          heights: earners.map { $0.cumulative?.double ?? 0 },
          parts: zip([ABCClass.a, .b, .c], ends).map { .init(name: $0.rawValue, end: $1) }))
    ]
  }

  // MARK: - For programs

  package func document() throws -> JSON {
    let accounts = items.map { item -> JSON in
      .object(
        json(item.item.0) + [
          ("class", .text(item.abc.rawValue)),
          ("margin", item.item.1.json(explains: explains, for: workbench.reader)),
          ("cumulative", json(item.cumulative)),
        ])
    }
    return try source.json([("accounts", .array(accounts))])
  }
}
