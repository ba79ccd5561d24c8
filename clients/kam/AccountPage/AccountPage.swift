import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// What a manager reads before a meeting: one account on one page.
///
/// Reads the account's plan once; each section of ``show()`` picks from it.
struct AccountPage {
  let workspace: Workspace
  let account: RecordView
  private let byKind: [UInt32: [RecordView]]
  let handles: [RecordID: Handle]
  /// The look that what is new is told against.
  let look: LastLook?

  init(_ account: RecordView, in workspace: Workspace) throws {
    self.workspace = workspace
    self.account = account
    let plan = try workspace.replica.records(in: .plan(account.id))
    byKind = Dictionary(grouping: plan.filter(\.isShown), by: \.kind)
    handles = try workspace.replica.handles(for: plan.map(\.id))
    look = try workspace.replica.lastLook(at: account.id, now: workspace.shell.now)
    all = plan
  }

  /// Deleted ones too.
  let all: [RecordView]

  /// The living records of a kind, in the order they were made.
  func records(_ kind: KindDescription) -> [RecordView] { byKind[kind.number] ?? [] }

  func record(_ id: RecordID?) -> RecordView? {
    id.flatMap { id in all.first { $0.id == id } }
  }

  var today: PlanDate { workspace.moments.day(after: 0) }
  var console: Console { workspace.console }

  func show() throws {
    try showHead()
    try showNews()
    try showPeople()
    try showFigures()
    try showObjectives()
    try showTasks()
    try showCommunication()
    try showInteractions()
    try showRequests()
    try showOpportunities()
    try showSWOT()
  }

  // MARK: - Lines

  func heading(_ phrase: Phrase) { console.show([Line(""), Line(said(phrase), .heading)]) }

  /// One line, cut where the terminal ends.
  func line(_ text: String, _ style: Style = .plain) {
    let visible = console.visible(text)
    console.show([
      Line(
        console.width.map { fitted(visible, to: $0, ellipsis: console.symbols.ellipsis) } ?? visible, style)
    ])
  }

  /// A line whose end says what matters: the beginning gives way.
  func line(_ beginning: String, _ end: String, _ style: Style = .plain) {
    guard !end.isEmpty else { return line(beginning, style) }
    guard let width = console.width else { return line("\(beginning)  \(end)", style) }
    if width < Table.narrowWidthMax {
      line(beginning, style)
      return line("      " + end, .dim)
    }
    let ending = console.visible(end)
    let room = max(20, width - columns(ending) - 2)
    let start = fitted(console.visible(beginning), to: room, ellipsis: console.symbols.ellipsis)
    line(padded(start, to: room) + "  " + ending, style)
  }

  func handle(_ view: RecordView) -> String { handles[view.id]?.description ?? "" }

  func joined(_ parts: [String?]) -> String {
    parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " \(console.symbols.dot) ")
  }

  func words(_ name: String, of view: RecordView) throws -> String {
    guard let register = view.description?.register(named: name) else { return "" }
    return try workspace.words(register, of: view)
  }
}

// MARK: - Who they are

extension AccountPage {
  private func showHead() throws {
    let slug = account.text("slug") ?? ""
    let gone = account.state.alive ? "" : " (\(said(word: "deleted")))"
    line("\(account.text("name") ?? "")\(gone)", slug, .strong)
    let tier = try words("tier", of: account)
    let facts = joined([
      try words("counterpart", of: account), try words("stage", of: account),
      tier.isEmpty ? nil : said("tier \(tier)"),
      account.flag("key-account") ? said(word: "key account") : nil,
      try words("industry", of: account), try words("country", of: account),
    ])
    if !facts.isEmpty { line("  " + facts) }
    let manager = try words("manager", of: account)
    let people = joined([
      manager.isEmpty ? nil : said("manager \(manager)"), try privilegedContact(),
    ])
    if !people.isEmpty { line("  " + people) }
    if let website = account.text("website") { line("  " + website) }
    for text in try plans() { line("  " + text) }
    for paragraph in (account.text("notes") ?? "").split(separator: "\n") {
      console.say("  \(paragraph)", .dim)
    }
    if account.isPending { console.say("  * waiting to sync", .dim) }
  }

  private func privilegedContact() throws -> String? {
    guard let contact = records(.privilegedContact).first, contact.reference("person") != nil else {
      return said("nobody is its privileged contact")
    }
    let person = try words("person", of: contact)
    let deputy = try words("deputy", of: contact)
    let register = KindDescription.privilegedContact.register(KindDescription.privilegedContact.title)
    let isRequested = try register.map { try workspace.isRequestedClaim($0, contact) } ?? false
    let main =
      isRequested ? said("privileged contact \(person) (requested)") : said("privileged contact \(person)")
    return deputy.isEmpty ? main : said("\(main), deputy \(deputy)")
  }

  private func plans() throws -> [String] {
    try records(.plan).filter { !["archived", "rejected"].contains($0.choice("status")) }.map { plan in
      joined([
        said("plan “\(plan.text("title") ?? "")”"), try words("type", of: plan),
        try words("status", of: plan),
        try words("period", of: plan),
      ])
    }
  }
}
