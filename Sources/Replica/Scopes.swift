import GRDB
import PlanModel
import ProtocolMessages
import SQLiteQuery
import SwiftProtobuf
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

extension Replica {
  package func scopes() throws -> [HeldScope] { try read(Self.scopes) }

  /// The person's rights, as of the last sync.
  package func standing(in scope: Scope) throws -> Standing {
    try read { database in
      guard let identity = try Self.identity(in: database) else { throw ReplicaError.notJoined }
      return try Self.standing(of: identity, in: scope, database)
    }
  }

  /// As the records of the last sync say; the server decides by what it knows.
  static func standing(
    of identity: Identity, in scope: Scope, role: AccountRole? = nil, _ database: Database
  ) throws -> Standing {
    let person = try directoryRecord(identity.person, database).map { try KamPerson(serializedBytes: $0) }
    let organization = person.flatMap { OrganizationRole(rawValue: $0.role.rawValue) } ?? identity.role
    guard let account = scope.account else {
      let leads = person?.departments.contains { $0.role == .lead } ?? false
      return Standing(
        person: identity.person, organization: organization, account: nil, keepsDirectory: leads)
    }
    let disengaged = try disengaged(in: account, database)
    var departments: [DepartmentCode: DepartmentStanding] = [:]
    for membership in person?.departments ?? [] {
      let code = DepartmentCode(Int64(membership.department.rawValue))
      guard let role = DepartmentRole(rawValue: membership.role.rawValue), !disengaged.contains(code) else {
        continue
      }
      departments[code] = DepartmentStanding(
        role, colleagues: role == .lead ? try people(of: code, database) : [])
    }
    return Standing(
      person: identity.person, organization: organization,
      account: try role ?? heldScope(scope, in: database)?.role, departments: departments,
      disengaged: disengaged)
  }

  private static func directoryRecord(_ id: RecordID, _ database: Database) throws -> [UInt8]? {
    guard let directory = try heldScope(.directory, in: database) else { return nil }
    return try readableBase(id, in: directory.number, database)?.body.bytes
  }

  private static func disengaged(in account: RecordID, _ database: Database) throws -> Set<DepartmentCode> {
    guard let plan = try heldScope(.plan(account), in: database),
      let record = try readableBase(account, in: plan.number, database)
    else { return [] }
    let codes = try KamAccount(serializedBytes: record.body.bytes).disengaged
    return Set(codes.map { DepartmentCode(Int64($0.rawValue)) })
  }

  private static func people(of department: DepartmentCode, _ database: Database) throws -> Set<RecordID> {
    guard let directory = try heldScope(.directory, in: database) else { return [] }
    var query = try Query(database, "SELECT state FROM base WHERE kind = ? AND scope = ?")
    try query.bind(KindDescription.person.number)
    try query.bind(directory.number)
    let records = try query.all { try RecordState(decoding: $0.blob(0)) }
    return Set(
      try records.filter { record in
        try KamPerson(serializedBytes: record.body.bytes).departments.contains {
          Int64($0.department.rawValue) == department.number
        }
      }.map(\.id))
  }

  private static let columns = "number, name, grant_epoch, role, writable, head, live, digest"

  private static func held(_ query: Query) throws -> HeldScope {
    HeldScope(
      number: query.integer(0), scope: Scope(query.text(1)) ?? .directory, grantEpoch: query.unsigned(2),
      role: AccountRole(rawValue: Int(query.integer(3))), isWritable: query.flag(4), head: query.unsigned(5),
      digest: ScopeDigest(live: query.unsigned(6), sumBytes: query.blob(7)))
  }

  static func scopes(in database: Database) throws -> [HeldScope] {
    try Query(database, "SELECT \(columns) FROM scope ORDER BY number").all(held)
  }

  /// Those of which not everything is what the server sent.
  static func suspectScopes(in database: Database) throws -> [Scope] {
    try Query(database, "SELECT name FROM scope WHERE suspect = 1").all { Scope($0.text(0)) }.compactMap {
      $0
    }
  }

  static func setSuspect(_ isSuspect: Bool, _ scope: Scope, in database: Database) throws {
    var query = try Query(database, "UPDATE scope SET suspect = ? WHERE name = ?")
    try query.bind(isSuspect)
    try query.bind(scope.description)
    try query.run()
  }

  /// Has the next sync fetch a scope again from its beginning.
  package func suspect(_ scopes: [Scope]) throws {
    if scopes.isEmpty { return }
    try write { database in for scope in scopes { try Self.setSuspect(true, scope, in: database) } }
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
  static func digests(
    in database: Database, gone: (RecordID, _ scope: Int64) throws -> Void = { _, _ in }
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

  /// Digests cover values since version 2 of the protocol, and deleted records are marked.
  static func sumUpAnew(in database: Database) throws {
    var deleted: [(id: RecordID, scope: Int64)] = []
    let digests = try digests(in: database) { deleted.append(($0, $1)) }
    for var held in try scopes(in: database) {
      held.digest = digests[held.number] ?? ScopeDigest()
      try save(held, in: database)
    }
    for record in deleted { try markGone(record.id, in: record.scope, database) }
    for row in try Query(database, "SELECT scope, first_edit, last_edit, state FROM overlay").all(overlayRow)
    {
      try save(row, in: database)
    }
  }

  private static func markGone(_ id: RecordID, in scope: Int64, _ database: Database) throws {
    var query = try Query(database, "UPDATE base SET gone = 1 WHERE id = ? AND scope = ?")
    try query.bind(id)
    try query.bind(scope)
    try query.run()
  }

  static func heldScope(_ scope: Scope, in database: Database) throws -> HeldScope? {
    var query = try Query(database, "SELECT \(columns) FROM scope WHERE name = ?")
    try query.bind(scope.description)
    return try query.first(held)
  }

  static func insertScope(
    _ scope: Scope, grantEpoch: UInt64, role: AccountRole?, isWritable: Bool, in database: Database
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

  static func save(_ held: HeldScope, in database: Database) throws {
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
