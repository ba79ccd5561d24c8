import Foundation
import SyncServer

/// One command of an admin on the server's host, and what it is answered with. It is carried out by the server that runs,
/// or on its directory when none runs.
package protocol AdminRequest: Codable, Equatable, Sendable {
  /// An answer that lacks a part cannot be read: nothing passes for done that was not.
  associatedtype Answer: Codable, Equatable, Sendable

  /// On the admin socket.
  static var name: String { get }
  /// Whether the answer holds an invite, which names the certificate authority.
  static var makesInvite: Bool { get }

  /// - Throws: what ``Administration/sentence(for:)`` has words for; our own bugs; the store's failures.
  func carryOut(at desk: some AdminDesk) async throws -> Answer

  /// Called once the answer has arrived where it was asked for.
  func answered(with answer: Answer, at desk: some AdminDesk)
}

extension AdminRequest {
  package static var makesInvite: Bool { false }
  package func answered(with answer: Answer, at desk: some AdminDesk) {}
}

/// What a command works on.
package protocol AdminDesk: Sendable {
  /// Unix milliseconds.
  var now: Int64 { get }
  /// Nil when no server runs.
  var life: ServerLife? { get }

  /// Reads a little of one snapshot, beside the writer.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any CanonicalReading) throws -> Value
  ) async throws -> Value
  /// Reads all there is, beside the writer and beside those who read a little.
  func inspect<Value: Sendable>(
    _ body: @escaping @Sendable (any CanonicalStore) throws -> Value
  ) async throws -> Value
  /// Decides in one transaction.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any CanonicalTransaction) throws -> Value
  ) async throws -> Value

  /// What ends of the audit log were signed with; nil when nothing was signed yet.
  func witnessKey() throws -> [UInt8]?
  func renewCertificate() throws -> AdminAnswer.Certificate
  /// The database is not what was written, and whoever asked has been told.
  func foundDamage(_ problems: [String])
}

/// What only a server that runs can tell.
package struct ServerLife: Sendable {
  package let inspection: Inspection.Progress
  /// How far the clock is ahead of what is believed of it; nil when it is believed.
  package let clockAheadMs: Int64?
}

extension AdminDesk {
  /// Changes what people may do, and seals the histories with it.
  func change<Value: Sendable>(
    _ body:
      @escaping @Sendable (any CanonicalTransaction, Int64, inout SystemRandomNumberGenerator) throws -> Value
  ) async throws -> Value {
    let now = now
    return try await write { transaction in
      var generator = SystemRandomNumberGenerator()
      let value = try body(transaction, now, &generator)
      try Sealing.run(by: Administration.actor, in: transaction, now: now)
      return value
    }
  }
}

// MARK: - On the socket

/// A command as one line of JSON: an object with the command's name as its only key.
package enum AdminLine {
  private static let all: [any AdminRequest.Type] = [
    AddUser.self, ListUsers.self, SuspendUser.self, ResumeUser.self, EditUser.self, LeaveUser.self,
    ReturnUser.self, Invitation.self, ListDevices.self, RevokeDevice.self, AddDepartment.self,
    ListDepartments.self, ListAudit.self, VerifyAudit.self, ServerStatus.self, RenewCertificate.self,
  ]

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private struct Outgoing<Request: AdminRequest>: Encodable {
    let request: Request

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Name.self)
      try container.encode(request, forKey: Name(stringValue: Request.name))
    }
  }

  private struct Incoming: Decodable {
    let request: any AdminRequest

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      guard let key = container.allKeys.first, container.allKeys.count == 1,
        let type = AdminLine.all.first(where: { $0.name == key.stringValue })
      else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "not one command of this version"))
      }
      request = try container.decode(type, forKey: key)
    }
  }

  private struct Refusal: Codable {
    let error: String
  }

  static func encode(_ request: some AdminRequest) throws -> Data {
    try JSONEncoder().encode(Outgoing(request: request)) + [UInt8(ascii: "\n")]
  }

  /// - Throws: `DecodingError` when this version knows no such command.
  static func decode(_ line: Data) throws -> any AdminRequest {
    try JSONDecoder().decode(Incoming.self, from: line).request
  }

  static func answer(_ answer: some Encodable) throws -> Data {
    try JSONEncoder().encode(answer) + [UInt8(ascii: "\n")]
  }

  static func refusal(_ sentence: String) throws -> Data { try answer(Refusal(error: sentence)) }

  /// - Throws: ``AdminRefusal`` with the server's sentence; ``AdminError`` when it is not an answer to this request.
  static func answer<Request: AdminRequest>(
    to _: Request.Type, from data: Data
  ) throws -> Request.Answer {
    guard data.last == UInt8(ascii: "\n") else { throw AdminError.answerBroken }
    if let refusal = try? JSONDecoder().decode(Refusal.self, from: data) {
      throw AdminRefusal(sentence: refusal.error)
    }
    do { return try JSONDecoder().decode(Request.Answer.self, from: data) } catch is DecodingError {
      throw AdminError.answerNotUnderstood
    }
  }
}

/// What could not be done, in a sentence.
package struct AdminRefusal: Error, Equatable, Sendable {
  package let sentence: String
}
