import PlanModel
import SyncCore

// What a draft points to, as this replica shows it with the draft's own changes.

extension Draft: ReferenceSource {
  func checkReferences(of change: ProposedChange, current: Registers?) throws {
    try validateReferences(of: change, in: scope, current: current, from: self)
  }

  package func target(_ id: RecordID, in place: Scope) throws -> ReferenceTarget? {
    guard place == scope else { return try series.target(id, in: place) }
    return try current(id).map { ReferenceTarget(kind: $0.kind, body: $0.body) }
  }

  package func stored(_ id: RecordID, in place: Scope) throws -> ReferenceTarget? {
    try target(id, in: place)
  }

  package func needs(of task: RecordID, in place: Scope) throws -> [RecordID] {
    try dependencies().filter { $0.task == task }.map(\.needs)
  }

  /// Those of the account that are not deleted, as they are shown.
  private func dependencies() throws -> [(task: RecordID, needs: RecordID)] {
    let kind = KindDescription.taskDependency
    var states: [RecordID: RecordState] = [:]
    for state in try reading.states(ofKind: kind.number, in: held.number) { states[state.id] = state }
    for (id, state) in drafted where state.kind == kind.number { states[id] = state }
    return try states.values.filter(\.alive).compactMap { state in
      guard let task = try kind.reference(TaskDependencyRegister.task, in: state.body),
        let needs = try kind.reference(TaskDependencyRegister.needs, in: state.body)
      else { return nil }
      return (task, needs)
    }
  }
}
