import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// What was to be reached and what was.
package struct TargetsReport: SourcedReport {
  package let source: FigureSource
  /// Of all targets together.
  package let figures: [Figure]
  private let explains: Bool
  private let rows: [Row]

  private enum Sort: String { case revenue, margin, profitability }

  private struct Row {
    let account: AccountFacts
    let sort: Sort
    let attainment: Attainment
  }

  /// - Parameters:
  ///   - account: nil: all.
  ///   - showsProducts: Also targets of single products.
  package init(
    _ workbench: Workbench, _ order: FigureOrder, account: RecordID?, showsProducts: Bool
  ) throws {
    explains = order.explains
    let source = try FigureSource(workbench, account: account, order.days, topics: [.value])
    self.source = source
    rows = (source.account.map { [$0] } ?? source.facts.accounts).flatMap {
      Self.rows(of: $0, source, inOwnCurrency: order.days.currency == nil)
    }.filter { showsProducts || $0.attainment.product == nil }
    figures = [source.context.figure(.attainment), source.context.figure(.profitability)]
  }

  private static func rows(of account: AccountFacts, _ source: FigureSource, inOwnCurrency: Bool) -> [Row] {
    let valuation = source.context(of: account, inOwnCurrency: inOwnCurrency).valuation
    let revenue = revenueAttainments(account, in: source.period, at: source.cutOff, by: valuation)
    let profit = profitabilityAttainments(account, in: source.period, at: source.cutOff, by: valuation)
    let margin = marginAttainments(account, in: source.period, at: source.cutOff, by: valuation)
    return revenue.filter { $0.goal != nil }.map { Row(account: account, sort: .revenue, attainment: $0) }
      + margin.map { Row(account: account, sort: .margin, attainment: $0) }
      + profit.map { Row(account: account, sort: .profitability, attainment: $0) }
  }

  // MARK: - For people

  package func blocks() -> [Block] {
    guard !rows.isEmpty else { return [text("No target for this period: \(action: .addTarget)")] }
    var blocks = [Block.table(table)]
    if source.account == nil {
      blocks += figures.filter { $0.value != nil }.map {
        title("\($0.indicator.name): \($0.spoken) (n = \($0.n))")
      }
    }
    if explains { blocks += figures.flatMap(explanation) }
    return blocks
  }

  private var table: FigureTable {
    var table = FigureTable([
      column(title: "account", .title), column(title: "target", .key),
      column(title: "reached", .key, isNumber: true), barColumn, column(title: "actual", isNumber: true),
      column(title: "goal", isNumber: true), column(title: "period"),
    ])
    for row in rows {
      let attainment = row.attainment
      let product = attainment.product.flatMap { source.facts.directory.products[$0]?.name }
      let target = product.map { "\(word: row.sort.rawValue), \($0)" } ?? Phrase.word(row.sort.rawValue)
      table.add([
        name(row.account), cell(target), share(attainment.share, or: "n/a"), bar(attainment),
        amount(attainment.actual), amount(attainment.goal), cell(attainment.period.spoken),
      ])
    }
    return table
  }

  /// Full at the goal, with a mark where time is.
  private func bar(_ attainment: Attainment) -> Cell {
    attainment.share.map {
      .framed(share: $0.double, width: 12, mark: attainment.elapsed < 1 ? attainment.elapsed : nil)
    } ?? .empty
  }

  // MARK: - For programs

  package func document() throws -> JSON {
    let targets = rows.map { row -> JSON in
      let attainment = row.attainment
      return .object(
        json(row.account) + [
          ("target", .text(attainment.target.description)), ("type", .text(row.sort.rawValue)),
          ("product", attainment.product.map { .text($0.description) } ?? .null),
          ("from", .text(attainment.period.from.description)),
          ("to", .text(attainment.period.to.description)),
          ("goal", json(attainment.goal)), ("actual", json(attainment.actual)),
          ("share", json(attainment.share)), ("elapsed", .verbatim(fixed(attainment.elapsed, 4))),
        ])
    }
    return try source.json([
      ("totals", .array(figures.map { $0.json(explains: explains, for: workbench.reader) })),
      ("targets", .array(targets)),
    ])
  }
}
