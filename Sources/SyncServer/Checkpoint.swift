import Crypto
import PlanModel
import SyncCore

/// How far a replica has read each scope, as the token it carries for the server.
///
/// Authenticated and bound to the person, so that a forged or borrowed one reads as empty. It carries no rights:
/// what may be read is decided from the manifest of the moment.
package struct Checkpoint: Equatable, Sendable {
  package struct Position: Equatable, Sendable {
    package let scope: Int64
    package let grantEpoch: UInt64
    /// Everything up to here has been sent.
    package let sequence: UInt64
    /// The compaction floor that was in force when reading began, or when it last reached the head.
    package let floor: UInt64
  }
  /// The start of the server that sealed it, and how many decisions were committed then.
  package var incarnation: UInt64
  package var commits: UInt64
  /// The device it was given to.
  package var device: UInt32
  package var manifestVersion: [UInt64]
  /// Ascending by scope.
  package var positions: [Position]

  package init(
    incarnation: UInt64 = 0, commits: UInt64 = 0, device: UInt32 = 0, manifestVersion: [UInt64] = [],
    positions: [Position] = []
  ) {
    self.incarnation = incarnation
    self.commits = commits
    self.device = device
    self.manifestVersion = manifestVersion
    self.positions = positions
  }

  package func sealed(for user: RecordID, organization: OrganizationRow) -> [UInt8] {
    var writer = WireWriter(capacity: positions.count * 6 + 52)
    writer.varint(incarnation)
    writer.varint(commits)
    writer.varint(UInt64(device))
    writer.varint(UInt64(manifestVersion.count))
    for part in manifestVersion { writer.varint(part) }
    var previous: Int64 = 0
    for position in positions {
      writer.varint(UInt64(position.scope - previous))
      writer.varint(position.grantEpoch)
      writer.varint(position.sequence)
      writer.varint(position.floor)
      previous = position.scope
    }
    return Self.seal(of: writer.bytes[...], user, organization.epoch, organization.checkpointKey)
      + writer.bytes
  }

  /// Nil when the token is not one that this server gave this person in this epoch.
  ///
  /// - Parameter epoch: A former one, for who must prove who they were then; nil for the present one.
  package init?(
    unsealing token: [UInt8], for user: RecordID, epoch: String? = nil, organization: OrganizationRow
  ) {
    let proof = CheckpointProof.make(of: token)
    guard Self.isProof(proof, for: user, epoch: epoch ?? organization.epoch, organization: organization)
    else {
      return nil
    }
    let content = token[CheckpointProof.sealBytes...]
    self.init()
    do {
      try read(content)
    } catch {
      return nil
    }
  }

  private mutating func read(_ content: ArraySlice<UInt8>) throws(WireError) {
    var reader = WireReader(content)
    incarnation = try reader.varint()
    commits = try reader.varint()
    device = UInt32(truncatingIfNeeded: try reader.varint())
    for _ in 0..<min(try reader.varint(), 8) { manifestVersion.append(try reader.varint()) }
    var scope: Int64 = 0
    while !reader.isAtEnd {
      scope += Int64(truncatingIfNeeded: try reader.varint())
      positions.append(
        Position(
          scope: scope, grantEpoch: try reader.varint(), sequence: try reader.varint(),
          floor: try reader.varint()))
    }
  }

  /// Whether this server sealed, for this person in this epoch, what has this proof.
  ///
  /// - SeeAlso: ``CheckpointProof``
  static func isProof(
    _ proof: [UInt8], for user: RecordID, epoch: String, organization: OrganizationRow
  ) -> Bool {
    guard proof.count > CheckpointProof.sealBytes else { return false }
    let seal = seal(
      ofDigest: Array(proof[CheckpointProof.sealBytes...]), user, epoch, organization.checkpointKey)
    return isEqualInConstantTime(Array(proof[..<CheckpointProof.sealBytes]), seal)
  }

  private static func seal(
    of content: ArraySlice<UInt8>, _ user: RecordID, _ epoch: String, _ key: [UInt8]
  ) -> [UInt8] {
    seal(ofDigest: sha256(Array(content)), user, epoch, key)
  }

  private static func seal(
    ofDigest digest: [UInt8], _ user: RecordID, _ epoch: String, _ key: [UInt8]
  ) -> [UInt8] {
    var hmac = HMAC<SHA256>(key: SymmetricKey(data: key))
    // One key seals receipts as well: what is one must never be taken for the other.
    hmac.update(data: Array("checkpoint".utf8))
    hmac.update(data: user.bytes)
    hmac.update(data: Array(epoch.utf8))
    hmac.update(data: digest)
    return Array(hmac.finalize().prefix(CheckpointProof.sealBytes))
  }
}
