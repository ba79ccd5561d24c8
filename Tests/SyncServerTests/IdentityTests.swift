import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

/// What the server says of a scope that does not exist, or is not one's own.
private let unknown =
  "There is no such account, or it is not shared with you; its manager or an admin can share it."

@Suite("An id is one record's")
struct RecordIdentityTests {
  let acme: Organisation
  let ana: Device
  let eve: Device
  let scope: Scope
  let own: Scope

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    eve = try acme.person("Eve")
    scope = try acme.account(managedBy: ana)
    own = try acme.account("Evil", managedBy: eve)
  }

  private func expectRefused(_ id: RecordID, _ kind: KindDescription, _ values: [String: String]) throws {
    let result = try eve.edit(own, create(id, kind, values))
    #expect(result.outcome == .denied && result.reason == unknown, "\(result.outcome) \(result.reason)")
    #expect(try acme.record(id, in: own) == nil)
  }

  @Test("nobody makes a second record of an id in an account of their own")
  func twins() throws {
    let task = try ana.task(in: scope)
    try expectRefused(task, .task, ["title": "twin", "department": "sales"])
    try expectRefused(task, .contact, ["name": "twin"])
    // Not even in the other scope of the same account.
    let finance = Scope.finance(try #require(own.account))
    let contact = acme.newID()
    #expect(try eve.edit(own, create(contact, .contact, ["name": "Boss"])).outcome == .applied)
    let cost = ["type": "service", "occurred-on": "2026-01-01", "amount": "5 EUR"]
    #expect(try eve.edit(finance, create(contact, .costEvent, cost)).reason == unknown)
    #expect(try ana.edit(scope, change(task, .task, ["title": "mine"])).outcome == .applied)
  }

  @Test("ids of people, departments, accounts and catalogue records are theirs too")
  func ofTheDirectory() throws {
    let product = acme.newID()
    #expect(
      try acme.admin.edit(.directory, create(product, .product, ["sku": "1", "name": "Pump"])).outcome
        == .applied)
    try expectRefused(ana.user, .contact, ["name": "with a person's id"])
    try expectRefused(try #require(scope.account), .division, ["name": "with an account's id"])
    try expectRefused(product, .division, ["name": "with a product's id"])
    let founded = try eve.edit(.plan(product), create(product, .account, ["name": "with a product's id"]))
    #expect(founded.outcome == .denied && founded.reason == unknown)
    #expect(try acme.row(.plan(product)) == nil)
  }

  @Test("the record that an account has one of is its own before it is made")
  func singletons() throws {
    let id = try #require(scope.account).singleton(ofKind: KindDescription.privilegedContact.number)
    try expectRefused(id, .contact, ["name": "squatter"])
    #expect(try ana.edit(scope, create(id, .privilegedContact, ["cadence-days": "30"])).outcome == .applied)
  }

  @Test("an id that compaction let go of stays its own, and its scope may use it again")
  func compacted() throws {
    let task = try ana.task(in: scope)
    #expect(try ana.edit(scope, change(task, .task, alive: false)).outcome == .applied)
    for _ in 0..<130 {
      acme.now += 86_400_000
      _ = try acme.store.write { try Compaction.run(in: $0, now: acme.now) }
    }
    #expect(try acme.record(task, in: scope) == nil, "compacted")
    try expectRefused(task, .contact, ["name": "heir"])
    let back = try ana.edit(scope, create(task, .task, ["title": "again", "department": "sales"]))
    #expect(back.outcome == .applied)
  }

  @Test("what exists twice since before is edited where it lies")
  func old() throws {
    let task = try ana.task(in: scope)
    let state = try #require(try acme.record(task, in: scope))
    try acme.store.write { transaction in
      let row = try #require(try transaction.scope(own))
      var copy = state
      copy.sequence = row.head + 1
      try transaction.insert(copy, in: row.number)
      var moved = row
      moved.head += 1
      moved.digest.add(copy)
      try transaction.save(moved)
    }
    #expect(try eve.edit(own, change(task, .task, ["title": "hers"]), ahead: 1_000).outcome == .applied)
    #expect(try ana.edit(scope, change(task, .task, ["title": "mine"]), ahead: 1_000).outcome == .applied)
    #expect(try acme.value("title", of: task, in: own) == "hers")
    #expect(try acme.value("title", of: task, in: scope) == "mine")
  }
}

