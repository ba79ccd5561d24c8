import Speech
import Wording
import Foundation
import PlanModel
import Replica
import SyncClient
import Testing
import Workbench

@testable import kam

@Suite("Failures end in a sentence and a code")
struct FailureTests {
  @Test("a file that is no database is said to be damaged, with what to do")
  func tellsDamage() throws {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "kam-\(UInt64.random(in: 0 ... .max)).sqlite"
    ).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(repeating: 0x41, count: 8_192).write(to: URL(filePath: path))
    let failure = #expect(throws: (any Error).self) { _ = try Replica(path: path) }
    let told = Kam.failure(of: try #require(failure))
    #expect(told.code == .refused)
    #expect(told.name == "storage")
    #expect(
      told.sentence.description.contains("is damaged") && told.sentence.actions == [.doctor]
        && typed(told.sentence).contains("kam doctor"))
  }

  @Test("a path that cannot be opened is said with its reason, not with a crash")
  func tellsStorage() throws {
    let failure = #expect(throws: (any Error).self) {
      _ = try Replica(path: "/nonexistent/kam/replica.sqlite")
    }
    #expect(Kam.failure(of: try #require(failure)).name == "storage")
  }

  @Test("what the server could not be reached for exits with 3, what it refused with 1")
  func tellsUnreachable() {
    #expect(Kam.failure(of: ClientError("Gone.", isUnreachable: true)).code == .unreachable)
    #expect(Kam.failure(of: ClientError("No.")).code == .refused)
    #expect(Kam.failure(of: Refusal.needsAdmin(what: .sharing)).code == .refused)
  }

  @Test("a failure names the field that is wrong and what can be done, for pages and programs")
  func namesFieldAndRemedies() {
    let failure = Failure.usage(fieldSentence(.notADate("2026-02-30"), of: "due"))
    #expect(failure.field == "due" && failure.remedies.isEmpty)
    #expect(failure.json(for: .program).document.contains(#""field":"due""#))
    let notJoined = Failure.refused(ReplicaError.notJoined.phrase)
    #expect(notJoined.remedies == [.join] && notJoined.field == nil)
  }

  @Test("for programs a failure is one object")
  func encodes() {
    #expect(
      Failure.notFound("There is no task “X”.", nearest: ["7QK2"]).json(for: .program).document
        == #"{"error":{"code":"not-found","message":"There is no task “X”.","candidates":["7QK2"]}}"#)
  }
}
