import PlanModel
import Speech

extension KindDescription {
  /// Two records of it may say the same, and be two.
  package var mayBeTwice: Bool { isEvent || keys.allSatisfy(isTitleAndMoment) }

  /// A title is no identity, not even with a moment: of two requests of one minute each is one of its own.
  private func isTitleAndMoment(_ key: [String]) -> Bool {
    let registers = key.compactMap { register(named: $0) }
    return registers.contains { $0.number == title } && registers.contains { $0.type == .instant }
  }

  /// Who has the same name may be the same.
  package var mayBeLikely: Bool {
    number == KindDescription.contact.number || number == KindDescription.account.number
  }

  /// A record of it that a row has made or taken is nobody's to find, but by its id: no register points to such records by
  /// what they are called.
  package var isFoundOnlyByID: Bool {
    mayBeTwice && number != KindDescription.contactPoint.number && !Self.pointedTo.contains(number)
  }

  private static let pointedTo = Set(
    PlanModel.kinds.flatMap(\.registers).compactMap { register -> UInt32? in
      if case .reference(let kind) = register.type { kind } else { nil }
    })

  /// By which registers it is known again; what has none only by all it says.
  package var ways: [[String]] { keys }

  /// What a person may call a record by.
  package var nameRegisters: [RegisterDescription] {
    let names =
      keys.filter { $0.count == 1 }.compactMap { $0.first }
      + [titleRegister?.name, number == KindDescription.contactPoint.number ? "value" : nil].compactMap { $0 }
    return names.compactMap { register(named: $0) }.filter {
      if case .reference = $0.type { return false }
      return true
    }
  }
}

extension RegisterValue {
  package var asText: String? { if case .text(let text) = self { text } else { nil } }
}
