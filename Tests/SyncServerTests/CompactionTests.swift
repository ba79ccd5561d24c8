import PlanModel
import ProtocolMessages
import SQLiteStore
import SyncCore
import SyncServer
import Testing

@Suite("Compaction")
struct CompactionTests {
  let acme: Organisation
  let ana: Device
  let bo: Device
  let scope: Scope
  private let day: Int64 = 86_400_000

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    bo = try acme.person("Bo")
    scope = try acme.account(managedBy: ana)
    try acme.share(scope, with: bo, .contributor, by: ana)
  }

  /// The server was at work meanwhile, and decided every day: the clock did not jump.
  private func compact() throws -> Int? {
    try acme.store.write { transaction in
      var organization = try transaction.organization()
      organization.compacted = max(organization.compacted, acme.now - Compaction.intervalMilliseconds)
      try transaction.save(organization)
      guard case .removed(let count) = try Compaction.run(in: transaction, now: acme.now) else { return nil }
      return count
    }
  }

  @Test("a deleted record stays for ninety days, and then goes; history keeps it")
  func ninetyDays() throws {
    let task = try ana.task(in: scope)
    try ana.edit(scope, change(task, .task, alive: false))
    let tombstone = try #require(try acme.record(task, in: scope))
    let digest = try acme.row(scope)?.digest
    acme.now += 90 * day
    #expect(try compact() == 0)
    #expect(try acme.record(task, in: scope) != nil && acme.row(scope)?.floor == 0)
    acme.now += day
    #expect(try compact() == 1)
    #expect(try acme.record(task, in: scope) == nil)
    #expect(try acme.row(scope)?.floor == tombstone.sequence)
    #expect(try acme.row(scope)?.digest == digest)
    #expect(try acme.history(of: task, in: scope).count == 2)
    #expect(try ana.edit(scope, change(task, .task, alive: true)).outcome == .targetGone)
  }

  @Test("in steps, what is restored between the look and the removal stays")
  func inSteps() throws {
    let tasks = try (1...5).map { _ in try ana.task(in: scope) }
    for task in tasks { try ana.edit(scope, change(task, .task, alive: false)) }
    acme.now += 91 * day
    let gone = try acme.store.read { try Compaction.tombstones(of: scope, in: $0, now: acme.now) }
    #expect(gone.count == 5)
    try ana.edit(scope, change(tasks[1], .task, alive: true))
    let last = try #require(try acme.record(tasks[4], in: scope)?.sequence)
    for part in [gone[..<3], gone[3...]] {
      try acme.store.write { try Compaction.remove(part, in: $0, now: acme.now) }
    }
    let left = try tasks.filter { try acme.record($0, in: scope) != nil }
    #expect(left == [tasks[1]])
    #expect(try acme.row(scope)?.floor == last)
  }

  @Test("runs at most once a day")
  func daily() throws {
    acme.now += day
    #expect(try compact() == 0)
    acme.now += day - 1
    #expect(try compact() == nil)
    acme.now += 1
    #expect(try compact() == 0)
  }

  @Test(
    "a clock that jumps while people write throws nothing away: what was written then does not vouch for it")
  func jumpsWhileWriting() throws {
    let task = try ana.task(in: scope)
    try ana.edit(scope, change(task, .task, alive: false))
    #expect(try compact() == 0)
    acme.now += 100 * day
    _ = try ana.task(in: scope)
    let outcome = try acme.store.write { try Compaction.run(in: $0, now: acme.now) }
    #expect(outcome == .clockJumped(milliseconds: 100 * day))
    #expect(try acme.record(task, in: scope) != nil)
  }

  @Test("a server that nobody writes to for a month goes on compacting, and suspects no clock")
  func quietMonth() throws {
    for _ in 0..<30 {
      acme.now += day
      let outcome = try acme.store.write { try Compaction.run(in: $0, now: acme.now) }
      #expect(outcome == .removed(0))
    }
  }

  @Test("live records, and the account's own even when deleted, stay")
  func stays() throws {
    let task = try ana.task(in: scope)
    let account = try #require(scope.account)
    try ana.edit(scope, change(account, .account, alive: false))
    acme.now += 200 * day
    #expect(try compact() == 0)
    #expect(try acme.record(task, in: scope) != nil && acme.record(account, in: scope) != nil)
  }

  @Test("a replica that had not heard of the deletion gets that scope again, and only that one")
  func floor() throws {
    let task = try ana.task(in: scope)
    let before = Reader(bo)
    try before.pull()
    try ana.edit(scope, change(task, .task, alive: false))
    let after = Reader(bo)
    try after.pull()
    acme.now += 91 * day
    _ = try compact()
    try before.pull()
    #expect(before.resets == [scope])
    #expect(try before.equalsServer(scope))
    try after.pull()
    #expect(after.resets.isEmpty)
    #expect(
      after.records[scope]?.keys.contains(task) == true, "it holds the tombstone, which no digest counts")
  }

  @Test(
    "a bootstrap begun before a compaction starts over once; one begun after it stays valid however slow it is"
  )
  func slowBootstrap() throws {
    let doomed = try (0..<6).map { try ana.task(in: scope, title: "d\($0)") }
    for _ in 0..<6 { _ = try ana.task(in: scope) }
    for task in doomed { try ana.edit(scope, change(task, .task, alive: false)) }
    acme.now += 91 * day
    let reader = Reader(bo)
    var resets = 0
    // One record a day, with a compaction every day; only the first of them finds something.
    let answers = try reader.pull(pageRecords: 1) { _ in
      resets = reader.resets.filter { $0 == scope }.count
      acme.now += day
      _ = try compact()
    }
    #expect(reader.resets.filter { $0 == scope }.count <= 2)
    #expect(answers < 40)
    #expect(resets <= 2)
    #expect(try reader.equalsServer(scope))
  }

  @Test("a bootstrap that began under the floor that still stands is not reset, although it is below it")
  func belowTheFloor() throws {
    for number in 0..<5 { _ = try ana.task(in: scope, title: "t\(number)") }
    let doomed = try ana.task(in: scope)
    try ana.edit(scope, change(doomed, .task, alive: false))
    acme.now += 91 * day
    #expect(try compact() == 1)
    let reader = Reader(bo)
    try reader.pull(pageRecords: 1)
    #expect(reader.resets.filter { $0 == scope } == [scope])
    #expect(try reader.equalsServer(scope))
  }
}
