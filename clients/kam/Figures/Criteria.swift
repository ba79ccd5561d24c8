import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// The scorecard of an account, or of all.
struct CriteriaScore: Command {
  static let name = "criteria score"
  static let about: Phrase = "What an account scores by each criterion, or all accounts by both axes."
  static let more: Phrase = """
    Criteria are kept with `kam selection-criterion`, and judgements with `kam criterion-score`. Of each person the \
    latest judgement counts, and all persons alike.
    """

  @Takes("ACCOUNT", "The account.") var account: String?
  let options = FigureOptions()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let account = try account.map { try workspace.account($0) }
    let source = try FigureSource(
      workspace, account: account, options.days.read(by: workspace), topics: [.scores])
    if let account = source.account {
      let card = scorecard(account, source.facts.directory.criteria)
      if options.json.isWanted {
        workspace.console.document(try source.json([("scorecard", json(card))]).document)
      } else {
        show(card, account, workspace.console)
      }
    } else {
      try showAll(source)
    }
    try source.close([])
  }

  private func show(_ card: Scorecard, _ account: AccountFacts, _ console: Console) {
    guard !card.lines.isEmpty else {
      return console.say(
        "No criterion is active: kam selection-criterion add NAME --axis attractiveness --weight 2500")
    }
    console.say(.verbatim(account.profile.name), .strong)
    for axis in [Criterion.Axis.attractiveness, .strength] {
      let mean = card.axis(axis).map { said(FigureValue.share($0).spoken) } ?? said("n/a")
      let coverage = card.coverage(axis).map { said(FigureValue.share($0).spoken) } ?? said("n/a")
      let name: Phrase = axis == .attractiveness ? "Attractiveness" : "Our strength"
      console.show([Line("")])
      console.say("\(name): \(mean) of the scale; \(coverage) of the weight was judged", .heading)
      var table = Table([
        .init(title: "criterion", shrinks: true, isKey: true), .init(title: "weight", isNumber: true),
        .init(title: "score", isNumber: true, isKey: true), .init(title: .nothing),
        .init(title: "raters", isNumber: true),
        .init(title: "spread"),
      ])
      for line in card.lines where line.criterion.axis == axis {
        let mean = line.mean.map { $0.decimal(places: 1) }
        table.add(
          [
            line.criterion.name,
            said(FigureValue.share(Ratio(line.criterion.weight, of: 10_000) ?? Ratio(0)).spoken),
            mean.map { said("\(Phrase.decimal($0)) of \(line.criterion.scaleMax)") }
              ?? said("n/a"),
            line.mean.map {
              console.symbols.framed($0.double / Double(max(1, line.criterion.scaleMax)), width: 10)
            } ?? "",
            "\(line.raters)",
            line.raters > 1 ? line.spread.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "" : "",
          ], style: line.mean == nil ? .dim : .plain)
      }
      console.show(table)
    }
  }

  private func showAll(_ source: FigureSource) throws {
    let console = Shell.current.console
    let cards = source.facts.accounts.map { ($0, scorecard($0, source.facts.directory.criteria)) }
      .filter { $0.1.lines.contains { $0.mean != nil } }
      .sorted { ($0.1.axis(.attractiveness) ?? Ratio(-1)) > ($1.1.axis(.attractiveness) ?? Ratio(-1)) }
    if options.json.isWanted {
      let rows = cards.map { JSON.object(source.json($0.0) + [("scorecard", json($0.1))]) }
      return console.document(try source.json([("accounts", .array(rows))]).document)
    }
    guard !cards.isEmpty else {
      return console.say(
        "Nobody has judged an account yet: kam criterion-score add ACCOUNT CRITERION --score 4")
    }
    var table = Table([
      .init(title: "account", shrinks: true, isKey: true),
      .init(title: "attractiveness", isNumber: true, isKey: true),
      .init(title: .nothing), .init(title: "our strength", isNumber: true), .init(title: .nothing),
    ])
    for (account, card) in cards {
      let axes = [card.axis(.attractiveness), card.axis(.strength)]
      let texts = axes.flatMap { share in
        [
          share.map { said(FigureValue.share($0).spoken) } ?? "",
          share.map { console.symbols.framed($0.double, width: 10) } ?? "",
        ]
      }
      table.add([source.label(account)] + texts)
    }
    console.show(table)
  }

  private func json(_ card: Scorecard) -> JSON {
    func share(_ ratio: Ratio?) -> JSON { ratio.map { .verbatim($0.decimal(places: 6)) } ?? .null }
    return .object([
      ("attractiveness", share(card.axis(.attractiveness))), ("strength", share(card.axis(.strength))),
      ("attractivenessCoverage", share(card.coverage(.attractiveness))),
      ("strengthCoverage", share(card.coverage(.strength))),
      (
        "criteria",
        .array(
          card.lines.map { line in
            .object([
              ("criterion", .text(line.criterion.id.description)), ("name", .text(line.criterion.name)),
              ("axis", .text(line.criterion.axis.rawValue)), ("weight", .integer(line.criterion.weight)),
              ("scaleMax", .integer(line.criterion.scaleMax)), ("mean", share(line.mean)),
              ("raters", .integer(line.raters)),
              (
                "spread",
                line.spread.map { .array([.integer($0.lowerBound), .integer($0.upperBound)]) } ?? .null
              ),
              ("scores", .array(line.scores.map { .text($0.description) })),
            ])
          })
      ),
    ])
  }
}

