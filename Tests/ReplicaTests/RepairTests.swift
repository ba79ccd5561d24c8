import Foundation
import GRDB
import PlanModel
import ProtocolMessages
import SyncCore
import Testing

@testable import Replica

@Suite("Damage")
struct RepairTests {
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
    for number in 0..<20 { tasks.append(try ana.task(in: scope, title: "t\(number)")) }
    self.tasks = tasks
    try ana.sync()
    try office.share(scope, with: bo, .contributor)
    try bo.sync()
    office.now += 1_000
  }

  private func damage(_ sql: String, _ arguments: StatementArguments) throws {
    try bo.replica.write { try $0.database.execute(sql: sql, arguments: arguments) }
  }

  /// A good state of the same record, with a stamp that the server does not have.
  private func otherState(_ id: RecordID) throws -> Data {
    var state = try #require(try bo.replica.record(id)).state
    state.stamps[1] = Stamp(hlc: 5, replica: 5)
    return Data(state.encoded)
  }

  @Test(
    "a record that is missing, different or unreadable shows in the digest when its scope is read, and is fetched again",
    arguments: ["missing", "different", "unreadable", "empty", "too many"])
  func repaired(how: String) throws {
    let id = tasks[3]
    switch how {
    case "missing": try damage("DELETE FROM base WHERE id = ?", [Data(id.bytes)])
    case "different":
      try damage("UPDATE base SET state = ? WHERE id = ?", [try otherState(id), Data(id.bytes)])
    case "unreadable": try damage("UPDATE base SET state = x'0AFF' WHERE id = ?", [Data(id.bytes)])
    case "empty": try damage("UPDATE base SET state = x'' WHERE id = ?", [Data(id.bytes)])
    default:
      let extra = office.newID()
      var state = try #require(try bo.replica.record(id)).state
      state = RecordState(
        id: extra, kind: 42, sequence: 1, alive: true, stamps: state.stamps, body: state.body)
      let held = try #require(try bo.replica.scopes().first { $0.scope == scope })
      try damage(
        "INSERT INTO base (scope, id, kind, state) VALUES (?, ?, 42, ?)",
        [held.number, Data(extra.bytes), Data(state.encoded)])
    }
    #expect(try bo.replica.scopesThatDiffer() == [scope])
    // Something of the scope is read: the damaged record itself, and another.
    try ana.set(id, ["title": "changed"], in: scope)
    try ana.set(tasks[4], ["title": "changed too"], in: scope)
    try ana.sync()
    let first = try bo.sync()
    if how == "too many" {
      // A record too many does not show in a running digest; `kam doctor` compares the records themselves.
      #expect(first.repaired == 0 && first.ending == .complete)
      return
    }
    #expect(first.repaired == 1 && first.ending == .complete)
    #expect(
      bo.log == ["sync", "digests", "fetch", "sync"] || bo.log == ["sync", "digests", "sync"], "\(bo.log)")
    #expect(
      try bo.equalsServer() && bo.sees("title", of: id) == "changed"
        && bo.sees("title", of: tasks[4]) == "changed too")
    #expect(try bo.sync().repaired == 0)
  }

  @Test("a running digest that is wrong is set right from the records")
  func wrongDigest() throws {
    try damage("UPDATE scope SET digest = ?, live = 3 WHERE name = ?", [Data(count: 16), scope.description])
    #expect(try bo.replica.scopesThatDiffer() == [scope])
    try ana.set(tasks[0], ["title": "changed"], in: scope)
    try ana.sync()
    #expect(try bo.sync().repaired == 1)
    #expect(try bo.equalsServer())
  }

  @Test("waiting edits survive a repair, and show throughout")
  func keepsEdits() throws {
    try damage("UPDATE base SET state = ? WHERE id = ?", [try otherState(tasks[3]), Data(tasks[3].bytes)])
    try ana.set(tasks[3], ["detail": "theirs"], in: scope)
    try ana.sync()
    try bo.set(tasks[3], ["due": "2026-01-31"], in: scope)
    try bo.sync()
    #expect(try bo.sees("due", of: tasks[3]) == "2026-01-31" && bo.sees("detail", of: tasks[3]) == "theirs")
    #expect(try bo.equalsServer())
  }

  @Test("a server whose digests never agree is reported, not believed")
  func neverAgrees() throws {
    try ana.set(tasks[0], ["title": "changed"], in: scope)
    try ana.sync()
    let report = try bo.sync { (_, response) throws in
      for index in response.pages.indices where response.pages[index].complete {
        response.pages[index].digest.live += 1
      }
      // And it keeps sending something, or there is nothing to compare.
      if response.pages.isEmpty {
        try ana.set(tasks[0], ["detail": "d\(office.random.next())"], in: scope)
        try ana.sync()
      }
    }
    #expect(report.repaired >= 1)
    if case .stillDiffers = report.ending {} else { #expect(report.ending == .complete) }
    try bo.sync()
    #expect(try bo.sees("title", of: tasks[0]) == "changed")
  }

  @Test(
    "a file that is no database, or whose pages are garbage, is said to be damaged",
    arguments: ["no database", "garbage"])
  func damagedFile(how: String) throws {
    let folder = try TemporaryFolder()
    do {
      let replica = try Replica(path: folder.file)
      let cy = try office.person("Cy", replica: replica)
      _ = try cy.account()
      try cy.sync()
      try replica.database.close()
    }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file))
    let range = how == "garbage" ? 100..<4_096 : 0..<64
    for place in range { bytes[place] = UInt8(truncatingIfNeeded: place &* 37) | 0x81 }
    try bytes.write(to: URL(fileURLWithPath: folder.file))
    #expect {
      _ = try Replica(path: folder.file)
    } throws: { error in
      guard case ReplicaError.damaged(let path, _)? = error as? ReplicaError else { return false }
      return path == folder.file
    }
  }

  @Test("a replica of a newer version is not touched")
  func newerVersion() throws {
    let folder = try TemporaryFolder()
    do {
      let replica = try Replica(path: folder.file)
      try replica.write {
        try $0.database.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('999')")
      }
      try replica.database.close()
    }
    #expect(throws: ReplicaError.newerVersion) { try Replica(path: folder.file) }
  }
}

