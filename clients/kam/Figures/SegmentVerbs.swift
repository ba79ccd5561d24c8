import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// "kam segment who": who is in a segment; without one, how many are in each.
struct SegmentWho: Command {
  static let name = "segment who"
  static let about: Phrase = "Which accounts are in a segment; without one, how many are in each."
  static let more: Phrase = """
    A rule joins conditions with and, or, not and parentheses, such as: stage = loyal and country in (FR, BE) and \
    (nps >= 50 or not tier > 1) and need ~ "energy". What is not known of an account neither holds nor fails. `kam segment \
    properties` lists what can be asked. Accounts are put into a segment by hand with `kam segment-member add`.
    """

  @Takes("SEGMENT", "The segment.") var segment: String?
  let options = FigureOptions()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let only = try segment.map { try workspace.find($0, kind: .segment).id }
    let segments = try SegmentSource(workspace, options, only: only)
    if let segment = segments.segments.first, only != nil {
      try show(segment, segments)
    } else {
      try showAll(segments)
    }
    try segments.source.close([])
  }

  private func show(_ segment: Indicators.Segment, _ segments: SegmentSource) throws {
    let source = segments.source
    let console = Shell.current.console
    let members = try segments.members(of: segment)
    if options.json.isWanted {
      let rows = members.compactMap { member in
        source.facts[member.account].map { JSON.object(source.json($0) + segments.json(member)) }
      }
      return console.document(
        try source.json([
          ("segment", .text(segment.id.description)), ("name", .text(segment.name)),
          ("rule", segment.rule.map { .text($0) } ?? .null), ("members", .array(rows)),
        ]).document)
    }
    console.say(.verbatim("\(segment.name) (\(members.count))"), .strong)
    if let rule = segment.rule { console.say("rule: \(rule)", .dim) }
    guard !members.isEmpty else { return console.say("No account is in it.") }
    var table = Table([
      .init(title: .verbatim("#"), isNumber: true, isKey: true),
      .init(title: "account", shrinks: true, isKey: true),
      .init(title: "why"),
    ])
    for (place, member) in members.enumerated() {
      guard let account = source.facts[member.account] else { continue }
      table.add(["\(place + 1)", source.label(account), segments.why(member)])
    }
    console.show(table)
    try source.workbench.remember(listed: members.map(\.account))
  }

  private func showAll(_ segments: SegmentSource) throws {
    let console = Shell.current.console
    let rows = segments.segments.map { segment -> (Indicators.Segment, Int?, Phrase?) in
      do {
        return (segment, try segments.members(of: segment).count, nil)
      } catch let failure as Failure {
        return (segment, nil, failure.sentence)
      } catch {
        return (segment, nil, "the rule cannot be read")
      }
    }
    if options.json.isWanted {
      let documents = rows.map { segment, count, mistake in
        JSON.object([
          ("segment", .text(segment.id.description)), ("name", .text(segment.name)),
          ("rule", segment.rule.map { .text($0) } ?? .null), ("members", count.map { .integer($0) } ?? .null),
          ("mistake", mistake.map { .text($0.description) } ?? .null),
        ])
      }
      return console.document(try segments.source.json([("segments", .array(documents))]).document)
    }
    guard !rows.isEmpty else { return console.say("No segments.") }
    var table = Table([
      .init(title: "segment", shrinks: true, isKey: true),
      .init(title: "accounts", isNumber: true, isKey: true),
      .init(title: .nothing), .init(title: "rule"),
    ])
    let all = max(1, segments.source.facts.accounts.count)
    for (segment, count, mistake) in rows {
      table.add([
        segment.name, count.map { "\($0)" } ?? said("n/a"),
        count.map { console.symbols.length(Double($0) / Double(all), width: 16) } ?? "",
        mistake.map { said($0) } ?? segment.rule ?? said("chosen by hand"),
      ])
    }
    console.show(table)
  }
}

/// "kam segment why SEGMENT ACCOUNT": each condition, and what was found.
struct SegmentWhy: Command {
  static let name = "segment why"
  static let about: Phrase = "Why an account is in a segment, or is not."

  @Takes("SEGMENT", "The segment.") var segment: String
  @Takes("ACCOUNT", "The account.") var account: String
  let options = FigureOptions()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let id = try workspace.find(segment, kind: .segment).id
    let account = try workspace.account(account)
    let segments = try SegmentSource(workspace, options, only: id)
    guard let segment = segments.segments.first, let facts = segments.source.facts[account] else { return }
    let verdict = try segments.rule(of: segment).map { rule in
      let known = segments.properties(of: facts)
      return rule.verdict { known[$0] }
    }
    let byHand = facts.memberships[segment.id]
    let belongs = byHand != nil || verdict?.belongs == true
    if options.json.isWanted {
      workspace.console.document(
        try segments.source.json([
          ("segment", .text(segment.id.description)), ("belongs", .flag(belongs)),
          ("reason", byHand.map { .text($0) } ?? .null),
          ("clauses", .array((verdict?.clauses ?? []).map(segments.json))),
        ]).document)
    } else {
      show(segment, facts, belongs: belongs, byHand: byHand, verdict, segments)
    }
    try segments.source.close([])
  }

  private func show(
    _ segment: Indicators.Segment, _ account: AccountFacts, belongs: Bool, byHand: String?,
    _ verdict: SegmentVerdict?, _ segments: SegmentSource
  ) {
    let console = Shell.current.console
    let label = segments.source.label(account)
    console.say(
      belongs ? "\(label) is in “\(segment.name)”." : "\(label) is not in “\(segment.name)”.", .strong)
    if let byHand {
      console.say(byHand.isEmpty ? "It was put there by hand." : "It was put there by hand: \(byHand)")
    }
    guard let verdict else {
      if byHand == nil { console.say("The segment has no rule: its accounts are chosen by hand.") }
      return
    }
    for clause in verdict.clauses {
      let sign =
        clause.holds.map {
          $0 ? (console.symbols.isUnicode ? "✓" : "+") : (console.symbols.isUnicode ? "✗" : "-")
        } ?? "?"
      console.say("  \(sign) \(clause.condition.text): \(clause.found.phrase)")
    }
  }
}

