import PlanModel
import SyncCore
import Wording

/// What could not be done about departments, roles and engagements.
package enum DepartmentError: Error, Equatable, Sendable {
  case unknown(String)
  case nameTaken(String)
  case nameInvalid(String)
  case tooMany
  case needsAdmin

  package var refusal: CallRefusal {
    switch self {
    case .unknown(let name): .noSuchDepartment(name)
    case .nameTaken(let name): .departmentExists(name)
    case .nameInvalid(let text): .notADepartmentName(text)
    case .tooMany: .tooManyDepartments(maximum: Limits.departmentsMax)
    case .needsAdmin: .adminsOnly
    }
  }
}

/// The departments of the organisation and who belongs to them.
package enum Departments {
  /// Whether all was as wanted already, or something had to change.
  package typealias Changed = Bool

  /// A department of the organisation's own.
  ///
  /// - Throws: ``DepartmentError``
  package static func add(
    _ name: String, by actor: String, in transaction: any CanonicalTransaction, now: Int64,
    using generator: inout some RandomNumberGenerator
  ) throws -> DepartmentCode {
    do { _ = try RegisterType.line(maximum: 100).parse(name) } catch {
      throw DepartmentError.nameInvalid(name)
    }
    let present = try all(in: transaction)
    guard !present.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
      throw DepartmentError.nameTaken(name)
    }
    let code = DepartmentCode(max(DepartmentCode.firstOwn, (present.map(\.code.number).max() ?? 0) + 1))
    let own = present.count { $0.code.number >= DepartmentCode.firstOwn }
    guard own < Limits.departmentsMax, code.number <= DepartmentCode.lastOwn else {
      throw DepartmentError.tooMany
    }
    let work = try UnitOfWork(transaction, now: now)
    try write(
      name, code, id: RecordID.make(milliseconds: now, using: &generator), in: work)
    try work.audit("department.add", by: actor, "\(code.number) \(name)")
    try work.flush()
    return code
  }

  /// The record of a department, as the server makes it.
  static func write(_ name: String, _ code: DepartmentCode, id: RecordID, in work: UnitOfWork) throws {
    var body = Registers()
    func append(_ number: UInt32, _ value: RegisterValue) {
      guard let register = KindDescription.department.register(number) else { return }
      body.append(number, register.type.encode(value, as: number))
    }
    append(DepartmentRegister.name, .text(name))
    append(DepartmentRegister.code, .integer(code.number))
    try DirectoryMirror.write(body, id: id, kind: KindDescription.department.number, in: work)
  }

  /// Names and codes, by code.
  package static func all(
    in reading: any CanonicalReading
  ) throws -> [(code: DepartmentCode, name: String)] {
    guard let directory = try reading.scope(.directory) else { return [] }
    var found: [(code: DepartmentCode, name: String)] = []
    try reading.records(in: directory.number) { state in
      guard state.kind == KindDescription.department.number, state.alive,
        let encoded = state.body[DepartmentRegister.code],
        case .integer(let number) = try RegisterType.choice(.departments).decode(encoded)
      else { return }
      let name = try KindDescription.department.text(DepartmentRegister.name, in: state.body)
      found.append((DepartmentCode(number), name ?? ""))
    }
    return found.sorted { $0.code < $1.code }
  }

  /// The department that an admin typed: a built-in code's name, or the name of one.
  package static func named(_ text: String, in reading: any CanonicalReading) throws -> DepartmentCode {
    let wanted = text.lowercased()
    let all = try all(in: reading)
    guard let found = all.first(where: { $0.code.builtInName == wanted || $0.name.lowercased() == wanted })
    else {
      throw DepartmentError.unknown(text)
    }
    return found.code
  }

  // MARK: - Who belongs to them

  /// Changes a person's organisation role and departments, in one decision.
  ///
  /// - Parameters:
  ///   - role: nil leaves it.
  ///   - memberships: nil for a role takes them out.
  package static func edit(
    _ email: String, role: OrganizationRole?, memberships: [(DepartmentCode, DepartmentRole?)],
    by actor: String, in transaction: any CanonicalTransaction, now: Int64
  ) throws -> Changed {
    var user = try People.existing(email, in: transaction)
    let known = Set(try all(in: transaction).map(\.code))
    if let code = memberships.first(where: { !known.contains($0.0) })?.0 {
      throw DepartmentError.unknown("\(code.number)")
    }
    let work = try UnitOfWork(transaction, now: now)
    var changed = false
    if let role, role != user.role {
      try setRole(role, of: &user, by: actor, work)
      changed = true
    }
    for (code, role) in memberships {
      changed = try set(role, in: code, of: user, by: actor, work) || changed
    }
    guard changed else { return false }
    user.accessVersion += 1
    try transaction.save(user)
    try DirectoryMirror.write(user, in: work)
    try work.flush()
    return true
  }

  private static func setRole(
    _ role: OrganizationRole, of user: inout UserRow, by actor: String, _ work: UnitOfWork
  ) throws {
    if user.role == .admin { try People.checkOtherAdmin(than: user, in: work.transaction) }
    try work.audit("user.role", by: actor, "\(user.email): \(user.role.name) → \(role.name)")
    user.role = role
    // A role that is given again does not show the same as before.
    user.roleEpoch = work.nextGrantEpoch()
  }

  private static func set(
    _ role: DepartmentRole?, in department: DepartmentCode, of user: UserRow, by actor: String,
    _ work: UnitOfWork
  ) throws -> Changed {
    let present = try work.transaction.memberships(of: user.id).first { $0.department == department }
    guard present?.role != role else { return false }
    if let role {
      try work.transaction.save(
        MembershipRow(
          user: user.id, department: department, role: role, epoch: present?.epoch ?? work.nextGrantEpoch())
      )
    } else {
      try work.transaction.deleteMembership(of: user.id, in: department)
    }
    try work.audit(
      "department.member", by: actor,
      "\(user.email) \(department.builtInName ?? "\(department.number)"): \(role?.name ?? "none")")
    return true
  }
}

