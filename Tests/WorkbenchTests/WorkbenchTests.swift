import Foundation
import PlanModel
import Replica
import Speech
import SyncCore
import Testing
import Wording
import Workbench

@Suite("A workbench: a replica, a reader and a moment, given as values")
struct WorkbenchTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "workbench-\(UUID())")
  private let replica: Replica
  private static let morning: Int64 = 1_793_000_000_000
  private static let noon = morning + 4 * 3_600_000

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    replica = try Replica(path: folder.appending(path: "replica.sqlite").path)
    try replica.join(
      Identity(
        organization: "Demo", person: RecordID(high: 1, low: 1), name: "Ana", email: "ana@demo.example",
        role: .member, replica: 7), epoch: "e1", checkpoint: [], isSameOrganization: false)
  }

  private func bench(_ language: Language = .english, at now: Int64 = morning) throws -> Workbench {
    try Workbench(
      replica, reader: Reader(language, offset: { _ in 0 }), now: now, random: SystemRandomNumberGenerator()
    ) { _ in }
  }

  private func made(_ name: String, at now: Int64 = morning) throws -> RecordView {
    let bench = try bench(at: now)
    let id = bench.newID()
    var values = try bench.newValues(FieldTexts([("tier", "1")]), kind: .account, title: name, in: .plan(id))
    try bench.addSlug(to: &values)
    try bench.edit(in: .plan(id), "added") { try $0.create(id, kind: KindDescription.account.number, values) }
    return try bench.find(name, kind: .account)
  }

  @Test("an edit has the time of the workbench that it was made at, not of the process")
  func stampsByItsMoment() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let early = try made("Acme")
    let late = try made("Globex", at: Self.noon)
    #expect(early.state.stamps.latest?.milliseconds == Self.morning)
    #expect(late.state.stamps.latest?.milliseconds == Self.noon)
  }

  @Test("two readers of two languages read one replica in one process")
  func speaksToItsReader() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let acme = try made("Acme")
    let typed = FieldTexts([("first-contact-on", "30/11/2026")])
    let values = try bench(.french).assignments(typed, kind: .account, in: acme.scope)
    try bench().edit(in: acme.scope, "edited") { try $0.update(acme.id, values) }
    let first = try #require(KindDescription.account.register(named: "first-contact-on"))
    let view = try bench().find("acme", kind: .account)
    #expect(try bench().words(first, of: view) == "2026-11-30")
    #expect(try bench(.french).words(first, of: view) == "30/11/2026")
  }

  @Test("while an edit is made, what it writes takes new ids")
  func takesIDsWithinAnEdit() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let bench = try bench()
    let account = bench.newID()
    let values = try bench.newValues(FieldTexts([]), kind: .account, title: "Acme", in: .plan(account))
    var made: RecordID?
    try bench.edit(in: .plan(account), "added") { draft in
      try draft.create(account, kind: KindDescription.account.number, values)
      made = bench.newID()
    }
    #expect(made != nil && made != account)
  }

  @Test("that a short name is shared is told to whoever asked, once")
  func tellsOfSharedNames() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let acme = try made("Acme")
    let other = try made("Globex", at: Self.noon)
    try bench().edit(in: other.scope, "edited") {
      try $0.update(other.id, [(KindDescription.account.register(named: "slug")?.number ?? 0, .text("acme"))])
    }
    var told: [Phrase] = []
    let bench = try Workbench(
      replica, reader: .program, now: Self.noon, random: SystemRandomNumberGenerator()
    ) { told.append($0) }
    #expect(try bench.find("acme", kind: .account).id == acme.id)
    #expect(try bench.find("acme", kind: .account).id == acme.id)
    #expect(told.count == 1 && told[0].description.contains("acme is the short name of several accounts"))
  }
}
