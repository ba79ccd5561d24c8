import PlanModel
import ProtocolMessages
import SyncCore

/// One mutation on its way: who sent it, and what the transaction that decides it works with.
struct Submission {
  let prepared: PreparedMutation
  /// The id it is known by.
  let id: RecordID
  let user: UserRow
  let device: UInt32
  let original: Stamp
  /// Non-nil when it was applied in a former history: then it is not judged again.
  let decided: DecidedStamps?
  let work: UnitOfWork
  let excerpts: ExcerptBudget
  let faults: PlantedFaults

  var mutation: WireMutation { prepared.message }

  init(
    _ prepared: PreparedMutation, id: RecordID, by user: UserRow, device: UInt32, work: UnitOfWork,
    excerpts: ExcerptBudget, faults: PlantedFaults
  ) {
    self.prepared = prepared
    self.id = id
    self.user = user
    self.device = device
    self.work = work
    self.excerpts = excerpts
    self.faults = faults
    let stamp = prepared.message.stamp
    original = Stamp(hlc: stamp.hlc, replica: stamp.replica)
    let proven =
      faults.contains(.ignoresReceipts)
      ? nil : Receipt.stamps(provenBy: prepared, of: user.id, work.organization)
    decided = proven.map { DecidedStamps(plain: $0.plain, guarded: $0.guarded) }
  }
}

/// The clocks with which a former history applied a mutation.
struct DecidedStamps {
  let plain: UInt64
  let guarded: UInt64
}
