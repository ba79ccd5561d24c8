import ArgumentParser
import PlanModel
import Replica
import SyncCore
import Wording

// Who works on a task has one winner, so these are guarded: the server decides, and the next sync tells.

struct ClaimTask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claim", abstract: said("Take a task. Offline it is a request; sync tells who has it."),
    discussion: said("With --next: of the open tasks of your departments, the one that is due first."))
  @Argument(help: explained("The task.")) var task: String?
  @Flag(help: explained("The next open task.")) var next = false
  @Option(help: explained("With --next: of this department.", valueName: "department")) var department:
    String?
  @Option(help: explained("With --next: of this account.", valueName: "account")) var account: String?
  @OptionGroup var json: JSONOption

  func validate() throws {
    guard (task == nil) == next else { throw ValidationError(said("Give a task, or --next.")) }
    guard next || (department == nil && account == nil) else {
      throw ValidationError(said("--department and --account go with --next."))
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
struct AssignTask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: said("Give a task to somebody; for leads of its department and managers."))
  @Argument(help: explained("The task.")) var task: String
  @Option(help: explained("Who it is.", valueName: "email")) var to: String
  @OptionGroup var json: JSONOption

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

struct ReleaseTask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: said("Give a task back to its department."),
    discussion: said("Others' claims: for leads of the department and managers of the account."))
  @Argument(help: explained("The task.")) var task: String
  @Option(
    help: explained("Only when it has been held unchanged for so long, such as 14d or 2w.", valueName: "age"))
  var stale: String?
  @OptionGroup var json: JSONOption

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

struct StartTask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: said("Say that work on a task goes on; claims it when nobody has."))
  @Argument(help: explained("The task.")) var task: String
  @OptionGroup var json: JSONOption

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

struct BlockTask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "block", abstract: said("Say that a task cannot go on, and why."))
  @Argument(help: explained("The task.")) var task: String
  @Option(help: explained("Why.", valueName: "text")) var reason: String
  @OptionGroup var json: JSONOption

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

struct FinishTask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "done", abstract: said("Say that a task is done."))
  @Argument(help: explained("The task.")) var task: String
  @Option(help: explained("When; today unless said.", valueName: "day")) var on: String?
  @Option(help: explained("What shows it.", valueName: "text")) var evidence: String?
  @OptionGroup var json: JSONOption

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
