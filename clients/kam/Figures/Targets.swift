import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// What was to be reached and what was.
struct Targets: Command {
  static let name = "targets"
  static let about: Phrase = "Revenue and profitability targets, and what was reached of them."
  static let more: Phrase = """
    The targets of `kam revenue-target` and `kam profitability-target` whose period has begun. While a period runs, the \
    mark on the bar shows how much of its time has passed.
    """

  @Takes("ACCOUNT", "The account.") var account: String?
  @Takes("--products", "Also targets of single products.") var products = false
  let options = FigureOptions()

  private struct Row {
    let account: AccountFacts
    let sort: Sort

    enum Sort: String { case revenue, margin, profitability }
    let attainment: Attainment
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let account = try account.map { try workspace.account($0) }
    let source = try FigureSource(
      workspace, account: account, options.days.read(by: workspace), topics: [.value])
    let accounts = source.account.map { [$0] } ?? source.facts.accounts
    let rows = accounts.flatMap { found(of: $0, source) }.filter {
      products || $0.attainment.product == nil
    }
    let context = source.context
    let totals = [context.figure(.attainment), context.figure(.profitability)]
    if options.json.isWanted {
      try printJSON(rows, totals, source)
    } else {
      show(rows, totals, source)
    }
    try source.close(totals)
  }

  private func found(of account: AccountFacts, _ source: FigureSource) -> [Row] {
    let valuation = source.context(of: account, inOwnCurrency: options.days.currency == nil).valuation
    let revenue = revenueAttainments(account, in: source.period, at: source.cutOff, by: valuation)
    let profit = profitabilityAttainments(account, in: source.period, at: source.cutOff, by: valuation)
    let margin = marginAttainments(account, in: source.period, at: source.cutOff, by: valuation)
    return revenue.filter { $0.goal != nil }.map { Row(account: account, sort: .revenue, attainment: $0) }
      + margin.map { Row(account: account, sort: .margin, attainment: $0) }
      + profit.map { Row(account: account, sort: .profitability, attainment: $0) }
  }

  private func show(_ rows: [Row], _ totals: [Figure], _ source: FigureSource) {
    let console = Shell.current.console
    guard !rows.isEmpty else {
      return console.say(
        "No target for this period: kam revenue-target add ACCOUNT PERIOD --revenue AMOUNT")
    }
    var table = Table([
      .init(title: "account", shrinks: true, isKey: true), .init(title: "target", isKey: true),
      .init(title: "reached", isNumber: true, isKey: true), .init(title: .nothing),
      .init(title: "actual", isNumber: true), .init(title: "goal", isNumber: true), .init(title: "period"),
    ])
    for row in rows {
      let attainment = row.attainment
      let product = attainment.product.flatMap { source.facts.directory.products[$0]?.name }
      table.add([
        source.label(row.account),
        said(product.map { "\(word: row.sort.rawValue), \($0)" } ?? .word(row.sort.rawValue)),
        attainment.share.map { said(FigureValue.share($0).spoken) } ?? said("n/a"),
        bar(attainment, console.symbols), attainment.actual.map { said($0.spokenWhole) } ?? "",
        attainment.goal.map { said($0.spokenWhole) } ?? "",
        said(attainment.period.spoken),
      ])
    }
    console.show(table)
    if source.account == nil {
      for total in totals where total.value != nil {
        console.say("\(total.indicator.name): \(total.spoken) (n = \(total.n))", .strong)
      }
    }
    if options.explain { for total in totals { source.explain(total, on: Shell.current.console) } }
  }

  /// Full at the goal, with a mark where time is.
  private func bar(_ attainment: Attainment, _ symbols: Symbols) -> String {
    guard let share = attainment.share?.double else { return "" }
    let width = 12
    var cells = Array(symbols.framed(min(1, max(0, share)), width: width))
    if attainment.elapsed < 1, !cells.isEmpty {
      cells[min(cells.count - 1, Int(attainment.elapsed * Double(width)))] = symbols.isUnicode ? "┃" : "|"
    }
    return String(cells)
  }

  private func printJSON(_ rows: [Row], _ totals: [Figure], _ source: FigureSource) throws {
    let targets = rows.map { row -> JSON in
      let attainment = row.attainment
      return .object(
        source.json(row.account) + [
          ("target", .text(attainment.target.description)),
          ("type", .text(row.sort.rawValue)),
          ("product", attainment.product.map { .text($0.description) } ?? .null),
          ("from", .text(attainment.period.from.description)),
          ("to", .text(attainment.period.to.description)),
          ("goal", json(attainment.goal)), ("actual", json(attainment.actual)),
          ("share", attainment.share.map { .verbatim($0.decimal(places: 6)) } ?? .null),
          ("elapsed", .verbatim(fixed(attainment.elapsed, 4))),
        ])
    }
    let document = try source.json([
      ("totals", .array(totals.map { $0.json(explains: options.explain, for: source.workbench.reader) })),
      ("targets", .array(targets)),
    ])
    Shell.current.console.document(document.document)
  }
}
