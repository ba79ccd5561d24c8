import GRDB
import SQLiteQuery
import PlanModel
import SyncCore
import SyncServer

/// One snapshot of the canonical database.
class SQLiteReading: CanonicalReading {
  let database: Database

  init(_ database: Database) { self.database = database }

  func organization() throws -> OrganizationRow {
    let row = try Query(
      database,
      """
      SELECT name, epoch, checkpoint_key, clock, accounts_version, grant_epoch, audit_chain, compacted,
        commits, epoch_began, epoch_clock, history_entries
      FROM organization
      """
    ).first { query in
      var row = OrganizationRow(name: query.text(0), epoch: query.text(1), checkpointKey: query.blob(2))
      row.clock = HybridClock(last: query.unsigned(3))
      row.accountsVersion = query.unsigned(4)
      row.grantEpoch = query.unsigned(5)
      row.auditChain = query.blob(6)
      row.compacted = query.integer(7)
      row.commits = query.unsigned(8)
      row.epochBegan = query.integer(9)
      row.epochClock = query.unsigned(10)
      row.historyEntries = query.integer(11)
      return row
    }
    guard let row else { throw DatabaseError(message: "this database holds no organisation") }
    return row
  }

  /// A number that this version does not know must not be taken for another one: that would give or take rights.
  ///
  /// - Parameter meaning: Of the column.
  private func choice<Choice: RawRepresentable<Int>>(
    _ query: Query, _ column: Int32, _ meaning: String
  ) throws -> Choice {
    let number = query.integer(column)
    guard let choice = Int(exactly: number).flatMap(Choice.init) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(number) is not \(meaning)")
    }
    return choice
  }

  private func incarnation(_ query: Query) -> IncarnationRow {
    IncarnationRow(id: query.unsigned(0), endedCommits: query.optionalUnsigned(1))
  }

  func knowsEpoch(_ epoch: String) throws -> Bool {
    var query = try Query(database, "SELECT 1 FROM epoch WHERE id = ?")
    try query.bind(epoch)
    return try query.first { _ in true } ?? false
  }

  func incarnation(_ id: UInt64) throws -> IncarnationRow? {
    var query = try Query(database, "SELECT id, ended_commits FROM incarnation WHERE id = ?")
    try query.bind(id)
    return try query.first(incarnation)
  }

  func currentIncarnation() throws -> IncarnationRow? {
    try Query(
      database, "SELECT id, ended_commits FROM incarnation WHERE ended_commits IS NULL ORDER BY number DESC"
    ).first(incarnation)
  }

  // MARK: - People

  private static let userColumns = "id, email, name, role, active, access_version, role_epoch"

  private func user(_ query: Query) throws -> UserRow {
    UserRow(
      id: try query.id(0), email: query.text(1), name: query.text(2),
      role: try choice(query, 3, "a role in the organisation"), isActive: query.flag(4),
      accessVersion: query.unsigned(5), roleEpoch: query.unsigned(6))
  }

  func user(_ id: RecordID) throws -> UserRow? {
    var query = try Query(database, "SELECT \(Self.userColumns) FROM user WHERE id = ?")
    try query.bind(id)
    return try query.first(user)
  }

  func user(email: String) throws -> UserRow? {
    var query = try Query(database, "SELECT \(Self.userColumns) FROM user WHERE email = ?")
    try query.bind(email)
    return try query.first(user)
  }

  func users() throws -> [UserRow] {
    try Query(database, "SELECT \(Self.userColumns) FROM user ORDER BY email").all(user)
  }

  private static let deviceColumns = """
    number, user, name, state, secret_hash, next_secret_hash, copied_from, created, last_seen, last_mutation,
    acknowledged_results, backed_up, forked
    """

  private func device(_ query: Query) throws -> DeviceRow {
    var row = DeviceRow(
      number: query.number(0), user: try query.id(1), name: query.text(2), secretHash: query.blob(4),
      copiedFrom: query.number(6), created: query.integer(7))
    row.state = try choice(query, 3, "the state of a device")
    row.nextSecretHash = query.optionalBlob(5)
    row.lastSeen = query.integer(8)
    row.lastMutation = query.unsigned(9)
    row.acknowledgedResults = query.unsigned(10)
    row.backedUp = query.unsigned(11)
    row.forked = query.integer(12)
    return row
  }

  func device(_ number: UInt32) throws -> DeviceRow? {
    var query = try Query(database, "SELECT \(Self.deviceColumns) FROM device WHERE number = ?")
    try query.bind(number)
    return try query.first(device)
  }

  func devices(of user: RecordID?) throws -> [DeviceRow] {
    guard let user else {
      return try Query(database, "SELECT \(Self.deviceColumns) FROM device ORDER BY number").all(device)
    }
    var query = try Query(database, "SELECT \(Self.deviceColumns) FROM device WHERE user = ? ORDER BY number")
    try query.bind(user)
    return try query.all(device)
  }

  func devices(whoseEndedSecretIs hash: [UInt8]) throws -> [UInt32] {
    var query = try Query(database, "SELECT device FROM dead_secret WHERE hash = ?")
    try query.bind(hash)
    return try query.all { $0.number(0) }
  }

  func endedSecrets(of device: UInt32) throws -> Int {
    var query = try Query(database, "SELECT count(*) FROM dead_secret WHERE device = ?")
    try query.bind(device)
    return Int(try query.first { $0.integer(0) } ?? 0)
  }

  func invite(_ id: RecordID) throws -> InviteRow? {
    var query = try Query(
      database,
      """
      SELECT id, user, secret_hash, created, expires, used, used_by_device, used_device_secret_hash, withdrawn
      FROM invite WHERE id = ?
      """)
    try query.bind(id)
    return try query.first { query in
      var row = InviteRow(
        id: try query.id(0), user: try query.id(1), secretHash: query.blob(2), created: query.integer(3),
        expires: query.integer(4))
      row.used = query.integer(5)
      row.usedByDevice = query.number(6)
      row.usedDeviceSecretHash = query.optionalBlob(7)
      row.isWithdrawn = query.flag(8)
      return row
    }
  }

  // MARK: - Access

  private static let grantColumns = "account, user, role, plan_epoch, finance_epoch"

  private func grant(_ query: Query) throws -> GrantRow {
    GrantRow(
      account: try query.id(0), user: try query.id(1),
      role: try choice(query, 2, "a role in an account"),
      planEpoch: query.unsigned(3), financeEpoch: query.unsigned(4))
  }

  func grant(_ account: RecordID, to user: RecordID) throws -> GrantRow? {
    var query = try Query(
      database, "SELECT \(Self.grantColumns) FROM account_grant WHERE account = ? AND user = ?")
    try query.bind(account)
    try query.bind(user)
    return try query.first(grant)
  }

  func grants(to user: RecordID) throws -> [GrantRow] {
    var query = try Query(
      database, "SELECT \(Self.grantColumns) FROM account_grant WHERE user = ? ORDER BY account")
    try query.bind(user)
    return try query.all(grant)
  }

  func grants(on account: RecordID) throws -> [GrantRow] {
    var query = try Query(
      database, "SELECT \(Self.grantColumns) FROM account_grant WHERE account = ? ORDER BY user")
    try query.bind(account)
    return try query.all(grant)
  }

  func accessChanged(_ account: RecordID, _ subject: AccessSubject) throws -> UInt64 {
    var query = try Query(database, "SELECT hlc FROM access_change WHERE account = ? AND subject = ?")
    try query.bind(account)
    try query.bind(Self.key(of: subject))
    return try query.first { $0.unsigned(0) } ?? 0
  }

  static func key(of subject: AccessSubject) -> [UInt8] {
    switch subject {
    case .person(let id): id.bytes
    case .department(let code): Array("\(code.number)".utf8)
    }
  }

  private static let membershipColumns = "user, department, role, epoch"

  private func membership(_ query: Query) throws -> MembershipRow {
    MembershipRow(
      user: try query.id(0), department: DepartmentCode(query.integer(1)),
      role: try choice(query, 2, "a role in a department"), epoch: query.unsigned(3))
  }

  func memberships(of user: RecordID) throws -> [MembershipRow] {
    var query = try Query(
      database, "SELECT \(Self.membershipColumns) FROM membership WHERE user = ? ORDER BY department")
    try query.bind(user)
    return try query.all(membership)
  }

  func memberships(in department: DepartmentCode) throws -> [MembershipRow] {
    var query = try Query(
      database, "SELECT \(Self.membershipColumns) FROM membership WHERE department = ? ORDER BY user")
    try query.bind(department.number)
    return try query.all(membership)
  }

  private func engagement(_ query: Query) throws -> EngagementRow {
    EngagementRow(
      account: try query.id(0), department: DepartmentCode(query.integer(1)), isEngaged: query.flag(2),
      epoch: query.unsigned(3))
  }

  func engagements(in account: RecordID) throws -> [EngagementRow] {
    var query = try Query(
      database, "SELECT account, department, engaged, epoch FROM engagement WHERE account = ?")
    try query.bind(account)
    return try query.all(engagement)
  }

  func engagements() throws -> [EngagementRow] {
    try Query(database, "SELECT account, department, engaged, epoch FROM engagement").all(engagement)
  }

  // MARK: - Scopes and records

  private static let scopeColumns =
    "number, name, head, floor, live, digest, deleted, history_number, history_chain, sealed, access"

  private func scope(named name: String) throws -> Scope {
    guard let scope = Scope(name) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "“\(name)” is not a scope")
    }
    return scope
  }

  private func scope(_ query: Query) throws -> ScopeRow {
    var row = ScopeRow(
      number: query.integer(0), scope: try scope(named: query.text(1)), head: query.unsigned(2),
      floor: query.unsigned(3),
      digest: ScopeDigest(live: query.unsigned(4), sumBytes: query.blob(5)), isDeleted: query.flag(6))
    row.historyNumber = query.integer(7)
    row.historyChain = query.blob(8)
    row.sealed = query.integer(9)
    row.access = query.blob(10)
    return row
  }

  func scope(_ scope: Scope) throws -> ScopeRow? {
    var query = try Query(database, "SELECT \(Self.scopeColumns) FROM scope WHERE name = ?")
    try query.bind(scope.description)
    return try query.first(self.scope)
  }

  func scope(numbered number: Int64) throws -> ScopeRow? {
    var query = try Query(database, "SELECT \(Self.scopeColumns) FROM scope WHERE number = ?")
    try query.bind(number)
    return try query.first(scope)
  }

  func scopes() throws -> [ScopeRow] {
    try Query(database, "SELECT \(Self.scopeColumns) FROM scope ORDER BY number").all(scope)
  }

  func record(_ id: RecordID, in scope: Int64) throws -> RecordState? {
    var query = try Query(database, "SELECT state FROM record WHERE scope = ? AND id = ?")
    try query.bind(scope)
    try query.bind(id)
    return try query.first { try state($0, column: 0) }
  }

  func isRecord(_ id: RecordID, outside scope: Int64?) throws -> Bool {
    var query = try Query(
      database,
      """
      SELECT EXISTS (SELECT 1 FROM record WHERE id = ? AND scope <> ?)
        OR EXISTS (SELECT 1 FROM gone_record WHERE id = ? AND scope <> ?)
      """)
    for _ in 0..<2 {
      try query.bind(id)
      // No scope has a number below 1.
      try query.bind(scope ?? 0)
    }
    return try query.first { $0.flag(0) } ?? false
  }

  func livingAccounts(foundedBy founder: RecordID?) throws -> Int {
    var query = try Query(
      database,
      """
      SELECT count(*) FROM scope WHERE name LIKE 'plan/%' AND deleted = 0 AND (? IS NULL OR founder = ?)
      """)
    try query.bind(founder?.bytes)
    try query.bind(founder?.bytes)
    return try query.first { Int($0.integer(0)) } ?? 0
  }

  func used(_ allowance: Allowance, by person: RecordID, on day: Int64) throws -> Int {
    var query = try Query(
      database, "SELECT used FROM allowance WHERE user = ? AND subject = ? AND day = ?")
    try query.bind(person)
    try query.bind(allowance.rawValue)
    try query.bind(day)
    return try query.first { Int($0.integer(0)) } ?? 0
  }

  func openInvites(of user: RecordID, at now: Int64) throws -> Int {
    var query = try Query(
      database,
      "SELECT count(*) FROM invite WHERE user = ? AND used = 0 AND withdrawn = 0 AND expires >= ?")
    try query.bind(user)
    try query.bind(now)
    return try query.first { Int($0.integer(0)) } ?? 0
  }

  /// Damage is this store's failure; as a `WireError` it would pass for the client's mistake.
  private func state(_ query: Query, column: Int32) throws -> RecordState {
    do {
      return try RecordState(decoding: query.blob(column))
    } catch {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a record's state cannot be read (\(error))")
    }
  }

  func records(
    in scope: Int64, after sequence: UInt64, _ body: (RecordID, UInt64, [UInt8]) -> Bool
  ) throws {
    var query = try Query(
      database, "SELECT id, sequence, state FROM record WHERE scope = ? AND sequence > ? ORDER BY sequence")
    try query.bind(scope)
    try query.bind(sequence)
    defer { query.reset() }
    while try query.step() {
      guard body(try query.id(0), query.unsigned(1), query.blob(2)) else { return }
    }
  }

  func records(in scope: Int64, _ body: (RecordState) throws -> Void) throws {
    var query = try Query(database, "SELECT state FROM record WHERE scope = ?")
    try query.bind(scope)
    defer { query.reset() }
    while try query.step() { try body(try state(query, column: 0)) }
  }

  // MARK: - Mutations, history, notices

  private static let mutationColumns = """
    replica, sequence, id, outcome, scope_sequence, final_hlc, final_replica, guarded_hlc, receipt, result,
    (SELECT name FROM scope WHERE number = mutation.scope), words
    """

  private func mutation(_ query: Query) throws -> MutationRow {
    MutationRow(
      replica: query.number(0), sequence: query.unsigned(1), id: try query.id(2),
      outcome: Int(query.integer(3)),
      scopeSequence: query.unsigned(4), final: Stamp(hlc: query.unsigned(5), replica: query.number(6)),
      guarded: query.optionalUnsigned(7).map { Stamp(hlc: $0, replica: query.number(6)) },
      receipt: query.optionalBlob(8), result: query.optionalBlob(9), scope: Scope(query.text(10)),
      words: query.optionalBlob(11))
  }

  func mutation(_ id: RecordID, of person: RecordID?) throws -> MutationRow? {
    // The device says whose it is: a person who comes back under another id takes their mutations along.
    var query = try Query(
      database,
      """
      SELECT \(Self.mutationColumns) FROM mutation
      WHERE id = ? AND outcome <> ? AND (? IS NULL OR (SELECT user FROM device WHERE number = replica) = ?)
      ORDER BY outcome <> ?, key LIMIT 1
      """)
    try query.bind(id)
    try query.bind(MutationRow.outcomeWaiting)
    try query.bind(person?.bytes)
    try query.bind(person?.bytes)
    try query.bind(MutationRow.outcomeApplied)
    return try query.first(mutation)
  }

  func mutation(of replica: UInt32, _ sequence: UInt64) throws -> MutationRow? {
    var query = try Query(
      database, "SELECT \(Self.mutationColumns) FROM mutation WHERE replica = ? AND sequence = ?")
    try query.bind(replica)
    try query.bind(sequence)
    return try query.first(mutation)
  }

  private static let historyColumns = "number, scope, record, server_ms, entry, salt, erased_hash, chain"

  private func history(_ query: Query) throws -> HistoryRow {
    let content: HistoryRow.Content =
      if let hash = query.optionalBlob(6) { .erased(hash: hash) } else {
        .entry(query.blob(4), salt: query.blob(5))
      }
    return HistoryRow(
      number: query.integer(0), scope: query.integer(1), record: try query.id(2),
      serverMilliseconds: query.integer(3), content: content, chain: query.blob(7))
  }

  func history(
    of record: RecordID, in scope: Int64, before number: Int64?, _ body: (HistoryRow) throws -> Bool
  ) throws {
    var query = try Query(
      database,
      """
      SELECT \(Self.historyColumns) FROM history
      WHERE record = ? AND scope = ? AND number < ? AND entry IS NOT NULL ORDER BY number DESC
      """)
    try query.bind(record)
    try query.bind(scope)
    try query.bind(number ?? .max)
    defer { query.reset() }
    while try query.step() {
      guard try body(history(query)) else { return }
    }
  }

  func history(
    in scope: Int64, after number: Int64, limit: Int, _ body: (HistoryRow) throws -> Void
  ) throws {
    var query = try Query(
      database,
      "SELECT \(Self.historyColumns) FROM history WHERE scope = ? AND number > ? ORDER BY number LIMIT ?")
    try query.bind(scope)
    try query.bind(number)
    try query.bind(limit)
    defer { query.reset() }
    while try query.step() { try body(history(query)) }
  }

  func historyChain(in scope: Int64, at number: Int64) throws -> [UInt8]? {
    var query = try Query(database, "SELECT chain FROM history WHERE scope = ? AND number = ?")
    try query.bind(scope)
    try query.bind(number)
    return try query.first { $0.blob(0) }
  }

  func seals(of entry: Int64) throws -> [SealRow] {
    var query = try Query(database, "SELECT entry, scope, number FROM seal WHERE entry = ? ORDER BY scope")
    try query.bind(entry)
    return try query.all { SealRow(entry: $0.integer(0), scope: $0.integer(1), number: $0.integer(2)) }
  }

  private func audit(_ query: Query) throws -> AuditRow {
    var row = AuditRow(
      number: query.integer(0), serverMilliseconds: query.integer(1), actor: query.text(2),
      action: query.text(3), detail: query.text(4), salt: query.blob(5))
    row.chain = query.blob(6)
    return row
  }

  private static let auditColumns = "number, server_ms, actor, action, detail, salt, chain"

  func audit(last action: String) throws -> AuditRow? {
    var query = try Query(
      database, "SELECT \(Self.auditColumns) FROM audit WHERE action = ? ORDER BY number DESC LIMIT 1")
    try query.bind(action)
    return try query.first(audit)
  }

  func audit(after number: Int64, limit: Int) throws -> [AuditRow] {
    var query = try Query(
      database,
      "SELECT \(Self.auditColumns) FROM audit WHERE number > ? ORDER BY number LIMIT ?"
    )
    try query.bind(number)
    try query.bind(limit)
    return try query.all(audit)
  }

  func audit(last count: Int, without action: String?) throws -> [AuditRow] {
    var query = try Query(
      database,
      """
      SELECT \(Self.auditColumns) FROM audit WHERE action <> ?
      ORDER BY number DESC LIMIT ?
      """)
    try query.bind(action ?? "")
    try query.bind(count)
    return try query.all(audit).reversed()
  }

  func notices(to user: RecordID, after number: UInt64, _ body: (NoticeRow) throws -> Bool) throws {
    var query = try Query(
      database,
      "SELECT user, number, scope, server_ms, notice FROM notice WHERE user = ? AND number > ? ORDER BY number"
    )
    try query.bind(user)
    try query.bind(number)
    defer { query.reset() }
    while try query.step() {
      let row = NoticeRow(
        user: try query.id(0), number: query.unsigned(1), scope: try self.scope(named: query.text(2)),
        serverMilliseconds: query.integer(3), notice: query.blob(4))
      guard try body(row) else { return }
    }
  }
}
