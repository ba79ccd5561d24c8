import PlanModel
import Testing

@testable import SyncCore

private struct MergeVectors: Decodable {
  struct Record: Decodable {
    let alive: Bool
    let stamps: [ByRegister<VectorStamp>]
    let body: [ByRegister<Hex>]
  }
  struct Write: Decodable {
    let stamp: VectorStamp
    let set: [ByRegister<Hex>]
    let clear: [UInt32]
    let alive: Bool?
    let base: [ByRegister<VectorStamp>]
  }
  struct Effect: Decodable {
    let register: UInt32
    let effect: String
    let stamp: VectorStamp?
    let value: Hex?
  }
  struct Case: Decodable {
    let name: String
    let before: Record?
    let write: Write
    let after: Record
    let changed: Bool
    let effects: [Effect]
  }
  let kind: UInt32
  let cases: [Case]
}

private let id = RecordID(high: 0x019A_0000_0000_7000, low: 0x8000_0000_0000_0001)
private let kind: UInt32 = 42

private func state(_ record: MergeVectors.Record) -> RecordState {
  RecordState(
    id: id, kind: kind, sequence: 5, alive: record.alive, stamps: stamps(record.stamps),
    body: registers(record.body))
}

private func fate(_ name: String) -> MergeEffect.Fate? {
  switch name {
  case "WON": .won
  case "WON_OVER_UNSEEN": .wonOverUnseen
  case "WON_ON_DELETED": .wonOnDeleted
  case "LOST": .lost
  case "NO_OP": .noOperation
  default: nil
  }
}

@Suite("Merge")
struct MergeTests {
  @Test("does what merge.json says, and does it once")
  func vectors() throws {
    let vectors = try Vectors.load("merge.json", as: MergeVectors.self)
    #expect(vectors.kind == kind)
    for example in vectors.cases {
      let write = RecordWrite(
        set: registers(example.write.set), clear: example.write.clear, alive: example.write.alive,
        base: stamps(example.write.base))
      let before = example.before.map(state)
      let result = merge(write, stamp: example.write.stamp.stamp, into: before, id: id, kind: kind)
      let name = Comment(rawValue: example.name)
      #expect(result.state.alive == example.after.alive, name)
      #expect(result.state.stamps == stamps(example.after.stamps), name)
      #expect(result.state.body == registers(example.after.body), name)
      #expect(result.state.sequence == before?.sequence ?? 0, name)
      #expect(result.changed == example.changed, name)
      let effects = try example.effects.map {
        MergeEffect(
          register: $0.register, fate: try #require(fate($0.effect)), other: $0.stamp?.stamp,
          otherEncoded: $0.value?.bytes)
      }
      #expect(result.effects == effects, name)
      let again = merge(write, stamp: example.write.stamp.stamp, into: result.state, id: id, kind: kind)
      #expect(!again.changed && again.state == result.state, name)
    }
  }

  @Test("ends in the same registers and stamps whatever the order of arrival", arguments: 1...40)
  func order(seed: UInt64) {
    var random = Sequence64(seed: seed)
    let start = merge(
      write([1: "a", 2: "b"]), stamp: Stamp(hlc: 100, replica: 9), into: nil, id: id, kind: kind
    ).state
    let edits = (0..<12).map { _ in
      (edit(using: &random), Stamp(hlc: 95 + random.next() % 12, replica: 1 + UInt32(random.next() % 3)))
    }
    let inOrder = edits.reduce(start) { merge($1.0, stamp: $1.1, into: $0, id: id, kind: kind).state }
    for _ in 0..<10 {
      let shuffled = edits.shuffled(using: &random).reduce(start) {
        merge($1.0, stamp: $1.1, into: $0, id: id, kind: kind).state
      }
      #expect(shuffled == inOrder)
    }
  }

  private func write(_ values: [UInt32: String], clear: [UInt32] = [], alive: Bool? = nil) -> RecordWrite {
    var set = Registers()
    for (number, text) in values.sorted(by: { $0.key < $1.key }) {
      set.append(number, RegisterType.line(maximum: 9).encode(.text(text), as: number))
    }
    return RecordWrite(set: set, clear: clear, alive: alive, base: RecordStamps())
  }

  private func edit(using random: inout Sequence64) -> RecordWrite {
    let register = UInt32(1 + random.next() % 3)
    switch random.next() % 5 {
    case 0: return write([:], clear: [register])
    case 1: return write([:], alive: random.next() % 2 == 0)
    default: return write([register: ["a", "b", "c"][Int(random.next() % 3)]])
    }
  }
}
