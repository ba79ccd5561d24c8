import Indicators
import Pages
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// What a survey campaign found: score with interval, who answered, and the remarks.
package struct CampaignReport: SourcedReport {
  package let source: FigureSource
  package let figures: [Figure]
  private let campaign: RecordView
  private let explains: Bool
  private let answers: [Answer]

  /// nil: the campaign's account is not there any more.
  package init?(_ workbench: Workbench, campaign: RecordView, explains: Bool) throws {
    let source = try FigureSource(
      workbench, account: campaign.scope.account, .today, topics: [.satisfaction])
    guard let account = source.account else { return nil }
    self.source = source
    self.campaign = campaign
    self.explains = explains
    answers = account.answers.filter { $0.campaign == campaign.id }
    figures = Self.figures(
      answers, account.invitations.filter { $0.campaign == campaign.id }, at: source.cutOff)
  }

  private static func figures(
    _ answers: [Answer], _ invitations: [Invitation], at cutOff: CutOff
  ) -> [Figure] {
    let days = answers.map(\.day) + invitations.map(\.day) + [cutOff.day]
    guard let period = Period(days.min() ?? cutOff.day, days.max() ?? cutOff.day) else { return [] }
    let measured: [Figure] =
      switch answers.compactMap(\.measure).first {
      case .nps?: [netPromoterScore(answers, in: period, at: cutOff)]
      case .csat?: [satisfactionRate(answers, in: period, at: cutOff)]
      case .ces?: [easeRate(answers, in: period, at: cutOff), easeMean(answers, in: period, at: cutOff)]
      default: []
      }
    return measured + [surveyResponseRate(invitations, answers, in: period, at: cutOff)]
  }

  /// A campaign has no period that others would write into later.
  package func notes() -> [Phrase] { [] }

  // MARK: - For people

  package func blocks() -> [Block] {
    let status = Phrase.word(campaign.choice(SurveyCampaignRegister.status) ?? "draft")
    let title = Phrase.verbatim(workbench.title(campaign) + " (") + status + .verbatim(")")
    return [self.title(title)]
      + figures.flatMap { [text(summary($0))] + (explains ? explanation($0) : []) }
      + [gauge(figures), distribution].compactMap { $0 } + remarks
  }

  /// How often each score was given, the highest first.
  private var distribution: Block? {
    guard let lowest = answers.map(\.score).min(), let highest = answers.map(\.score).max() else {
      return nil
    }
    let counts = Dictionary(grouping: answers, by: \.score).mapValues(\.count)
    let most = Double(counts.values.max() ?? 1)
    let first = min(lowest, answers.first?.measure == .nps ? 0 : 1)
    let last = max(highest, min(answers.first?.scaleMax ?? highest, highest + 10))
    var table = FigureTable([
      column(title: "score", .key, isNumber: true), column(title: "answers", .key, isNumber: true), barColumn,
    ])
    for score in (first...last).reversed() {
      let count = counts[score] ?? 0
      table.add([cell(score), cell(count), .bar(share: Double(count) / most, width: 30)])
    }
    return .table(table)
  }

  /// The lowest score first.
  private var remarks: [Block] {
    let remarks = answers.compactMap { answer in answer.remark.map { (answer.score, $0) } }
    guard !remarks.isEmpty else { return [] }
    return [heading("Remarks (\(remarks.count))")]
      + remarks.sorted { $0.0 < $1.0 }.map { text("\($0): “\(oneLine($1))”", level: 1) }
  }

  // MARK: - For programs

  package func document() throws -> JSON {
    let counts = Dictionary(grouping: answers, by: \.score).sorted { $0.key < $1.key }
    return try source.json([
      ("campaign", .text(campaign.id.description)), ("title", .text(workbench.title(campaign))),
      ("figures", .array(figures.map { $0.json(explains: explains, for: workbench.reader) })),
      (
        "distribution",
        .array(counts.map { .object([("score", .integer($0.key)), ("answers", .integer($0.value.count))]) })
      ),
    ])
  }
}
