import PlanModel
import ProtocolMessages
import SQLiteQuery
import SyncCore

/// The manifest: the replica holds the scopes that it names, and purges those that it does not name any more.
extension Checkpointing {
  mutating func take(_ manifest: WireManifest) throws {
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
  mutating func dropRefusedAccounts() throws {
    for held in Array(scopes.values) where held.grantEpoch == 0 {
      if try !isWaiting(in: held.scope) { try purge(held) }
    }
  }

  private func isWaiting(in scope: Scope) throws -> Bool {
    let plan = scope.account.map { Scope.plan($0).description } ?? scope.description
    // An edit that had to wait is not of a new account: the server knows the account, or will when it is back.
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
    // The lists that were shown of it go too, and those of everything.
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

  static func withoutOthersWords(_ result: WireMutationResult) -> WireMutationResult {
    var result = result
    for index in result.effects.indices { result.effects[index].clearOther() }
    return result
  }

  mutating func empty(_ held: inout HeldScope) throws {
    emptied.insert(held.number)
    try run(
      ReplicaReading.kindsPresent + "DELETE FROM base WHERE scope = ? AND kind IN (SELECT kind FROM present)",
      held.number)
    // Nothing of what was taken away may be left in words.
    try transaction.forgetIndex()
    held.head = 0
    held.digest = ScopeDigest()
  }
}
