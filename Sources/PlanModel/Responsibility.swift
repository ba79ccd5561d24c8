extension KindDescription {
  /// The registers that make a person answer for a record: what somebody who leaves must hand over. Not what is said
  /// once, nor who asked for something.
  package var responsibilities: [RegisterDescription] {
    registers.filter {
      $0.type == .reference(KindDescription.person.number) && $0.policy != .once && $0.name != "requested-by"
    }
  }

  /// Whether nobody has to answer for a record any more.
  package func isFinished(_ body: Registers) -> Bool {
    guard let status = register(named: "status"), case .choice(let choices) = status.type,
      let encoded = body[status.number], case .integer(let number)? = try? status.type.decode(encoded)
    else { return false }
    return Self.finished.contains(choices.name(of: number))
  }

  private static let finished: Set<String> = ["done", "cancelled", "achieved", "archived", "rejected"]
}
