import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// Accounts by one measure: the most loyal and the most profitable are two lists.
struct Rank: Command {
  enum Measure: String, NamedChoice {
    case clv, margin, revenue, loyalty, health, nps

    fileprivate var topics: Set<Topic> {
      switch self {
      case .clv, .margin, .revenue, .loyalty: [.value]
      case .health: [.value, .satisfaction, .service, .relation, .plan]
      case .nps: [.satisfaction]
      }
    }

    fileprivate var title: Phrase {
      switch self {
      case .clv: "lifetime value"
      case .margin: "margin"
      case .revenue: "revenue"
      case .loyalty: "loyalty"
      case .health: "health"
      case .nps: .verbatim("NPS")
      }
    }
  }

  static let name = "rank"
  static let about: Phrase = "Accounts ranked by lifetime value, margin, revenue, loyalty, health or NPS."
  static let more: Phrase = """
    Accounts whose values cannot be told apart share a rank (2=): those with equal values, and where answers are few, \
    those whose intervals overlap. Loyalty is 0 to 100: 40 for the length of the relation (ten years are all of it), 40 \
    for buying in each of the last eight quarters, 20 for a purchase in the last year, less the longer it is ago.
    """

  @Takes("--by MEASURE", "clv, margin, revenue, loyalty, health or nps.") var by = Measure.clv
  @Takes("--top N", "At most so many.") var top: Int?
  let options = FigureOptions()

  func validate() throws {
    guard top.map({ $0 > 0 }) ?? true else { throw Failure.usage("--top must be greater than 0.") }
  }

  private struct Entry: Sendable {
    let account: AccountFacts
    let figure: Figure
    let detail: String
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let source = try FigureSource(workspace, options.days.read(by: workspace), topics: by.topics)
    let entries = source.facts.accounts.map { entry($0, source) }
    let known = entries.filter { $0.figure.value != nil }
    let ranking = ranked(
      known, value: { $0.figure.value?.number ?? 0 }, interval: { $0.figure.interval },
      name: { $0.account.profile.slug })
    let shown = Array(ranking.prefix(top ?? ranking.count))
    let unknown = entries.filter { $0.figure.value == nil }
    if options.json.isWanted {
      try printJSON(shown, unknown, source)
    } else {
      show(shown, of: ranking, unknown, source)
    }
    try source.close(entries.map(\.figure))
  }

  private func entry(_ account: AccountFacts, _ source: FigureSource) -> Entry {
    let context = source.context(of: account)
    switch by {
    case .clv: return Entry(account: account, figure: context.figure(.lifetimeValue), detail: "")
    case .margin: return Entry(account: account, figure: context.figure(.margin), detail: "")
    case .revenue: return Entry(account: account, figure: context.figure(.revenue), detail: "")
    case .nps: return Entry(account: account, figure: context.figure(.nps), detail: "")
    case .health:
      let (figure, health) = health(
        account, in: source.period, at: source.cutOff, by: source.valuation,
        source.facts.directory)
      let lowest = health.parts.filter { $0.score != nil }.min {
        ($0.score ?? Ratio(0)) < ($1.score ?? Ratio(0))
      }
      return Entry(
        account: account, figure: figure,
        detail: lowest.map { said("lowest: \(explained($0))") } ?? "")
    case .loyalty:
      let (figure, found) = loyalty(account, at: source.cutOff)
      let detail = found.map { loyalty in
        said(
          "\(counted(loyalty.days, "day")), \(loyalty.activeQuarters) of 8 quarters, last \(counted(loyalty.daysSince, "day")) ago"
        )
      }
      return Entry(account: account, figure: figure, detail: detail ?? "")
    }
  }

  private func show(
    _ shown: [Ranked<Entry>], of all: [Ranked<Entry>], _ unknown: [Entry], _ source: FigureSource
  ) {
    let console = Shell.current.console
    guard !shown.isEmpty else {
      return console.say("Nothing to rank: \(unknown.first?.figure.absence ?? "no account").")
    }
    var table = Table([
      .init(title: .verbatim("#"), isNumber: true, isKey: true),
      .init(title: "account", shrinks: true, isKey: true),
      .init(title: by.title, isNumber: true, isKey: true), .init(title: .nothing),
      .init(title: "95 % from"),
      .init(title: "n", isNumber: true), .init(title: "why"),
    ])
    let greatest = shown.map { $0.item.figure.value?.number ?? 0 }.max() ?? 1
    for entry in shown {
      let figure = entry.item.figure
      // NPS may be below 0; its bar begins at -100.
      let number = figure.value?.number ?? 0
      let share = by == .nps ? (number + 100) / 200 : number / max(greatest, 1e-9)
      table.add([
        "\(entry.rank)\(entry.isTied ? "=" : "")", source.label(entry.item.account), said(figure.spoken),
        console.symbols.length(share, width: 16), said(figure.spokenInterval), "\(figure.n)",
        entry.item.detail,
      ])
    }
    console.show(table)
    if shown.count < all.count { console.say("  … and \(all.count - shown.count) more", .dim) }
    if !unknown.isEmpty {
      let reasons = Dictionary(grouping: unknown) { said($0.figure.absence ?? "no data") }.sorted {
        ($1.value.count, $0.key) < ($0.value.count, $1.key)
      }
      for (reason, those) in reasons {
        console.say("\(counted(those.count, "account")) not ranked: \(reason)", .dim)
      }
    }
    if options.explain {
      console.say(by == .loyalty ? Self.loyaltyFormula : shown[0].item.figure.indicator.formula, .dim)
    }
  }

  private static let loyaltyFormula: Phrase =
    "40 for the length of the relation, 40 for buying in each of eight quarters, 20 for a purchase in the last year."

  private func printJSON(_ shown: [Ranked<Entry>], _ unknown: [Entry], _ source: FigureSource) throws {
    let ranks = shown.map { entry -> JSON in
      .object(
        [("rank", .integer(entry.rank)), ("tied", .flag(entry.isTied))] + source.json(entry.item.account)
          + [("figure", entry.item.figure.json(explains: options.explain, for: source.workbench.reader))])
    }
    let rest = unknown.map { entry -> JSON in
      .object(
        [("rank", .null), ("tied", .flag(false))] + source.json(entry.account)
          + [("figure", entry.figure.json(explains: options.explain, for: source.workbench.reader))])
    }
    Shell.current.console.document(
      try source.json([("by", .text(by.rawValue)), ("accounts", .array(ranks + rest))]).document)
  }
}
