import PlanModel
import Replica
import Speech
import SyncCore
import Wording

// Who works on a task has one winner, so these are guarded: the server decides, and the next sync tells.

extension Workbench {
  /// Asks for a task; without a network it is a request, and a sync tells who has it.
  package func claim(task: String) throws -> Receipt {
    try asOne { try claim(WorkedTask(task, self)) }
  }

  /// Of the open tasks of one's departments, the one that is due first.
  ///
  /// - Parameters:
  ///   - department: Only of this one.
  ///   - account: Only of this one.
  package func claimNext(department: String? = nil, account: String? = nil) throws -> Receipt {
    try asOne {
      let mine =
        try department.map { [try departments().resolve($0)] }
        ?? Array(memberships(of: identity.person).keys)
      guard !mine.isEmpty else {
        throw Failure.refused("You belong to no department; say which one: \(field: "department").")
      }
      let account = try account.map { try self.account($0) }
      guard let first = try openTasks(of: Set(mine), account: account).first else {
        let names = try mine.sorted().map { try departments().word($0) }
        throw Failure.notFound(
          "There is no open task for \(enumerated(names.map { .word($0) }, or: true)) here.")
      }
      return try claim(WorkedTask(first, self))
    }
  }

  private func claim(_ task: WorkedTask) throws -> Receipt {
    try task.refuseIfFinished()
    try task.refuseIfHeldByAnother(orManager: false)
    return try task.write(
      [task.held(by: identity.person)] + task.nowClaimed, "claimed", done: "Claim requested for",
      unchanged: "is yours already")
  }

  /// Gives a task to somebody; for leads of its department and managers.
  package func assign(task: String, to name: String) throws -> Receipt {
    try asOne {
      let task = try WorkedTask(task, self)
      try task.refuseIfFinished()
      let person = try people().resolve(name)
      guard person.isActive else { throw Failure.refused("\(person.label) is suspended or has left.") }
      return try task.write(
        [task.held(by: person.id)] + task.nowClaimed, "assigned to \(person.name):",
        done: "Assigned to \(person.name):",
        unchanged: person.id == identity.person ? "is yours already" : "is theirs already")
    }
  }

  /// Gives a task back to its department.
  ///
  /// - Parameter days: Only when it has been held unchanged for so long.
  package func release(task: String, unchangedForDays days: Int? = nil) throws -> Receipt {
    try asOne {
      let task = try WorkedTask(task, self)
      try task.refuseIfHeldByAnother(orManager: true)
      if let days { try task.refuseUnlessUnchanged(forDays: days) }
      var values = [task.held(by: nil)]
      if !task.isFinished { values.append((TaskRegister.status, .integer(TaskStatus.open))) }
      return try task.write(values, "released", done: "Released", unchanged: "is nobody's")
    }
  }

  /// Says that work on a task goes on; claims it when nobody has.
  package func start(task: String) throws -> Receipt {
    try asOne {
      let task = try WorkedTask(task, self)
      try task.refuseIfHeldByAnother(orManager: true)
      var values: [Assignment] = [
        (TaskRegister.status, .integer(TaskStatus.inProgress)), (TaskRegister.blockedReason, nil),
      ]
      if task.holder == nil { values.append(task.held(by: identity.person)) }
      let requested: Phrase = task.holder == nil ? ", claim requested" : .nothing
      return try task.write(
        values, "started", done: "Started", requested, unchanged: "is in progress already")
    }
  }

  /// Says that a task cannot go on, and why.
  package func block(task: String, reason: String) throws -> Receipt {
    try asOne {
      let task = try WorkedTask(task, self)
      try task.refuseIfFinished()
      try task.refuseIfHeldByAnother(orManager: true)
      return try task.write(
        [(TaskRegister.status, .integer(TaskStatus.blocked))]
          + task.typed([(TaskRegister.blockedReason, reason)]),
        "blocked", done: "Blocked", unchanged: "is blocked already")
    }
  }

