import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// One write transaction's view of what every decision changes: the clock, the scopes' sequences and digests, the
/// chained history. Rows touched many times are written once, by ``flush()``.
final class UnitOfWork {
  let transaction: any CanonicalTransaction
  /// Server time, Unix milliseconds.
  let now: Int64
  private(set) var organization: OrganizationRow
  /// The scopes that changed.
  private(set) var changed: Set<Scope> = []
  /// Those whose readers changed; of one who lost all of them only the directory is left to be told of.
  private var seenByOthers: Set<Scope> = []
  /// Those whose row is to be saved; also those that moved nothing that is read.
  private var written: Set<Scope> = []
  private var scopes: [Scope: ScopeRow] = [:]
  private var users: [UInt32: RecordID] = [:]
  private var standings: [Scope: Standing] = [:]
  /// By founder; nil: of everybody.
  private var living: [RecordID?: Int] = [:]
  /// The kinds of records that others point to: a hundred thousand sales name the same few products.
  private var kinds: [ScopedID: UInt32] = [:]

  private struct ScopedID: Hashable {
    let scope: Int64
    let id: RecordID
  }

  init(_ transaction: any CanonicalTransaction, now: Int64) throws {
    self.transaction = transaction
    self.now = now
    organization = try transaction.organization()
  }

  func tick() -> UInt64 { organization.clock.tick(now: now) }

  func updateOrganization(_ change: (inout OrganizationRow) -> Void) { change(&organization) }

  /// A grant epoch never given out before.
  func nextGrantEpoch() -> UInt64 {
    organization.grantEpoch += 1
    return organization.grantEpoch
  }

  func scope(_ scope: Scope) throws -> ScopeRow? {
    if let row = scopes[scope] { return row }
    guard let row = try transaction.scope(scope) else { return nil }
    scopes[scope] = row
    return row
  }

  /// - Parameter founder: nil for the server's own.
  func createScope(_ scope: Scope, by founder: RecordID? = nil) throws {
    scopes[scope] = try transaction.createScope(scope, by: founder, at: now)
    changed.insert(scope)
  }

  // MARK: - What is finite

  /// Counted once a transaction: of a thousand accounts that are founded in one, each would count all before it.
  func livingAccounts(foundedBy founder: RecordID?) throws -> Int {
    if let count = living[founder] { return count }
    let count = try transaction.livingAccounts(foundedBy: founder)
    living[founder] = count
    return count
  }

  private func countAccount(_ change: Int, foundedBy founder: RecordID?) {
    living[nil]? += change
    if let founder { living[founder]? += change }
  }

  func noteFounding(by founder: RecordID) throws {
    countAccount(1, foundedBy: founder)
    try use(.accounts, by: founder)
  }

  /// How much of an allowance a person has used today.
  func used(_ allowance: Allowance, by person: RecordID) throws -> Int {
    try transaction.used(allowance, by: person, on: now / Allowance.dayMilliseconds)
  }

  func use(_ allowance: Allowance, _ count: Int = 1, by person: RecordID) throws {
    try transaction.use(allowance, count, by: person, on: now / Allowance.dayMilliseconds)
  }

  /// An account that is deleted gives its place back, and takes one again when it is restored.
  private func noteLife(of account: RecordID, isAlive: Bool) throws {
    var flipped = false
    for scope in [Scope.plan(account), .finance(account)] {
      guard var row = try self.scope(scope), row.isDeleted == isAlive else { continue }
      row.isDeleted = !isAlive
      scopes[scope] = row
      changed.insert(scope)
      flipped = true
    }
    guard flipped else { return }
    // The count of the one who founded it, too, is made anew when it is next asked for.
    living = [:]
    // Of more accounts than a replica can hold, deleted ones are left out.
    organization.accountsVersion += 1
    for grant in try transaction.grants(on: account) {
      guard var user = try transaction.user(grant.user) else { continue }
      user.accessVersion += 1
      try transaction.save(user)
    }
  }

  /// Writes a record's new state under the scope's next sequence.
  ///
  /// - Returns: that sequence.
  func store(_ state: RecordState, replacing previous: RecordState?, in scope: Scope) throws -> UInt64 {
    guard var row = try self.scope(scope) else {
      preconditionFailure("records are stored in scopes that exist")
    }
    var stored = state
    // The sequence is taken inside the transaction: a reader must never see 7 before 6 is committed.
    row.head += 1
    stored.sequence = row.head
    if let previous {
      row.digest.remove(previous)
      try transaction.update(stored, in: row.number)
    } else {
      try transaction.insert(stored, in: row.number)
    }
    row.digest.add(stored)
    scopes[scope] = row
    changed.insert(scope)
    if state.id == scope.account, state.kind == KindDescription.account.number {
      try noteLife(of: state.id, isAlive: state.alive)
    }
    return row.head
  }

