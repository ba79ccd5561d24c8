/// The end of a record's id in Crockford's base 32, as people read it out and type it: `7QK2`.
///
/// The end and not the beginning, because the beginning of a time-ordered id is the same for all of a day's records.
package struct Handle: Hashable, Sendable {
  /// The shortest handle shown: 20 bits.
  package static let lengthMinimum = 4
  /// The longest one read: 60 bits, more than any replica needs.
  package static let lengthMaximum = 12

  /// The value of the last `length * 5` bits.
  package let bits: UInt64
  package let length: Int

  package init(of id: RecordID, length: Int) {
    self.length = min(max(length, Self.lengthMinimum), Self.lengthMaximum)
    bits = id.low & Self.mask(self.length)
  }

  /// Reads what a person typed: case does not matter, O means 0, I and L mean 1, hyphens are ignored.
  package init?(_ text: some StringProtocol) {
    var bits: UInt64 = 0
    var length = 0
    for character in text.utf8 where character != UInt8(ascii: "-") {
      guard let value = Self.value(of: character), length < Self.lengthMaximum else { return nil }
      bits = bits << 5 | value
      length += 1
    }
    guard length >= Self.lengthMinimum else { return nil }
    self.bits = bits
    self.length = length
  }

  package func matches(_ id: RecordID) -> Bool { id.low & Self.mask(length) == bits }

  /// Whole bytes at the end of a matching id, for a first selection by a store that compares bytes.
  package var lastBytes: [UInt8] {
    let count = length * 5 / 8
    return (0..<count).map { UInt8(truncatingIfNeeded: bits >> UInt64((count - 1 - $0) * 8)) }
  }

  private static func mask(_ length: Int) -> UInt64 { (1 << UInt64(length * 5)) - 1 }

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  private static func value(of character: UInt8) -> UInt64? {
    let upper = character >= UInt8(ascii: "a") && character <= UInt8(ascii: "z") ? character - 32 : character
    switch upper {
    case UInt8(ascii: "O"): return 0
    case UInt8(ascii: "I"), UInt8(ascii: "L"): return 1
    default: return alphabet.firstIndex(of: upper).map(UInt64.init)
    }
  }
}

extension Handle: CustomStringConvertible {
  package var description: String {
    String(
      decoding: (0..<length).map { Self.alphabet[Int(bits >> UInt64((length - 1 - $0) * 5) & 31)] },
      as: UTF8.self)
  }
}
