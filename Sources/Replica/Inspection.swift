import GRDB
import PlanModel
import ProtocolMessages
import SQLiteQuery
import SwiftProtobuf
import SyncCore

/// Everything a replica holds, read in one transaction, for checks.
package struct ReplicaContents: Sendable {
  package struct Held: Sendable {
    package let scope: HeldScope
    /// The server's records, as encoded.
    package let base: [RecordID: [UInt8]]
  }
  /// An edit of the outbox without its words.
  package struct Edit: Sendable {
    package let id: RecordID
    package let status: OutboxEntry.Status
    package let scope: String
    package let result: WireMutationResult?
  }
  package let progress: Progress
  package let scopes: [Held]
  /// Whether base or overlay hold a record of no scope that is held.
  package let orphans: Int
  package let outbox: [Edit]
  package let stagedCount: Int
}

extension ReplicaReading {
  package func contents() throws -> ReplicaContents {
    func count(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql) ?? 0 }
    return ReplicaContents(
      progress: try progress(),
      scopes: try scopes().map { held in
        var query = try Query(database, "SELECT id, state FROM base WHERE scope = ?")
        try query.bind(held.number)
        let rows = try query.all { (try $0.id(0), $0.blob(1)) }
        return ReplicaContents.Held(scope: held, base: Dictionary(uniqueKeysWithValues: rows))
      },
      orphans: try count("SELECT count(*) FROM base WHERE scope NOT IN (SELECT number FROM scope)")
        + count("SELECT count(*) FROM overlay WHERE scope NOT IN (SELECT number FROM scope)"),
      outbox: try Query(database, "SELECT id, status, scope, result FROM outbox ORDER BY key").all {
        query in
        ReplicaContents.Edit(
          id: try query.id(0), status: try query.stored(1),
          scope: query.text(2),
          result: try query.optionalBlob(3).map { try WireMutationResult(serializedBytes: $0) })
      },
      stagedCount: try count("SELECT count(*) FROM staged"))
  }
}

extension Replica {
  /// Records whose view is not their base with the waiting edits applied.
  package func viewsThatDiffer() throws -> [RecordID] {
    func states(_ transaction: ReplicaTransaction) throws -> [RecordID: RecordState] {
      Dictionary(try transaction.overlays().map { ($0.state.id, $0.state) }, uniquingKeysWith: { $1 })
    }
    return try write { transaction in
      var differing: [RecordID] = []
      try transaction.savepoint {
        let shown = try states(transaction)
        try transaction.rebuildAllOverlays()
        let rebuilt = try states(transaction)
        differing = Set(shown.keys).union(rebuilt.keys).filter { shown[$0] != rebuilt[$0] }.sorted()
        return .rollback
      }
      return differing
    }
  }
}
