import PlanModel
import SyncCore

/// Lets go of deleted records that every device has had time to hear of.
package enum Compaction {
  package static let intervalMilliseconds: Int64 = 86_400_000
  /// A server that has not decided for so long was off, or its clock is wrong: it decides every day.
  package static let jumpMillisecondsMax: Int64 = 7 * 86_400_000

  /// A deleted record that every device has had time to hear of.
  package struct Tombstone: Sendable {
    let scope: Scope
    let record: RecordID
  }

  /// Records removed in one transaction: a few milliseconds.
  package static let slice = 200

  package enum Decision: Equatable, Sendable {
    case notYet
    /// It is time to.
    case due
    /// Nothing was removed: the clock is this far from the last time that this was decided, and is to be believed
    /// tomorrow.
    case clockJumped(milliseconds: Int64)
  }

  package enum Outcome: Equatable, Sendable {
    case notYet
    /// Of so many records.
    case removed(Int)
    /// Nothing was removed: the clock is this far from the last time that this was decided, and is to be believed
    /// tomorrow.
    case clockJumped(milliseconds: Int64)
  }

  /// Removes tombstones older than ``Limits/tombstoneKeptMilliseconds`` and raises the floors of their scopes, in one
  /// transaction. History keeps everything. A server that has others to serve goes step by step.
  package static func run(
    in transaction: any CanonicalTransaction, now: Int64, interval: Int64 = intervalMilliseconds,
    kept: Int64 = Limits.tombstoneKeptMilliseconds
  ) throws -> Outcome {
    switch try decide(in: transaction, now: now, interval: interval) {
    case .notYet: return .notYet
    case .clockJumped(let milliseconds): return .clockJumped(milliseconds: milliseconds)
    case .due: break
    }
    let gone = try transaction.scopes().flatMap {
      try tombstones(of: $0.scope, in: transaction, now: now, kept: kept)
    }
    try remove(gone[...], in: transaction, now: now, kept: kept)
    try end(in: transaction, now: now, kept: kept)
    return .removed(gone.count)
  }

  // MARK: - Step by step

  /// Whether it is time.
  ///
  /// With a clock that is far ahead the server would throw away what nobody has had time to hear of. So it believes a clock
  /// that has jumped since this was last decided only once it has been so for a day. Records written since prove nothing:
  /// they may have been written with the wrong clock.
  package static func decide(
    in transaction: any CanonicalTransaction, now: Int64, interval: Int64 = intervalMilliseconds
  ) throws -> Decision {
    let work = try UnitOfWork(transaction, now: now)
    let organization = work.organization
    // A time in the future was noted with a clock that was ahead.
    let since = organization.compacted > now ? Int64.max : now - organization.compacted
    guard since >= interval else { return .notYet }
    let last = lastAtWork(organization)
    guard organization.compacted > now || now - last > jumpMillisecondsMax else { return .due }
    work.updateOrganization { $0.compacted = now }
    try work.flush()
    return .clockJumped(milliseconds: now - last)
  }

  /// What is to go of a scope; the whole of it is read, so that this is for a snapshot beside the writer.
  package static func tombstones(
    of scope: Scope, in reading: any CanonicalReading, now: Int64,
    kept: Int64 = Limits.tombstoneKeptMilliseconds
  ) throws -> [Tombstone] {
    guard let row = try reading.scope(scope) else { return [] }
    var gone: [Tombstone] = []
    try reading.records(in: row.number) { state in
      if isOver(state, now: now, kept: kept) { gone.append(Tombstone(scope: scope, record: state.id)) }
    }
    return gone
  }

  /// Removes what still is to go: somebody may have restored one since it was looked at.
  package static func remove(
    _ tombstones: ArraySlice<Tombstone>, in transaction: any CanonicalTransaction, now: Int64,
    kept: Int64 = Limits.tombstoneKeptMilliseconds
  ) throws {
    for (scope, group) in Dictionary(grouping: tombstones, by: \.scope).sorted(by: {
      "\($0.key)" < "\($1.key)"
    }) {
      guard var row = try transaction.scope(scope) else { continue }
      for tombstone in group {
        guard let state = try transaction.record(tombstone.record, in: row.number),
          isOver(state, now: now, kept: kept)
        else { continue }
        try transaction.deleteRecord(state.id, in: row.number)
        row.floor = max(row.floor, state.sequence)
      }
      try transaction.save(row)
    }
  }

  /// Notes that it was done.
  package static func end(
    in transaction: any CanonicalTransaction, now: Int64, kept: Int64 = Limits.tombstoneKeptMilliseconds
  ) throws {
    let work = try UnitOfWork(transaction, now: now)
    try transaction.deleteNotices(before: now - kept)
    work.updateOrganization { $0.compacted = now }
    try work.flush()
  }

  private static func isOver(_ state: RecordState, now: Int64, kept: Int64) -> Bool {
    let life = state.stamps[lifeRegister]?.milliseconds ?? .max
    return !state.alive && life < now - kept && !isSingleton(state)
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
