import PlanModel
import SyncCore
import Testing

@Suite("Hostile input")
struct HostileInputTests {
  /// Reads the bytes as everything that comes from outside in this protocol's own codec.
  private func readAll(_ bytes: [UInt8]) {
    if let entry = try? PageEntry(decoding: bytes), case .state(let state) = entry { _ = state.encoded }
    if let (_, content) = try? decodeBody(bytes[...]) {
      for kind in PlanModel.kinds {
        for register in kind.registers {
          if let encoded = content[register.number] { _ = try? register.type.decode(encoded) }
        }
      }
    }
    var stamps = RecordStamps()
    try? stamps.read(bytes[...])
    if let registers = try? Registers(bytes) {
      _ = registers.replacing([(number: 3, encoded: bytes[...]), (number: 1, encoded: nil)])
    }
  }

  @Test("20,000 strings of random bytes never trap")
  func randomBytes() {
    var random = Sequence64(seed: 1)
    for _ in 0..<20_000 {
      let length = Int(random.next() % 96)
      // Small bytes are tags and lengths more often than noise is.
      let mask: UInt8 = random.next() % 2 == 0 ? 0xFF : 0x3F
      readAll((0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) & mask })
    }
  }

  @Test("20,000 damaged copies of a good record never trap, and what is accepted reads back")
  func damagedRecords() throws {
    let good = try Vectors.load("messages.json", as: MessageVectors.self).recordStates.filter {
      $0.verdict == "canonical"
    }
    var random = Sequence64(seed: 2)
    for _ in 0..<20_000 {
      var bytes = good[Int(random.next() % UInt64(good.count))].bytes.bytes
      for _ in 0...(random.next() % 4) {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 3 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: place)
        default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
        }
        if bytes.isEmpty { bytes = [0] }
      }
      readAll(bytes)
      if let state = try? RecordState(decoding: bytes) {
        #expect(try RecordState(decoding: state.encoded) == state)
      }
    }
  }
}
