import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// What accounts are ranked by.
package enum RankMeasure: String, CaseIterable, Sendable {
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

/// Accounts by one measure: the most loyal and the most profitable are two lists.
package struct RankReport: SourcedReport {
  package let source: FigureSource
  private let by: RankMeasure
  private let explains: Bool
  private let entries: [Entry]
  private let ranking: [Ranked<Entry>]
  private let shown: [Ranked<Entry>]

  private struct Entry: Sendable {
    let account: AccountFacts
    let figure: Figure
    /// What it is made of, in some words.
    var detail = Phrase.nothing
  }

  /// - Parameter top: At most so many; nil: all.
  package init(_ workbench: Workbench, _ order: FigureOrder, by: RankMeasure, top: Int? = nil) throws {
    self.by = by
    explains = order.explains
    source = try FigureSource(workbench, order.days, topics: by.topics)
    entries = source.facts.accounts.map { [source] in Self.entry($0, by, source) }
    ranking = ranked(
      entries.filter { $0.figure.value != nil }, value: { $0.figure.value?.number ?? 0 },
      interval: { $0.figure.interval }, name: { $0.account.profile.slug })
    shown = Array(ranking.prefix(top ?? ranking.count))
  }

  private static func entry(_ account: AccountFacts, _ by: RankMeasure, _ source: FigureSource) -> Entry {
    let context = source.context(of: account)
    switch by {
    case .clv: return Entry(account: account, figure: context.figure(.lifetimeValue))
    case .margin: return Entry(account: account, figure: context.figure(.margin))
    case .revenue: return Entry(account: account, figure: context.figure(.revenue))
    case .nps: return Entry(account: account, figure: context.figure(.nps))
    case .health:
      let (figure, health) = health(
        account, in: source.period, at: source.cutOff, by: source.valuation, source.facts.directory)
      return Entry(
        account: account, figure: figure,
        detail: health.lowestPart.map { "lowest: \(explained($0))" } ?? .nothing)
    case .loyalty:
      let (figure, found) = loyalty(account, at: source.cutOff)
      let detail = found.map { loyalty -> Phrase in
        "\(counted(loyalty.days, "day")), \(loyalty.activeQuarters) of 8 quarters, last \(counted(loyalty.daysSince, "day")) ago"
      }
      return Entry(account: account, figure: figure, detail: detail ?? .nothing)
    }
  }

  package var figures: [Figure] { entries.map(\.figure) }
  private var unknown: [Entry] { entries.filter { $0.figure.value == nil } }

  // MARK: - For people

  package func blocks() -> [Block] {
    guard let first = shown.first else {
      return [text("Nothing to rank: \(unknown.first?.figure.absence ?? "no account").")]
    }
    var blocks = [Block.table(table)] + more(ranking.count - shown.count) + unrankedNotes
    if explains {
      blocks.append(note(by == .loyalty ? Self.loyaltyFormula : first.item.figure.indicator.formula))
    }
    return blocks
  }

  private var table: FigureTable {
    var table = FigureTable([
      placeColumn, column(title: "account", .title), column(title: by.title, .key, isNumber: true), barColumn,
      column(title: "95 % from"), column(title: "n", isNumber: true), column(title: "why"),
    ])
    let greatest = shown.map { $0.item.figure.value?.number ?? 0 }.max() ?? 1
    for entry in shown {
      let figure = entry.item.figure
      // NPS may be below 0; its bar begins at -100.
      let number = figure.value?.number ?? 0
      let share = by == .nps ? (number + 100) / 200 : number / max(greatest, 1e-9)
      table.add([
        .text("\(entry.rank)\(entry.isTied ? "=" : "")"), name(entry.item.account), cell(figure.spoken),
        .bar(share: share, width: 16), cell(figure.spokenInterval), cell(figure.n), cell(entry.item.detail),
      ])
    }
    return table
  }

  /// How many accounts have no rank, and why; the commonest reason first.
  private var unrankedNotes: [Block] {
    Dictionary(grouping: unknown) { said($0.figure.absence ?? "no data") }.sorted {
      ($1.value.count, $0.key) < ($0.value.count, $1.key)
    }.map { reason, those in note("\(counted(those.count, "account")) not ranked: \(reason)") }
  }

  private static let loyaltyFormula: Phrase =
    "40 for the length of the relation, 40 for buying in each of eight quarters, 20 for a purchase in the last year."

  // MARK: - For programs

  package func document() throws -> JSON {
    let ranks = shown.map { entry in
      row(entry.item, [("rank", .integer(entry.rank)), ("tied", .flag(entry.isTied))])
    }
    let rest = unknown.map { row($0, [("rank", .null), ("tied", .flag(false))]) }
    return try source.json([("by", .text(by.rawValue)), ("accounts", .array(ranks + rest))])
  }

  private func row(_ entry: Entry, _ place: [(String, JSON)]) -> JSON {
    .object(
      place + json(entry.account) + [("figure", entry.figure.json(explains: explains, for: workbench.reader))]
    )
  }
}

extension Health {
  /// What makes it worse than anything else does.
  var lowestPart: Part? {
    parts.filter { $0.score != nil }.min { ($0.score ?? Ratio(0)) < ($1.score ?? Ratio(0)) }
  }
}
