import PlanModel
import ProtocolMessages
import SQLiteQuery
import SyncCore

/// Completes a checkpoint from its answers, inside one transaction.
///
/// manifest (HeldScopes) → pages (ReceivedPages) → results (Settling) → overlays (OverlayRepair) → notices → progress
struct Checkpointing {
  let transaction: ReplicaTransaction
  var progress: Progress
  /// This device's wall clock, Unix milliseconds.
  let now: Int64
  /// The server's: what is kept for a while is kept by it, whatever this device's clock does meanwhile.
  let serverNow: Int64
  /// Edits from this number on have been sent already in this sync, and wait.
  var editsBefore: UInt64
  /// The edits that have to wait: what they touch is shown anew.
  var moved: [WireMutation] = []
  var outcome = Commit()
  var scopes: [Scope: HeldScope] = [:]
  /// This replica's number.
  var replica: UInt32 = 0
  /// The waiting edits that have a result, until they are settled.
  var places: [UInt64: (key: Int64, hlc: UInt64)] = [:]
  /// Records that came, by scope number.
  var changed: Set<OverlayKey> = []
  /// Scopes of which nothing was kept: any of their records may be gone.
  var emptied: Set<Int64> = []
  /// Scopes that came from their beginning.
  var refetched: Set<Scope> = []

  struct OverlayKey: Hashable {
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

  func run(_ sql: String, _ number: Int64) throws {
    var query = try Query(transaction.database, sql)
    try query.bind(number)
    try query.run()
  }
}
