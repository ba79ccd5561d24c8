import PlanModel
import ProtocolMessages
import SQLiteStore
import SyncCore
import SyncServer
import Testing

/// An account with a task of logistics, and people who could move it in different ways.
private final class Stage {
  let acme: Organisation
  let manager: Device
  let scope: Scope
  /// By letter: contributor who leads marketing, contributor, member and lead of logistics, manager.
  let askers: [(letter: String, device: Device)]
  let holder: Device
  /// A colleague in marketing of who leads it.
  let colleague: Device

  init() throws {
    acme = try Organisation()
    manager = try acme.person("Mia")
    scope = try acme.account(managedBy: manager)
    let conLead = try acme.person("Xia")
    let con = try acme.person("Cem")
    let member = try acme.person("Dan")
    let lead = try acme.person("Lea")
    holder = try acme.person("Vic")
    colleague = try acme.person("Meg")
    for device in [conLead, con] { try acme.share(scope, with: device, .contributor, by: manager) }
    try acme.enter(conLead, "marketing", .lead)
    try acme.enter(colleague, "marketing", .member)
    try acme.enter(member, "logistics", .member)
    try acme.enter(holder, "logistics", .member)
    try acme.enter(lead, "logistics", .lead)
    askers = [("X", conLead), ("C", con), ("D", member), ("L", lead), ("M", manager)]
  }

  /// A task of logistics, held or not.
  func task(isHeld: Bool) throws -> (id: RecordID, guards: [WireGuard]) {
    let id = try manager.task(in: scope, ["department": "logistics", "status": "open"])
    var claim = try #require(try acme.record(id, in: scope))
    if isHeld {
      let guards = [expectation(id, "claimed-by", .unset(true))]
      let taken = try holder.edit(scope, change(id, .task, ["claimed-by": "\(holder.user)"]), guards: guards)
      #expect(taken.outcome == .applied, "\(taken.reason)")
      claim = try #require(try acme.record(id, in: scope))
    }
    let held = claim.stamp("claimed-by").map { WireGuard.OneOf_Expect.stamp($0.wire) } ?? .unset(true)
    let status = try #require(claim.stamp("status"))
    return (id, [expectation(id, "claimed-by", held), expectation(id, "status", .stamp(status.wire))])
  }

  func outcome(_ device: Device, isHeld: Bool, _ parts: [(RecordID) -> WireChange]) throws -> Bool {
    let (id, guards) = try task(isHeld: isHeld)
    // Later than what made the task, so that each part stands and the next is made upon it.
    var mutation = device.mutation(scope, guards: guards, ahead: 10_000)
    mutation.changes = parts.map { $0(id) }
    let result = try #require(try device.push(mutation).results.first)
    return result.outcome == .applied
  }
}

@Suite("Rights are those before the mutation")
struct CommittedRightsTests {
  @Test("a held task is not taken by way of its department, in one mutation or in three")
  func byWayOfTheDepartment() throws {
    let stage = try Stage()
    let thief = stage.askers[0].device
    let parts: [(RecordID) -> WireChange] = [
      { change($0, .task, ["department": "marketing"]) },
      { change($0, .task, ["claimed-by": "\(thief.user)", "status": "done"]) },
      { change($0, .task, ["department": "logistics"]) },
    ]
    #expect(try !stage.outcome(thief, isHeld: true, parts))
    let alone = try stage.outcome(thief, isHeld: true, [parts[0]])
    #expect(!alone, "the task is held: it is not moved out of the department of who holds it")
    #expect(try stage.outcome(thief, isHeld: false, [parts[0]]), "a task that nobody holds may be moved")
    #expect(try stage.outcome(stage.manager, isHeld: true, [parts[0]]))
    #expect(try stage.outcome(stage.askers[1].device, isHeld: true, [{ change($0, .task, ["title": "y"]) }]))
  }

  @Test("nobody makes a free task their department's, and assigns it then as its lead, in one mutation")
  func assigning() throws {
    let stage = try Stage()
    let lead = stage.askers[0].device
    let colleague = stage.colleague.user
    let parts: [(RecordID) -> WireChange] = [
      { change($0, .task, ["department": "marketing"]) },
      { change($0, .task, ["claimed-by": "\(colleague)"]) },
    ]
    #expect(try stage.outcome(lead, isHeld: false, [parts[0]]))
    #expect(try !stage.outcome(lead, isHeld: false, [parts[1]]))
    #expect(try !stage.outcome(lead, isHeld: false, parts))
  }

  @Test("who holds a task may hand it to another department themselves, when they may write it at all")
  func ownTask() throws {
    let stage = try Stage()
    let con = stage.askers[1].device
    let id = try stage.manager.task(in: stage.scope, ["department": "logistics"])
    let taken = try con.edit(
      stage.scope, change(id, .task, ["claimed-by": "\(con.user)"]),
      guards: [expectation(id, "claimed-by", .unset(true))])
    #expect(taken.outcome == .applied)
    #expect(try con.edit(stage.scope, change(id, .task, ["department": "sales"])).outcome == .applied)
  }

  @Test("a mutation is allowed when each of its parts is allowed alone, and not otherwise: 400 cases")
  func everyPart() throws {
    let stage = try Stage()
    var random = Sequence64(seed: 13)
    var counts = [true: 0, false: 0]
    for _ in 0..<400 {
      // Half of them by who could make a task their department's.
      let asker =
        Bool.random(using: &random)
        ? stage.askers[0].device : try #require(stage.askers.randomElement(using: &random)).device
      let isHeld = Bool.random(using: &random)
      let people = [asker, stage.colleague, stage.colleague, stage.holder].map(\.user)
      let parts: [(RecordID) -> WireChange] = try (0..<Int.random(in: 2...3, using: &random)).map { _ in
        let values: [String: String]
        var clear: [String] = []
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 6: values = ["department": "marketing"]
        case 1: values = ["department": "logistics"]
        case 2, 7: values = ["claimed-by": "\(try #require(people.randomElement(using: &random)))"]
        case 3: values = ["status": "done"]
        case 4: (values, clear) = ([:], ["claimed-by"])
        default: values = ["claimed-by": "\(asker.user)", "status": "claimed"]
        }
        return { change($0, .task, values, clear: clear) }
      }
      let together = try stage.outcome(asker, isHeld: isHeld, parts)
      let alone = try parts.map { try stage.outcome(asker, isHeld: isHeld, [$0]) }
      #expect(together == alone.allSatisfy(\.self), "\(parts.map { $0(stage.scope.account ?? asker.user) })")
      counts[together, default: 0] += 1
    }
    #expect(counts[true, default: 0] > 40 && counts[false, default: 0] > 40, "\(counts)")
  }

  @Test(
    "what a mutation seals it may not go on writing, and what it unlocks is not written in the same mutation")
  func sealsInParts() throws {
    let stage = try Stage()
    let finance = Scope.finance(try #require(stage.scope.account))
    let id = stage.acme.newID()
    let kind = KindDescription.revenueTarget
    let made = try stage.manager.edit(
      finance, create(id, kind, ["period": "2026-01-01..2026-12-31", "locked": "yes"]))
    #expect(made.outcome == .applied)
    let stamp = try #require(try stage.acme.record(id, in: finance)?.stamp("locked"))
    let both = try stage.manager.edit(
      finance, change(id, kind, ["locked": "no"]), change(id, kind, ["revenue": "9 EUR"]),
      guards: [expectation(id, "locked", .stamp(stamp.wire), kind)])
    #expect(both.outcome == .invalid && both.reason.contains("in an edit of its own"), "\(both)")
  }
}