@Suite("One file, several processes")
struct SharedFileTests {
  @Test("two openings of one file see each other's edits, number them in one queue, and sync in turns")
  func interleaved() throws {
    let office = try Office()
    let folder = try TemporaryFolder()
    let first = try office.person("Ana", replica: try Replica(path: folder.file))
    let second = Laptop(first, try Replica(path: folder.file))
    let scope = try first.account()
    let task = try second.task(in: scope)
    for number in 0..<10 {
      let laptop = number % 2 == 0 ? first : second
      try laptop.set(task, ["title": "t\(number)"], in: scope)
      #expect(
        try first.sees("title", of: task) == "t\(number)" && second.sees("title", of: task) == "t\(number)")
      if number % 3 == 0 { try (number % 2 == 0 ? second : first).sync() }
    }
    let mutations = try first.replica.waiting().map(\.mutation)
    #expect(Set(mutations.map(\.sequence)).count == mutations.count)
    try first.sync()
    #expect(try first.replica.waitingCount() == 0 && second.replica.waitingCount() == 0)
    #expect(try first.equalsServer() && second.equalsServer())
    #expect(try office.outcomes(of: task, in: scope) == Array(repeating: .applied, count: 11))
  }

  @Test("two sessions on one file at the same time end well, whichever answer comes first", arguments: 1...20)
  func twoSessions(seed: UInt64) throws {
    var random = Sequence64(seed: seed)
    let office = try Office()
    let folder = try TemporaryFolder()
    let first = try office.person("Ana", replica: try Replica(path: folder.file))
    let second = Laptop(first, try Replica(path: folder.file))
    let other = try office.person("Bo")
    let scope = try first.account()
    let tasks = try (0..<6).map { try first.task(in: scope, title: "t\($0)") }
    try first.sync()
    try office.share(scope, with: other, .contributor)
    try other.sync()
    for task in tasks { try other.set(task, ["title": "bo's"], in: scope) }
    try other.sync()
    try first.set(tasks[0], ["detail": "mine"], in: scope)
    var sessions = [
      SyncSession(first.replica, pageRecordsMax: 2), SyncSession(second.replica, pageRecordsMax: 3),
    ]
    var effects = [try sessions[0].handle(.begin), try sessions[1].handle(.begin)]
    var steps = 0
    while effects.contains(where: { !$0.isEmpty }) {
      steps += 1
      guard steps < 1_000 else { throw Surprise("the sessions do not end") }
      let which = effects[0].isEmpty ? 1 : effects[1].isEmpty ? 0 : Int(random.next() % 2)
      let effect = effects[which][0]
      if steps == 3 { try second.set(tasks[1], ["detail": "mine too"], in: scope) }
      if case .finish(let report) = effect {
        #expect(report.ending == .complete)
        effects[which] = []
        continue
      }
      effects[which] = try sessions[which].handle([first, second][which].answer(effect))
    }
    try second.sync()
    #expect(try first.equalsServer() && first.replica.waitingCount() == 0)
    for task in tasks { #expect(try second.sees("title", of: task) == "bo's") }
    #expect(
      try second.sees("detail", of: tasks[0]) == "mine" && first.sees("detail", of: tasks[1]) == "mine too")
    #expect(try office.outcomes(of: tasks[0], in: scope) == [.applied, .applied, .applied])
  }

  @Test("everything is there after the file is opened again")
  func reopened() throws {
    let office = try Office()
    let folder = try TemporaryFolder()
    let scope: Scope
    let task: RecordID
    do {
      let ana = try office.person("Ana", replica: try Replica(path: folder.file))
      scope = try ana.account()
      task = try ana.task(in: scope)
      try ana.sync()
      try ana.set(task, ["title": "waiting"], in: scope)
    }
    let again = try Replica(path: folder.file)
    #expect(try again.waitingCount() == 1 && again.record(task)?.isPending == true)
    #expect(try again.identity().email == "ana@acme.example" && again.integrityProblems().isEmpty)
    #expect(try again.scopes().count == 3)
  }
}

