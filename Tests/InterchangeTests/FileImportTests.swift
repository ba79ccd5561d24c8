import Foundation
import PlanModel
import Replica
import Speech
import SyncCore
import Testing
import Wording
import Workbench

@testable import Interchange

@Suite("A file that is brought in: a workbench is given, and an outcome comes back as a value")
struct FileImportTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "interchange-\(UUID())")
  private let replica: Replica
  private static let now: Int64 = 1_793_000_000_000

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    replica = try Replica(path: folder.appending(path: "replica.sqlite").path)
    try replica.join(
      Identity(
        organization: "Demo", person: RecordID(high: 1, low: 1), name: "Ana", email: "ana@demo.example",
        role: .member, replica: 7), epoch: "e1", checkpoint: [], isSameOrganization: false)
  }

  private func bench(_ language: Language = .english, at now: Int64 = now) throws -> Workbench {
    try Workbench(
      replica, reader: Reader(language, offset: { _ in 0 }), now: now, random: SystemRandomNumberGenerator()
    ) { _ in }
  }

  private func source(_ text: String, _ bench: Workbench) throws -> any ImportSource {
    try ImportReader(name: "accounts.csv", format: nil, options: ImportOptions(moments: bench.moments))
      .source(of: Data(text.utf8))
  }

  private func file(_ text: String, _ bench: Workbench) throws -> FileImport {
    FileImport(
      try source(text, bench), name: "accounts.csv", currency: nil, tellsAll: true, keepsRejected: true)
  }

  private static let first = "slug;name;stage\nacme;Acme;buyer\n"
  private static let second = "slug;name;stage;tier\nacme;Acme;loyal;\nglobex;Globex;;99\n"

  @Test("two readers of two languages rehearse one file in one process, each in the words of theirs")
  func speaksToItsReader() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try file(Self.first, try bench()).apply(to: try bench()) { _ in }
    func rehearsed(_ language: Language) throws -> ImportOutcome {
      let bench = try bench(language)
      return try file(Self.second, bench).rehearse(on: bench) { _ in }
    }
    let (english, french) = (try rehearsed(.english), try rehearsed(.french))
    func told(_ outcome: ImportOutcome) -> [String] {
      outcome.rows.flatMap { row -> [String] in
        switch row.entry.outcome {
        case .update(let changes, _, _): changes.flatMap { [$0.from, $0.to] }
        case .reject(let reason): [reason]
        default: []
        }
      }
    }
    #expect(told(english) == ["buyer", "loyal", "The tier 99 is not between 1 and 9."])
    #expect(
      told(french).map { $0.replacing("\u{A0}", with: " ") }
        == ["acheteur", "fidèle", "Champ « rang » : 99 n’est pas compris entre 1 et 9."])
    #expect(english.rows.map(\.line) == [2, 3] && french.rows.map(\.line) == [2, 3])
    #expect(english.rows.map(\.entry.outcome.fate) == [.update, .reject])
    #expect(french.rows.map(\.entry.outcome.fate) == [.update, .reject])
    // The file that comes back has the reason in the words of its reader too.
    #expect(english.rejected?.contains(try #require(told(english).last)) == true)
    #expect(french.rejected?.contains(try #require(told(french).last)) == true)
    let findings = try source(Self.second, try bench()).findings
    #expect(findings.map { Reader(.french, offset: { _ in 0 }).said($0.text) }.contains("comptes"))
    #expect(findings.map { Reader(.english, offset: { _ in 0 }).said($0.text) }.contains("accounts"))
  }

  @Test("a rehearsal stores nothing, and finds the same when it is done again")
  func rehearsesOnACopy() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    func rehearsed() throws -> [ImportReport.Fate] {
      let bench = try bench()
      let outcome = try file(Self.first, bench).rehearse(on: bench) { _ in }
      #expect(outcome.isApplied == false && outcome.number == nil && outcome.rejected == nil)
      return outcome.rows.map(\.entry.outcome.fate)
    }
    #expect(try rehearsed() == [.create] && rehearsed() == [.create])
    #expect(try bench().accounts().named("acme").isEmpty && replica.imports().isEmpty)
    #expect(try replica.waitingCount() == 0)
  }

  @Test("what is stored has the moment of the workbench, and is taken back at that of another")
  func isTakenBack() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var progress: [Int] = []
    let outcome = try file(Self.first, try bench()).apply(to: try bench()) { progress.append($0) }
    #expect(outcome.isApplied && outcome.number == 1 && outcome.report.count(.create) == 1)
    #expect(progress == [1])
    let acme = try bench().find("acme", kind: .account)
    #expect(outcome.rows.map(\.entry.record) == [acme.id])
    #expect(acme.state.stamps.latest?.milliseconds == Self.now)
    #expect(try replica.imports().map(\.at) == [Self.now])
    let later = Self.now + 3_600_000
    let undone = try bench(at: later).takeBack(import: 1)
    #expect(undone.deletedCount == 1 && undone.leftAlone.isEmpty)
    #expect(try bench().accounts().named("acme").filter(\.isAlive).isEmpty)
    #expect(try replica.imports().map(\.undone) == [later])
    #expect(throws: Failure.self) { try bench(at: later).takeBack(import: 1) }
  }

  @Test("what somebody has edited since is left alone, and told in the words of who asks")
  func leavesAloneWhatWasEdited() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try file(Self.first, try bench()).apply(to: try bench()) { _ in }
    let acme = try bench().find("acme", kind: .account)
    try bench(at: Self.now + 1).edit(in: acme.scope, "edited") {
      try $0.update(acme.id, [(AccountRegister.industry, .text("steel"))])
    }
    let undone = try bench(.french, at: Self.now + 2).takeBack(import: 1)
    #expect(undone.deletedCount == 0)
    #expect(undone.leftAlone.map(\.reason) == ["modifié depuis\u{A0}: secteur"])
  }

  @Test("programs are told every row: what became of it, and what changes from what to what")
  func tellsPrograms() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try file(Self.first, try bench()).apply(to: try bench()) { _ in }
    let outcome = try file(Self.second, try bench()).rehearse(on: try bench()) { _ in }
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.json.document.utf8)) as? [String: Any])
    #expect(object["applied"] as? Bool == false && object["import"] == nil)
    #expect(object["update"] as? Int == 1 && object["reject"] as? Int == 1 && object["create"] as? Int == 0)
    let rows = try #require(object["rows"] as? [[String: Any]])
    #expect(rows.map { $0["outcome"] as? String } == ["update", "reject"])
    #expect(
      rows[0]["changes"] as? [[String: String]] == [["field": "stage", "from": "buyer", "to": "loyal"]])
    #expect(rows[1]["line"] as? Int == 3 && rows[1]["message"] is String)
  }
}
