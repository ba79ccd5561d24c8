import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import Testing

@testable import Replica

@Suite("A sync session")
struct SessionTests {
  let office: Office
  let ana: Laptop
  let bo: Laptop
  let scope: Scope
  let tasks: [RecordID]

  init() throws {
    office = try Office()
    ana = try office.person("Ana")
    bo = try office.person("Bo")
    scope = try ana.account()
    var tasks: [RecordID] = []
    for number in 0..<9 { tasks.append(try ana.task(in: scope, title: "t\(number)")) }
    self.tasks = tasks
    try ana.sync()
    try office.share(scope, with: bo, .contributor)
  }

  @Test("stages pages and shows nothing of them before the last", arguments: [1, 2, 5] as [UInt32])
  func staging(pageRecords: UInt32) throws {
    var answers = 0
    let joined = try bo.replica.progress().checkpoint
    let report = try bo.sync(pageRecords: pageRecords) { (laptop, response) throws in
      #expect(try laptop.replica.count() == 0 && laptop.replica.records(ofKind: 42).isEmpty)
      #expect(try laptop.replica.scopes().isEmpty && laptop.replica.progress().checkpoint == joined)
      answers += 1
    }
    #expect(answers >= 18 / Int(pageRecords) && report.ending == .complete)
    #expect(try bo.replica.records(ofKind: 42).count == 9 && bo.equalsServer())
    #expect(report.newScopes.count == 3)
  }

  @Test("one sync tells of everything, however much there is to tell")
  func manyNotices() throws {
    let count = Limits.noticesPerResponseMax + 20
    let many = try (0..<count).map { try ana.task(in: scope, title: "m\($0)") }
    try ana.sync()
    try bo.sync()
    for task in many { try bo.set(task, ["detail": "Bo's"], in: scope) }
    try bo.sync()
    office.now += 10
    // Ana has not seen them.
    for task in many { try ana.set(task, ["detail": "Ana's"], in: scope) }
    try ana.sync()
    #expect(try bo.sync().notices == count)
    #expect(try bo.sync().notices == 0)
  }

  @Test("a mutation of several records is seen all at once, however small the pages")
  func atOnce() throws {
    try bo.sync()
    try ana.edit(scope) { draft in for task in tasks { try draft.update(task, [(1, .text("all"))]) } }
    try ana.sync()
    try bo.sync(pageRecords: 2) { (laptop, _) throws in
      #expect(try laptop.replica.records(ofKind: 42).allSatisfy { $0.state.body[1] != $0.state.body[2] })
      #expect(try tasks.allSatisfy { try laptop.sees("title", of: $0) != "all" })
    }
    #expect(try tasks.allSatisfy { try bo.sees("title", of: $0) == "all" })
  }

