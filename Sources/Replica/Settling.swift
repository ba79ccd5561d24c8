import PlanModel
import ProtocolMessages
import SQLiteQuery
import SyncCore

/// The results: each edit that was sent is settled or put off, and notices are kept.
extension Checkpointing {
  /// Gives every mutation with a terminal result its place: acknowledged, or refused and kept with the reason.
  ///
  /// - Returns: the outbox key up to which nothing waits any more.
  mutating func settle(_ responses: [WireSyncResponse]) throws -> Int64 {
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
    // `last_mutation` settles nothing: on a copied replica it counts the other copy's edits. Edits that were sent are
    // sent again until their results are here.
    outcome.hasMoreToSend = try outcome.held == 0 && hasWaiting()
    return settledThrough
  }

  func hasWaiting() throws -> Bool {
    var query = try Query(
      transaction.database, "SELECT 1 FROM outbox WHERE status = 0 AND sequence < ? LIMIT 1")
    try query.bind(min(editsBefore, UInt64(Int64.max)))
    return try query.first { _ in true } ?? false
  }

  /// The server does not have yet what an edit needs: it is sent again with the next sync, behind the others.
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

  mutating func take(_ notices: [WireNotice]) throws {
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
}
