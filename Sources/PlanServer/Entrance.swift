import ConnectRPC
import Edge
import PlanModel
import SyncCore
import SyncServer

/// One call and the time it is answered at: a request has one, whatever it waits for.
struct Visit: Sendable {
  let call: RPCCall
  /// Unix milliseconds.
  let now: Int64
}

/// Lets devices in: judges their credential by the snapshot or the transaction that does the work, notes that they were
/// here, and suspends one of which an ended secret is used.
final class Entrance: Sendable {
  let gate: CredentialGate
  private let commits: GroupCommit
  private let room: DiskRoom
  private let readers: Readers
  /// By which it is judged how long a device was silent.
  private let ages: AgeClock
  private let security: SecurityLog

  /// - Parameters:
  ///   - open: Methods that need no credential.
  ///   - now: Unix milliseconds.
  init(
    open: Set<String>, commits: GroupCommit, room: DiskRoom, readers: Readers, ages: AgeClock,
    security: SecurityLog, now: @escaping @Sendable () -> Int64
  ) {
    self.commits = commits
    self.room = room
    self.readers = readers
    self.ages = ages
    self.security = security
    gate = CredentialGate(open: open, log: security, now: now) { token in
      do {
        return try await readers.run(for: .gate) {
          try Self.check(token, in: $0, now: ages.now()).author.user.id
        }
      } catch Authentication.Failure.suspended {
        try await Self.suspend(token, readers, commits, security, now: now())
        throw Authentication.Failure.suspended
      }
    }
  }

  func credential(of call: RPCCall) throws -> DeviceToken {
    guard let bearer = call.bearer, let token = DeviceToken(bearer.secret) else {
      throw ConnectError(.unauthenticated, .noCredential)
    }
    return token
  }

  /// Judges again, by the snapshot or the transaction that does the work, what ``CredentialGate`` let in.
  func authenticate(
    _ token: DeviceToken, in reading: any CanonicalReading
  ) throws -> Authentication.Accepted {
    do {
      return try Self.check(token, in: reading, now: ages.now())
    } catch let failure as Authentication.Failure {
      gate.forget(token.device)
      throw failure
    }
  }

  static func check(
    _ token: DeviceToken, in reading: any CanonicalReading, now: Int64
  ) throws -> Authentication.Accepted {
    try Authentication.check(device: token.device, secret: token.secret.secret, in: reading, now: now).get()
  }

  /// - Parameter isAnswer: Whether the request is answered by this; else a transaction follows, which notes that the device
  ///   was here.
  func reading<Value: Sendable>(
    _ visit: Visit, isAnswer: @Sendable (Value) -> Bool = { _ in true },
    _ body: @escaping @Sendable (Author, any CanonicalReading) throws -> Value
  ) async throws -> Value {
    let token = try credential(of: visit.call)
    do {
      let reader = gate.person(of: token).map(Reader.person) ?? .device(token.device)
      let (value, needsTouch) = try await readers.run(for: reader) { reading in
        let accepted = try self.authenticate(token, in: reading)
        return (try body(accepted.author, reading), accepted.needsTouch)
      }
      // That it was here can be noted with its next request.
      if needsTouch, isAnswer(value), !room.isShort {
        try await Self.touch(token, commits, security, address: visit.call.address, now: visit.now)
      }
      return value
    } catch Authentication.Failure.suspended {
      try await Self.suspend(token, readers, commits, security, address: visit.call.address, now: visit.now)
      throw Authentication.Failure.suspended
    }
  }

  func writing<Value: Sendable>(
    _ visit: Visit, usesReserve: Bool = false,
    _ body: @escaping @Sendable (Author, any CanonicalTransaction) throws -> Value
  ) async throws -> Value {
    let token = try credential(of: visit.call)
    do {
      let (value, event) = try await commits.run(for: gate.person(of: token), usesReserve: usesReserve) {
        transaction in
        let accepted = try self.authenticate(token, in: transaction)
        let event =
          try accepted.needsTouch
          ? Authentication.touch(
            device: token.device, secret: token.secret.secret, in: transaction, now: visit.now) : nil
        return (try body(accepted.author, transaction), event)
      }
      note(event, token, visit)
      return value
    } catch Authentication.Failure.suspended {
      try await Self.suspend(token, readers, commits, security, address: visit.call.address, now: visit.now)
      throw Authentication.Failure.suspended
    }
  }

  /// Suspends a device of which an ended secret was used. Noted once: who goes on asking with it writes nothing more.
  private static func suspend(
    _ token: DeviceToken, _ readers: Readers, _ commits: GroupCommit, _ security: SecurityLog,
    address: String? = nil, now: Int64
  ) async throws {
    guard try await readers.run(for: .gate, { try $0.device(token.device)?.state == .active }) else { return }
    try await touch(token, commits, security, address: address, now: now)
  }

  private static func touch(
    _ token: DeviceToken, _ commits: GroupCommit, _ security: SecurityLog, address: String? = nil, now: Int64
  ) async throws {
    let (event, person) = try await commits.run(usesReserve: true) {
      let event = try Authentication.touch(
        device: token.device, secret: token.secret.secret, in: $0, now: now)
      return (event, try event == nil ? nil : $0.device(token.device)?.user)
    }
    if let event {
      security.note(event, device: token.device, person: person, address: address, now: now)
    }
  }

  private func note(_ event: Authentication.Event?, _ token: DeviceToken, _ visit: Visit) {
    guard let event else { return }
    security.note(
      event, device: token.device, person: gate.person(of: token), address: visit.call.address, now: visit.now
    )
  }
}
