import PlanModel
import SyncCore

/// Reads of the canonical store, all from one snapshot.
package protocol CanonicalReading: AnyObject {
  func organization() throws -> OrganizationRow
  /// Whether it is, or was, an epoch of this history, or one that it is known to have lost.
  func knowsEpoch(_ epoch: String) throws -> Bool
  func incarnation(_ id: UInt64) throws -> IncarnationRow?
  /// The present one; nil before the server's first start.
  func currentIncarnation() throws -> IncarnationRow?
  func user(_ id: RecordID) throws -> UserRow?
  func user(email: String) throws -> UserRow?
  func users() throws -> [UserRow]
  func device(_ number: UInt32) throws -> DeviceRow?
  func devices(of user: RecordID?) throws -> [DeviceRow]
  /// The devices that this was a secret of, until another one replaced it; SHA-256.
  func devices(whoseEndedSecretIs hash: [UInt8]) throws -> [UInt32]
  /// How many secrets the device has replaced.
  func endedSecrets(of device: UInt32) throws -> Int
  func invite(_ id: RecordID) throws -> InviteRow?
  func grant(_ account: RecordID, to user: RecordID) throws -> GrantRow?
  func grants(to user: RecordID) throws -> [GrantRow]
  func grants(on account: RecordID) throws -> [GrantRow]
  /// When a person's access to an account, or a department's engagement in it, was last changed; 0 when never.
  func accessChanged(_ account: RecordID, _ subject: AccessSubject) throws -> UInt64
  func memberships(of user: RecordID) throws -> [MembershipRow]
  func memberships(in department: DepartmentCode) throws -> [MembershipRow]
  func engagements(in account: RecordID) throws -> [EngagementRow]
  /// Of all accounts.
  func engagements() throws -> [EngagementRow]
  func scope(_ scope: Scope) throws -> ScopeRow?
  /// By the store's own number.
  func scope(numbered number: Int64) throws -> ScopeRow?
  /// Ascending by number.
  func scopes() throws -> [ScopeRow]
  func record(_ id: RecordID, in scope: Int64) throws -> RecordState?
  /// Whether a scope other than this one has, or had, a record of this id; nil asks of all.
  func isRecord(_ id: RecordID, outside scope: Int64?) throws -> Bool
  /// Those that are not deleted.
  ///
  /// - Parameter founder: nil counts those of everybody.
  func livingAccounts(foundedBy founder: RecordID?) throws -> Int
  /// How much of something a person has used on a day.
  func used(_ allowance: Allowance, by person: RecordID, on day: Int64) throws -> Int
  /// Those that were neither used nor withdrawn, and have not expired.
  func openInvites(of user: RecordID, at now: Int64) throws -> Int
  /// Calls `body` with encoded `RecordState`s, ascending by sequence, until it returns false.
  func records(
    in scope: Int64, after sequence: UInt64, _ body: (_ id: RecordID, _ sequence: UInt64, [UInt8]) -> Bool)
    throws
  /// All of them, in no order.
  func records(in scope: Int64, _ body: (RecordState) throws -> Void) throws
  /// The first decision on a person's mutation, that it was applied before all others; that it had to wait is none.
  ///
  /// - Parameter person: nil asks for anybody's: an id alone says nothing, so only a planted fault does.
  func mutation(_ id: RecordID, of person: RecordID?) throws -> MutationRow?
  func mutation(of replica: UInt32, _ sequence: UInt64) throws -> MutationRow?
  /// Those that were not erased, newest first, until `body` returns false.
  func history(
    of record: RecordID, in scope: Int64, before number: Int64?, _ body: (HistoryRow) throws -> Bool
  ) throws
  /// Oldest first, one at a time: an entry may be megabytes.
  func history(
    in scope: Int64, after number: Int64, limit: Int, _ body: (HistoryRow) throws -> Void
  ) throws
  /// The chain of one entry; nil when there is no such entry.
  func historyChain(in scope: Int64, at number: Int64) throws -> [UInt8]?
  /// Ascending by scope.
  func seals(of entry: Int64) throws -> [SealRow]
  /// Oldest first.
  func audit(after number: Int64, limit: Int) throws -> [AuditRow]
  /// The last of an action.
  func audit(last action: String) throws -> AuditRow?
  /// The last so many, oldest first.
  ///
  /// - Parameter action: Those of which are left out.
  func audit(last count: Int, without action: String?) throws -> [AuditRow]
  /// In order of their numbers, until `body` returns false.
  func notices(to user: RecordID, after number: UInt64, _ body: (NoticeRow) throws -> Bool) throws
}

