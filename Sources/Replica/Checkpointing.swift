import Foundation
import GRDB
import PlanModel
import ProtocolMessages
import SQLiteQuery
import SwiftProtobuf
import SyncCore

/// Completes a checkpoint from its answers, inside one transaction.
///
/// manifest → results → pages → overlays → progress
struct Checkpointing {
  let transaction: ReplicaTransaction
  var progress: Progress
  /// This device's wall clock, Unix milliseconds.
  let now: Int64
  /// The server's: what is kept for a while is kept by it, whatever this device's clock does meanwhile.
  let serverNow: Int64
  /// Edits from this number on have been sent already in this sync, and wait.
  private var editsBefore: UInt64
  /// The edits that have to wait: what they touch is shown anew.
  private var moved: [WireMutation] = []
  private var outcome = Commit()
  private var scopes: [Scope: HeldScope] = [:]
  /// This replica's number.
  private var replica: UInt32 = 0
  /// The waiting edits that have a result, until they are settled.
  private var places: [UInt64: (key: Int64, hlc: UInt64)] = [:]
  /// Records that came, by scope number.
  private var changed: Set<OverlayKey> = []
  /// Scopes of which nothing was kept: any of their records may be gone.
  private var emptied: Set<Int64> = []
  /// Scopes that came from their beginning.
  private var refetched: Set<Scope> = []

  private struct OverlayKey: Hashable {
    let scope: Int64
    let id: RecordID
  }

  init(
    transaction: ReplicaTransaction, progress: Progress, now: Int64, serverNow: Int64, editsBefore: UInt64
  ) {
    self.transaction = transaction
    self.progress = progress
    self.now = now
    self.serverNow = serverNow
    self.editsBefore = editsBefore
  }

  mutating func commit(_ responses: [WireSyncResponse]) throws -> Commit {
    replica = try transaction.identityIfJoined()?.replica ?? 0
    let results = responses.lazy.flatMap(\.results).map(\.sequence)
    if let first = results.min(), let last = results.max() {
      places = try transaction.places(of: first...last)
    }
    for held in try transaction.scopes() { scopes[held.scope] = held }
    let before = scopes
    for response in responses where response.hasManifest { try take(response.manifest) }
    // Before results settle: an echo names a mutation that must still be waiting to be found.
    for response in responses { for page in response.pages { try take(page) } }
    let settledThrough = try settle(responses)
    try rebuildOverlays(settledThrough: settledThrough)
    for response in responses { try take(response.notices) }
    try dropRefusedAccounts()
    for held in scopes.values where held != before[held.scope] { try transaction.save(held) }
    finish(responses)
    try letGoOfFuture(responses)
    try transaction.save(progress)
    let safe =
      transaction.settings.faults.contains(.forgetsBeforeBackup)
      ? UInt64(Int64.max) : responses.last?.backedUp ?? 0
    try transaction.forgetAcknowledged(
      through: safe, before: serverNow - transaction.settings.outboxKept)
    return outcome
  }

  private mutating func finish(_ responses: [WireSyncResponse]) {
    guard let last = responses.last else { return }
    for response in responses where !response.checkpoint.isEmpty {
      progress.checkpoint = Array(response.checkpoint)
    }
    progress.epoch = last.epoch
    progress.synced = now
  }

  /// Sets the clock back to the server's after one that was wrong had driven it ahead.
  ///
  /// The server has taken what was stamped with it as made on arrival. Were the clock kept, every later edit of this
  /// device would be taken so too, for as long as it was wrong: the last to upload would win over edits that are later.
  /// Nothing may wait: its stamps must stay below those of edits made after it.
  private mutating func letGoOfFuture(_ responses: [WireSyncResponse]) throws {
    guard let last = responses.last, try !hasWaiting() else { return }
    let bound = HybridClock.value(milliseconds: serverNow + Limits.aheadMillisecondsMax)
    guard progress.clock.last > bound, last.serverHlc <= bound else { return }
    progress.clock = HybridClock(last: last.serverHlc)
  }

  // MARK: - Manifest

