import Indicators
import Pages
import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// Puts together what a review of all accounts shows: for ourselves only.
struct PortfolioReview {
  let source: FigureSource
  let programVersion: String

  static let topics = Set(Topic.allCases).subtracting([.segments, .tasks])
  private static let rankedMax = 12
  private static let listedMax = 15

  private var period: Period { source.period }
  private var cutOff: CutOff { source.cutOff }
  private var accounts: [AccountFacts] { source.facts.accounts }

  var reader: Reader { source.workbench.reader }

  func said(_ phrase: Phrase) -> String { reader.said(phrase) }

  func figures() -> [Figure] {
    let indicators: [Indicator] = [
      .nps, .npsByAccount, .csat, .ces, .surveyResponse, .reviews, .resolution, .firstContact, .response,
      .responseByType, .responseTime, .serviceLevel, .revenue, .margin, .marginRate, .retention, .attainment,
      .profitability, .strategyEffect, .planProgress, .contactCadence,
    ]
    return indicators.map { source.context.figure($0) }
  }

  func pack(frozen: Pack.Footer.Frozen?, changes: Pack.ChangesPart?) throws -> PortfolioPack {
    let figures = figures()
    var pack = PortfolioPack(
      language: reader.language, head: head(figures),
      footer: Pack.Footer(frozen: frozen, asOf: said(cutOff.day.spoken), programVersion: programVersion))
    let wanted: [Indicator] = [.revenue, .marginRate, .retention, .nps, .response, .resolution]
    pack.figures = wanted.filter { indicator in
      figures.contains { $0.indicator == indicator && $0.value != nil }
    }
    .map { source.headline($0, isInternal: true) }
    let margins = accounts.map { ($0, source.context(of: $0).figure(.margin)) }
    pack.mostProfitable = mostProfitable(margins)
    pack.mostLoyal = mostLoyal()
    pack.abc = abc(margins)
    pack.matrix = matrix()
    pack.promoterScores = promoterScores()
    pack.health = health()
    let quarters = Period.quarters(12, to: cutOff.day)
    let series = source.context.salesSeries(quarters)
    pack.revenue = source.quarterly(series.revenues, quarters, creditNotes: series.creditNotes)
    pack.margin = source.quarterly(series.margins, quarters)
    pack.products = products()
    pack.strategies = strategies()
    pack.service = source.servicePart()
    pack.explanations = figures.filter { $0.value != nil }.map {
      reader.explanation(of: $0, in: period, isInternal: true)
    }
    pack.changes = changes
    return pack
  }

  private func head(_ figures: [Figure]) -> Pack.Head {
    func figure(_ indicator: Indicator) -> Figure? {
      figures.first { $0.indicator == indicator && $0.value != nil }
    }
    let open = accounts.count(where: \.sharesFinance)
    var sentences: [Phrase] = [
      open == accounts.count
        ? "\(counted(accounts.count, "account"))."
        : "\(counted(accounts.count, "account")), of which \(open) share their finances with you."
    ]
    if let revenue = figure(.revenue), let rate = figure(.marginRate) {
      sentences.append("Revenue of \(revenue.spoken), of which \(rate.spoken) stays.")
    }
    if let kept = figure(.retention) {
      sentences.append("\(kept.spoken) of the accounts that bought the year before bought again.")
    }
    if let promotion = figure(.nps) {
      sentences.append("Net promoter score \(promotion.spoken) from \(counted(promotion.n, "answer")).")
    }
    return Pack.Head(
      organization: source.workbench.identity.organization, subject: said("All accounts"),
      period: said(period.spoken),
      from: said(period.from.spoken), to: said(period.to.spoken), headlines: sentences.map { said($0) })
  }
}

// MARK: - Who is worth most

