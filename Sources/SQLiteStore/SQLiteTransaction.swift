import GRDB
import SQLiteQuery
import PlanModel
import SyncCore
import SyncServer

/// The canonical database's one writer, inside a transaction.
final class SQLiteTransaction: SQLiteReading, CanonicalTransaction {
  private let isRepeatable: Bool
  private(set) var changed: Set<Scope> = []

  /// - Parameter isRepeatable: In a simulation, in which the same must come out of the same, salts are numbers.
  init(_ database: Database, isRepeatable: Bool = false) {
    self.isRepeatable = isRepeatable
    super.init(database)
  }

  func noteChanged(_ scopes: Set<Scope>) { changed.formUnion(scopes) }

  func save(_ row: OrganizationRow) throws {
    var query = try Query(
      database,
      """
      INSERT OR REPLACE INTO organization
        (only, name, epoch, checkpoint_key, clock, accounts_version, grant_epoch, audit_chain, compacted, commits,
        epoch_began, epoch_clock, history_entries)
      VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    try query.bind(row.name)
    try query.bind(row.epoch)
    try query.bind(row.checkpointKey)
    try query.bind(row.clock.last)
    try query.bind(row.accountsVersion)
    try query.bind(row.grantEpoch)
    try query.bind(row.auditChain)
    try query.bind(row.compacted)
    try query.bind(row.commits)
    try query.bind(row.epochBegan)
    try query.bind(row.epochClock)
    try query.bind(row.historyEntries)
    try query.run()
  }

  func noteEpoch(_ epoch: String) throws {
    var query = try Query(database, "INSERT OR IGNORE INTO epoch (id) VALUES (?)")
    try query.bind(epoch)
    try query.run()
  }

  func save(_ row: IncarnationRow) throws {
    var query = try Query(
      database,
      """
      INSERT INTO incarnation (id, ended_commits) VALUES (?, ?)
      ON CONFLICT (id) DO UPDATE SET ended_commits = excluded.ended_commits
      """)
    try query.bind(row.id)
    try query.bind(optional: row.endedCommits)
    try query.run()
  }

  // MARK: - People

  func save(_ row: UserRow) throws {
    var query = try Query(
      database,
      """
      INSERT INTO user (id, email, name, role, active, access_version, role_epoch) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET email = excluded.email, name = excluded.name, role = excluded.role,
        active = excluded.active, access_version = excluded.access_version, role_epoch = excluded.role_epoch
      """)
    try query.bind(row.id)
    try query.bind(row.email)
    try query.bind(row.name)
    try query.bind(row.role.rawValue)
    try query.bind(row.isActive)
    try query.bind(row.accessVersion)
    try query.bind(row.roleEpoch)
    try query.run()
  }

  func nextDeviceNumber() throws -> UInt32 {
    try Query(database, "INSERT INTO device_number DEFAULT VALUES").run()
    return UInt32(clamping: database.lastInsertedRowID)
  }

  func skipDeviceNumbers() throws {
    // The block of 65,536 after the last one: far more than can have joined since any copy was made.
    try Query(
      database,
      """
      INSERT INTO device_number (number)
      SELECT (coalesce(max(seq), 0) / 65536 + 1) * 65536 FROM sqlite_sequence WHERE name = 'device_number'
      """
    ).run()
  }

  func renameUser(_ id: RecordID, to former: RecordID) throws {
    // The row that others refer to comes first, then what refers to it, then the old one goes.
    guard let user = try user(id) else { return }
    var holder = try Query(database, "UPDATE user SET email = ? WHERE id = ?")
    try holder.bind("\(former)")
    try holder.bind(id)
    try holder.run()
    try save(
      UserRow(
        id: former, email: user.email, name: user.name, role: user.role, isActive: user.isActive,
        accessVersion: user.accessVersion + 1, roleEpoch: user.roleEpoch))
    for statement in [
      "UPDATE device SET user = ? WHERE user = ?", "UPDATE invite SET user = ? WHERE user = ?",
      "UPDATE account_grant SET user = ? WHERE user = ?", "UPDATE membership SET user = ? WHERE user = ?",
      "UPDATE notice SET user = ? WHERE user = ?", "UPDATE notice_number SET user = ? WHERE user = ?",
      "UPDATE scope SET founder = ? WHERE founder = ?", "UPDATE allowance SET user = ? WHERE user = ?",
    ] {
      var query = try Query(database, statement)
      try query.bind(former)
      try query.bind(id)
      try query.run()
    }
    var query = try Query(database, "DELETE FROM user WHERE id = ?")
    try query.bind(id)
    try query.run()
  }

  func save(_ row: DeviceRow) throws {
    var query = try Query(
      database,
      """
      INSERT INTO device (number, user, name, state, secret_hash, next_secret_hash, copied_from, created, last_seen,
        last_mutation, acknowledged_results, backed_up, forked)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (number) DO UPDATE SET name = excluded.name, state = excluded.state,
        secret_hash = excluded.secret_hash, next_secret_hash = excluded.next_secret_hash,
        last_seen = excluded.last_seen, last_mutation = excluded.last_mutation,
        acknowledged_results = excluded.acknowledged_results, backed_up = excluded.backed_up,
        forked = excluded.forked
      """)
    try query.bind(row.number)
    try query.bind(row.user)
    try query.bind(row.name)
    try query.bind(row.state.rawValue)
    try query.bind(row.secretHash)
    try query.bind(row.nextSecretHash)
    try query.bind(row.copiedFrom)
    try query.bind(row.created)
    try query.bind(row.lastSeen)
    try query.bind(row.lastMutation)
    try query.bind(row.acknowledgedResults)
    try query.bind(row.backedUp)
    try query.bind(row.forked)
    try query.run()
  }

  func saveEndedSecret(_ hash: [UInt8], of device: UInt32) throws {
    var query = try Query(database, "INSERT OR IGNORE INTO dead_secret (hash, device) VALUES (?, ?)")
    try query.bind(hash)
    try query.bind(device)
    try query.run()
  }

  func save(_ row: InviteRow) throws {
    var query = try Query(
      database,
      """
      INSERT INTO invite (id, user, secret_hash, created, expires, used, used_by_device, used_device_secret_hash,
        withdrawn) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET used = excluded.used, used_by_device = excluded.used_by_device,
        used_device_secret_hash = excluded.used_device_secret_hash, withdrawn = excluded.withdrawn
      """)
    try query.bind(row.id)
    try query.bind(row.user)
    try query.bind(row.secretHash)
    try query.bind(row.created)
    try query.bind(row.expires)
    try query.bind(row.used)
    try query.bind(row.usedByDevice)
    try query.bind(row.usedDeviceSecretHash)
    try query.bind(row.isWithdrawn)
    try query.run()
  }

  func withdrawInvites(of user: RecordID) throws {
    var query = try Query(database, "UPDATE invite SET withdrawn = 1 WHERE user = ? AND used = 0")
    try query.bind(user)
    try query.run()
  }

  func withdrawInvites() throws -> Int {
    try Query(database, "UPDATE invite SET withdrawn = 1 WHERE used = 0 AND withdrawn = 0").run()
    return database.changesCount
  }

  // MARK: - Access

  func saveAccessChanged(_ account: RecordID, _ subject: AccessSubject, hlc: UInt64) throws {
    var query = try Query(
      database, "INSERT OR REPLACE INTO access_change (account, subject, hlc) VALUES (?, ?, ?)")
    try query.bind(account)
    try query.bind(Self.key(of: subject))
    try query.bind(hlc)
    try query.run()
  }

  func save(_ row: GrantRow) throws {
    var query = try Query(
      database,
      "INSERT OR REPLACE INTO account_grant (account, user, role, plan_epoch, finance_epoch) VALUES (?, ?, ?, ?, ?)"
    )
    try query.bind(row.account)
    try query.bind(row.user)
    try query.bind(row.role.rawValue)
    try query.bind(row.planEpoch)
    try query.bind(row.financeEpoch)
    try query.run()
  }

  func deleteGrant(_ account: RecordID, of user: RecordID) throws {
    var query = try Query(database, "DELETE FROM account_grant WHERE account = ? AND user = ?")
    try query.bind(account)
    try query.bind(user)
    try query.run()
  }

  func save(_ row: MembershipRow) throws {
    var query = try Query(
      database, "INSERT OR REPLACE INTO membership (user, department, role, epoch) VALUES (?, ?, ?, ?)")
    try query.bind(row.user)
    try query.bind(row.department.number)
    try query.bind(row.role.rawValue)
    try query.bind(row.epoch)
    try query.run()
  }

  func deleteMembership(of user: RecordID, in department: DepartmentCode) throws {
    var query = try Query(database, "DELETE FROM membership WHERE user = ? AND department = ?")
    try query.bind(user)
    try query.bind(department.number)
    try query.run()
  }

  func save(_ row: EngagementRow) throws {
    var query = try Query(
      database, "INSERT OR REPLACE INTO engagement (account, department, engaged, epoch) VALUES (?, ?, ?, ?)")
    try query.bind(row.account)
    try query.bind(row.department.number)
    try query.bind(row.isEngaged)
    try query.bind(row.epoch)
    try query.run()
  }

  // MARK: - Scopes and records

  func createScope(_ scope: Scope, by founder: RecordID?, at now: Int64) throws -> ScopeRow {
    var query = try Query(
      database,
      """
      INSERT INTO scope (name, head, floor, live, digest, founder, founded, access) VALUES (?, 0, 0, 0, ?, ?, ?, ?)
      """)
    try query.bind(scope.description)
    try query.bind([UInt8](repeating: 0, count: 16))
    try query.bind(founder?.bytes)
    try query.bind(now)
    try query.bind(AccessSum.ofNobody)
    try query.run()
    return ScopeRow(number: database.lastInsertedRowID, scope: scope)
  }

  func save(_ row: ScopeRow) throws {
    var query = try Query(
      database,
      """
      UPDATE scope SET head = ?, floor = ?, live = ?, digest = ?, deleted = ?, history_number = ?, history_chain = ?,
        sealed = ?, access = ? WHERE number = ?
      """)
    try query.bind(row.head)
    try query.bind(row.floor)
    try query.bind(row.digest.live)
    try query.bind(row.digest.sumBytes)
    try query.bind(row.isDeleted)
    try query.bind(row.historyNumber)
    try query.bind(row.historyChain)
    try query.bind(row.sealed)
    try query.bind(row.access)
    try query.bind(row.number)
    try query.run()
  }

  func insert(_ record: RecordState, in scope: Int64) throws {
    var query = try Query(database, "INSERT INTO record (scope, id, sequence, state) VALUES (?, ?, ?, ?)")
    try query.bind(scope)
    try query.bind(record.id)
    try query.bind(record.sequence)
    try query.bind(record.encoded)
    try query.run()
  }

  func update(_ record: RecordState, in scope: Int64) throws {
    var query = try Query(database, "UPDATE record SET sequence = ?, state = ? WHERE scope = ? AND id = ?")
    try query.bind(record.sequence)
    try query.bind(record.encoded)
    try query.bind(scope)
    try query.bind(record.id)
    try query.run()
  }

  func deleteRecord(_ id: RecordID, in scope: Int64) throws {
    var query = try Query(database, "DELETE FROM record WHERE scope = ? AND id = ?")
    try query.bind(scope)
    try query.bind(id)
    try query.run()
    var gone = try Query(database, "INSERT OR IGNORE INTO gone_record (id, scope) VALUES (?, ?)")
    try gone.bind(id)
    try gone.bind(scope)
    try gone.run()
  }

  func use(_ allowance: Allowance, _ count: Int, by person: RecordID, on day: Int64) throws {
    var query = try Query(
      database,
      """
      INSERT INTO allowance (user, subject, day, used) VALUES (?, ?, ?, ?)
      ON CONFLICT (user, subject) DO UPDATE
      SET used = CASE WHEN day = excluded.day THEN used ELSE 0 END + excluded.used, day = excluded.day
      """)
    try query.bind(person)
    try query.bind(allowance.rawValue)
    try query.bind(day)
    try query.bind(count)
    try query.run()
  }

  // MARK: - Mutations, history, notices

  func insert(_ row: MutationRow) throws {
    var query = try Query(
      database,
      """
      INSERT OR IGNORE INTO mutation (id, replica, sequence, outcome, scope_sequence, final_hlc, final_replica,
        guarded_hlc, receipt, result, scope, words)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT number FROM scope WHERE name = ?), ?)
      """)
    try query.bind(row.id)
    try query.bind(row.replica)
    try query.bind(row.sequence)
    try query.bind(row.outcome)
    try query.bind(row.scopeSequence)
    try query.bind(row.final.hlc)
    try query.bind(row.final.replica)
    try query.bind(optional: row.guarded?.hlc)
    try query.bind(row.receipt)
    try query.bind(row.result)
    try query.bind(row.scope?.description ?? "")
    try query.bind(row.words)
    try query.run()
  }

  func forgetResults(of replica: UInt32, after: UInt64, through: UInt64) throws {
    var query = try Query(
      database,
      """
      UPDATE mutation SET result = NULL WHERE replica = ? AND sequence > ? AND sequence <= ? AND result IS NOT NULL
      """)
    try query.bind(replica)
    try query.bind(after)
    try query.bind(through)
    try query.run()
  }

  func salt() throws -> [UInt8] {
    guard isRepeatable else { return try Query(database, "SELECT randomblob(16)").first { $0.blob(0) } ?? [] }
    let count = try Query(database, "SELECT coalesce(max(key), 0) FROM history").first { $0.unsigned(0) } ?? 0
    return (0..<16).map { UInt8(truncatingIfNeeded: count >> (8 * UInt64($0))) }
  }

  func append(_ row: HistoryRow) throws {
    var query = try Query(
      database,
      """
      INSERT INTO history (number, scope, record, server_ms, entry, salt, erased_hash, chain)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """)
    try query.bind(row.number)
    try query.bind(row.scope)
    try query.bind(row.record)
    try query.bind(row.serverMilliseconds)
    switch row.content {
    case .entry(let entry, let salt):
      try query.bind(entry)
      try query.bind(salt)
      try query.bind(nil as [UInt8]?)
    case .erased(let hash):
      try query.bind(nil as [UInt8]?)
      try query.bind(nil as [UInt8]?)
      try query.bind(hash)
    }
    try query.bind(row.chain)
    try query.run()
  }

  func append(_ row: NoticeRow) throws {
    var next = try Query(
      database,
      """
      INSERT INTO notice_number (user, last) VALUES (?, 1)
      ON CONFLICT (user) DO UPDATE SET last = last + 1 RETURNING last
      """)
    try next.bind(row.user)
    let number = try next.all { $0.unsigned(0) }.first ?? 1
    var before = try Query(database, "DELETE FROM notice WHERE user = ? AND subject = ?")
    try before.bind(row.user)
    try before.bind(row.subject)
    try before.run()
    var query = try Query(
      database,
      "INSERT INTO notice (user, number, scope, server_ms, subject, notice) VALUES (?, ?, ?, ?, ?, ?)")
    try query.bind(row.user)
    try query.bind(number)
    try query.bind(row.scope.description)
    try query.bind(row.serverMilliseconds)
    try query.bind(row.subject)
    try query.bind(row.notice)
    try query.run()
  }

  func deleteNotices(before serverMilliseconds: Int64) throws {
    var query = try Query(database, "DELETE FROM notice WHERE server_ms < ?")
    try query.bind(serverMilliseconds)
    try query.run()
  }

  func append(_ row: AuditRow) throws {
    var query = try Query(
      database,

      "INSERT INTO audit (number, server_ms, actor, action, detail, salt, chain) VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
    try query.bind(row.number)
    try query.bind(row.serverMilliseconds)
    try query.bind(row.actor)
    try query.bind(row.action)
    try query.bind(row.detail)
    try query.bind(row.salt)
    try query.bind(row.chain)
    try query.run()
  }

  func append(_ row: SealRow) throws {
    var query = try Query(database, "INSERT INTO seal (entry, scope, number) VALUES (?, ?, ?)")
    try query.bind(row.entry)
    try query.bind(row.scope)
    try query.bind(row.number)
    try query.run()
  }
}
