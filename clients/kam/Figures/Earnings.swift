import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// "kam product profitability": what each product and service earns.
struct ProductProfitability: Command {
  static let name = "product profitability"
  static let about: Phrase = "Revenue and margin of each product, family, or of products and services."

  @Takes("--by GROUPING", "product, family or type.") var by: String = "product"
  @Takes("ACCOUNT --account", "Only this account's.") var account: String?
  @Takes("--top N", "At most so many.") var top: Int?
  let options = FigureOptions()

  func run(in shell: Shell) throws {
    guard let grouping = ProductGrouping(rawValue: by.lowercased()) else {
      throw Failure.usage(
        fieldSentence(.unknownChoice(by, ProductGrouping.allCases.map(\.rawValue)), of: "by"))
    }
    let workspace = try Workspace(shell)
    let account = try account.map { try workspace.account($0) }
    let source = try FigureSource(
      workspace, account: account, options.days.read(by: workspace), topics: [.value])
    let (rows, refusal) = profits(
      source.account.map { [$0] } ?? source.facts.accounts, by: grouping, source.facts.directory,
      in: source.period, at: source.cutOff, by: source.valuation)
    if let refusal { throw Failure.refused(capitalized(refusal) + ".") }
    let shown = Array(rows.prefix(top ?? rows.count))
    if options.json.isWanted {
      try printJSON(shown, source)
    } else {
      show(shown, of: rows.count, source, grouping)
    }
    try source.close([source.context.figure(.margin)])
  }

  private func show(_ rows: [Profit], of count: Int, _ source: FigureSource, _ grouping: ProductGrouping) {
    let console = Shell.current.console
    guard !rows.isEmpty else { return console.say("Nothing was sold in this period.") }
    var table = Table([
      .init(title: .word(grouping.rawValue), shrinks: true, isKey: true),
      .init(title: "margin", isNumber: true, isKey: true), .init(title: .nothing),
      .init(title: "rate", isNumber: true),
      .init(title: "revenue", isNumber: true), .init(title: "sales", isNumber: true),
      .init(title: "accounts", isNumber: true),
    ])
    let greatest = rows.compactMap { $0.margin.map { Double($0.minor) } }.max() ?? 1
    for row in rows {
      let name = row.name.map { grouping == .type ? said(word: $0) : $0 } ?? said("(none)")
      table.add([
        name, row.margin.map { said($0.spokenWhole) } ?? said("n/a"),
        console.symbols.length(Double(row.margin?.minor ?? 0) / max(1, greatest), width: 14),
        row.marginRate.map { said(FigureValue.share($0).spoken) } ?? said("n/a"),
        said(row.revenue.spokenWhole),
        "\(row.sales)",
        "\(row.accounts)",
      ])
    }
    console.show(table)
    if rows.count < count { console.say("  … and \(count - rows.count) more", .dim) }
    if options.explain { console.say(Indicator.margin.formula, .dim) }
  }

  private func printJSON(_ rows: [Profit], _ source: FigureSource) throws {
    let document = try source.json([
      ("by", .text(by.lowercased())),
      (
        "rows",
        .array(
          rows.map { row in
            .object([
              ("id", row.id.map { .text($0.description) } ?? .null),
              ("name", row.name.map { .text($0) } ?? .null),
              ("revenue", json(row.revenue)), ("margin", json(row.margin)),
              ("marginRate", row.marginRate.map { .verbatim($0.decimal(places: 6)) } ?? .null),
              ("sales", .integer(row.sales)), ("accounts", .integer(row.accounts)),
            ])
          })
      ),
    ])
    Shell.current.console.document(document.document)
  }
}

/// "kam strategy effectiveness": what marketing and sales efforts brought for what they cost.
struct StrategyEffectiveness: Command {
  static let name = "strategy effectiveness"
  static let about: Phrase = "What each marketing and sales strategy cost and brought."
  static let more: Phrase = """
    By the sales and costs that name the strategy, since its beginning. +35 % means that each 100 spent came back with 35 \
    more. Nothing attributed is n/a, not 0.
    """

  @Takes("STRATEGY", "The strategy.") var strategy: String?
  let options = FigureOptions()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let only = try strategy.map { try workspace.find($0, kind: .strategy).id }
    let source = try FigureSource(workspace, options.days.read(by: workspace), topics: [.value])
    let effects = strategyEffects(
      source.facts.accounts, source.facts.directory.strategies, at: source.cutOff,
      by: source.valuation
    ).filter { only == nil || $0.strategy.id == only }.sorted {
      ($0.figure.value?.number ?? -.infinity) > ($1.figure.value?.number ?? -.infinity)
    }
    if options.json.isWanted {
      try printJSON(effects, source)
    } else {
      show(effects, source)
    }
    try source.close(effects.map(\.figure))
  }

  private func show(_ effects: [StrategyEffect], _ source: FigureSource) {
    let console = Shell.current.console
    guard !effects.isEmpty else { return console.say("No strategies.") }
    var table = Table([
      .init(title: "strategy", shrinks: true, isKey: true),
      .init(title: "effect", isNumber: true, isKey: true),
      .init(title: "margin", isNumber: true), .init(title: "cost", isNumber: true),
      .init(title: "budget", isNumber: true), .init(title: "sales", isNumber: true),
      .init(title: "costs", isNumber: true),
      .init(title: "type"), .init(title: .nothing),
    ])
    for effect in effects {
      table.add(
        [
          effect.strategy.name, effect.figure.value.map { said($0.spoken) } ?? said("n/a"),
          effect.margin.map { said($0.spokenWhole) } ?? "",
          effect.cost.map { said($0.spokenWhole) } ?? "",
          effect.strategy.budget.map { said($0.spokenWhole) } ?? "", "\(effect.sales)",
          "\(effect.costs)", effect.strategy.type.map { said(word: $0) } ?? "",
          effect.figure.absence.map { said($0) } ?? "",
        ], style: effect.figure.value == nil ? .dim : .plain)
    }
    console.show(table)
    if effects.count > 1 {
      let total = strategyEffect(effects, by: source.valuation)
      console.say("Together: \(total.spoken) over \(counted(total.n, "strategy")).", .strong)
    }
    if options.explain { for effect in effects { source.explain(effect.figure, on: Shell.current.console) } }
  }

  private func printJSON(_ effects: [StrategyEffect], _ source: FigureSource) throws {
    let rows = effects.map { effect -> JSON in
      .object([
        ("strategy", .text(effect.strategy.id.description)), ("name", .text(effect.strategy.name)),
        ("type", effect.strategy.type.map { .text($0) } ?? .null),
        ("figure", effect.figure.json(explains: options.explain, for: source.workbench.reader)),
        ("revenue", json(effect.revenue)),
        ("margin", json(effect.margin)), ("cost", json(effect.cost)),
        ("budget", json(effect.strategy.budget)),
        ("sales", .integer(effect.sales)), ("costs", .integer(effect.costs)),
      ])
    }
    Shell.current.console.document(try source.json([("strategies", .array(rows))]).document)
  }
}
