import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// Everything that waits for a person, across their accounts.
struct Inbox: Command {
  static let name = "inbox"
  static let about: Phrase = "What waits for you, across all accounts."
  static let more: Phrase = """
    Open tasks of your departments, what you hold, requests of customers, claims that were decided, and edits of \
    yours that met others'. What was decided and superseded is shown until you have looked once.
    """

  @Takes("--department DEPARTMENT", "Only this department's open tasks.") var department: String?
  @Takes("--limit N", "At most so many open tasks.") var limit = 50
  let json = JSONOutput()

  func validate() throws {
    guard limit > 0 else { throw Failure.usage("--limit must be greater than 0.") }
  }

  func run() throws {
    let workspace = try Workspace()
    let desk = try Desk(workspace, department: department)
    if json.isWanted {
      workspace.console.document(try desk.json(workspace).document)
    } else {
      try desk.show(workspace, limit: limit)
    }
    try workspace.replica.markLooked(through: desk.decidedThrough)
    try workspace.showAge()
  }
}

/// What is on a person's desk at one moment.
private struct Desk {
  let departments: [DepartmentCode: DepartmentRole]
  let open: [RecordView]
  let held: [RecordView]
  let requests: [RecordView]
  let decided: [DecidedClaim]
  let superseded: [ToldConflict]
  let refused: Int
  /// Of the last claim that is shown as decided.
  let decidedThrough: Int64

  init(_ workspace: Workspace, department: String?) throws {
    let me = workspace.identity.person
    var departments = try workspace.memberships(of: me)
    if let department {
      let only = try workspace.departments().resolve(department)
      departments = [only: departments[only] ?? .member]
    }
    self.departments = departments
    open = try workspace.openTasks(of: Set(departments.keys))
    held = try workspace.heldTasks { $0 == me }
    requests = try workspace.openRequests(of: me, departments: Set(departments.keys))
    let settled = try workspace.replica.settledGuarded(after: workspace.replica.lookedThrough())
    decided = try workspace.decidedClaims(among: settled.entries)
    decidedThrough = settled.through
    superseded = try workspace.replica.conflicts(unseenOnly: true).map(workspace.told)
    refused = try workspace.replica.quarantine().count
  }

  func show(_ workspace: Workspace, limit: Int) throws {
    let console = workspace.console
    var lines: [RecordID] = []
    func section(_ title: Phrase, _ views: [RecordView], _ kind: KindDescription = .task) throws {
      guard !views.isEmpty else { return }
      if !lines.isEmpty { console.show([Line("")]) }
      console.show([Line(said(title), .heading)])
      try workspace.show(views, kind, isOneAccount: false, firstLine: lines.count + 1)
      lines += views.map(\.id)
    }
    try section("Yours (\(held.count))", held)
    try section("Requests to you (\(requests.count))", Array(requests.prefix(limit)), .serviceRequest)
    for code in departments.keys.sorted() {
      let views = open.filter { workspace.taskDepartment($0) == code }
      let name = try workspace.departments().word(code)
      try section("Open for \(word: name) (\(views.count))", Array(views.prefix(limit)))
      if views.count > limit {
        console.say("  … and \(views.count - limit) more: kam task list --department \(name)")
      }
    }
    try workspace.remember(listed: lines)
    if !decided.isEmpty {
      if !lines.isEmpty { console.show([Line("")]) }
      console.show([Line(said("Decided since you looked"), .heading)])
      for claim in decided { console.say(.verbatim("  ") + (try workspace.sentence(claim))) }
    }
    if !superseded.isEmpty {
      console.say("Where your edits met others' (\(superseded.count)): kam conflicts")
      for conflict in workspace.folded(superseded).prefix(10) {
        console.say(.verbatim("  ") + (try workspace.sentence(conflict)))
      }
    }
    if refused > 0 { console.say("\(counted(refused, "refused edit")): kam conflicts refused") }
    if lines.isEmpty, decided.isEmpty, superseded.isEmpty, refused == 0 {
      console.say("Nothing waits for you.")
    }
    if departments.isEmpty {
      console.note(
        "You belong to no department; an admin can change that: kam user edit EMAIL --department …", .dim)
    }
  }

  func json(_ workspace: Workspace) throws -> JSON {
    func overdue(_ views: [RecordView]) -> JSON {
      .array(views.filter(workspace.isOverdue).map { .text($0.id.description) })
    }
    return .object([
      (
        "departments",
        .array(
          try departments.sorted { $0.key < $1.key }.map { code, role in
            .object([
              ("department", .text(try workspace.departments().word(code))), ("role", .text(role.name)),
            ])
          })
      ),
      ("yours", .array(try workspace.json(held))), ("open", .array(try workspace.json(open))),
      ("requests", .array(try workspace.json(requests))), ("overdue", overdue(held + open)),
      ("decided", .array(try decided.map(workspace.json))),
      ("superseded", .array(try superseded.map(workspace.json))), ("refused", .integer(refused)),
    ])
  }
}
