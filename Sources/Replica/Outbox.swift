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

extension Replica {
  private static let selection =
    "SELECT key, sequence, id, status, created_ms, mutation, result FROM outbox JOIN edit USING (key)"

  private static func entry(_ query: Query) throws -> OutboxEntry {
    let sequence = query.unsigned(1)
    var mutation = try WireMutation(serializedBytes: query.blob(5))
    mutation.sequence = sequence
    return OutboxEntry(
      key: query.integer(0), sequence: sequence, id: try query.id(2),
      status: OutboxEntry.Status(rawValue: Int(query.integer(3))) ?? .waiting, created: query.integer(4),
      mutation: mutation,
      result: try query.optionalBlob(6).map { try WireMutationResult(serializedBytes: $0) })
  }

  static func entries(_ status: OutboxEntry.Status, in database: Database) throws -> [OutboxEntry] {
    // A text for each status, so that SQLite finds its index. Waiting edits have the same order by number as by key.
    let order = status == .waiting ? "sequence" : "key"
    return try Query(database, selection + " WHERE status = \(status.rawValue) ORDER BY \(order)").all(entry)
  }

  static func entry(sequence: UInt64, in database: Database) throws -> OutboxEntry? {
    var query = try Query(database, selection + " WHERE status = 0 AND sequence = ?")
    try query.bind(sequence)
    return try query.first(entry)
  }

  /// Where waiting edits lie, and their clocks, without reading the edits.
  static func places(
    of sequences: ClosedRange<UInt64>, in database: Database
  ) throws -> [UInt64: (key: Int64, hlc: UInt64)] {
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
  static func batch(
    after sequence: UInt64 = 0, in database: Database, bytesMax: Int, countMax: Int
  ) throws -> [WireMutation] {
    var query = try Query(
      database,
      """
      SELECT sequence, mutation FROM outbox JOIN edit USING (key)
      WHERE status = 0 AND sequence > ? ORDER BY sequence LIMIT ?
      """)
    try query.bind(sequence)
    try query.bind(countMax)
    var bytes = 0
    var batch: [WireMutation] = []
    defer { query.reset() }
    while try query.step() {
      let encoded = query.blob(1)
      bytes += encoded.count + 16
      if bytes > bytesMax, !batch.isEmpty { break }
      var mutation = try WireMutation(serializedBytes: encoded)
      mutation.sequence = query.unsigned(0)
      batch.append(mutation)
    }
    return batch
  }

  /// Whether these are the first waiting mutations, without reading what they say: a number, an id and a clock are
  /// never given to other words.
  static func areNext(_ mutations: [WireMutation], in database: Database) throws -> Bool {
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

  static func enqueue(_ mutation: WireMutation, created: Int64, in database: Database) throws -> Int64 {
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
    try save(mutation, of: key, in: database)
    return key
  }

  private static func save(_ mutation: WireMutation, of key: Int64, in database: Database) throws {
    var query = try Query(
      database,
      "INSERT INTO edit (key, mutation) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET mutation = excluded.mutation"
    )
    try query.bind(key)
    try query.bind(try mutation.serializedBytes() as [UInt8])
    try query.run()
  }

  static func settle(
    _ key: Int64, as status: OutboxEntry.Status, result: WireMutationResult?, now: Int64,
    in database: Database
  ) throws {
    var query = try Query(database, "UPDATE outbox SET status = ?, settled_ms = ?, result = ? WHERE key = ?")
    try query.bind(status.rawValue)
    try query.bind(now)
    try query.bind(try result.map { try $0.serializedBytes() as [UInt8] })
    try query.bind(key)
    try query.run()
  }

  static func save(_ result: WireMutationResult, of key: Int64, in database: Database) throws {
    var query = try Query(database, "UPDATE outbox SET result = ? WHERE key = ?")
    try query.bind(try result.serializedBytes() as [UInt8])
    try query.bind(key)
    try query.run()
  }

  static func renumber(
    _ entry: OutboxEntry, sequence: UInt64, mutation: WireMutation, in database: Database
  ) throws {
    var query = try Query(
      database, "UPDATE outbox SET sequence = ?, hlc = ?, status = 0, result = NULL WHERE key = ?")
    try query.bind(sequence)
    try query.bind(mutation.stamp.hlc)
    try query.bind(entry.key)
    try query.run()
    try save(mutation, of: entry.key, in: database)
  }

  static func forgetAcknowledged(before milliseconds: Int64, in database: Database) throws {
    var query = try Query(database, "DELETE FROM outbox WHERE status = 1 AND settled_ms < ?")
    try query.bind(milliseconds)
    try query.run()
  }

  // MARK: - What people see

  package func waitingCount() throws -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM outbox WHERE status = 0") ?? 0 }
  }

  package func waiting() throws -> [OutboxEntry] { try read { try Self.entries(.waiting, in: $0) } }

  /// The waiting edits that the server decides by comparing: claims and the like.
  package func waitingGuarded() throws -> [OutboxEntry] { try read { try Self.waitingGuarded(in: $0) } }

  static func waitingGuarded(in database: Database) throws -> [OutboxEntry] {
    try Query(database, selection + " WHERE status = 0 AND guarded = 1 ORDER BY sequence").all(entry)
  }

  /// The decided ones that were settled later than this, and when the last of them was; server time, Unix milliseconds.
  package func settledGuarded(after milliseconds: Int64) throws -> (entries: [OutboxEntry], through: Int64) {
    try read { database in
      var query = try Query(
        database, Self.selection + " WHERE status <> 0 AND guarded = 1 AND settled_ms > ? ORDER BY key")
      try query.bind(milliseconds)
      let entries = try query.all(Self.entry)
      let last = try Query(database, "SELECT max(settled_ms) FROM outbox WHERE status <> 0 AND guarded = 1")
      return (entries, max(milliseconds, try last.first { $0.integer(0) } ?? 0))
    }
  }

  /// Up to when decisions have been shown; 0 before the first look.
  package func lookedThrough() throws -> Int64 {
    try read { try Query($0, "SELECT settled_ms FROM looked").first { $0.integer(0) } ?? 0 }
  }

  package func markLooked(through milliseconds: Int64) throws {
    // Looking again need not wait for the disk.
    guard try lookedThrough() < milliseconds else { return }
    try write { database in
      var query = try Query(database, "INSERT OR REPLACE INTO looked (only, settled_ms) VALUES (1, ?)")
      try query.bind(milliseconds)
      try query.run()
    }
  }

  /// What became of an edit; nil once it is forgotten.
  package func outboxEntry(_ id: RecordID) throws -> OutboxEntry? {
    try read { database in
      var query = try Query(database, Self.selection + " WHERE id = ?")
      try query.bind(id)
      return try query.first(Self.entry)
    }
  }

  /// The edits the server refused, oldest first.
  package func quarantine() throws -> [OutboxEntry] { try read { try Self.entries(.refused, in: $0) } }

  /// Lets go of a refused edit.
  ///
  /// - Returns: whether there was one.
  package func dismiss(_ mutation: RecordID) throws -> Bool {
    try write { database in
      var query = try Query(database, "DELETE FROM outbox WHERE id = ? AND status = 2")
      try query.bind(mutation)
      try query.run()
      return database.changesCount > 0
    }
  }
}
