import Foundation
import GRDB
import PlanModel
import ProtocolMessages
import SQLiteStore
import SyncCore
import SyncServer
import Testing

@testable import Replica

@Suite("When the server's history, or the replica's file, is not what it was")
struct RecoveryTests {
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

  @Test(
    "a restored server gets back every edit of the last thirty days, once, with ids and stamps as they were")
  func restored() throws {
    let backup = try office.backup()
    try ana.set(task, ["title": "after the backup"], in: scope)
    let second = try bo.task(in: scope, title: "Bo's")
    try ana.sync()
    try bo.sync()
    let before = try #require(try office.record(task, in: scope))
    try ana.set(task, ["detail": "waiting"], in: scope)
    try office.restore(backup)
    #expect(try office.record(second, in: scope) == nil)
    let report = try ana.sync()
    #expect(report.historyReplaced && report.ending == .complete && report.refused.isEmpty)
    try bo.sync()
    try ana.sync()
    let after = try #require(try office.record(task, in: scope))
    #expect(after.stamps[1] == before.stamps[1] && after.body[1] == before.body[1])
    #expect(try ana.sees("detail", of: task) == "waiting" && ana.sees("title", of: second) == "Bo's")
    #expect(try office.outcomes(of: task, in: scope) == [.applied, .applied, .applied])
    for laptop in [ana, bo] { #expect(try laptop.equalsServer() && laptop.replica.waitingCount() == 0) }
  }

  @Test("an edit below the restored server's last number is sent again too: the backup may miss it")
  func belowLast() throws {
    let backup = try office.backup()
    let last = try ana.replica.progress().lastSequence
    try ana.set(task, ["title": "lost with the disk"], in: scope)
    try ana.sync()
    try office.restore(backup)
    try ana.sync()
    #expect(try ana.replica.progress().lastSequence > last)
    try bo.sync()
    #expect(try bo.sees("title", of: task) == "lost with the disk")
  }

  @Test("what is held stays visible while the new history is read")
  func stillVisible() throws {
    try office.restore(try office.backup())
    try ana.sync(pageRecords: 1) { (laptop, _) throws in
      #expect(try laptop.sees("title", of: task) == "Call Ana")
    }
    #expect(try ana.equalsServer())
  }

  @Test("an edit refused before the restore stays with the refused ones, and is not sent again")
  func refusedStays() throws {
    try bo.claim(task, in: scope)
    try bo.sync()
    try ana.claim(task, in: scope)
    try ana.sync()
    try office.restore(try office.backup())
    try ana.sync()
    #expect(try ana.replica.quarantine().count == 1 && ana.replica.waitingCount() == 0)
  }

  @Test(
    "acknowledged edits are kept until the server says that they are in a backup, and thirty days at least")
  func keptUntilBackedUp() throws {
    func kept() throws -> Int { try ana.replica.read { try $0.entries(.acknowledged) }.count }
    #expect(try kept() == 2)
    office.now += Limits.outboxKeptMilliseconds - 1_000
    try ana.sync()
    #expect(try kept() == 2)
    office.now += Limits.outboxKeptMilliseconds
    try ana.sync()
    #expect(try kept() == 2)
    let mark = try office.store.read { try Backup.mark(in: $0) }
    try ana.set(task, ["detail": "after the copy"], in: scope)
    try ana.sync()
    try office.store.write { try Backup.confirm(mark, in: $0) }
    try ana.sync()
    #expect(try kept() == 1)
  }

  @Test("a copied replica takes a number of its own, keeps its ids, and every edit of both is applied once")
  func fork() throws {
    try ana.set(task, ["detail": "before the copy"], in: scope)
    let copy = Laptop(ana, try Replica(inMemory: ()))
    try ana.replica.copy(to: copy.replica)
    let first = try ana.set(task, ["title": "on the laptop"], in: scope)
    office.now += 1_000
    let second = try copy.set(task, ["due": "2026-01-31"], in: scope)
    #expect(try !ana.sync().renumbered)
    let ids = try copy.replica.waiting().map(\.id)
    let report = try copy.sync()
    #expect(report.renumbered && report.ending == .complete && report.refused.isEmpty)
    #expect(copy.log.filter { $0 == "new replica" }.count == 1)
    #expect(try copy.replica.identity().replica != ana.replica.identity().replica)
    #expect(try copy.replica.waitingCount() == 0 && ids.contains(second) && !ids.contains(first))
    try ana.sync()
    for laptop in [ana, copy] {
      #expect(
        try laptop.sees("title", of: task) == "on the laptop" && laptop.sees("due", of: task) == "2026-01-31")
      #expect(try laptop.sees("detail", of: task) == "before the copy" && laptop.equalsServer())
    }
    #expect(try office.outcomes(of: task, in: scope) == [.applied, .applied, .applied, .applied])
    try copy.set(task, ["title": "on the copy"], in: scope)
    #expect(try !copy.sync().renumbered)
  }

