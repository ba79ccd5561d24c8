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
  static let outboxSelection = """
    SELECT key, sequence, id, status, created_ms, mutation, result, former, receipt, decided_hlc, guarded_hlc
    FROM outbox JOIN edit USING (key)
    """

  static func outboxEntry(_ query: Query) throws -> OutboxEntry {
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
    return try Query(database, Self.outboxSelection + " WHERE status = \(status.rawValue) ORDER BY \(order)")
      .all(
        Self.outboxEntry)
  }

  func entry(sequence: UInt64) throws -> OutboxEntry? {
    var query = try Query(database, Self.outboxSelection + " WHERE status = 0 AND sequence = ?")
    try query.bind(sequence)
    return try query.first(Self.outboxEntry)
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

  /// What became of an edit; nil once it is forgotten.
  package func outboxEntry(_ id: RecordID) throws -> OutboxEntry? {
    var query = try Query(database, Self.outboxSelection + " WHERE id = ?")
    try query.bind(id)
    return try query.first(Self.outboxEntry)
  }

  /// The edits the server refused, oldest first.
  package func quarantine() throws -> [OutboxEntry] { try entries(.refused) }
}
