import Foundation
import PlanModel
import SyncCore
import SyncServer

/// What an admin asks of a server on its host: over the admin socket, or of the store directly when no server runs.
package enum AdminCommand: Codable, Equatable, Sendable {
  case addUser(email: String, name: String, role: String)
  case listUsers
  case suspendUser(email: String)
  case resumeUser(email: String)
  /// `departments` as typed: "logistics:lead", "sales:none".
  case editUser(email: String, role: String?, departments: [String])
  case addDepartment(name: String)
  case listDepartments
  /// Ends everything a person could do; refused while they still answer for something, unless forced.
  case leaveUser(email: String, force: Bool)
  /// Lets somebody who left in again; their roles and devices are not given back.
  case returnUser(email: String)
  case audit(last: Int, isAll: Bool)
  /// - Parameter shown: What devices say they were shown of the audit log.
  case verify(shown: [Testimony])
  case invite(email: String, hours: Int)
  case listDevices(email: String?)
  case revokeDevice(number: UInt32)
  case status
  case renewCertificate

  /// Whether it changes what people may do.
  var isSealed: Bool {
    switch self {
    case .addUser, .suspendUser, .resumeUser, .editUser, .addDepartment, .leaveUser, .returnUser, .invite,
      .revokeDevice:
      true
    case .listUsers, .listDepartments, .audit, .verify, .listDevices, .status, .renewCertificate: false
    }
  }
}

package struct AdminAnswer: Codable, Equatable, Sendable {
  package struct User: Codable, Equatable, Sendable {
    package var id: String
    package var email: String
    package var name: String
    package var role: String
    package var active: Bool
    package var devices: Int
    /// "logistics:lead", "sales:member".
    package var departments: [String]
  }
  package struct Department: Codable, Equatable, Sendable {
    package var code: Int64
    package var name: String
    package var members: Int
    /// E-mail addresses.
    package var leads: [String]
  }
  package struct Device: Codable, Equatable, Sendable {
    package var number: UInt32
    package var user: String
    package var name: String
    package var state: String
    package var copiedFrom: UInt32?
    package var createdMs: Int64
    package var lastSeenMs: Int64
  }
  /// Shown to the admin once; only its SHA-256 is kept.
  package struct NewInvite: Codable, Equatable, Sendable {
    package var email: String
    package var id: String
    package var secret: String
    package var expiresMs: Int64
    /// Absent in the answer of an older server.
    package var organization: String?
  }
  package struct Status: Codable, Equatable, Sendable {
    package var organization: String
    package var epoch: String
    package var users: Int
    package var devices: Int
    package var scopes: Int
    /// How far the database was read through since the server started; absent when none runs.
    package var inspection: Inspection.Progress?
    /// How far the clock is ahead of what is believed of it; absent when it is believed.
    package var clockAheadMs: Int64?
  }
  package struct Certificate: Codable, Equatable, Sendable {
    package var hosts: [String]
    package var notBeforeMs: Int64
    package var notAfterMs: Int64
    package var authorityNotBeforeMs: Int64
    package var authorityNotAfterMs: Int64
  }

  package struct AuditEntry: Codable, Equatable, Sendable {
    package var number: Int64
    package var atMs: Int64
    package var actor: String
    package var action: String
    package var detail: String
  }
  package struct Integrity: Codable, Equatable, Sendable {
    /// Whose records are as they were written.
    package var scopes: Int
    package var historyEntries: Int
    package var auditEntries: Int
    /// SHA-256 over all of it, hexadecimal.
    package var historyEnd: String
    package var auditEnd: String
    package var problems: [String]
    /// What the testimonies of devices prove, or why they prove nothing; nil when there were none.
    package var testimonies: [String]?
  }

  /// What could not be done, in a sentence; everything else is empty then.
  package var error: String?
  package var users: [User]?
  package var devices: [Device]?
  package var departments: [Department]?
  package var invite: NewInvite?
  package var status: Status?
  package var audit: [AuditEntry]?
  package var integrity: Integrity?
  package var certificate: Certificate?

  package init() {}
}

