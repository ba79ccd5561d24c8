import PlanModel
import ProtocolMessages

/// Whether a guard holds. Server and replica ask the same function, so that a replica shows what the server will do.
package enum GuardVerdict: Equatable, Sendable {
  case holds
  case fails
  /// What it is about is not here: the record, or what became of the author's earlier mutation, is still to come.
  case cannotTell

  /// What is known of the author's earlier mutation that a guard names.
  package enum Earlier: Equatable, Sendable {
    /// It was applied, and wrote with one of these stamps.
    case applied([Stamp])
    case refused
    /// It was not decided yet, or it is not known whether.
    case undecided
  }

  /// - Parameters:
  ///   - record: The record as committed; nil when there is none.
  ///   - isPending: The record does not exist yet, but an edit that waits makes it, or may make it.
  ///   - isFormer: The guard was made in a history that was lost, in which devices may have had other numbers.
  ///   - earlier: Looks a mutation up by its id.
  /// - Throws: `Refusal` for a guard that expects nothing, or what `earlier` throws.
  package static func judge(
    _ expectation: WireGuard, on record: RecordState?, isPending: Bool = false, isFormer: Bool = false,
    earlier: (RecordID) throws -> Earlier
  ) throws -> GuardVerdict {
    let current = record?.stamps[expectation.register]
    switch expectation.expect {
    case .mutation(let name):
      guard let id = RecordID(name) else { return .fails }
      switch try earlier(id) {
      case .refused: return .fails
      case .undecided: return record == nil && !isPending ? .fails : .cannotTell
      case .applied(let stamps): return current.map(stamps.contains) == true ? .holds : .fails
      }
    case .unset where record == nil: return .holds
    case nil: throw Refusal.malformed("a guard expects nothing")
    case _ where record == nil: return isPending ? .cannotTell : .fails
    case .stamp(let wire):
      let seen = Stamp(hlc: wire.hlc, replica: wire.replica)
      if current == seen { return .holds }
      guard isFormer else { return .fails }
      if current?.hlc == seen.hlc { return .holds }
      // The value that its author saw is not back yet.
      return (current ?? Stamp(hlc: 0, replica: 0)) < seen ? .cannotTell : .fails
    case .unset: return record?.body.contains(expectation.register) == false ? .holds : .fails
    case .alive(let alive): return record?.alive == alive ? .holds : .fails
    }
  }
}