extension PortfolioReview {
  private func mostProfitable(_ margins: [(AccountFacts, Figure)]) -> Pack.Ranking? {
    let known = margins.filter { $0.1.value != nil }
    guard !known.isEmpty else { return nil }
    let sum = known.reduce(0.0) { $0 + max(0, $1.1.value?.number ?? 0) }
    let order = ranked(
      known, value: { $0.1.value?.number ?? 0 }, interval: { _ in nil }, name: { $0.0.profile.name })
    return Pack.Ranking(
      measure: said("Margin"),
      rows: order.prefix(Self.rankedMax).map { entry in
        let value = entry.item.1.value?.number ?? 0
        return Pack.RankedAccount(
          rank: "\(entry.rank)\(entry.isTied ? "=" : "")", name: entry.item.0.profile.name,
          shown: reader.shown(entry.item.1), value: value,
          share: sum > 0 && value > 0 ? percent(value / sum) : nil)
      }, note: nil)
  }

  private func mostLoyal() -> Pack.Ranking? {
    let known = accounts.map { ($0, loyalty($0, at: cutOff)) }.filter { $0.1.loyalty != nil }
    guard !known.isEmpty else { return nil }
    let order = ranked(
      known, value: { $0.1.figure.value?.number ?? 0 }, interval: { _ in nil }, name: { $0.0.profile.name })
    return Pack.Ranking(
      measure: said("Loyalty, of 100"),
      rows: order.prefix(Self.rankedMax).map { entry in
        Pack.RankedAccount(
          rank: "\(entry.rank)\(entry.isTied ? "=" : "")", name: entry.item.0.profile.name,
          shown: reader.shown(entry.item.1.figure), value: entry.item.1.figure.value?.number,
          share: entry.item.1.loyalty.map { said(counted($0.days, "day")) })
      },
      note: said(
        "40 for the length of the relation, 40 for buying in each of eight quarters, 20 for a purchase in the last year."
      ))
  }

  private func abc(_ margins: [(AccountFacts, Figure)]) -> Pack.ABCPart? {
    let items = abcAnalysis(
      margins.filter { $0.1.value != nil },
      value: { item in if case .money(let money)? = item.1.value { Int128(money.minor) } else { 0 } },
      name: { $0.0.profile.name })
    guard !items.isEmpty else { return nil }
    var part = Pack.ABCPart()
    for item in items {
      guard let value = item.item.1.value else { continue }
      if let cumulative = item.cumulative, let abc = Pack.ABCAccount.Class(rawValue: item.abc.rawValue) {
        part.accounts.append(
          Pack.ABCAccount(
            name: item.item.0.profile.name, margin: reader.quantity(value),
            cumulative: reader.quantity(share: cumulative), abcClass: abc))
      } else {
        part.lossMakers.append(
          Pack.NamedAmount(name: item.item.0.profile.name, amount: reader.quantity(value)))
      }
    }
    return part
  }

  private func matrix() -> Pack.MatrixPart? {
    var part = Pack.MatrixPart()
    for account in accounts {
      let card = scorecard(account, source.facts.directory.criteria)
      guard let attractiveness = card.axis(.attractiveness), let strength = card.axis(.strength) else {
        continue
      }
      let revenue = source.context(of: account).figure(.revenue).value
      part.points.append(
        Pack.MatrixPoint(
          name: account.profile.name, attractiveness: reader.quantity(share: attractiveness),
          strength: reader.quantity(share: strength),
          revenue: revenue.map { reader.quantity($0) } ?? Pack.Quantity(value: 0, text: said("n/a"))))
    }
    guard !part.points.isEmpty else { return nil }
    // A picture of two hundred names says nothing: the ones that bring most are drawn.
    part.points.sort { ($1.revenue.value, $0.name) < ($0.revenue.value, $1.name) }
    part.points = Array(part.points.prefix(25))
    return part
  }

  private func percent(_ share: Double) -> String {
    said(FigureValue.share(Ratio(Int((share * 1000).rounded()), of: 1000) ?? Ratio(0)).spoken)
  }
}

