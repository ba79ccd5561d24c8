import PlanModel
import Replica

// The fields of a record by their names, for what reads records of many kinds.

extension RecordView {
  var description: KindDescription? { PlanModel.kind(kind) }

  private func value(_ name: String) -> RegisterValue? {
    description?.register(named: name).flatMap { value($0) }
  }

  func text(_ name: String) -> String? {
    if case .text(let text)? = value(name) { text } else { nil }
  }

  func day(_ name: String) -> PlanDate? { text(name).flatMap { PlanDate($0) } }
  func decimal(_ name: String) -> Double? { text(name).flatMap { Double($0) } }

  func integer(_ name: String) -> Int64? {
    if case .integer(let number)? = value(name) { number } else { nil }
  }

  func flag(_ name: String) -> Bool { value(name) == .flag(true) }

  func money(_ name: String) -> Money? {
    if case .money(let money)? = value(name) { money } else { nil }
  }

  func reference(_ name: String) -> RecordID? {
    if case .reference(let id)? = value(name) { id } else { nil }
  }

  /// The name of a choice: "in-progress". One that says nothing is as a new one is.
  func choice(_ name: String) -> String? {
    guard let register = description?.register(named: name), case .choice(let choices) = register.type else {
      return nil
    }
    return (integer(name) ?? register.initial).map { choices.name(of: $0) }
  }
}
