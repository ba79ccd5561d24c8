import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncCore

extension Workbench {
  /// Service requests that wait for a person: those they take care of, and those that wait for their departments with
  /// nobody taking care. The worst first, then the oldest.
  package func openRequests(of person: RecordID, departments: Set<DepartmentCode>) throws -> [RecordView] {
    let closed = try closedRequests()
    var waiting: [(view: RecordView, severity: Int, openedAt: Int64)] = []
    for view in try replica.records(
      ofKind: KindDescription.serviceRequest.number, where: { _, alive in alive })
    {
      guard !closed.contains(view.id),
        let request = try? view.state.message(KamServiceRequest.self)
      else { continue }
      let isTheirs =
        request.hasAssignee
        ? RecordID(request.assignee) == person
        : request.hasDepartment && departments.contains(DepartmentCode(Int64(request.department.rawValue)))
      if isTheirs { waiting.append((view, request.severity.rawValue, request.openedAt)) }
    }
    waiting.sort { ($1.severity, $0.openedAt) < ($0.severity, $1.openedAt) }
    return waiting.map(\.view)
  }

  private func closedRequests() throws -> Set<RecordID> {
    closedByTheirEvents(
      try replica.records(ofKind: KindDescription.requestEvent.number, where: { _, alive in alive }))
  }
}

/// The requests whose last event, by when it happened, resolved or closed them.
package func closedByTheirEvents(_ events: [RecordView]) -> Set<RecordID> {
  var last: [RecordID: (at: Int64, closes: Bool)] = [:]
  for view in events {
    // Answering, escalating and filing it elsewhere leave it as open as it was.
    guard let request = view.reference(RequestEventRegister.request),
      let type = view.choice(RequestEventRegister.type),
      ["resolved", "closed", "reopened"].contains(type)
    else { continue }
    let at = view.integer(RequestEventRegister.occurredAt) ?? 0
    if at >= last[request]?.at ?? .min { last[request] = (at, type != "reopened") }
  }
  return Set(last.filter(\.value.closes).keys)
}
