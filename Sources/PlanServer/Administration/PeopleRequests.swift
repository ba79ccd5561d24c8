import PlanModel
import SyncServer

package struct AddUser: AdminRequest {
  package static let name = "addUser"
  package static let makesInvite = true
  package let email: String
  package let name: String
  package let role: OrganizationRole

  package init(email: String, name: String, role: OrganizationRole) {
    self.email = email
    self.name = name
    self.role = role
  }

  package struct Answer: Codable, Equatable, Sendable {
    package let users: Only<AdminAnswer.User>
    package let invite: AdminAnswer.NewInvite
  }

  package func carryOut(at desk: some AdminDesk) async throws -> Answer {
    try await desk.change { transaction, now, generator in
      let user = try People.addUser(
        email: email, name: name, role: role, by: Administration.actor, in: transaction, now: now,
        using: &generator)
      return Answer(
        users: Only(try Administration.describe(user, transaction)),
        invite: try Administration.invite(user.email, hours: 24, transaction, now, &generator))
    }
  }
}

package struct ListUsers: AdminRequest {
  package static let name = "listUsers"
  package init() {}

  package struct Answer: Codable, Equatable, Sendable {
    package let users: [AdminAnswer.User]
  }

  package func carryOut(at desk: some AdminDesk) async throws -> Answer {
    try await desk.read { reading in
      Answer(users: try reading.users().map { try Administration.describe($0, reading) })
    }
  }
}

/// A person as they are after a command.
package struct ChangedUser: Codable, Equatable, Sendable {
  package let users: Only<AdminAnswer.User>

  init(_ user: UserRow, _ reading: any CanonicalReading) throws {
    users = Only(try Administration.describe(user, reading))
  }
}

package struct SuspendUser: AdminRequest {
  package static let name = "suspendUser"
  package let email: String
  package init(email: String) { self.email = email }

  package func carryOut(at desk: some AdminDesk) async throws -> ChangedUser {
    try await desk.change { transaction, now, _ in
      try ChangedUser(
        try People.setActive(false, email: email, by: Administration.actor, in: transaction, now: now),
        transaction)
    }
  }
}

package struct ResumeUser: AdminRequest {
  package static let name = "resumeUser"
  package let email: String
  package init(email: String) { self.email = email }

  package func carryOut(at desk: some AdminDesk) async throws -> ChangedUser {
    try await desk.change { transaction, now, _ in
      try ChangedUser(
        try People.setActive(true, email: email, by: Administration.actor, in: transaction, now: now),
        transaction)
    }
  }
}

package struct EditUser: AdminRequest {
  package static let name = "editUser"
  package let email: String
  /// Nil leaves it.
  package let role: OrganizationRole?
  package let departments: [DepartmentChange]

  package init(email: String, role: OrganizationRole?, departments: [DepartmentChange]) {
    self.email = email
    self.role = role
    self.departments = departments
  }

  package func carryOut(at desk: some AdminDesk) async throws -> ChangedUser {
    try await desk.change { transaction, now, _ in
      let memberships = try departments.map {
        (try Departments.named($0.department, in: transaction), $0.role)
      }
      _ = try Departments.edit(
        email, role: role, memberships: memberships, by: Administration.actor, in: transaction, now: now)
      guard let user = try transaction.user(email: email.lowercased()) else {
        throw PeopleError.noSuchUser(email)
      }
      return try ChangedUser(user, transaction)
    }
  }
}

/// A department as an admin typed it, and what a person is to be in it.
package struct DepartmentChange: Equatable, Sendable {
  package let department: String
  /// Nil takes them out.
  package let role: DepartmentRole?

  /// - Parameter text: "logistics" and "logistics:member", "logistics:lead", "logistics:none".
  /// - Throws: ``AdminError/unknownDepartmentRole(_:)``
  package init(_ text: String) throws {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    department = parts[0]
    switch parts.dropFirst().first {
    case nil: role = .member
    case "none": role = nil
    case let name?:
      guard let role = DepartmentRole(named: name) else { throw AdminError.unknownDepartmentRole(name) }
      self.role = role
    }
  }
}

