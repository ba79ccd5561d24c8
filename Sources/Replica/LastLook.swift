import GRDB
import PlanModel
import SQLiteQuery
import SyncCore

/// When a person looked at an account's page before, and how far its scopes were then.
package struct LastLook: Equatable, Sendable {
  /// By this device's clock, Unix milliseconds.
  package let at: Int64
  package let planHead: UInt64
  package let financeHead: UInt64
}

extension ReplicaReading {
  /// The look that what is new is told against; nil before the second.
  ///
  /// - Parameter now: A look soon after another is the same look: it tells what the first told.
  package func lastLook(at account: RecordID, now: Int64) throws -> LastLook? {
    guard let row = try looks(at: account) else { return nil }
    let look = now - row.last.at < Self.sameLookMilliseconds ? row.before : row.last
    return look.at == 0 ? nil : look
  }

  /// Reading a page twice before a meeting must not make what is new disappear.
  fileprivate static let sameLookMilliseconds: Int64 = 30 * 60_000

  fileprivate func looks(at account: RecordID) throws -> (last: LastLook, before: LastLook)? {
    var query = try Query(
      database,
      """
      SELECT at_ms, plan_head, finance_head, before_ms, before_plan_head, before_finance_head FROM seen
      WHERE account = ?
      """)
    try query.bind(account)
    return try query.first { row in
      func look(_ first: Int32) -> LastLook {
        LastLook(
          at: row.integer(first), planHead: row.unsigned(first + 1), financeHead: row.unsigned(first + 2))
      }
      return (look(0), look(3))
    }
  }

  /// Everything in a scope, deleted records too, in the order they were made.
  package func records(in scope: Scope) throws -> [RecordView] {
    guard let held = try heldScope(scope) else { return [] }
    let selections = [
      ("SELECT state FROM overlay WHERE scope = ?", true),
      (
        Self.kindsPresent + """
          SELECT state FROM base WHERE scope = ? AND kind IN (SELECT kind FROM present)
            AND NOT EXISTS (SELECT 1 FROM overlay WHERE overlay.id = base.id AND overlay.scope = base.scope)
          """, false
      ),
    ]
    return try selections.flatMap { sql, isPending in
      var query = try Query(database, sql)
      try query.bind(held.number)
      return try query.all {
        RecordView(scope: scope, state: try RecordState(decoding: $0.blob(0)), isPending: isPending)
      }
    }.sorted { $0.id < $1.id }
  }
}

extension ReplicaTransaction {
  fileprivate func saveLook(
    at account: RecordID, now: Int64, after last: LastLook?
  ) throws {
    var query = try Query(database, "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?, ?, ?)")
    try query.bind(account)
    try query.bind(now)
    for scope in [Scope.plan(account), .finance(account)] { try query.bind(try heldScope(scope)?.head ?? 0) }
    try query.bind(last?.at ?? 0)
    try query.bind(last?.planHead ?? 0)
    try query.bind(last?.financeHead ?? 0)
    try query.run()
  }
}

extension Replica {
  /// Remembers that a person looks at an account's page, where the disk takes it.
  package func markLook(at account: RecordID, now: Int64) throws {
    let last = try read { try $0.looks(at: account)?.last }
    if let last, now - last.at < ReplicaReading.sameLookMilliseconds { return }
    _ = try writeIfPossible { try $0.saveLook(at: account, now: now, after: last) }
  }
}