  private mutating func take(_ manifest: WireManifest) throws {
    let entries = Dictionary(manifest.entries.map { ($0.scope, $0) }, uniquingKeysWith: { $1 })
    for held in Array(scopes.values) where entries[held.scope.description] == nil {
      // A new account waits for its first sync; the manifest cannot know it yet.
      if held.grantEpoch == 0, try isWaiting(in: held.scope) { continue }
      try purge(held)
      outcome.lostScopes.append(held.scope)
    }
    for entry in manifest.entries {
      guard let scope = Scope(entry.scope) else { continue }
      let role = AccountRole(rawValue: entry.role.rawValue)
      if var held = scopes[scope] {
        // Access was lost and given again between two syncs: what is held is stale.
        if held.grantEpoch != 0, held.grantEpoch != entry.grantEpoch { try empty(&held) }
        held.grantEpoch = entry.grantEpoch
        held.role = role
        held.isWritable = entry.writable
        scopes[scope] = held
      } else {
        scopes[scope] = try transaction.insertScope(
          scope, grantEpoch: entry.grantEpoch, role: role, isWritable: entry.writable)
        outcome.newScopes.append(scope)
      }
    }
  }

  /// A new account that the server refused never gets into a manifest.
  private mutating func dropRefusedAccounts() throws {
    for held in Array(scopes.values) where held.grantEpoch == 0 {
      if try !isWaiting(in: held.scope) { try purge(held) }
    }
  }

  private func isWaiting(in scope: Scope) throws -> Bool {
    let plan = scope.account.map { Scope.plan($0).description } ?? scope.description
    // What had to wait is no new account's: the server knows it, or will when it is back.
    var query = try Query(
      transaction.database, "SELECT 1 FROM outbox WHERE status = 0 AND scope = ? AND result IS NULL LIMIT 1")
    try query.bind(plan)
    return try query.first { _ in true } ?? false
  }

  /// Removes all that is held of a scope whose access was taken away. The person's own waiting words stay in the
  /// outbox: the server must consume their numbers, and its refusal moves them to the refused edits.
  private mutating func purge(_ held: HeldScope) throws {
    var emptied = held
    try empty(&emptied)
    if !transaction.settings.faults.contains(.purgeForgetsOverlay) {
      try run("DELETE FROM overlay WHERE scope = ?", held.number)
      try run("DELETE FROM awaited WHERE scope = ?", held.number)
      try run("DELETE FROM scope WHERE number = ?", held.number)
      scopes[held.scope] = nil
    }
    try forgetOthersWords(in: held.scope)
    // What was shown of it goes too, and what was shown of everything.
    // An account that only this replica had is in none.
    if let account = held.scope.account, held.grantEpoch != 0 {
      try transaction.forgetPacks(about: account)
      for scope in [Scope.plan(account), .finance(account)] {
        try transaction.forgetImports(into: scope)
      }
    }
  }

  private func forgetOthersWords(in scope: Scope) throws {
    for sql in [
      "DELETE FROM conflict WHERE scope = ?",
      "DELETE FROM merge_step WHERE merged IN (SELECT merged FROM merge_step WHERE scope = ?)",
      "UPDATE outbox SET result = NULL WHERE scope = ? AND status = 1",
    ] {
      var query = try Query(transaction.database, sql)
      try query.bind(scope.description)
      try query.run()
    }
    // Why an edit was refused stays with it.
    for entry in try transaction.entries(.refused) where entry.mutation.scope == scope.description {
      guard let result = entry.result else { continue }
      try transaction.save(Self.withoutOthersWords(result), of: entry.key)
    }
  }

  private static func withoutOthersWords(_ result: WireMutationResult) -> WireMutationResult {
    var result = result
    for index in result.effects.indices { result.effects[index].clearOther() }
    return result
  }

  private mutating func empty(_ held: inout HeldScope) throws {
    emptied.insert(held.number)
    try run(
      ReplicaReading.kindsPresent + "DELETE FROM base WHERE scope = ? AND kind IN (SELECT kind FROM present)",
      held.number)
    // Nothing of what was taken away may be left in words.
    try transaction.forgetIndex()
    held.head = 0
    held.digest = ScopeDigest()
  }

  private func run(_ sql: String, _ number: Int64) throws {
    var query = try Query(transaction.database, sql)
    try query.bind(number)
    try query.run()
  }

