import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// Where accounts stand: how attractive they are against how strong we are there.
package struct CriteriaMatrixReport: SourcedReport {
  package let source: FigureSource
  private let points: [Point]

  private struct Point {
    let account: AccountFacts
    let attractiveness: Ratio
    let strength: Ratio

    private func third(_ ratio: Ratio) -> Int { min(2, max(0, Int(ratio.double * 3))) }

    /// "high-medium": first how attractive, then how strong we are.
    var cell: String {
      let names = ["low", "medium", "high"]
      return "\(names[third(attractiveness)])-\(names[third(strength)])"
    }

    /// What the place on the matrix speaks for: the nine-box of portfolio planning.
    var advice: Phrase {
      switch third(attractiveness) + third(strength) {
      case 3...: "invest"
      case 2: "choose"
      default: "keep it cheap"
      }
    }
  }

  package init(_ workbench: Workbench, _ order: FigureOrder) throws {
    let source = try FigureSource(workbench, order.days, topics: [.scores])
    self.source = source
    points = source.facts.accounts.compactMap { account -> Point? in
      let card = scorecard(account, source.facts.directory.criteria)
      guard let attractiveness = card.axis(.attractiveness), let strength = card.axis(.strength) else {
        return nil
      }
      return Point(account: account, attractiveness: attractiveness, strength: strength)
    }.sorted { ($0.attractiveness, $0.strength) > ($1.attractiveness, $1.strength) }
  }

  package var figures: [Figure] { [] }

  package func blocks() -> [Block] {
    guard !points.isEmpty else { return [text("No account is judged on both axes yet.")] }
    var table = FigureTable([
      column(title: "account", .title), column(title: "attractiveness", isNumber: true),
      column(title: "our strength", isNumber: true), column(title: "advice"),
    ])
    for point in points {
      table.add([
        name(point.account), share(point.attractiveness), share(point.strength), cell(point.advice),
      ])
    }
    return [
      .matrix(
        FigureMatrix(
          caption: said("Attractiveness upwards, our strength to the right"),
          points: points.map { .init(x: $0.strength.double, y: $0.attractiveness.double) }, table: table))
    ]
  }

  package func document() throws -> JSON {
    let rows = points.map { point in
      JSON.object(
        json(point.account) + [
          ("attractiveness", json(point.attractiveness)), ("strength", json(point.strength)),
          ("cell", .text(point.cell)),
        ])
    }
    return try source.json([("accounts", .array(rows))])
  }
}
