import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@Suite("People and their devices")
struct PeopleTests {
  let acme: Organisation

  init() throws { acme = try Organisation() }

  private func add(_ email: String, name: String = "Ana", role: OrganizationRole = .member) throws -> UserRow
  {
    try acme.store.write {
      try People.addUser(
        email: email, name: name, role: role, by: "test", in: $0, now: acme.now, using: &acme.random)
    }
  }

  private func setActive(_ active: Bool, _ email: String) throws -> UserRow {
    try acme.store.write { try People.setActive(active, email: email, by: "test", in: $0, now: acme.now) }
  }

  private func person(_ user: UserRow) throws -> KamPerson {
    let state = try #require(try acme.record(user.id, in: .directory))
    return try KamRecordState(serializedBytes: state.encoded).body.person
  }

  @Test("a new user is in the directory, in lower case")
  func added() throws {
    let user = try add("Ana@Acme.Example", role: .executive)
    #expect(user.email == "ana@acme.example")
    #expect(
      try person(user).email == "ana@acme.example" && person(user).role == .executive && person(user).active)
  }

  @Test("the founder's e-mail is kept in lower case, so that the founder can be invited again")
  func founder() throws {
    var random = Sequence64(seed: 1)
    let store = try SQLiteStore(inMemory: ())
    let founder = try store.write {
      try Founding.found(
        name: "Acme", adminEmail: "Boss@Acme.Example", adminName: "Boss", in: $0, now: 1_000_000,
        using: &random)
    }
    #expect(founder.email == "boss@acme.example")
    let invite = try store.write {
      try People.invite(
        email: "Boss@Acme.Example", validFor: 1_000, by: "test", in: $0, now: 1_000_000, using: &random)
    }
    #expect(invite.expires == 1_001_000)
  }

  @Test("a founder without e-mail or name founds nothing", arguments: [("x", "Boss"), ("a@b.example", "")])
  func badFounder(email: String, name: String) throws {
    var random = Sequence64(seed: 1)
    let store = try SQLiteStore(inMemory: ())
    #expect(throws: PeopleError.self) {
      try store.write {
        try Founding.found(
          name: "Acme", adminEmail: email, adminName: name, in: $0, now: 1_000_000, using: &random)
      }
    }
  }

  @Test(
    "what is no e-mail address is refused",
    arguments: [
      "", "ana", "@acme.example", "ana@", "a@b@c", "a b@c.example", "a\n@c.example", "a\u{0}@c.example",
    ])
  func badEmail(text: String) throws {
    #expect(throws: PeopleError.notAnEmail(text)) { try add(text) }
  }

  @Test("an e-mail address names one user, a name is one line of 1 to 200 characters")
  func refusals() throws {
    _ = try add("ana@acme.example")
    #expect(throws: PeopleError.userExists("ana@acme.example")) { try add("ANA@acme.example") }
    for name in ["", "a\nb", String(repeating: "x", count: 201)] {
      #expect(throws: PeopleError.nameInvalid(name)) { try add("bo@acme.example", name: name) }
    }
    _ = try add("bo@acme.example", name: String(repeating: "x", count: 200))
    #expect(throws: PeopleError.noSuchUser("cy@acme.example")) { try acme.invite("cy@acme.example") }
  }

  @Test("the last active admin cannot be suspended")
  func lastAdmin() throws {
    #expect(throws: PeopleError.lastAdmin("admin@acme.example")) {
      try setActive(false, "admin@acme.example")
    }
    _ = try add("second@acme.example", role: .admin)
    _ = try setActive(false, "second@acme.example")
    #expect(throws: PeopleError.lastAdmin("admin@acme.example")) {
      try setActive(false, "admin@acme.example")
    }
    _ = try setActive(true, "second@acme.example")
    #expect(try !setActive(false, "admin@acme.example").isActive)
  }

  @Test("suspending shows in the directory, ends the unused invites, and can be taken back")
  func suspend() throws {
    let user = try add("ana@acme.example")
    let invite = try acme.invite("ana@acme.example")
    _ = try setActive(false, "ana@acme.example")
    #expect(try !person(user).active)
    #expect(try acme.store.read { try $0.invite(invite.id)?.isWithdrawn } == true)
    #expect(throws: PeopleError.suspended("ana@acme.example")) { try acme.invite("ana@acme.example") }
    _ = try setActive(true, "ana@acme.example")
    #expect(try person(user).active)
    _ = try acme.invite("ana@acme.example")
  }

  @Test("an invite's secret has 130 bits and is not stored")
  func inviteSecret() throws {
    _ = try add("ana@acme.example")
    let invites = try (0..<50).map { _ in
      // The ones before have expired: few may wait at once.
      acme.now += 7 * 86_400_000
      return try acme.invite("ana@acme.example")
    }
    #expect(
      invites.allSatisfy {
        $0.secret.utf8.count == 26 && $0.secret.allSatisfy("0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains)
      })
    #expect(Set(invites.map(\.secret)).count == 50)
    let row = try #require(try acme.store.read { try $0.invite(invites[0].id) })
    #expect(row.secretHash == sha256(Array(invites[0].secret.utf8)))
  }

  @Test("revoking a device reaches its copies, and copies of copies, and no other device")
  func revoke() throws {
    let ana = try acme.person("Ana")
    let other = try acme.join("ana@acme.example")
    func copy(of author: Author, _ secret: UInt8) throws -> Author {
      try acme.fork(Device(acme, author, secret: ""))
      let number = try #require(try acme.copy(of: author, secret: "\(secret)")).replica
      return Author(user: author.user, device: try #require(try acme.store.read { try $0.device(number) }))
    }
    let first = try copy(of: ana.author, 1)
    let second = try copy(of: first, 2)
    let revoked = try acme.store.write {
      try People.revokeDevice(ana.number, by: "test", in: $0, now: acme.now)
    }
    #expect(revoked == [ana.number, first.device.number, second.device.number])
    let states = try acme.store.read { try $0.devices(of: ana.user).map(\.state) }
    #expect(states == [.revoked, .active, .revoked, .revoked])
    #expect(try other.pull().lastMutation == 0)
    #expect(throws: PeopleError.noSuchDevice(999)) {
      try acme.store.write { try People.revokeDevice(999, by: "test", in: $0, now: acme.now) }
    }
  }
}