// MARK: - How they are

extension PortfolioReview {
  /// Those with most answers, by rank.
  private func promoterScores() -> [Pack.AccountScore] {
    let known = accounts.map { ($0, source.context(of: $0).figure(.nps)) }.filter { $0.1.value != nil }
    let most = known.sorted { ($1.1.n, $0.0.profile.slug) < ($0.1.n, $1.0.profile.slug) }.prefix(20)
    return ranked(
      Array(most), value: { $0.1.value?.number ?? 0 }, interval: { $0.1.interval },
      name: { $0.0.profile.name }
    ).map { entry in
      Pack.AccountScore(
        rank: "\(entry.rank)\(entry.isTied ? "=" : "")", name: entry.item.0.profile.name,
        shown: reader.shown(entry.item.1), estimate: entry.item.1.packEstimate,
        detail: reader.detail(of: entry.item.1))
    }
  }

  private func health() -> Pack.HealthOverview? {
    let year = Period.year(to: cutOff.day)
    let all = accounts.map { account in
      (
        account,
        Indicators.health(account, in: year, at: cutOff, by: source.valuation, source.facts.directory)
      )
    }
    let known = all.filter { $0.1.figure.value != nil }
    guard !known.isEmpty else { return nil }
    func band(_ label: Phrase, _ status: Pack.Status?) -> Pack.HealthBand {
      let count =
        status == nil
        ? all.count - known.count
        : known.count { AccountReview.status($0.1.figure.value?.number ?? 0) == status }
      return Pack.HealthBand(
        label: said(label), status: status, count: reader.quantity(count: count))
    }
    let worst = known.sorted {
      ($0.1.figure.value?.number ?? 0, $0.0.profile.slug) < (
        $1.1.figure.value?.number ?? 0, $1.0.profile.slug
      )
    }
    return Pack.HealthOverview(
      bands: [
        band("70 and more", .good), band("45 to 69", .watch), band("below 45", .poor),
        band("not enough data", nil),
      ], attention: worst.prefix(10).map { attention($0.0, $0.1.figure, $0.1.health) })
  }

  private func attention(_ account: AccountFacts, _ figure: Figure, _ health: Health) -> Pack.AttentionLine {
    let lowest = health.parts.filter { ($0.score ?? Ratio(100)) < Ratio(50) }
      .sorted { ($0.score ?? Ratio(0)) < ($1.score ?? Ratio(0)) }
    return Pack.AttentionLine(
      name: account.profile.name, score: reader.shown(figure),
      status: figure.value.map { AccountReview.status($0.number) },
      reasons: lowest.prefix(3).map { said(explained($0)) })
  }

  private func products() -> [Pack.ProductLine] {
    profits(
      accounts, by: .product, source.facts.directory, in: period, at: cutOff, by: source.valuation
    )
    .rows.prefix(Self.listedMax).map { row in
      Pack.ProductLine(
        name: row.name ?? said("(none)"), revenue: reader.quantity(row.revenue),
        margin: row.margin.map { reader.quantity($0) } ?? Pack.Quantity(value: 0, text: said("n/a")),
        rate: row.marginRate.map { .text(said(FigureValue.share($0).spoken)) }
          ?? .missing(reason: said("no revenue to divide by")))
    }
  }

  private func strategies() -> [Pack.StrategyLine] {
    strategyEffects(accounts, source.facts.directory.strategies, at: cutOff, by: source.valuation).map {
      effect in
      Pack.StrategyLine(
        name: effect.strategy.name, cost: effect.cost.map { said($0.spokenWhole) } ?? said("n/a"),
        margin: effect.margin.map { .text(said($0.spokenWhole)) } ?? .missing(reason: said("no data")),
        effect: reader.shown(effect.figure),
        counts: said("\(counted(effect.sales, "sale")), \(counted(effect.costs, "cost"))"))
    }
  }
}
