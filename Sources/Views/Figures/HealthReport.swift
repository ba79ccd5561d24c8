import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// How healthy relations are, and what is wrong: of one account what its health is made of, of all the worst first.
package struct HealthReport: SourcedReport {
  package let source: FigureSource
  private let explains: Bool
  private let top: Int
  private let rows: [Row]

  private typealias Row = (account: AccountFacts, figure: Figure, health: Health)

  /// - Parameters:
  ///   - account: nil: all.
  ///   - top: At most so many, the worst first.
  package init(_ workbench: Workbench, _ order: FigureOrder, account: RecordID?, top: Int) throws {
    explains = order.explains
    self.top = top
    let source = try FigureSource(
      workbench, account: account, order.days, topics: [.value, .satisfaction, .service, .relation, .plan])
    self.source = source
    rows = (source.account.map { [$0] } ?? source.facts.accounts).map { account -> Row in
      let context = source.context(of: account, inOwnCurrency: true)
      let (figure, health) = health(
        account, in: source.period, at: source.cutOff, by: context.valuation, source.facts.directory)
      return (account, figure, health)
    }.sorted { ($0.figure.value?.number ?? .infinity) < ($1.figure.value?.number ?? .infinity) }
  }

  package var figures: [Figure] { rows.map(\.figure) }

  // MARK: - For people

  package func blocks() -> [Block] {
    if source.account != nil, let row = rows.first { return oneAccount(row) + formula }
    let known = rows.filter { $0.figure.value != nil }
    return known.isEmpty ? [text("No account has enough data.")] : table(of: known) + formula
  }

  private var formula: [Block] { explains ? [note(Indicator.health.formula)] : [] }

  private func oneAccount(_ row: Row) -> [Block] {
    let coverage = row.health.coverage.map { FigureValue.share($0).spoken } ?? "n/a"
    var table = FigureTable([
      column(title: "component", .title), column(title: "weight", isNumber: true),
      column(title: "score", .key, isNumber: true), barColumn, column(title: "why"),
    ])
    for part in row.health.parts {
      table.add(
        [
          cell(componentName(part.component)), cell(part.weight),
          cell(part.score.map { FigureValue.score($0).spoken }),
          part.score.map { .framed(share: $0.double / 100, width: 10) } ?? cell("missing"), cell(part.why),
        ], isDim: part.score == nil)
    }
    return [
      title("\(row.account.profile.name): health \(row.figure.spoken); \(coverage) of the weight has data."),
      .table(table),
    ]
  }

  /// Those that are known, as many as were asked for.
  private func table(of known: [Row]) -> [Block] {
    var table = FigureTable([
      column(title: "account", .title), column(title: "health", .key, isNumber: true), barColumn,
      column(title: "data", isNumber: true), column(title: "lowest"),
    ])
    for row in known.prefix(top) {
      table.add([
        name(row.account), cell(row.figure.spoken),
        .framed(share: (row.figure.value?.number ?? 0) / 100, width: 10), share(row.health.coverage),
        cell(row.health.lowestPart.map(explained)),
      ])
    }
    var blocks = [Block.table(table)]
    if known.count > top {
      blocks.append(note("… and \(known.count - top) more, healthier ones", level: 1))
    }
    if known.count < rows.count {
      blocks.append(note("\(counted(rows.count - known.count, "account")) without enough data"))
    }
    return blocks
  }

  // MARK: - For programs

  package func document() throws -> JSON {
    let accounts = rows.map { row -> JSON in
      .object(
        json(row.account) + [
          ("health", row.figure.json(for: workbench.reader)),
          ("coverage", json(row.health.coverage, places: 4)),
          ("components", .array(row.health.parts.map(component))),
        ])
    }
    return try source.json([("accounts", .array(accounts))])
  }

  private func component(_ part: Health.Part) -> JSON {
    .object([
      ("component", .text(part.component)), ("weight", .integer(part.weight)),
      ("score", json(part.score, places: 4)), ("why", .text(part.why.description)),
    ])
  }
}
