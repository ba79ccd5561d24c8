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
import Workbench
import Wording

/// A server in this process, and those who work with it: each with a replica, and workbenches at the moments they choose.
final class Company {
  let store: SQLiteStore
  /// Unix milliseconds: 2026-10-26 08:53 UTC.
  var now: Int64 = 1_793_004_800_000
  private var random = SystemRandomNumberGenerator()

  init() throws {
    store = try SQLiteStore(inMemory: ())
    _ = try store.write {
      try Founding.found(
        name: "Demo", adminEmail: "admin@demo.example", adminName: "Admin", in: $0, now: now, using: &random)
    }
  }

  /// A new user, whose replica has what they may see.
  func person(_ name: String, _ role: OrganizationRole = .member) throws -> Colleague {
    let email = "\(name.lowercased())@demo.example"
    let invite = try store.write {
      _ = try SyncServer.People.addUser(
        email: email, name: name, role: role, by: "test", in: $0, now: now, using: &random)
      return try SyncServer.People.invite(
        email: email, validFor: 86_400_000, by: "test", in: $0, now: now, using: &random)
    }
    let request = WireJoinRequest.with {
      $0.invite = invite.id.description
      $0.inviteSecret = invite.secret
      $0.deviceSecretSha256 = Data(sha256(Array(email.utf8)))
      $0.deviceName = "laptop"
    }
    guard
      case .joined(let answer) = try store.write({ try Join.decide(request, from: "::1", in: $0, now: now) })
    else { throw CompanyError.notJoined }
    let author = try store.read { reading in
      let device = try #require(try reading.device(answer.replica))
      return Author(user: try #require(try reading.user(device.user)), device: device)
    }
    let replica = try Replica(inMemory: ())
    try replica.join(
      Identity(
        organization: answer.organization, person: author.user.id, name: answer.name, email: answer.email,
        role: author.user.role, replica: answer.replica), epoch: answer.epoch,
      checkpoint: Array(answer.checkpoint), isSameOrganization: false)
    let colleague = Colleague(self, author, replica)
    try colleague.sync()
    return colleague
  }

  /// Lets somebody write in an account.
  func share(_ account: String, of owner: Colleague, with other: Colleague) throws {
    let account = try owner.bench().account(account)
    let answer = try store.write {
      try Sharing.set(
        .contributor, email: try other.replica.identity().email, on: account, by: owner.author, in: $0,
        now: now)
    }
    guard case .done = answer else { throw CompanyError.notShared }
  }
}

enum CompanyError: Error { case notJoined, notFinished, notShared }

final class Colleague {
  private let company: Company
  let author: Author
  let replica: Replica
  /// What their workbenches have told beside what was asked for.
  private(set) var told: [Phrase] = []

  init(_ company: Company, _ author: Author, _ replica: Replica) {
    self.company = company
    self.author = author
    self.replica = replica
  }

  var id: RecordID { author.user.id }

  func bench(_ language: Language = .english) throws -> Workbench {
    try Workbench(
      replica, reader: Reader(language, offset: { _ in 0 }), now: company.now,
      random: SystemRandomNumberGenerator()
    ) { self.told.append($0) }
  }

  /// Exchanges with the server until nothing is left.
  func sync() throws {
    company.now += 1_000
    var session = SyncSession(replica)
    var effects = try session.handle(.begin)
    while let effect = effects.first {
      switch effect {
      case .finish: return
      case .sync(let number, let request):
        let push = try company.store.write {
          try SyncExchange.push(request, by: author, in: $0, now: company.now)
        }
        let response = try company.store.read {
          try SyncExchange.answer(request, push: push, by: author, from: $0, now: company.now)
        }
        effects = try session.handle(
          .answered(request: number, response, sent: company.now, received: company.now))
      default: throw CompanyError.notFinished
      }
    }
    throw CompanyError.notFinished
  }

  /// Adds a record and returns its handle.
  @discardableResult
  func add(
    _ kind: KindDescription, to account: String? = nil, _ title: String, _ fields: [(String, String)] = []
  ) throws -> String {
    let bench = try bench()
    let receipt = try bench.add(kind, to: account, title: title, FieldTexts(fields.map { ($0.0, $0.1) }))
    return try bench.handle(try #require(receipt.records.first).id)
  }

  /// A register as it is read, in English.
  func sees(_ register: UInt32, of record: String) throws -> String {
    let view = try bench().find(record, kind: nil)
    let description = try #require(PlanModel.kind(view.kind)?.register(register))
    return try bench().words(description, of: view)
  }
}

/// As a reader of this language sees it, spaces that do not break made plain.
func said(_ phrase: Phrase, _ language: Language = .english) -> String {
  phrase.text(in: language).replacing("\u{A0}", with: " ")
}
