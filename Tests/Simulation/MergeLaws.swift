import PlanModel
import SyncCore

/// The laws that make the order of arrival irrelevant, on generated writes: merge is commutative, associative and
/// idempotent in what it leaves behind.
package enum MergeLaws {
  /// - Returns: the first case that breaks a law, in words.
  package static func check(cases: UInt64, seed: UInt64) -> String? {
    var random = SeededGenerator(seed: seed)
    for number in 0..<cases {
      let record = record(&random)
      let writes = (0..<3).map { _ in write(&random) }
      let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
      let straight = merged(orders[0], writes, into: record)
      for order in orders where merged(order, writes, into: record) != straight {
        return
          "case \(number) of seed \(seed): order \(order) of \(writes) on \(record) leaves another record"
      }
      // Everything again, in another order, changes nothing.
      guard merged([2, 0, 1, 1], writes, into: straight) == straight else {
        return "case \(number) of seed \(seed): merging \(writes) twice on \(record) changes it"
      }
    }
    return nil
  }

  private struct Write {
    let content: RecordWrite
    let stamp: Stamp
  }

  private static func merged(_ order: [Int], _ writes: [Write], into record: RecordState) -> RecordState {
    order.reduce(record) { state, index in
      merge(writes[index].content, stamp: writes[index].stamp, into: state, id: state.id, kind: state.kind)
        .state
    }
  }

  /// Few stamps, registers and values, so that they meet; also one stamp for two writes, as a lost clock makes them.
  private static func stamp(_ random: inout SeededGenerator) -> Stamp {
    Stamp(hlc: UInt64(random.below(4)) << 16 | UInt64(random.below(2)), replica: UInt32(1 + random.below(3)))
  }

  private static func encoded(_ register: UInt32, _ random: inout SeededGenerator) -> ArraySlice<UInt8>? {
    if random.chance(20) { return nil }
    var writer = WireWriter()
    writer.varint(field: register, UInt64(random.below(3)))
    return writer.bytes[...]
  }

  private static func write(_ random: inout SeededGenerator) -> Write {
    let registers = (1...3 as ClosedRange<UInt32>).filter { _ in random.chance(60) }
    let writes = registers.map { RegisterWrite(register: $0, encoded: encoded($0, &random), base: nil) }
    let alive: Bool? = random.chance(40) ? random.chance(50) : nil
    return Write(
      content: RecordWrite(writes: writes, alive: alive, base: RecordStamps()), stamp: stamp(&random))
  }

  private static func record(_ random: inout SeededGenerator) -> RecordState {
    let id = RecordID(high: 0x7000, low: 0x8000_0000_0000_0000)
    var body = Registers()
    var stamps = RecordStamps([lifeRegister], stamp: stamp(&random))
    for register in 1...3 as ClosedRange<UInt32> where random.chance(70) {
      stamps[register] = stamp(&random)
      if let bytes = encoded(register, &random) { body.append(register, bytes) }
    }
    return RecordState(
      id: id, kind: 42, sequence: 0, alive: random.chance(70), stamps: stamps, body: body)
  }
}
