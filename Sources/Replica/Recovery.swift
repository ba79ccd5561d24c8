import Foundation
import GRDB
import PlanModel
import ProtocolMessages
import SQLiteQuery
import SwiftProtobuf
import SyncCore

enum Comparison {
  /// The server's scope is at another sequence than this replica.
  case moved
  case equal
  case differing([UInt32])
}

extension ReplicaReading {
  /// Of a scope whose records are compared: one that cannot be read counts as missing, so that it is fetched again.
  fileprivate func allBases(in scope: Int64) throws -> [RecordState] {
    var query = try Query(
      database,
      Self.kindsPresent + "SELECT state FROM base WHERE scope = ? AND kind IN (SELECT kind FROM present)"
    )
    try query.bind(scope)
    return try query.all { try? RecordState(decoding: $0.blob(0)) }.compactMap { $0 }
  }

  fileprivate func baseIDs(in scope: Int64) throws -> [RecordID] {
    var query = try Query(
      database,
      Self.kindsPresent + "SELECT id FROM base WHERE scope = ? AND kind IN (SELECT kind FROM present)")
    try query.bind(scope)
    return try query.all { try $0.id(0) }
  }

  /// Computes every scope's digest from the records themselves and compares it with the running one.
  package func scopesThatDiffer() throws -> [Scope] {
    let digests = try digests()
    return try scopes().filter { $0.digest != digests[$0.number] ?? ScopeDigest() }.map(
      \.scope)
  }
}

extension ReplicaTransaction {
  /// Queues the whole kept log again, under new numbers and with the original ids and stamps, as of a former history: the
  /// server drops what it has by id, and knows by its receipts what it once applied. Only what lies above the server's last number would not do: the backup may miss mutations below it.
  ///
  /// The records that the replica holds stay visible until the new history's first checkpoint replaces them. Nothing is done
  /// when another process of this device was faster.
  func requeueEverything(epoch: String, last: UInt64, answering request: WireSyncRequest) throws {
    guard try !isOvertaken(request) else { return }
    var progress = try progress()
    var kept = try entries(.acknowledged) + entries(.waiting)
    if settings.faults.contains(.requeuesOnlyAboveLast) {
      kept = kept.filter { $0.sequence > last || $0.status == .waiting }
    }
    // No server gives a number near the end of its type; counting on from it would overflow.
    var sequence = min(last, .max >> 16)
    for entry in kept.sorted(by: { $0.key < $1.key }) {
      sequence += 1
      try renumber(
        entry, sequence: sequence, mutation: entry.mutation,
        isFormer: !settings.faults.contains(.forgetsFormer))
    }
    progress.leaveHistory()
    progress.epoch = epoch
    progress.lastSequence = sequence
    // No result has come yet. Those up to `last` may be a copy's, which has not received them either.
    progress.acknowledgedResults = 0
    progress.acknowledgedNotices = 0
    try save(progress)
    try dropStaged()
    try rebuildAllOverlays()
  }

  /// Becomes a replica of its own: what waits gets a new number, new stamps and a new place in the new queue. The ids
  /// stay, so that an edit both copies hold is applied once. Nothing is done when another process of this device was
  /// faster.
  func becomeCopy(replica: UInt32, answering request: WireSyncRequest) throws {
    let identity = try identity()
    guard identity.replica == request.replica else { return }
    try save(identity.renumbered(replica))
    try renumber(try entries(.waiting), for: replica, isFormer: false)
    try rebuildAllOverlays()
  }

  /// Queues everything kept for a new number of this replica.
  ///
  /// - Parameter isFormer: The server has another history than the one it was made in.
  func renumberKept(for replica: UInt32, isFormer: Bool) throws {
    let kept = try entries(.acknowledged) + entries(.waiting)
    try renumber(kept.sorted { $0.key < $1.key }, for: replica, isFormer: isFormer)
    var progress = try progress()
    progress.leaveHistory()
    try save(progress)
    try rebuildAllOverlays()
  }

  private func renumber(_ entries: [OutboxEntry], for replica: UInt32, isFormer: Bool) throws {
    var progress = try progress()
    progress.lastSequence = 0
    progress.acknowledgedResults = 0
    for entry in entries {
      progress.lastSequence += 1
      var mutation = entry.mutation
      mutation.sequence = progress.lastSequence
      mutation.stamp.replica = replica
      try renumber(
        entry, sequence: progress.lastSequence, mutation: mutation, isFormer: isFormer)
    }
    try save(progress)
    try dropStaged()
  }

  func rebuildAllOverlays() throws {
    try Query(database, "DELETE FROM overlay").run()
    try Query(database, "DELETE FROM awaited").run()
    for entry in try entries(.waiting) {
      guard let scope = Scope(entry.mutation.scope), let held = try heldScope(scope) else {
        continue
      }
      guard try guardsHold(entry.mutation, in: held.number) else { continue }
      try apply(entry.mutation, key: entry.key, in: held.number)
    }
  }

  /// Finds the buckets in which this replica differs, from its records themselves. When none does, the running digest
  /// was wrong and is set right.
  func compare(_ response: WireDigestsResponse, _ scope: Scope) throws -> Comparison {
    guard var held = try heldScope(scope), held.head == response.head,
      response.buckets.count == 256
    else { return .moved }
    var mine = [ScopeDigest](repeating: ScopeDigest(), count: 256)
    for state in try allBases(in: held.number) { mine[Int(state.id.lastByte)].add(state) }
    let differing = (0..<256).filter {
      mine[$0] != ScopeDigest(live: response.buckets[$0].live, sumBytes: response.buckets[$0].sum)
    }
    guard differing.isEmpty else { return .differing(differing.map(UInt32.init)) }
    held.digest = mine.reduce(ScopeDigest()) { ScopeDigest(live: $0.live + $1.live, sum: $0.sum &+ $1.sum) }
    try save(held)
    return .equal
  }

  /// Puts the server's records in place of what is held in these buckets.
  ///
  /// - Returns: false when the server's scope has moved on; nothing is changed then.
  func replace(_ response: WireFetchRecordsResponse, buckets: [UInt32], in scope: Scope) throws -> Bool {
    guard var held = try heldScope(scope), held.head == response.head else {
      return false
    }
    let fetched = Set(buckets)
    for id in try baseIDs(in: held.number) where fetched.contains(UInt32(id.lastByte)) {
      var query = try Query(database, "DELETE FROM base WHERE id = ? AND scope = ?")
      try query.bind(id)
      try query.bind(held.number)
      try query.run()
    }
    for encoded in response.records {
      let bytes = Array(encoded)
      try saveBase(try RecordState(decoding: bytes), encoded: bytes, in: held.number)
    }
    held.digest = ScopeDigest()
    for state in try allBases(in: held.number) { held.digest.add(state) }
    try save(held)
    try rebuildAllOverlays()
    var progress = try progress()
    progress.repairs += 1
    try save(progress)
    return true
  }
}
