import PlanModel
import SyncCore
import SyncServer

/// What commands of an admin on the server's host have in common.
package enum Administration {
  /// Who the audit log says it was.
  static let actor = "host"
  /// At most a week: an invite that lies around is a key under the mat.
  package static let inviteHoursMax = 168

  /// The sentence for an error of a command; nil for our own bugs and the store's failures.
  package static func sentence(for error: any Error) -> String? {
    switch error {
    case let error as PeopleError: error.sentence
    case let error as AdminError: error.sentence
    case let error as DepartmentError: error.refusal.message
    case let error as CertificateCommandError: error.sentence
    case StoreError.tryAgain:
      "Another program holds the database of the data directory; end it, then try again. Nobody but kamd may open it."
    case StoreError.full: "The disk of the data directory is full; make room, then try again."
    default: nil
    }
  }

  static func invite(
    _ email: String, hours: Int, _ transaction: any CanonicalTransaction, _ now: Int64,
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

  static func describe(_ user: UserRow, _ reading: any CanonicalReading) throws -> AdminAnswer.User {
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

  static func departments(_ reading: any CanonicalReading) throws -> [AdminAnswer.Department] {
    let users = Dictionary(uniqueKeysWithValues: try reading.users().map { ($0.id, $0) })
    return try Departments.all(in: reading).map { department in
      let members = try reading.memberships(in: department.code)
      return AdminAnswer.Department(
        code: department.code.number, name: department.name, members: members.count,
        leads: members.filter { $0.role == .lead }.compactMap { users[$0.user]?.email }.sorted())
    }
  }

  static func devices(
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
}

package enum AdminError: Error, Equatable, Sendable {
  case unknownRole(String)
  case unknownDepartmentRole(String)
  case inviteTooLong(Int)
  case answerBroken
  case tooMuchAtOnce
  case answerNotUnderstood

  package var sentence: String {
    switch self {
    case .unknownRole(let name):
      "“\(name)” is not a role; choose \(OrganizationRole.allCases.map(\.name).joined(separator: ", "))."
    case .unknownDepartmentRole(let name):
      "“\(name)” is not a role in a department; choose lead, member or none."
    case .tooMuchAtOnce: "That is too much at once; give fewer files."
    case .answerBroken: "The server ended while it answered; its log says why. Ask again once it runs."
    case .answerNotUnderstood:
      "The server's answer is not one to this command; is the one that runs of another version?"
    case .inviteTooLong(let hours):
      "An invite is valid for 1 to \(Administration.inviteHoursMax) hours, not \(hours)."
    }
  }
}
