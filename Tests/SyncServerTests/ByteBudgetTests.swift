import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

/// What a request of few bytes may make the server write, and say.
@Suite("Byte budgets")
struct ByteBudgetTests {
  let acme: Organisation
  let ana: Device
  let bo: Device
  let scope: Scope
  let task: RecordID
  /// 60,000 bytes: as long as a note may be.
  let long = String(repeating: "木", count: 20_000)

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    bo = try acme.person("Bo")
    scope = try acme.account(managedBy: ana)
    try acme.share(scope, with: bo, .contributor, by: ana)
    task = try ana.task(in: scope)
    acme.now += 1_000
  }

  private func historyBytes() throws -> Int { try acme.historyRows().reduce(0) { $0 + $1.entry.count } }

  private func size(_ answer: WireSyncResponse) throws -> Int {
    (try answer.serializedBytes() as [UInt8]).count
  }

  @Test("an edit that is refused is written down once, and briefly, however much it says")
  func refusals() throws {
    var edit = bo.mutation(scope)
    edit.summary = String(repeating: "words ", count: 20_000)
    edit.changes = (0..<200).map { _ in change(task, .task, ["detail": long]) }
    let before = try historyBytes()
    let rows = try acme.historyRows().count
    #expect(try bo.push(edit).results.first?.outcome == .invalid)
    #expect(try acme.historyRows().count == rows + 1)
    #expect(try historyBytes() - before < 2_000)
    // A short one is kept with its words.
    try bo.edit(scope, change(task, .task, ["status": "done"]))
    let entry = try #require(try acme.history(of: task, in: scope).first)
    #expect(entry.outcome == .invalid && !entry.change.set.isEmpty)
  }

  @Test("old edits that arrive and lose are told once, and do not carry what stands again and again")
  func keptNotices() throws {
    try ana.edit(scope, change(task, .task, ["detail": long]))
    let before = try historyBytes()
    for number in 0..<520 {
      let result = try bo.edit(
        scope, change(task, .task, ["detail": "old \(number)"]),
        stamp: Stamp(hlc: UInt64(number + 1), replica: bo.number))
      #expect(result.effects.map(\.effect) == [.lost])
      let other = try #require(result.effects.first?.other)
      #expect(other.fullBytes > 60_000 && other.value.count <= Limits.otherValueBytesMax + 16)
    }
    let answer = try ana.pull()
    #expect(answer.notices.count == 1 && answer.notices[0].number == 520)
    #expect(try size(answer) < 80_000)
    #expect(try historyBytes() - before < 520 * 2_500)
    // The beginning is text that can be read.
    let beginning = try text(answer.notices[0].yours, "detail")
    #expect(beginning.map { long.hasPrefix($0) && $0.count > 300 } == true)
    #expect(answer.notices[0].yours.fullSha256.count == 16)
  }

  @Test("every edit that does not stand is told by itself, with all it said")
  func replacedNotices() throws {
    for number in 0..<3 {
      try bo.edit(scope, change(task, .task, ["detail": "\(number)\(long.dropLast(10))"]))
      acme.now += 1_000
      let result = try ana.edit(scope, change(task, .task, ["detail": "short \(number)"]))
      // What Ana had not seen does not stand any more: she may want it back.
      #expect(result.effects.first?.other.fullBytes == 0)
      acme.now += 1_000
    }
    let notices = try bo.pull().notices
    #expect(notices.map(\.type) == [.replaced, .replaced, .replaced])
    for (number, notice) in notices.enumerated() {
      #expect(notice.yours.fullBytes == 0)
      #expect(try text(notice.yours, "detail")?.hasPrefix("\(number)") == true)
    }
    // Beside the edit, history has the beginning; whole, it is where it was written.
    let entries = try acme.history(of: task, in: scope)
    let effect = try #require(
      entries.first { $0.change.set.count < 100 && !$0.effects.isEmpty }?.effects.first)
    #expect(effect.other.fullBytes > 50_000 && effect.other.value.count < 1_100)
  }

  @Test("notices of an answer have a bound in bytes; one always fits; they come with the last page")
  func noticesInAnswers() throws {
    let count = Limits.noticesBytesMax / 60_000 + 3
    for number in 0..<count {
      let own = try ana.task(in: scope, title: "Task \(number)")
      acme.now += 10
      try bo.edit(scope, change(own, .task, ["detail": long]))
      acme.now += 10
      try ana.edit(scope, change(own, .task, ["detail": "short"]))
    }
    var heard = 0
    var answers = 0
    while true {
      let answer = try bo.pull(bo.pull().checkpoint, acknowledgedNotices: UInt64(heard))
      let bytes = try answer.notices.reduce(0) { $0 + (try $1.serializedBytes() as [UInt8]).count }
      #expect(bytes <= Limits.noticesBytesMax + 100_000 && !answer.notices.isEmpty)
      heard += answer.notices.count
      answers += 1
      guard answer.moreNotices else { break }
    }
    #expect(heard == count && answers == 2)
    // Of a replica on a slow line: a page at a time, and then a notice at a time.
    let first = try bo.pull(maxBytes: 64)
    #expect(first.more && first.notices.isEmpty)
    let last = try bo.pull(bo.pull().checkpoint, maxBytes: 1)
    #expect(!last.more && last.notices.count == 1 && last.moreNotices)
  }

  @Test(
    "a deletion of much that its author had not seen tells of each, and holds what the edit itself may hold")
  func deletions() throws {
    let records = try (0..<20).map { _ in try bo.task(in: scope) }
    for record in records {
      acme.now += 1
      try bo.edit(scope, change(record, .task, ["detail": long]))
    }
    acme.now += 1_000
    let before = try historyBytes()
    var deletion = ana.mutation(scope)
    deletion.changes = records.map { change($0, .task, alive: false) }
    let result = try #require(try ana.push(deletion).results.first)
    #expect(result.outcome == .applied && result.effects.count >= 20)
    #expect((try result.serializedBytes() as [UInt8]).count < 150_000)
    #expect(try historyBytes() - before < 150_000)
    #expect(try size(bo.pull()) < 4_500_000)
    // Nothing is lost with it: the record has it.
    try ana.edit(scope, change(records[0], .task, alive: true))
    #expect(try acme.value("detail", of: records[0], in: scope) == long)
  }

  @Test("a bucket that is longer than an answer is left out whole, and nothing of it is held")
  func repair() throws {
    let row = try #require(try acme.row(scope))
    var ids: [RecordID] = []
    for number in 0..<90 {
      // All in one bucket, which is the last byte of an id.
      let base = acme.newID()
      let id = RecordID(high: base.high, low: base.low & ~0xFF | 0x42)
      ids.append(id)
      try bo.edit(scope, create(id, .task, ["title": "T\(number)", "department": "sales", "detail": long]))
    }
    let answer = try #require(
      try acme.store.read {
        try Repair.records(of: scope, buckets: Array(0...255), by: bo.author, from: $0)
      })
    let head = try acme.row(scope)?.head
    #expect(answer.remaining == [0x42] && answer.head == head)
    #expect(answer.records.count < 10 && row.number > 0)
  }

  @Test("an answer of history has a bound in bytes, one entry always fits, and asking on tells all")
  func history() throws {
    let count = Limits.historyBytesMax / 60_000 + 5
    for number in 0..<count {
      acme.now += 1
      try bo.edit(scope, change(task, .task, ["detail": "\(number)\(long.dropLast(10))"]))
    }
    var before: UInt64 = 0
    var found = 0
    var answers = 0
    while true {
      let answer = try #require(
        try acme.store.read { reading in
          try HistoryQuery.answer(
            .with {
              $0.scope = scope.description
              $0.record = task.description
              $0.before = before
              $0.limit = 500
            }, by: ana.author, from: reading)
        })
      #expect((try answer.serializedBytes() as [UInt8]).count < Limits.historyBytesMax + 200_000)
      found += answer.entries.count
      answers += 1
      guard answer.more, let last = answer.entries.last else { break }
      before = last.number
    }
    #expect(found == count + 1 && answers == 2)
  }
}
