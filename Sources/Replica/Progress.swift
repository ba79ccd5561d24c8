import GRDB
import SQLiteQuery
import PlanModel
import SyncCore

/// Whose replica this is.
package struct Identity: Equatable, Sendable {
  package let organization: String
  package let person: RecordID
  package let name: String
  package let email: String
  package let role: OrganizationRole
  package let replica: UInt32

  package init(
    organization: String, person: RecordID, name: String, email: String, role: OrganizationRole,
    replica: UInt32
  ) {
    self.organization = organization
    self.person = person
    self.name = name
    self.email = email
    self.role = role
    self.replica = replica
  }
}

extension Identity {
  /// The same person's, on a replica of another number.
  package func renumbered(_ replica: UInt32) -> Identity {
    Identity(
      organization: organization, person: person, name: name, email: email, role: role, replica: replica)
  }
}

/// How far this replica is, and what it knows about time.
package struct Progress: Equatable, Sendable {
  package var epoch = ""
  package var checkpoint: [UInt8] = []
  package var clock = HybridClock()
  /// To be added to this device's wall clock to get the server's, milliseconds.
  package var clockOffset: Int64 = 0
  /// Half the round trip it was measured with, milliseconds.
  package var clockUncertainty: Int64 = 0
  /// When that was, by this device's wall clock, Unix milliseconds; 0 when never.
  package var clockMeasured: Int64 = 0
  /// Of the last mutation made here.
  package var lastSequence: UInt64 = 0
  package var acknowledgedResults: UInt64 = 0
  package var acknowledgedNotices: UInt64 = 0
  /// When the last checkpoint was completed, by this device's clock; 0 before the first.
  package var synced: Int64 = 0
  /// How much the line carried at a time; 0 means no limit (``LinePace``).
  package var lineEdits = 0
  package var lineRecords = 0
  /// How often a digest did not match and records were fetched again.
  package var repairs: Int64 = 0
  /// The last checkpoint of the history before, and its epoch; empty while there is none.
  package var proofEpoch = ""
  package var proofCheckpoint: [UInt8] = []

  /// Begins to read a new history from nothing, and keeps what proves that it knew the one before.
  mutating func leaveHistory() {
    if !checkpoint.isEmpty { (proofEpoch, proofCheckpoint) = (epoch, checkpoint) }
    checkpoint = []
  }
}

extension ReplicaReading {
  /// - Throws: ``ReplicaError/notJoined``
  package func identity() throws -> Identity {
    guard let identity = try identityIfJoined() else { throw ReplicaError.notJoined }
    return identity
  }

  package func isJoined() throws -> Bool { try identityIfJoined() != nil }

  /// What proves to a restored server whose replica this is; nil when it is nobody's, or has never synced.
  package func formerIdentity() throws -> (person: RecordID, epoch: String, checkpoint: [UInt8])? {
    guard let identity = try identityIfJoined() else { return nil }
    let progress = try progress()
    return progress.checkpoint.isEmpty
      ? (identity.person, progress.proofEpoch, progress.proofCheckpoint)
      : (identity.person, progress.epoch, progress.checkpoint)
  }

  func identityIfJoined() throws -> Identity? {
    try Query(database, "SELECT organization, person, name, email, role, replica FROM identity").first {
      query in
      Identity(
        organization: query.text(0), person: try query.id(1), name: query.text(2), email: query.text(3),
        role: try query.stored(4), replica: query.number(5))
    }
  }

  package func progress() throws -> Progress {
    try Query(
      database,
      """
      SELECT epoch, checkpoint, clock, clock_offset_ms, clock_uncertainty_ms, last_sequence, acknowledged_results,
        acknowledged_notices, synced_ms, repairs, proof_epoch, proof_checkpoint, clock_measured_ms,
        line_edits, line_records FROM progress
      """
    ).first { query in
      var progress = Progress()
      progress.epoch = query.text(0)
      progress.checkpoint = query.blob(1)
      progress.clock = HybridClock(last: query.unsigned(2))
      progress.clockOffset = query.integer(3)
      progress.clockUncertainty = query.integer(4)
      progress.lastSequence = query.unsigned(5)
      progress.acknowledgedResults = query.unsigned(6)
      progress.acknowledgedNotices = query.unsigned(7)
      progress.synced = query.integer(8)
      progress.repairs = query.integer(9)
      progress.proofEpoch = query.text(10)
      progress.proofCheckpoint = query.blob(11)
      progress.clockMeasured = query.integer(12)
      progress.lineEdits = Int(query.integer(13))
      progress.lineRecords = Int(query.integer(14))
      return progress
    } ?? Progress()
  }
}

