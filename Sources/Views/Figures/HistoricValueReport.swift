import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// What customers are worth so far: the margin of all sales, less what winning and keeping them has cost.
package struct HistoricValueReport: SourcedReport {
  package let source: FigureSource
  private let explains: Bool
  private let top: Int
  private let rows: [Row]

  private typealias Row = (account: AccountFacts, figure: Figure, value: HistoricValue?)

  /// - Parameters:
  ///   - account: nil: all, the most valuable first.
  ///   - top: At most so many.
  package init(_ workbench: Workbench, _ order: FigureOrder, account: RecordID?, top: Int) throws {
    explains = order.explains
    self.top = top
    let source = try FigureSource(workbench, account: account, order.days, topics: [.value])
    self.source = source
    let accounts = source.account.map { [$0] } ?? source.facts.accounts
    rows = accounts.map { account -> Row in
      let context = source.context(
        of: account, inOwnCurrency: order.days.currency == nil && accounts.count == 1)
      guard account.sharesFinance else { return (account, context.figure(.lifetimeValue), nil) }
      let (figure, value) = historicValue(account, at: source.cutOff, by: context.valuation)
      return (account, figure, value)
    }.sorted { left, right in
      (left.value?.value.minor ?? .min, right.account.profile.slug) > (
        right.value?.value.minor ?? .min, left.account.profile.slug
      )
    }
  }

  package var figures: [Figure] { rows.map(\.figure) }

  // MARK: - For people

  package func blocks() -> [Block] {
    if source.account != nil, let row = rows.first { return blocks(of: row) }
    return [.table(table)] + more(rows.count - top)
      + (explains ? [note(Indicator.lifetimeValue.formula)] : [])
  }

  private func blocks(of row: Row) -> [Block] {
    let name = title(.verbatim(row.account.profile.name))
    guard let value = row.value else { return [name, text("Lifetime value: \(row.figure.spoken)")] }
    var blocks = [name, .table(steps(of: value))]
    if let rate = value.marginRate { blocks.append(text("Margin rate \(FigureValue.share(rate).spoken).")) }
    if let first = value.firstSale, let days = value.days {
      blocks.append(
        text("First sale on \(first.spoken), \(counted(days, "day")) ago at \(source.cutOff.day.spoken)."))
    }
    if let days = value.daysSinceContact {
      blocks.append(text("First contact \(counted(days, "day")) ago."))
    }
    return blocks + (explains ? explanation(row.figure) : [])
  }

  /// From revenue to what is left of it; what is taken off is set in.
  private func steps(of value: HistoricValue) -> FigureTable {
    var steps: [(Phrase, Money, isSum: Bool)] = [("Revenue since the first sale", value.revenue, true)]
    if value.revenueWithoutCost.minor != 0 {
      steps.append(("Of it without a known cost", value.revenueWithoutCost.negated, false))
    }
    steps += [
      ("Direct cost", value.directCost.negated, false), ("Margin", value.margin, true),
      ("Acquisition", value.acquisition.negated, false), ("Retention", value.retention.negated, false),
      ("Lifetime value", value.value, true),
    ]
    var table = FigureTable([
      column(title: .nothing, .key), column(title: "amount", .key, isNumber: true), barColumn,
    ])
    let greatest = steps.map { Double($0.1.minor.magnitude) }.max() ?? 1
    for (name, amount, isSum) in steps {
      table.add(
        [
          .text((isSum ? "" : "  ") + said(name)), self.amount(amount),
          .bar(share: Double(amount.minor.magnitude) / greatest, width: 24),
        ], isDim: !isSum)
    }
    return table
  }

  private var table: FigureTable {
    var table = FigureTable([
      placeColumn, column(title: "account", .title), column(title: "lifetime value", .key, isNumber: true),
      barColumn, column(title: "revenue", isNumber: true), column(title: "margin", isNumber: true),
      column(title: "acquisition", isNumber: true), column(title: "retention", isNumber: true),
      column(title: "days", isNumber: true),
    ])
    let greatest = max(1, Double(rows.first?.value?.value.minor ?? 1))
    for (place, row) in rows.prefix(top).enumerated() {
      let value = row.value
      table.add(
        [
          cell(place + 1), name(row.account), amount(value?.value, or: "n/a"),
          value.map { .bar(share: Double($0.value.minor) / greatest, width: 12) } ?? .empty,
          amount(value?.revenue, or: value == nil ? row.figure.absence ?? "no data" : .nothing),
          amount(value?.margin), amount(value?.acquisition), amount(value?.retention),
          value?.days.map(cell) ?? .empty,
        ], isDim: value == nil)
    }
    return table
  }

  // MARK: - For programs

  package func document() throws -> JSON {
    let accounts = rows.map { row -> JSON in
      .object(
        json(row.account) + [
          ("revenue", json(row.value?.revenue)), ("margin", json(row.value?.margin)),
          ("acquisition", json(row.value?.acquisition)), ("retention", json(row.value?.retention)),
          ("days", row.value?.days.map { .integer($0) } ?? .null),
          ("daysSinceContact", row.value?.daysSinceContact.map { .integer($0) } ?? .null),
          ("figure", row.figure.json(explains: explains, for: workbench.reader)),
        ])
    }
    return try source.json([("model", .text("historic")), ("accounts", .array(accounts))])
  }
}
