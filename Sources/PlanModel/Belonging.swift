extension KindDescription {
  /// The registers that say what a record belongs to: what it was made for, and is nothing without. It is hidden while that
  /// is deleted, and comes back with it.
  package var owners: [RegisterDescription] { Self.ownersByKind[number] ?? [] }

  private static let ownersByKind: [UInt32: [RegisterDescription]] = Dictionary(
    uniqueKeysWithValues: PlanModel.kinds.map { kind in (kind.number, kind.registers.filter(kind.isOwner)) })

  private func isOwner(_ register: RegisterDescription) -> Bool {
    // An objective is moved between plans, and is none's without one.
    if number == KindNumber.objective, register.number == ObjectiveRegister.plan { return true }
    guard register.policy == .once else { return false }
    switch register.type {
    case .anyReference: return true
    case .reference(let target): return register.isRequired && PlanModel.kind(target)?.family != .directory
    default: return false
    }
  }
}
