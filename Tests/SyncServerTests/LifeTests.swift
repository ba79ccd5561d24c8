import PlanModel
import ProtocolMessages
import SQLiteStore
import SyncCore
import SyncServer
import Testing

@Suite("Deleting and restoring")
struct LifeTests {
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
    task = try ana.task(in: scope, ["detail": "by phone"])
    acme.now += 1_000
  }

  private func state() throws -> RecordState { try #require(try acme.record(task, in: scope)) }

  /// The stamps of the record as its author sees them now.
  private func seen() throws -> [String: Stamp] {
    let state = try state()
    var seen: [String: Stamp] = ["": try #require(state.stamps[lifeRegister])]
    for register in KindDescription.task.registers {
      if let stamp = state.stamps[register.number] { seen[register.name] = stamp }
    }
    return seen
  }

  @Test("deleting keeps the body, and restoring loses nothing")
  func restore() throws {
    let before = try state()
    let live = try acme.row(scope)?.digest.live
    let deleted = try ana.edit(scope, change(task, .task, alive: false, seen: try seen()))
    #expect(deleted.outcome == .applied && deleted.effects.isEmpty)
    #expect(try !state().alive && state().body == before.body)
    #expect(try acme.row(scope)?.digest.live == live.map { $0 - 1 })
    acme.now += 1_000
    let restored = try ana.edit(scope, change(task, .task, alive: true))
    #expect(restored.outcome == .applied)
    #expect(try state().alive && state().body == before.body)
    #expect(try acme.row(scope)?.digest.live == live)
  }

  @Test("an edit after a deletion is applied to the dead record and flagged; nothing resurrects by itself")
  func editAfterDeletion() throws {
    try ana.edit(scope, change(task, .task, alive: false, seen: try seen()))
    let deletion = try state().stamps[lifeRegister]
    acme.now += 1_000
    let result = try bo.edit(scope, change(task, .task, ["title": "Call Cy"]))
    #expect(result.outcome == .applied && result.scopeSequence > 0)
    let effect = try #require(result.effects.first)
    #expect(result.effects.count == 1)
    #expect(effect.effect == .wonOnDeleted && effect.register == TaskRegister.title)
    #expect(effect.other.hasAlive && !effect.other.alive && effect.other.user == ana.user.description)
    #expect(effect.other.stamp.stamp == deletion)
    #expect(try !state().alive)
    #expect(try acme.value("title", of: task, in: scope) == "Call Cy")
    acme.now += 1_000
    try bo.edit(scope, change(task, .task, alive: true))
    #expect(try state().alive)
    #expect(try acme.value("title", of: task, in: scope) == "Call Cy")
  }

  @Test("a deletion over an edit its author had not seen says so, with the value")
  func deletionOverUnseen() throws {
    let seen = try seen()
    try bo.edit(scope, change(task, .task, ["title": "Call Cy"]))
    let edited = try #require(try state().stamp("title"))
    acme.now += 1_000
    let result = try ana.edit(scope, change(task, .task, alive: false, seen: seen))
    #expect(result.outcome == .applied)
    let effect = try #require(result.effects.first)
    #expect(result.effects.count == 1)
    #expect(effect.effect == .wonOverUnseen && effect.register == TaskRegister.title)
    #expect(try text(effect.other, "title") == "Call Cy")
    #expect(effect.other.user == bo.user.description && effect.other.stamp.stamp == edited)
    #expect(try !state().alive)
  }

  @Test("a deletion older than a restoring loses")
  func olderDeletion() throws {
    let late = bo.mutation(scope, change(task, .task, alive: false), ahead: -500)
    try ana.edit(scope, change(task, .task, alive: false, seen: try seen()))
    acme.now += 1_000
    try ana.edit(scope, change(task, .task, alive: true))
    let result = try #require(try bo.push(late).results.first)
    #expect(result.effects.map(\.effect) == [.lost])
    #expect(result.effects.map(\.register) == [lifeRegister])
    #expect(try state().alive)
  }

  @Test("a later edit over a value its author had not seen wins and says so, with value, owner and stamp")
  func wonOverUnseen() throws {
    let seen = try seen()
    try bo.edit(scope, change(task, .task, ["title": "Call Cy", "detail": "by mail"], seen: seen))
    let standing = try #require(try state().stamp("title"))
    acme.now += 1_000
    let result = try ana.edit(scope, change(task, .task, ["title": "Call Di"], seen: seen))
    let effect = try #require(result.effects.first)
    #expect(result.effects.count == 1)
    #expect(effect.effect == .wonOverUnseen && effect.register == TaskRegister.title)
    #expect(try text(effect.other, "title") == "Call Cy")
    #expect(effect.other.user == bo.user.description && effect.other.stamp.stamp == standing)
    #expect(try acme.value("title", of: task, in: scope) == "Call Di")
    #expect(try acme.value("detail", of: task, in: scope) == "by mail")
  }

  @Test("different fields of one record never collide")
  func differentFields() throws {
    let seen = try seen()
    #expect(try bo.edit(scope, change(task, .task, ["title": "Call Cy"], seen: seen)).effects.isEmpty)
    #expect(try ana.edit(scope, change(task, .task, ["due": "2026-01-31"], seen: seen)).effects.isEmpty)
    #expect(try acme.value("title", of: task, in: scope) == "Call Cy")
    #expect(try acme.value("due", of: task, in: scope) == "2026-01-31")
  }

  @Test("an edit of a record that never existed is answered TARGET_GONE")
  func gone() throws {
    let result = try ana.edit(scope, change(acme.newID(), .task, ["title": "x"]))
    #expect(result.outcome == .targetGone)
    #expect(
      result.reason
        == "The task is not there any more (or never arrived); your words are kept in the refused edits.")
  }

  @Test("a change that writes and empties one register, or empties it twice, is refused")
  func registerTwice() throws {
    var both = change(task, .task, ["detail": "x"], clear: ["detail"])
    #expect(try ana.edit(scope, both).outcome == .invalid)
    both = change(task, .task, clear: ["detail", "detail"])
    #expect(try ana.edit(scope, both).outcome == .invalid)
    both = create(acme.newID(), .task, ["title": "x", "department": "sales", "detail": "y"])
    both.clear = [2]
    #expect(try ana.edit(scope, both).outcome == .invalid)
    both = change(task, .task, ["detail": "x"])
    both.clear = [lifeRegister]
    #expect(try ana.edit(scope, both).outcome == .invalid)
    try digestIsRight()
  }

  private func digestIsRight() throws {
    var digest = ScopeDigest()
    try acme.store.read { reading in
      let row = try #require(try reading.scope(scope))
      try reading.records(in: row.number) { digest.add($0) }
      #expect(digest == row.digest)
    }
  }

  @Test("a record's kind never changes")
  func kindChanges() throws {
    #expect(try ana.edit(scope, change(task, .contact, ["name": "x"])).outcome == .invalid)
    #expect(try ana.edit(scope, create(task, .contact, ["name": "x"])).outcome == .invalid)
  }

  @Test("a record is deleted and changed many times: the running digest is the one of its records")
  func runningDigest() throws {
    var random = Sequence64(seed: 4)
    for round in 0..<200 {
      let device = [ana, bo][Int(random.next() % 2)]
      let edit: WireChange =
        switch random.next() % 4 {
        case 0: change(task, .task, alive: random.next() % 2 == 0)
        case 1: change(task, .task, ["title": "t\(round)"])
        case 2: change(task, .task, clear: ["detail"])
        default: create(acme.newID(), .contact, ["name": "c\(round)"])
        }
      try device.edit(scope, edit, ahead: Int64(random.next() % 20_000) - 10_000)
      acme.now += 100
    }
    try digestIsRight()
  }
}