@Suite("Naming records")
struct HandleTests {
  let office: Office
  let ana: Laptop
  let scope: Scope

  init() throws {
    office = try Office()
    ana = try office.person("Ana")
    scope = try ana.account()
  }

  private func contact(low: UInt64) throws -> RecordID {
    let id = RecordID(high: 0x019A_0000_0000_7000, low: 0x8000_0000_0000_0000 | low)
    try ana.create(id, .contact, ["name": "c"], in: scope)
    return id
  }

  @Test("a handle is as short as it can be without naming two records, synced or not")
  func unambiguous() throws {
    let alone = try contact(low: 0x0000_0000_ABCD_1234)
    let twins = [try contact(low: 0x1_0000_0005_4321), try contact(low: 0x2_0000_0005_4321)]
    try ana.sync()
    let near = [try contact(low: 0x77_0007_1111), try contact(low: 0x77_0017_1111)]
    let ids = [alone] + twins + near
    let handles = try ana.replica.handles(for: ids)
    #expect(Set(handles.values).count == ids.count && handles.count == ids.count)
    #expect(handles[alone]?.length == 4)
    for id in ids {
      let handle = try #require(handles[id])
      #expect(try ana.replica.records(handle).map(\.id) == [id])
      let shorter = try ana.replica.records(Handle(of: id, length: handle.length - 1))
      #expect(handle.length == 4 || shorter.count > 1)
      #expect(
        try ana.replica.records(handle, kind: 34).count == 1 && ana.replica.records(handle, kind: 42).isEmpty)
    }
    #expect(try ana.replica.records(Handle(of: twins[0], length: 4)).map(\.id).sorted() == twins.sorted())
  }

  @Test("the lines of the last list name its records, and no others")
  func listed() throws {
    let tasks = try (0..<3).map { try ana.task(in: scope, title: "t\($0)") }
    _ = try ana.replica.remember(listed: tasks)
    #expect(try (0...4).map { try ana.replica.listed(line: $0) } == [nil, tasks[0], tasks[1], tasks[2], nil])
    _ = try ana.replica.remember(listed: [tasks[2]])
    #expect(try (1...3).map { try ana.replica.listed(line: $0) } == [tasks[2], nil, nil])
    _ = try ana.replica.remember(listed: Array(repeating: tasks[0], count: 1_500))
    #expect(try ana.replica.listed(line: 1_000) == tasks[0] && ana.replica.listed(line: 1_001) == nil)
  }

  @Test("records of a kind come in the order they were made, of one account when asked")
  func ordered() throws {
    let other = try ana.account("Other")
    let mine = try (0..<5).map { number in
      office.now += 1_000
      return try ana.task(in: number % 2 == 0 ? scope : other, title: "t\(number)")
    }
    #expect(try ana.replica.records(ofKind: 42).map(\.id) == mine)
    #expect(try ana.replica.records(ofKind: 42, account: other.account).map(\.id) == [mine[1], mine[3]])
    #expect(try ana.replica.records(ofKind: 42, account: office.newID()).isEmpty)
  }
}
