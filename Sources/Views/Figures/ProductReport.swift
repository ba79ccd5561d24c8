import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// What each product and service earns.
package struct ProductReport: SourcedReport {
  package let source: FigureSource
  private let grouping: ProductGrouping
  private let explains: Bool
  private let rows: [Profit]
  private let shown: [Profit]

  /// - Parameters:
  ///   - account: nil: what all buy.
  ///   - top: At most so many; nil: all.
  /// - Throws: ``Failure`` where currencies cannot be added.
  package init(
    _ workbench: Workbench, _ order: FigureOrder, by grouping: ProductGrouping, account: RecordID?, top: Int?
  ) throws {
    self.grouping = grouping
    explains = order.explains
    let source = try FigureSource(workbench, account: account, order.days, topics: [.value])
    self.source = source
    let (rows, refusal) = profits(
      source.account.map { [$0] } ?? source.facts.accounts, by: grouping, source.facts.directory,
      in: source.period, at: source.cutOff, by: source.valuation)
    if let refusal { throw Failure.refused(capitalized(refusal) + ".") }
    self.rows = rows
    shown = Array(rows.prefix(top ?? rows.count))
  }

  package var figures: [Figure] { [source.context.figure(.margin)] }

  package func blocks() -> [Block] {
    guard !shown.isEmpty else { return [text("Nothing was sold in this period.")] }
    return [.table(table)] + more(rows.count - shown.count)
      + (explains ? [note(Indicator.margin.formula)] : [])
  }

  private var table: FigureTable {
    var table = FigureTable([
      column(title: .word(grouping.rawValue), .title), column(title: "margin", .key, isNumber: true),
      barColumn,
      column(title: "rate", isNumber: true), column(title: "revenue", isNumber: true),
      column(title: "sales", isNumber: true), column(title: "accounts", isNumber: true),
    ])
    let greatest = shown.compactMap { $0.margin.map { Double($0.minor) } }.max() ?? 1
    for row in shown {
      let name: Phrase? = row.name.map { grouping == .type ? .word($0) : .verbatim($0) }
      table.add([
        cell(name, or: "(none)"), amount(row.margin, or: "n/a"),
        .bar(share: Double(row.margin?.minor ?? 0) / max(1, greatest), width: 14),
        share(row.marginRate, or: "n/a"), amount(row.revenue), cell(row.sales), cell(row.accounts),
      ])
    }
    return table
  }

  package func document() throws -> JSON {
    let rows = shown.map { row -> JSON in
      .object([
        ("id", row.id.map { .text($0.description) } ?? .null), ("name", JSON(row.name)),
        ("revenue", json(row.revenue)), ("margin", json(row.margin)), ("marginRate", json(row.marginRate)),
        ("sales", .integer(row.sales)), ("accounts", .integer(row.accounts)),
      ])
    }
    return try source.json([("by", .text(grouping.rawValue)), ("rows", .array(rows))])
  }
}