extension CanonicalReading {
  package func history(in scope: Int64, after number: Int64, limit: Int) throws -> [HistoryRow] {
    var rows: [HistoryRow] = []
    try history(in: scope, after: number, limit: limit) { rows.append($0) }
    return rows
  }

  package func audit(last count: Int) throws -> [AuditRow] { try audit(last: count, without: nil) }
}

/// Whose access to an account a change is about.
package enum AccessSubject: Hashable, Sendable {
  case person(RecordID)
  case department(DepartmentCode)
}

/// Reads and writes in one transaction: all of it happens, or none.
package protocol CanonicalTransaction: CanonicalReading {
  /// What this body says that it has changed. The committer publishes it, after the commit.
  var changed: Set<Scope> { get }
  func noteChanged(_ scopes: Set<Scope>)
  func save(_ organization: OrganizationRow) throws
  func noteEpoch(_ epoch: String) throws
  func save(_ incarnation: IncarnationRow) throws
  func save(_ user: UserRow) throws
  func save(_ device: DeviceRow) throws
  /// Remembers, for ever, that the device has replaced this secret.
  func saveEndedSecret(_ hash: [UInt8], of device: UInt32) throws
  /// Numbers are never given twice, also not after a device is gone.
  func nextDeviceNumber() throws -> UInt32
  /// Goes on with numbers far above those given out.
  func skipDeviceNumbers() throws
  /// Gives a person who was added a moment ago the id that they had before.
  func renameUser(_ id: RecordID, to former: RecordID) throws
  func save(_ invite: InviteRow) throws
  func withdrawInvites(of user: RecordID) throws
  /// - Returns: how many were open.
  func withdrawInvites() throws -> Int
  func save(_ grant: GrantRow) throws
  func saveAccessChanged(_ account: RecordID, _ subject: AccessSubject, hlc: UInt64) throws
  func deleteGrant(_ account: RecordID, of user: RecordID) throws
  func save(_ membership: MembershipRow) throws
  func deleteMembership(of user: RecordID, in department: DepartmentCode) throws
  func save(_ engagement: EngagementRow) throws
  /// - Parameters:
  ///   - founder: nil for the server's own.
  ///   - now: Unix milliseconds.
  func createScope(_ scope: Scope, by founder: RecordID?, at now: Int64) throws -> ScopeRow
  func save(_ scope: ScopeRow) throws
  func insert(_ record: RecordState, in scope: Int64) throws
  func update(_ record: RecordState, in scope: Int64) throws
  /// Lets go of a record; its id stays its own.
  func deleteRecord(_ id: RecordID, in scope: Int64) throws
  func use(_ allowance: Allowance, _ count: Int, by person: RecordID, on day: Int64) throws
  func insert(_ mutation: MutationRow) throws
  /// Forgets the details of results; that the mutations happened is remembered.
  func forgetResults(of replica: UInt32, after: UInt64, through: UInt64) throws
  /// 16 random bytes.
  func salt() throws -> [UInt8]
  func append(_ history: HistoryRow) throws
  /// Numbers the notice, and takes away the one about the same.
  func append(_ notice: NoticeRow) throws
  func deleteNotices(before serverMilliseconds: Int64) throws
  func append(_ audit: AuditRow) throws
  func append(_ seal: SealRow) throws
}

/// What stands in the way of a transaction; nothing of it was kept.
///
/// Other errors of an engine are about one request (a statement that it does not take): they are thrown as they are, and
/// are our own bugs.
package enum StoreError: Error, Equatable, Sendable {
  /// There is no room on the disk. Reading goes on.
  case full
  /// Another program holds the database, and may let go of it.
  case tryAgain
  /// The database or the disk below it cannot be relied on, with the engine's words for the log. What is acknowledged or
  /// served after that spreads: the server stops.
  case broken(String)
}

extension StoreError: CustomStringConvertible {
  /// Of what an engine found wrong; some hundred problems of one cause would fill the log.
  package static func broken(of problems: [String]) -> StoreError {
    .broken(problems.prefix(5).joined(separator: "; "))
  }

  package var description: String {
    switch self {
    case .full: "there is no room on the disk"
    case .tryAgain: "another program holds the database"
    case .broken(let words): words
    }
  }
}

