import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@testable import Replica

/// The server's directory is copied while it stands still; work goes on; the copy is put back, and nobody is told.
@Suite("When an old copy of the server's directory is put back")
struct PutBackTests {
  let office: Office
  let ana: Laptop
  let bo: Laptop
  let scope: Scope
  let task: RecordID

  init() throws {
    office = try Office()
    ana = try office.person("Ana")
    bo = try office.person("Bo")
    scope = try ana.account()
    task = try ana.task(in: scope)
    try ana.sync()
    try ana.share(scope, with: bo, .contributor)
    try bo.sync()
    office.now += 1_000
  }

  private func sync(_ laptops: Laptop...) throws {
    for laptop in laptops {
      office.now += 1_000
      _ = try laptop.sync()
    }
  }

  private func expectWhole(_ laptops: Laptop...) throws {
    for laptop in laptops {
      #expect(try laptop.equalsServer() && laptop.replica.waitingCount() == 0)
      #expect(try laptop.replica.quarantine().map { $0.result?.reason ?? "" } == [])
    }
  }

  @Test("what was acknowledged since comes back with the next syncs, although nobody has a new edit")
  func nobodyEdits() throws {
    let copy = try office.copyOfDirectory()
    try ana.set(task, ["title": "Ana's later title"], in: scope)
    let made = try bo.task(in: scope, title: "Bo's")
    try sync(ana, bo, ana)
    let before = try office.epoch()
    try office.putBack(copy)
    let report = try ana.sync()
    #expect(try report.historyReplaced && office.epoch() != before)
    try sync(bo, ana, bo)
    for laptop in [ana, bo] {
      #expect(try laptop.sees("title", of: task) == "Ana's later title")
      #expect(try laptop.sees("title", of: made) == "Bo's")
    }
    try expectWhole(ana, bo)
  }

  @Test("also when somebody wrote as much as was lost before the others came, so that all numbers coincide")
  func sameNumbers() throws {
    let copy = try office.copyOfDirectory()
    let bos = try bo.task(in: scope, title: "Bo's")
    try sync(bo, ana)
    try office.putBack(copy)
    // A device that has read nothing since the copy proves nothing, and writes.
    let cy = try office.laptop(of: "ana@acme.example")
    try cy.sync()
    let cys = try cy.task(in: scope, title: "Cy's")
    try sync(cy, bo, ana, cy, bo, ana)
    for laptop in [ana, bo, cy] {
      #expect(try laptop.sees("title", of: bos) == "Bo's" && laptop.sees("title", of: cys) == "Cy's")
    }
    try expectWhole(ana, bo, cy)
  }

  @Test("an account made since and another made after it do not hide one another")
  func twoAccounts() throws {
    let copy = try office.copyOfDirectory()
    let lost = try bo.account("Lost")
    try sync(bo)
    try office.putBack(copy)
    let cy = try office.laptop(of: "ana@acme.example")
    let fresh = try cy.account("Fresh")
    try sync(cy)
    try office.share(fresh, with: bo, .contributor)
    try sync(bo, ana, cy, bo)
    let held = try Set(bo.replica.scopes().map(\.scope))
    #expect(held.isSuperset(of: [lost, fresh]))
    let inFresh = try cy.task(in: fresh, title: "in the new one")
    try sync(cy, bo, ana)
    #expect(try bo.sees("title", of: inFresh) == "in the new one")
    try expectWhole(ana, bo, cy)
  }

