import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// How healthy relations are, and what is wrong.
struct AccountHealth: Command {
  static let name = "health"
  static let about: Phrase = "The health of an account and what it is made of, or of all accounts."
  static let more: Phrase = """
    A weighted mean of the components that have data; with less than 60 % of the weight there is none. The components and \
    their weights are set with `kam health-definition`, one a line: satisfaction, response, resolution, value-trend, \
    plan-progress, contact-cadence. How full the form is never counts.
    """

  @Takes("ACCOUNT", "The account.") var account: String?
  @Takes("--top N", "At most so many accounts, the worst first.") var top = 20
  let options = FigureOptions()

  func validate() throws {
    guard top > 0 else { throw Failure.usage("--top must be greater than 0.") }
  }

  private typealias Row = (account: AccountFacts, figure: Figure, health: Health)

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let account = try account.map { try workspace.account($0) }
    let source = try FigureSource(
      workspace, account: account, options.days.read(by: workspace),
      topics: [.value, .satisfaction, .service, .relation, .plan])
    let rows = (source.account.map { [$0] } ?? source.facts.accounts).map { account -> Row in
      let context = source.context(of: account, inOwnCurrency: true)
      let (figure, health) = health(
        account, in: source.period, at: source.cutOff, by: context.valuation, source.facts.directory)
      return (account, figure, health)
    }.sorted { ($0.figure.value?.number ?? .infinity) < ($1.figure.value?.number ?? .infinity) }
    if options.json.isWanted {
      try printJSON(rows, source)
    } else if source.account != nil, let row = rows.first {
      show(row, source)
    } else {
      show(rows, source)
    }
    try source.close(rows.map(\.figure))
  }

  private func show(_ row: Row, _ source: FigureSource) {
    let console = Shell.current.console
    let coverage = row.health.coverage.map { said(FigureValue.share($0).spoken) } ?? said("n/a")
    console.say(
      "\(row.account.profile.name): health \(row.figure.spoken); \(coverage) of the weight has data.", .strong
    )
    var table = Table([
      .init(title: "component", shrinks: true, isKey: true), .init(title: "weight", isNumber: true),
      .init(title: "score", isNumber: true, isKey: true), .init(title: .nothing), .init(title: "why"),
    ])
    for part in row.health.parts {
      table.add(
        [
          said(componentName(part.component)), "\(part.weight)",
          part.score.map { said(FigureValue.score($0).spoken) } ?? "",
          part.score.map { console.symbols.framed($0.double / 100, width: 10) } ?? said("missing"),
          said(part.why),
        ], style: part.score == nil ? .dim : .plain)
    }
    console.show(table)
    if options.explain { console.say(Indicator.health.formula, .dim) }
  }

  private func show(_ rows: [Row], _ source: FigureSource) {
    let console = Shell.current.console
    let known = rows.filter { $0.figure.value != nil }
    guard !known.isEmpty else { return console.say("No account has enough data.") }
    var table = Table([
      .init(title: "account", shrinks: true, isKey: true),
      .init(title: "health", isNumber: true, isKey: true),
      .init(title: .nothing), .init(title: "data", isNumber: true), .init(title: "lowest"),
    ])
    for row in known.prefix(top) {
      let lowest = row.health.parts.filter { $0.score != nil }.min {
        ($0.score ?? Ratio(0)) < ($1.score ?? Ratio(0))
      }
      table.add([
        source.label(row.account), said(row.figure.spoken),
        console.symbols.framed((row.figure.value?.number ?? 0) / 100, width: 10),
        row.health.coverage.map { said(FigureValue.share($0).spoken) } ?? "",
        lowest.map { said(explained($0)) } ?? "",
      ])
    }
    console.show(table)
    if known.count > top { console.say("  … and \(known.count - top) more, healthier ones", .dim) }
    if known.count < rows.count {
      console.say("\(counted(rows.count - known.count, "account")) without enough data", .dim)
    }
    if options.explain { console.say(Indicator.health.formula, .dim) }
  }

  private func printJSON(_ rows: [Row], _ source: FigureSource) throws {
    let accounts = rows.map { row -> JSON in
      .object(
        source.json(row.account) + [
          ("health", row.figure.json(for: source.workbench.reader)),
          ("coverage", row.health.coverage.map { .verbatim($0.decimal(places: 4)) } ?? .null),
          (
            "components",
            .array(
              row.health.parts.map { part in
                .object([
                  ("component", .text(part.component)), ("weight", .integer(part.weight)),
                  ("score", part.score.map { .verbatim($0.decimal(places: 4)) } ?? .null),
                  ("why", .text(part.why.description)),
                ])
              })
          ),
        ])
    }
    Shell.current.console.document(try source.json([("accounts", .array(accounts))]).document)
  }
}