package enum Administration {
  /// At most a week: an invite that lies around is a key under the mat.
  package static let inviteHoursMax = 168
  /// One answer on the socket.
  private static let auditEntriesMax = 100_000

  /// Carries out one command in one transaction.
  ///
  /// - Parameter seen: Of a person who leaves, what was seen of them shortly before.
  package static func perform(
    _ command: AdminCommand, by actor: String, seen: Leaving.Look = Leaving.Look(),
    in transaction: any CanonicalTransaction, now: Int64,
    using generator: inout some RandomNumberGenerator
  ) throws -> AdminAnswer {
    var answer = AdminAnswer()
    switch command {
    case .addUser(let email, let name, let role):
      guard let role = OrganizationRole(named: role) else { throw AdminError.unknownRole(role) }
      let user = try People.addUser(
        email: email, name: name, role: role, by: actor, in: transaction, now: now, using: &generator)
      answer.users = [try describe(user, transaction)]
      answer.invite = try invite(user.email, hours: 24, by: actor, transaction, now, &generator)
    case .listUsers: answer.users = try transaction.users().map { try describe($0, transaction) }
    case .suspendUser(let email):
      answer.users = [
        try describe(People.setActive(false, email: email, by: actor, in: transaction, now: now), transaction)
      ]
    case .resumeUser(let email):
      answer.users = [
        try describe(People.setActive(true, email: email, by: actor, in: transaction, now: now), transaction)
      ]
    case .leaveUser(let email, let force):
      answer.users = [
        try describe(
          Leaving.decide(email, isForced: force, seen: seen, by: actor, in: transaction, now: now),
          transaction)
      ]
    case .returnUser(let email):
      let user = try People.setActive(true, email: email, by: actor, in: transaction, now: now)
      answer.users = [try describe(user, transaction)]
      answer.invite = try invite(user.email, hours: 24, by: actor, transaction, now, &generator)
    case .audit(let last, let isAll):
      let entries = try transaction.audit(
        last: min(max(1, last), auditEntriesMax), without: isAll ? nil : Sealing.action)
      answer.audit = entries.map {
        AdminAnswer.AuditEntry(
          number: $0.number, atMs: $0.serverMilliseconds, actor: $0.actor, action: $0.action,
          detail: $0.detail)
      }
    case .verify: throw AdminError.notForTheStore
    case .editUser(let email, let role, let departments):
      answer.users = [
        try describe(
          try edit(email, role: role, departments, by: actor, transaction, now), transaction)
      ]
    case .addDepartment(let name):
      let code = try Departments.add(name, by: actor, in: transaction, now: now, using: &generator)
      answer.departments = try departments(transaction).filter { $0.code == code.number }
    case .listDepartments: answer.departments = try departments(transaction)
    case .invite(let email, let hours):
      answer.invite = try invite(email, hours: hours, by: actor, transaction, now, &generator)
    case .listDevices(let email): answer.devices = try devices(of: email, transaction)
    case .revokeDevice(let number):
      let revoked = try People.revokeDevice(number, by: actor, in: transaction, now: now)
      answer.devices = try devices(of: nil, transaction).filter { revoked.contains($0.number) }
    case .status: answer = try status(of: transaction)
    case .renewCertificate: throw AdminError.notForTheStore
    }
    if command.isSealed { try Sealing.run(by: actor, in: transaction, now: now) }
    return answer
  }

  /// - Parameters:
  ///   - structure: What is wrong with the file itself.
  ///   - shown: What devices say they were shown of the audit log.
  ///   - key: What that was signed with, if it was.
  package static func verify(
    _ store: any CanonicalStore, structure: [String], shown: [Testimony], key: [UInt8]?
  ) throws -> AdminAnswer {
    do {
      return try store.read { try verify($0, try Integrity.verify($0), structure, shown, key) }
    } catch StoreError.broken(let words) {
      var report = Integrity.Report()
      report.problems = ["Not all of it can be read: \(words)."]
      return try store.read { try verify($0, report, structure, shown, key) }
    }
  }

  private static func verify(
    _ reading: any CanonicalReading, _ report: Integrity.Report, _ structure: [String],
    _ shown: [Testimony], _ key: [UInt8]?
  ) throws -> AdminAnswer {
    let organization = try reading.organization()
    var answer = AdminAnswer()
    answer.integrity = AdminAnswer.Integrity(
      scopes: report.scopes, historyEntries: report.historyEntries, auditEntries: report.auditEntries,
      historyEnd: hexadecimal(Chain.seal(of: try reading.scopes().map(\.end))),
      auditEnd: hexadecimal(organization.auditChain),
      problems: structure.map { "The file: \($0)" } + report.problems,
      testimonies: shown.isEmpty ? nil : try shown.compactMap { try $0.problem(in: reading, key: key) })
    return answer
  }

  package static func status(of reading: any CanonicalReading) throws -> AdminAnswer {
    var answer = AdminAnswer()
    answer.status = try status(reading)
    return answer
  }

  /// The sentence for an error of ``perform(_:by:in:now:using:)``; nil for our own bugs and the store's failures.
  package static func sentence(for error: any Error) -> String? {
    switch error {
    case let error as PeopleError: error.sentence
    case let error as AdminError: error.sentence
    case let error as DepartmentError: error.sentence
    case let error as CertificateCommandError: error.sentence
    case StoreError.tryAgain:
      "Another program holds the database of the data directory; end it, then try again. Nobody but kamd may open it."
    case StoreError.full: "The disk of the data directory is full; make room, then try again."
    default: nil
    }
  }

  private static func invite(
    _ email: String, hours: Int, by actor: String, _ transaction: any CanonicalTransaction, _ now: Int64,
    _ generator: inout some RandomNumberGenerator
  ) throws -> AdminAnswer.NewInvite {
    guard (1...inviteHoursMax).contains(hours) else { throw AdminError.inviteTooLong(hours) }
    let invite = try People.invite(
      email: email, validFor: Int64(hours) * 3_600_000, by: actor, in: transaction, now: now,
      using: &generator)
    return AdminAnswer.NewInvite(
      email: email.lowercased(), id: invite.id.description, secret: invite.secret, expiresMs: invite.expires,
      organization: try transaction.organization().name)
  }

  private static func describe(_ user: UserRow, _ reading: any CanonicalReading) throws -> AdminAnswer.User {
    AdminAnswer.User(
      id: user.id.description, email: user.email, name: user.name, role: user.role.name,
      active: user.isActive,
      devices: try reading.devices(of: user.id).filter { $0.state == .active }.count,
      departments: try reading.memberships(of: user.id).map { row in
        let name = try row.department.builtInName ?? name(of: row.department, reading)
        return "\(name):\(row.role.name)"
      })
  }

  private static func name(of code: DepartmentCode, _ reading: any CanonicalReading) throws -> String {
    try Departments.all(in: reading).first { $0.code == code }?.name ?? "\(code.number)"
  }

  private static func departments(_ reading: any CanonicalReading) throws -> [AdminAnswer.Department] {
    let users = Dictionary(uniqueKeysWithValues: try reading.users().map { ($0.id, $0) })
    return try Departments.all(in: reading).map { department in
      let members = try reading.memberships(in: department.code)
      return AdminAnswer.Department(
        code: department.code.number, name: department.name, members: members.count,
        leads: members.filter { $0.role == .lead }.compactMap { users[$0.user]?.email }.sorted())
    }
  }

  private static func edit(
    _ email: String, role: String?, _ departments: [String], by actor: String,
    _ transaction: any CanonicalTransaction, _ now: Int64
  ) throws -> UserRow {
    let organizationRole = try role.map { name in
      guard let role = OrganizationRole(named: name) else { throw AdminError.unknownRole(name) }
      return role
    }
    let memberships = try departments.map { try membership($0, transaction) }
    _ = try Departments.edit(
      email, role: organizationRole, memberships: memberships, by: actor, in: transaction, now: now)
    guard let user = try transaction.user(email: email.lowercased()) else {
      throw PeopleError.noSuchUser(email)
    }
    return user
  }

  /// "logistics" and "logistics:member", "logistics:lead", "logistics:none".
  private static func membership(
    _ text: String, _ reading: any CanonicalReading
  ) throws -> (DepartmentCode, DepartmentRole?) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let code = try Departments.named(parts[0], in: reading)
    guard parts.count == 2, parts[1] != "none" else { return (code, parts.count == 2 ? nil : .member) }
    guard let role = DepartmentRole(named: parts[1]) else { throw AdminError.unknownDepartmentRole(parts[1]) }
    return (code, role)
  }

  private static func devices(
    of email: String?, _ reading: any CanonicalReading
  ) throws -> [AdminAnswer.Device] {
    let users = Dictionary(uniqueKeysWithValues: try reading.users().map { ($0.id, $0) })
    if let email, !users.values.contains(where: { $0.email == email.lowercased() }) {
      throw PeopleError.noSuchUser(email)
    }
    return try reading.devices(of: nil).compactMap { device in
      guard let user = users[device.user], email == nil || user.email == email?.lowercased() else {
        return nil
      }
      let state =
        switch device.state {
        case .active: "active"
        case .revoked: "revoked"
        case .suspended: "suspended"
        }
      return AdminAnswer.Device(
        number: device.number, user: user.email, name: device.name, state: state,
        copiedFrom: device.copiedFrom == 0 ? nil : device.copiedFrom, createdMs: device.created,
        lastSeenMs: device.lastSeen)
    }
  }

  private static func status(_ reading: any CanonicalReading) throws -> AdminAnswer.Status {
    let organization = try reading.organization()
    return AdminAnswer.Status(
      organization: organization.name, epoch: organization.epoch, users: try reading.users().count,
      devices: try reading.devices(of: nil).filter { $0.state == .active }.count,
      scopes: try reading.scopes().count)
  }
}

package enum AdminError: Error, Equatable, Sendable {
  case unknownRole(String)
  case unknownDepartmentRole(String)
  case inviteTooLong(Int)
  case answerBroken
  case tooMuchAtOnce
  case notForTheStore

  package var sentence: String {
    switch self {
    case .unknownRole(let name):
      "“\(name)” is not a role; choose \(OrganizationRole.allCases.map(\.name).joined(separator: ", "))."
    case .unknownDepartmentRole(let name):
      "“\(name)” is not a role in a department; choose lead, member or none."
    case .tooMuchAtOnce: "That is too much at once; give fewer files."
    case .answerBroken: "The server ended while it answered; its log says why. Ask again once it runs."
    case .notForTheStore: "This is about the server's files, not about its database."
    case .inviteTooLong(let hours):
      "An invite is valid for 1 to \(Administration.inviteHoursMax) hours, not \(hours)."
    }
  }
}
