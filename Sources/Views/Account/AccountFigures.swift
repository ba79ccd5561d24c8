import Indicators
import Pages
import PlanModel
import Replica
import Speech
import Wording
import Workbench

// How the relation does: the figures of the last twelve months that have something to say.

extension AccountReading {
  private static let shown: [Indicator] = [
    .nps, .csat, .response, .resolution, .revenue, .marginRate, .health,
  ]
  private static let quarters = 8

  func figures() throws -> [FigureLine] {
    let source = try FigureSource(
      workbench, account: account.id, .today,
      topics: [.value, .satisfaction, .service, .relation, .plan])
    let quarters = Period.quarters(Self.quarters, to: today)
    return Self.shown.map { source.context.figure($0) }.filter { $0.value != nil }.map { figure in
      let trend = figure.indicator == .health ? [] : source.context.series(figure.indicator, quarters)
      return FigureLine(
        figure, source.facts.directory.assessment(of: figure), trend: trend, for: workbench.reader)
    }
  }
}

extension FigureLine {
  init(_ figure: Figure, _ assessment: Indicators.Assessment?, trend: [Double?], for reader: Reader) {
    self.init(
      indicator: figure.indicator.rawValue, name: reader.said(figure.indicator.name),
      value: reader.said(figure.spoken), interval: reader.said(figure.spokenInterval),
      count: reader.said("n = \(figure.n)"),
      assessment: assessment.map { Assessment($0.rating, text: reader.said($0.phrase)) }, trend: trend)
  }
}

extension Indicators.Assessment {
  var rating: FigureLine.Rating {
    switch self {
    case .good: .good
    case .watch: .watch
    case .poor: .poor
    }
  }
}