  @Test(
    "a copy whose numbers were overtaken by its original does not take the original's results for its own")
  func forkBehind() throws {
    let copy = Laptop(ana, try Replica(inMemory: ()))
    try ana.replica.copy(to: copy.replica)
    for number in 0..<5 { try ana.set(task, ["title": "t\(number)"], in: scope) }
    try ana.sync()
    office.now += 1_000
    try copy.set(task, ["due": "2026-01-31"], in: scope)
    try copy.sync()
    #expect(try copy.replica.waitingCount() == 0 && copy.replica.quarantine().isEmpty)
    #expect(try copy.sees("due", of: task) == "2026-01-31" && copy.sees("title", of: task) == "t4")
    #expect(try copy.equalsServer())
  }

  @Test("a gap is closed by sending again what is kept")
  func gap() throws {
    try ana.set(task, ["title": "Call Cy"], in: scope)
    try ana.replica.write {
      try $0.database.execute(sql: "UPDATE outbox SET sequence = sequence + 7 WHERE status = 0")
    }
    let report = try ana.sync()
    #expect(report.ending == .complete && !report.historyReplaced)
    #expect(try ana.replica.waitingCount() == 0 && ana.equalsServer())
    #expect(try office.outcomes(of: task, in: scope) == [.applied, .applied])
  }

  @Test("joining again as the same person keeps every edit; as another it is refused")
  func rejoin() throws {
    try ana.set(task, ["title": "still waiting"], in: scope)
    let email = try ana.replica.identity().email
    let number = try ana.replica.identity().replica
    try ana.join(email)
    #expect(try ana.replica.identity().replica != number)
    let report = try ana.sync()
    #expect(report.refused.isEmpty && report.ending == .complete)
    #expect(try ana.sees("title", of: task) == "still waiting" && ana.replica.waitingCount() == 0)
    #expect(try office.outcomes(of: task, in: scope) == [.applied, .applied])
    #expect(try ana.equalsServer())
    // The server does not take the invite, and the replica would not take another person.
    #expect(throws: Surprise.self) { try ana.join("bo@acme.example") }
    #expect(throws: ReplicaError.belongsToAnother(email)) {
      try ana.replica.join(try bo.replica.identity(), epoch: "another", isSameOrganization: true)
    }
  }
}