  // MARK: - Pages

  private mutating func take(_ page: WireScopePage) throws {
    guard let scope = Scope(page.scope), var held = scopes[scope] else { return }
    if page.reset {
      try empty(&held)
      refetched.insert(scope)
    }
    for encoded in page.records {
      try take(Array(encoded), into: &held)
    }
    if page.complete {
      held.head = page.head
      let digest = ScopeDigest(live: page.digest.live, sumBytes: page.digest.sum)
      // Only the last page counts: what an earlier one was based on may have been emptied by a later manifest.
      outcome.differing.removeAll { $0 == scope }
      if digest != held.digest { outcome.differing.append(scope) }
      if page.reset || refetched.contains(scope) { try transaction.setSuspect(false, scope) }
    }
    scopes[scope] = held
  }

  private mutating func take(_ encoded: [UInt8], into held: inout HeldScope) throws {
    let state: RecordState
    let bytes: [UInt8]
    // A base that cannot be read is not taken out of the digest, which then differs: the scope is repaired.
    let before: RecordState?
    var isOthers = false
    switch try PageEntry(decoding: encoded) {
    case .state(let received):
      before = try transaction.readableBase(received.id, in: held.number)
      state = received
      bytes = encoded
      outcome.received += 1
      isOthers = true
    case .echo(let id, let sequence, let mutation):
      before = try transaction.readableBase(id, in: held.number)
      let shown = before == nil ? try onlyEdit(of: id, in: held.number, is: mutation) : nil
      guard var made = try shown ?? ownRecord(id, mutation: mutation) else { return }
      made.sequence = sequence
      state = made
      bytes = made.encoded
    }
    if let before { held.digest.remove(before) } else if state.alive { note(state, isOthers, in: held.scope) }
    held.digest.add(state)
    try transaction.saveBase(state, encoded: bytes, in: held.number)
    if let latest = state.stamps.latest { progress.clock.observe(latest.hlc) }
    changed.insert(OverlayKey(scope: held.number, id: state.id))
  }

  /// A record that was not here before.
  private mutating func note(_ state: RecordState, _ isOthers: Bool, in scope: Scope) {
    if isOthers { outcome.arrived[scope, default: 0] += 1 }
    guard Appeared.kinds.contains(state.kind) else { return }
    outcome.appeared.append(Appeared(record: state.id, kind: state.kind, scope: scope))
  }

  /// A record as it is shown, when all of it has the stamp of this waiting mutation: then it is what ``ownRecord``
  /// would make once more from the mutation, at three times the cost.
  private func onlyEdit(of id: RecordID, in scope: Int64, is mutation: UInt64) throws -> RecordState? {
    guard let edit = places[mutation],
      let row = try transaction.overlay(id, in: scope), row.firstEdit == edit.key,
      row.lastEdit == edit.key
    else { return nil }
    let stamp = Stamp(hlc: edit.hlc, replica: replica)
    return row.state.stamps.entries.allSatisfy { $0.stamp == stamp } ? row.state : nil
  }

  /// What this replica's own mutation made of nothing; the digest shows it if that is not what the server has.
  private func ownRecord(_ id: RecordID, mutation: UInt64) throws -> RecordState? {
    guard let entry = try transaction.entry(sequence: mutation),
      let change = entry.mutation.changes.first(where: { RecordID($0.record) == id })
    else { return nil }
    let stamp = Stamp(hlc: entry.mutation.stamp.hlc, replica: entry.mutation.stamp.replica)
    return merge(
      try RecordWrite(change), stamp: stamp, into: nil, id: id, kind: UInt32(clamping: change.kind.rawValue)
    )
    .state
  }

  // MARK: - Results

