import PlanModel
import SQLiteQuery

/// Edits that the server decides, and which of its decisions this person has been shown.
extension ReplicaReading {
  /// The waiting edits that the server decides by comparing: claims and the like.
  package func waitingGuarded() throws -> [OutboxEntry] {
    try Query(database, Self.outboxSelection + " WHERE status = 0 AND guarded = 1 ORDER BY sequence").all(
      Self.outboxEntry)
  }

  /// The decided ones that were settled later than this, and when the last of them was; server time, Unix milliseconds.
  package func settledGuarded(after milliseconds: Int64) throws -> (entries: [OutboxEntry], through: Int64) {
    var query = try Query(
      database, Self.outboxSelection + " WHERE status <> 0 AND guarded = 1 AND settled_ms > ? ORDER BY key")
    try query.bind(milliseconds)
    let entries = try query.all(Self.outboxEntry)
    let last = try Query(database, "SELECT max(settled_ms) FROM outbox WHERE status <> 0 AND guarded = 1")
    return (entries, max(milliseconds, try last.first { $0.integer(0) } ?? 0))
  }

  /// Up to when decisions have been shown; 0 before the first look.
  package func lookedThrough() throws -> Int64 {
    try Query(database, "SELECT settled_ms FROM looked").first { $0.integer(0) } ?? 0
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
