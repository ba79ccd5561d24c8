import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@Suite("Who may do what")
struct AccessTests {
  let acme: Organisation
  let ana: Device
  let bo: Device

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    bo = try acme.person("Bo")
  }

  @Test("the first record of an unknown plan makes the account: both scopes, and its author as manager")
  func founding() throws {
    let account = acme.newID()
    let mutation = ana.mutation(.plan(account), create(account, .account, ["name": "Northwind"]))
    let (answer, changed) = try acme.store.write {
      (try Push.decide([mutation], acknowledged: 0, by: ana.author, in: $0, now: acme.now), $0.changed)
    }
    #expect(answer.results.map(\.outcome) == [.applied])
    #expect(answer.results.map(\.scopeSequence) == [1])
    #expect(changed == [.directory, .plan(account), .finance(account)])
    #expect(answer.accountWasCreated)
    let grants = try acme.store.read { try $0.grants(on: account) }
    #expect(grants.map(\.user) == [ana.user] && grants.map(\.role) == [.manager])
    #expect(try acme.row(.plan(account))?.head == 1)
    #expect(try acme.row(.finance(account))?.head == 0)
    let reader = Reader(ana)
    try reader.pull()
    #expect(Set(reader.manifest.keys) == [.directory, .plan(account), .finance(account)])
    #expect(
      reader.manifest[.plan(account)]?.role == .manager
        && reader.manifest[.finance(account)]?.writable == true)
    #expect(try reader.equalsServer(.plan(account)))
    #expect(Reader(bo).manifest.isEmpty)
    #expect(try bo.pull().manifest.entries.map(\.scope) == ["directory"])
  }

  @Test("an account may be made with its first plan and tasks in one go")
  func foundingWithMore() throws {
    let (account, task) = (acme.newID(), acme.newID())
    let result = try ana.edit(
      .plan(account), create(account, .account, ["name": "Northwind", "manager": ana.user.description]),
      create(task, .task, ["title": "Call Cy", "department": "sales"]))
    #expect(result.outcome == .applied && result.scopeSequence == 2)
    #expect(try acme.value("title", of: task, in: .plan(account)) == "Call Cy")
  }

  @Test("a refused founding leaves nothing: no scope, no grant")
  func refusedFounding() throws {
    let account = acme.newID()
    #expect(
      try ana.edit(
        .plan(account), create(account, .account, ["name": "Northwind"]),
        create(acme.newID(), .task, ["title": "x"])
      ).outcome == .invalid)
    #expect(try acme.row(.plan(account)) == nil && acme.row(.finance(account)) == nil)
    #expect(try acme.store.read { try $0.grants(on: account) }.isEmpty)
    #expect(
      try ana.edit(.plan(account), create(account, .account, ["name": "Northwind"])).outcome == .applied)
  }

  @Test("an unknown scope and a forbidden one are told apart by nothing")
  func unknownIsForbidden() throws {
    let scope = try acme.account(managedBy: ana)
    let task = try ana.task(in: scope)
    let account = try #require(scope.account)
    let unknown = acme.newID()
    let edits: [(String, (RecordID) -> WireChange)] = [
      ("an edit", { _ in change(task, .task, ["title": "x"]) }),
      ("a record that is not there", { _ in change(self.acme.newID(), .task, ["title": "x"]) }),
      ("an invalid value", { _ in create(self.acme.newID(), .task, ["title": "x"]) }),
      ("a wrong kind", { _ in create(self.acme.newID(), .department, ["name": "x"]) }),
      ("a deletion", { _ in change(task, .task, alive: false) }),
    ]
    for family in [Scope.plan, Scope.finance] {
      for (name, edit) in edits {
        var forbidden = try bo.edit(family(account), edit(account))
        var never = try bo.edit(family(unknown), edit(unknown))
        #expect(forbidden.outcome == .denied, "\(name)")
        #expect(
          forbidden.reason
            == "There is no such account, or it is not shared with you; its manager or an admin can share it.",
          "\(name)")
        forbidden.sequence = 0
        never.sequence = 0
        #expect(forbidden == never, "\(name)")
      }
    }
    #expect(try acme.history(of: task, in: scope).count == 1)
    for request in [scope.description, "plan/\(unknown)", "plan/x", ""] {
      let history = try acme.store.read {
        try HistoryQuery.answer(
          .with {
            $0.scope = request
            $0.record = task.description
          }, by: bo.author, from: $0)
      }
      #expect(history == nil)
    }
    for unreadable in [scope, .plan(unknown)] {
      #expect(try acme.store.read { try Repair.digests(of: unreadable, by: bo.author, from: $0) } == nil)
      #expect(
        try acme.store.read {
          try Repair.records(of: unreadable, buckets: Array(0..<256), by: bo.author, from: $0)
        }
          == nil)
    }
  }

  @Test("founding over an account that exists and is not shared is answered like any unknown scope")
  func foundingOverForeign() throws {
    let scope = try acme.account(managedBy: ana)
    let account = try #require(scope.account)
    let result = try bo.edit(scope, create(account, .account, ["name": "Mine"]))
    #expect(result.outcome == .denied)
    #expect(try acme.value("name", of: account, in: scope) == "Northwind")
    #expect(try acme.store.read { try $0.grants(on: account) }.map(\.user) == [ana.user])
  }

  @Test(
    "a scope that is none is refused",
    arguments: ["", "plan/", "plan/x", "plans", "finance/", "DIRECTORY", "plan"])
  func noScope(name: String) throws {
    var mutation = ana.mutation(.directory, create(acme.newID(), .department, ["name": "x"]))
    mutation.scope = name
    #expect(try ana.push(mutation).results.map(\.outcome) == [.invalid])
  }

  @Test("a viewer reads the plan and writes nothing; a contributor writes it and reads the figures")
  func roles() throws {
    let scope = try acme.account(managedBy: ana)
    let account = try #require(scope.account)
    let task = try ana.task(in: scope)
    try acme.share(scope, with: bo, .viewer, by: ana)
    #expect(try bo.pull().manifest.entries.map(\.scope) == ["directory", scope.description])
    #expect(try bo.pull().manifest.entries.map(\.writable) == [false, false])
    let refused = try bo.edit(scope, change(task, .task, ["title": "x"]))
    #expect(refused.outcome == .denied)
    #expect(
      refused.reason
        == "Changing a task needs the role contributor in this account; its manager or an admin can give it.")
    try acme.share(scope, with: bo, .contributor, by: ana)
    let entries = try bo.pull().manifest.entries
    #expect(entries.map(\.scope) == ["directory", "plan/\(account)", "finance/\(account)"])
    #expect(entries.map(\.writable) == [false, true, false])
    #expect(try bo.edit(scope, change(task, .task, ["title": "x"])).outcome == .applied)
    let manager = try bo.edit(
      scope, change(account, .account, ["key-account": "yes"]),
      guards: [expectation(account, "key-account", .unset(true), .account)])
    #expect(manager.outcome == .denied)
    #expect(try bo.edit(scope, change(account, .account, alive: false)).outcome == .denied)
    #expect(try ana.edit(scope, change(account, .account, alive: false)).outcome == .applied)
  }

  @Test("executives read everything and write what is shared with them; admins write everything")
  func organisationRoles() throws {
    let eva = try acme.person("Eva", .executive)
    let scope = try acme.account(managedBy: ana)
    let task = try ana.task(in: scope)
    let account = try #require(scope.account)
    for reader in [eva, acme.admin] {
      #expect(
        try reader.pull().manifest.entries.map(\.scope) == [
          "directory", "plan/\(account)", "finance/\(account)",
        ])
    }
    #expect(try eva.edit(scope, change(task, .task, ["title": "x"])).outcome == .denied)
    #expect(try acme.admin.edit(scope, change(task, .task, ["title": "y"])).outcome == .applied)
  }

  @Test("everybody reads the directory, only admins change it, and only the server writes people in it")
  func directory() throws {
    let reader = Reader(bo)
    try reader.pull()
    acme.now += 1_000
    let sales = try #require(
      reader.records[.directory]?.values.first { $0.kind == KindDescription.department.number }?.id)
    let refused = try bo.edit(.directory, change(sales, .department, ["name": "Sellers"]))
    #expect(refused.outcome == .denied)
    #expect(refused.reason == "Changing a department is for admins of the organisation; ask one.")
    #expect(
      try acme.admin.edit(.directory, change(sales, .department, ["name": "Sellers"])).outcome == .applied)
    try reader.pull()
    #expect(try acme.value("name", of: sales, in: .directory) == "Sellers")
    let made = try acme.admin.edit(.directory, create(acme.newID(), .department, ["name": "Law"]))
    #expect(made.outcome == .denied)
    #expect(made.reason == "A department record is written by the server only; use kamd's commands.")
    let person = try acme.admin.edit(.directory, change(bo.user, .person, ["name": "Bob"]))
    #expect(person.outcome == .denied)
    #expect(person.reason == "A person record is written by the server only; use kamd's commands.")
    let code = try acme.admin.edit(.directory, change(sales, .department, ["code": "sales"]))
    #expect(code.outcome == .invalid)
    #expect(code.reason == "The code of a department is written by the server only.")
  }

  @Test("a record in another sort of scope than its kind's is refused")
  func wrongScope() throws {
    let scope = try acme.account(managedBy: ana)
    let account = try #require(scope.account)
    let result = try ana.edit(
      .finance(account), create(acme.newID(), .task, ["title": "x", "department": "sales"]))
    #expect(result.outcome == .invalid)
    #expect(result.reason == "A task does not belong in finance/\(account).")
    #expect(
      try acme.admin.edit(.directory, create(acme.newID(), .task, ["title": "x", "department": "sales"]))
        .outcome == .invalid)
  }

  @Test("a record never changes scope, and its id is nobody else's in another")
  func sameIDInTwoScopes() throws {
    let (first, second) = (try acme.account(managedBy: ana), try acme.account(managedBy: bo))
    let id = try ana.task(in: first, title: "Ana's")
    #expect(try bo.edit(second, change(id, .task, ["title": "Bo's"])).outcome == .targetGone)
    #expect(
      try bo.edit(second, create(id, .task, ["title": "Bo's", "department": "sales"])).outcome == .denied)
    #expect(try acme.value("title", of: id, in: first) == "Ana's")
    #expect(try acme.record(id, in: second) == nil)
  }

  @Test("an account has one account record, and one privileged contact that cannot be deleted")
  func singletons() throws {
    let scope = try acme.account(managedBy: ana)
    let account = try #require(scope.account)
    #expect(try ana.edit(scope, create(acme.newID(), .account, ["name": "x"])).outcome == .invalid)
    #expect(
      try ana.edit(scope, create(acme.newID(), .privilegedContact, ["person": ana.user.description])).outcome
        == .invalid)
    let contact = account.singleton(ofKind: 38)
    #expect(
      try ana.edit(scope, create(contact, .privilegedContact, ["person": ana.user.description])).outcome
        == .applied)
    let result = try ana.edit(scope, change(contact, .privilegedContact, alive: false))
    #expect(result.outcome == .invalid)
    #expect(result.reason == "A privileged-contact cannot be deleted.")
  }

  @Test("what is set once cannot be changed or emptied afterwards; the same value again can be sent")
  func once() throws {
    let scope = try acme.account(managedBy: ana)
    let task = try ana.task(in: scope)
    let comment = acme.newID()
    let values = ["about": task.description, "about-kind": "42", "text": "Good."]
    #expect(try ana.edit(scope, create(comment, .comment, values)).outcome == .applied)
    let edited = try ana.edit(scope, change(comment, .comment, ["text": "Bad."]))
    #expect(edited.outcome == .invalid)
    #expect(
      edited.reason == "The text of a comment is set when it is made and cannot be changed; make a new one.")
    #expect(
      try ana.edit(scope, change(comment, .comment, ["author": ana.user.description])).outcome == .invalid)
    #expect(try ana.edit(scope, change(comment, .comment, clear: ["author"])).outcome == .invalid)
    #expect(try ana.edit(scope, change(comment, .comment, ["text": "Good."])).outcome == .applied)
    #expect(try ana.edit(scope, change(comment, .comment, alive: false)).outcome == .applied)
  }

  @Test("revoked between push and pull: the answer holds nothing of the scope any more")
  func revokedBetween() throws {
    let scope = try acme.account(managedBy: ana)
    try acme.share(scope, with: bo, .contributor, by: ana)
    let reader = Reader(bo)
    try reader.pull()
    let push = try bo.push(bo.mutation(scope, create(acme.newID(), .contact, ["name": "Cy"])))
    #expect(push.results.map(\.outcome) == [.applied])
    try acme.share(scope, with: bo, nil, by: ana)
    let response = try bo.pull(reader.checkpoint, push: push)
    #expect(response.results == push.results)
    #expect(response.pages.isEmpty)
    #expect(response.manifest.entries.map(\.scope) == ["directory"])
    #expect(response.lastMutation == bo.sequence)
    #expect(try bo.edit(scope, create(acme.newID(), .contact, ["name": "Di"])).outcome == .denied)
  }

  @Test("a device revoked, or a person suspended, between authentication and decision gets nothing")
  func revokedMeanwhile() throws {
    _ = try acme.store.write {
      try People.setActive(false, email: "bo@acme.example", by: "test", in: $0, now: acme.now)
    }
    #expect(throws: Authentication.Failure.userSuspended) { try bo.pull() }
    #expect(throws: Authentication.Failure.userSuspended) { try bo.push([]) }
    _ = try acme.store.write { try People.revokeDevice(ana.number, by: "test", in: $0, now: acme.now) }
    #expect(throws: Authentication.Failure.revoked) { try ana.pull() }
  }

  @Test("bodies are applied, refused and left to a newer version as messages.json says")
  func bodyVectors() throws {
    let vectors = try MessageVectors.load()
    let account = try #require(RecordID(vectors.account))
    let other = acme.newID()
    #expect(try ana.edit(.plan(other), create(other, .account, ["name": "x"])).outcome == .applied)
    for example in vectors.bodies {
      let isAccount = example.kind == KindDescription.account.number
      // Every account of the vectors is founded in an organisation of its own.
      let device = isAccount ? try Organisation().person("Ana") : ana
      let result = try device.edit(
        isAccount ? .plan(account) : .plan(other),
        .with {
          $0.record = (isAccount ? account : acme.newID()).description
          $0.kind = KamKind(rawValue: Int(example.kind)) ?? .unspecified
          $0.create = true
          $0.set = Data(example.bytes)
        })
      let outcome = result.outcome
      let wanted: WireOutcome =
        switch example.verdict {
        case "accepted": .applied
        case "ahead": .schemaAhead
        default: .invalid
        }
      // Whether it can be read is what the vectors say; that there is nothing to point to is another question.
      let pointsNowhere = result.reason.contains("is not in this account")
      #expect(outcome == wanted || wanted == .applied && pointsNowhere, "\(example.name): \(result.reason)")
      if outcome == .schemaAhead { ana.rewind(to: ana.sequence - 1) }
    }
  }

  @Test("a value of more bytes than any may have is refused before it is looked into")
  func hugeValue() throws {
    let scope = try acme.account(managedBy: ana)
    var huge = create(acme.newID(), .contact, ["name": "x"])
    huge.set = Data(
      encodeBody(
        RegisterType.text(maximum: 0).encode(.text(String(repeating: "a", count: 300_000)), as: 1), kind: 34))
    let result = try ana.edit(scope, huge)
    #expect(result.outcome == .invalid)
    #expect(result.reason == "300004 bytes in one value are too many; the limit is 262144.")
  }
}

/// The part of messages.json that this suite pushes.
private struct MessageVectors: Decodable {
  struct Body: Decodable {
    let name: String
    let kind: UInt32
    let hexadecimal: String
    let verdict: String

    enum CodingKeys: String, CodingKey {
      case name, kind, verdict
      case hexadecimal = "bytes"
    }

    var bytes: [UInt8] {
      let digits = hexadecimal.compactMap { $0.hexDigitValue.map(UInt8.init) }
      return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
  }
  let account: String
  let bodies: [Body]

  static func load() throws -> MessageVectors {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Protocol/vectors/messages.json")
    return try JSONDecoder().decode(MessageVectors.self, from: Data(contentsOf: folder))
  }
}
