import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// The scorecard of an account, or both axes of all.
package struct ScorecardReport: SourcedReport {
  package let source: FigureSource
  private let cards: [(AccountFacts, Scorecard)]

  /// - Parameter account: nil: all that somebody has judged, the most attractive first.
  package init(_ workbench: Workbench, _ order: FigureOrder, account: RecordID?) throws {
    let source = try FigureSource(workbench, account: account, order.days, topics: [.scores])
    self.source = source
    let criteria = source.facts.directory.criteria
    cards =
      source.account.map { [($0, scorecard($0, criteria))] }
      ?? source.facts.accounts.map { ($0, scorecard($0, criteria)) }
      .filter { $0.1.lines.contains { $0.mean != nil } }
      .sorted { ($0.1.axis(.attractiveness) ?? Ratio(-1)) > ($1.1.axis(.attractiveness) ?? Ratio(-1)) }
  }

  package var figures: [Figure] { [] }

  // MARK: - For people

  package func blocks() -> [Block] {
    if source.account != nil, let (account, card) = cards.first { return blocks(of: account, card) }
    guard !cards.isEmpty else { return [text("Nobody has judged an account yet: \(action: .judgeAccount)")] }
    var table = FigureTable([
      column(title: "account", .title), column(title: "attractiveness", .key, isNumber: true), barColumn,
      column(title: "our strength", isNumber: true), barColumn,
    ])
    for (account, card) in cards {
      let axes = [card.axis(.attractiveness), card.axis(.strength)].flatMap { axis in
        [share(axis), axis.map { .framed(share: $0.double, width: 10) } ?? .empty]
      }
      table.add([name(account)] + axes)
    }
    return [.table(table)]
  }

  private func blocks(of account: AccountFacts, _ card: Scorecard) -> [Block] {
    guard !card.lines.isEmpty else { return [text("No criterion is active: \(action: .addCriterion)")] }
    return [title(.verbatim(account.profile.name))]
      + [Criterion.Axis.attractiveness, .strength].flatMap { axis -> [Block] in
        let mean = card.axis(axis).map { FigureValue.share($0).spoken } ?? "n/a"
        let coverage = card.coverage(axis).map { FigureValue.share($0).spoken } ?? "n/a"
        let name: Phrase = axis == .attractiveness ? "Attractiveness" : "Our strength"
        return [
          heading("\(name): \(mean) of the scale; \(coverage) of the weight was judged"),
          .table(table(card.lines.filter { $0.criterion.axis == axis })),
        ]
      }
  }

  private func table(_ lines: [Scorecard.Line]) -> FigureTable {
    var table = FigureTable([
      column(title: "criterion", .title), column(title: "weight", isNumber: true),
      column(title: "score", .key, isNumber: true), barColumn, column(title: "raters", isNumber: true),
      column(title: "spread"),
    ])
    for line in lines {
      let scale = line.criterion.scaleMax
      table.add(
        [
          .text(line.criterion.name), share(Ratio(line.criterion.weight, of: 10_000) ?? Ratio(0)),
          cell(line.mean.map { "\(Phrase.decimal($0.decimal(places: 1))) of \(scale)" }, or: "n/a"),
          line.mean.map { .framed(share: $0.double / Double(max(1, scale)), width: 10) } ?? .empty,
          cell(line.raters),
          line.raters > 1 ? .text(line.spread.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "") : .empty,
        ], isDim: line.mean == nil)
    }
    return table
  }

  // MARK: - For programs

  package func document() throws -> JSON {
    if source.account != nil, let (_, card) = cards.first {
      return try source.json([("scorecard", document(of: card))])
    }
    let rows = cards.map { JSON.object(json($0.0) + [("scorecard", document(of: $0.1))]) }
    return try source.json([("accounts", .array(rows))])
  }

  private func document(of card: Scorecard) -> JSON {
    .object([
      ("attractiveness", json(card.axis(.attractiveness))), ("strength", json(card.axis(.strength))),
      ("attractivenessCoverage", json(card.coverage(.attractiveness))),
      ("strengthCoverage", json(card.coverage(.strength))), ("criteria", .array(card.lines.map(document))),
    ])
  }

  private func document(of line: Scorecard.Line) -> JSON {
    .object([
      ("criterion", .text(line.criterion.id.description)), ("name", .text(line.criterion.name)),
      ("axis", .text(line.criterion.axis.rawValue)), ("weight", .integer(line.criterion.weight)),
      ("scaleMax", .integer(line.criterion.scaleMax)), ("mean", json(line.mean)),
      ("raters", .integer(line.raters)),
      ("spread", line.spread.map { .array([.integer($0.lowerBound), .integer($0.upperBound)]) } ?? .null),
      ("scores", .array(line.scores.map { .text($0.description) })),
    ])
  }
}