  /// Appends to history, chained to all before it.
  func record(_ entry: WireHistoryEntry, in scope: Scope) throws {
    guard var row = try self.scope(scope), let record = RecordID(entry.change.record) else { return }
    let next = HistoryRow(
      number: row.historyNumber + 1, scope: row.number, record: record, serverMilliseconds: now,
      content: .entry(try entry.serializedBytes(), salt: try transaction.salt()), chain: [])
    let chain = Chain.history(after: row.historyChain, next, in: scope)
    (row.historyNumber, row.historyChain) = (next.number, chain)
    organization.historyEntries += 1
    scopes[scope] = row
    // A refused edit moves nothing that others read: it is in history, and no news.
    written.insert(scope)
    try transaction.append(next.chained(chain))
  }

  /// - Returns: the entry's number.
  @discardableResult
  func audit(_ action: String, by actor: String, _ detail: String) throws -> Int64 {
    let number = try transaction.audit(last: 1).last.map { $0.number + 1 } ?? 1
    var row = AuditRow(
      number: number, serverMilliseconds: now, actor: actor, action: action, detail: detail,
      salt: try transaction.salt())
    row.chain = Chain.audit(after: organization.auditChain, row)
    organization.auditChain = row.chain
    try transaction.append(row)
    return number
  }

  /// To be called after it changed who may see an account: those people are told, and rights in it are worked out anew.
  func noteAccess(to account: RecordID) {
    seenByOthers.formUnion([.directory, .plan(account), .finance(account)])
    standings = [:]
  }

  /// To be called after a grant on the account was made, changed or taken away.
  func noteGrants(on account: RecordID) throws {
    noteAccess(to: account)
    guard var row = try scope(.plan(account)) else { return }
    row.access = AccessSum.of(try transaction.grants(on: account))
    scopes[.plan(account)] = row
    written.insert(.plan(account))
  }

  /// Tells a person what somebody else's edit did to theirs. One that says the same of the same, and has not been heard yet,
  /// is replaced: older edits that arrive one after the other, and lose, are told once.
  func notify(_ user: RecordID, _ notice: WireNotice, from other: RecordID, in scope: Scope) throws {
    var notice = notice
    notice.scope = scope.description
    notice.serverMs = now
    try transaction.append(
      NoticeRow(
        user: user, number: 0, scope: scope, serverMilliseconds: now,
        subject: Self.subject(of: notice, from: other), notice: try notice.serializedBytes()))
  }

  /// Every edit of theirs that does not stand is a subject of its own: its author must be told of each.
  private static func subject(of notice: WireNotice, from other: RecordID) -> [UInt8] {
    var words = "\(notice.scope) \(notice.record) \(notice.register) \(other) \(notice.type.rawValue)"
    if notice.type == .newDevice { words += " \(notice.device.number)" }
    if notice.type == .replaced || notice.type == .deleted {
      words += " \(notice.yours.stamp.hlc) \(notice.yours.stamp.replica)"
    }
    return Array(sha256(Array(words.utf8)).prefix(16))
  }

  /// The author's rights in a scope that exists, worked out once until ``noteAccess(to:)`` says that rights have changed.
  func standing(of author: UserRow, in scope: Scope) throws -> Standing {
    if let standing = standings[scope], standing.person == author.id { return standing }
    let standing = try transaction.standing(of: author, in: scope)
    standings[scope] = standing
    return standing
  }

  /// Nil when there is no such record.
  func kind(of id: RecordID, in scope: Scope) throws -> UInt32? {
    guard let number = try self.scope(scope)?.number else { return nil }
    let key = ScopedID(scope: number, id: id)
    if let kind = kinds[key] { return kind }
    guard let record = try transaction.record(id, in: number) else { return nil }
    kinds[key] = record.kind
    return record.kind
  }

  /// Whose replica this is; nil for the server's own and for numbers that were never given out.
  func user(ofReplica replica: UInt32) throws -> RecordID? {
    if let user = users[replica] { return user }
    guard replica != 0, let user = try transaction.device(replica)?.user else { return nil }
    users[replica] = user
    return user
  }

  /// Saves what was touched, and notes what changed with the transaction, for the one who commits to publish. Must be
  /// called before the transaction ends.
  func flush() throws {
    transaction.noteChanged(changed.union(seenByOthers))
    for scope in changed.union(written) {
      if let row = scopes[scope] { try transaction.save(row) }
    }
    organization.commits += 1
    try transaction.save(organization)
  }
}
