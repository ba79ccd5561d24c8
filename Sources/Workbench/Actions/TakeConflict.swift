import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncCore
import Wording

extension Workbench {
  /// Writes the value of a conflict that does not stand, as a new edit; of a deleted record: restores it.
  ///
  /// - Parameter number: The conflict's.
  package func take(conflict number: Int64) throws -> Receipt {
    try asOne {
      guard let conflict = try replica.conflicts().first(where: { $0.number == number }) else {
        throw Failure.notFound("There is no conflict \(number); `\(action: .listConflicts)` lists them.")
      }
      guard let view = try replica.record(conflict.record, in: conflict.scope) else {
        throw Failure.notFound("The record of conflict \(number) is not in this replica any more.")
      }
      let told = try told(conflict)
      guard !conflict.isAboutDeletion else {
        return try restore(view, summary: "restored \(told.record) after a conflict")
      }
      return try write(told, told.stands == .mine ? conflict.theirs : conflict.mine, into: view)
    }
  }

  /// - Parameter wanted: The one that does not stand; when both are gone, one's own.
  private func write(
    _ told: ToldConflict, _ wanted: WireRegisterValue, into view: RecordView
  ) throws -> Receipt {
    let conflict = told.conflict
    guard wanted.fullBytes == 0 else {
      let history = Action.history(record: try handle(view.id))
      throw Failure.refused(
        "Only the beginning of that value was sent to this device, of \(Int(wanted.fullBytes)) bytes; `\(action: history)` shows it whole."
      )
    }
    guard let register = PlanModel.kind(conflict.kind)?.register(conflict.register) else {
      throw SchemaAhead(kind: conflict.kind, register: conflict.register)
    }
    let value = try Replica.encoded(wanted, register: register.number).map {
      try register.type.decode($0[...])
    }
    let isChanged = try edit(in: view.scope, "took the other \(told.field) of \(told.record)") { draft in
      try draft.update(view.id, [(register.number, value)])
    }
    let taken = told.stands == .mine ? told.theirs : told.mine
    return try receipt(view, isChanged ? "Wrote \(taken) as the \(told.field) of" : nil)
  }
}
