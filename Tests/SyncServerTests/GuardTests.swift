import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing
import Wording

@Suite("Guards: one winner")
struct GuardTests {
  let acme: Organisation
  let ana: Device
  let bo: Device
  let scope: Scope
  let task: RecordID

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    bo = try acme.person("Bo")
    scope = try acme.account(managedBy: ana)
    try acme.share(scope, with: bo, .contributor, by: ana)
    task = try ana.task(in: scope)
  }

  private func claim(
    by device: Device, _ expect: WireGuard.OneOf_Expect, stamp: Stamp? = nil
  ) throws -> WireMutationResult {
    try device.edit(
      scope, change(task, .task, ["claimed-by": device.user.description]),
      guards: [expectation(task, "claimed-by", expect)], stamp: stamp)
  }

  private func holder() throws -> String? { try acme.value("claimed-by", of: task, in: scope) }
  private func stamp(_ register: String) throws -> Stamp? {
    try acme.record(task, in: scope)?.stamp(register)
  }

  @Test("a guard that holds lets the write through")
  func holds() throws {
    let result = try claim(by: bo, .unset(true))
    #expect(result.outcome == .applied && result.effects.isEmpty)
    #expect(try holder() == bo.user.description)
  }

  @Test("of two claims the first to arrive wins, whoever clicked last; the other is told whose it is")
  func race() throws {
    let early = ana.stamp()
    acme.now += 5_000
    #expect(try claim(by: bo, .unset(true)).outcome == .applied)
    let standing = try stamp("claimed-by")
    let result = try claim(by: ana, .unset(true), stamp: early)
    #expect(result.outcome == .guardFailed)
    #expect(result.reason.isEmpty == false)
    #expect(!result.hasFinal && result.scopeSequence == 0)
    let effect = try #require(result.effects.first)
    #expect(result.effects.count == 1)
    #expect(effect.record == task.description && effect.kind == .task && effect.effect == .guardFailed)
    #expect(effect.register == TaskRegister.claimedBy)
    #expect(try text(effect.other, "claimed-by") == bo.user.description)
    #expect(effect.other.user == bo.user.description)
    #expect(effect.other.stamp.stamp == standing)
    #expect(try holder() == bo.user.description)
    #expect(try stamp("claimed-by") == standing)
  }

  @Test("a failed guard changes nothing at all of its mutation")
  func allOrNothing() throws {
    _ = try claim(by: bo, .unset(true))
    let head = try acme.row(scope)?.head
    let other = acme.newID()
    let result = try ana.edit(
      scope, create(other, .contact, ["name": "Cy"]),
      change(task, .task, ["detail": "mine", "claimed-by": ana.user.description]),
      guards: [expectation(task, "claimed-by", .unset(true))])
    #expect(result.outcome == .guardFailed)
    #expect(try acme.record(other, in: scope) == nil)
    #expect(try acme.value("detail", of: task, in: scope) == nil)
    #expect(try acme.row(scope)?.head == head)
  }

  @Test("a guard on a stamp holds only while the register has that stamp")
  func stampGuard() throws {
    _ = try claim(by: bo, .unset(true))
    let seen = try #require(try stamp("claimed-by"))
    #expect(
      try bo.edit(
        scope, change(task, .task, clear: ["claimed-by"]),
        guards: [expectation(task, "claimed-by", .stamp(seen.wire))]
      ).outcome == .applied)
    #expect(try holder() == nil)
    #expect(try claim(by: bo, .stamp(seen.wire)).outcome == .guardFailed)
  }

  @Test("a guard on life holds while the record is alive, or is not", arguments: [true, false])
  func lifeGuard(alive: Bool) throws {
    try ana.edit(scope, change(task, .task, alive: alive))
    for expected in [true, false] {
      let result = try ana.edit(
        scope, change(task, .task, ["title": "x"]), guards: [expectation(task, "", .alive(expected))])
      #expect(result.outcome == (expected == alive ? .applied : .guardFailed))
    }
  }

  @Test("a guard on a record that does not exist fails, unless it expects nothing there")
  func missingRecord() throws {
    let other = acme.newID()
    for (expect, outcome): (WireGuard.OneOf_Expect, WireOutcome) in [
      (.unset(true), .applied), (.alive(true), .guardFailed), (.alive(false), .guardFailed),
      (.stamp(Stamp(hlc: 1, replica: 1).wire), .guardFailed),
      (.mutation(acme.newID().description), .guardFailed),
    ] {
      let result = try ana.edit(
        scope, change(task, .task, ["title": "x"]), guards: [expectation(other, "title", expect)])
      #expect(result.outcome == outcome, "\(expect)")
    }
  }

  @Test("a guard without expectation, or on no record, is refused")
  func malformed() throws {
    for bad in [
      WireGuard.with { $0.record = task.description },
      WireGuard.with {
        $0.record = "x"
        $0.unset = true
      },
    ] {
      #expect(try ana.edit(scope, change(task, .task, ["title": "x"]), guards: [bad]).outcome == .invalid)
    }
  }

  @Test("every guarded register refuses a write without a guard, and takes it when the record is new")
  func unguarded() throws {
    for kind in PlanModel.kinds where kind.family == .plan {
      for register in kind.registers where register.policy == .guarded {
        let account = try #require(scope.account)
        let value = try acme.sample(register, in: scope)
        let id =
          kind.number == 32
          ? account : kind.isSingleton ? account.singleton(ofKind: kind.number) : acme.newID()
        if kind.number != 32 {
          #expect(
            try ana.edit(
              scope,
              create(id, kind, try acme.required(kind, in: scope).merging([register.name: value]) { $1 })
            )
            .outcome == .applied)
        }
        for edit in [change(id, kind, [register.name: value]), change(id, kind, clear: [register.name])] {
          let result = try ana.edit(scope, edit)
          #expect(result.outcome == .invalid, "\(kind.name) \(register.name)")
          #expect(
            result.reason
              == "The \(register.label) of \(withArticle(kind.name).description) has one winner: say which value you saw (a guard)."
          )
        }
        // A guard on another register is none on this one.
        let elsewhere = expectation(
          id, register.number == 1 ? "deputy" : kind.registers[0].name, .alive(true), kind)
        #expect(
          try ana.edit(scope, change(id, kind, [register.name: value]), guards: [elsewhere]).outcome
            == .invalid)
      }
    }
  }

  @Test("a guard on the author's own earlier mutation follows it, even in the same request")
  func chain() throws {
    let first = bo.mutation(
      scope, change(task, .task, ["claimed-by": bo.user.description]),
      guards: [expectation(task, "claimed-by", .unset(true))])
    let second = bo.mutation(
      scope, change(task, .task, clear: ["claimed-by"]),
      guards: [expectation(task, "claimed-by", .mutation(first.id))])
    #expect(try bo.push(first, second).results.map(\.outcome) == [.applied, .applied])
    #expect(try holder() == nil)
    // Its value was replaced by now.
    #expect(try claim(by: bo, .mutation(first.id)).outcome == .guardFailed)
    #expect(try claim(by: bo, .mutation(second.id)).outcome == .applied)
  }

  @Test("a guard on a mutation that was refused fails")
  func chainBroken() throws {
    _ = try claim(by: ana, .unset(true))
    let first = bo.mutation(
      scope, change(task, .task, ["claimed-by": bo.user.description]),
      guards: [expectation(task, "claimed-by", .unset(true))])
    let second = bo.mutation(
      scope, change(task, .task, ["claimed-by": bo.user.description]),
      guards: [expectation(task, "claimed-by", .mutation(first.id))])
    #expect(try bo.push(first, second).results.map(\.outcome) == [.guardFailed, .guardFailed])
    #expect(try holder() == ana.user.description)
  }

  @Test("an accepted guarded write is stamped by the server, later than what it replaced")
  func restamp() throws {
    // Bo's clock is fifty seconds ahead, which is not too far.
    let first = try bo.edit(
      scope, change(task, .task, ["detail": "x"]), stamp: bo.stamp(ahead: 50_000))
    #expect(first.outcome == .applied && !first.hasFinal)
    let ahead = try #require(try stamp("detail"))
    let result = try ana.edit(
      scope, change(task, .task, ["detail": "y", "status": "claimed"]),
      guards: [expectation(task, "status", .unset(true))])
    #expect(result.outcome == .applied && result.hasGuarded && !result.hasFinal)
    #expect(result.guarded.stamp.milliseconds >= acme.now)
    #expect(result.guarded.replica == ana.number)
    #expect(try stamp("status") == result.guarded.stamp)
    // What stands beside it keeps the time of its edit, and Bo's is later.
    #expect(try stamp("detail") == ahead)
    #expect(try acme.value("detail", of: task, in: scope) == "x")
  }

  @Test("a guarded register is stamped later than what it replaces, and nothing else is")
  func restampBeyond() throws {
    let made = acme.newID()
    let values = ["title": "x", "department": "sales", "status": "open"]
    #expect(try bo.edit(scope, create(made, .task, values), ahead: 50_000).outcome == .applied)
    let before = try #require(try acme.record(made, in: scope)?.stamps[TaskRegister.status])
    let result = try ana.edit(
      scope, change(made, .task, ["status": "claimed", "claimed-by": ana.user.description]),
      guards: [
        expectation(made, "status", .stamp(before.wire)), expectation(made, "claimed-by", .unset(true)),
      ])
    #expect(result.outcome == .applied && result.guarded.stamp.hlc > before.hlc)
  }

  @Test("what is typed later stands, whatever the server decided beside what was typed before")
  func laterEditBesideAGuard() throws {
    // Both are made without network: done with one proof, then the proof is corrected.
    let done = ana.mutation(
      scope, change(task, .task, ["status": "done", "evidence": "Q-1"]),
      guards: [expectation(task, "status", .unset(true))])
    let corrected = ana.mutation(scope, change(task, .task, ["evidence": "Q-2"]))
    acme.now += 3_600_000
    #expect(try ana.push(done, corrected).results.map(\.outcome) == [.applied, .applied])
    #expect(try acme.value("evidence", of: task, in: scope) == "Q-2")
    // And when somebody else corrected it, later than the first and earlier than it was synced.
    let other = try ana.task(in: scope)
    let first = ana.mutation(
      scope, change(other, .task, ["status": "done", "evidence": "Q-1"]),
      guards: [expectation(other, "status", .unset(true))])
    acme.now += 1_000
    let second = bo.mutation(scope, change(other, .task, ["evidence": "Q-2"]))
    acme.now += 3_600_000
    #expect(try bo.push(second).results.map(\.outcome) == [.applied])
    let result = try #require(try ana.push(first).results.first)
    #expect(result.outcome == .applied && result.effects.map(\.effect) == [.lost])
    #expect(try acme.value("evidence", of: other, in: scope) == "Q-2")
    #expect(try acme.value("status", of: other, in: scope) == "done")
  }

  @Test("a successful claim is not lost to an older plain edit that comes with a later stamp")
  func noSteal() throws {
    // Made offline by Bo before the claim, on a clock 40 s ahead; it writes beside the claim.
    let offline = bo.mutation(scope, change(task, .task, ["detail": "bo was here"]), ahead: 40_000)
    let claimed = try ana.edit(
      scope, change(task, .task, ["claimed-by": ana.user.description]),
      guards: [expectation(task, "claimed-by", .unset(true))])
    #expect(try bo.push(offline).results.map(\.outcome) == [.applied])
    #expect(try holder() == ana.user.description)
    // And a plain write of the claim itself, later by its stamp, is refused.
    let steal = try bo.edit(scope, change(task, .task, ["claimed-by": bo.user.description]), ahead: 55_000)
    #expect(steal.outcome == .invalid)
    #expect(try holder() == ana.user.description)
    #expect(try stamp("claimed-by") == claimed.guarded.stamp)
  }

  @Test(
    "64 people claim, 20 times over: one winner each time, and everybody else is told who", arguments: 1...3)
  func manyClaimers(seed: UInt64) throws {
    var random = Sequence64(seed: seed)
    var claimers: [Device] = []
    for number in 0..<64 {
      let device = try acme.person("P\(number)")
      try acme.share(scope, with: device, .contributor, by: ana)
      claimers.append(device)
    }
    for _ in 0..<20 {
      let task = try ana.task(in: scope)
      var winner: String?
      for device in claimers.shuffled(using: &random) {
        let result = try device.edit(
          scope, change(task, .task, ["claimed-by": device.user.description]),
          guards: [expectation(task, "claimed-by", .unset(true))],
          ahead: Int64(random.next() % 100_000) - 50_000)
        if winner == nil {
          #expect(result.outcome == .applied)
          winner = device.user.description
        } else {
          #expect(result.outcome == .guardFailed && result.effects.first?.other.user == winner)
        }
      }
      #expect(try acme.value("claimed-by", of: task, in: scope) == winner)
    }
  }

  @Test("a task that somebody holds is moved by them or a manager only, and not claimed in another's name")
  func othersTask() throws {
    let cy = try acme.person("Cy")
    try acme.share(scope, with: cy, .contributor, by: ana)
    _ = try claim(by: bo, .unset(true))
    func status(_ device: Device, _ value: String) throws -> WireMutationResult {
      let guards: [WireGuard] = [
        expectation(task, "status", try stamp("status").map { .stamp($0.wire) } ?? .unset(true))
      ]
      return try device.edit(scope, change(task, .task, ["status": value]), guards: guards)
    }
    #expect(try status(cy, "done").outcome == .denied)
    #expect(try status(bo, "in-progress").outcome == .applied)
    #expect(try status(ana, "blocked").outcome == .applied)
    let cleared = try cy.edit(
      scope, change(task, .task, clear: ["status"]),
      guards: [expectation(task, "status", .stamp(try #require(try stamp("status")).wire))])
    #expect(cleared.outcome == .denied)
    let free = try ana.task(in: scope)
    let inAnothersName = change(free, .task, ["claimed-by": bo.user.description])
    let unset = [expectation(free, "claimed-by", .unset(true))]
    #expect(try cy.edit(scope, inAnothersName, guards: unset).outcome == .denied)
    #expect(try ana.edit(scope, inAnothersName, guards: unset).outcome == .applied)
  }

  @Test("a new task is not claimed in another's name either")
  func newTaskInAnothersName() throws {
    let values = ["title": "x", "department": "sales", "claimed-by": ana.user.description]
    #expect(try bo.edit(scope, create(acme.newID(), .task, values)).outcome == .denied)
    #expect(try ana.edit(scope, create(acme.newID(), .task, values)).outcome == .applied)
  }

  @Test("two people who make the account's privileged contact: the second sees a guard fail, or is refused")
  func singletonRace() throws {
    let id = try #require(scope.account).singleton(ofKind: KindDescription.privilegedContact.number)
    func made(by device: Device) throws -> WireMutationResult {
      try device.edit(
        scope, create(id, .privilegedContact, ["person": device.user.description]),
        guards: [expectation(id, "person", .unset(true), .privilegedContact)])
    }
    #expect(try made(by: bo).outcome == .applied)
    let second = try made(by: ana)
    #expect(second.outcome == .guardFailed)
    #expect(
      try text(#require(second.effects.first).other, "person", .privilegedContact) == bo.user.description)
    #expect(
      try ana.edit(scope, create(id, .privilegedContact, ["person": ana.user.description])).outcome
        == .invalid)
    #expect(try acme.value("person", of: id, in: scope) == bo.user.description)
  }
}
