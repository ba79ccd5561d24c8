import Indicators
import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// A campaign as work: invite, take answers, read the result. Opening and closing are steps (StateVerbs).

/// "kam survey-campaign invite": who is asked.
struct InviteToCampaign: Command {
  static let name = "survey-campaign invite"
  static let about: Phrase = "Note who was asked to answer."
  static let more: Phrase =
    "kam sends nothing itself: it keeps who was asked, so that the share who answered is known."

  @Takes("CAMPAIGN", "The campaign.") var campaign: String
  @Takes("CONTACT", "Contacts, by handle or name.") var contacts: [String] = []
  @Takes("--all", "Every contact of the account who has not left.") var all = false
  @Takes("--channel CHANNEL", "How: email, call, meeting, …") var channel = "email"
  let json = JSONOutput()

  func validate() throws {
    guard all != !contacts.isEmpty else { throw Failure.usage("Name contacts, or give --all.") }
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let receipt = try workspace.invite(all ? nil : contacts, to: campaign, by: channel)
    if json.isWanted {
      return workspace.console.document(JSON.array(try workspace.json(receipt.records)).document)
    }
    workspace.console.say(receipt.sentence)
    for note in receipt.notes { workspace.console.say(note, .dim) }
  }
}

/// "kam survey-campaign answer": what somebody answered.
struct AnswerCampaign: Command {
  static let name = "survey-campaign answer"
  static let about: Phrase = "Keep what somebody answered."
  static let more: Phrase = """
    Whoever answers a second time is heard once, with the later answer; both are kept. Many answers come faster from a \
    file: kam import.
    """

  @Takes("CAMPAIGN", "The campaign.") var campaign: String
  @Takes("CONTACT", "The contact, by handle or name.") var contact: String
  @Takes("SCORE", "The score.") var score: Int
  @Takes("--answer TEXT", "An answer to another question; can be repeated.") var answer: [String] = []
  @Takes("--remark TEXT", "What else they said.") var remark: String?
  @Takes("--at WHEN", "When: now, a day, or \"YYYY-MM-DD HH:MM\".") var at = "now"
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let receipt = try workspace.answer(
      campaign, of: contact, score: score, answers: answer, remark: remark, at: at)
    try workspace.tell(receipt, asJSON: json.isWanted)
  }
}

/// "kam survey-campaign result": what came of it.
struct CampaignResult: Command {
  static let name = "survey-campaign result"
  static let about: Phrase = "What a campaign found: score with interval, who answered, and the remarks."

