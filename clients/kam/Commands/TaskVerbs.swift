import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// Who works on a task has one winner, so these are guarded: the server decides, and the next sync tells.

struct ClaimTask: Command {
  static let name = "task claim"
  static let about: Phrase = "Take a task. Offline it is a request; sync tells who has it."
  static let more: Phrase =
    "With --next: of the open tasks of your departments, the one that is due first."
  @Takes("TASK", "The task.") var task: String?
  @Takes("--next", "The next open task.") var next = false
  @Takes("--department DEPARTMENT", "With --next: of this department.") var department: String?
  @Takes("--account ACCOUNT", "With --next: of this account.") var account: String?
  let json = JSONOutput()

  func validate() throws {
    guard (task == nil) == next else { throw Failure.usage("Give a task, or --next.") }
    guard next || (department == nil && account == nil) else {
      throw Failure.usage("--department and --account go with --next.")
    }
  }

  func run() throws {
    let workspace = try Workspace()
    let task = try self.task.map { try WorkedTask($0, workspace) } ?? nextTask(workspace)
    try task.refuseIfFinished()
    try task.refuseIfHeldByAnother(orManager: false)
    var values: [Assignment] = [(TaskRegister.claimedBy, .reference(workspace.identity.person))]
    if task.status == TaskStatus.open { values.append((TaskRegister.status, .integer(TaskStatus.claimed))) }
    try task.write(
      values, "claimed", done: "Claim requested for", unchanged: "is yours already", asJSON: json.isWanted)
  }
}

extension ClaimTask {
  private func nextTask(_ workspace: Workspace) throws -> WorkedTask {
    let mine =
      try department.map { [try workspace.departments().resolve($0)] }
      ?? Array(workspace.memberships(of: workspace.identity.person).keys)
    guard !mine.isEmpty else {
      throw Failure.refused("You belong to no department; say which one: --department D.")
    }
    let account = try account.map { try workspace.account($0) }
    guard let first = try workspace.openTasks(of: Set(mine), account: account).first else {
      let names = try mine.sorted().map { try workspace.departments().word($0) }
      throw Failure.notFound(
        "There is no open task for \(enumerated(names.map { .word($0) }, or: true)) here.")
    }
    return WorkedTask(first, workspace)
  }
}

/// A lead's or a manager's: who is to do it.
struct AssignTask: Command {
  static let name = "task assign"
  static let about: Phrase = "Give a task to somebody; for leads of its department and managers."
  @Takes("TASK", "The task.") var task: String
  @Takes("EMAIL --to", "Who it is.") var to: String
  let json = JSONOutput()

  func run() throws {
    let workspace = try Workspace()
    let task = try WorkedTask(task, workspace)
    try task.refuseIfFinished()
    let person = try workspace.people().resolve(to)
    guard person.isActive else { throw Failure.refused("\(person.label) is suspended or has left.") }
    var values: [Assignment] = [(TaskRegister.claimedBy, .reference(person.id))]
    if task.status == TaskStatus.open { values.append((TaskRegister.status, .integer(TaskStatus.claimed))) }
    try task.write(
      values, "assigned to \(person.name):", done: "Assigned to \(person.name):",
      unchanged: person.id == workspace.identity.person ? "is yours already" : "is theirs already",
      asJSON: json.isWanted)
  }
}

struct ReleaseTask: Command {
  static let name = "task release"
  static let about: Phrase = "Give a task back to its department."
  static let more: Phrase =
    "Others' claims: for leads of the department and managers of the account."
  @Takes("TASK", "The task.") var task: String
  @Takes("--stale AGE", "Only when it has been held unchanged for so long, such as 14d or 2w.") var stale:
    String?
  let json = JSONOutput()

  func run() throws {
    let workspace = try Workspace()
    let task = try WorkedTask(task, workspace)
    try task.refuseIfHeldByAnother(orManager: true)
    if let stale { try task.refuseUnlessUnchanged(forDays: try days(stale)) }
    var values: [Assignment] = [(TaskRegister.claimedBy, nil)]
    if !task.isFinished { values.append((TaskRegister.status, .integer(TaskStatus.open))) }
    try task.write(values, "released", done: "Released", unchanged: "is nobody's", asJSON: json.isWanted)
  }
}

struct StartTask: Command {
  static let name = "task start"
  static let about: Phrase = "Say that work on a task goes on; claims it when nobody has."
  @Takes("TASK", "The task.") var task: String
  let json = JSONOutput()

  func run() throws {
    let workspace = try Workspace()
    let task = try WorkedTask(task, workspace)
    try task.refuseIfHeldByAnother(orManager: true)
    var values: [Assignment] = [
      (TaskRegister.status, .integer(TaskStatus.inProgress)), task.cleared("blocked-reason"),
    ]
    if task.holder == nil { values.append((TaskRegister.claimedBy, .reference(workspace.identity.person))) }
    let requested: Phrase = task.holder == nil ? ", claim requested" : .nothing
    try task.write(
      values, "started", done: "Started", requested, unchanged: "is in progress already",
      asJSON: json.isWanted)
  }
}

