import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import Testing

@Suite("The stamps of a record")
struct RecordStampsTests {
  private let early = Stamp(hlc: 100, replica: 2)
  private let late = Stamp(hlc: 200, replica: 1)

  private func encoded(_ stamps: RecordStamps) throws -> [KamRegisterStamps] {
    var writer = WireWriter()
    stamps.write(to: &writer, field: 5)
    return try KamRecordState(serializedBytes: writer.bytes).stamps
  }

  private func decoded(_ groups: [KamRegisterStamps]) throws -> RecordStamps {
    var stamps = RecordStamps()
    for group in groups {
      let bytes: [UInt8] = try group.serializedBytes()
      try stamps.read(bytes[...])
    }
    return stamps
  }

  private func group(_ stamp: Stamp, _ registers: [UInt32]) -> KamRegisterStamps {
    .with {
      $0.stamp = .with {
        $0.hlc = stamp.hlc
        $0.replica = stamp.replica
      }
      $0.registers = registers
    }
  }

  @Test("registers that share a stamp are one group; groups ascend by stamp, registers by number")
  func grouping() throws {
    var stamps = RecordStamps()
    for (register, stamp) in [(9, late), (0, early), (300, late), (2, late), (1, early)] as [(UInt32, Stamp)]
    {
      stamps[register] = stamp
    }
    #expect(try encoded(stamps) == [group(early, [0, 1]), group(late, [2, 9, 300])])
  }

  @Test("the order of writing does not show on the wire")
  func deterministic() throws {
    var random = Sequence64(seed: 3)
    let entries: [(UInt32, Stamp)] = (0..<20).map { (UInt32($0), [early, late][Int(random.next() % 2)]) }
    var bytes: Set<[KamRegisterStamps]> = []
    for _ in 0..<20 {
      var stamps = RecordStamps()
      for (register, stamp) in entries.shuffled(using: &random) { stamps[register] = stamp }
      bytes.insert(try encoded(stamps))
    }
    #expect(bytes.count == 1)
  }

  @Test("come back from the wire as they were")
  func roundTrip() throws {
    var random = Sequence64(seed: 5)
    for _ in 0..<200 {
      var stamps = RecordStamps()
      for _ in 0..<(random.next() % 12) {
        stamps[UInt32(truncatingIfNeeded: random.next() >> (random.next() % 64))] = Stamp(
          hlc: random.next() % 3, replica: UInt32(random.next() % 3))
      }
      #expect(try decoded(try encoded(stamps)) == stamps)
    }
  }

  @Test("setting, replacing and taking away a stamp keep the others")
  func subscripts() {
    var stamps = RecordStamps([0, 1, 5], stamp: early)
    stamps[3] = late
    stamps[1] = late
    stamps[0] = nil
    stamps[77] = nil
    #expect(stamps.entries.map(\.register) == [1, 3, 5])
    #expect([stamps[0], stamps[1], stamps[2], stamps[3], stamps[5]] == [nil, late, nil, late, early])
    #expect(stamps.latest == late)
  }

  @Test("a register named twice keeps its later stamp, in either order")
  func namedTwice() throws {
    for groups in [[group(early, [1, 1, 2]), group(late, [1])], [group(late, [1]), group(early, [2, 1])]] {
      let stamps = try decoded(groups)
      #expect(stamps.entries.map(\.register) == [1, 2])
      #expect(stamps[1] == late && stamps[2] == early)
    }
  }

  @Test("unknown fields of a group are skipped")
  func unknownFields() throws {
    var writer = WireWriter()
    writer.varint(field: 9, 5)
    writer.raw(try group(early, [1]).serializedBytes() as [UInt8])
    writer.delimited(field: 8, [1, 2])
    var stamps = RecordStamps()
    try stamps.read(writer.bytes[...])
    #expect(stamps == RecordStamps([1], stamp: early))
  }
}
