import GRDB
import PlanModel
import ProtocolMessages
import SQLiteQuery
import SyncCore

/// A scope as this replica holds it.
package struct HeldScope: Equatable, Sendable {
  let number: Int64
  package let scope: Scope
  /// 0 while only this replica knows it.
  package var grantEpoch: UInt64
  package var role: AccountRole?
  package var isWritable: Bool
  package var head: UInt64
  package var digest: ScopeDigest
}

extension ReplicaReading {
  /// The person's rights, as of the last sync.
  package func standing(in scope: Scope) throws -> Standing {
    try standing(of: identity(), in: scope)
  }

  /// As the records of the last sync say; the server decides by what it knows.
  func standing(of identity: Identity, in scope: Scope, role: AccountRole? = nil) throws -> Standing {
    let person = try directoryRecord(identity.person)?.message(KamPerson.self)
    let organization = person.flatMap { OrganizationRole(rawValue: $0.role.rawValue) } ?? identity.role
    guard let account = scope.account else {
      let leads = person?.departments.contains { $0.role == .lead } ?? false
      return Standing(
        person: identity.person, organization: organization, account: nil, keepsDirectory: leads)
    }
    let disengaged = try self.disengaged(in: account)
    var departments: [DepartmentCode: DepartmentStanding] = [:]
    for membership in person?.departments ?? [] {
      let code = DepartmentCode(Int64(membership.department.rawValue))
      guard let role = DepartmentRole(rawValue: membership.role.rawValue), !disengaged.contains(code) else {
        continue
      }
      departments[code] = DepartmentStanding(
        role, colleagues: role == .lead ? try people(of: code) : [])
    }
    return Standing(
      person: identity.person, organization: organization,
      account: try role ?? heldScope(scope)?.role, departments: departments,
      disengaged: disengaged)
  }

  private func directoryRecord(_ id: RecordID) throws -> RecordState? {
    guard let directory = try heldScope(.directory) else { return nil }
    return try readableBase(id, in: directory.number)
  }

  private func disengaged(in account: RecordID) throws -> Set<DepartmentCode> {
    guard let plan = try heldScope(.plan(account)),
      let record = try readableBase(account, in: plan.number)
    else { return [] }
    let codes = try record.message(KamAccount.self).disengaged
    return Set(codes.map { DepartmentCode(Int64($0.rawValue)) })
  }

  private func people(of department: DepartmentCode) throws -> Set<RecordID> {
    guard let directory = try heldScope(.directory) else { return [] }
    var query = try Query(database, "SELECT state FROM base WHERE kind = ? AND scope = ?")
    try query.bind(KindDescription.person.number)
    try query.bind(directory.number)
    let records = try query.all { try RecordState(decoding: $0.blob(0)) }
    return Set(
      try records.filter { record in
        try record.message(KamPerson.self).departments.contains {
          Int64($0.department.rawValue) == department.number
        }
      }.map(\.id))
  }

  private static let columns = "number, name, grant_epoch, role, writable, head, live, digest"

  private static func held(_ query: Query) throws -> HeldScope {
    HeldScope(
      number: query.integer(0), scope: try query.scope(1), grantEpoch: query.unsigned(2),
      role: try query.storedUnlessZero(3), isWritable: query.flag(4), head: query.unsigned(5),
      digest: ScopeDigest(live: query.unsigned(6), sumBytes: query.blob(7)))
  }

  package func scopes() throws -> [HeldScope] {
    try Query(database, "SELECT \(Self.columns) FROM scope ORDER BY number").all(Self.held)
  }

  /// Those of which not everything is what the server sent.
  func suspectScopes() throws -> [Scope] {
    try Query(database, "SELECT name FROM scope WHERE suspect = 1").all { try $0.scope(0) }
  }

