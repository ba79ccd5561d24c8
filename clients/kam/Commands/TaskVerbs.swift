import ArgumentParser
import PlanModel
import Replica
import SyncCore

// Who works on a task has one winner, so these are guarded: the server decides, and the next sync tells.

struct ClaimTask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claim", abstract: "Take a task. Offline it is a request; sync tells who has it.")
  @Argument(help: "The task.") var task: String
  @OptionGroup var json: JSONOption

  func run() throws {
    let workspace = try Workspace()
    let task = try WorkedTask(task, workspace)
    try task.refuseIfFinished()
    try task.refuseIfHeldByAnother(orManager: false)
    var values: [Assignment] = [(TaskRegister.claimedBy, .reference(workspace.identity.person))]
    if task.status == TaskStatus.open { values.append((TaskRegister.status, .integer(TaskStatus.claimed))) }
    try task.write(
      values, "claimed", done: "Claim requested for", unchanged: "is yours already", asJSON: json.isWanted)
  }
}

struct ReleaseTask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Give a task back to its department.")
  @Argument(help: "The task.") var task: String
  @OptionGroup var json: JSONOption

  func run() throws {
    let workspace = try Workspace()
    let task = try WorkedTask(task, workspace)
    try task.refuseIfHeldByAnother(orManager: true)
    var values: [Assignment] = [(TaskRegister.claimedBy, nil)]
    if !task.isFinished { values.append((TaskRegister.status, .integer(TaskStatus.open))) }
    try task.write(values, "released", done: "Released", unchanged: "is nobody's", asJSON: json.isWanted)
  }
}

struct StartTask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Say that work on a task goes on; claims it when nobody has.")
  @Argument(help: "The task.") var task: String
  @OptionGroup var json: JSONOption

  func run() throws {
    let workspace = try Workspace()
    let task = try WorkedTask(task, workspace)
    try task.refuseIfHeldByAnother(orManager: true)
    var values: [Assignment] = [
      (TaskRegister.status, .integer(TaskStatus.inProgress)), task.cleared("blocked-reason"),
    ]
    if task.holder == nil { values.append((TaskRegister.claimedBy, .reference(workspace.identity.person))) }
    let requested = task.holder == nil ? ", claim requested" : ""
    try task.write(
      values, "started", done: "Started", requested, unchanged: "is in progress already",
      asJSON: json.isWanted)
  }
}

struct BlockTask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "block", abstract: "Say that a task cannot go on, and why.")
  @Argument(help: "The task.") var task: String
  @Option(help: ArgumentHelp("Why.", valueName: "text")) var reason: String
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
  static let configuration = CommandConfiguration(commandName: "done", abstract: "Say that a task is done.")
  @Argument(help: "The task.") var task: String
  @Option(help: ArgumentHelp("When; today unless said.", valueName: "day")) var on: String?
  @Option(help: ArgumentHelp("What shows it.", valueName: "text")) var evidence: String?
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

/// A task with what its work depends on.
private struct WorkedTask {
  let workspace: Workspace
  let view: RecordView
  let holder: RecordID?
  let status: Int64

  private static let kind = KindDescription.task

  init(_ name: String, _ workspace: Workspace) throws {
    self.workspace = workspace
    view = try workspace.find(name, kind: Self.kind)
    if let register = Self.kind.register(TaskRegister.claimedBy),
      case .reference(let id)? = view.value(register)
    {
      holder = id
    } else {
      holder = nil
    }
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
    if orManager, try workspace.replica.standing(in: view.scope).effectiveAccountRole == .manager { return }
    let since =
      view.state.stamps[TaskRegister.claimedBy].map { ", since \(workspace.moments.at($0.milliseconds))" }
      ?? ""
    throw Failure.refused(
      """
      \(try workspace.people().name(holder)) holds \(try workspace.name(view)) \(workspace.quotedTitle(view))\(since). \
      They can release it, or a manager of the account can.
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
    _ values: [Assignment], _ verb: String, done: String, _ more: String = "", unchanged: String, asJSON: Bool
  ) throws {
    let changed = try workspace.edit(in: view.scope, "\(verb) \(try workspace.name(view))") { draft in
      try draft.update(view.id, values)
    }
    try workspace.tell(view.id, changed ? done : nil, more, unchanged: unchanged, asJSON: asJSON)
  }
}
