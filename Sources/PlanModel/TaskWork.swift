// Who may move a task along. Claims are guarded, so `current` is what the author saw when this is asked.

/// The registers of a task that its work is made of.
package enum TaskRegister {
  package static let title: UInt32 = 1
  package static let department: UInt32 = 3
  package static let due: UInt32 = 4
  package static let claimedBy: UInt32 = 14
  package static let status: UInt32 = 15
}

package enum TaskStatus {
  package static let open: Int64 = 1
  package static let claimed: Int64 = 2
  package static let inProgress: Int64 = 3
  package static let blocked: Int64 = 4
  package static let done: Int64 = 5
  package static let cancelled: Int64 = 6
}

/// - Throws: ``Refusal`` when somebody else holds the task, or a claim is made in another's name.
func validateTaskWork(_ change: ProposedChange, by standing: Standing, current: Registers) throws {
  if standing.effectiveAccountRole == .manager { return }
  let holder = person(in: current[TaskRegister.claimedBy])
  let touchesWork =
    change.set.contains(TaskRegister.claimedBy) || change.set.contains(TaskRegister.status)
    || change.cleared.contains(TaskRegister.claimedBy) || change.cleared.contains(TaskRegister.status)
  guard touchesWork else { return }
  if let holder, holder != standing.person {
    throw Refusal.taskHeldByAnother(what: "Moving a task that somebody holds")
  }
  if let claimant = person(in: change.set[TaskRegister.claimedBy]), claimant != standing.person {
    throw Refusal.taskHeldByAnother(what: "Claiming in another person's name")
  }
}

private func person(in encoded: ArraySlice<UInt8>?) -> RecordID? {
  guard let encoded, case .reference(let id)? = try? RegisterType.anyReference.decode(encoded) else {
    return nil
  }
  return id
}
