import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@Suite("Pull")
struct PullTests {
  let acme: Organisation
  let ana: Device
  let bo: Device
  let scope: Scope

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    bo = try acme.person("Bo")
    scope = try acme.account(managedBy: ana)
    try acme.share(scope, with: bo, .contributor, by: ana)
  }

  @Test("pages of every size end in what the server has", arguments: [1, 2, 3, 7, 100, 0] as [UInt32])
  func pageSizes(records: UInt32) throws {
    for number in 0..<23 { _ = try ana.task(in: scope, title: "t\(number)") }
    let reader = Reader(bo)
    let answers = try reader.pull(pageRecords: records)
    #expect(try reader.equalsServer(scope) && reader.equalsServer(.directory))
    let total = reader.records.values.reduce(0) { $0 + $1.count }
    #expect(reader.entries == total)
    #expect(records == 0 ? answers == 1 : (total / Int(records)...total + 3).contains(answers))
  }

  @Test(
    "pages of any number of bytes hold at least one record", arguments: [1, 100, 1_000, 1 << 20] as [UInt32])
  func pageBytes(bytes: UInt32) throws {
    for number in 0..<9 {
      _ = try ana.task(in: scope, ["detail": String(repeating: "x", count: 300)], title: "t\(number)")
    }
    let reader = Reader(bo)
    try reader.pull(pageBytes: bytes)
    #expect(try reader.equalsServer(scope))
  }

  @Test("a record that changed ten times is sent once; one that did not is not sent")
  func currentRecords() throws {
    let task = try ana.task(in: scope)
    let other = try ana.task(in: scope)
    let reader = Reader(bo)
    try reader.pull()
    for number in 0..<10 {
      acme.now += 1_000
      try ana.edit(scope, change(task, .task, ["title": "t\(number)"]))
    }
    let response = try bo.pull(reader.checkpoint)
    #expect(response.pages.map(\.scope) == [scope.description])
    #expect(response.pages.map(\.records.count) == [1])
    #expect(response.pages.map(\.reset) == [false] && response.pages.map(\.complete) == [true])
    try reader.take(response)
    #expect(reader.records[scope]?[task]?.body == (try acme.record(task, in: scope))?.body)
    #expect(reader.records[scope]?[other] != nil)
  }

  @Test("a record that changes while pages are fetched is sent again")
  func moving() throws {
    let tasks = try (0..<10).map { try ana.task(in: scope, title: "t\($0)") }
    let reader = Reader(bo)
    try reader.pull(pageRecords: 3) { answers in
      if answers < 8 { try ana.edit(scope, change(tasks[answers % 3], .task, ["title": "moved \(answers)"])) }
      acme.now += 1_000
    }
    #expect(try reader.equalsServer(scope))
  }

  @Test("nothing new: no page, no manifest, no checkpoint")
  func idle() throws {
    let reader = Reader(bo)
    try reader.pull()
    let response = try bo.pull(reader.checkpoint)
    #expect(response.pages.isEmpty && !response.hasManifest && response.checkpoint.isEmpty && !response.more)
    #expect(response.epoch == (try acme.store.read { try $0.organization().epoch }))
    #expect(response.serverMs == acme.now)
    #expect(response.serverHlc >= HybridClock.value(milliseconds: acme.now))
  }

  @Test("the manifest is sent when what the person may see has changed, and only then")
  func manifest() throws {
    let reader = Reader(bo)
    try reader.pull()
    #expect(reader.manifest.count == 3)
    _ = try ana.task(in: scope)
    #expect(try !bo.pull(reader.checkpoint).hasManifest)
    let other = try acme.account("Other", managedBy: ana)
    #expect(try !bo.pull(reader.checkpoint).hasManifest)
    try acme.share(other, with: bo, .viewer, by: ana)
    let response = try bo.pull(reader.checkpoint)
    #expect(response.manifest.entries.map(\.scope).contains(other.description))
    try reader.take(response)
    try acme.share(other, with: bo, .viewer, by: ana)
    #expect(try !bo.pull(reader.checkpoint).hasManifest)
    let eva = Reader(try acme.person("Eva", .executive))
    try eva.pull()
    _ = try acme.account("Third", managedBy: ana)
    #expect(try eva.device.pull(eva.checkpoint).hasManifest)
  }

  @Test("an empty new scope is told too, with its digest")
  func emptyScope() throws {
    let finance = Scope.finance(try #require(scope.account))
    let page = try #require(try bo.pull().pages.first { $0.scope == finance.description })
    #expect(page.reset && page.complete && page.records.isEmpty && page.head == 0)
    #expect(page.digest.live == 0 && page.digest.sum == Data(repeating: 0, count: 16))
  }

  @Test("last_mutation is read with the pages")
  func lastMutation() throws {
    #expect(try bo.pull().lastMutation == 0)
    try bo.edit(scope, create(acme.newID(), .contact, ["name": "x"]))
    #expect(try bo.pull().lastMutation == 1)
    #expect(try ana.pull().lastMutation == ana.sequence)
  }

  @Test("access lost and given again is a new grant epoch: the scope comes from its start, with reset")
  func grantEpoch() throws {
    let reader = Reader(bo)
    try reader.pull()
    let epoch = reader.manifest[scope]?.grantEpoch
    try acme.share(scope, with: bo, nil, by: ana)
    try acme.share(scope, with: bo, .contributor, by: ana)
    try reader.pull()
    #expect(reader.manifest[scope]?.grantEpoch != epoch)
    #expect(Set(reader.resets) == [scope, .finance(try #require(scope.account))])
    #expect(try reader.equalsServer(scope))
  }

  @Test("a change of role keeps the plan's grant epoch; figures lost and given again get a new one")
  func roleChange() throws {
    let finance = Scope.finance(try #require(scope.account))
    let reader = Reader(bo)
    try reader.pull()
    let before = reader.manifest
    try acme.share(scope, with: bo, .manager, by: ana)
    try reader.pull()
    #expect(reader.manifest[scope]?.grantEpoch == before[scope]?.grantEpoch)
    #expect(reader.manifest[finance]?.grantEpoch == before[finance]?.grantEpoch)
    #expect(reader.manifest[scope]?.role == .manager)
    try acme.share(scope, with: bo, .viewer, by: ana)
    try reader.pull()
    #expect(reader.manifest[finance] == nil && reader.records[finance] == nil)
    #expect(reader.resets.isEmpty)
    try acme.share(scope, with: bo, .contributor, by: ana)
    try reader.pull()
    #expect(reader.manifest[finance]?.grantEpoch != before[finance]?.grantEpoch)
    #expect(reader.resets == [finance])
    #expect(reader.manifest[scope]?.grantEpoch == before[scope]?.grantEpoch)
  }

  @Test("a scope is sent again from the start when it is asked for")
  func resetScopes() throws {
    let reader = Reader(bo)
    try reader.pull()
    try reader.pull(pageRecords: 2, resetting: [scope])
    #expect(reader.resets == [scope])
    #expect(try reader.equalsServer(scope))
    #expect(try bo.pull(reader.checkpoint, resetting: [.plan(acme.newID())]).pages.isEmpty)
  }

  @Test(
    "a forged, foreign, truncated or stale checkpoint reads as empty, and shows nothing that is not allowed")
  func badCheckpoints() throws {
    let foreign = try acme.account("Secret", managedBy: ana)
    _ = try ana.task(in: foreign, title: "secret")
    let mine = Reader(bo)
    try mine.pull()
    let anas = Reader(ana)
    try anas.pull()
    var random = Sequence64(seed: 9)
    var bad: [Data] = [
      Data([0]), Data(count: 15), Data(count: 16), Data(count: 64), mine.checkpoint.dropLast(),
      mine.checkpoint + [0], anas.checkpoint, Data(mine.checkpoint.reversed()),
    ]
    for _ in 0..<2_000 {
      var forged = Array(random.next() % 2 == 0 ? mine.checkpoint : anas.checkpoint)
      for _ in 0...(random.next() % 3) {
        forged[Int(random.next() % UInt64(forged.count))] ^= UInt8(1 << (random.next() % 8))
      }
      if Data(forged) != mine.checkpoint { bad.append(Data(forged)) }
    }
    let fresh = try bo.pull()
    for checkpoint in bad {
      let response = try bo.pull(checkpoint)
      #expect(response.manifest == fresh.manifest)
      #expect(response.pages == fresh.pages)
    }
    #expect(!fresh.pages.contains { $0.scope == foreign.description })
    try acme.store.write { try Founding.beginEpoch(because: "restored", by: "host", in: $0, now: acme.now) }
    #expect(try bo.pull(mine.checkpoint).pages.map(\.reset) == [true, true, true])
  }

  @Test("two organisations on two servers do not accept each other's checkpoints")
  func foreignServer() throws {
    let other = try Organisation()
    let reader = Reader(try other.person("Bo"))
    try reader.pull()
    #expect(try bo.pull(reader.checkpoint).pages.allSatisfy(\.reset))
  }

  @Test("a device's own new record comes as an echo, once, and to nobody else")
  func echo() throws {
    let reader = Reader(bo)
    try reader.pull()
    let others = Reader(ana)
    try others.pull()
    let made = acme.newID()
    let mutation = bo.mutation(scope, create(made, .task, ["title": "Call Cy", "department": "sales"]))
    let push = try bo.push(mutation)
    let page = try #require(try bo.pull(reader.checkpoint, push: push).pages.first)
    #expect(
      try page.records.map { try PageEntry(decoding: Array($0)) }
        == [.echo(id: made, sequence: page.head, mutation: mutation.sequence)])
    #expect(page.complete && page.digest.live > 0)
    // The same push again is a repetition: the bytes come whole.
    let again = try bo.pull(reader.checkpoint, push: try bo.push(mutation))
    #expect(try again.pages.first?.records.map { try RecordState(decoding: Array($0)).id } == [made])
    try others.pull()
    #expect(try others.equalsServer(scope))
  }

  @Test(
    "no echo for a record that is not exactly what the mutation made",
    arguments: ["clamped", "guarded", "existed", "changed in the same push", "changed in the same mutation"])
  func noEcho(why: String) throws {
    let made = acme.newID()
    let creation = create(made, .task, ["title": "Call Cy", "department": "sales"])
    let mutations: [WireMutation] =
      switch why {
      case "clamped": [bo.mutation(scope, creation, ahead: 3_600_000)]
      case "guarded": [bo.mutation(scope, creation, guards: [expectation(made, "title", .unset(true))])]
      case "existed":
        {
          _ = try? ana.edit(scope, creation)
          return [bo.mutation(scope, creation)]
        }()
      case "changed in the same push":
        [bo.mutation(scope, creation), bo.mutation(scope, change(made, .task, ["title": "Call Di"]))]
      default: [bo.mutation(scope, creation, change(made, .task, ["detail": "by phone"]))]
      }
    let push = try bo.push(mutations)
    #expect(push.results.allSatisfy { $0.outcome == .applied })
    let reader = Reader(bo)
    try reader.take(try bo.pull(push: push))
    #expect(try reader.equalsServer(scope))
  }

  @Test(
    "digests of 256 buckets sum to the scope's, and the records of buckets are all there are, deleted ones too"
  )
  func repair() throws {
    let tasks = try (0..<40).map { try ana.task(in: scope, title: "t\($0)") }
    try ana.edit(scope, change(tasks[3], .task, alive: false))
    let row = try #require(try acme.row(scope))
    let digests = try #require(try acme.store.read { try Repair.digests(of: scope, by: bo.author, from: $0) })
    #expect(digests.head == row.head && digests.buckets.count == 256)
    let sum = digests.buckets.reduce(ScopeDigest()) {
      let bucket = ScopeDigest(live: $1.live, sumBytes: $1.sum)
      return ScopeDigest(live: $0.live + bucket.live, sum: $0.sum &+ bucket.sum)
    }
    #expect(sum == row.digest)
    let wanted = Set(tasks.prefix(5).map { UInt32($0.lastByte) })
    let answer = try #require(
      try acme.store.read {
        try Repair.records(of: scope, buckets: Array(wanted) + [999], by: bo.author, from: $0)
      })
    let ids = try answer.records.map { try RecordState(decoding: Array($0)).id }
    let account = try #require(scope.account)
    #expect(Set(ids) == Set((tasks + [account]).filter { wanted.contains(UInt32($0.lastByte)) }))
    #expect(ids.count == Set(ids).count && answer.remaining.isEmpty && answer.head == row.head)
  }

  @Test("the answer is read by the message that other languages generate")
  func typedAnswer() throws {
    _ = try ana.task(in: scope)
    let response = try bo.pull()
    let typed = try KamSyncResponse(serializedBytes: response.serializedBytes() as [UInt8])
    #expect(typed.pages.map(\.records.count) == response.pages.map(\.records.count))
    #expect(typed.pages.flatMap(\.records).contains { $0.body.task.title == "Call Ana" })
    #expect(try typed.serializedBytes() as [UInt8] == response.serializedBytes())
  }
}
