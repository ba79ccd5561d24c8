// Who may move a task along. Claims are guarded, so `committed` is what the author saw when this is asked.

/// - Throws: ``Refusal`` when somebody else holds the task, or a claim is made in another's name.
func validateTaskWork(_ change: ProposedChange, by standing: Standing, committed: Registers) throws {
  if standing.effectiveRole(in: .plan) == .manager { return }
  let touchesWork =
    change.set.contains(TaskRegister.claimedBy) || change.set.contains(TaskRegister.status)
    || change.cleared.contains(TaskRegister.claimedBy) || change.cleared.contains(TaskRegister.status)
  // The department of a task decides who may move it, so a task that is held is not given to another by the way.
  let isReaddressed =
    (change.set.contains(TaskRegister.department) || change.cleared.contains(TaskRegister.department))
    && change.set[TaskRegister.department] != committed[TaskRegister.department]
  guard touchesWork || isReaddressed else { return }
  let claimant = person(in: change.set[TaskRegister.claimedBy])
  if let department = department(in: committed[TaskRegister.department]),
    let lead = standing.departments[department], lead.role == .lead
  {
    guard let claimant, claimant != standing.person else { return }
    guard lead.colleagues.contains(claimant) else { throw Refusal.notAColleague(department) }
    return
  }
  if let holder = person(in: committed[TaskRegister.claimedBy]), holder != standing.person {
    throw Refusal.taskHeldByAnother(what: .movingHeldTask)
  }
  if let claimant, claimant != standing.person {
    throw Refusal.taskHeldByAnother(what: .claimingForAnother)
  }
}

/// A record that is addressed to a department which is disengaged later stays with it; no new one is addressed to it.
func validateAddressee(of change: ProposedChange, _ kind: KindDescription, by standing: Standing) throws {
  guard let register = kind.addressee, let department = department(in: change.set[register]),
    standing.disengaged.contains(department)
  else { return }
  throw Refusal.notEngaged(department)
}

/// The department that a register names.
func department(in encoded: ArraySlice<UInt8>?) -> DepartmentCode? {
  guard let encoded, case .integer(let number)? = try? RegisterType.choice(.departments).decode(encoded)
  else {
    return nil
  }
  return DepartmentCode(number)
}

private func person(in encoded: ArraySlice<UInt8>?) -> RecordID? {
  guard let encoded, case .reference(let id)? = try? RegisterType.anyReference.decode(encoded) else {
    return nil
  }
  return id
}