  @Test("sends the next edits before it commits the answer to the last, and each takes effect once")
  func ahead() throws {
    for number in 0..<5 { try ana.set(tasks[number], ["title": "new \(number)"], in: scope) }
    var session = SyncSession(ana.replica, editsMax: 2)
    var effects = try session.handle(.begin)
    var early: WireSyncRequest?
    var pushes: [Int] = []
    while let effect = effects.first {
      if case .finish(let report) = effect {
        #expect(report.sent == 5 && report.ending == .complete)
        break
      }
      var asked = effect
      if case .awaitAhead(let number) = effect { asked = .sync(request: number, try #require(early)) }
      let event = try ana.answer(asked)
      pushes.append(ana.pushed.last?.count ?? 0)
      if case .answered(_, let response, _, _) = event {
        let prepared = try session.prepareAhead()
        early = try session.requestAhead(of: response)
        #expect(early?.push ?? [] == prepared)
      }
      let waiting = early
      effects = try session.handle(event)
      if waiting != nil, case .awaitAhead? = effects.first {} else { #expect(waiting == nil) }
    }
    #expect(pushes == [2, 2, 1] && early == nil)
    for number in 0..<5 { #expect(try office.outcomes(of: tasks[number], in: scope).count == 2) }
    #expect(try ana.equalsServer() && ana.replica.waitingCount() == 0)
  }

  @Test("asks anew when another process of the device has gone on meanwhile")
  func aheadInVain() throws {
    for number in 0..<3 { try ana.set(tasks[number], ["title": "new \(number)"], in: scope) }
    var session = SyncSession(ana.replica, editsMax: 1)
    let first = try #require(try session.handle(.begin).first)
    let event = try ana.answer(first)
    guard case .answered(_, let response, _, _) = event else { throw Surprise("\(event)") }
    #expect(try session.requestAhead(of: response)?.push.count == 1)
    try Laptop(ana, ana.replica).sync()
    let next = try #require(try session.handle(event).first)
    guard case .sync(_, let request) = next else { throw Surprise("\(next)") }
    #expect(request.push.isEmpty)
    #expect(try ana.equalsServer() && ana.replica.waitingCount() == 0)
  }

  @Test("a waiting edit is shown again once its record is back")
  func backAgain() throws {
    let backup = try office.backup()
    let task = try ana.task(in: scope, title: "gone")
    try ana.sync()
    try bo.sync()
    for (number, id) in [tasks[0], tasks[1], task].enumerated() {
      try bo.set(id, ["title": "mine \(number)"], in: scope)
    }
    try office.restore(backup)
    var session = SyncSession(bo.replica, editsMax: 1)
    var effects = try session.handle(.begin)
    func send(until waiting: Int) throws {
      while try bo.replica.waitingCount() > waiting {
        effects = try session.handle(bo.answer(try #require(effects.first)))
      }
    }
    try send(until: 2)
    #expect(try bo.replica.record(task) == nil)
    try ana.sync()
    try send(until: 1)
    #expect(try bo.sees("title", of: task) == "mine 2")
    try send(until: 0)
    #expect(try office.record(task, in: scope) != nil && bo.sees("title", of: task) == "mine 2")
  }

  @Test("stops a server that sends on and on; nothing of it stays, and edits wait")
  func sentOnAndOn() throws {
    let dan = try office.person("Dan", replica: try Replica(inMemory: (), stagedBytesMax: 1_500))
    try office.share(scope, with: dan, .contributor)
    let own = try dan.account("Own")
    func isStaged() throws -> Bool { try dan.replica.read { try $0.lastStaged() } != nil }
    var wasStaged = false
    #expect(throws: ReplicaError.tooMuchSent(mebibytes: 0)) {
      _ = try dan.sync(pageRecords: 1) { (_, _) throws in
        wasStaged = try wasStaged || isStaged()
      }
    }
    #expect(wasStaged)
    #expect(try !isStaged() && dan.replica.count() == 0)
    #expect(try dan.sees("name", of: try #require(own.account)) == "Own")
  }

  @Test("goes on where it was interrupted, and sends nothing again in between")
  func interrupted() throws {
    var session = SyncSession(bo.replica, pageRecordsMax: 3)
    var effects = try session.handle(.begin)
    for _ in 0..<3 { effects = try session.handle(bo.answer(try #require(effects.first))) }
    #expect(try bo.replica.count() == 0)
    try ana.set(tasks[0], ["title": "moved"], in: scope)
    try ana.sync()
    let report = try bo.sync(pageRecords: 3)
    #expect(report.ending == .complete && report.repaired == 0)
    #expect(try bo.equalsServer() && bo.sees("title", of: tasks[0]) == "moved")
  }

  @Test("an edit made while pages arrive waits for the next exchange, and shows throughout")
  func editWhilePaging() throws {
    try bo.sync()
    for task in tasks { try ana.set(task, ["title": "new"], in: scope) }
    try ana.sync()
    var edited = false
    let report = try bo.sync(pageRecords: 2) { (laptop, response) throws in
      if !edited {
        edited = true
        try laptop.set(tasks[4], ["detail": "mine"], in: scope)
      }
      #expect(try laptop.sees("detail", of: tasks[4]) == "mine")
    }
    #expect(report.sent == 1 && report.refused.isEmpty)
    #expect(
      try bo.replica.waitingCount() == 0 && bo.sees("detail", of: tasks[4]) == "mine" && bo.equalsServer())
  }

  @Test("a late or repeated answer to a request that is not open any more is ignored")
  func stale() throws {
    var session = SyncSession(bo.replica, pageRecordsMax: 4)
    let first = try #require(try session.handle(.begin).first)
    let answer = try bo.answer(first)
    let second = try #require(try session.handle(answer).first)
    let staged = try bo.replica.read { try $0.lastStaged() }
    #expect(try session.handle(answer).isEmpty)
    #expect(try bo.replica.read { try $0.lastStaged() } == staged)
    let state = session.state
    for event: SyncSession.Event in [
      .begin, .renumbered(request: 2, .init()), .compared(request: 2, .init()), .fetched(request: 2, .init()),
    ] {
      #expect(try session.handle(event).isEmpty && session.state == state)
    }
    var effects = try session.handle(bo.answer(second))
    while let effect = effects.first {
      if case .finish = effect { break }
      effects = try session.handle(bo.answer(effect))
    }
    #expect(session.state == .finished)
    #expect(try session.handle(answer).isEmpty && session.handle(.begin).isEmpty)
    #expect(try bo.equalsServer())
  }

  @Test("an answer that another process has overtaken is not applied; the session goes on from there")
  func overtaken() throws {
    try bo.sync()
    try ana.set(tasks[0], ["title": "first"], in: scope)
    try ana.sync()
    var session = SyncSession(bo.replica)
    let slow = try bo.answer(try #require(try session.handle(.begin).first))
    office.now += 1_000
    try ana.set(tasks[0], ["title": "second"], in: scope)
    try ana.sync()
    let other = Laptop(bo, bo.replica)
    try other.sync()
    #expect(try bo.sees("title", of: tasks[0]) == "second")
    var effects = try session.handle(slow)
    #expect(try bo.sees("title", of: tasks[0]) == "second", "reads never go back")
    while let effect = effects.first {
      if case .finish(let report) = effect {
        #expect(report.ending == .complete)
        break
      }
      effects = try session.handle(bo.answer(effect))
    }
    #expect(try bo.sees("title", of: tasks[0]) == "second" && bo.equalsServer())
  }

  @Test("a server that never lets a session end is given up on")
  func endless() throws {
    try bo.sync()
    try bo.set(tasks[0], ["title": "x"], in: scope)
    var session = SyncSession(bo.replica)
    var effects = try session.handle(.begin)
    var requests = 0
    var ending: SyncReport.Ending?
    while let effect = effects.first {
      if case .finish(let report) = effect { ending = report.ending }
      guard case .sync(let number, _) = effect else { break }
      requests += 1
      guard requests <= 20_000 else { break }
      // It takes nothing, and says nothing.
      let answer = WireSyncResponse.with {
        $0.push = .ok
        $0.epoch = (try? bo.replica.progress().epoch) ?? ""
      }
      effects = try session.handle(.answered(request: number, answer, sent: 0, received: 0))
    }
    #expect(ending == .serverKeepsAsking)
  }
}