  /// Says that a task is done.
  ///
  /// - Parameters:
  ///   - day: When, as typed; nil: today, unless it was done before.
  ///   - evidence: What shows it.
  package func finish(task: String, on day: String? = nil, evidence: String? = nil) throws -> Receipt {
    try asOne {
      let task = try WorkedTask(task, self)
      try task.refuseIfHeldByAnother(orManager: true)
      let today = task.status == TaskStatus.done ? nil : "today"
      var values: [Assignment] = [(TaskRegister.status, .integer(TaskStatus.done))]
      values += try task.typed([(TaskRegister.doneOn, day ?? today), (TaskRegister.evidence, evidence)])
      if task.status == TaskStatus.blocked { values.append((TaskRegister.blockedReason, nil)) }
      return try task.write(values, "finished", done: "Done:", unchanged: "is done already")
    }
  }
}

/// A task with what its work depends on.
private struct WorkedTask {
  let workbench: Workbench
  let view: RecordView
  let holder: RecordID?
  let status: Int64

  init(_ name: String, _ workbench: Workbench) throws {
    self.init(try workbench.find(name, kind: .task), workbench)
  }

  init(_ view: RecordView, _ workbench: Workbench) {
    self.workbench = workbench
    self.view = view
    holder = workbench.taskHolder(view)
    status = view.integer(TaskRegister.status) ?? TaskStatus.open
  }

  var isFinished: Bool { TaskStatus.isFinished(status) }
  /// What an open task that somebody takes is from then on.
  var nowClaimed: [Assignment] {
    status == TaskStatus.open ? [(TaskRegister.status, .integer(TaskStatus.claimed))] : []
  }

  func held(by person: RecordID?) -> Assignment {
    (TaskRegister.claimedBy, person.map(RegisterValue.reference))
  }

  func typed(_ given: [(register: UInt32, text: String?)]) throws -> [Assignment] {
    try workbench.assignments(typed: given, of: .task, in: view.scope)
  }

  func refuseIfFinished() throws {
    guard isFinished else { return }
    throw Failure.refused(
      "\(try workbench.name(view)) \(workbench.quotedTitle(view)) is \(status == TaskStatus.done ? "done" : "cancelled") already; "
        + "`\(action: .reopen(task: try workbench.handle(view.id)))` opens it again.")
  }

  func refuseIfHeldByAnother(orManager: Bool) throws {
    guard let holder, holder != workbench.identity.person else { return }
    if orManager {
      let standing = try workbench.replica.standing(in: view.scope)
      if standing.effectiveRole(in: .plan) == .manager { return }
      if let code = workbench.taskDepartment(view), standing.departments[code]?.role == .lead { return }
    }
    let since: Phrase =
      view.state.stamps[TaskRegister.claimedBy].map { ", since \(workbench.moments.at($0.milliseconds))" }
      ?? .nothing
    throw Failure.refused(
      """
      \(try workbench.people().name(holder)) holds \(try workbench.name(view)) \(workbench.quotedTitle(view))\(since). \
      They can release it, or a lead of its department or a manager of the account can.
      """)
  }

  /// Work that goes on shows: whoever holds a task writes into it.
  func refuseUnlessUnchanged(forDays days: Int) throws {
    guard let last = view.state.stamps.latest?.milliseconds else { return }
    let age = workbench.now - last
    guard age < Int64(days) * 86_400_000 else { return }
    throw Failure.refused(
      """
      \(try workbench.name(view)) \(workbench.quotedTitle(view)) was changed \(Moments.span(max(0, age))) ago; \
      \(field: "stale") asks for \(counted(days, "day")). It stays with its holder.
      """)
  }

  func write(
    _ values: [Assignment], _ verb: String, done: Phrase, _ more: Phrase = .nothing, unchanged: Phrase
  ) throws -> Receipt {
    let isChanged = try workbench.edit(in: view.scope, "\(verb) \(try workbench.name(view))") { draft in
      try draft.update(view.id, values)
    }
    return try workbench.receipt(view, isChanged ? done : nil, more, unchanged: unchanged)
  }
}
