import Indicators
import Pages
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// Puts together what a review of one account shows.
///
/// Made of synced records only, and of nothing that depends on when or where it is made: two people whose replicas are
/// equally far make the same pack.
struct AccountReview {
  let source: FigureSource
  let account: AccountFacts
  /// For us, with margins and health; else for the customer's board.
  let isInternal: Bool
  /// What was agreed in talks is also in a customer's pack.
  let showsNextSteps: Bool
  let without: Set<PackPart>
  let programVersion: String
  let records: [UInt32: [StoredRecord]]

  init(
    _ source: FigureSource, _ account: AccountFacts, isInternal: Bool, showsNextSteps: Bool,
    without: Set<PackPart>, programVersion: String
  ) throws {
    self.source = source
    self.account = account
    self.isInternal = isInternal
    self.showsNextSteps = isInternal || showsNextSteps
    self.without = without
    self.programVersion = programVersion
    let kinds = [
      KindNumber.contact, KindNumber.stakeholderRole, KindNumber.coverage, KindNumber.project,
      KindNumber.interaction,
    ]
    var records: [UInt32: [StoredRecord]] = [:]
    try source.workbench.replica.forEachRecord(
      ofKinds: kinds, account: account.profile.id, syncedOnly: true
    ) { records[$0.kind, default: []].append($0) }
    self.records = records.mapValues { $0.sorted { $0.id < $1.id } }
  }

  static let topics = Set(Topic.allCases).subtracting([.scores, .segments])

  var reader: Reader { source.workbench.reader }

  func said(_ phrase: Phrase) -> String { reader.said(phrase) }

  var period: Period { source.period }
  var cutOff: CutOff { source.cutOff }
  var context: FigureContext { source.context }

  private static let parts: [Indicator: PackPart] = [
    .nps: .satisfaction, .csat: .satisfaction, .ces: .satisfaction, .surveyResponse: .satisfaction,
    .reviews: .satisfaction, .resolution: .service, .firstContact: .service, .response: .service,
    .responseTime: .service, .serviceLevel: .service, .revenue: .business, .margin: .business,
    .marginRate: .business, .lifetimeValue: .business, .walletShare: .business, .attainment: .business,
    .profitability: .business, .planProgress: .plan,
  ]

  /// Below this a customer's board could tell whose answer it is.
  private static let answersForScores = 3

  /// The figures that the pack rests on: shown, explained, and compared later.
  func figures() -> [Figure] {
    var indicators: [Indicator] = [
      .nps, .csat, .ces, .surveyResponse, .reviews, .resolution, .firstContact, .response, .responseTime,
      .serviceLevel, .revenue,
    ]
    if isInternal {
      indicators += [
        .planProgress, .margin, .marginRate, .lifetimeValue, .walletShare, .attainment, .profitability,
        .health,
      ]
    }
    return indicators.filter { Self.parts[$0].map { !without.contains($0) } ?? true }.map(figure)
  }

  /// For the customer without those that give single people away.
  func figure(_ indicator: Indicator) -> Figure { discreet(context.figure(indicator)) }

  func discreet(_ figure: Figure) -> Figure {
    let isOpinion = [.nps, .csat, .ces].contains(figure.indicator)
    guard !isInternal, isOpinion, figure.value != nil, figure.n < Self.answersForScores else { return figure }
    return Figure(figure.indicator, nil, n: figure.n, absence: "fewer than three answers")
  }

  func pack(frozen: Pack.Footer.Frozen?, changes: Pack.ChangesPart?) throws -> AccountPack {
    let figures = figures()
    var pack = AccountPack(
      language: reader.language, head: try head(figures),
      footer: Pack.Footer(frozen: frozen, asOf: said(cutOff.day.spoken), programVersion: programVersion))
    if !without.contains(.figures) { pack.figures = headlines(figures) }
    if !without.contains(.satisfaction) { pack.satisfaction = satisfaction() }
    if !without.contains(.service) { pack.service = source.servicePart() }
    if !without.contains(.business) { pack.business = business() }
    if !without.contains(.plan) { pack.plan = plan() }
    if !without.contains(.people) { pack.people = try people() }
    if isInternal { pack.healthForUs = health() }
    pack.explanations = figures.filter { $0.value != nil }.map {
      reader.explanation(of: $0, in: period, isInternal: isInternal)
    }
    pack.changes = changes
    return pack
  }

  /// What is said of a figure that has a value; those without are in nobody's headline.
  private func headlines(_ figures: [Figure]) -> [Pack.HeadlineFigure] {
    let wanted: [Indicator] =
      isInternal
      ? [.nps, .csat, .response, .resolution, .revenue, .marginRate]
      : [.nps, .csat, .response, .resolution, .revenue, .responseTime]
    return wanted.filter { indicator in figures.contains { $0.indicator == indicator && $0.value != nil } }
      .map { source.headline($0, isInternal: isInternal, discreet) }
  }
}
