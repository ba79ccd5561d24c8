import Foundation
import GRDB
import ProtocolMessages
import SQLiteQuery
import SwiftProtobuf

/// An end of the server's audit log that this device was shown, and keeps: so whoever writes that log anew, with all that
/// is chained to it, has this device as a witness.
///
/// - SeeAlso: Protocol/sync.md, "Recovery"
package struct ShownLog: Equatable, Sendable {
  /// The history that the log was of.
  package let epoch: String
  /// How many entries it had.
  package let number: UInt64
  /// Binds the last of them to all before it; 32 bytes.
  package let chain: [UInt8]
  /// The server's, Ed25519, and the key that it is verified with.
  package let signature: [UInt8]
  package let key: [UInt8]
  /// What the server knows it by.
  package let proof: [UInt8]
  /// When, by the server's clock; Unix milliseconds.
  package let shown: Int64

  var wire: WireLogEnd {
    .with {
      $0.number = number
      $0.chain = Data(chain)
      $0.proof = Data(proof)
    }
  }
}

extension ReplicaReading {
  /// What this device was shown, the last of each day, oldest first.
  package func shownLogs() throws -> [ShownLog] {
    try Query(database, "SELECT \(Self.shownColumns) FROM shown_log ORDER BY shown_ms, number").all(
      Self.shownLog)
  }

  /// The last that was shown of an epoch's log.
  func shownLog(of epoch: String) throws -> ShownLog? {
    var query = try Query(
      database, "SELECT \(Self.shownColumns) FROM shown_log WHERE epoch = ? ORDER BY number DESC LIMIT 1")
    try query.bind(epoch)
    return try query.first(Self.shownLog)
  }

  private static let shownColumns = "epoch, number, chain, signature, key, proof, shown_ms"

  private static func shownLog(_ query: Query) -> ShownLog {
    ShownLog(
      epoch: query.text(0), number: query.unsigned(1), chain: query.blob(2), signature: query.blob(3),
      key: query.blob(4), proof: query.blob(5), shown: query.integer(6))
  }
}

extension ReplicaTransaction {
  /// Keeps the end that an answer shows, unless the log is not the one that was shown before.
  ///
  /// - Returns: what was shown before, when it is not; it is kept, so that every sync tells.
  func take(logOf response: WireSyncResponse, to request: WireSyncRequest) throws -> ShownLog? {
    guard response.hasLog, response.log.chain.count == 32 else { return nil }
    let before = try shownLog(of: response.epoch)
    if request.hasShown, request.epoch == response.epoch, response.shownChain != request.shown.chain {
      return before
    }
    if let before, before.number >= response.log.number { return nil }
    try save(
      ShownLog(
        epoch: response.epoch, number: response.log.number, chain: Array(response.log.chain),
        signature: Array(response.log.signature), key: Array(response.log.key),
        proof: Array(response.log.proof),
        // A server that says it is an earlier day must not overwrite what was kept then.
        shown: max(response.serverTime, before?.shown ?? 0)))
    return nil
  }

  private static let dayMilliseconds: Int64 = 86_400_000

  private func save(_ log: ShownLog) throws {
    var query = try Query(
      database,
      """
      INSERT OR REPLACE INTO shown_log (day, epoch, number, chain, signature, key, proof, shown_ms)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """)
    try query.bind(log.shown / Self.dayMilliseconds)
    try query.bind(log.epoch)
    try query.bind(log.number)
    try query.bind(log.chain)
    try query.bind(log.signature)
    try query.bind(log.key)
    try query.bind(log.proof)
    try query.bind(log.shown)
    try query.run()
  }
}
