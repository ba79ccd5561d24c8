import PlanModel
import SyncCore

/// A person leaves the organisation: everything they could do ends at once, everything they did stays.
package enum Leaving {
  /// What a person still answers for.
  package struct Holdings: Equatable, Sendable {
    /// Records that name them, by the words of their register: "task: claimed by".
    package var records: [String: Int] = [:]
    /// Accounts that nobody else manages.
    package var accountsAlone = 0

    package var isEmpty: Bool { records.isEmpty && accountsAlone == 0 }

    /// "2 tasks (claimed by), 1 account that nobody else manages".
    package var words: String {
      var parts = records.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
      if accountsAlone > 0 { parts.append("\(accountsAlone) × account that nobody else manages") }
      return parts.joined(separator: ", ")
    }
  }

  /// What a person answers for by records, as a snapshot had it.
  package struct Look: Sendable {
    fileprivate var scopes: [Scope: (head: UInt64, records: [String: Int])] = [:]

    package init() {}
  }

  /// Reads all that the organisation has: for a snapshot beside the writer, before ``decide(_:isForced:seen:by:in:now:)``.
  package static func look(at email: String, in reading: any CanonicalReading) throws -> Look {
    let person = try People.existing(email, in: reading).id
    var look = Look()
    for row in try reading.scopes() where row.scope != .directory {
      look.scopes[row.scope] = (row.head, try records(of: person, in: row, reading))
    }
    return look
  }

  /// - Parameter seen: What was seen shortly before; only what has changed since is read again.
  /// - Throws: ``PeopleError/stillHolds(_:_:)`` unless `isForced`, ``PeopleError/lastAdmin(_:)``.
  package static func decide(
    _ email: String, isForced: Bool, seen: Look = Look(), by actor: String,
    in transaction: any CanonicalTransaction, now: Int64
  ) throws -> UserRow {
    var user = try People.existing(email, in: transaction)
    if user.role == .admin, user.isActive { try People.checkOtherAdmin(than: user, in: transaction) }
    let holdings = try holdings(of: user.id, seen: seen, in: transaction)
    guard holdings.isEmpty || isForced else { throw PeopleError.stillHolds(user.email, holdings.words) }
    let work = try UnitOfWork(transaction, now: now)
    for var device in try transaction.devices(of: user.id) where device.state != .revoked {
      device.state = .revoked
      try transaction.save(device)
    }
    try transaction.withdrawInvites(of: user.id)
    for grant in try transaction.grants(to: user.id) {
      try transaction.deleteGrant(grant.account, of: user.id)
      try work.noteGrants(on: grant.account)
    }
    for membership in try transaction.memberships(of: user.id) {
      try transaction.deleteMembership(of: user.id, in: membership.department)
    }
    user.isActive = false
    user.role = .member
    user.roleEpoch = work.nextGrantEpoch()
    user.accessVersion += 1
    try transaction.save(user)
    try DirectoryMirror.write(user, in: work)
    try work.audit(
      "user.leave", by: actor, holdings.isEmpty ? user.email : "\(user.email), forced: \(holdings.words)")
    try work.flush()
    return user
  }

  package static func holdings(
    of person: RecordID, seen: Look = Look(), in reading: any CanonicalReading
  ) throws -> Holdings {
    var holdings = Holdings()
    for row in try reading.scopes() where row.scope != .directory {
      let known = seen.scopes[row.scope].flatMap { $0.head == row.head ? $0.records : nil }
      holdings.records.merge(try known ?? records(of: person, in: row, reading), uniquingKeysWith: +)
    }
    for grant in try reading.grants(to: person) where grant.role == .manager {
      let managers = try reading.grants(on: grant.account).filter { $0.role == .manager }
      if managers.count == 1 { holdings.accountsAlone += 1 }
    }
    return holdings
  }

  /// Records of a scope that name the person as who answers for them.
  private static func records(
    of person: RecordID, in row: ScopeRow, _ reading: any CanonicalReading
  ) throws -> [String: Int] {
    var found: [String: Int] = [:]
    try reading.records(in: row.number) { state in
      guard state.alive, let kind = PlanModel.kind(state.kind), !kind.isFinished(state.body) else { return }
      for register in kind.responsibilities {
        let named = register.type.encode(.reference(person), as: register.number)
        guard state.body[register.number].map({ $0.elementsEqual(named) }) == true else { continue }
        found["\(kind.name): \(register.label)", default: 0] += 1
      }
    }
    return found
  }
}