  /// Gives every mutation with a terminal result its place: acknowledged, or refused and kept with the reason.
  ///
  /// - Returns: the outbox key up to which nothing waits any more.
  private mutating func settle(_ responses: [WireSyncResponse]) throws -> Int64 {
    var settledThrough: Int64 = 0
    for response in responses {
      for result in response.results {
        if result.outcome == .schemaAhead {
          outcome.held += 1
          continue
        }
        progress.acknowledgedResults = max(progress.acknowledgedResults, result.sequence)
        if result.outcome == .waiting {
          settledThrough = max(settledThrough, try putOff(result) ?? 0)
          continue
        }
        // Settled before: the answer came twice, or another process of this device was faster.
        guard let key = try settle(result) else { continue }
        settledThrough = max(settledThrough, key)
      }
    }
    // `last_mutation` settles nothing: on a copied replica it counts the other copy's edits. What was sent comes again
    // until its result is here.
    outcome.hasMoreToSend = try outcome.held == 0 && hasWaiting()
    return settledThrough
  }

  private func hasWaiting() throws -> Bool {
    var query = try Query(
      transaction.database, "SELECT 1 FROM outbox WHERE status = 0 AND sequence < ? LIMIT 1")
    try query.bind(min(editsBefore, UInt64(Int64.max)))
    return try query.first { _ in true } ?? false
  }

  /// What an edit needs is not back yet on the server: it is sent again with the next sync, behind the others.
  ///
  /// - Returns: the outbox key it had; nil when it does not wait.
  private mutating func putOff(_ result: WireMutationResult) throws -> Int64? {
    places[result.sequence] = nil
    guard let entry = try transaction.entry(sequence: result.sequence) else { return nil }
    progress.lastSequence += 1
    editsBefore = min(editsBefore, progress.lastSequence)
    outcome.editsPutOffFrom = min(outcome.editsPutOffFrom, progress.lastSequence)
    outcome.putOff += 1
    try transaction.moveToEnd(entry, sequence: progress.lastSequence, result: result)
    moved.append(entry.mutation)
    return entry.key
  }

  /// - Returns: the edit's outbox key; nil when it does not wait.
  private mutating func settle(_ result: WireMutationResult) throws -> Int64? {
    let place = places.removeValue(forKey: result.sequence)
    guard result.outcome == .applied, result.effects.isEmpty else {
      guard let entry = try transaction.entry(sequence: result.sequence) else { return nil }
      note(result)
      try settle(entry, result)
      return entry.key
    }
    // Nearly all: the edit stands and there is nothing to tell, so it need not be read.
    guard let key = place?.key else { return nil }
    note(result)
    try transaction.settle(key, as: .acknowledged, result, kept: nil, now: serverNow)
    return key
  }

  private mutating func note(_ result: WireMutationResult) {
    outcome.clamped = max(outcome.clamped, result.clampedMs)
    if result.hasFinal { progress.clock.observe(result.final.hlc) }
    if result.hasGuarded { progress.clock.observe(result.guarded.hlc) }
    outcome.acknowledged += 1
  }

  private mutating func settle(_ entry: OutboxEntry, _ result: WireMutationResult) throws {
    // The scope may have been taken away between the decision and the answer's end; then its words are not kept.
    let isHeld = Scope(entry.mutation.scope).flatMap { scopes[$0] } != nil
    let result = isHeld ? result : Self.withoutOthersWords(result)
    guard result.outcome == .applied else {
      outcome.refused.append(entry.id)
      return try transaction.settle(entry.key, as: .refused, result, kept: result, now: serverNow)
    }
    if isHeld {
      outcome.conflicts += try transaction.keepConflicts(of: entry.mutation, result, at: serverNow)
    }
    try transaction.settle(
      entry.key, as: .acknowledged, result, kept: result.effects.isEmpty ? nil : result, now: serverNow)
  }

  private mutating func take(_ notices: [WireNotice]) throws {
    for notice in notices where notice.number > progress.acknowledgedNotices {
      progress.acknowledgedNotices = notice.number
      // An earlier page's notice, of a scope that a later page's manifest took away.
      guard let scope = Scope(notice.scope), scopes[scope] != nil else { continue }
      if notice.type == .newDevice {
        outcome.newDevices.append(NewDevice(notice))
        continue
      }
      try transaction.keepConflict(notice)
      outcome.notices += 1
    }
  }

  // MARK: - Overlays

  /// A record's overlay is its base with the edits that still wait: rebuilt where either has changed.
  private mutating func rebuildOverlays(settledThrough: Int64) throws {
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
    // What was applied once is not judged again.
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