  /// Begins a statement on `base` with the kinds that are in it, as `present`: with `scope = ? AND kind IN (SELECT kind FROM
  /// present)` it seeks in the index by kind and scope once a kind, and reads no other scope's records.
  static let kindsPresent = """
    WITH RECURSIVE present (kind) AS (
      SELECT min(kind) FROM base
      UNION ALL SELECT (SELECT min(kind) FROM base WHERE base.kind > present.kind) FROM present
      WHERE present.kind IS NOT NULL
    )

    """

  /// The digest of every scope's records as they are, in one pass; one that cannot be read is missing from the sum.
  ///
  /// - Parameter gone: Told of each deleted record.
  func digests(
    gone: (RecordID, _ scope: Int64) throws -> Void = { _, _ in }
  ) throws -> [Int64: ScopeDigest] {
    var digests: [Int64: ScopeDigest] = [:]
    let query = try Query(database, "SELECT scope, state FROM base")
    defer { query.reset() }
    while try query.step() {
      guard let state = try? RecordState(decoding: query.blob(1)) else { continue }
      digests[query.integer(0), default: ScopeDigest()].add(state)
      if !state.alive { try gone(state.id, query.integer(0)) }
    }
    return digests
  }

  func heldScope(_ scope: Scope) throws -> HeldScope? {
    var query = try Query(database, "SELECT \(Self.columns) FROM scope WHERE name = ?")
    try query.bind(scope.description)
    return try query.first(Self.held)
  }
}

extension ReplicaTransaction {
  func setSuspect(_ isSuspect: Bool, _ scope: Scope) throws {
    var query = try Query(database, "UPDATE scope SET suspect = ? WHERE name = ?")
    try query.bind(isSuspect)
    try query.bind(scope.description)
    try query.run()
  }

  /// Has the next sync fetch a scope again from its beginning.
  package func suspect(_ scopes: [Scope]) throws {
    for scope in scopes { try setSuspect(true, scope) }
  }

  /// Digests cover values since version 2 of the protocol, and deleted records are marked.
  func sumUpAnew() throws {
    var deleted: [(id: RecordID, scope: Int64)] = []
    let digests = try digests { deleted.append(($0, $1)) }
    for var held in try scopes() {
      held.digest = digests[held.number] ?? ScopeDigest()
      try save(held)
    }
    for record in deleted { try markGone(record.id, in: record.scope) }
    for row in try overlays() { try save(row) }
  }

  private func markGone(_ id: RecordID, in scope: Int64) throws {
    var query = try Query(database, "UPDATE base SET gone = 1 WHERE id = ? AND scope = ?")
    try query.bind(id)
    try query.bind(scope)
    try query.run()
  }

  func insertScope(
    _ scope: Scope, grantEpoch: UInt64, role: AccountRole?, isWritable: Bool
  ) throws -> HeldScope {
    var query = try Query(
      database,
      "INSERT INTO scope (name, grant_epoch, role, writable, head, live, digest) VALUES (?, ?, ?, ?, 0, 0, ?)"
    )
    try query.bind(scope.description)
    try query.bind(grantEpoch)
    try query.bind(role?.rawValue ?? 0)
    try query.bind(isWritable)
    try query.bind(ScopeDigest().sumBytes)
    try query.run()
    return HeldScope(
      number: database.lastInsertedRowID, scope: scope, grantEpoch: grantEpoch, role: role,
      isWritable: isWritable,
      head: 0, digest: ScopeDigest())
  }

  func save(_ held: HeldScope) throws {
    var query = try Query(
      database,
      "UPDATE scope SET grant_epoch = ?, role = ?, writable = ?, head = ?, live = ?, digest = ? WHERE number = ?"
    )
    try query.bind(held.grantEpoch)
    try query.bind(held.role?.rawValue ?? 0)
    try query.bind(held.isWritable)
    try query.bind(held.head)
    try query.bind(held.digest.live)
    try query.bind(held.digest.sumBytes)
    try query.bind(held.number)
    try query.run()
  }
}
