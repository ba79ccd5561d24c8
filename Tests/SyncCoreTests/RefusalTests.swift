import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import Testing
import Wording

/// Protocol/vectors/refusals.json
private struct RefusalVectors: Decodable {
  struct Case: Decodable {
    let code: String
    let arguments: [String]
    let outcome: String
  }
  let refusals: [Case]
  /// Of calls, which have no outcome.
  struct Call: Decodable {
    let code: String
    let arguments: [String]
  }
  let calls: [Call]
}

@Suite("Refusals as codes and arguments")
struct RefusalTests {
  private func wire(_ code: String, _ arguments: String...) -> WireRefusal {
    .with {
      $0.code = code
      $0.arguments = arguments
    }
  }

  @Test("every code of the vectors is read, says a sentence, and is written again as it was")
  func vectors() throws {
    let vectors: RefusalVectors = try Vectors.load("refusals.json")
    for example in vectors.refusals {
      let coded = CodedRefusal(example.code, example.arguments)
      let refusal = try #require(Refusal(coded), "\(example)")
      #expect(refusal.coded == coded)
      #expect(refusal.sentence.hasSuffix("."), "\(refusal.sentence)")
      #expect(refusal.isAboutRights == (example.outcome == "DENIED"), "\(example)")
    }
  }

  @Test("every code of a call is read, says a sentence, and is written again as it was")
  func vectorsOfCalls() throws {
    let vectors: RefusalVectors = try Vectors.load("refusals.json")
    #expect(Set(vectors.calls.map(\.code)).count >= 30)
    for example in vectors.calls {
      let coded = CodedRefusal(example.code, example.arguments)
      let refusal = try #require(CallRefusal(coded), "\(example)")
      #expect(refusal.coded == coded)
      #expect(CallRefusal(refusal.wire) == refusal)
      #expect(refusal.sentence.hasSuffix("."), "\(refusal.sentence)")
    }
  }

  @Test(
    "a code of a call that is not known, or arguments that cannot be read, are none",
    arguments: [
      ["of-a-newer-version"], ["too-often", "sleep", "3"], ["too-often", "joins"], ["last-admin"],
      ["unknown-protocol", "1", "2"], ["no-such-device", "x"], [""],
    ])
  func unknownCall(parts: [String]) {
    #expect(CallRefusal(CodedRefusal(parts[0], Array(parts.dropFirst()))) == nil)
  }

  @Test("an argument that a newer version adds at the end is left out")
  func moreArguments() {
    #expect(Refusal(CodedRefusal("record-gone", ["task", "more"])) == .recordGone(kind: "task"))
    #expect(
      Refusal(CodedRefusal("needs-role", ["manager", "share", "more"]))
        == .needsRole(.manager, what: .sharing))
  }

  @Test(
    "a code that is not known, or arguments that cannot be read, are none",
    arguments: [
      ["of-a-newer-version", "x"], ["needs-role"], ["needs-role", "king", "share"],
      ["needs-role", "manager", "juggle"],
      ["too-many", "changes", "many", "200"], ["value", "task", "title", "odd"], ["value", "task"],
      ["value", "task", "score", "out-of-range", "1", "9", "0"], ["sealed", "plan", "locked", "ajar"],
      ["wrong-scope", "task", "attic"], ["record-gone"], [""],
    ])
  func unknown(parts: [String]) {
    #expect(Refusal(CodedRefusal(parts[0], Array(parts.dropFirst()))) == nil)
  }

  @Test("of several refusals, of which one is not known, none is said: the sentence says more")
  func knowsAllOrNone() {
    let gone = wire("record-gone", "task")
    #expect(
      [gone, wire("never-came-back", "30")].known == [.recordGone(kind: "task"), .neverCameBack(days: 30)])
    #expect([gone, wire("of-a-newer-version")].known == nil)
    #expect([WireRefusal]().known == nil)
  }

  @Test("a long text of a person is told by its beginning")
  func shortens() {
    let refusal = Refusal.value(kind: "task", register: "due", .notADate(String(repeating: "é", count: 500)))
    #expect(refusal.coded.arguments.last == String(repeating: "é", count: 200) + "…")
  }

  @Test("a result says the same in a sentence and in codes")
  func tells() {
    var result = WireMutationResult()
    result.tell([.recordGone(kind: "task"), .neverCameBack(days: 30)])
    #expect(result.refusals == [wire("record-gone", "task"), wire("never-came-back", "30")])
    #expect(result.reason == result.refusals.known?.map(\.sentence).joined(separator: " "))
  }
}
