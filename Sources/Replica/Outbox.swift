import Foundation
import GRDB
import PlanModel
import ProtocolMessages
import SQLiteQuery
import SwiftProtobuf
import SyncCore

/// An edit of this replica and what became of it.
package struct OutboxEntry: Sendable {
  package enum Status: Int, Sendable {
    case waiting = 0
    case acknowledged = 1
    /// Kept, with its author's words, until they dismiss it.
    case refused = 2
  }
  package let key: Int64
  package let sequence: UInt64
  package let id: RecordID
  package let status: Status
  /// By this device's clock, Unix milliseconds.
  package let created: Int64
  package let mutation: WireMutation
  package let result: WireMutationResult?
}

extension ReplicaReading {
  private static let selection = """
    SELECT key, sequence, id, status, created_ms, mutation, result, former, receipt, decided_hlc, guarded_hlc
    FROM outbox JOIN edit USING (key)
    """

  private static func entry(_ query: Query) throws -> OutboxEntry {
    let sequence = query.unsigned(1)
    let mutation = try mutation(query, column: 5, sequence: sequence, proof: 7)
    return OutboxEntry(
      key: query.integer(0), sequence: sequence, id: try query.id(2),
      status: try query.stored(3), created: query.integer(4),
      mutation: mutation,
      result: try query.optionalBlob(6).map { try WireMutationResult(serializedBytes: $0) })
  }

  /// An edit as it is sent: its words, and what it proves after the server has lost it.
  ///
  /// - Parameter proof: The first of the columns `former, receipt, decided_hlc, guarded_hlc`.
  private static func mutation(
    _ query: Query, column: Int32, sequence: UInt64, proof: Int32
  ) throws -> WireMutation {
    var mutation = try WireMutation(serializedBytes: query.blob(column))
    mutation.sequence = sequence
    guard query.flag(proof) else { return mutation }
    mutation.former = true
    if let receipt = query.optionalBlob(proof + 1) {
      mutation.receipt = Data(receipt)
      mutation.decidedHlc = query.unsigned(proof + 2)
      mutation.decidedGuardedHlc = query.unsigned(proof + 3)
    }
    return mutation
  }

  func entries(_ status: OutboxEntry.Status) throws -> [OutboxEntry] {
    // A text for each status, so that SQLite finds its index. Waiting edits have the same order by number as by key.
    let order = status == .waiting ? "sequence" : "key"
    return try Query(database, Self.selection + " WHERE status = \(status.rawValue) ORDER BY \(order)").all(
      Self.entry)
  }

  func entry(sequence: UInt64) throws -> OutboxEntry? {
    var query = try Query(database, Self.selection + " WHERE status = 0 AND sequence = ?")
    try query.bind(sequence)
    return try query.first(Self.entry)
  }

  /// Where waiting edits lie, and their clocks, without reading the edits.
  func places(of sequences: ClosedRange<UInt64>) throws -> [UInt64: (key: Int64, hlc: UInt64)] {
    var query = try Query(
      database, "SELECT sequence, key, hlc FROM outbox WHERE status = 0 AND sequence BETWEEN ? AND ?")
    try query.bind(sequences.lowerBound)
    try query.bind(sequences.upperBound)
    var places: [UInt64: (key: Int64, hlc: UInt64)] = [:]
    defer { query.reset() }
    while try query.step() { places[query.unsigned(0)] = (query.integer(1), query.unsigned(2)) }
    return places
  }

  /// The next waiting mutations after a number, as many as fit in a request.
  ///
  /// - Parameter limit: Those from here on are left out: they have been sent already in this sync, and wait.
  func batch(
    after sequence: UInt64 = 0, before limit: UInt64, bytesMax: Int, countMax: Int
  ) throws -> [WireMutation] {
    var query = try Query(
      database,
      """
      SELECT sequence, mutation, former, receipt, decided_hlc, guarded_hlc FROM outbox JOIN edit USING (key)
      WHERE status = 0 AND sequence > ? AND sequence < ? ORDER BY sequence LIMIT ?
      """)
    try query.bind(sequence)
    try query.bind(min(limit, UInt64(Int64.max)))
    try query.bind(countMax)
    var bytes = 0
    var batch: [WireMutation] = []
    defer { query.reset() }
    while try query.step() {
      let mutation = try Self.mutation(query, column: 1, sequence: query.unsigned(0), proof: 2)
      bytes += query.blob(1).count + 64
      if bytes > bytesMax, !batch.isEmpty { break }
      batch.append(mutation)
    }
    return batch
  }

