import PlanModel
import Replica
import Speech
import SyncCore
import Wording

extension Workbench {
  /// A register's value as people read it; "" when it is empty.
  package func words(_ register: RegisterDescription, of view: RecordView) throws -> String {
    guard let encoded = view.state.body[register.number] else { return "" }
    return try words(register, encoded, in: view.scope)
  }

  /// - Parameters:
  ///   - encoded: The register's bytes.
  ///   - scope: The record's: what a reference points to is looked up from there.
  package func words(
    _ register: RegisterDescription, _ encoded: ArraySlice<UInt8>, in scope: Scope
  ) throws -> String {
    guard let value = try? register.type.decode(encoded) else {
      return reader.said("(not readable by this version)")
    }
    if register.type.isDepartment, case .integer(let number) = value {
      return reader.said(word: try departments().word(DepartmentCode(number)))
    }
    switch (register.type, value) {
    case (.choice(let choices), .integer(let number)): return reader.said(word: choices.name(of: number))
    case (.instant, .integer(let milliseconds)): return reader.said(moments.at(milliseconds))
    case (.kindNumber, .integer(let number)):
      return reader.said(
        word: UInt32(exactly: number).flatMap { PlanModel.kind($0) }?.label ?? "kind \(number)")
    case (.reference(let kind), .reference(let id)): return try words(reference: id, kind: kind, from: scope)
    case (_, .reference(let id)): return try words(reference: id, kind: 0, from: scope)
    case (.date, .text(let text)): return PlanDate(text).map { reader.language.spoken($0) } ?? text
    case (_, .text(let text)): return text
    case (_, .integer(let number)): return String(number)
    case (_, .flag(let flag)): return reader.said(word: flag ? "yes" : "no")
    case (_, .money(let money)): return reader.language.spoken(money)
    case (.graded(let choices), .graded(let number, let likelihood)):
      let percent = likelihood.isMultiple(of: 100) ? "\(likelihood / 100)" : "\(Double(likelihood) / 100)"
      return "\(reader.said(word: choices.name(of: number))) \(percent)%"
    case (_, .graded): return ""
    case (_, .period(let from, let to)): return "\(reader.said(from.spoken))..\(reader.said(to.spoken))"
    case (_, .opaque): return ""
    }
  }

  private func words(reference id: RecordID, kind: UInt32, from scope: Scope) throws -> String {
    switch kind {
    case KindDescription.person.number: return reader.said(try people().name(id))
    case KindDescription.account.number: return try accounts().label(id)
    default: return try reference(id, from: scope)
    }
  }
}

/// "in-progress" is how it is typed; prose says "in progress".
package func prose(_ word: String) -> Phrase { .word(word.replacing("-", with: " ")) }
