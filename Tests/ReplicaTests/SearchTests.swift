import GRDB
import PlanModel
import SyncCore
import Testing

@testable import Replica

@Suite("Searching what a replica holds")
struct SearchTests {
  let office: Office
  let ana: Laptop
  let scope: Scope

  init() throws {
    office = try Office()
    ana = try office.person("Ana")
    scope = try ana.account()
    try ana.sync()
  }

  private func found(_ text: String, by laptop: Laptop? = nil, limit: Int = 20) throws -> [String] {
    let laptop = laptop ?? ana
    var told: [Int] = []
    try laptop.replica.indexWords { done, total in
      #expect(done <= total && done > told.last ?? 0)
      told.append(done)
    }
    return try laptop.replica.search(text, kinds: [42], limit: limit).map {
      try laptop.sees("title", of: $0.record.id) ?? ""
    }
  }

  @Test(
    "words, their beginnings, and quoted words in a row; without case and accents", arguments: [false, true])
  func words(isSynced: Bool) throws {
    for title in ["Réclamer le dépôt", "Le dépôt réclame", "Order ABC-12/7", "東京 visit", "O'Brien calls"] {
      _ = try ana.task(in: scope, title: title)
    }
    if isSynced { try ana.sync() }
    #expect(try Set(found("DEPOT recl")) == ["Réclamer le dépôt", "Le dépôt réclame"])
    #expect(try found("\"le depot\" reclamer") == ["Réclamer le dépôt"])
    #expect(try found("\"depot le\"") == [])
    #expect(try found("abc-12") == ["Order ABC-12/7"] && found("12/7") == ["Order ABC-12/7"])
    #expect(try found("東京") == ["東京 visit"] && found("o'br") == ["O'Brien calls"])
    #expect(try found("visits") == [] && found("") == [] && found("\" * ( ) - NEAR") == [])
  }

  @Test(
    "what a record says now is found, and what it said before is not; deleted it is gone, restored it is back"
  )
  func changes() throws {
    let task = try ana.task(in: scope, title: "Zugzwang")
    try ana.sync()
    #expect(try found("zugz") == ["Zugzwang"])
    try ana.set(task, ["title": "Zwieback"], in: scope)
    #expect(try found("zugz") == [] && found("zwie") == ["Zwieback"])
    try ana.sync()
    #expect(try found("zugz") == [] && found("zwie") == ["Zwieback"])
    for _ in 0..<2 {
      try ana.setAlive(false, task, in: scope)
      #expect(try found("zwie") == [])
      try ana.sync()
      #expect(try found("zwie") == [])
      try ana.setAlive(true, task, in: scope)
      #expect(try found("zwie") == ["Zwieback"])
      try ana.sync()
      #expect(try found("zwie") == ["Zwieback"])
    }
  }

  @Test("the title weighs more than the text; no more are given than asked for")
  func ranking() throws {
    _ = try ana.task(in: scope, ["detail": "ask for the pump again"], title: "Call")
    _ = try ana.task(in: scope, title: "Pump leaks")
    for number in 0..<30 { _ = try ana.task(in: scope, ["detail": "pump"], title: "Task \(number)") }
    try ana.sync()
    #expect(try found("pump", limit: 5).count == 5 && found("pump", limit: 5)[0] == "Pump leaks")
  }

  @Test("when access is taken away the whole index goes, and what is left is found again")
  func revoked() throws {
    let ben = try office.person("Ben")
    try office.share(scope, with: ben, .viewer)
    _ = try ana.task(in: scope, title: "Zugzwang")
    let own = try ben.account("Own")
    try ben.sync()
    _ = try ben.task(in: own, title: "Zugzwang of Ben")
    try ana.sync()
    try ben.sync()
    #expect(try Set(found("zugz", by: ben)) == ["Zugzwang", "Zugzwang of Ben"])
    try office.share(scope, with: ben, nil)
    try ben.sync()
    #expect(try ben.replica.read { try !$0.database.tableExists("words") })
    #expect(try found("zugz", by: ben) == ["Zugzwang of Ben"])
  }

  @Test("rows of words that no record has any more are cleared away when they are many")
  func stale() throws {
    let task = try ana.task(in: scope, title: "Title 0")
    for number in 1...40 {
      try ana.sync()
      _ = try found("title")
      try ana.set(task, ["title": "Title \(number)"], in: scope)
    }
    try ana.sync()
    #expect(try found("title") == ["Title 40"])
    let rows = try ana.replica.read {
      try Int.fetchOne($0.database, sql: "SELECT count(*) FROM words_docsize") ?? 0
    }
    #expect(rows > 40, "a thousand of them are let be")
    try ana.replica.write { try $0.forgetIndex() }
    #expect(try found("title") == ["Title 40"])
  }

  @Test("a look at an account is told against the look before; soon after it is the same look")
  func looks() throws {
    let account = try #require(scope.account)
    let hour: Int64 = 3_600_000
    #expect(try ana.replica.lastLook(at: account, now: ana.now) == nil)
    try ana.replica.markLook(at: account, now: ana.now)
    #expect(try ana.replica.lastLook(at: account, now: ana.now + 60_000) == nil)
    let first = try #require(try ana.replica.lastLook(at: account, now: ana.now + hour))
    _ = try ana.task(in: scope)
    try ana.sync()
    let new = try ana.replica.records(in: scope).filter { $0.state.sequence > first.planHead }
    #expect(new.map(\.kind) == [42] && first.at == ana.now)
    try ana.replica.markLook(at: account, now: ana.now + hour)
    #expect(try ana.replica.lastLook(at: account, now: ana.now + hour + 60_000) == first)
    let second = try #require(try ana.replica.lastLook(at: account, now: ana.now + 2 * hour))
    #expect(second.at == ana.now + hour && second.planHead > first.planHead)
  }

  @Test("what is done with a copy in memory is not done here")
  func rehearsal() throws {
    let copy = try Replica(copyOf: ana.replica)
    var random = Sequence64(seed: 5)
    let id = office.newID()
    _ = try copy.edit(in: scope, summary: "tried", now: ana.now, using: &random) {
      try $0.create(id, kind: 42, try parsed(["title": "Tried", "department": "sales"], .task))
    }
    #expect(try copy.record(id) != nil && ana.replica.record(id) == nil && ana.replica.waitingCount() == 0)
  }
}