  /// Whether these are the first waiting mutations, without reading what they say: a number, an id and a clock are
  /// never given to other words.
  func areNext(_ mutations: [WireMutation]) throws -> Bool {
    var query = try Query(
      database, "SELECT sequence, id, hlc FROM outbox WHERE status = 0 ORDER BY sequence LIMIT ?")
    try query.bind(mutations.count)
    defer { query.reset() }
    for mutation in mutations {
      guard try query.step(), query.unsigned(0) == mutation.sequence,
        try query.id(1) == RecordID(mutation.id), query.unsigned(2) == mutation.stamp.hlc
      else { return false }
    }
    return true
  }

  /// The id of the waiting edit that was made at this clock.
  func waitingMutation(at hlc: UInt64) throws -> RecordID? {
    var query = try Query(database, "SELECT id FROM outbox WHERE status = 0 AND hlc = ?")
    try query.bind(hlc)
    return try query.first { try $0.id(0) }
  }

  /// The waiting edits that the server could not take yet, with the reason: it was restored, and what they need is not
  /// back.
  package func waitingForReturn() throws -> [OutboxEntry] {
    try entries(.waiting).filter { $0.result?.outcome == .waiting }
  }

  /// What became of an edit of this replica, as far as it is kept.
  func whatBecame(of mutation: RecordID) throws -> GuardVerdict.Earlier {
    var query = try Query(
      database,
      "SELECT status, hlc, decided_hlc, guarded_hlc, mutation FROM outbox JOIN edit USING (key) WHERE id = ?")
    try query.bind(mutation)
    return try query.first { query in
      switch try query.stored(0) as OutboxEntry.Status {
      case .acknowledged:
        let replica = try WireMutation(serializedBytes: query.blob(4)).stamp.replica
        let plain = query.unsigned(2) == 0 ? query.unsigned(1) : query.unsigned(2)
        let guarded = query.unsigned(3)
        return .applied(
          ([plain] + (guarded == 0 ? [] : [guarded])).map { Stamp(hlc: $0, replica: replica) })
      case .refused: return .refused
      case .waiting: return .undecided
      }
    } ?? .undecided
  }

  package func waitingCount() throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM outbox WHERE status = 0") ?? 0
  }

  package func waiting() throws -> [OutboxEntry] { try entries(.waiting) }

  /// The waiting edits that the server decides by comparing: claims and the like.
  package func waitingGuarded() throws -> [OutboxEntry] {
    try Query(database, Self.selection + " WHERE status = 0 AND guarded = 1 ORDER BY sequence").all(
      Self.entry)
  }

  /// The decided ones that were settled later than this, and when the last of them was; server time, Unix milliseconds.
  package func settledGuarded(after milliseconds: Int64) throws -> (entries: [OutboxEntry], through: Int64) {
    var query = try Query(
      database, Self.selection + " WHERE status <> 0 AND guarded = 1 AND settled_ms > ? ORDER BY key")
    try query.bind(milliseconds)
    let entries = try query.all(Self.entry)
    let last = try Query(database, "SELECT max(settled_ms) FROM outbox WHERE status <> 0 AND guarded = 1")
    return (entries, max(milliseconds, try last.first { $0.integer(0) } ?? 0))
  }

  /// Up to when decisions have been shown; 0 before the first look.
  package func lookedThrough() throws -> Int64 {
    try Query(database, "SELECT settled_ms FROM looked").first { $0.integer(0) } ?? 0
  }

  /// What became of an edit; nil once it is forgotten.
  package func outboxEntry(_ id: RecordID) throws -> OutboxEntry? {
    var query = try Query(database, Self.selection + " WHERE id = ?")
    try query.bind(id)
    return try query.first(Self.entry)
  }

  /// The edits the server refused, oldest first.
  package func quarantine() throws -> [OutboxEntry] { try entries(.refused) }
}

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

extension Replica {
  package func markLooked(through milliseconds: Int64) throws {
    // Looking again need not wait for the disk.
    guard try lookedThrough() < milliseconds else { return }
    // Where the disk takes nothing, it is shown once more.
    _ = try writeIfPossible { transaction in
      var query = try Query(
        transaction.database, "INSERT OR REPLACE INTO looked (only, settled_ms) VALUES (1, ?)")
      try query.bind(milliseconds)
      try query.run()
    }
  }
}
