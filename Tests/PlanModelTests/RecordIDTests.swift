import Foundation
import PlanModel
import Testing

private struct IDVectors: Decodable {
  struct ID: Decodable {
    let text: String
    let bytes: String
    let handle: String
    let longestHandle: String
    let milliseconds: UInt64
    let lastByte: UInt8
    let privilegedContact: String
  }
  struct Typed: Decodable {
    let typed: String
    let reads: String?
  }
  let ids: [ID]
  let ascending: [String]
  let same: [[String]]
  let notIds: [String]
  let notTimeOrdered: [String]
  let handles: [Typed]

  static func load() throws -> IDVectors {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      IDVectors.self, from: Data(contentsOf: repository.appending(path: "Protocol/vectors/ids.json")))
  }
}

let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// Gives out the numbers it was made of, in a circle.
struct Numbers: RandomNumberGenerator {
  var numbers: [UInt64]
  mutating func next() -> UInt64 {
    numbers.append(numbers.removeFirst())
    return numbers[numbers.count - 1]
  }
}

@Suite("Record ids and handles")
struct RecordIDTests {
  private let vectors: IDVectors
  init() throws { vectors = try IDVectors.load() }

  @Test("text and bytes are those of ids.json, there and back")
  func textAndBytes() throws {
    for example in vectors.ids {
      let id = try #require(RecordID(example.text))
      #expect(id.description == example.text)
      #expect(
        id.bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == example.bytes)
      #expect(RecordID(bytes: id.bytes) == id)
      #expect(id.lastByte == example.lastByte && id.high >> 16 == example.milliseconds && id.isTimeOrdered)
      #expect(id.singleton(ofKind: 38).description == example.privilegedContact)
    }
  }

  @Test("ids are ordered as their bytes and as their text")
  func order() throws {
    let ids = try vectors.ascending.map { try #require(RecordID($0)) }
    #expect(ids.reversed().sorted() == ids)
    #expect(ids.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) } == ids.map(\.bytes))
  }

  @Test("upper case reads as the same id; anything else that is not canonical does not read")
  func canonical() {
    for pair in vectors.same { #expect(RecordID(pair[0]) == RecordID(pair[1]) && RecordID(pair[0]) != nil) }
    for text in vectors.notIds { #expect(RecordID(text) == nil, "\(text)") }
    #expect(RecordID(bytes: [UInt8](repeating: 0, count: 15)) == nil)
    #expect(RecordID(bytes: [UInt8](repeating: 0, count: 17)) == nil)
  }

  @Test("only UUIDs of version 7 with the RFC's variant are time-ordered")
  func version() {
    for text in vectors.notTimeOrdered { #expect(RecordID(text)?.isTimeOrdered == false, "\(text)") }
  }

  @Test("a made id carries its time, version and variant, whatever the random numbers are")
  func made() {
    for (time, numbers) in [(0, [0, 0]), (1_760_000_000_000, [.max, .max]), ((1 << 48) - 1, [1, 2])]
      as [(Int64, [UInt64])]
    {
      var random = Numbers(numbers: numbers)
      let id = RecordID.make(milliseconds: time, using: &random)
      #expect(id.isTimeOrdered && id.high >> 16 == UInt64(time))
      #expect(RecordID(id.description) == id)
    }
    var random = SystemRandomNumberGenerator()
    #expect(RecordID.make(milliseconds: -5, using: &random).high >> 16 == 0)
    #expect(Set((0..<1_000).map { _ in RecordID.make(milliseconds: 5, using: &random) }).count == 1_000)
  }

  @Test("handles are those of ids.json, at their shortest and at their longest")
  func handles() throws {
    for example in vectors.ids {
      let id = try #require(RecordID(example.text))
      #expect(Handle(of: id, length: 4).description == example.handle)
      #expect(Handle(of: id, length: 12).description == example.longestHandle)
      #expect(Handle(of: id, length: 0).length == 4 && Handle(of: id, length: 99).length == 12)
    }
  }

  @Test(
    "a handle of every length reads back, matches its id, and ends in the id's last bytes", arguments: 4...12)
  func handleRoundTrip(length: Int) throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let id = RecordID.make(milliseconds: 1, using: &random)
      let handle = Handle(of: id, length: length)
      #expect(Handle(handle.description) == handle)
      #expect(Handle(handle.description.lowercased()) == handle)
      #expect(handle.matches(id))
      #expect(Array(id.bytes.suffix(handle.lastBytes.count)) == handle.lastBytes)
      #expect(handle.lastBytes.count == length * 5 / 8)
      let other = RecordID(high: id.high, low: id.low ^ (1 << UInt64(length * 5 - 1)))
      #expect(!handle.matches(other))
    }
  }

  @Test("what a person types is read as ids.json says: look-alikes, case, hyphens")
  func typedHandles() {
    for example in vectors.handles {
      #expect(Handle(example.typed)?.description == example.reads, "\(example.typed)")
    }
  }

  @Test(
    "a scope's name reads back; anything else is no scope",
    arguments: [
      "directory", "plan/019a1234-5678-7abc-9def-0123456789ab",
      "finance/019a1234-5678-7abc-9def-0123456789ab",
    ])
  func scopes(name: String) {
    #expect(Scope(name)?.description == name)
    for bad in [
      "", "Directory", name + "/", "/" + name, name + " ", "plan/", "finance/x", "plan", "plans/" + name,
    ] {
      #expect(Scope(bad) == nil, "\(bad)")
    }
  }
}