@Suite("A mutation is its author's")
struct MutationIdentityTests {
  let acme: Organisation
  let ana: Device
  let eve: Device
  let scope: Scope
  let own: Scope

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    eve = try acme.person("Eve")
    scope = try acme.account(managedBy: ana)
    own = try acme.account("Evil", managedBy: eve)
  }

  private func outcome(_ answer: Push.Answer) throws -> WireMutationResult {
    #expect(answer.state == .ok)
    return try #require(answer.results.first)
  }

  @Test("another person's id says nothing: the edit is decided by itself, and the first keeps its result")
  func anothers() throws {
    let task = try ana.task(in: scope)
    let first = ana.mutation(scope, change(task, .task, ["title": "hers"]))
    #expect(try outcome(ana.push(first)).outcome == .applied)
    var reused = eve.mutation(own, create(acme.newID(), .contact, ["name": "Zoe"]))
    reused.id = first.id
    let result = try outcome(eve.push(reused))
    #expect(result.outcome == .applied && result.effects.isEmpty)
    #expect(try acme.record(try #require(RecordID(reused.changes[0].record)), in: own) != nil)
    #expect(try outcome(ana.push(first)).outcome == .applied)
    let zoe = try acme.person("Zoe")
    var denied = zoe.mutation(scope, change(task, .task, ["title": "zoe's"]))
    denied.id = first.id
    #expect(try outcome(zoe.push(denied)).outcome == .denied)
  }

  @Test("a result with others' values is given to its author only, and by the scope that was noted")
  func lostScope() throws {
    try acme.share(scope, with: eve, .contributor, by: ana)
    let contact = acme.newID()
    #expect(
      try ana.edit(scope, create(contact, .contact, ["name": "Boss", "notes": "17 EUR"])).outcome == .applied)
    let first = eve.mutation(
      scope, change(contact, .contact, ["notes": "x"]), stamp: Stamp(hlc: 1, replica: eve.number))
    let told = try eve.pull(push: try eve.push(first)).results
    #expect(told.first?.effects.first?.hasOther == true, "she may read it")
    try acme.share(scope, with: eve, nil, by: ana)
    let again = try eve.pull(push: try eve.push(first)).results
    #expect(again.first?.effects.first?.effect == .lost && again.first?.effects.first?.hasOther == false)

    var elsewhere = first
    elsewhere.scope = "directory"
    #expect(try eve.push(elsewhere).state == .fork, "one number, two mutations")
    // From a second device, under a number of its own.
    let second = Device(
      acme, Author(user: eve.author.user, device: try newDevice(of: eve)), secret: "x")
    elsewhere.sequence = 1
    elsewhere.stamp.replica = second.number
    let other = try second.pull(push: try second.push(elsewhere)).results
    #expect(other.first?.outcome == .invalid && other.first?.effects.isEmpty == true)
    var copied = first
    copied.sequence = 2
    copied.stamp.replica = second.number
    let same = try second.pull(push: try second.push(copied)).results
    #expect(same.first?.effects.first?.effect == .lost && same.first?.effects.first?.hasOther == false)
    // And somebody who was told the id.
    let zoe = try acme.person("Zoe")
    var foreign = first
    foreign.sequence = zoe.mutation(scope).sequence
    foreign.stamp.replica = zoe.number
    let nothing = try zoe.pull(push: try zoe.push(foreign)).results
    #expect(nothing.first?.outcome == .denied && nothing.first?.effects.isEmpty == true)
  }

  private func newDevice(of device: Device) throws -> DeviceRow {
    let answer = try acme.store.write {
      try Join.newReplica(
        .with { $0.deviceSecretSha256 = Data(sha256(Array("second".utf8))) }, by: device.author, in: $0,
        now: acme.now)
    }
    let number = try #require(answer).replica
    return try acme.store.read { try #require(try $0.device(number)) }
  }

  @Test("other words under an id of one's own are refused as malformed, and the first stands")
  func otherWords() throws {
    let task = try ana.task(in: scope)
    let first = ana.mutation(scope, change(task, .task, ["title": "one"]))
    #expect(try outcome(ana.push(first)).outcome == .applied)
    var second = ana.mutation(scope, change(task, .task, ["title": "two"]))
    second.id = first.id
    for _ in 0..<2 {
      let refused = try outcome(ana.push(second))
      #expect(refused.outcome == .invalid && refused.reason.contains("another edit of yours"))
    }
    #expect(try acme.value("title", of: task, in: scope) == "one")
    var third = first
    third.sequence = ana.mutation(scope).sequence
    #expect(try outcome(ana.push(third)).outcome == .applied, "the same again, under another number")
    var changed = first
    changed.changes[0] = change(task, .task, ["title": "three"])
    #expect(try ana.push(changed).state == .fork)
  }

  @Test("what was remembered without words is its author's by its id, and gives nobody others' values")
  func remembered() throws {
    let task = try ana.task(in: scope)
    var mutation = ana.mutation(scope, change(task, .task, ["title": "other words"]))
    let told = WireMutationResult.with {
      $0.outcome = .applied
      $0.effects = [
        .with {
          $0.record = task.description
          $0.effect = .lost
          $0.other = .with { $0.user = eve.user.description }
        }
      ]
    }
    try acme.store.write {
      try $0.insert(
        MutationRow(
          replica: ana.number, sequence: 1_000, id: try #require(RecordID(mutation.id)),
          outcome: MutationRow.outcomeApplied, scopeSequence: 1, final: ana.stamp(), guarded: nil,
          receipt: nil,
          result: try told.serializedBytes(), scope: nil, words: nil))
    }
    let again = try ana.pull(push: try ana.push(mutation)).results
    #expect(again.first?.effects.first?.effect == .lost && again.first?.effects.first?.hasOther == false)
    let id = mutation.id
    mutation = eve.mutation(own, create(acme.newID(), .contact, ["name": "Zoe"]))
    mutation.id = id
    #expect(try outcome(eve.push(mutation)).effects.isEmpty)
  }

  @Test("after a restore, who has read an id in history cannot make the edit under it vanish")
  func afterARestore() throws {
    try acme.share(scope, with: eve, .viewer, by: ana)
    let contact = acme.newID()
    #expect(try ana.edit(scope, create(contact, .contact, ["name": "Boss"])).outcome == .applied)
    let backup = try SQLiteStore(inMemory: ())
    try acme.store.copy(to: backup)
    let lost = ana.mutation(scope, change(contact, .contact, ["title": "CEO"]))
    let result = try outcome(ana.push(lost))
    #expect(result.outcome == .applied && !result.receipt.isEmpty)
    let read = try #require(try acme.history(of: contact, in: scope).first?.mutation)
    #expect(read == lost.id)
    let before = eve.sequence

    try acme.restore(backup)
    eve.rewind(to: before)
    var squatting = eve.mutation(own, create(acme.newID(), .contact, ["name": "squatter"]))
    squatting.id = read
    #expect(try outcome(eve.push(squatting)).outcome == .applied)
    var again = lost
    again.former = true
    again.receipt = result.receipt
    let back = try outcome(ana.push(again))
    #expect(back.outcome == .applied)
    #expect(try acme.value("title", of: contact, in: scope) == "CEO")
  }

  @Test("a guard on an earlier mutation means the author's own of that id")
  func guards() throws {
    let task = try ana.task(in: scope)
    try acme.share(scope, with: eve, .contributor, by: ana)
    let claim = ana.mutation(
      scope, change(task, .task, ["claimed-by": "\(ana.user)"]),
      guards: [expectation(task, "claimed-by", .unset(true))])
    #expect(try outcome(ana.push(claim)).outcome == .applied)
    let other = eve.mutation(
      scope, change(task, .task, ["title": "eve's"]),
      guards: [expectation(task, "claimed-by", .mutation(claim.id))])
    #expect(try outcome(eve.push(other)).outcome == .guardFailed)
    let own = ana.mutation(
      scope, change(task, .task, ["title": "ana's"]),
      guards: [expectation(task, "claimed-by", .mutation(claim.id))])
    #expect(try outcome(ana.push(own)).outcome == .applied)
  }
}