/// "kam segment properties": what rules can ask.
struct SegmentProperties: Command {
  static let name = "segment properties"
  static let about: Phrase = "What the rules of segments can ask of an account."
  let json = JSONOutput()

  func run(in shell: Shell) {
    let console = shell.console
    if json.isWanted {
      return console.document(
        JSON.array(
          AccountProperty.allCases.map {
            .object([("property", .text($0.rawValue)), ("meaning", .text($0.help.description))])
          }
        ).document)
    }
    var table = Table([
      .init(title: "property", isKey: true), .init(title: "meaning", shrinks: true, isKey: true),
    ])
    for property in AccountProperty.allCases { table.add([property.rawValue, said(property.help)]) }
    console.show(table)
  }
}

/// Segments with what their rules ask for.
private struct SegmentSource {
  let source: FigureSource
  let segments: [Indicators.Segment]
  private let thresholds: RFMThresholds

  init(_ workspace: Workspace, _ options: FigureOptions, only: RecordID?) throws {
    // Which rules there are decides what has to be read.
    let views = try workspace.replica.records(
      ofKind: KindDescription.segment.number, where: { _, alive in alive }
    ).filter { only == nil || $0.id == only }
    let rules = views.compactMap { view in view.text(SegmentRegister.rule).flatMap { try? SegmentRule($0) } }
    let properties = rules.reduce(into: Set<AccountProperty>()) { $0.formUnion($1.properties) }
    source = try FigureSource(
      workspace, options.days.read(by: workspace),
      topics: properties.reduce(into: [.segments]) { $0.formUnion($1.topics) })
    segments = source.facts.directory.segments.filter { only == nil || $0.id == only }
    let currency = source.valuation
    let cutOff = source.cutOff
    let ranks: Set<AccountProperty> = [.recency, .frequency, .monetary]
    let buyings =
      properties.isDisjoint(with: ranks)
      ? [] : source.facts.accounts.compactMap { buying($0, at: cutOff, by: currency) }
    thresholds = .quintiles(buyings) ?? .fixed(currency.currency)
  }

  /// - Throws: ``Failure`` that says where the rule cannot be understood.
  func rule(of segment: Indicators.Segment) throws -> SegmentRule? {
    guard let text = segment.rule else { return nil }
    return try segmentRule(text)
  }

  func properties(of account: AccountFacts) -> AccountProperties {
    AccountProperties(
      account, source.facts.directory, at: source.cutOff, by: source.valuation,
      thresholds: thresholds)
  }

  func members(of segment: Indicators.Segment) throws -> [Membership] {
    Indicators.members(of: segment, rule: try rule(of: segment), source.facts) { properties(of: $0) }
  }

  /// "stage = loyal (loyal), nps >= 50 (62)".
  func why(_ member: Membership) -> String {
    guard let verdict = member.verdict else {
      return member.reason.map { $0.isEmpty ? said("chosen by hand") : said("chosen by hand: \($0)") } ?? ""
    }
    let held = verdict.clauses.filter { $0.holds == true }
    return held.map { said("\($0.condition.text) (\($0.found.phrase))") }.joined(separator: ", ")
  }

  func json(_ member: Membership) -> [(String, JSON)] {
    [
      ("byHand", .flag(member.verdict == nil)), ("reason", member.reason.map { .text($0) } ?? .null),
      ("clauses", .array((member.verdict?.clauses ?? []).map(json))),
    ]
  }

  func json(_ clause: SegmentVerdict.Clause) -> JSON {
    .object([
      ("condition", .text(clause.condition.text)), ("holds", clause.holds.map { .flag($0) } ?? .null),
      ("found", .text(clause.found.phrase.description)),
    ])
  }
}

extension PropertyValue {
  fileprivate var phrase: Phrase {
    switch self {
    case .text(let text): .word(text)
    case .number(_, let shown): .decimal(shown)
    case .flag(let flag): .word(flag ? "yes" : "no")
    case .observations(let statements): .verbatim(statements.map { "“\($0)”" }.joined(separator: ", "))
    case .unknown(let reason): "not known (\(reason))"
    }
  }
}