extension ReplicaTransaction {
  /// Makes this replica a person's.
  ///
  /// Joining again, as the same person, keeps every edit: all that is kept goes to the server once more under the new
  /// number, and what the server has it recognises by its id.
  ///
  /// Whether the server is the one that this replica belongs to is for the caller to judge, before anything is sent to it.
  ///
  /// - Parameter isSameOrganization: The server knows the checkpoint of this replica as its own. Then somebody of the
  ///   same address is the same person, also under a new id: the server was restored from before they were added.
  /// - Throws: ``ReplicaError/belongsToAnother(_:)``
  package func join(
    _ identity: Identity, at server: HomeServer? = nil, epoch: String, checkpoint: [UInt8] = [],
    isSameOrganization: Bool = false
  ) throws {
    var progress = try self.progress()
    if let present = try identityIfJoined() {
      let isSamePerson =
        present.person == identity.person
        || isSameOrganization && present.email.lowercased() == identity.email.lowercased()
      guard isSamePerson else { throw ReplicaError.belongsToAnother(present.email) }
      try renumberKept(for: identity.replica, isFormer: progress.epoch != epoch)
      progress = try self.progress()
    }
    try save(identity)
    if let server { try save(server) }
    // Another history counts its notices anew.
    if progress.epoch != epoch { progress.acknowledgedNotices = 0 }
    progress.epoch = epoch
    if !checkpoint.isEmpty { progress.checkpoint = checkpoint }
    try save(progress)
  }

  func save(_ identity: Identity) throws {
    var query = try Query(
      database,
      """
      INSERT OR REPLACE INTO identity (only, organization, person, name, email, role, replica)
      VALUES (1, ?, ?, ?, ?, ?, ?)
      """)
    try query.bind(identity.organization)
    try query.bind(identity.person)
    try query.bind(identity.name)
    try query.bind(identity.email)
    try query.bind(identity.role.rawValue)
    try query.bind(identity.replica)
    try query.run()
  }

  func save(_ progress: Progress) throws {
    var query = try Query(
      database,
      """
      INSERT OR REPLACE INTO progress (only, epoch, checkpoint, clock, clock_offset_ms, clock_uncertainty_ms,
        last_sequence, acknowledged_results, acknowledged_notices, synced_ms, repairs, proof_epoch, proof_checkpoint,
        clock_measured_ms, line_edits, line_records)
      VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    try query.bind(progress.epoch)
    try query.bind(progress.checkpoint)
    try query.bind(progress.clock.last)
    try query.bind(progress.clockOffset)
    try query.bind(progress.clockUncertainty)
    try query.bind(progress.lastSequence)
    try query.bind(progress.acknowledgedResults)
    try query.bind(progress.acknowledgedNotices)
    try query.bind(progress.synced)
    try query.bind(progress.repairs)
    try query.bind(progress.proofEpoch)
    try query.bind(progress.proofCheckpoint)
    try query.bind(progress.clockMeasured)
    try query.bind(progress.lineEdits)
    try query.bind(progress.lineRecords)
    try query.run()
  }
}

extension Replica {
  /// Remembers what the line carried, for the next sync.
  func keep(_ pace: LinePace) throws {
    let (edits, records) = pace.kept
    let progress = try progress()
    guard progress.lineEdits != edits || progress.lineRecords != records else { return }
    try write { transaction in
      var query = try Query(transaction.database, "UPDATE progress SET line_edits = ?, line_records = ?")
      try query.bind(edits)
      try query.bind(records)
      try query.run()
    }
  }
}
