import Crypto
import PlanModel
import SyncCore

/// Tells a history that went on from one that went back: a copy of the database that was put in its place, or a log that
/// lost its end.
///
/// Each start of the server makes a random incarnation and ends the one before at the number of decisions committed by
/// then. Its seals name both, so a copy meets seals of incarnations that it does not know, or of decisions that it does not
/// have.
///
/// - SeeAlso: Protocol/sync.md, "Recovery"; Protocol/decisions/0016-a-history-that-went-back.md
package enum Lineage {
  /// To be called once at each start, before anything is answered.
  package static func begin(
    in transaction: any CanonicalTransaction, using generator: inout some RandomNumberGenerator
  ) throws {
    if let present = try transaction.currentIncarnation() {
      let commits = try transaction.organization().commits
      try transaction.save(IncarnationRow(id: present.id, endedCommits: commits))
    }
    var id: UInt64
    repeat { id = generator.next() } while try transaction.incarnation(id) != nil
    try transaction.save(IncarnationRow(id: id, endedCommits: nil))
  }

  /// Whether a checkpoint that this server sealed is of a history that this database does not have.
  static func isLost(_ checkpoint: Checkpoint, in reading: any CanonicalReading) throws -> Bool {
    // Sealed before this database's first start: it says nothing.
    guard checkpoint.incarnation != 0 else { return false }
    guard let row = try reading.incarnation(checkpoint.incarnation) else { return true }
    return try checkpoint.commits > row.endedCommits ?? reading.organization().commits
  }
}

extension Founding {
  /// Begins another history: replicas send again what this database misses.
  ///
  /// Nothing is given out again that may have been given out since the copy was made: replica numbers go on far above, and
  /// invites that are open are withdrawn, for they may have been used.
  ///
  /// - Parameters:
  ///   - cause: For the audit log: what was seen, or done.
  ///   - lost: The epoch in which replicas are that have read more than this database has.
  package static func beginEpoch(
    because cause: String, by actor: String, instead lost: String = "",
    in transaction: any CanonicalTransaction, now: Int64
  ) throws {
    if !lost.isEmpty { try transaction.noteEpoch(lost) }
    try transaction.skipDeviceNumbers()
    let withdrawn = try transaction.withdrawInvites()
    try keepResults(in: transaction)
    let work = try UnitOfWork(transaction, now: now)
    let clock = work.tick()
    work.updateOrganization { organization in
      organization.epoch = Self.epoch(after: organization, at: now)
      organization.epochBegan = max(1, now)
      organization.epochClock = clock
    }
    try transaction.noteEpoch(work.organization.epoch)
    try work.audit(
      "history.begin", by: actor,
      """
      \(cause); a new epoch begins, and replicas send again what this database lacks; open invites withdrawn: \(withdrawn). \
      Users, roles, departments, suspensions and revoked devices are as they were when the copy was made: check them.
      """)
    try work.flush()
  }

  /// Devices go on with higher numbers, under which they send again what they sent before, and acknowledge those: that says
  /// nothing of the results that this history has for the numbers below. A device that never heard them is told them when the
  /// edit comes again.
  private static func keepResults(in transaction: any CanonicalTransaction) throws {
    for var device in try transaction.devices(of: nil) where device.acknowledgedResults < device.lastMutation
    {
      device.acknowledgedResults = device.lastMutation
      try transaction.save(device)
    }
  }

  /// 16 bytes in hexadecimal that no other history has: the chains say what this one holds.
  private static func epoch(after organization: OrganizationRow, at now: Int64) -> String {
    var hash = SHA256()
    hash.update(data: organization.checkpointKey)
    hash.update(data: Array("\(organization.epoch) \(now) \(organization.commits)".utf8))
    hash.update(data: organization.auditChain)
    return hexadecimal(Array(hash.finalize().prefix(16)))
  }
}
