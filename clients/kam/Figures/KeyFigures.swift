import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// The figures of an account, or of all accounts together.
struct KPI: Command {
  static let name = "kpi"
  static let about: Phrase = "The figures of an account, or of all: satisfaction, service, value, relation."
  static let more: Phrase = """
    Without ACCOUNT, of all accounts that you see: answers, requests and sales are pooled, never averaged by account. \
    Every figure says on how many records it rests; --explain says how it is made. What is good and what is worrying is \
    set with `kam kpi-target`, deadlines with `kam service-level`.
    """

  @Takes("ACCOUNT", "The account.") var account: String?
  @Takes("--only GROUP", "Only these: satisfaction, service, value or relation; can be repeated.") var only:
    [String] = []
  let options = FigureOptions()

  private static let quarters = 8

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let groups = try groups()
    let account = try account.map { try workspace.account($0) }
    var topics = groups.reduce(into: Set<Topic>()) { $0.formUnion($1.topics) }
    // Health is made of everything.
    if account != nil, groups.contains(.relation) { topics.formUnion([.value, .satisfaction, .service]) }
    let source = try FigureSource(
      workspace, account: account, options.days.read(by: workspace), topics: topics, leavesOut: true)
    let isOne = account != nil
    let figures = groups.map { group in
      (group, group.indicators(ofOneAccount: isOne).map { source.context.figure($0) })
    }
    if options.json.isWanted {
      let all = figures.flatMap(\.1)
      let document = try source.json([
        (
          "figures",
          .array(
            all.map {
              $0.json(
                source.facts.directory.assessment(of: $0), explains: options.explain, for: workspace.reader)
            })
        )
      ])
      workspace.console.document(document.document)
    } else {
      show(figures, source)
    }
    try source.close(figures.flatMap(\.1))
  }

  private func groups() throws -> [FigureGroup] {
    guard !only.isEmpty else { return FigureGroup.allCases }
    return try only.map { word in
      let wanted = folded(word)
      guard
        let group = FigureGroup.allCases.first(where: {
          $0.rawValue == wanted || folded($0.title.text(in: .french)) == wanted
        })
      else {
        throw Failure.usage(
          fieldSentence(.unknownChoice(word, FigureGroup.allCases.map(\.rawValue)), of: "only"))
      }
      return group
    }
  }

  private func show(_ figures: [(FigureGroup, [Figure])], _ source: FigureSource) {
    let console = Shell.current.console
    let title =
      source.account.map { $0.profile.name } ?? said("All accounts (\(source.facts.accounts.count))")
    console.say(.verbatim(title), .strong)
    console.say("\(source.period.spoken), as of \(source.cutOff.day.spoken)", .dim)
    let quarters = Period.quarters(Self.quarters, to: source.cutOff.day)
    for (group, those) in figures {
      console.show([Line(""), Line(said(group.title), .heading)])
      if options.explain {
        for figure in those { explain(figure, source) }
      } else {
        console.show(table(those, quarters, source))
        showAbsences(those, console)
      }
      if group == .satisfaction { showGauge(those, console) }
    }
  }

  private func table(_ figures: [Figure], _ quarters: [Period], _ source: FigureSource) -> Table {
    let console = Shell.current.console
    var table = Table(
      [
        .init(title: "figure", shrinks: true, isKey: true),
        .init(title: "value", isNumber: true, isKey: true),
        .init(title: "95 % from"), .init(title: "n", isNumber: true), .init(title: "target"),
        .init(title: "last 8 quarters"),
      ])
    for figure in figures {
      let assessment = source.facts.directory.assessment(of: figure)
      let history =
        Self.hasHistory(figure.indicator) ? source.context.series(figure.indicator, quarters) : []
      table.add(
        [
          said(figure.indicator.name), figure.value.map { said($0.spoken) } ?? said("n/a"),
          said(figure.spokenInterval),
          "\(figure.n)",
          assessment.map { "\($0.sign(console.symbols)) \(said($0.phrase))" } ?? "",
          sparkline(history, console.symbols),
        ], style: figure.value == nil ? .dim : .plain)
    }
    return table
  }

  /// Why figures are not available, each reason once.
  private func showAbsences(_ figures: [Figure], _ console: Console) {
    let absent = figures.filter { $0.value == nil }
    var told: Set<String> = []
    for figure in absent {
      let reason = said(figure.absence ?? "no data")
      guard told.insert(reason).inserted else { continue }
      let names = absent.filter { said($0.absence ?? "no data") == reason }.map(\.indicator.name)
      console.say("  \(enumerated(names)): \(reason)", .dim)
    }
  }

  /// What a quarter says by itself.
  private static func hasHistory(_ indicator: Indicator) -> Bool {
    switch indicator {
    case .nps, .csat, .ces, .surveyResponse, .resolution, .response, .responseTime, .serviceLevel, .revenue,
      .margin,
      .marginRate:
      true
    default: false
    }
  }

  private func explain(_ figure: Figure, _ source: FigureSource) {
    let interval = figure.spokenInterval
    let head =
      interval.isEmpty
      ? "\(figure.indicator.name): \(figure.spoken), n = \(figure.n)"
      : "\(figure.indicator.name): \(figure.spoken), n = \(figure.n), 95 % from \(interval)" as Phrase
    Shell.current.console.say(.verbatim("  ") + head)
    source.explain(figure, on: Shell.current.console)
  }

  private func showGauge(_ figures: [Figure], _ console: Console) {
    guard let promotion = figures.first(where: { $0.indicator == .nps }), let value = promotion.value else {
      return
    }
    let gauge = PromoterGauge(value: value.number, interval: promotion.interval)
    let width = min(41, (console.width ?? 60) - 16)
    guard width >= 11, console.symbols.showsPictures else { return }
    console.show([Line(""), Line("  " + gauge.line(width: width, console.symbols))])
  }
}
