import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@Suite("Forged tokens and ids")
struct ForgeryTests {
  let acme: Organisation
  let ana: Device
  let bo: Device
  let secret: Scope
  let task: RecordID

  init() throws {
    acme = try Organisation()
    ana = try acme.person("Ana")
    bo = try acme.person("Bo")
    secret = try acme.account("Secret", managedBy: ana)
    task = try ana.task(in: secret)
    _ = try acme.account("Bo's own", managedBy: bo)
  }

  @Test("of 100,000 forged checkpoints none is taken for a real one")
  func checkpoints() throws {
    let organization = try acme.store.read { try $0.organization() }
    let mine = Array(try bo.pull().checkpoint)
    let foreign = Array(try ana.pull().checkpoint)
    #expect(Checkpoint(unsealing: mine, for: bo.user, organization: organization) != nil)
    #expect(Checkpoint(unsealing: foreign, for: bo.user, organization: organization) == nil)
    var random = Sequence64(seed: 99)
    var taken = 0
    for number in 0..<100_000 {
      var forged = number.isMultiple(of: 2) ? mine : foreign
      switch random.next() % 4 {
      case 0: forged[Int(random.next() % UInt64(forged.count))] ^= UInt8(1 << (random.next() % 8))
      case 1: forged.append(UInt8(truncatingIfNeeded: random.next()))
      case 2: forged.removeLast(1 + Int(random.next() % UInt64(forged.count)))
      default: forged = (0..<(random.next() % 64)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      }
      if forged == mine { continue }
      if Checkpoint(unsealing: forged, for: bo.user, organization: organization) != nil { taken += 1 }
    }
    #expect(taken == 0)
  }

  @Test("whatever checkpoint a person sends, they get no record of a scope that is not theirs")
  func pulls() throws {
    var random = Sequence64(seed: 7)
    let foreign = Array(try ana.pull().checkpoint)
    for _ in 0..<2_000 {
      var forged = foreign
      forged[Int(random.next() % UInt64(forged.count))] ^= UInt8(1 << (random.next() % 8))
      let answer = try bo.pull(Data(forged), resetting: [secret, .finance(task)])
      #expect(answer.pages.allSatisfy { $0.scope != secret.description })
      #expect(!answer.manifest.entries.contains { $0.scope == secret.description })
    }
  }

  @Test("a stranger gets the same answers, byte for byte, whether an account exists or not")
  func differential() throws {
    let (without, with) = (try answers(exists: false), try answers(exists: true))
    #expect(without.count == 16 && without == with)
    // What differs at all would be seen: its manager gets others.
    #expect(try answers(exists: true, byManager: true) != with)
  }

  /// All that somebody may send about an account, and what comes back. Two organisations alike in all but whether the
  /// account is one of theirs.
  private func answers(exists: Bool, byManager: Bool = false) throws -> [Data] {
    let acme = try Organisation()
    let ana = try acme.person("Ana")
    let bo = try acme.person("Bo")
    let own = try acme.account("Own", managedBy: bo)
    let (first, second) = (acme.newID(), acme.newID())
    let made = exists ? first : second
    let scope = Scope.plan(first)
    let held = acme.newID()
    for (id, kind, values) in [
      (made, KindDescription.account, ["name": "Secret"]),
      (held, .task, ["title": "x", "department": "sales"]),
    ] { #expect(try ana.edit(.plan(made), create(id, kind, values)).outcome == .applied) }
    let asker = byManager ? ana : bo
    var answers: [Data] = []
    for place in [scope, .finance(first)] {
      for attempt in [
        change(held, .task, ["title": "mine"]), change(held, .task, alive: false),
        create(acme.newID(), .task, ["title": "y", "department": "sales"]),
        create(acme.newID(), .comment, ["about": held.description, "about-kind": "42", "text": "z"]),
      ] { answers.append(try asker.edit(place, attempt).serializedData()) }
      let (digests, records, history) = try acme.store.read { reading in
        (
          try Repair.digests(of: place, by: asker.author, from: reading)?.serializedData(),
          try Repair.records(of: place, buckets: Array(0..<256), by: asker.author, from: reading)?
            .serializedData(),
          try HistoryQuery.answer(
            .with {
              $0.scope = place.description
              $0.record = held.description
            }, by: asker.author, from: reading)?.serializedData()
        )
      }
      answers += [digests ?? Data(), records ?? Data(), history ?? Data()]
    }
    // In a scope of their own the same record id is another record.
    answers.append(
      try bo.edit(own, create(held, .task, ["title": "o", "department": "sales"])).serializedData())
    answers.append(Data("\(try acme.share(scope, with: bo, .manager, by: asker))".utf8))
    let pulled = try bo.pull(resetting: [scope, .finance(first)])
    #expect(byManager || pulled.pages.allSatisfy { !$0.scope.contains(first.description) })
    return answers
  }

  @Test("of 100,000 guessed and altered ids none opens a scope, a record or a history that is not one's own")
  func ids() throws {
    let account = try #require(secret.account)
    var random = Sequence64(seed: 3)
    var opened = 0
    try acme.store.read { reading in
      for number in 0..<100_000 {
        let id =
          number == 0
          ? account
          : RecordID(
            high: account.high ^ random.next() >> (random.next() % 60),
            low: account.low ^ (1 << (random.next() % 60)))
        let scope: Scope = number.isMultiple(of: 2) ? .plan(id) : .finance(id)
        if try Repair.digests(of: scope, by: bo.author, from: reading) != nil { opened += 1 }
        if try Repair.records(of: scope, buckets: [UInt32(task.lastByte)], by: bo.author, from: reading)
          != nil
        {
          opened += 1
        }
        let history = try HistoryQuery.answer(
          .with {
            $0.scope = scope.description
            $0.record = task.description
          }, by: bo.author, from: reading)
        if history != nil { opened += 1 }
      }
    }
    #expect(opened == 0)
  }
}
