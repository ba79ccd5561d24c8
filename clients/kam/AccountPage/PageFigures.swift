import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

// How the relation does: the figures of the last twelve months that have something to say.

extension AccountPage {
  private static let shown: [Indicator] = [
    .nps, .csat, .response, .resolution, .revenue, .marginRate, .health,
  ]

  func showFigures() throws {
    let source = try FigureSource(
      workspace, account: account.id, .today,
      topics: [.value, .satisfaction, .service, .relation, .plan])
    let figures = Self.shown.map { source.context.figure($0) }.filter { $0.value != nil }
    guard !figures.isEmpty else { return }
    heading("Figures of twelve months")
    let quarters = Period.quarters(8, to: today)
    for figure in figures {
      let trend =
        figure.indicator == .health
        ? "" : sparkline(source.context.series(figure.indicator, quarters), console.symbols)
      let assessment = source.facts.directory.assessment(of: figure).map {
        "\($0.sign(console.symbols)) \(said($0.phrase))"
      }
      line(
        "  \(said(figure.indicator.name)): \(said(figure.spoken))",
        joined([assessment, said(figure.spokenInterval), said("n = \(figure.n)"), trend]))
    }
  }
}
