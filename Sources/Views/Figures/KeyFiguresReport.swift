import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// The figures of an account, or of all accounts together.
package struct KeyFiguresReport: SourcedReport {
  package let source: FigureSource
  private let explains: Bool
  private let groups: [(group: FigureGroup, figures: [Figure])]

  private static let quarters = 8

  /// - Parameter account: nil: all together.
  package init(
    _ workbench: Workbench, _ order: FigureOrder, account: RecordID?, groups: [FigureGroup]
  ) throws {
    explains = order.explains
    var topics = groups.reduce(into: Set<Topic>()) { $0.formUnion($1.topics) }
    // Health is made of everything.
    if account != nil, groups.contains(.relation) { topics.formUnion([.value, .satisfaction, .service]) }
    let source = try FigureSource(
      workbench, account: account, order.days, topics: topics, leavesOut: true)
    self.source = source
    self.groups = groups.map { group in
      (group, group.indicators(ofOneAccount: account != nil).map { source.context.figure($0) })
    }
  }

  package var figures: [Figure] { groups.flatMap(\.figures) }

  // MARK: - For people

  package func blocks() -> [Block] {
    let accounts: Phrase = "All accounts (\(source.facts.accounts.count))"
    let period: Phrase = "\(source.period.spoken), as of \(source.cutOff.day.spoken)"
    let name = source.account.map { Phrase.verbatim($0.profile.name) }
    let quarters = Period.quarters(Self.quarters, to: source.cutOff.day)
    var blocks = [title(name ?? accounts), note(period)]
    for (group, figures) in groups {
      blocks.append(heading(group.title))
      if explains {
        for figure in figures { blocks += [text(summary(figure), level: 1)] + explanation(figure) }
      } else {
        blocks += [.table(table(figures, quarters))] + absences(figures)
      }
      if group == .satisfaction, let gauge = gauge(figures) { blocks += [.gap, gauge] }
    }
    return blocks
  }

  private func table(_ figures: [Figure], _ quarters: [Period]) -> FigureTable {
    var table = FigureTable([
      column(title: "figure", .title), column(title: "value", .key, isNumber: true),
      column(title: "95 % from"), column(title: "n", isNumber: true), column(title: "target"),
      column(title: "last 8 quarters"),
    ])
    for figure in figures {
      let assessment = source.facts.directory.assessment(of: figure)
      table.add(
        [
          cell(figure.indicator.name), cell(figure.value?.spoken, or: "n/a"), cell(figure.spokenInterval),
          cell(figure.n), assessment.map { .rated($0.rating, said($0.phrase)) } ?? .empty,
          .trend(figure.indicator.hasHistory ? source.context.series(figure.indicator, quarters) : []),
        ], isDim: figure.value == nil)
    }
    return table
  }

  /// Why figures are not available, each reason once.
  private func absences(_ figures: [Figure]) -> [Block] {
    let absent = figures.filter { $0.value == nil }.map { (said($0.absence ?? "no data"), $0.indicator.name) }
    var told: Set<String> = []
    return absent.filter { told.insert($0.0).inserted }.map { reason, _ in
      note("\(enumerated(absent.filter { $0.0 == reason }.map(\.1))): \(reason)", level: 1)
    }
  }

  // MARK: - For programs

  package func document() throws -> JSON {
    let figures = figures.map {
      $0.json(source.facts.directory.assessment(of: $0), explains: explains, for: workbench.reader)
    }
    return try source.json([("figures", .array(figures))])
  }
}

extension FigureReport {
  /// Where promoters and detractors hold each other, when that is known.
  func gauge(_ figures: [Figure]) -> Block? {
    figures.first { $0.indicator == .nps }.flatMap { promotion in
      promotion.value.map { .gauge(ScoreGauge(value: $0.number, interval: promotion.interval)) }
    }
  }
}

extension Indicator {
  /// Whether a quarter says something by itself.
  fileprivate var hasHistory: Bool {
    switch self {
    case .nps, .csat, .ces, .surveyResponse, .resolution, .response, .responseTime, .serviceLevel, .revenue,
      .margin, .marginRate:
      true
    default: false
    }
  }
}
