import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

// What a person did about who sees an account, said again by their device after the server lost it.

extension Submission {
  /// Gives and takes access as its author did, except where somebody did something later.
  ///
  /// - Throws: `Refusal`
  func giveAccessAgain(in scope: Scope) throws -> Verdict {
    guard mutation.former else {
      throw Refusal.malformed("access is given and taken with ShareAccount and EngageDepartment")
    }
    guard case .plan(let account) = scope, try work.scope(scope) != nil else {
      throw Refusal.scopeUnknownOrForbidden(scope)
    }
    let standing = try work.standing(of: user, in: scope)
    guard standing.effectiveRole(in: .plan) == .manager else {
      throw Refusal.needsRole(.manager, what: .sharing)
    }
    for change in mutation.access { try checkKnown(change) }
    // All or nothing: a person who is not back yet makes the whole wait.
    let users = try mutation.access.map(person(of:))
    for (change, person) in zip(mutation.access, users) {
      if let person {
        try give(AccountRole(rawValue: change.role.rawValue), to: person, on: account)
      } else {
        try engage(DepartmentCode(Int64(change.department.rawValue)), change.engaged, in: account)
      }
    }
    return Verdict(
      result: .with {
        $0.sequence = mutation.sequence
        $0.outcome = .applied
      }, final: original)
  }

  /// A number that is not known must not be taken for none: that would take access away.
  private func checkKnown(_ change: WireAccessChange) throws {
    guard change.user.isEmpty else {
      guard change.role == .unspecified || AccountRole(rawValue: change.role.rawValue) != nil else {
        throw Refusal.malformed("there is no role \(change.role.rawValue)")
      }
      return
    }
    let department = DepartmentCode(Int64(change.department.rawValue))
    guard try Departments.all(in: work.transaction).contains(where: { $0.code == department }) else {
      throw Refusal.malformed("there is no department \(department.number)")
    }
  }

  /// Nil when the change is about a department.
  private func person(of change: WireAccessChange) throws -> UserRow? {
    guard !change.user.isEmpty else { return nil }
    guard let id = RecordID(change.user), let user = try work.transaction.user(id) else {
      throw Refusal.referenceUnknown(kind: "account", register: "person")
    }
    return user
  }

  private func isLatest(_ subject: AccessSubject, on account: RecordID) throws -> Bool {
    // A clock that ran ahead must not win over what is done from now on.
    let at = min(original.hlc, work.tick())
    guard try work.transaction.accessChanged(account, subject) < at else { return false }
    try work.transaction.saveAccessChanged(account, subject, hlc: at)
    return true
  }

  private func give(_ role: AccountRole?, to person: UserRow, on account: RecordID) throws {
    guard try isLatest(.person(person.id), on: account) else { return }
    let present = try work.transaction.grant(account, to: person.id)
    guard present?.role != role else { return }
    // The last manager stays: nobody else could share the account again.
    if present?.role == .manager,
      try work.transaction.grants(on: account).filter({ $0.role == .manager }).count == 1
    {
      return
    }
    try Sharing.write(role, over: present, on: account, to: person, work)
    try work.audit(
      "account.share", by: user.email,
      "\(account): \(person.email) \(role?.name ?? "no access"), again after a restore")
  }

  private func engage(_ department: DepartmentCode, _ isEngaged: Bool, in account: RecordID) throws {
    guard try isLatest(.department(department), on: account) else { return }
    let present = try work.transaction.engagements(in: account).first { $0.department == department }
    guard (present?.isEngaged ?? true) != isEngaged else { return }
    try Engagement.write(isEngaged, department, in: account, by: user.email, work)
  }
}
