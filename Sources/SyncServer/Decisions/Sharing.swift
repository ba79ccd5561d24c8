import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// Who has which role in an account. Access lists are not records: no mutation reaches them.
package enum Sharing {
  package enum Answer: Sendable {
    case done(WireShareAccountResponse)
    /// No such account, or not the author's to see.
    case unknownAccount
    case refused(CallRefusal)
  }

  /// Gives, changes or (nil) takes away a role. A person who has one may give it back: an account that was shared unasked
  /// need not be kept. Runs in the one writer, so a push is strictly before or after it.
  package static func set(
    _ role: AccountRole?, email: String, on account: RecordID, by author: Author,
    in transaction: any CanonicalTransaction, now: Int64
  ) throws -> Answer {
    let standing = try transaction.standing(of: author.user, in: .plan(account))
    guard standing.mayRead(.plan), try transaction.scope(.plan(account)) != nil else {
      return .unknownAccount
    }
    let isLeaving =
      try role == nil && isOwn(email, author) && transaction.grant(account, to: author.user.id) != nil
    guard isLeaving || standing.effectiveRole(in: .plan) == .manager else {
      return .refused(.edit(.needsRole(.manager, what: .sharing)))
    }
    guard let user = try transaction.user(email: email.lowercased()) else {
      return .refused(.noSuchPerson(email))
    }
    let work = try UnitOfWork(transaction, now: now)
    let present = try transaction.grant(account, to: user.id)
    if present?.role == .manager, role != .manager, standing.organization != .admin {
      let managers = try transaction.grants(on: account).filter { $0.role == .manager }
      guard managers.count > 1 else {
        return .refused(.lastManager(email))
      }
    }
    let changed = present?.role != role
    if changed, role != nil, !isOwn(email, author), standing.organization != .admin {
      guard try work.used(.shares, by: author.user.id) < Limits.sharesPerDayMax else {
        return .refused(.edit(.tooManyToday(what: .roles, maximum: Limits.sharesPerDayMax)))
      }
      try work.use(.shares, by: author.user.id)
    }
    var hlc: UInt64 = 0
    if changed {
      hlc = work.tick()
      try transaction.saveAccessChanged(account, .person(user.id), hlc: hlc)
      try write(role, over: present, on: account, to: user, work)
      try work.audit(
        "account.share", by: author.user.email, "\(account): \(user.email) \(role?.name ?? "no access")")
      try work.flush()
    }
    var response = try list(account, in: transaction)
    response.changed = changed
    response.hlc = hlc
    response.user = user.id.description
    return .done(response)
  }

  private static func isOwn(_ email: String, _ author: Author) -> Bool {
    email.lowercased() == author.user.email
  }

  package static func list(
    of account: RecordID, by author: Author, in reading: any CanonicalReading
  ) throws -> Answer {
    let standing = try reading.standing(of: author.user, in: .plan(account))
    guard standing.mayRead(.plan), try reading.scope(.plan(account)) != nil else { return .unknownAccount }
    return .done(try list(account, in: reading))
  }

  static func write(
    _ role: AccountRole?, over present: GrantRow?, on account: RecordID, to user: UserRow,
    _ work: UnitOfWork
  ) throws {
    var user = user
    user.accessVersion += 1
    try work.transaction.save(user)
    guard let role else {
      try work.transaction.deleteGrant(account, of: user.id)
      return try work.noteGrants(on: account)
    }
    let epoch = work.nextGrantEpoch()
    // A scope that was readable all along keeps its epoch, and the replica keeps what it holds.
    let keptFinance = (present?.role ?? .viewer) >= .contributor ? present?.financeEpoch : nil
    try work.transaction.save(
      GrantRow(
        account: account, user: user.id, role: role, planEpoch: present?.planEpoch ?? epoch,
        financeEpoch: keptFinance ?? epoch))
    try work.noteGrants(on: account)
  }

  private static func list(
    _ account: RecordID, in reading: any CanonicalReading
  ) throws -> WireShareAccountResponse {
    let grants = try reading.grants(on: account)
    return try .with { response in
      response.grants = try grants.compactMap { grant in
        guard let user = try reading.user(grant.user) else { return nil }
        return .with {
          $0.user = user.id.description
          $0.name = user.name
          $0.email = user.email
          $0.role = KamAccountRole(rawValue: grant.role.rawValue) ?? .unspecified
        }
      }.sorted { $0.email < $1.email }
    }
  }
}
