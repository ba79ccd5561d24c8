import Foundation
import GRDB
import PlanModel
import ProtocolMessages
import SQLiteQuery
import SwiftProtobuf
import SyncCore

/// How edits get into the outbox and leave it.
extension ReplicaTransaction {
  /// - Parameter words: The mutation's bytes, where they are known and prove nothing.
  func enqueue(_ mutation: WireMutation, words: [UInt8]? = nil, created: Int64) throws -> Int64 {
    guard let id = RecordID(mutation.id) else { preconditionFailure("a mutation made here has an id") }
    var query = try Query(
      database,
      """
      INSERT INTO outbox (sequence, id, scope, hlc, created_ms, guarded, status) VALUES (?, ?, ?, ?, ?, ?, 0)
      """)
    try query.bind(mutation.sequence)
    try query.bind(id)
    try query.bind(mutation.scope)
    try query.bind(mutation.stamp.hlc)
    try query.bind(created)
    try query.bind(!mutation.guards.isEmpty)
    try query.run()
    let key = database.lastInsertedRowID
    if let words {
      try save(words, of: key)
    } else {
      try save(mutation, of: key)
    }
    return key
  }

  private func save(_ mutation: WireMutation, of key: Int64) throws {
    var words = mutation
    // They are in columns of their own.
    words.former = false
    words.receipt = Data()
    words.decidedHlc = 0
    words.decidedGuardedHlc = 0
    try save(try words.serializedBytes() as [UInt8], of: key)
  }

  private func save(_ words: [UInt8], of key: Int64) throws {
    var query = try Query(
      database,
      "INSERT INTO edit (key, mutation) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET mutation = excluded.mutation"
    )
    try query.bind(key)
    try query.bind(words)
    try query.run()
  }

  /// - Parameter kept: The result, where it says something to people.
  func settle(
    _ key: Int64, as status: OutboxEntry.Status, _ result: WireMutationResult, kept: WireMutationResult?,
    now: Int64
  ) throws {
    var query = try Query(
      database,
      """
      UPDATE outbox SET status = ?, settled_ms = ?, result = ?, former = 0, receipt = ?, decided_hlc = ?,
        guarded_hlc = ? WHERE key = ?
      """)
    try query.bind(status.rawValue)
    try query.bind(now)
    try query.bind(try kept.map { try $0.serializedBytes() as [UInt8] })
    try query.bind(result.receipt.isEmpty ? nil : Array(result.receipt))
    try query.bind(result.hasFinal ? result.final.hlc : 0 as UInt64)
    try query.bind(result.hasGuarded ? result.guarded.hlc : 0 as UInt64)
    try query.bind(key)
    try query.run()
  }

  /// Puts an edit that has to wait behind all others, under a new number: the server has used up the old one.
  func moveToEnd(_ entry: OutboxEntry, sequence: UInt64, result: WireMutationResult) throws {
    var removal = try Query(database, "DELETE FROM outbox WHERE key = ?")
    try removal.bind(entry.key)
    try removal.run()
    let proof = entry.mutation
    var mutation = entry.mutation
    mutation.sequence = sequence
    let key = try enqueue(mutation, created: entry.created)
    var query = try Query(
      database,
      """
      UPDATE outbox SET former = ?, receipt = ?, decided_hlc = ?, guarded_hlc = ?, result = ? WHERE key = ?
      """)
    try query.bind(proof.former)
    try query.bind(proof.receipt.isEmpty ? nil : Array(proof.receipt))
    try query.bind(proof.decidedHlc)
    try query.bind(proof.decidedGuardedHlc)
    try query.bind(try result.serializedBytes() as [UInt8])
    try query.bind(key)
    try query.run()
  }

  /// Keeps what this person did about an account's access, so that it can be said again should the server lose it.
  ///
  /// - Parameters:
  ///   - hlc: When, as the server answered.
  ///   - now: This device's wall clock, Unix milliseconds.
  package func noteAccess(
    _ change: WireAccessChange, of account: RecordID, at hlc: UInt64, summary: String, now: Int64,
    using generator: inout some RandomNumberGenerator
  ) throws {
    let id = RecordID.make(milliseconds: now, using: &generator)
    let identity = try identity()
    let progress = try progress()
    let mutation = WireMutation.with {
      // Covered by a backup once the next edit is: then it was made after this.
      $0.sequence = progress.lastSequence + 1
      $0.id = id.description
      $0.scope = Scope.plan(account).description
      $0.stamp = Stamp(hlc: hlc, replica: identity.replica).wire
      $0.access = [change]
      $0.summary = summary
    }
    let key = try enqueue(mutation, created: now)
    try settle(
      key, as: .acknowledged, WireMutationResult(), kept: nil, now: now + progress.clockOffset)
  }

  func save(_ result: WireMutationResult, of key: Int64) throws {
    var query = try Query(database, "UPDATE outbox SET result = ? WHERE key = ?")
    try query.bind(try result.serializedBytes() as [UInt8])
    try query.bind(key)
    try query.run()
  }

  func renumber(
    _ entry: OutboxEntry, sequence: UInt64, mutation: WireMutation, isFormer: Bool
  ) throws {
    var query = try Query(
      database,
      "UPDATE outbox SET sequence = ?, hlc = ?, status = 0, result = NULL, former = max(former, ?) WHERE key = ?"
    )
    try query.bind(sequence)
    try query.bind(mutation.stamp.hlc)
    try query.bind(isFormer)
    try query.bind(entry.key)
    try query.run()
    try save(mutation, of: entry.key)
  }

  /// Lets go of edits that a restored server would have anyway.
  ///
  /// - Parameters:
  ///   - sequence: Up to here they are in a backup.
  ///   - milliseconds: Later ones are kept to be shown.
  func forgetAcknowledged(through sequence: UInt64, before milliseconds: Int64) throws {
    guard sequence > 0 else { return }
    var query = try Query(
      database, "DELETE FROM outbox WHERE status = 1 AND settled_ms < ? AND sequence <= ?")
    try query.bind(milliseconds)
    try query.bind(sequence)
    try query.run()
  }

  /// Lets go of a refused edit.
  ///
  /// - Returns: whether there was one.
  package func dismiss(_ mutation: RecordID) throws -> Bool {
    var query = try Query(database, "DELETE FROM outbox WHERE id = ? AND status = 2")
    try query.bind(mutation)
    try query.run()
    return database.changesCount > 0
  }
}
