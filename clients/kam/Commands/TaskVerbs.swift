import Speech
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

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let receipt =
      try task.map { try workspace.claim(task: $0) }
      ?? workspace.claimNext(department: department, account: account)
    try workspace.tell(receipt, asJSON: json.isWanted)
  }
}

/// A lead's or a manager's: who is to do it.
struct AssignTask: Command {
  static let name = "task assign"
  static let about: Phrase = "Give a task to somebody; for leads of its department and managers."
  @Takes("TASK", "The task.") var task: String
  @Takes("EMAIL --to", "Who it is.") var to: String
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.tell(workspace.assign(task: task, to: to), asJSON: json.isWanted)
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

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let receipt = try workspace.release(task: task, unchangedForDays: stale.map(days))
    try workspace.tell(receipt, asJSON: json.isWanted)
  }
}

struct StartTask: Command {
  static let name = "task start"
  static let about: Phrase = "Say that work on a task goes on; claims it when nobody has."
  @Takes("TASK", "The task.") var task: String
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.tell(workspace.start(task: task), asJSON: json.isWanted)
  }
}

struct BlockTask: Command {
  static let name = "task block"
  static let about: Phrase = "Say that a task cannot go on, and why."
  @Takes("TASK", "The task.") var task: String
  @Takes("TEXT --reason", "Why.") var reason: String
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.tell(workspace.block(task: task, reason: reason), asJSON: json.isWanted)
  }
}

struct FinishTask: Command {
  static let name = "task done"
  static let about: Phrase = "Say that a task is done."
  @Takes("TASK", "The task.") var task: String
  @Takes("--on DAY", "When; today unless said.") var on: String?
  @Takes("--evidence TEXT", "What shows it.") var evidence: String?
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.tell(workspace.finish(task: task, on: on, evidence: evidence), asJSON: json.isWanted)
  }
}

/// "14d", "2w".
private func days(_ text: String) throws -> Int {
  guard let count = dayCount(text) else {
    throw Failure.usage("--stale: “\(text)” is not an age; write it as 14d or 2w.")
  }
  return count
}