  @Takes("CAMPAIGN", "The campaign.") var campaign: String
  @Takes("--explain", "Say how each figure is made: formula, records used, records left out and why.")
  var explain = false
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let campaign = try workspace.find(campaign, kind: .surveyCampaign)
    let source = try FigureSource(
      workspace, account: campaign.scope.account, .today, topics: [.satisfaction])
    guard let account = source.account else { return }
    let answers = account.answers.filter { $0.campaign == campaign.id }
    let figures = figures(answers, account.invitations.filter { $0.campaign == campaign.id }, source)
    if json.isWanted {
      workspace.console.document(
        try source.json([
          ("campaign", .text(campaign.id.description)), ("title", .text(workspace.title(campaign))),
          ("figures", .array(figures.map { $0.json(explains: explain, for: workspace.reader) })),
          ("distribution", distribution(answers)),
        ]).document)
    } else {
      try show(campaign, answers, figures, source)
    }
    try workspace.showAge()
  }

  private func figures(_ answers: [Answer], _ invitations: [Invitation], _ source: FigureSource) -> [Figure] {
    let cutOffDay = source.cutOff.day
    let days = answers.map(\.day) + invitations.map(\.day) + [cutOffDay]
    guard let period = Period(days.min() ?? cutOffDay, days.max() ?? cutOffDay) else { return [] }
    let cutOff = source.cutOff
    let measured: [Figure] =
      switch answers.compactMap(\.measure).first {
      case .nps?: [netPromoterScore(answers, in: period, at: cutOff)]
      case .csat?: [satisfactionRate(answers, in: period, at: cutOff)]
      case .ces?: [easeRate(answers, in: period, at: cutOff), easeMean(answers, in: period, at: cutOff)]
      default: []
      }
    return measured + [surveyResponseRate(invitations, answers, in: period, at: cutOff)]
  }

  private func show(
    _ campaign: RecordView, _ answers: [Answer], _ figures: [Figure], _ source: FigureSource
  ) throws {
    let workspace = source.workbench
    let console = Shell.current.console
    let status = campaign.choice(SurveyCampaignRegister.status) ?? "draft"
    console.say(.verbatim("\(workspace.title(campaign)) (\(console.said(word: status)))"), .strong)
    for figure in figures {
      let interval = figure.spokenInterval
      console.say(
        interval.isEmpty
          ? "\(figure.indicator.name): \(figure.spoken), n = \(figure.n)"
          : "\(figure.indicator.name): \(figure.spoken), n = \(figure.n), 95 % from \(interval)")
      if explain { source.explain(figure, on: Shell.current.console) }
    }
    if console.symbols.showsPictures, let promotion = figures.first(where: { $0.indicator == .nps }),
      let value = promotion.value
    {
      let gauge = PromoterGauge(value: value.number, interval: promotion.interval)
      console.show([
        Line("  " + gauge.line(width: max(11, min(41, (console.width ?? 60) - 16)), console.symbols))
      ])
    }
    showDistribution(answers, console)
    showRemarks(answers, console)
  }

  private func showDistribution(_ answers: [Answer], _ console: Console) {
    guard let lowest = answers.map(\.score).min(), let highest = answers.map(\.score).max() else { return }
    let counts = Dictionary(grouping: answers, by: \.score).mapValues(\.count)
    let most = Double(counts.values.max() ?? 1)
    let first = min(lowest, answers.first?.measure == .nps ? 0 : 1)
    let last = max(highest, min(answers.first?.scaleMax ?? highest, highest + 10))
    var table = Table([
      .init(title: "score", isNumber: true, isKey: true),
      .init(title: "answers", isNumber: true, isKey: true),
      .init(title: .nothing),
    ])
    for score in (first...last).reversed() {
      let count = counts[score] ?? 0
      table.add(["\(score)", "\(count)", console.symbols.length(Double(count) / most, width: 30)])
    }
    console.show(table)
  }

  private func showRemarks(_ answers: [Answer], _ console: Console) {
    let remarks = answers.compactMap { answer in answer.remark.map { (answer.score, $0) } }
    guard !remarks.isEmpty else { return }
    console.show([Line(""), Line(console.said("Remarks (\(remarks.count))"), .heading)])
    for (score, remark) in remarks.sorted(by: { $0.0 < $1.0 }) {
      console.say("  \(score): “\(oneLine(remark))”")
    }
  }

  private func distribution(_ answers: [Answer]) -> JSON {
    let counts = Dictionary(grouping: answers, by: \.score).sorted { $0.key < $1.key }
    return .array(
      counts.map { .object([("score", .integer($0.key)), ("answers", .integer($0.value.count))]) })
  }
}

/// "kam interview observe": what an interview teaches, as an observation that segments can ask for.
struct ObserveInInterview: Command {
  static let name = "interview observe"
  static let about: Phrase = "Keep what an interview teaches; rules of segments can ask for it."
  static let more: Phrase =
    "ABOUT is behaviour, habit, preference, need or expectation."

  @Takes("INTERVIEW", "The interview.") var interview: String
  @Takes("ABOUT", "What it is about.") var about: String
  @Takes("STATEMENT", "What was seen.") var statement: String
  @Takes("--confidence PERCENT", "How sure, percent.") var confidence: Int?
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let receipt = try workspace.observe(in: interview, about: about, statement, confidence: confidence)
    try workspace.tell(receipt, asJSON: json.isWanted)
    if !json.isWanted { for note in receipt.notes { workspace.console.say(note, .dim) } }
  }
}
