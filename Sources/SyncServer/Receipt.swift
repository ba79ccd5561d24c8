import Crypto
import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// Proves to a server that was put back to an older copy that it once applied a mutation, and with which stamps. Only
/// whoever has the organisation's key can make one, so nobody gets past a guard by saying that they once did.
///
/// - SeeAlso: Protocol/sync.md, "Recovery"
enum Receipt {
  private static let bytes = 16

  /// - Parameters:
  ///   - plain: The stamp of what was not guarded.
  ///   - guarded: The stamp of what was.
  static func make(
    for mutation: PreparedMutation, by person: RecordID, plain: UInt64, guarded: UInt64,
    _ organization: OrganizationRow
  ) -> [UInt8] {
    var hmac = HMAC<SHA256>(key: SymmetricKey(data: organization.checkpointKey))
    hmac.update(data: Array("receipt".utf8))
    hmac.update(data: person.bytes)
    for clock in [plain, guarded] { withUnsafeBytes(of: clock.bigEndian) { hmac.update(data: $0) } }
    hmac.update(data: mutation.words)
    return Array(hmac.finalize().prefix(bytes))
  }

  /// Tells what a mutation says from what another one says, whoever sends it and under whatever number.
  static func fingerprint(of mutation: PreparedMutation) -> [UInt8] { Array(mutation.words.prefix(bytes)) }

  static func words(of mutation: WireMutation) throws -> [UInt8] {
    var words = mutation
    // These change when it is sent again: its number, the replica's number, and its proof.
    words.sequence = 0
    words.stamp.replica = 0
    words.former = false
    words.receipt = Data()
    words.decidedHlc = 0
    words.decidedGuardedHlc = 0
    return Array(SHA256.hash(data: try words.serializedBytes() as [UInt8]))
  }

  /// The stamps with which a mutation of a former history was applied; nil when it does not prove that it was.
  static func stamps(
    provenBy mutation: PreparedMutation, of person: RecordID, _ organization: OrganizationRow
  ) -> (plain: UInt64, guarded: UInt64)? {
    let message = mutation.message
    guard message.former, !message.receipt.isEmpty else { return nil }
    let plain = message.decidedHlc == 0 ? message.stamp.hlc : message.decidedHlc
    let guarded = message.decidedGuardedHlc == 0 ? plain : message.decidedGuardedHlc
    let proof = make(for: mutation, by: person, plain: plain, guarded: guarded, organization)
    return isEqualInConstantTime(Array(message.receipt), proof) ? (plain, guarded) : nil
  }
}
