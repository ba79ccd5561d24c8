import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// "kam service-request ageing": what is open, for how long, and what is late.
struct Ageing: Command {
  static let name = "service-request ageing"
  static let about: Phrase = "Open requests by age, with their deadlines."
  static let more: Phrase = """
    Deadlines come from `kam service-level`; where none fits, a first answer is due within 24 hours. Lines can be named \
    by their number afterwards.
    """

  @Takes("ACCOUNT", "The account.") var account: String?
  @Takes("--overdue", "Only what is late.") var overdue = false
  @Takes("--limit N", "At most so many.") var limit = 50
  let json = JSONOutput()

  func validate() throws {
    guard limit > 0 else { throw Failure.usage("--limit must be greater than 0.") }
  }

  private struct Row {
    let account: AccountFacts
    let open: OpenRequest
    let view: RecordView
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let account = try account.map { try workspace.account($0) }
    let source = try FigureSource(workspace, account: account, .today, topics: [.service])
    let levels = ServiceLevels(source.facts.directory.levels)
    let now = workspace.shell.now
    let views = Dictionary(
      try workspace.replica.records(
        ofKind: KindDescription.serviceRequest.number, account: account, where: { _, alive in alive }
      ).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let rows = source.facts.accounts.flatMap { account in
      openRequests(account.requests, at: source.cutOff, levels: levels).compactMap { open in
        views[open.request.id].map { Row(account: account, open: open, view: $0) }
      }
    }.filter { !overdue || $0.open.isOverdue(at: now) }
      // What is late longest comes first; what has no deadline goes by its age.
      .sorted { (due($0), $0.open.request.openedAt) < (due($1), $1.open.request.openedAt) }
    if json.isWanted {
      try printJSON(rows, now, workspace)
    } else {
      try show(rows, now, workspace)
      try workspace.remember(listed: rows.prefix(limit).map(\.view.id))
    }
    try workspace.showAge()
  }

  private func due(_ row: Row) -> Int64 { row.open.due?.at ?? .max }

  private func show(_ rows: [Row], _ now: Int64, _ workspace: Workspace) throws {
    let console = workspace.console
    guard !rows.isEmpty else { return console.say(overdue ? "Nothing is late." : "No open requests.") }
    showBuckets(rows, console)
    let handles = try workspace.replica.handles(for: rows.map(\.view.id))
    var table = Table([
      .init(title: .verbatim("#"), isNumber: true, isKey: true), .init(title: "handle", isKey: true),
      .init(title: .word("subject"), shrinks: true, isKey: true), .init(title: "deadline", isKey: true),
      .init(title: "open for", isNumber: true), .init(title: "account"), .init(title: .word("severity")),
      .init(title: .word("assignee")),
    ])
    for (place, row) in rows.prefix(limit).enumerated() {
      table.add([
        "\(place + 1)", handles[row.view.id]?.description ?? "",
        row.view.text(ServiceRequestRegister.subject) ?? "",
        said(deadline(row, now, workspace)), said(Moments.span(row.open.age)), row.account.profile.slug,
        row.view.choice(ServiceRequestRegister.severity).map { said(word: $0) } ?? "",
        said(
          try row.view.reference(ServiceRequestRegister.assignee).map { try workspace.people().name($0) }
            ?? "nobody yet"),
      ])
    }
    console.show(table)
    if rows.count > limit { console.say("  … and \(rows.count - limit) more", .dim) }
  }

  private func showBuckets(_ rows: [Row], _ console: Console) {
    var table = Table([
      .init(title: "age", isKey: true), .init(title: "open", isNumber: true, isKey: true),
      .init(title: .nothing),
    ])
    for (age, count) in requestAges(rows.map(\.open)) {
      table.add([
        said(age), "\(count)", console.symbols.length(Double(count) / Double(rows.count), width: 30),
      ])
    }
    console.show(table)
    console.show([Line("")])
  }

  private func deadline(_ row: Row, _ now: Int64, _ workspace: Workspace) -> Phrase {
    guard let due = row.open.due else { return .nothing }
    let left = Moments.span(due.at - now)
    switch (due.isAnswer, due.at < now) {
    case (true, true): return "answer late by \(left)"
    case (true, false): return "answer within \(left)"
    case (false, true): return "late by \(left)"
    case (false, false): return "settle within \(left)"
    }
  }

  private func printJSON(_ rows: [Row], _ now: Int64, _ workspace: Workspace) throws {
    let records = try workspace.json(rows.map(\.view))
    workspace.console.document(
      JSON.array(
        zip(rows, records).map { row, record in
          .object([
            ("request", record), ("ageHours", .verbatim(fixed(Double(row.open.age) / 3_600_000, 2))),
            ("due", row.open.due.map { .text(Moments.iso($0.at)) } ?? .null),
            ("dueFor", row.open.due.map { .text($0.isAnswer ? "answer" : "resolution") } ?? .null),
            ("overdue", .flag(row.open.isOverdue(at: now))),
          ])
        }
      ).document)
  }
}
