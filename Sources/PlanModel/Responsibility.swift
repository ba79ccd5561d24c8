extension KindDescription {
  /// The registers that make a person answer for a record: what somebody who leaves must hand over. Not what is said
  /// once, nor who asked for something.
  package var responsibilities: [RegisterDescription] {
    registers.filter {
      $0.type == .reference(KindNumber.person) && $0.policy != .once
        && !(number == KindNumber.task && $0.number == TaskRegister.requestedBy)
    }
  }

  /// Whether nobody has to answer for a record any more.
  package func isFinished(_ body: Registers) -> Bool {
    guard let (register, isFinished) = Self.finishing[number], let encoded = body[register],
      case .integer(let status)? = try? self.register(register)?.type.decode(encoded)
    else { return false }
    return isFinished(status)
  }

  /// By kind: the register that says how far a record is, and which of its values are an end.
  private static let finishing: [UInt32: (register: UInt32, isFinished: @Sendable (Int64) -> Bool)] = [
    KindNumber.plan: (PlanRegister.status, PlanStatus.isFinished),
    KindNumber.objective: (ObjectiveRegister.status, ObjectiveStatus.isFinished),
    KindNumber.task: (TaskRegister.status, TaskStatus.isFinished),
    KindNumber.project: (ProjectRegister.status, ProjectStatus.isFinished),
    KindNumber.contract: (ContractRegister.status, ContractStatus.isFinished),
  ]
}

// MARK: - What is an end

extension PlanStatus {
  package static func isFinished(_ status: Int64) -> Bool { status == rejected || status == archived }
}

extension ObjectiveStatus {
  /// One that is deferred is not: somebody still answers for it.
  package static func isFinished(_ status: Int64) -> Bool { status == achieved || status == cancelled }
}

extension TaskStatus {
  package static func isFinished(_ status: Int64) -> Bool { status == done || status == cancelled }
}

extension ProjectStatus {
  package static func isFinished(_ status: Int64) -> Bool { status == done }
}

extension ContractStatus {
  package static func isFinished(_ status: Int64) -> Bool { status == cancelled }
}
