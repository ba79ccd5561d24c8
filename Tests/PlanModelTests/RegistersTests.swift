import PlanModel
import Testing

@Suite("A message as its registers")
struct RegistersTests {
  private func field(_ number: UInt32, _ value: UInt64) -> [UInt8] {
    var writer = WireWriter()
    writer.varint(field: number, value)
    return writer.bytes
  }

  /// Numbers that look random and are the same in every run.
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  @Test("splitting finds each register with its tag, unknown ones too")
  func split() throws {
    let bytes = field(1, 5) + [0x12, 0x02, 0x41, 0x42] + field(900, 7)
    let registers = try Registers(bytes)
    #expect(registers.numbers == [1, 2, 900] && registers.bytes == bytes)
    #expect(registers[2].map(Array.init) == [0x12, 0x02, 0x41, 0x42])
    #expect(registers[3] == nil && !registers.contains(3) && registers.contains(900))
  }

  @Test("fields in any order are put in order, all occurrences of one together and in their order")
  func reorder() throws {
    let registers = try Registers(field(9, 1) + field(2, 5) + field(9, 2) + field(1, 3) + field(2, 6))
    #expect(registers.bytes == field(1, 3) + field(2, 5) + field(2, 6) + field(9, 1) + field(9, 2))
    #expect(registers.numbers == [1, 2, 9])
    #expect(registers[2].map(Array.init) == field(2, 5) + field(2, 6))
    #expect(try Registers(registers.bytes) == registers)
  }

  @Test("an empty message has no registers")
  func empty() throws {
    #expect(try Registers([]) == Registers())
  }

  @Test("replacing gives the new value, keeps the others, and emptying takes away")
  func replace() throws {
    let before = try Registers(field(1, 1) + field(3, 3) + field(5, 5))
    let after = before.replacing([
      (4, field(4, 44)[...]), (1, field(1, 11)[...]), (5, nil), (9, field(9, 9)[...]), (7, nil),
    ])
    #expect(after.bytes == field(1, 11) + field(3, 3) + field(4, 44) + field(9, 9))
    #expect(before.replacing([]) == before)
  }

  @Test("after any replacement, each register reads as it was last written", arguments: 1...50)
  func replaceProperty(seed: UInt64) throws {
    var random = Random(state: seed)
    var registers = Registers()
    var model: [UInt32: [UInt8]] = [:]
    for _ in 0..<30 {
      let numbers = Set((0...(random.next() % 5)).map { _ in UInt32(1 + random.next() % 20) })
      var changes: [(number: UInt32, encoded: ArraySlice<UInt8>?)] = []
      for number in numbers.shuffled(using: &random) {
        let value = random.next() % 3 == 0 ? nil : field(number, random.next())
        changes.append((number, value.map { $0[...] }))
        model[number] = value
      }
      registers = registers.replacing(changes)
      #expect(registers.numbers == model.keys.sorted())
      #expect(registers.numbers.allSatisfy { registers[$0].map(Array.init) == model[$0] })
      #expect(try Registers(registers.bytes) == registers)
    }
  }

  @Test(
    "what is no message is refused with what is wrong",
    arguments: [
      ([0x80], .truncated), ([0x08], .truncated), ([0x08, 0x80], .truncated),
      ([0x0A, 0x02, 0x41], .truncated),
      ([0x09, 1, 2, 3], .truncated), ([0x0D, 1, 2, 3], .truncated), ([0x00, 0x01], .fieldNumberZero),
      ([0x0B], .unsupportedWireType(3)), ([0x0C], .unsupportedWireType(4)), ([0x0E], .unsupportedWireType(6)),
      ([0x0F], .unsupportedWireType(7)),
      ([0x08] + [UInt8](repeating: 0x80, count: 10) + [1], .varintTooLong),
      ([0x08] + [UInt8](repeating: 0xFF, count: 9) + [2], .varintTooLong),
      ([0x0A] + [UInt8](repeating: 0xFF, count: 9) + [1], .truncated),
    ] as [([UInt8], WireError)])
  func malformed(bytes: [UInt8], error: WireError) {
    #expect(throws: error) { try Registers(bytes) }
  }

  @Test("zigzag is its own inverse", arguments: [Int64.min, -2, -1, 0, 1, 2, .max])
  func zigzag(value: Int64) { #expect(unZigZag(zigZag(value)) == value) }

  @Test("zigzag puts small numbers of either sign first")
  func zigzagOrder() { #expect([0, -1, 1, -2, 2].map { zigZag($0) } == [0, 1, 2, 3, 4]) }
}
