import PlanModel
import SyncCore
import Testing

@testable import Replica

@Suite("What belongs to a deleted record")
struct BelongingTests {
  private let office: Office
  private let ana: Laptop
  private let scope: Scope
  private let contact: RecordID
  private let address: RecordID

  init() throws {
    office = try Office()
    ana = try office.person("Ana")
    scope = try ana.account()
    contact = office.newID()
    address = office.newID()
    try ana.create(contact, .contact, ["name": "Zoe"], in: scope)
    try ana.create(
      address, .contactPoint,
      ["contact": contact.description, "type": "email", "value": "zoe@globex.example"], in: scope)
    try ana.sync()
  }

  private func shown(_ kind: KindDescription) throws -> [RecordID] {
    try ana.replica.records(ofKind: kind.number, where: { _, isShown in isShown }).map(\.id)
  }

  private func counted(_ kind: KindDescription) throws -> [RecordID] {
    var ids: [RecordID] = []
    try ana.replica.forEachRecord(ofKinds: [kind.number]) { ids.append($0.id) }
    return ids
  }

  @Test("is hidden with it in lists, figures and search, and comes back with it", arguments: [true, false])
  func hidden(isSynced: Bool) throws {
    #expect(try shown(.contactPoint) == [address] && counted(.contactPoint) == [address])
    try ana.setAlive(false, contact, in: scope)
    if isSynced { try ana.sync() }
    #expect(try shown(.contactPoint).isEmpty && counted(.contactPoint).isEmpty)
    // It is still there, for who asks for it by name or for what is deleted.
    let view = try #require(try ana.replica.record(address))
    #expect(view.state.alive && view.isHidden && !view.isShown)
    #expect(try ana.replica.records(ofKind: KindDescription.contactPoint.number).count == 1)
    try ana.setAlive(true, contact, in: scope)
    if isSynced { try ana.sync() }
    #expect(try shown(.contactPoint) == [address] && counted(.contactPoint) == [address])
  }

  @Test("an account takes everything in it along, its finances too")
  func account() throws {
    let sale = office.newID()
    let account = try #require(scope.account)
    try ana.create(
      sale, .sale, ["occurred-on": "2026-01-31", "revenue": "5 EUR"], in: .finance(account))
    let task = try ana.task(in: scope)
    try ana.setAlive(false, account, in: scope)
    #expect(try counted(.sale).isEmpty && counted(.task).isEmpty && shown(.contact).isEmpty)
    try ana.setAlive(true, account, in: scope)
    #expect(try counted(.sale) == [sale] && counted(.task) == [task] && shown(.contact) == [contact])
  }

  @Test("what belongs to what belongs to it is hidden too, however long the chain")
  func chain() throws {
    let plan = office.newID()
    let objective = office.newID()
    let comment = office.newID()
    try ana.create(
      plan, .plan, ["title": "2027", "period": "2027-01-01..2027-12-31"], in: scope)
    try ana.create(objective, .objective, ["title": "Grow", "plan": plan.description], in: scope)
    try ana.create(
      comment, .comment, ["about": objective.description, "about-kind": "41", "text": "Why?"], in: scope)
    try ana.sync()
    #expect(try shown(.comment) == [comment] && counted(.comment) == [comment])
    try ana.setAlive(false, plan, in: scope)
    #expect(try shown(.objective).isEmpty && shown(.comment).isEmpty && counted(.comment).isEmpty)
    #expect(try ana.replica.record(comment)?.isHidden == true)
    try ana.setAlive(true, plan, in: scope)
    #expect(try shown(.comment) == [comment])
  }

  @Test("what merely points to a deleted record stays")
  func pointers() throws {
    let clerk = office.newID()
    try ana.create(clerk, .contact, ["name": "Cy", "reports-to": contact.description], in: scope)
    let dependency = office.newID()
    let (first, second) = (try ana.task(in: scope), try ana.task(in: scope))
    try ana.create(
      dependency, .taskDependency, ["task": first.description, "needs": second.description], in: scope)
    try ana.setAlive(false, contact, in: scope)
    #expect(try shown(.contact) == [clerk])
    try ana.setAlive(false, second, in: scope)
    #expect(try shown(.task) == [first] && shown(.taskDependency).isEmpty)
  }
}
