import PlanModel
import SyncCore

/// Lets go of deleted records that every device has had time to hear of.
package enum Compaction {
  package static let intervalMilliseconds: Int64 = 86_400_000
  /// A server that has not decided for so long was off, or its clock is wrong: it decides every day.
  package static let jumpMillisecondsMax: Int64 = 7 * 86_400_000

  package enum Outcome: Equatable, Sendable {
    case notYet
    /// Of so many records.
    case removed(Int)
    /// Nothing was removed: the clock is this far from the last time that this was decided, and is to be believed
    /// tomorrow.
    case clockJumped(milliseconds: Int64)
  }

  /// Removes tombstones older than ``Limits/tombstoneKeptMilliseconds`` and raises the floors of their scopes.
  /// History keeps everything.
  ///
  /// A clock that is far ahead would throw away what nobody has had time to hear of. So one that has jumped since this was
  /// last decided is believed only once it has been so for a day. What was written since says nothing about it: that may
  /// have been with the clock that is wrong.
  package static func run(
    in transaction: any CanonicalTransaction, now: Int64, interval: Int64 = intervalMilliseconds,
    kept: Int64 = Limits.tombstoneKeptMilliseconds
  ) throws -> Outcome {
    let ledger = try Ledger(transaction, now: now)
    let organization = ledger.organization
    // A time in the future was noted with a clock that was ahead.
    let since = organization.compacted > now ? Int64.max : now - organization.compacted
    guard since >= interval else { return .notYet }
    let last = lastAtWork(organization)
    if organization.compacted > now || now - last > jumpMillisecondsMax {
      ledger.updateOrganization { $0.compacted = now }
      try ledger.flush()
      return .clockJumped(milliseconds: now - last)
    }
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
    return .removed(removed)
  }

  /// When the server is known to have been at work, Unix milliseconds; 0 when it never was.
  package static func lastAtWork(_ organization: OrganizationRow) -> Int64 {
    organization.compacted == 0 ? Int64(organization.clock.last >> 16) : organization.compacted
  }

  /// An account's own record carries its scope; it is kept as long as the scope.
  private static func isSingleton(_ state: RecordState) -> Bool {
    state.kind == KindDescription.account.number
  }
}