@Suite("When access is taken away")
struct RevocationTests {
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
    task = try ana.task(in: scope, title: "secret plan")
    try ana.sync()
    try office.share(scope, with: bo, .contributor)
    try bo.sync()
    office.now += 1_000
  }

  /// Every table's every text and blob, as one heap of bytes.
  private func holds(_ words: String, _ laptop: Laptop) throws -> Bool {
    let copy = try TemporaryFolder()
    let file = try Replica(path: copy.file)
    try laptop.replica.copy(to: file)
    try file.write { try $0.database.execute(sql: "DELETE FROM listed") }
    return try Data(contentsOf: URL(fileURLWithPath: copy.file)).range(of: Data(words.utf8)) != nil
  }

  @Test("everything of the scope goes: records, what is shown, conflicts, and others' words in results")
  func purge() throws {
    // Something in every place: a conflict, a refused claim with its winner, a waiting edit.
    try ana.set(task, ["title": "secret title"], in: scope)
    try ana.claim(task, in: scope)
    try ana.sync()
    office.now += 1_000
    try bo.set(task, ["title": "my title"], in: scope)
    try bo.claim(task, in: scope)
    #expect(try bo.sync().refused.count == 1)
    #expect(try bo.replica.conflicts().count == 1)
    try bo.set(task, ["detail": "my own words"], in: scope)
    #expect(try holds("secret", bo) && holds(ana.person.description, bo))
    try office.share(scope, with: bo, nil)
    let report = try bo.sync()
    #expect(Set(report.lostScopes) == [scope, .finance(try #require(scope.account))])
    #expect(try bo.replica.record(task) == nil && bo.replica.conflicts().isEmpty)
    #expect(try bo.replica.scopes().map(\.scope) == [.directory])
    #expect(try !holds("secret", bo), "no trace of others' words in the file")
    let quarantine = try bo.replica.quarantine()
    #expect(quarantine.count == 2 && quarantine.last?.result?.outcome == .denied)
    #expect(try holds("my own words", bo))
    #expect(quarantine.allSatisfy { $0.result?.effects.allSatisfy { !$0.hasOther } ?? true })
    #expect(try bo.replica.waitingCount() == 0)
  }

  @Test("between push and pull: the words of the results are not kept either")
  func duringSync() throws {
    try ana.set(task, ["title": "secret title"], in: scope)
    try ana.claim(task, in: scope)
    try ana.sync()
    office.now += 1_000
    try bo.set(task, ["title": "my title"], in: scope)
    try bo.claim(task, in: scope)
    var session = SyncSession(bo.replica)
    guard case .sync(let number, let request)? = try session.handle(.begin).first else {
      throw Surprise("no request")
    }
    let push = try office.store.write {
      try SyncExchange.push(request, by: bo.author, in: $0, now: office.now)
    }
    try office.share(scope, with: bo, nil)
    let response = try office.store.read {
      try SyncExchange.answer(request, push: push, by: bo.author, from: $0, now: office.now)
    }
    #expect(response.results.contains { !$0.effects.isEmpty })
    _ = try session.handle(.answered(request: number, response, sent: bo.now, received: bo.now))
    #expect(try bo.replica.conflicts().isEmpty && bo.replica.record(task) == nil)
    #expect(try !holds("secret", bo))
  }

  @Test("while pages are staged: nothing of the scope is shown afterwards, or left in the file")
  func whilePaging() throws {
    for number in 0..<8 { try ana.set(task, ["detail": "secret \(number)"], in: scope) }
    for _ in 0..<8 { _ = try ana.task(in: scope, title: "secret task") }
    try ana.sync()
    var answers = 0
    try bo.sync(pageRecords: 3) { (_, _) throws in
      answers += 1
      if answers == 2 { try office.share(scope, with: bo, nil) }
    }
    #expect(answers > 2)
    #expect(try bo.replica.records(ofKind: 42).isEmpty && bo.replica.scopes().map(\.scope) == [.directory])
    #expect(try !holds("secret", bo))
  }

  @Test("access given again brings everything back, and what was refused stays with its author")
  func again() throws {
    try office.share(scope, with: bo, nil)
    try bo.sync()
    #expect(try bo.replica.record(task) == nil)
    try office.share(scope, with: bo, .viewer)
    let report = try bo.sync()
    #expect(report.newScopes == [scope] && report.ending == .complete)
    #expect(try bo.sees("title", of: task) == "secret plan" && bo.equalsServer())
    #expect(try bo.replica.scopes().first { $0.scope == scope }?.isWritable == false)
  }

  @Test("lost and given again between two syncs: what was held is replaced, not kept")
  func lostAndGiven() throws {
    try office.share(scope, with: bo, nil)
    try office.share(scope, with: bo, .contributor)
    let report = try bo.sync(pageRecords: 2)
    #expect(report.lostScopes.isEmpty && report.repaired == 0)
    #expect(try bo.equalsServer() && bo.sees("title", of: task) == "secret plan")
  }

  @Test("an edit that waits while its account is taken away and given again is shown again")
  func waitsThroughIt() throws {
    let mine = try bo.account("Mine")
    let long = try bo.task(in: mine)
    try bo.sync()
    try office.share(scope, with: bo, nil)
    var shown: [String?] = []
    let report = try bo.sync { (bo, response) throws in
      shown.append(try bo.sees("title", of: task))
      guard shown.count == 1 else { return }
      // Written when the answer that takes access away is on its way; more than one request can carry.
      for number in 10..<60 {
        let detail = String(repeating: "𝄞", count: 19_998) + "\(number)"
        try bo.edit(mine) { try $0.update(long, [(2, .text(detail))]) }
      }
      try bo.edit(scope) { try $0.update(task, [(1, .text("bo's words"))]) }
      try office.share(scope, with: bo, .contributor)
    }
    // Gone, then back with what still waits.
    #expect(shown == ["secret plan", nil, "bo's words"])
    #expect(try report.sent == 51 && bo.sees("title", of: task) == "bo's words" && bo.equalsServer())
  }

  @Test("a new account that the server refuses is gone again, and its words are with the refused edits")
  func refusedAccount() throws {
    let mine = try bo.account("Mine")
    let first = try bo.task(in: mine)
    let report = try bo.sync { (_, response) throws in
      for index in response.results.indices {
        response.results[index].outcome = .denied
        response.results[index].clearFinal()
      }
      let foreign = [mine.description, Scope.finance(mine.account ?? office.newID()).description]
      response.manifest.entries.removeAll { foreign.contains($0.scope) }
      response.pages.removeAll { foreign.contains($0.scope) }
    }
    #expect(report.refused.count == 2)
    #expect(try bo.replica.record(first) == nil && bo.replica.scopes().allSatisfy { $0.scope != mine })
    #expect(try bo.replica.quarantine().count == 2)
  }
}
