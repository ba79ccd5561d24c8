import PlanModel
import SyncCore
import Testing

@testable import Replica

@Suite("Two records of one id")
struct SharedIDTests {
  private let office: Office
  private let ana: Laptop
  private let acme: Scope
  private let evil: Scope
  private let task: RecordID

  /// As a hostile server sends them, or one of before it saw that an id is one record's.
  init() throws {
    office = try Office()
    ana = try office.person("Ana")
    acme = try ana.account()
    evil = try ana.account()
    task = office.newID()
    try ana.create(task, .task, ["title": "Prepare the offer", "department": "sales"], in: acme)
    try ana.sync()
  }

  /// Puts a copy of a record, changed, into the plan of “evil”, as a checkpoint would.
  private func put(_ id: RecordID, like other: RecordID, alive: Bool = true) throws {
    var state = try #require(try ana.replica.record(other, in: acme)).state
    state = RecordState(
      id: id, kind: state.kind, sequence: state.sequence, alive: alive, stamps: state.stamps,
      body: state.body)
    try ana.replica.write { transaction in
      let held = try #require(try transaction.heldScope(evil))
      try transaction.saveBase(state, encoded: state.encoded, in: held.number)
    }
  }

  @Test("are both found, by id and by handle, and each in its own account")
  func bothFound() throws {
    try put(task, like: task)
    #expect(Set(try ana.replica.records(task).map(\.scope)) == [acme, evil])
    let handle = try #require(try ana.replica.handles(for: [task])[task])
    #expect(Set(try ana.replica.records(handle).map(\.scope)) == [acme, evil])
    for scope in [acme, evil] { #expect(try ana.replica.record(task, in: scope)?.scope == scope) }
    #expect(try ana.replica.record(task, in: .directory) == nil)
  }

  @Test("what points to one means that of its own account, and never another account's")
  func references() throws {
    try put(task, like: task)
    #expect(try ana.replica.record(task, from: acme)?.scope == acme)
    #expect(try ana.replica.record(task, from: evil)?.scope == evil)
    let other = try ana.account()
    #expect(try ana.replica.record(task, from: other) == nil)
    let account = try #require(acme.account)
    #expect(try ana.replica.record(account, from: other)?.scope == acme)
    #expect(try ana.replica.record(task, from: .finance(account))?.scope == acme)
  }

  @Test("a deleted one hides nothing in another account")
  func deletedElsewhere() throws {
    let contact = office.newID()
    let address = office.newID()
    try ana.create(contact, .contact, ["name": "Zoe"], in: acme)
    try ana.create(
      address, .contactPoint,
      ["contact": contact.description, "type": "email", "value": "zoe@globex.example"], in: acme)
    try ana.sync()
    func isShown() throws -> Bool { try #require(try ana.replica.record(address, in: acme)).isShown }
    try put(contact, like: contact, alive: false)
    #expect(try isShown())
    // Nor one of the account's own id.
    try put(try #require(acme.account), like: contact, alive: false)
    #expect(try isShown())
    try ana.setAlive(false, contact, in: acme)
    #expect(try !isShown())
  }
}