extension DepartmentChange: Codable {
  package init(from decoder: any Decoder) throws {
    try self.init(try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode("\(department):\(role?.name ?? "none")")
  }
}

extension OrganizationRole: Codable {
  /// - Throws: ``AdminError/unknownRole(_:)``
  package init(typed name: String) throws {
    guard let role = OrganizationRole(named: name) else { throw AdminError.unknownRole(name) }
    self = role
  }

  package init(from decoder: any Decoder) throws {
    try self.init(typed: try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}

/// Ends everything a person could do; refused while they still answer for something, unless forced.
package struct LeaveUser: AdminRequest {
  package static let name = "leaveUser"
  package let email: String
  package let force: Bool

  package init(email: String, force: Bool) {
    self.email = email
    self.force = force
  }

  package func carryOut(at desk: some AdminDesk) async throws -> ChangedUser {
    let seen = try await desk.inspect { try $0.read { try Leaving.look(at: email, in: $0) } }
    return try await desk.change { transaction, now, _ in
      try ChangedUser(
        try Leaving.decide(
          email, isForced: force, seen: seen, by: Administration.actor, in: transaction, now: now),
        transaction)
    }
  }
}

/// Lets somebody who left in again; their roles and devices are not given back.
package struct ReturnUser: AdminRequest {
  package static let name = "returnUser"
  package static let makesInvite = true
  package let email: String
  package init(email: String) { self.email = email }

  package func carryOut(at desk: some AdminDesk) async throws -> AddUser.Answer {
    try await desk.change { transaction, now, generator in
      let user = try People.setActive(
        true, email: email, by: Administration.actor, in: transaction, now: now)
      return AddUser.Answer(
        users: Only(try Administration.describe(user, transaction)),
        invite: try Administration.invite(user.email, hours: 24, transaction, now, &generator))
    }
  }
}

package struct Invitation: AdminRequest {
  package static let name = "invite"
  package static let makesInvite = true
  package let email: String
  package let hours: Int

  package init(email: String, hours: Int) {
    self.email = email
    self.hours = hours
  }

  package struct Answer: Codable, Equatable, Sendable {
    package let invite: AdminAnswer.NewInvite
  }

  package func carryOut(at desk: some AdminDesk) async throws -> Answer {
    try await desk.change { transaction, now, generator in
      Answer(invite: try Administration.invite(email, hours: hours, transaction, now, &generator))
    }
  }
}

package struct ListDevices: AdminRequest {
  package static let name = "listDevices"
  /// Nil lists everybody's.
  package let email: String?
  package init(email: String?) { self.email = email }

  package struct Answer: Codable, Equatable, Sendable {
    package let devices: [AdminAnswer.Device]
  }

  package func carryOut(at desk: some AdminDesk) async throws -> Answer {
    try await desk.read { Answer(devices: try Administration.devices(of: email, $0)) }
  }
}

package struct RevokeDevice: AdminRequest {
  package static let name = "revokeDevice"
  package let number: UInt32
  package init(number: UInt32) { self.number = number }

  package func carryOut(at desk: some AdminDesk) async throws -> ListDevices.Answer {
    try await desk.change { transaction, now, _ in
      let revoked = try People.revokeDevice(number, by: Administration.actor, in: transaction, now: now)
      return ListDevices.Answer(
        devices: try Administration.devices(of: nil, transaction).filter { revoked.contains($0.number) })
    }
  }
}

package struct AddDepartment: AdminRequest {
  package static let name = "addDepartment"
  package let name: String
  package init(name: String) { self.name = name }

  package func carryOut(at desk: some AdminDesk) async throws -> ListDepartments.Answer {
    try await desk.change { transaction, now, generator in
      let code = try Departments.add(
        name, by: Administration.actor, in: transaction, now: now, using: &generator)
      return ListDepartments.Answer(
        departments: try Administration.departments(transaction).filter { $0.code == code.number })
    }
  }
}

package struct ListDepartments: AdminRequest {
  package static let name = "listDepartments"
  package init() {}

  package struct Answer: Codable, Equatable, Sendable {
    package let departments: [AdminAnswer.Department]
  }

  package func carryOut(at desk: some AdminDesk) async throws -> Answer {
    try await desk.read { Answer(departments: try Administration.departments($0)) }
  }
}
