import Foundation
import PlanModel
import ProtocolMessages
import Replica
import SQLiteStore
import Speech
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing
import Wording
import Workbench

/// A server in this process and the desks of one person at it, each with a replica of its own.
final class Desks {
  private let store: SQLiteStore
  /// Unix milliseconds: 26 October 2026 to begin with.
  var now: Int64 = 1_793_000_000_000
  private var random = SystemRandomNumberGenerator()
  private static let email = "ana@demo.example"

  init() throws {
    store = try SQLiteStore(inMemory: ())
    _ = try store.write {
      try Founding.found(
        name: "Demo", adminEmail: Self.email, adminName: "Ana", in: $0, now: now, using: &random)
    }
  }

  /// One device more, with nothing on it before it syncs.
  func desk() throws -> Desk {
    let invite = try store.write {
      try People.invite(
        email: Self.email, validFor: 86_400_000, by: "test", in: $0, now: now, using: &random)
    }
    let secret = (0..<32).map { _ in UInt8.random(in: 0...255) }
    let request = WireJoinRequest.with {
      $0.invite = invite.id.description
      $0.inviteSecret = invite.secret
      $0.deviceSecretSha256 = Data(sha256(secret))
      $0.deviceName = "desk"
    }
    let decided = try store.write { try Join.decide(request, from: "::1", in: $0, now: now) }
    guard case .joined(let answer) = decided else { throw NotExpected(what: "\(decided)") }
    let author = try store.read { reading in
      let device = try #require(try reading.device(answer.replica))
      return Author(user: try #require(try reading.user(device.user)), device: device)
    }
    let replica = try Replica(inMemory: ())
    try replica.join(
      Identity(
        organization: answer.organization, person: author.user.id, name: answer.name, email: Self.email,
        role: author.user.role, replica: answer.replica), epoch: answer.epoch,
      checkpoint: Array(answer.checkpoint), isSameOrganization: false)
    return Desk(self, replica, author)
  }

  /// Does what a sync asks for.
  fileprivate func answer(_ effect: SyncSession.Effect, to author: Author) throws -> SyncSession.Event {
    guard case .sync(let number, let request) = effect else { throw NotExpected(what: "\(effect)") }
    let push = try store.write { try SyncExchange.push(request, by: author, in: $0, now: now) }
    let response = try store.read {
      try SyncExchange.answer(request, push: push, by: author, from: $0, now: now)
    }
    return .answered(request: number, response, sent: now, received: now)
  }
}

struct NotExpected: Error { let what: String }

/// A replica and who works with it.
final class Desk {
  let desks: Desks
  let replica: Replica
  private let author: Author

  fileprivate init(_ desks: Desks, _ replica: Replica, _ author: Author) {
    self.desks = desks
    self.replica = replica
    self.author = author
  }

  func sync() throws {
    var session = SyncSession(replica)
    var effects = try session.handle(.begin)
    while let effect = effects.first {
      if case .finish = effect { return }
      effects = try session.handle(try desks.answer(effect, to: author))
    }
  }

  func bench(_ language: Language = .english) throws -> Workbench {
    try Workbench(
      replica, reader: Reader(language, offset: { _ in 0 }), now: desks.now,
      random: SystemRandomNumberGenerator()
    ) { _ in }
  }

  /// - Parameter scope: nil: that of a new account.
  @discardableResult
  func add(_ kind: KindDescription, _ values: [String: String], in scope: Scope? = nil) throws -> RecordID {
    let bench = try bench()
    let id = bench.newID()
    let parsed = try values.map { name, text in
      let register = try #require(kind.register(named: name))
      return (register: register.number, value: try register.type.parse(text))
    }
    try bench.edit(in: scope ?? .plan(id), "added") { try $0.create(id, kind: kind.number, parsed) }
    return id
  }

  /// An account with some business and some plans.
  func addAcme() throws -> RecordID {
    let acme = try add(.account, ["name": "Acme"])
    let plan = Scope.plan(acme)
    try add(.contact, ["name": "Zoe Boss", "title": "Director"], in: plan)
    try add(.objective, ["title": "Grow", "target": "10", "current": "4", "shared": "yes"], in: plan)
    try add(.objective, ["title": "Raise their prices", "target": "10", "current": "4"], in: plan)
    try add(
      .interaction,
      ["summary": "Call", "occurred-at": "1788256800000", "next-step": "Offer less"], in: plan)
    try add(
      .serviceRequest,
      ["subject": "Pump leaks", "type": "technical", "opened-at": "1786442400000"], in: plan)
    // An account has finances once the server knows it.
    try sync()
    try addSale("1000 EUR", on: "2026-08-10", of: acme)
    try sync()
    return acme
  }

  func addSale(_ revenue: String, on day: String, of account: RecordID) throws {
    try add(
      .sale, ["revenue": revenue, "cost": "600 EUR", "occurred-on": day], in: .finance(account))
  }
}
