import PlanModel
import ProtocolMessages
import SQLiteQuery
import SyncCore

/// The overlays: records that were shown with edits that are settled now, or over a base that changed, are shown anew.
extension Checkpointing {
  /// A record's overlay is its base with the edits that still wait: rebuilt where either has changed.
  mutating func rebuildOverlays(settledThrough: Int64) throws {
    // Edits may wait in a scope that was taken away, purged and given again: they are shown again.
    if try hasWaitingEditsInNewScopes() { return try transaction.rebuildAllOverlays() }
    // Nothing waits for these any more.
    try run("DELETE FROM overlay WHERE last_edit <= ?", settledThrough)
    var stale = try touchedByRejudged()
    for mutation in moved { stale.formUnion(keys(of: mutation)) }
    let rows = try Query(transaction.database, "SELECT scope, id, first_edit FROM overlay").all {
      (key: OverlayKey(scope: $0.integer(0), id: try $0.id(1)), firstEdit: $0.integer(2))
    }
    for row in rows where row.firstEdit <= settledThrough || hasChanged(row.key) {
      stale.insert(row.key)
    }
    for key in try takeAwaited() { stale.insert(key) }
    try rebuild(stale)
  }

  /// The awaited records of which some may have come; those still missing are noted again.
  private func takeAwaited() throws -> [OverlayKey] {
    let awaited = try Query(transaction.database, "SELECT scope, id FROM awaited").all {
      OverlayKey(scope: $0.integer(0), id: try $0.id(1))
    }
    if !awaited.isEmpty { try Query(transaction.database, "DELETE FROM awaited").run() }
    return awaited
  }

  /// Records of waiting edits that are judged by something that has changed: a record that came, or another edit that
  /// was refused. They may have to be shown now, or not any more.
  private func touchedByRejudged() throws -> Set<OverlayKey> {
    var touched: Set<OverlayKey> = []
    for entry in try transaction.waitingGuarded() {
      guard let number = Scope(entry.mutation.scope).flatMap({ scopes[$0]?.number }) else { continue }
      let isRejudged = entry.mutation.guards.contains { expectation in
        // The edit it names may have been decided just now; there are few of these.
        if case .mutation = expectation.expect { return true }
        return RecordID(expectation.record).map { hasChanged(OverlayKey(scope: number, id: $0)) } ?? false
      }
      if isRejudged { touched.formUnion(keys(of: entry.mutation)) }
    }
    return touched
  }

  /// The records that a mutation changes.
  private func keys(of mutation: WireMutation) -> [OverlayKey] {
    guard let number = Scope(mutation.scope).flatMap({ scopes[$0]?.number }) else { return [] }
    return mutation.changes.compactMap { change in
      RecordID(change.record).map { OverlayKey(scope: number, id: $0) }
    }
  }

  private func hasChanged(_ key: OverlayKey) -> Bool { changed.contains(key) || emptied.contains(key.scope) }

  private func rebuild(_ stale: Set<OverlayKey>) throws {
    guard !stale.isEmpty else { return }
    for key in stale { try transaction.deleteOverlay(key.id, in: key.scope) }
    for entry in try transaction.entries(.waiting) {
      guard let scope = Scope(entry.mutation.scope), let held = scopes[scope] else { continue }
      let touches = entry.mutation.changes.contains { change in
        RecordID(change.record).map { stale.contains(OverlayKey(scope: held.number, id: $0)) } ?? false
      }
      guard touches else { continue }
      var mutation = entry.mutation
      mutation.changes = mutation.changes.filter { change in
        RecordID(change.record).map { stale.contains(OverlayKey(scope: held.number, id: $0)) } ?? false
      }
      guard try transaction.guardsHold(mutation, in: held.number) else { continue }
      try transaction.apply(mutation, key: entry.key, in: held.number)
    }
  }

  private func hasWaitingEditsInNewScopes() throws -> Bool {
    guard !outcome.newScopes.isEmpty else { return false }
    let waiting = try Query(transaction.database, "SELECT DISTINCT scope FROM outbox WHERE status = 0").all {
      $0.text(0)
    }
    return !Set(waiting).isDisjoint(with: outcome.newScopes.map(\.description))
  }
}

extension ReplicaReading {
  /// Whether the server would still let a waiting mutation through, as far as this replica can see.
  func guardsHold(_ mutation: WireMutation, in scope: Int64) throws -> Bool {
    // An edit that was applied once is not judged again.
    guard mutation.receipt.isEmpty else { return true }
    for expectation in mutation.guards {
      guard let id = RecordID(expectation.record) else { return false }
      let base = try base(id, in: scope)
      let isPending = try base == nil && (mutation.former || overlay(id, in: scope) != nil)
      let verdict = try GuardVerdict.judge(
        expectation, on: base, isPending: isPending, isFormer: mutation.former
      ) { try whatBecame(of: $0) }
      if verdict == .fails { return false }
    }
    return true
  }
}
