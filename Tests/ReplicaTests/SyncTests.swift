import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import Testing

@testable import Replica

@Suite("Two people, one account")
struct SyncTests {
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
    try office.share(scope, with: bo, .contributor)
    try bo.sync()
    office.now += 1_000
  }

  private func syncAll() throws {
    for laptop in [ana, bo, ana, bo] { try laptop.sync() }
    for laptop in [ana, bo] { #expect(try laptop.equalsServer()) }
  }

  @Test("what one writes the other sees, with roles, names and all")
  func roundTrip() throws {
    #expect(try bo.sees("title", of: task) == "Call Ana")
    let held = Dictionary(uniqueKeysWithValues: try bo.replica.scopes().map { ($0.scope, $0) })
    #expect(held[scope]?.role == .contributor && held[scope]?.isWritable == true)
    #expect(held[.directory]?.isWritable == false)
    #expect(try bo.replica.records(ofKind: 16).count == 3)
    #expect(try bo.replica.records(ofKind: 17).count == 5)
    let report = try bo.sync()
    #expect(report.ending == .complete && report.received == 0 && report.sent == 0)
  }

  @Test("different fields of one record merge, and nobody is bothered")
  func differentFields() throws {
    try ana.set(task, ["title": "Call Cy"], in: scope)
    try bo.set(task, ["due": "2026-01-31"], in: scope)
    try syncAll()
    for laptop in [ana, bo] {
      #expect(try laptop.sees("title", of: task) == "Call Cy" && laptop.sees("due", of: task) == "2026-01-31")
      #expect(try laptop.replica.conflicts().isEmpty)
    }
  }

  @Test("the same field: the later edit wins, and both are told", arguments: [true, false])
  func sameField(boSyncsFirst: Bool) throws {
    try bo.set(task, ["title": "Call Bo"], in: scope)
    office.now += 1_000
    try ana.set(task, ["title": "Call Cy"], in: scope)
    let order = boSyncsFirst ? [bo, ana] : [ana, bo]
    for laptop in order { try laptop.sync() }
    try syncAll()
    for laptop in [ana, bo] { #expect(try laptop.sees("title", of: task) == "Call Cy") }
    #expect(
      try ana.conflicts() == [
        boSyncsFirst ? "mineReplacedTheirs: Call Cy / Call Bo" : "theirsLost: Call Cy / Call Bo"
      ])
    #expect(
      try bo.conflicts() == [
        boSyncsFirst ? "theirsReplacedMine: Call Bo / Call Cy" : "mineLost: Call Bo / Call Cy"
      ])
    let conflict = try #require(try bo.replica.conflicts().first)
    #expect(
      conflict.scope == scope && conflict.record == task && conflict.kind == 42 && conflict.register == 1)
    #expect(conflict.theirs.user == ana.person.description && !conflict.isSeen)
    try bo.replica.markConflictsSeen()
    #expect(try bo.replica.conflicts(unseenOnly: true).isEmpty && bo.replica.conflicts().count == 1)
  }

  @Test("a claim race: one holds the task, the other's request is kept as refused and tells whose it is")
  func claimRace() throws {
    let anasClaim = try ana.claim(task, in: scope)
    office.now += 5_000
    try bo.claim(task, in: scope)
    #expect(try bo.sync().refused.isEmpty)
    #expect(try ana.sees("claimed-by", of: task) == ana.person.description, "it is still asked for")
    let report = try ana.sync()
    #expect(report.refused == [anasClaim])
    for laptop in [ana, bo] { #expect(try laptop.sees("claimed-by", of: task) == bo.person.description) }
    let refused = try #require(try ana.replica.quarantine().first)
    #expect(refused.id == anasClaim && refused.result?.outcome == .guardFailed)
    #expect(refused.result?.effects.first?.other.user == bo.person.description)
    #expect(refused.mutation.changes.first?.record == task.description)
    #expect(try ana.replica.waitingCount() == 0 && ana.replica.record(task)?.isPending == false)
    #expect(try ana.equalsServer())
    #expect(try ana.replica.dismiss(anasClaim) && !ana.replica.dismiss(anasClaim))
    #expect(try ana.replica.quarantine().isEmpty)
  }

  @Test("a claim that lost is not shown any more once the winner's is here, before its own refusal")
  func lostClaimHidden() throws {
    try bo.claim(task, in: scope)
    try bo.sync()
    try ana.claim(task, in: scope)
    var request: SyncSession.Effect?
    var session = SyncSession(ana.replica)
    request = try session.handle(.begin).first
    guard case .sync(let number, var message)? = request else { throw Surprise("no request") }
    message.push = []
    let answer = try ana.answer(.sync(request: number, message))
    _ = try session.handle(answer)
    #expect(try ana.sees("claimed-by", of: task) == bo.person.description)
    #expect(try ana.replica.waitingCount() == 1)
  }

  @Test("what builds on a claim that lost is refused with it")
  func chainLost() throws {
    try bo.claim(task, in: scope)
    try bo.sync()
    try ana.claim(task, in: scope)
    try ana.set(task, ["status": "done"], in: scope)
    try ana.set(task, ["detail": "unrelated"], in: scope)
    #expect(try ana.sync().refused.count == 2)
    #expect(try ana.sees("status", of: task) == "claimed" && ana.sees("detail", of: task) == "unrelated")
    #expect(try ana.replica.quarantine().count == 2)
  }

  @Test("deleted by one, edited by the other: it stays deleted, both are told, and restoring brings all back")
  func deleteThenEdit() throws {
    try ana.setAlive(false, task, in: scope)
    try ana.sync()
    office.now += 1_000
    try bo.set(task, ["title": "Call Bo"], in: scope)
    #expect(try bo.replica.record(task)?.state.alive == true)
    try syncAll()
    for laptop in [ana, bo] {
      #expect(try laptop.replica.record(task)?.state.alive == false)
      #expect(try laptop.sees("title", of: task) == "Call Bo")
    }
    #expect(try bo.conflicts() == ["iEditedDeleted: Call Bo / deleted"])
    #expect(try ana.conflicts() == ["theyEditedDeleted: deleted / Call Bo"])
    try bo.setAlive(true, task, in: scope)
    try syncAll()
    for laptop in [ana, bo] { #expect(try laptop.replica.record(task)?.state.alive == true) }
  }

  @Test("edited by one, deleted by the other who had not seen it: both are told")
  func editThenDelete() throws {
    try bo.set(task, ["title": "Call Bo"], in: scope)
    try bo.sync()
    office.now += 1_000
    try ana.setAlive(false, task, in: scope)
    try syncAll()
    #expect(try ana.conflicts() == ["iDeletedTheirEdit: deleted / Call Bo"])
    #expect(try bo.conflicts() == ["theyDeletedMyEdit: Call Bo / deleted"])
    for laptop in [ana, bo] { #expect(try laptop.replica.record(task)?.state.alive == false) }
  }

  @Test("two make the account's privileged contact offline: one stands, the other is told whose it is")
  func singleton() throws {
    let id = try #require(scope.account).singleton(ofKind: 38)
    for laptop in [ana, bo] {
      try laptop.create(id, .privilegedContact, ["person": laptop.person.description], in: scope)
    }
    try bo.sync()
    #expect(try ana.sync().refused.count == 1)
    #expect(try ana.replica.quarantine().first?.result?.outcome == .guardFailed)
    try syncAll()
    for laptop in [ana, bo] { #expect(try laptop.sees("person", of: id) == bo.person.description) }
  }

  @Test("an account made offline, with all in it, is the server's after one sync")
  func newAccount() throws {
    let other = try ana.account("Other")
    let first = try ana.task(in: other)
    try ana.set(first, ["title": "Call Cy"], in: other)
    #expect(try ana.replica.scopes().first { $0.scope == other }?.grantEpoch == 0)
    let report = try ana.sync()
    #expect(report.sent == 3 && report.refused.isEmpty && report.lostScopes.isEmpty)
    #expect(try ana.replica.scopes().first { $0.scope == other }?.grantEpoch != 0)
    #expect(try ana.equalsServer() && ana.sees("title", of: first) == "Call Cy")
    #expect(try office.record(first, in: other) != nil)
    try bo.sync()
    #expect(try bo.replica.record(first) == nil)
  }

  @Test("more edits than fit in a request go in several, in order, and all arrive")
  func batches() throws {
    let count = SyncSession.editsFirst + 2 * SyncSession.editsAtOnce + 10
    let edits = (0..<count).map { number in
      PlannedEdit(in: scope, summary: "\(number)") { try $0.update(task, [(1, .text("t\(number)"))]) }
    }
    for result in try ana.replica.edit(each: edits, now: ana.now, using: &office.random) {
      _ = try result.get()
    }
    let report = try ana.sync()
    #expect(report.sent == count)
    #expect(
      ana.pushed.map(\.count).filter { $0 > 0 } == [
        SyncSession.editsFirst, SyncSession.editsAtOnce, SyncSession.editsAtOnce, 10,
      ])
    #expect(try ana.sees("title", of: task) == "t\(count - 1)" && ana.equalsServer())
  }

  @Test("large edits are cut into requests of at most 4 MiB")
  func largeBatches() throws {
    let detail = String(repeating: "x", count: 20_000)
    for _ in 0..<500 { _ = try ana.task(in: scope, ["detail": detail]) }
    var sizes: [Int] = []
    var session = SyncSession(ana.replica)
    var effects = try session.handle(.begin)
    while let effect = effects.first {
      if case .finish = effect { break }
      if case .sync(_, let request) = effect { sizes.append(try request.serializedData().count) }
      effects = try session.handle(ana.answer(effect))
    }
    #expect(sizes.count >= 3 && sizes.allSatisfy { $0 <= Limits.requestBytesMax })
    #expect(try ana.replica.waitingCount() == 0 && ana.equalsServer())
  }

  @Test("an edit that a server does not know yet stays pending, shows, and goes once the server is upgraded")
  func schemaAhead() throws {
    try ana.set(task, ["title": "Call Cy"], in: scope)
    try ana.set(task, ["detail": "by phone"], in: scope)
    let report = try ana.sync { (_, response) throws in
      // As an older server answers the first of them.
      response.results = [
        .with {
          $0.sequence = response.results[0].sequence
          $0.outcome = .schemaAhead
        }
      ]
      response.pages = []
      response.checkpoint = Data()
    }
    #expect(report.held == 1 && report.ending == .complete)
    #expect(try ana.replica.waitingCount() == 2 && ana.sees("title", of: task) == "Call Cy")
    #expect(try ana.sync().held == 0)
    #expect(try ana.replica.waitingCount() == 0 && ana.equalsServer())
  }

  @Test("an answer that got lost after the server took the edits is made up for, and nothing happens twice")
  func lostAnswer() throws {
    let second = try ana.task(in: scope)
    try ana.set(task, ["title": "Call Cy"], in: scope)
    for _ in 0..<3 {
      var session = SyncSession(ana.replica)
      _ = try ana.answer(try #require(try session.handle(.begin).first))
    }
    #expect(try ana.replica.waitingCount() == 2)
    try ana.sync()
    #expect(try ana.replica.waitingCount() == 0 && ana.equalsServer())
    #expect(try office.outcomes(of: task, in: scope) == [.applied, .applied])
    #expect(try office.outcomes(of: second, in: scope) == [.applied])
  }

  @Test("this device's clock is measured against the server's, and edits are stamped with the server's time")
  func clockOffset() throws {
    ana.clockAhead = 14 * 60_000
    ana.delay = 40
    let report = try ana.sync()
    #expect(abs(report.clockOffset + 14 * 60_000) <= report.clockUncertainty && report.clockUncertainty <= 50)
    try ana.set(task, ["title": "Call Cy"], in: scope)
    let stamp = try #require(try ana.replica.waiting().last?.mutation.stamp)
    #expect(abs(Stamp(hlc: stamp.hlc, replica: 0).milliseconds - office.now) <= 1_000)
    #expect(try ana.sync().clamped == 0)
  }

  @Test(
    "an answer with a time that is none breaks nothing, and the next one sets it right",
    arguments: [Int64.min, .max])
  func impossibleTime(_ time: Int64) throws {
    let scope = try ana.account("Northwind")
    let task = try ana.task(in: scope)
    try ana.sync { (_, response) in response.serverMs = time }
    try ana.set(task, ["title": "After"], in: scope)
    #expect(try ana.sync().ending == .complete)
    try ana.set(task, ["title": "Later"], in: scope)
    try ana.sync()
    #expect(try ana.sees("title", of: task) == "Later" && ana.equalsServer())
  }

  @Test("an edit stamped far ahead before the first measurement is pulled back, and says how far it was")
  func clamped() throws {
    let cy = try office.person("Cy")
    cy.clockAhead = 3_600_000
    let mine = try cy.account("Cy's")
    let report = try cy.sync()
    #expect(abs(report.clamped - 3_600_000) <= 1_000 && report.refused.isEmpty)
    #expect(try cy.equalsServer())
    let id = try #require(mine.account)
    #expect(try #require(try cy.replica.record(id)?.state.stamps.latest).milliseconds <= office.now)
  }

  @Test(
    "any order of edits and syncs of two people ends in the same, with nothing lost silently",
    arguments: 1...12)
  func randomly(seed: UInt64) throws {
    var random = Sequence64(seed: seed)
    var tasks = [task]
    for step in 0..<60 {
      let laptop = [ana, bo][Int(random.next() % 2)]
      let record = tasks[Int(random.next() % UInt64(tasks.count))]
      let isThere = try laptop.replica.record(record) != nil
      do {
        switch random.next() % 7 {
        case 0: try laptop.sync(pageRecords: UInt32(random.next() % 4))
        case 1: tasks.append(try laptop.task(in: scope, title: "n\(step)"))
        case 2 where isThere: try laptop.setAlive(random.next() % 2 == 0, record, in: scope)
        case 3 where isThere: try laptop.claim(record, in: scope)
        case _ where isThere: try laptop.set(record, ["title": "t\(step)"], in: scope)
        default: break
        }
      } catch ReplicaError.nothingChanged {
      } catch let refusal as Refusal where refusal.isAboutRights {
      }
      office.now += Int64(random.next() % 3_000)
    }
    try syncAll()
    for record in tasks {
      let (first, second) = try (ana.replica.record(record), bo.replica.record(record))
      let canonical = try office.record(record, in: scope)
      #expect(first?.state == second?.state && first?.state == canonical)
    }
    #expect(try ana.replica.viewsThatDiffer().isEmpty && bo.replica.viewsThatDiffer().isEmpty)
    #expect(try ana.replica.waitingCount() == 0 && bo.replica.waitingCount() == 0)
  }
}
