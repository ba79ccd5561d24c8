import PlanModel
import ProtocolMessages
import SyncCore

/// One mutation of a request, with all that can be said of it without the store: what it says, its hash, and whether its
/// values have the form of their registers. It is prepared before the one writer is asked for, which then only judges.
package struct PreparedMutation: Sendable {
  package let message: WireMutation
  /// SHA-256 over what it says, whoever sends it and under whatever number.
  let words: [UInt8]
  /// Of each change; how it cannot be read is told when its turn to be judged has come.
  let bodies: [Result<Body, WireError>]

  /// What a change sets.
  struct Body: Sendable {
    /// Of the message; 0 when it sets nothing.
    let kind: UInt32
    let set: Registers
    /// It names a register twice, or clears the record's life.
    let isAmbiguous: Bool
    /// One value has more bytes than any may have.
    let isTooLarge: Bool
    let forms: ValueForms
  }

  package init(_ message: WireMutation) throws {
    self.message = message
    words = try Receipt.words(of: message)
    bodies = message.changes.map { change in Result { () throws(WireError) in try Self.read(change) } }
  }

  private static func read(_ change: WireChange) throws(WireError) -> Body {
    let (kind, set) = try decodeBody(Array(change.set)[...])
    let named = Set(set.numbers + change.clear).count
    return Body(
      kind: kind, set: set,
      isAmbiguous: named != set.fields.count + change.clear.count || change.clear.contains(lifeRegister),
      isTooLarge: set.fields.contains { $0.end - $0.start > Limits.valueBytesMax },
      forms: ValueForms(of: set, as: PlanModel.kind(UInt32(clamping: change.kind.rawValue))))
  }
}
