import PlanModel
import ProtocolMessages
import SyncCore

/// One Sync call between a transport and the store: what runs in which transaction.
///
/// A shell authenticates the device, calls ``push(_:by:in:now:faults:)`` in a write transaction when
/// ``needsWriting(_:by:)`` says so, and then ``answer(_:push:by:from:now:faults:)`` on a snapshot of its own; what
/// other calls commit in between is in the answer. An answer that gets lost after the commit is made again from the
/// stored results.
package enum SyncExchange {
  package enum Failure: Error, Equatable, Sendable {
    /// The replica speaks a protocol older or newer than this server; it stays usable offline.
    case unsupportedProtocol(UInt32)
    /// The request names another replica than the credential's.
    case foreignReplica(UInt32)
  }

  /// - Throws: ``Failure``
  package static func check(_ request: WireSyncRequest, by author: Author) throws {
    guard (Limits.protocolVersionMin...Limits.protocolVersion).contains(request.protocol) else {
      throw Failure.unsupportedProtocol(request.protocol)
    }
    guard request.replica == author.device.number else { throw Failure.foreignReplica(request.replica) }
  }

  /// Whether there is something to decide or to forget. An idle poll costs no commit.
  package static func needsWriting(
    _ request: WireSyncRequest, by author: Author, in reading: any CanonicalReading
  ) throws -> Bool {
    try !request.push.isEmpty || request.acknowledgedResults > author.device.acknowledgedResults
      || provesLoss(request, by: author, in: reading)
  }

  /// Takes the request's mutations; nothing, when they were numbered for another history than the server's. A request
  /// that proves that this database is an older copy begins a new history.
  ///
  /// - Parameters:
  ///   - prepared: The request's mutations, when they were prepared before the writer was asked for.
  ///   - takesEdits: False when the author's edits are put off; all else that the request asks for is done.
  ///   - isOver: Asked between mutations whether the request has had its time; what is left stays with its author, who sends
  ///     it again.
  package static func push(
    _ request: WireSyncRequest, prepared: [PreparedMutation]? = nil, by author: Author,
    in transaction: any CanonicalTransaction, now: Int64,
    faults: PlantedFaults = [], takesEdits: Bool = true, isOver: () -> Bool = { false }
  ) throws -> Push.Answer {
    try check(request, by: author)
    if !faults.contains(.ignoresLineage), try provesLoss(request, by: author, in: transaction) {
      try Founding.beginEpoch(
        because:
          "device \(author.device.number) of \(author.user.email) has read what is not in this database",
        by: "server", instead: request.epoch, in: transaction, now: now)
      return .ofLostHistory
    }
    guard try isOfThisHistory(request, transaction) else { return Push.Answer() }
    let mutations = try takesEdits ? prepared ?? request.push.map(PreparedMutation.init) : []
    var answer = try Push.decide(
      mutations, acknowledged: request.acknowledgedResults, by: author, in: transaction,
      now: now, faults: faults, isOver: isOver)
    if !takesEdits { answer.state = Push.Answer.undecided(request.push).state }
    return answer
  }

  package static func answer(
    _ request: WireSyncRequest, push: Push.Answer, by author: Author, from reading: any CanonicalReading,
    now: Int64,
    faults: PlantedFaults = []
  ) throws -> WireSyncResponse {
    try check(request, by: author)
    // There is no room to begin a new history: nothing can be answered from this one.
    if try !faults.contains(.ignoresLineage) && provesLoss(request, by: author, in: reading) {
      throw StoreError.full
    }
    guard try isOfThisHistory(request, reading) else {
      return try Pull.historyReplaced(by: author, from: reading, now: now)
    }
    return try Pull.answer(request, push: push, by: author, from: reading, now: now, faults: faults)
  }

  private static func provesLoss(
    _ request: WireSyncRequest, by author: Author, in reading: any CanonicalReading
  ) throws -> Bool {
    let organization = try reading.organization()
    if request.hasShown, request.epoch == organization.epoch, try reading.lacks(shown: request.shown) {
      return true
    }
    guard !request.checkpoint.isEmpty else { return false }
    let isPresent = request.epoch.isEmpty || request.epoch == organization.epoch
    // Of an epoch that ended here the device is told, as always; of one that this database never had it is the proof.
    if !isPresent, try reading.knowsEpoch(request.epoch) { return false }
    let checkpoint = Checkpoint(
      unsealing: Array(request.checkpoint), for: author.user.id, epoch: isPresent ? nil : request.epoch,
      organization: organization)
    guard let checkpoint else { return false }
    return try !isPresent || Lineage.isLost(checkpoint, in: reading)
  }

  private static func isOfThisHistory(
    _ request: WireSyncRequest, _ reading: any CanonicalReading
  ) throws -> Bool {
    try request.epoch.isEmpty || request.epoch == reading.organization().epoch
  }
}
