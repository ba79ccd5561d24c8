import PlanModel
import ProtocolMessages
import SQLiteStore
import SyncCore
import SyncServer
import Testing

@Suite("A mutation's place in its replica's queue")
struct PushOrderTests {
  let acme: Organisation
  let ana: Device
  let scope: Scope

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    scope = try acme.account(managedBy: ana)
  }

  private func head() throws -> UInt64? { try acme.row(scope)?.head }
  private func lastMutation(_ device: Device) throws -> UInt64? {
    try acme.store.read { try $0.device(device.number)?.lastMutation }
  }

  @Test("the same number with the same id gets the stored result again, and nothing happens twice")
  func repeated() throws {
    let id = acme.newID()
    let mutation = ana.mutation(scope, create(id, .task, ["title": "Call Bo", "department": "sales"]))
    let first = try ana.push(mutation)
    let head = try head()
    let rows = try acme.historyRows().count
    for _ in 0..<3 {
      let again = try ana.push(mutation)
      #expect(again.state == .ok && again.results == first.results)
    }
    #expect(try self.head() == head)
    #expect(try acme.historyRows().count == rows)
    #expect(first.results.first?.outcome == .applied && first.results.first?.scopeSequence == head)
  }

  @Test("a stored result comes again whole: effects, final stamp and all")
  func repeatedWithEffects() throws {
    let bo = try acme.person("Bo")
    try acme.share(scope, with: bo, .contributor, by: ana)
    let task = try ana.task(in: scope)
    let late = bo.mutation(scope, change(task, .task, ["title": "Call Cy"]), ahead: 600_000)
    let first = try bo.push(late)
    let result = try #require(first.results.first)
    #expect(result.effects.count == 1 && result.hasFinal && result.clampedMs == 600_000)
    #expect(try bo.push(late).results == [result])
  }

  @Test("the result of an acknowledged mutation is forgotten, but not that it happened")
  func acknowledged() throws {
    let task = try ana.task(in: scope)
    let mutation = ana.mutation(scope, change(task, .task, ["title": "Call Cy"]), ahead: 600_000)
    #expect(try ana.push(mutation).results.first?.hasFinal == true)
    let head = try head()
    let again = try ana.push(mutation, acknowledged: mutation.sequence)
    #expect(again.state == .ok)
    #expect(again.results.map(\.outcome) == [.applied])
    #expect(try self.head() == head)
  }

  @Test("acknowledging what was never pushed acknowledges nothing")
  func acknowledgedTooFar() throws {
    _ = try ana.push([], acknowledged: 1_000_000)
    #expect(try acme.store.read { try $0.device(ana.number)?.acknowledgedResults } == ana.sequence)
  }

  @Test("a number used for another id is a fork; what came before it in the request is decided")
  func fork() throws {
    let task = try ana.task(in: scope)
    let copied = ana.mutation(scope, change(task, .task, ["title": "mine"]))
    _ = try ana.push(copied)
    var other = copied
    other.id = acme.newID().description
    let next = ana.mutation(scope, change(task, .task, ["title": "never"]))
    let answer = try ana.push(copied, other, next)
    #expect(answer.state == .fork)
    #expect(answer.results.map(\.sequence) == [copied.sequence])
    #expect(try acme.value("title", of: task, in: scope) == "mine")
    #expect(try lastMutation(ana) == copied.sequence)
  }

  @Test("a number left out is a gap that names the expected one, and nothing after it is decided")
  func gap() throws {
    let task = try ana.task(in: scope)
    let missing = ana.mutation(scope, change(task, .task, ["title": "first"]))
    let early = ana.mutation(scope, change(task, .task, ["title": "second"]))
    let answer = try ana.push(early)
    #expect(answer.state == .gap(expected: missing.sequence))
    #expect(answer.results.isEmpty)
    #expect(try acme.value("title", of: task, in: scope) == "Call Ana")
    #expect(try ana.push(missing, early).results.map(\.outcome) == [.applied, .applied])
  }

  @Test("the same id under another replica gets its first result and is applied once")
  func sameIDOtherReplica() throws {
    let copy = try acme.join("ana@acme.example")
    let id = acme.newID()
    let mutation = ana.mutation(scope, create(id, .task, ["title": "Call Bo", "department": "sales"]))
    let first = try #require(try ana.push(mutation).results.first)
    try ana.edit(scope, change(id, .task, ["title": "Call Cy"]))
    let head = try head()
    var again = mutation
    again.sequence = 1
    again.stamp.replica = copy.number
    let answer = try copy.push(again)
    #expect(answer.state == .ok)
    #expect(answer.results.map(\.outcome) == [first.outcome])
    #expect(answer.results.map(\.scopeSequence) == [first.scopeSequence])
    #expect(answer.results.map(\.sequence) == [1])
    #expect(try self.head() == head)
    #expect(try acme.value("title", of: id, in: scope) == "Call Cy")
    #expect(try lastMutation(copy) == 1)
  }

  @Test("the same id under another number of the same replica is applied once, and consumes that number")
  func sameIDOtherNumber() throws {
    let task = try ana.task(in: scope)
    let mutation = ana.mutation(scope, change(task, .task, ["title": "Call Cy"]))
    _ = try ana.push(mutation)
    let head = try head()
    var again = mutation
    again.sequence = ana.mutation(scope).sequence
    #expect(try ana.push(again).results.map(\.outcome) == [.applied])
    #expect(try self.head() == head)
    #expect(try ana.edit(scope, change(task, .task, ["title": "Call Di"])).outcome == .applied)
  }

  @Test("a refused mutation that comes again under another replica is still refused, with the same reason")
  func refusedElsewhere() throws {
    let copy = try acme.join("ana@acme.example")
    let task = try ana.task(in: scope)
    let mutation = ana.mutation(scope, change(task, .task, ["status": "done"]))
    let first = try #require(try ana.push(mutation).results.first)
    #expect(first.outcome == .invalid)
    var again = mutation
    again.sequence = 1
    let second = try #require(try copy.push(again).results.first)
    #expect(second.outcome == .invalid && second.reason == first.reason)
  }

  @Test(
    "every refusal consumes its number, is stored, and never blocks what comes after it",
    arguments: ["denied", "guard", "invalid", "gone"])
  func refusedConsumes(which: String) throws {
    let bo = try acme.person("Bo")
    let viewer = try acme.person("Vi")
    try acme.share(scope, with: bo, .contributor, by: ana)
    try acme.share(scope, with: viewer, .viewer, by: ana)
    let task = try ana.task(in: scope)
    let refused: (Device, WireMutation, WireOutcome) =
      switch which {
      case "denied":
        (bo, bo.mutation(.directory, create(acme.newID(), .department, ["name": "Law"])), .denied)
      case "guard":
        (
          bo,
          bo.mutation(
            scope, change(task, .task, ["claimed-by": bo.user.description]),
            guards: [expectation(task, "claimed-by", .stamp(Stamp(hlc: 5, replica: 5).wire))]), .guardFailed
        )
      case "invalid": (bo, bo.mutation(scope, change(task, .task, ["status": "done"])), .invalid)
      default: (bo, bo.mutation(scope, change(acme.newID(), .task, ["title": "x"])), .targetGone)
      }
    let (device, mutation, outcome) = refused
    let head = try head()
    let next = device.mutation(scope, change(task, .task, ["title": "after"]))
    let answer = try device.push(mutation, next)
    #expect(answer.state == .ok)
    #expect(answer.results.map(\.outcome) == [outcome, .applied])
    #expect(answer.results.first?.reason.isEmpty == false)
    #expect(answer.results.first?.scopeSequence == 0)
    #expect(try self.head() == head.map { $0 + 1 })
    #expect(try lastMutation(device) == next.sequence)
    #expect(try device.push(mutation).results == [answer.results[0]])
  }

  @Test("a mutation without a valid id is refused once, and its number is consumed")
  func invalidID() throws {
    let task = try ana.task(in: scope)
    for text in ["", "x", "019a0000-0000-4000-8000-000000000001"] {
      var mutation = ana.mutation(scope, change(task, .task, ["title": "no"]))
      mutation.id = text
      let first = try ana.push(mutation)
      #expect(first.results.map(\.outcome) == [.invalid])
      #expect(try ana.push(mutation).results == first.results)
    }
    #expect(try ana.edit(scope, change(task, .task, ["title": "yes"])).outcome == .applied)
  }

  @Test("a mutation is applied whole or not at all")
  func whole() throws {
    let head = try head()
    let (first, second) = (acme.newID(), acme.newID())
    let result = try ana.edit(
      scope, create(first, .task, ["title": "one", "department": "sales"]),
      create(second, .task, ["title": "two"]))
    #expect(result.outcome == .invalid)
    #expect(result.reason == "A task needs its department.")
    #expect(try acme.record(first, in: scope) == nil)
    #expect(try self.head() == head)
  }

  @Test("N changes are taken and N+1 refused", arguments: [200, 201])
  func changesBound(count: Int) throws {
    var mutation = ana.mutation(scope)
    mutation.changes = (0..<count).map { _ in create(acme.newID(), .contact, ["name": "x"]) }
    let result = try #require(try ana.push(mutation).results.first)
    #expect(result.outcome == (count == 200 ? .applied : .invalid))
    #expect(result.reason == (count == 200 ? "" : "201 changes in one edit are too many; the limit is 200."))
  }

  @Test("N characters of summary are taken and N+1 refused", arguments: [200, 201])
  func summaryBound(count: Int) throws {
    var mutation = ana.mutation(scope, create(acme.newID(), .contact, ["name": "x"]))
    mutation.summary = String(repeating: "é", count: count)
    #expect(try ana.push(mutation).results.map(\.outcome) == [count == 200 ? .applied : .invalid])
  }

  @Test("N guards are taken and N+1 refused", arguments: [400, 401])
  func guardsBound(count: Int) throws {
    let task = try ana.task(in: scope)
    let guards = (0..<count).map { _ in expectation(task, "", .alive(true)) }
    #expect(
      try ana.edit(scope, change(task, .task, ["title": "x"]), guards: guards).outcome
        == (count == 400 ? .applied : .invalid))
  }

  @Test("a mutation that changes nothing is refused")
  func empty() throws {
    #expect(try ana.edit(scope).outcome == .invalid)
  }

  @Test("a stamp of another person's replica is refused; one of another device of the same person is taken")
  func foreignStamp() throws {
    let bo = try acme.person("Bo")
    let copy = try acme.join("ana@acme.example")
    let task = try ana.task(in: scope)
    #expect(try ana.edit(scope, change(task, .task, ["title": "a"]), stamp: bo.stamp()).outcome == .invalid)
    #expect(
      try ana.edit(scope, change(task, .task, ["title": "b"]), stamp: Stamp(hlc: 1 << 50, replica: 0)).outcome
        == .invalid)
    #expect(try ana.edit(scope, change(task, .task, ["title": "c"]), stamp: copy.stamp()).outcome == .applied)
  }

  @Test("a revoked device's push changes nothing")
  func revoked() throws {
    let task = try ana.task(in: scope)
    _ = try acme.store.write { try People.revokeDevice(ana.number, by: "test", in: $0, now: acme.now) }
    #expect(throws: Authentication.Failure.revoked) {
      try ana.push(ana.mutation(scope, change(task, .task, ["title": "x"])))
    }
    #expect(try acme.value("title", of: task, in: scope) == "Call Ana")
  }
}