struct BlockTask: Command {
  static let name = "task block"
  static let about: Phrase = "Say that a task cannot go on, and why."
  @Takes("TASK", "The task.") var task: String
  @Takes("TEXT --reason", "Why.") var reason: String
  let json = JSONOutput()

  func run() throws {
    let workspace = try Workspace()
    let task = try WorkedTask(task, workspace)
    try task.refuseIfFinished()
    try task.refuseIfHeldByAnother(orManager: true)
    try task.write(
      [(TaskRegister.status, .integer(TaskStatus.blocked)), try task.value("blocked-reason", reason)],
      "blocked",
      done: "Blocked", unchanged: "is blocked already", asJSON: json.isWanted)
  }
}

struct FinishTask: Command {
  static let name = "task done"
  static let about: Phrase = "Say that a task is done."
  @Takes("TASK", "The task.") var task: String
  @Takes("--on DAY", "When; today unless said.") var on: String?
  @Takes("--evidence TEXT", "What shows it.") var evidence: String?
  let json = JSONOutput()

  func run() throws {
    let workspace = try Workspace()
    let task = try WorkedTask(task, workspace)
    try task.refuseIfHeldByAnother(orManager: true)
    var values: [Assignment] = [(TaskRegister.status, .integer(TaskStatus.done))]
    if on != nil || task.status != TaskStatus.done { values.append(try task.value("done-on", on ?? "today")) }
    if let evidence { values.append(try task.value("evidence", evidence)) }
    if task.status == TaskStatus.blocked { values.append(task.cleared("blocked-reason")) }
    try task.write(values, "finished", done: "Done:", unchanged: "is done already", asJSON: json.isWanted)
  }
}

/// "14d", "2w".
private func days(_ text: String) throws -> Int {
  guard let count = dayCount(text) else {
    throw Failure.usage("--stale: “\(text)” is not an age; write it as 14d or 2w.")
  }
  return count
}

/// A task with what its work depends on.
private struct WorkedTask {
  let workspace: Workspace
  let view: RecordView
  let holder: RecordID?
  let status: Int64

  private static let kind = KindDescription.task

  init(_ name: String, _ workspace: Workspace) throws {
    self.init(try workspace.find(name, kind: Self.kind), workspace)
  }

  init(_ view: RecordView, _ workspace: Workspace) {
    self.workspace = workspace
    self.view = view
    holder = workspace.taskHolder(view)
    if let register = Self.kind.register(TaskRegister.status),
      case .integer(let number)? = view.value(register)
    {
      status = number
    } else {
      status = TaskStatus.open
    }
  }

  var isFinished: Bool { status == TaskStatus.done || status == TaskStatus.cancelled }

  func refuseIfFinished() throws {
    guard isFinished else { return }
    throw Failure.refused(
      "\(try workspace.name(view)) \(workspace.quotedTitle(view)) is \(status == TaskStatus.done ? "done" : "cancelled") already; "
        + "`kam task edit … --status open` opens it again.")
  }

  func refuseIfHeldByAnother(orManager: Bool) throws {
    guard let holder, holder != workspace.identity.person else { return }
    if orManager {
      let standing = try workspace.replica.standing(in: view.scope)
      if standing.effectiveRole(in: .plan) == .manager { return }
      if let code = workspace.taskDepartment(view), standing.departments[code]?.role == .lead { return }
    }
    let since: Phrase =
      view.state.stamps[TaskRegister.claimedBy].map { ", since \(workspace.moments.at($0.milliseconds))" }
      ?? .nothing
    throw Failure.refused(
      """
      \(try workspace.people().name(holder)) holds \(try workspace.name(view)) \(workspace.quotedTitle(view))\(since). \
      They can release it, or a lead of its department or a manager of the account can.
      """)
  }

  /// Work that goes on shows: whoever holds a task writes into it.
  func refuseUnlessUnchanged(forDays days: Int) throws {
    guard let last = view.state.stamps.latest?.milliseconds else { return }
    let age = workspace.shell.now - last
    guard age < Int64(days) * 86_400_000 else { return }
    throw Failure.refused(
      """
      \(try workspace.name(view)) \(workspace.quotedTitle(view)) was changed \(Moments.span(max(0, age))) ago; \
      --stale asks for \(counted(days, "day")). It stays with its holder.
      """)
  }

  func value(_ register: String, _ text: String) throws -> Assignment {
    guard let register = Self.kind.register(named: register) else {
      preconditionFailure("tasks have \(register)")
    }
    return (register.number, try workspace.value(text, for: register, in: view.scope))
  }

  func cleared(_ register: String) -> Assignment { (Self.kind.register(named: register)?.number ?? 0, nil) }

  func write(
    _ values: [Assignment], _ verb: String, done: Phrase, _ more: Phrase = .nothing, unchanged: Phrase,
    asJSON: Bool
  ) throws {
    let changed = try workspace.edit(in: view.scope, "\(verb) \(try workspace.name(view))") { draft in
      try draft.update(view.id, values)
    }
    try workspace.tell(view, changed ? done : nil, more, unchanged: unchanged, asJSON: asJSON)
  }
}