  @Test("an edit of a record that is not back yet waits, whoever comes first", arguments: [true, false])
  func editOfLostRecord(editorFirst: Bool) throws {
    let copy = try office.copyOfDirectory()
    let made = try ana.task(in: scope, title: "made since")
    try sync(ana, bo)
    try bo.set(made, ["detail": "by Bo"], in: scope)
    try sync(bo, ana)
    try office.putBack(copy)
    if editorFirst {
      let report = try bo.sync()
      #expect(report.putOff == 1 && report.refused.isEmpty && report.ending == .complete)
      #expect(try bo.replica.waitingForReturn().count == 1)
      try sync(ana)
    } else {
      try sync(ana, bo)
    }
    try sync(bo, ana)
    for laptop in [ana, bo] {
      #expect(
        try laptop.sees("title", of: made) == "made since" && laptop.sees("detail", of: made) == "by Bo")
    }
    try expectWhole(ana, bo)
  }

  @Test(
    "an account, who it was shared with, and their work come back, whoever comes first",
    arguments: [true, false])
  func lostAccount(guestFirst: Bool) throws {
    let copy = try office.copyOfDirectory()
    let account = try ana.account("Since")
    try sync(ana)
    try ana.share(account, with: bo, .contributor)
    try sync(bo)
    let bos = try bo.task(in: account, title: "Bo's work")
    try sync(bo, ana)
    try office.putBack(copy)
    if guestFirst { try sync(bo) }
    try sync(ana, bo, ana, bo)
    for laptop in [ana, bo] { #expect(try laptop.sees("title", of: bos) == "Bo's work") }
    try expectWhole(ana, bo)
  }

  @Test("access that was taken away since stays taken away")
  func lostRevocation() throws {
    let copy = try office.copyOfDirectory()
    try ana.share(scope, with: bo, nil)
    try sync(ana, bo)
    #expect(try bo.replica.scopes().map(\.scope) == [.directory])
    try office.putBack(copy)
    try sync(ana, bo)
    #expect(try bo.replica.scopes().map(\.scope) == [.directory])
  }

  @Test("what is done about access after it is not undone by what was done before", arguments: [true, false])
  func laterAccess(anaFirst: Bool) throws {
    let copy = try office.copyOfDirectory()
    try ana.share(scope, with: bo, .manager)
    try sync(ana)
    try office.putBack(copy)
    office.now += 60_000
    try office.share(scope, with: bo, .viewer)
    try sync(ana)
    #expect(try office.store.read { try $0.grant(#require(scope.account), to: bo.person)?.role } == .viewer)
  }

  @Test(
    "claims end as they were decided, and a claim that is made after it stands", arguments: [true, false])
  func claims(anaFirst: Bool) throws {
    let copy = try office.copyOfDirectory()
    let other = try ana.task(in: scope, title: "claimed by Ana since")
    try ana.claim(task, in: scope)
    try ana.claim(other, in: scope)
    try sync(ana, bo)
    try ana.set(task, ["status": "open"], in: scope, clear: ["claimed-by"])
    try sync(ana, bo)
    try bo.claim(task, in: scope)
    try sync(bo, ana)
    #expect(try ana.sees("claimed-by", of: task) == bo.person.description)
    try office.putBack(copy)
    if anaFirst { try sync(ana, bo) } else { try sync(bo, ana) }
    try sync(bo, ana)
    for laptop in [ana, bo] {
      #expect(try laptop.sees("claimed-by", of: task) == bo.person.description)
      #expect(try laptop.sees("claimed-by", of: other) == ana.person.description)
    }
    try expectWhole(ana, bo)
  }

  @Test("whoever claims a task on the restored server keeps it, and the earlier winner is told")
  func newClaim() throws {
    let copy = try office.copyOfDirectory()
    try ana.claim(task, in: scope)
    try sync(ana)
    try office.putBack(copy)
    let cy = try office.laptop(of: "bo@acme.example")
    try cy.sync()
    office.now += 5_000
    try cy.claim(task, in: scope)
    try sync(cy)
    try sync(bo, ana, cy)
    for laptop in [ana, cy] { #expect(try laptop.sees("claimed-by", of: task) == bo.person.description) }
    #expect(try ana.replica.conflicts().contains { $0.outcome == .mineLost && $0.record == task })
  }

  @Test("nobody gets past a guard by saying that the server once let them")
  func forgedReceipt() throws {
    let copy = try office.copyOfDirectory()
    try ana.claim(task, in: scope)
    try sync(ana)
    try office.putBack(copy)
    try sync(ana)
    var forged = WireMutation.with {
      $0.sequence = bo.author.device.lastMutation + 1
      $0.id = office.newID().description
      $0.scope = scope.description
      $0.stamp = .with {
        $0.hlc = UInt64(office.now + 30_000) << 16
        $0.replica = bo.author.device.number
      }
      $0.former = true
      $0.receipt = Data(repeating: 1, count: 16)
      $0.guards = [
        .with {
          $0.record = task.description
          $0.register = TaskRegister.claimedBy
          $0.unset = true
        }
      ]
      var body = Registers()
      body.append(
        TaskRegister.claimedBy,
        RegisterType.reference(16).encode(.reference(bo.person), as: TaskRegister.claimedBy))
      $0.changes = [
        .with {
          $0.record = task.description
          $0.kind = .task
          $0.set = Data(encodeBody(body.bytes, kind: 42))
        }
      ]
    }
    let author = try office.author(bo.author.device.number)
    forged.sequence = author.device.lastMutation + 1
    let answer = try office.store.write {
      try Push.decide([forged], acknowledged: 0, by: author, in: $0, now: office.now)
    }
    #expect(answer.results.map(\.outcome) == [.guardFailed])
    #expect(try ana.sees("claimed-by", of: task) == ana.person.description)
  }

  @Test("who joined after the copy comes back as who they were, with all their work, synced or not")
  func newPerson() throws {
    let copy = try office.copyOfDirectory()
    let cleo = try office.person("Cleo")
    let before = cleo.person
    try ana.share(scope, with: cleo, .contributor)
    try sync(cleo)
    let synced = try cleo.task(in: scope, title: "synced")
    try sync(cleo, ana)
    try ana.set(synced, ["requested-by": before.description], in: scope)
    try sync(ana)
    let waiting = try cleo.task(in: scope, title: "not synced")
    try office.putBack(copy)
    try sync(ana)
    // Added again, under the same address.
    _ = try office.store.write {
      try People.addUser(
        email: "cleo@acme.example", name: "Cleo", role: .member, by: "test", in: $0, now: office.now,
        using: &office.random)
    }
    try cleo.join("cleo@acme.example")
    #expect(cleo.person == before)
    try sync(cleo, ana, cleo, ana, cleo)
    for laptop in [ana, cleo] {
      #expect(try laptop.sees("title", of: synced) == "synced")
      #expect(try laptop.sees("title", of: waiting) == "not synced")
      #expect(try laptop.sees("requested-by", of: synced) == before.description)
    }
    try expectWhole(ana, cleo)
  }

  @Test("a device that holds another person's replica does not use up the invite")
  func foreignReplica() throws {
    let cy = try office.person("Cy")
    #expect(throws: Surprise.self) { try cy.join("bo@acme.example") }
    #expect(cy.person != bo.person)
  }

  @Test("what does not come back in thirty days is refused with the reason, and kept")
  func neverBack() throws {
    let copy = try office.copyOfDirectory()
    let made = try ana.task(in: scope, title: "lost with Ana's laptop")
    try sync(ana, bo)
    try bo.set(made, ["detail": "by Bo"], in: scope)
    try sync(bo)
    try office.putBack(copy)
    try sync(bo)
    #expect(try bo.replica.waitingForReturn().count == 1)
    office.now += Limits.formerMilliseconds + 1_000
    let report = try bo.sync()
    #expect(report.refused.count == 1)
    let reason = try #require(try bo.replica.quarantine().first?.result?.reason)
    #expect(reason.contains("did not come back in 30 days"))
  }

  @Test("edits made meanwhile on top of what waits are kept, and taken when it is back")
  func editsOnTop() throws {
    let copy = try office.copyOfDirectory()
    let made = try ana.task(in: scope, title: "since")
    try sync(ana, bo)
    // Not synced when the server goes back: on a record that is not there.
    try bo.set(made, ["detail": "on the train"], in: scope)
    try office.putBack(copy)
    try sync(bo, ana, bo, ana)
    #expect(try ana.sees("detail", of: made) == "on the train")
    try expectWhole(ana, bo)
  }

  @Test("it may happen again and again")
  func thrice() throws {
    let first = try office.copyOfDirectory()
    let one = try ana.task(in: scope, title: "one")
    try sync(ana, bo)
    try office.putBack(first)
    try sync(bo, ana)
    let second = try office.copyOfDirectory()
    let two = try bo.task(in: scope, title: "two")
    try sync(bo, ana)
    try office.putBack(second)
    try sync(ana, bo)
    let three = try bo.task(in: scope, title: "three")
    try sync(bo, ana, bo)
    for laptop in [ana, bo] {
      #expect(try [one, two, three].map { try laptop.sees("title", of: $0) } == ["one", "two", "three"])
    }
    try expectWhole(ana, bo)
  }

  @Test("people are told once of what they were told of before")
  func toldOnce() throws {
    let copy = try office.copyOfDirectory()
    try bo.set(task, ["title": "Bo's"], in: scope)
    office.now += 1_000
    try ana.set(task, ["title": "Ana's"], in: scope)
    try sync(bo, ana, bo)
    let before = try bo.conflicts()
    #expect(before.count == 1)
    try office.putBack(copy)
    try sync(bo, ana, bo, ana)
    #expect(try bo.conflicts() == before)
  }
}
