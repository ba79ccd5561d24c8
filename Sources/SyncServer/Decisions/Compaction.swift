import PlanModel
import SyncCore

/// Lets go of deleted records that every device has had time to hear of.
package enum Compaction {
  package static let intervalMilliseconds: Int64 = 86_400_000

  /// Removes tombstones older than ``Limits/tombstoneKeptMilliseconds`` and raises the floors of their scopes.
  /// History keeps everything.
  ///
  /// - Returns: how many records went; nil when it is not time yet.
  package static func run(
    in transaction: any CanonicalTransaction, now: Int64, interval: Int64 = intervalMilliseconds,
    kept: Int64 = Limits.tombstoneKeptMilliseconds
  ) throws -> Int? {
    let ledger = try Ledger(transaction, now: now)
    guard now - ledger.organization.compacted >= interval else { return nil }
    var removed = 0
    for var row in try transaction.scopes() {
      var gone: [RecordState] = []
      try transaction.records(in: row.number) { state in
        let life = state.stamps[lifeRegister]?.milliseconds ?? .max
        if !state.alive, life < now - kept, !isSingleton(state) { gone.append(state) }
      }
      guard !gone.isEmpty else { continue }
      for state in gone { try transaction.deleteRecord(state.id, in: row.number) }
      row.floor = max(row.floor, gone.map(\.sequence).max() ?? 0)
      try transaction.save(row)
      removed += gone.count
    }
    try transaction.deleteNotices(before: now - kept)
    ledger.updateOrganization { $0.compacted = now }
    try ledger.flush()
    return removed
  }

  /// An account's own record carries its scope; it is kept as long as the scope.
  private static func isSingleton(_ state: RecordState) -> Bool {
    state.kind == KindDescription.account.number
  }
}
