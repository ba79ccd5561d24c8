import PlanModel
import Replica
import Speech
import SyncCore
import Wording

extension Workbench {
  /// Reads what was typed into registers; what was not given is left out.
  func assignments(
    typed given: [(register: UInt32, text: String?)], of kind: KindDescription, in scope: Scope
  ) throws -> [Assignment] {
    try given.compactMap { number, text in
      guard let text, let register = kind.register(number) else { return nil }
      return (number, try value(text, for: register, in: scope))
    }
  }

  /// Makes one record.
  ///
  /// - Parameter given: What it says; the rest is what a new one starts with.
  func make(
    _ kind: KindDescription, in scope: Scope, _ summary: Phrase, _ given: [Assignment]
  ) throws -> RecordView {
    let values = try complete(given, kind)
    let id = newID()
    try edit(in: scope, summary) { try $0.create(id, kind: kind.number, values) }
    guard let view = try replica.record(id, in: scope) else { throw ReplicaError.unknownScope(scope) }
    return view
  }
}
