import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@Suite("A history that went back")
struct LineageTests {
  private let acme: Organisation
  private let ana: Device
  private let scope: Scope

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    scope = try acme.account(managedBy: ana)
  }

  /// The database as a file that somebody copies.
  private func copy() throws -> SQLiteStore {
    let copy = try SQLiteStore(inMemory: ())
    try acme.store.copy(to: copy)
    return copy
  }

  private func start(_ store: SQLiteStore) throws {
    try store.write { try Lineage.begin(in: $0, using: &acme.random) }
  }

  private func sync(
    _ device: Device, _ push: [WireMutation] = [], checkpoint: Data, on store: SQLiteStore,
    epoch: String? = nil, shown: WireLogEnd? = nil
  ) throws -> WireSyncResponse {
    let request = try WireSyncRequest.with {
      $0.protocol = Limits.protocolVersion
      $0.replica = device.number
      $0.epoch = try epoch ?? store.read { try $0.organization().epoch }
      $0.push = push
      $0.checkpoint = checkpoint
      if let shown { $0.shown = shown }
    }
    let answer = try store.write {
      try SyncExchange.push(request, by: device.author, in: $0, now: acme.now)
    }
    return try store.read {
      try SyncExchange.answer(request, push: answer, by: device.author, from: $0, now: acme.now)
    }
  }

  private func epoch(_ store: SQLiteStore) throws -> String { try store.read { try $0.organization().epoch } }

  @Test(
    "a copy that is put back is noticed by the first device that has read more, although it has no new edit")
  func noticed() throws {
    let old = try copy()
    try start(acme.store)
    _ = try ana.task(in: scope)
    let checkpoint = try ana.pull().checkpoint
    try start(old)
    let before = try epoch(old)
    #expect(try sync(ana, checkpoint: checkpoint, on: old).push == .epochChanged)
    #expect(try epoch(old) != before)
    let log = try old.read { try $0.audit(last: 1) }
    #expect(log.first?.action == "history.begin" && log.first?.actor == "server")
    #expect(log.first?.detail.contains("device \(ana.number) of ana@acme.example") == true)
  }

  @Test("it is noticed although heads have come to the same numbers meanwhile")
  func sameHeads() throws {
    let old = try copy()
    try start(acme.store)
    let lost = try ana.task(in: scope)
    let checkpoint = try ana.pull().checkpoint
    let head = try acme.row(scope)?.head
    try start(old)
    // Somebody else writes as much as was lost before Ana comes.
    let bo = acme.admin
    let other = WireMutation.with {
      $0.sequence = 1
      $0.id = acme.newID().description
      $0.scope = scope.description
      $0.stamp = bo.stamp().wire
      $0.changes = [create(acme.newID(), .task, ["title": "other", "department": "sales"])]
    }
    _ = try old.write {
      try Push.decide([other], acknowledged: 0, by: bo.author, in: $0, now: acme.now)
    }
    #expect(try old.read { try $0.scope(scope)?.head } == head)
    #expect(try sync(ana, checkpoint: checkpoint, on: old).push == .epochChanged)
    #expect(
      try old.read { reading in try reading.scope(scope).flatMap { try reading.record(lost, in: $0.number) } }
        == nil)
  }

  @Test(
    "so it is by a device that has read nothing more, and was shown an entry of the audit log that the copy lacks"
  )
  func shownLog() throws {
    try start(acme.store)
    let old = try copy()
    let checkpoint = try ana.pull().checkpoint
    _ = try acme.person("Cy")
    #expect(try !ana.pull(checkpoint).hasLog, "what is not sealed is not shown")
    try acme.store.write { _ = try Sealing.run(in: $0, now: acme.now) }
    let shown = try ana.pull(checkpoint).log
    #expect(shown.chain.count == 32 && shown.proof.count == 16)
    #expect(try sync(ana, checkpoint: checkpoint, on: acme.store, shown: shown).push == .ok)
    // What the request merely says begins nothing.
    var said = shown
    said.number += 100
    #expect(try sync(ana, checkpoint: checkpoint, on: old, shown: said).push == .ok)
    #expect(try sync(ana, checkpoint: checkpoint, on: old, shown: shown).push == .epochChanged)
    // The proof was of the epoch that has ended.
    #expect(try sync(ana, checkpoint: Data(), on: old, shown: shown).push == .ok)
  }

  @Test("a log that lost its end is noticed the same way")
  func lostEnd() throws {
    try start(acme.store)
    let old = try copy()
    _ = try ana.task(in: scope)
    let checkpoint = try ana.pull().checkpoint
    try start(old)
    #expect(try sync(ana, checkpoint: checkpoint, on: old).push == .epochChanged)
  }

  @Test("a start, an idle time and a device that was away begin no history")
  func noFalseAlarm() throws {
    var checkpoint = try ana.pull().checkpoint
    let before = try epoch(acme.store)
    for _ in 0..<5 {
      try start(acme.store)
      let response = try sync(ana, checkpoint: checkpoint, on: acme.store)
      #expect(response.push == .ok)
      if !response.checkpoint.isEmpty { checkpoint = response.checkpoint }
      _ = try acme.admin.task(in: scope)
    }
    #expect(try epoch(acme.store) == before)
  }

  @Test("a checkpoint stays the same while there is nothing new to read, however much happens elsewhere")
  func idle() throws {
    let checkpoint = try ana.pull().checkpoint
    let other = try acme.account("Other", managedBy: acme.admin)
    _ = try acme.admin.task(in: other)
    #expect(try sync(ana, checkpoint: checkpoint, on: acme.store).checkpoint.isEmpty)
  }

  @Test(
    "what became of an edit is told when it comes again, although results under new numbers were acknowledged"
  )
  func unheardResults() throws {
    let bo = try acme.person("Bo")
    _ = try acme.share(scope, with: bo, .contributor, by: ana)
    let task = try ana.task(in: scope)
    let early = bo.mutation(scope, change(task, .task, ["title": "Bo's, earlier"]))
    acme.now += 10_000
    _ = try ana.edit(scope, change(task, .task, ["title": "Ana's, later"]))
    let lost = try bo.push(early)
    #expect(lost.results.first?.effects.count == 1)
    // The answer does not arrive; the server begins a new history.
    try acme.store.write { try Founding.beginEpoch(because: "restored", by: "host", in: $0, now: acme.now) }
    let other = bo.mutation(
      scope, create(acme.newID(), .task, ["title": "First again", "department": "sales"]))
    #expect(try bo.push(other).results.map(\.outcome) == [.applied])
    var again = early
    again.sequence = 3
    again.former = true
    let told = try bo.push([again], acknowledged: 2)
    #expect(told.results.first?.effects == lost.results.first?.effects)
  }

  @Test("what waits with its proof is not told, when it comes again, the refusal that an earlier number got")
  func provenWaits() throws {
    let bo = try acme.person("Bo")
    try acme.share(scope, with: bo, .contributor, by: ana)
    let old = try copy()
    let task = try ana.task(in: scope)
    let claim = bo.mutation(
      scope, change(task, .task, ["claimed-by": bo.user.description]),
      guards: [expectation(task, "claimed-by", .unset(true))])
    let applied = try #require(try bo.push(claim).results.first)
    #expect(applied.outcome == .applied)
    try old.write { try Founding.beginEpoch(because: "restored", by: "host", in: $0, now: acme.now) }
    func push(_ mutation: WireMutation) throws -> WireOutcome? {
      try old.write { try Push.decide([mutation], acknowledged: 0, by: bo.author, in: $0, now: acme.now) }
        .results.first?.outcome
    }
    // Bo's laptop was copied before it had the answer: the copy has no proof.
    #expect(try push(claim) == .targetGone)
    var proven = claim
    proven.sequence = 2
    proven.former = true
    proven.receipt = applied.receipt
    proven.decidedGuardedHlc = applied.guarded.hlc
    #expect(try push(proven) == .waiting)
    #expect(try push(proven) == .waiting)
  }

  @Test("what a request merely says begins no history")
  func onlySeals() throws {
    let before = try epoch(acme.store)
    let request = try WireSyncRequest.with {
      $0.protocol = Limits.protocolVersion
      $0.replica = ana.number
      $0.epoch = try epoch(acme.store)
      $0.acknowledgedResults = 1_000_000
      $0.acknowledgedNotices = 1_000_000
      $0.checkpoint = Data(repeating: 7, count: 64)
    }
    _ = try acme.store.write { try SyncExchange.push(request, by: ana.author, in: $0, now: acme.now) }
    #expect(try epoch(acme.store) == before)
  }

  @Test("a new history gives no number out again, and withdraws the invites that are open")
  func numbers() throws {
    let last = try acme.person("Bo").number
    let invite = try acme.invite("ana@acme.example")
    try acme.store.write {
      try Founding.beginEpoch(because: "restored", by: "host", in: $0, now: acme.now)
    }
    guard case .refused = try acme.join(acme.joinRequest(invite, secret: "x")) else {
      Issue.record("an invite of the history before is taken")
      return
    }
    #expect(try acme.join("bo@acme.example").number >= last + 1_000)
  }
}
