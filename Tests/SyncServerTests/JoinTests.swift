import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@Suite("Joining by invite")
struct JoinTests {
  let acme: Organisation

  init() throws { acme = try Organisation() }

  private func user(_ name: String) throws -> String {
    let email = "\(name.lowercased())@acme.example"
    _ = try acme.store.write {
      try People.addUser(
        email: email, name: name, role: .executive, by: "test", in: $0, now: acme.now, using: &acme.random)
    }
    return email
  }

  private func joined(_ answer: Join.Answer) throws -> WireJoinResponse {
    guard case .joined(let response) = answer else { throw Surprise("\(answer)") }
    return response
  }

  private func refused(_ answer: Join.Answer) -> String? {
    if case .refused(let reason) = answer { return reason }
    return nil
  }

  @Test("says who the person is, and gives the device a number")
  func joins() throws {
    let email = try user("Ana")
    let invite = try acme.invite(email)
    let answer = try joined(try acme.join(acme.joinRequest(invite, secret: "a", name: "Ana's laptop")))
    let ana = try #require(try acme.store.read { try $0.user(email: email) })
    let organization = try acme.store.read { try $0.organization() }
    #expect(answer.user == ana.id.description && answer.name == "Ana" && answer.email == email)
    #expect(answer.role == .executive && answer.organization == "Acme" && answer.epoch == organization.epoch)
    #expect(answer.serverMs == acme.now && answer.replica > 0)
    let device = try #require(try acme.store.read { try $0.device(answer.replica) })
    #expect(
      device.user == ana.id && device.name == "Ana's laptop" && device.state == .active
        && device.lastMutation == 0)
    #expect(device.secretHash == sha256(Array("a".utf8)))
  }

  @Test("an invite works once; another secret is refused and makes no device")
  func once() throws {
    let invite = try acme.invite(try user("Ana"))
    _ = try joined(try acme.join(acme.joinRequest(invite, secret: "a")))
    let devices = try acme.store.read { try $0.devices(of: nil).count }
    let chain = try acme.store.read { try $0.organization().auditChain }
    let reason = refused(try acme.join(acme.joinRequest(invite, secret: "b")))
    #expect(reason?.contains("used again by another device") == true)
    #expect(try acme.store.read { try $0.devices(of: nil).count } == devices)
    #expect(
      try acme.store.read { try $0.organization().auditChain } != chain, "the alarm is in the audit log")
  }

  @Test("a refused join of an unknown invite leaves nothing behind, and of one invite as little as is wanted")
  func noTrace() throws {
    func chain() throws -> [UInt8] { try acme.store.read { try $0.organization().auditChain } }
    let invite = try acme.invite(try user("Ana"))
    _ = try joined(try acme.join(acme.joinRequest(invite, secret: "a")))
    let before = try chain()
    var unknown = acme.joinRequest(invite, secret: "b")
    unknown.invite = acme.newID().description
    #expect(refused(try acme.join(unknown)) == "unknown invite")
    let again = acme.joinRequest(invite, secret: "b")
    let answer = try acme.store.write {
      try Join.decide(again, from: "192.0.2.7", in: $0, now: acme.now) { _ in false }
    }
    #expect(refused(answer)?.contains("used again") == true)
    #expect(try chain() == before)
  }

  @Test("a lost answer can be asked for again with the same secret for ten minutes")
  func retry() throws {
    let invite = try acme.invite(try user("Ana"), validFor: 60_000)
    let request = acme.joinRequest(invite, secret: "a")
    let first = try joined(try acme.join(request))
    acme.now += Join.retryMilliseconds
    #expect(try joined(try acme.join(request)).replica == first.replica)
    acme.now += 1
    #expect(refused(try acme.join(request)) != nil)
  }

  @Test("an invite is good to its last millisecond")
  func expiry() throws {
    let invite = try acme.invite(try user("Ana"), validFor: 60_000)
    acme.now += 60_001
    #expect(refused(try acme.join(acme.joinRequest(invite, secret: "a"))) != nil)
    acme.now -= 1
    #expect(try joined(try acme.join(acme.joinRequest(invite, secret: "a"))).replica > 0)
  }

  @Test("a wrong secret, an unknown invite, a withdrawn one and a malformed request are refused")
  func refusals() throws {
    let email = try user("Ana")
    let invite = try acme.invite(email)
    var wrong = acme.joinRequest(invite, secret: "a")
    wrong.inviteSecret = String(invite.secret.dropLast()) + (invite.secret.last == "0" ? "1" : "0")
    var unknown = wrong
    unknown.invite = acme.newID().description
    var noID = wrong
    noID.invite = "x"
    var shortHash = acme.joinRequest(invite, secret: "a")
    shortHash.deviceSecretSha256 = Data(count: 31)
    for request in [wrong, unknown, noID, shortHash] { #expect(refused(try acme.join(request)) != nil) }
    _ = try acme.store.write { try People.setActive(false, email: email, by: "test", in: $0, now: acme.now) }
    #expect(refused(try acme.join(acme.joinRequest(invite, secret: "a"))) != nil)
    _ = try acme.store.write { try People.setActive(true, email: email, by: "test", in: $0, now: acme.now) }
    #expect(refused(try acme.join(acme.joinRequest(invite, secret: "a"))) != nil, "withdrawn stays withdrawn")
    #expect(try joined(try acme.join(acme.joinRequest(try acme.invite(email), secret: "a"))).replica > 0)
  }

  @Test("a revoked device's invite cannot bring it back")
  func revokedRetry() throws {
    let invite = try acme.invite(try user("Ana"))
    let request = acme.joinRequest(invite, secret: "a")
    let device = try joined(try acme.join(request)).replica
    _ = try acme.store.write { try People.revokeDevice(device, by: "test", in: $0, now: acme.now) }
    #expect(refused(try acme.join(request)) != nil)
  }

  @Test("200 devices that use one invite: one of them joins")
  func race() throws {
    let invite = try acme.invite(try user("Ana"))
    let answers = try (0..<200).map { try acme.join(acme.joinRequest(invite, secret: "s\($0)")) }
    #expect(answers.filter { refused($0) == nil }.count == 1)
  }

  @Test("replica numbers ascend from 1 and are never given twice")
  func numbers() throws {
    var numbers = [acme.admin.number]
    let email = try user("Ana")
    for secret in 0..<5 {
      let device = try joined(try acme.join(acme.joinRequest(try acme.invite(email), secret: "\(secret)")))
        .replica
      numbers.append(device)
      if secret % 2 == 0 {
        _ = try acme.store.write { try People.revokeDevice(device, by: "test", in: $0, now: acme.now) }
      }
    }
    #expect(numbers == [1, 2, 3, 4, 5, 6])
    // Not even when the transaction that took one was undone.
    struct Undo: Error {}
    #expect(throws: Undo.self) {
      try acme.store.write { transaction in
        _ = try transaction.nextDeviceNumber()
        throw Undo()
      }
    }
    let next = try joined(try acme.join(acme.joinRequest(try acme.invite(email), secret: "z"))).replica
    #expect(!numbers.contains(next))
  }

  @Test("the directory shows every device that writes in a person's name")
  func mirror() throws {
    let ana = try acme.person("Ana")
    let second = try acme.join("ana@acme.example", name: "Phone")
    let state = try #require(try acme.record(ana.user, in: .directory))
    let typed = try KamRecordState(serializedBytes: state.encoded).body.person
    #expect(typed.name == "Ana" && typed.email == "ana@acme.example" && typed.role == .member && typed.active)
    #expect(typed.devices.map(\.replica) == [ana.number, second.number])
    #expect(typed.devices.map(\.name) == ["", ""], "what they are called is told to her and to admins")
    #expect(state.stamps.entries.allSatisfy { $0.stamp.replica == 0 })
  }

  @Test("control characters and excess are taken out of a device's name")
  func deviceName() throws {
    let device = try acme.join(try user("Ana"), name: "a\u{1B}[31m\n" + String(repeating: "é", count: 200))
    #expect(device.author.device.name == "a[31m" + String(repeating: "é", count: 95))
  }

  @Test("a copied replica gets a number of its own, the same one when it asks again with the same secret")
  func copy() throws {
    let ana = try acme.person("Ana")
    try acme.fork(ana)
    func ask(_ secret: String, by device: Device) throws -> UInt32? {
      try acme.copy(of: device.author, secret: secret)?.replica
    }
    let first = try #require(try ask("new", by: ana))
    #expect(first != ana.number)
    #expect(try ask("new", by: ana) == first)
    #expect(try ask("other", by: ana) != first)
    #expect(try acme.store.read { try $0.device(first)?.copiedFrom } == ana.number)
    let short = try acme.store.write {
      try Join.newReplica(
        .with { $0.deviceSecretSha256 = Data(count: 5) }, by: ana.author, in: $0, now: acme.now)
    }
    #expect(short == nil)
  }

  @Test("a copy that offers the very secret of its original does not become its original")
  func copyWithOwnSecret() throws {
    let ana = try acme.person("Ana")
    try acme.fork(ana)
    #expect(try acme.copy(of: ana.author, secret: ana.secret) == nil)
  }
}
