import PlanModel
import ProtocolMessages
import SyncCore

/// The pages: their records become the base, and its digest is compared with the server's.
extension Checkpointing {
  mutating func take(_ page: WireScopePage) throws {
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
}
