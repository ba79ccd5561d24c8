import Crypto
import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@Suite("History")
struct HistoryTests {
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
    acme.now += 1_000
  }

  @Test("says who, when, on which device, what, and with what result")
  func entry() throws {
    let mutation = bo.mutation(scope, change(task, .task, ["title": "Call Cy"], seen: [:]))
    let result = try #require(try bo.push(mutation).results.first)
    let entry = try #require(try acme.history(of: task, in: scope).first)
    #expect(entry.mutation == mutation.id)
    #expect(entry.replica == bo.number && entry.deviceName == "bo@acme.example's laptop")
    #expect(entry.user == bo.user.description && entry.userName == "Bo")
    #expect(entry.serverMs == acme.now)
    #expect(entry.original == mutation.stamp && !entry.hasFinal)
    #expect(entry.outcome == .applied)
    #expect(entry.change == mutation.changes[0])
    #expect(entry.effects == result.effects && entry.effects.map(\.effect) == [.wonOverUnseen])
    #expect(entry.summary == mutation.summary && entry.reason.isEmpty)
  }

  @Test("an author's summary is one line, whatever they sent")
  func oneLine() throws {
    var mutation = bo.mutation(scope, change(task, .task, ["title": "Call Cy"]))
    mutation.summary = "Called\n\u{1B}[2JAna: paid\u{2028}\u{85}all"
    #expect(try bo.push(mutation).results.first?.outcome == .applied)
    let entry = try #require(try acme.history(of: task, in: scope).first)
    #expect(entry.summary == "Called  [2JAna: paid  all")
  }

  @Test("holds what was applied, what lost and what was refused, newest first")
  func allOutcomes() throws {
    try bo.edit(scope, change(task, .task, ["title": "Call Cy"]))
    try bo.edit(scope, change(task, .task, ["title": "Call Di"]), ahead: -900)
    try bo.edit(scope, change(task, .task, ["title": "Call Ed"]), stamp: Stamp(hlc: 1, replica: bo.number))
    try bo.edit(scope, change(task, .task, ["status": "done"]))
    try bo.edit(
      scope, change(task, .task, ["status": "done"]), guards: [expectation(task, "status", .alive(false))])
    try bo.edit(
      scope, change(task, .task, ["claimed-by": ana.user.description]),
      guards: [expectation(task, "claimed-by", .unset(true))])
    // Whoever may only read leaves no words in it.
    let viewer = try acme.person("Vi")
    try acme.share(scope, with: viewer, .viewer, by: ana)
    try viewer.edit(scope, change(task, .task, ["title": "mine"]))
    let entries = try acme.history(of: task, in: scope)
    #expect(
      entries.map(\.outcome) == [.denied, .guardFailed, .invalid, .applied, .applied, .applied, .applied])
    #expect(entries[3].effects.map(\.effect) == [.lost])
    #expect(entries[0].reason.hasPrefix("Claiming in another person's name"))
    #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.number > $1.number })
  }

  @Test("a mutation of several records has a row for each")
  func severalRecords() throws {
    let other = acme.newID()
    try ana.edit(
      scope, create(other, .contact, ["name": "Cy"]), change(task, .task, ["title": "Call Cy"]))
    #expect(try acme.history(of: other, in: scope).count == 1)
    #expect(try acme.history(of: task, in: scope).count == 2)
    #expect(
      try acme.history(of: other, in: scope)[0].mutation == acme.history(of: task, in: scope)[0].mutation)
  }

  @Test("is read in pages, newest first, and says whether there is more")
  func pages() throws {
    for number in 0..<7 { try ana.edit(scope, change(task, .task, ["title": "t\(number)"])) }
    var before: UInt64 = 0
    var numbers: [UInt64] = []
    var sizes: [Int] = []
    while true {
      let answer = try #require(
        try acme.store.read {
          try HistoryQuery.answer(
            .with {
              $0.scope = scope.description
              $0.record = task.description
              $0.before = before
              $0.limit = 3
            }, by: ana.author, from: $0)
        })
      numbers += answer.entries.map(\.number)
      sizes.append(answer.entries.count)
      before = try #require(answer.entries.last?.number)
      guard answer.more else { break }
    }
    #expect(sizes == [3, 3, 2])
    #expect(numbers == numbers.sorted(by: >) && Set(numbers).count == 8)
  }

  @Test("a refused change that is no message is kept without what cannot be read, so that history can be")
  func unreadableChange() throws {
    for set in [[0x0A, 0x05, 0x41], encodeBody([0x0A, 0x02, 0xFF, 0xFE], kind: 42)] as [[UInt8]] {
      var broken = change(task)
      broken.set = Data(set)
      #expect(try bo.edit(scope, broken).outcome == .invalid)
    }
    let answer = try #require(
      try acme.store.read {
        try HistoryQuery.answer(
          .with {
            $0.scope = scope.description
            $0.record = task.description
          }, by: ana.author, from: $0)
      })
    #expect(answer.entries.map(\.outcome) == [.invalid, .invalid, .applied])
    // The message every client of another language decodes.
    let typed = try KamHistoryResponse(serializedBytes: answer.serializedBytes() as [UInt8])
    #expect(typed.entries.map(\.change.hasSet) == [false, false, true])
    #expect(typed.entries.last?.change.set.task.title == "Call Ana")
  }
}