/// Where accounts stand: how attractive they are against how strong we are there.
struct CriteriaMatrix: Command {
  static let name = "criteria matrix"
  static let about: Phrase = "Attractiveness against our strength, all accounts on one picture."

  let options = FigureOptions()

  private struct Point {
    let account: AccountFacts
    let attractiveness: Ratio
    let strength: Ratio
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let source = try FigureSource(workspace, options.days.read(by: workspace), topics: [.scores])
    let points = source.facts.accounts.compactMap { account -> Point? in
      let card = scorecard(account, source.facts.directory.criteria)
      guard let attractiveness = card.axis(.attractiveness), let strength = card.axis(.strength) else {
        return nil
      }
      return Point(account: account, attractiveness: attractiveness, strength: strength)
    }.sorted { ($0.attractiveness, $0.strength) > ($1.attractiveness, $1.strength) }
    if options.json.isWanted {
      let rows = points.map { point in
        JSON.object(
          source.json(point.account) + [
            ("attractiveness", .verbatim(point.attractiveness.decimal(places: 6))),
            ("strength", .verbatim(point.strength.decimal(places: 6))), ("cell", .text(cell(point))),
          ])
      }
      workspace.console.document(try source.json([("accounts", .array(rows))]).document)
    } else {
      show(points, source)
    }
    try source.close([])
  }

  private func show(_ points: [Point], _ source: FigureSource) {
    let console = Shell.current.console
    guard !points.isEmpty else { return console.say("No account is judged on both axes yet.") }
    draw(points, console)
    var table = Table([
      .init(title: .nothing, isKey: true), .init(title: "account", shrinks: true, isKey: true),
      .init(title: "attractiveness", isNumber: true), .init(title: "our strength", isNumber: true),
      .init(title: "advice"),
    ])
    // Without the picture there is nothing that the rest could be dots in.
    let shown = console.symbols.showsPictures ? points.prefix(Self.letters.count) : points[...]
    for (place, point) in shown.enumerated() {
      table.add([
        console.symbols.showsPictures ? String(Self.letters[place]) : "", source.label(point.account),
        said(FigureValue.share(point.attractiveness).spoken), said(FigureValue.share(point.strength).spoken),
        said(advice(point)),
      ])
    }
    console.show(table)
    if shown.count < points.count {
      console.say("  … and \(points.count - shown.count) more, drawn as dots", .dim)
    }
  }

  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

  private func draw(_ points: [Point], _ console: Console) {
    let width = min(64, (console.width ?? 76) - 10)
    guard width >= 24, console.symbols.showsPictures else { return }
    var plot = Plot(width: width, height: 19, console.symbols)
    plot.rule(vertical: [1 / 3, 2 / 3], horizontal: [1 / 3, 2 / 3])
    // The first are drawn last, over the others.
    for (place, point) in points.enumerated().reversed() {
      let sign = place < Self.letters.count ? Self.letters[place] : console.symbols.isUnicode ? "·" : "."
      plot.set(point.strength.double, point.attractiveness.double, sign)
    }
    console.say("Attractiveness upwards, our strength to the right")
    console.show(plot.lines(labels: ("100 %", "0 %")).map { Line(" " + $0) })
  }

  private func third(_ ratio: Ratio) -> Int { min(2, max(0, Int(ratio.double * 3))) }

  private func cell(_ point: Point) -> String {
    let names = ["low", "medium", "high"]
    return "\(names[third(point.attractiveness)])-\(names[third(point.strength)])"
  }

  /// What the place on the matrix speaks for: the nine-box of portfolio planning.
  private func advice(_ point: Point) -> Phrase {
    switch third(point.attractiveness) + third(point.strength) {
    case 3...: "invest"
    case 2: "choose"
    default: "keep it cheap"
    }
  }
}
