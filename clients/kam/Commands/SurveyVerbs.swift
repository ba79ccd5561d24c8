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

  func run() throws {
    let workspace = try Workspace()
    let campaign = try workspace.openCampaign(campaign)
    guard let account = campaign.scope.account else { return }
    let invited = Set(
      try workspace.records(.surveyInvitation, of: account).filter { $0.reference("campaign") == campaign.id }
        .compactMap { $0.reference("contact") })
    let asked = try people(of: account, workspace)
    let fresh = asked.filter { !invited.contains($0.id) }
    let kind = KindDescription.surveyInvitation
    var made: [RecordID] = []
    let values = try fresh.map { contact in
      try workspace.complete(
        kind.assignments([
          ("campaign", .reference(campaign.id)), ("contact", .reference(contact.id)),
          ("channel", try workspace.choice(channel, of: "channel", kind)),
        ]), kind)
    }
    if !fresh.isEmpty {
      try workspace.edit(in: campaign.scope, "invited \(fresh.count)") { draft in
        for value in values {
          let id = workspace.newID()
          try draft.create(id, kind: kind.number, value)
          made.append(id)
        }
      }
    }
    if json.isWanted {
      let views = try made.compactMap { try workspace.replica.record($0, in: campaign.scope) }
      return workspace.console.document(JSON.array(try workspace.json(views)).document)
    }
    workspace.console.say(
      "Invited \(counted(fresh.count, "contact")) to \(try workspace.name(campaign)) \(workspace.quotedTitle(campaign) + (try workspace.place(of: campaign))); waiting to sync."
    )
    if fresh.count < asked.count {
      workspace.console.say("\(counted(asked.count - fresh.count, "contact")) invited before.", .dim)
    }
  }

  private func people(of account: RecordID, _ workspace: Workspace) throws -> [RecordView] {
    guard all else {
      var named: [RecordView] = []
      for contact in try contacts.map({ try workspace.contact($0, of: account) })
      where !named.contains(where: { $0.id == contact.id }) { named.append(contact) }
      return named
    }
    let today = workspace.moments.day(after: 0)
    let staying = try workspace.records(.contact, of: account).filter {
      $0.day("left-on").map { $0 > today } ?? true
    }
    guard !staying.isEmpty else {
      throw Failure.refused("The account has no contacts: kam contact add ACCOUNT NAME")
    }
    return staying
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

  func run() throws {
    let workspace = try Workspace()
    let campaign = try workspace.openCampaign(campaign)
    guard let account = campaign.scope.account else { return }
    let contact = try workspace.contact(contact, of: account)
    try check(score, campaign, workspace)
    let kind = KindDescription.surveyResponse
    var given = kind.assignments([
      ("campaign", .reference(campaign.id)), ("contact", .reference(contact.id)),
      ("score", .integer(Int64(score))),
    ])
    let texts: [(String, String?)] = [
      ("answers", answer.isEmpty ? nil : answer.joined(separator: "\n")), ("remark", remark),
      ("occurred-at", at),
    ]
    for (name, text) in texts {
      guard let text, let register = kind.register(named: name) else { continue }
      given.append((register.number, try workspace.value(text, for: register, in: campaign.scope)))
    }
    let values = try workspace.complete(given, kind)
    let id = workspace.newID()
    try workspace.edit(in: campaign.scope, "answered \(workspace.title(campaign))") { draft in
      try draft.create(id, kind: kind.number, values)
    }
    guard let view = try workspace.replica.record(id, in: campaign.scope) else { return }
    if json.isWanted { return workspace.console.document(try workspace.json([view])[0].document) }
    workspace.console.say(
      "Kept: \(workspace.title(contact)) answered \(score) in \(workspace.quotedTitle(campaign) + (try workspace.place(of: campaign))); waiting to sync."
    )
  }

  private func check(_ score: Int, _ campaign: RecordView, _ workspace: Workspace) throws {
    guard
      let template = try campaign.reference("template").flatMap({
        try workspace.replica.record($0, from: campaign.scope)
      })
    else { return }
    let lowest = template.choice("type") == "nps" ? 0 : 1
    let usual = template.choice("type").flatMap(Measure.init(rawValue:))?.scaleMaxDefault ?? 100
    let highest = template.integer("scale-max").map { Int($0) } ?? usual
    guard (min(lowest, highest)...highest).contains(score) else {
      throw Failure.usage(
        "\(score) is not on the scale of \(workspace.quotedTitle(template)): \(lowest) to \(highest).")
    }
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

  func run() throws {
    let workspace = try Workspace()
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
    let status = campaign.choice("status") ?? "draft"
    console.say(.verbatim("\(workspace.title(campaign)) (\(said(word: status)))"), .strong)
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
    console.show([Line(""), Line(said("Remarks (\(remarks.count))"), .heading)])
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

  func run() throws {
    let workspace = try Workspace()
    let interview = try workspace.find(interview, kind: .interview)
    let kind = KindDescription.observation
    var given = kind.assignments([
      ("about", try workspace.choice(about, of: "about", kind)),
      ("type", kind.choice("research", of: "type")),
      ("interview", .reference(interview.id)),
      ("contact", interview.reference("contact").map(RegisterValue.reference)),
    ])
    let day = interview.integer("occurred-at").map { PlanDate(milliseconds: $0).description } ?? "today"
    let texts: [(String, String?)] = [
      ("statement", statement), ("source", said("Interview “\(workspace.title(interview))”")),
      ("observed-on", day),
      ("confidence", confidence.map { "\($0)" }),
    ]
    for (name, text) in texts {
      guard let text, let register = kind.register(named: name) else { continue }
      given.append((register.number, try workspace.value(text, for: register, in: interview.scope)))
    }
    let values = try workspace.complete(given, kind)
    let id = workspace.newID()
    try workspace.edit(in: interview.scope, "observed in \(workspace.title(interview))") { draft in
      try draft.create(id, kind: kind.number, values)
    }
    guard let view = try workspace.replica.record(id, in: interview.scope) else { return }
    if json.isWanted { return workspace.console.document(try workspace.json([view])[0].document) }
    workspace.console.say(
      "Kept \(try workspace.name(view)) \(workspace.quotedTitle(view) + (try workspace.place(of: view))); waiting to sync."
    )
    if !interview.flag("finalised") {
      workspace.console.say(
        "The interview is not finalised yet: kam interview finalise \(try workspace.handle(interview.id))",
        .dim)
    }
  }
}

// MARK: -

extension Workspace {
  /// The living records of a kind that an account has.
  fileprivate func records(_ kind: KindDescription, of account: RecordID) throws -> [RecordView] {
    try replica.records(ofKind: kind.number, account: account, where: { _, alive in alive })
  }

  /// - Throws: ``Failure`` when it takes no answers.
  fileprivate func openCampaign(_ text: String) throws -> RecordView {
    let campaign = try find(text, kind: .surveyCampaign)
    switch campaign.choice("status") {
    case "open": return campaign
    case "closed": throw Failure.refused("\(quotedTitle(campaign)) is closed: it takes no more answers.")
    default:
      throw Failure.refused(
        "\(quotedTitle(campaign)) is not open yet: kam survey-campaign open \(try handle(campaign.id))")
    }
  }

  /// A contact of the account, by name or as any record is named.
  fileprivate func contact(_ text: String, of account: RecordID) throws -> RecordView {
    let named = try records(.contact, of: account).filter {
      Speech.folded($0.text("name") ?? "") == Speech.folded(text)
    }
    if named.count == 1 { return named[0] }
    if named.count > 1 {
      let handles = try replica.handles(for: named.map(\.id))
      throw Failure.ambiguous(
        "“\(text)” is the name of several contacts; use a handle:",
        named.map { "\(handles[$0.id]?.description ?? "")  \(title($0))" })
    }
    let view = try find(text, kind: .contact)
    guard view.scope.account == account else {
      throw Failure.refused("\(quotedTitle(view)) is a contact of another account.")
    }
    return view
  }

  /// A choice as it is typed, in any language.
  fileprivate func choice(_ text: String, of field: String, _ kind: KindDescription) throws -> RegisterValue?
  {
    try kind.register(named: field).flatMap { try value(text, for: $0, in: .directory) }
  }
}

extension KindDescription {
  /// Values by the names of fields, as assignments; what has none, or is no field, is left out.
  fileprivate func assignments(_ given: [(name: String, value: RegisterValue?)]) -> [Assignment] {
    given.compactMap { name, value in
      guard let value, let register = register(named: name) else { return nil }
      return (register.number, value)
    }
  }

  fileprivate func choice(_ choice: String, of field: String) -> RegisterValue? {
    guard case .choice(let choices)? = register(named: field)?.type else { return nil }
    return choices.number(named: choice).map(RegisterValue.integer)
  }
}