/// Which departments work on an account. All do, unless its manager decides otherwise.
package enum Engagement {
  package enum Answer: Equatable, Sendable {
    /// - Parameter hlc: When, by the server's clock; 0 when nothing had to change.
    case done(changed: Bool, hlc: UInt64)
    /// No such account, or not the author's to see.
    case unknownAccount
    case refused(CallRefusal)

    /// Nil when nothing was decided.
    package var changed: Bool? { if case .done(let changed, _) = self { changed } else { nil } }
  }

  /// Runs in the one writer, so a push is strictly before or after it.
  package static func set(
    _ isEngaged: Bool, _ department: DepartmentCode, in account: RecordID, by author: Author,
    in transaction: any CanonicalTransaction, now: Int64
  ) throws -> Answer {
    let standing = try transaction.standing(of: author.user, in: .plan(account))
    guard standing.mayRead(.plan), try transaction.scope(.plan(account)) != nil else {
      return .unknownAccount
    }
    guard standing.effectiveRole(in: .plan) == .manager else {
      return .refused(.edit(.needsRole(.manager, what: .engaging)))
    }
    guard try Departments.all(in: transaction).contains(where: { $0.code == department }) else {
      return .refused(.noSuchDepartment("\(department.number)"))
    }
    let present = try transaction.engagements(in: account).first { $0.department == department }
    guard (present?.isEngaged ?? true) != isEngaged else { return .done(changed: false, hlc: 0) }
    let work = try UnitOfWork(transaction, now: now)
    let hlc = work.tick()
    try transaction.saveAccessChanged(account, .department(department), hlc: hlc)
    try write(isEngaged, department, in: account, by: author.user.email, work)
    try work.flush()
    return .done(changed: true, hlc: hlc)
  }

  static func write(
    _ isEngaged: Bool, _ department: DepartmentCode, in account: RecordID, by actor: String,
    _ work: UnitOfWork
  ) throws {
    try work.transaction.save(
      EngagementRow(
        account: account, department: department, isEngaged: isEngaged, epoch: work.nextGrantEpoch()))
    // What the department's people see has changed.
    work.noteAccess(to: account)
    work.updateOrganization { $0.accountsVersion += 1 }
    try DirectoryMirror.writeEngagements(in: account, work)
    try work.audit(
      isEngaged ? "account.engage" : "account.disengage", by: actor,
      "\(account): \(department.builtInName ?? "\(department.number)")")
  }
}
