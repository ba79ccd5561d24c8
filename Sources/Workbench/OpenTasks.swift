import PlanModel
import Replica
import Speech
import SyncCore

extension Workbench {
  /// Tasks that nobody holds, what is due first coming first.
  ///
  /// - Parameter departments: Only theirs.
  package func openTasks(of departments: Set<DepartmentCode>, account: RecordID? = nil) throws -> [RecordView]
  {
    let open = encodedStatus(TaskStatus.open)
    let wanted = Set(departments.map { encodedDepartment($0) })
    let found = try replica.records(ofKind: KindDescription.task.number, account: account) { body, alive in
      alive && !body.contains(TaskRegister.claimedBy)
        && body[TaskRegister.department].map { wanted.contains(Array($0)) } ?? false
        && (body[TaskRegister.status].map(Array.init) ?? open) == open
    }
    return byDueDay(found)
  }

  /// Tasks that somebody holds and has not finished, what is due first coming first.
  package func heldTasks(where admits: (RecordID) -> Bool) throws -> [RecordView] {
    let finished = [TaskStatus.done, TaskStatus.cancelled].map(encodedStatus)
    let found = try replica.records(ofKind: KindDescription.task.number) { body, alive in
      guard alive, body.contains(TaskRegister.claimedBy) else { return false }
      return body[TaskRegister.status].map { !finished.contains(Array($0)) } ?? true
    }
    return byDueDay(found.filter { view in taskHolder(view).map(admits) ?? false })
  }

  package func taskHolder(_ view: RecordView) -> RecordID? {
    guard let register = KindDescription.task.register(TaskRegister.claimedBy),
      case .reference(let id)? = view.value(register)
    else { return nil }
    return id
  }

  package func taskDepartment(_ view: RecordView) -> DepartmentCode? {
    guard let register = KindDescription.task.register(TaskRegister.department),
      case .integer(let number)? = view.value(register)
    else { return nil }
    return DepartmentCode(number)
  }

  /// Whether a task should have been done before today.
  package func isOverdue(_ view: RecordView) -> Bool {
    guard let day = dueDay(view).flatMap({ PlanDate($0) }), day < moments.day(after: 0),
      let status = KindDescription.task.register(TaskRegister.status)
    else { return false }
    let stands = view.value(status)
    return stands != .integer(TaskStatus.done) && stands != .integer(TaskStatus.cancelled)
  }

  private func dueDay(_ view: RecordView) -> String? {
    guard let due = KindDescription.task.register(TaskRegister.due), case .text(let day)? = view.value(due)
    else { return nil }
    return day
  }

  private func byDueDay(_ views: [RecordView]) -> [RecordView] {
    let keys = views.map { dueDay($0) ?? "9999-99-99" }
    return views.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { views[$0] }
  }

  private func encodedStatus(_ status: Int64) -> [UInt8] {
    KindDescription.task.register(TaskRegister.status)?.type
      .encode(.integer(status), as: TaskRegister.status) ?? []
  }

  private func encodedDepartment(_ code: DepartmentCode) -> [UInt8] {
    RegisterType.choice(.departments).encode(.integer(code.number), as: TaskRegister.department)
  }
}
