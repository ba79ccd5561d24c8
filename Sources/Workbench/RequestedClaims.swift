import PlanModel
import Replica
import SyncCore

extension Workbench {
  /// A guarded reference that only this replica has: whether it stands is decided by the server.
  package func isRequestedClaim(_ register: RegisterDescription, _ view: RecordView) throws -> Bool {
    guard view.isPending, register.policy == .guarded, case .reference = register.type,
      view.state.body.contains(register.number)
    else { return false }
    let pending = try replica.pendingRegisters(of: view)
    // What a new record begins with nobody else can have claimed; an account's only record of a kind they can.
    let isContested = !isNew(view, pending: pending) || PlanModel.kind(view.kind)?.isSingleton == true
    return isContested && pending.contains(register.number)
  }

  /// Whether only this replica has the record.
  package func isNew(_ view: RecordView, pending: [UInt32]) -> Bool {
    view.isPending && pending.count == view.state.stamps.entries.count
  }
}
