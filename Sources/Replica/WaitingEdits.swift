import PlanModel
import ProtocolMessages
import SyncCore

/// How an edit that waits is shown.
extension ReplicaTransaction {
  /// Shows a waiting mutation's changes on top of what is there.
  func apply(_ mutation: WireMutation, key: Int64, in scope: Int64) throws {
    try apply(mutation, key: key, in: scope) { try standing($0, in: scope) }
  }

  /// - Parameter standing: The record as it is before.
  func apply(
    _ mutation: WireMutation, key: Int64, in scope: Int64,
    standing: (RecordID) throws -> StandingRecord
  ) throws {
    let own = Stamp(hlc: mutation.stamp.hlc, replica: mutation.stamp.replica)
    let plain = Stamp(
      hlc: mutation.decidedHlc == 0 ? own.hlc : mutation.decidedHlc, replica: own.replica)
    for change in mutation.changes {
      guard let id = RecordID(change.record) else { continue }
      let found = try standing(id)
      let before = found.state
      guard before != nil || change.create else {
        try awaitRecord(id, in: scope)
        continue
      }
      let write = try RecordWrite(change)
      let guarded = Set(mutation.guards.lazy.filter { $0.record == change.record }.map(\.register))
      let written = guarded.intersection(write.registers)
      var state = merge(
        write, stamps: mutation.stamps(plain, written, over: before), into: before, id: id,
        kind: UInt32(clamping: change.kind.rawValue)
      ).state
      // As long as it waits, what it wrote under a guard is known by the edit's own stamp.
      if mutation.receipt.isEmpty { for register in written { state.stamps[register] = own } }
      let row = OverlayRow(
        scope: scope, firstEdit: found.overlay?.firstEdit ?? key, lastEdit: key, state: state)
      try save(row)
    }
  }
}

extension WireMutation {
  /// The stamps with which a waiting mutation is shown: what it writes under a guard that holds will stand, whatever is
  /// there, because the server stamps it when it decides.
  fileprivate func stamps(
    _ plain: Stamp, _ guarded: Set<UInt32>, over before: RecordState?
  ) -> WriteStamps {
    guard !guarded.isEmpty else { return WriteStamps(plain) }
    guard receipt.isEmpty else {
      let hlc = decidedGuardedHlc == 0 ? plain.hlc : decidedGuardedHlc
      return WriteStamps(
        plain: plain, guarded: Stamp(hlc: hlc, replica: plain.replica), guardedRegisters: guarded)
    }
    let beyond = guarded.compactMap { before?.stamps[$0]?.hlc }.max().map { $0 == .max ? $0 : $0 + 1 } ?? 0
    return WriteStamps(
      plain: plain, guarded: Stamp(hlc: max(plain.hlc, beyond), replica: plain.replica),
      guardedRegisters: guarded)
  }
}