/// Where transactions come from, whatever keeps them. What every engine owes its callers is tested by `StoreConformance`:
///
/// - Bodies of ``write(_:)`` and ``writeTogether(_:isOver:atEnd:)`` run one at a time, over all servers of one database: a
///   body sees the commits of all before it, and a sequence that it takes is taken once.
/// - A commit is on disk when the call returns. A body that throws leaves nothing behind.
/// - ``read(_:)`` sees one commit throughout, and none older than this process's own last one. It does not wait for
///   writers.
/// - While a stream is open (a method that calls a body for each row), nothing else is asked of the same reading.
/// - A reading and a transaction end with their body, and are used on the thread that it was called on.
/// - Texts and bytes come back as they were given, texts with NUL too. A value that this version does not know
///   (a role, a state, a scope) is ``StoreError/broken(_:)``, and not taken for another one.
/// - Errors of the engine leave a body untouched and are translated outside, so that a body cannot go on after one.
package protocol CanonicalStore: AnyObject, Sendable {
  /// How many can read at the same time.
  var readersMax: Int { get }

  /// Runs `body` on one snapshot.
  ///
  /// - Throws: ``StoreError``, or what `body` throws.
  func read<Value>(_ body: (any CanonicalReading) throws -> Value) throws -> Value

  /// Runs `body` in the one writer; returns after the commit is on disk.
  ///
  /// - Throws: ``StoreError``, or what `body` throws.
  func write<Value>(_ body: (any CanonicalTransaction) throws -> Value) throws -> Value

  /// Runs each body in a savepoint of one transaction, so that many requests share one flush to disk. A body that
  /// throws is rolled back alone. Nothing is acknowledged before all is committed.
  ///
  /// - Parameters:
  ///   - isOver: Asked after each whether the transaction has had its time; the others are not begun.
  ///   - atEnd: Looks at what is committed.
  /// - Returns: the results of those that were begun.
  /// - Throws: ``StoreError``, or another error of the commit itself; then nothing of any body is kept.
  func writeTogether<Value>(
    _ bodies: [(any CanonicalTransaction) throws -> Value], isOver: () -> Bool,
    atEnd: (any CanonicalReading) throws -> Void
  ) throws -> [Result<Value, any Error>]

  // MARK: - Upkeep

  /// Does what was put off while somebody waited. To be called when nobody waits.
  ///
  /// - Throws: ``StoreError/broken(_:)``; what is committed stays.
  func idle() throws

  /// Brings all that is committed to its final place, flushed, and gives back room that it took on the way there, also room
  /// that was taken by transactions that were rolled back.
  ///
  /// - Returns: how many pieces were brought; nil when somebody else was reading, and they stay for now.
  /// - Throws: ``StoreError``; what is committed stays.
  @discardableResult
  func settle() throws -> Int?

  /// Ends all connections. Nothing is asked of the store any more.
  func close() throws

  // MARK: - Integrity

  /// What is wrong with the structure of what is stored, in the engine's words.
  ///
  /// - Parameter isThorough: Also compares indexes with their tables, which takes several times as long.
  func structureProblems(isThorough: Bool) throws -> [String]

  /// The parts that ``checkStructure(of:)`` checks.
  func tables() throws -> [String]

  /// Checks one part, with its indexes.
  ///
  /// - Parameter table: One of ``tables()``.
  /// - Throws: ``StoreError/broken(_:)``
  func checkStructure(of table: String) throws

  /// Calls `body` with a connection that has read nothing before, and checks the structure with it.
  ///
  /// Those that are open believe what they have in memory as long as nobody says that the database has changed; a program
  /// that writes into its files without the engine says nothing.
  ///
  /// - Throws: ``StoreError``, or what `body` throws.
  func readAfresh<Value>(_ body: (any CanonicalReading) throws -> Value) throws -> Value
}

extension CanonicalStore {
  package func writeTogether<Value>(
    _ bodies: [(any CanonicalTransaction) throws -> Value]
  ) throws -> [Result<Value, any Error>] {
    try writeTogether(bodies, isOver: { false }, atEnd: { _ in })
  }

  package func writeTogether<Value>(
    _ bodies: [(any CanonicalTransaction) throws -> Value], isOver: () -> Bool
  ) throws -> [Result<Value, any Error>] {
    try writeTogether(bodies, isOver: isOver, atEnd: { _ in })
  }
}
