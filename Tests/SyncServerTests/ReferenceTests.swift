import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@Suite("What a record points to")
struct ReferenceTests {
  private let acme: Organisation
  private let ana: Device
  private let bo: Device
  private let scope: Scope

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    bo = try acme.person("Bo")
    scope = try acme.account(managedBy: ana)
    try acme.share(scope, with: bo, .contributor, by: ana)
  }

  private func made(
    _ kind: KindDescription, _ values: [String: String], in place: Scope? = nil
  ) throws -> RecordID {
    let id = acme.newID()
    let result = try ana.edit(place ?? scope, create(id, kind, values))
    #expect(result.outcome == .applied, "\(result.reason)")
    return id
  }

  private func reason(_ device: Device, _ change: WireChange, guards: [WireGuard] = []) throws -> String? {
    let result = try device.edit(scope, change, guards: guards)
    return result.outcome == .applied ? nil : "\(result.outcome): \(result.reason)"
  }

  @Test("must be there: an id that nothing has is refused, with the name of what points to it")
  func unknown() throws {
    let contact = try made(.contact, ["name": "Cy"])
    let told = try #require(
      try reason(bo, change(contact, .contact, ["reports-to": acme.newID().description])))
    #expect(told.hasPrefix("invalid: The reports to of the contact is not in this account"))
    #expect(try acme.value("reports-to", of: contact, in: scope) == nil)
  }

  @Test("must be of this account: a record of another account is as good as none, also for who may read both")
  func otherAccount() throws {
    let other = try acme.account("Other", managedBy: ana)
    let foreign = try made(.contact, ["name": "Zoe"], in: other)
    let contact = try made(.contact, ["name": "Cy"])
    #expect(try reason(ana, change(contact, .contact, ["reports-to": foreign.description])) != nil)
    #expect(
      try reason(ana, create(acme.newID(), .comment, ["about": foreign.description, "text": "x"])) != nil)
  }

  @Test("must be of the kind that the register names")
  func wrongKind() throws {
    let contact = try made(.contact, ["name": "Cy"])
    let task = try ana.task(in: scope)
    let told = try #require(try reason(ana, change(task, .task, ["objective": contact.description])))
    #expect(
      told == "invalid: The objective of a task must be an objective; what was named is something else.")
  }

  @Test("may be made by the same edit, in any order")
  func madeTogether() throws {
    let boss = acme.newID()
    let clerk = acme.newID()
    let result = try ana.edit(
      scope, create(clerk, .contact, ["name": "Cy", "reports-to": boss.description]),
      create(boss, .contact, ["name": "Di"]))
    #expect(result.outcome == .applied)
  }

  @Test("may be deleted: who points to it gets it back when it is restored")
  func deletedTarget() throws {
    let boss = try made(.contact, ["name": "Di"])
    #expect(try reason(ana, change(boss, .contact, alive: false)) == nil)
    #expect(
      try reason(bo, create(acme.newID(), .contact, ["name": "Cy", "reports-to": boss.description])) == nil)
  }

  @Test("an account that the author may not see cannot be named, and looks like none")
  func hiddenAccount() throws {
    let hidden = try acme.account("Hidden", managedBy: acme.admin)
    let account = try #require(scope.account)
    func told(_ parent: RecordID) throws -> String? {
      try reason(
        ana, change(account, .account, ["parent": parent.description]),
        guards: [expectation(account, "parent", .unset(true), .account)])
    }
    let denied = try told(try #require(hidden.account))
    #expect(try denied != nil && denied == told(acme.newID()))
  }

  @Test("nothing is its own parent, nor below itself by way of others")
  func loops() throws {
    let first = try made(.contact, ["name": "A"])
    let second = try made(.contact, ["name": "B", "reports-to": first.description])
    let third = try made(.contact, ["name": "C", "reports-to": second.description])
    #expect(
      try reason(bo, change(first, .contact, ["reports-to": first.description]))
        == "invalid: A contact cannot be its own reports to; choose another one, or leave it empty.")
    let told = try #require(try reason(bo, change(first, .contact, ["reports-to": third.description])))
    #expect(told.hasPrefix("invalid: The contact would be above and below itself"))
  }

  @Test("two people who each make half of a loop without network: the second is told, and there is no loop")
  func loopOfTwo() throws {
    let left = try made(.division, ["name": "Left"])
    let right = try made(.division, ["name": "Right"])
    func below(_ upper: RecordID, _ lower: RecordID, _ device: Device) -> WireMutation {
      device.mutation(
        scope, change(lower, .division, ["parent": upper.description]),
        guards: [expectation(lower, "parent", .unset(true), .division)])
    }
    let anas = below(left, right, ana)
    let bos = below(right, left, bo)
    #expect(try ana.push(anas).results.map(\.outcome) == [.applied])
    let refused = try #require(try bo.push(bos).results.first)
    #expect(refused.outcome == .invalid && refused.reason.contains("above and below itself"))
  }

  @Test("accounts above each other make no loop either, over scopes")
  func accountLoop() throws {
    let upper = try acme.account("Upper", managedBy: ana)
    let account = try #require(scope.account)
    let above = try #require(upper.account)
    #expect(
      try reason(
        ana, change(account, .account, ["parent": above.description]),
        guards: [expectation(account, "parent", .unset(true), .account)]) == nil)
    let closing = try ana.edit(
      upper, change(above, .account, ["parent": account.description]),
      guards: [expectation(above, "parent", .unset(true), .account)])
    #expect(closing.outcome == .invalid && closing.reason.contains("above and below itself"))
  }

  @Test("no task waits for itself, not by way of others, and not by restoring a dependency")
  func dependencies() throws {
    let tasks = try (0..<3).map { _ in try ana.task(in: scope) }
    func waits(_ task: RecordID, _ needs: RecordID) throws -> (RecordID, String?) {
      let id = acme.newID()
      return (
        id,
        try reason(
          bo, create(id, .taskDependency, ["task": task.description, "needs": needs.description]))
      )
    }
    let own = try waits(tasks[0], tasks[0]).1
    #expect(own?.hasPrefix("invalid: A task cannot wait for itself") == true)
    let (first, none) = try waits(tasks[0], tasks[1])
    #expect(try none == nil && waits(tasks[1], tasks[2]).1 == nil)
    #expect(try waits(tasks[2], tasks[0]).1?.contains("by way of 2 other tasks") == true)
    // Taken away it closes nothing; brought back, it would.
    #expect(try reason(bo, change(first, .taskDependency, alive: false)) == nil)
    #expect(try waits(tasks[2], tasks[0]).1 == nil)
    #expect(try reason(bo, change(first, .taskDependency, alive: true)) != nil)
  }

  @Test(
    "a short name that another account has is refused in an edit, told to nobody who may not see that account"
  )
  func slugs() throws {
    let account = try #require(scope.account)
    let other = try #require(acme.account("Other", managedBy: acme.admin).account)
    #expect(try acme.admin.edit(.plan(other), change(other, .account, ["slug": "other"])).outcome == .applied)
    // Ana does not see it, and learns nothing.
    #expect(try reason(ana, change(account, .account, ["slug": "other"])) == nil)
    let third = try #require(acme.account("Third", managedBy: acme.admin).account)
    let told = try acme.admin.edit(.plan(third), change(third, .account, ["slug": "other"]))
    #expect(told.outcome == .invalid && told.reason.hasPrefix("“other” is the short name of "))
  }

  @Test("a new account keeps its plan although its short name is taken")
  func slugOfNewAccount() throws {
    let account = try #require(scope.account)
    #expect(try reason(ana, change(account, .account, ["slug": "acme"])) == nil)
    let twin = acme.newID()
    let result = try ana.edit(
      .plan(twin), create(twin, .account, ["name": "Acme", "slug": "acme"]),
      create(acme.newID(), .task, ["title": "x", "department": "sales"]))
    #expect(result.outcome == .applied)
  }
}
