import ConnectRPC
import Edge
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import SyncServer

// What people ask for: their devices, who sees an account, and what admins do from their own device.

extension SyncService {
  func devices(
    _ request: WireDevicesRequest, _ visit: Visit
  ) async throws -> WireDevicesResponse {
    guard request.end != 0 else {
      return try await entrance.reading(visit) { author, reading in try Devices.list(by: author, in: reading)
      }
    }
    // Taking access away does not wait for room.
    return try await entrance.writing(visit, usesReserve: true) { author, transaction in
      guard let answer = try Devices.end(request.end, by: author, in: transaction, now: visit.now) else {
        throw ConnectError(.notFound, .noSuchDevice(Int(request.end)))
      }
      return answer
    }
  }

  func shareAccount(
    _ request: WireShareAccountRequest, _ visit: Visit
  ) async throws -> WireShareAccountResponse {
    guard let account = RecordID(request.account) else {
      throw ConnectError(.invalidArgument, "“\(request.account)” is not an account id.")
    }
    let role = try Self.role(request.role.rawValue, AccountRole.init)
    let answer: Sharing.Answer =
      if request.list {
        try await entrance.reading(visit) { author, reading in
          try Sharing.list(of: account, by: author, in: reading)
        }
      } else {
        // Taking access away does not wait for room.
        try await entrance.writing(visit, usesReserve: request.role == .unspecified) { author, transaction in
          try Sharing.set(
            role, email: request.email, on: account, by: author, in: transaction, now: visit.now)
        }
      }
    switch answer {
    case .done(let response): return response
    case .unknownAccount: throw Self.unknownScope
    case .refused(let refusal): throw ConnectError(.permissionDenied, refusal)
    }
  }

  func engageDepartment(
    _ request: WireEngageDepartmentRequest, _ visit: Visit
  ) async throws -> WireEngageDepartmentResponse {
    guard let account = RecordID(request.account) else {
      throw ConnectError(.invalidArgument, "“\(request.account)” is not an account id.")
    }
    let department = DepartmentCode(Int64(request.department.rawValue))
    let answer = try await entrance.writing(visit) { author, transaction in
      try Engagement.set(
        request.engaged, department, in: account, by: author, in: transaction, now: visit.now)
    }
    switch answer {
    case .done(let changed, let hlc):
      return .with {
        $0.changed = changed
        $0.hlc = hlc
      }
    case .unknownAccount: throw Self.unknownScope
    case .refused(let refusal): throw ConnectError(.permissionDenied, refusal)
    }
  }

  // MARK: - For admins

  func addDepartment(
    _ request: WireAddDepartmentRequest, _ visit: Visit
  ) async throws -> WireAddDepartmentResponse {
    let code = try await administering(visit) { author, transaction in
      var generator = SystemRandomNumberGenerator()
      return try Departments.add(
        request.name, by: author.user.email, in: transaction, now: visit.now, using: &generator)
    }
    return .with { $0.department = KamDepartmentCode(rawValue: Int(code.number)) ?? .unspecified }
  }

  func editPerson(
    _ request: WireEditPersonRequest, _ visit: Visit
  ) async throws -> WireEditPersonResponse {
    let memberships = try request.departments.map {
      (DepartmentCode(Int64($0.department.rawValue)), try Self.role($0.role.rawValue, DepartmentRole.init))
    }
    let role = try Self.role(request.role.rawValue, OrganizationRole.init)
    let changed = try await administering(visit) { author, transaction in
      try Departments.edit(
        request.email, role: role, memberships: memberships, by: author.user.email, in: transaction,
        now: visit.now)
    }
    return .with { $0.changed = changed }
  }

  /// The role that a command names by its number; nil for 0, which means none. A number that only a newer version knows must
  /// not be taken for none: that would take access away.
  private static func role<Role>(_ number: Int, _ role: (Int) -> Role?) throws -> Role? {
    guard number != 0 else { return nil }
    guard let role = role(number) else {
      throw ConnectError(.invalidArgument, .unknownRole(number))
    }
    return role
  }

  /// Runs an admin's decision, asked for from their own device; what cannot be done is told to them.
  private func administering<Value: Sendable>(
    _ visit: Visit, _ body: @escaping @Sendable (Author, any CanonicalTransaction) throws -> Value
  ) async throws -> Value {
    do {
      return try await entrance.writing(visit) { author, transaction in
        guard author.user.role == .admin else { throw DepartmentError.needsAdmin }
        return try body(author, transaction)
      }
    } catch let error as DepartmentError {
      throw ConnectError(error == .needsAdmin ? .permissionDenied : .invalidArgument, error.refusal)
    } catch let error as PeopleError {
      guard let refusal = error.refusal else { throw ConnectError(.invalidArgument, error.sentence) }
      throw ConnectError(.invalidArgument, refusal)
    }
  }
}
