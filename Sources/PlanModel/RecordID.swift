/// Names a record, a mutation or a person for ever: a UUID of version 7 (RFC 9562).
///
/// Time-ordered, so that inserting many of them keeps an index's pages together; ordered as their bytes are.
package struct RecordID: Hashable, Comparable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Makes an id for something that happens at `milliseconds` (Unix time); its other 74 bits are random.
  package static func make(
    milliseconds: Int64, using generator: inout some RandomNumberGenerator
  ) -> RecordID {
    let time = UInt64(truncatingIfNeeded: max(0, milliseconds)) & 0xFFFF_FFFF_FFFF
    let randomA = UInt64(generator.next()) & 0x0FFF
    let randomB = UInt64(generator.next()) & 0x3FFF_FFFF_FFFF_FFFF
    return RecordID(high: time << 16 | 0x7000 | randomA, low: 0x8000_0000_0000_0000 | randomB)
  }

  /// The id of the one record of `kind` that an account has, so that two people who make it offline make the same one.
  package func singleton(ofKind kind: UInt32) -> RecordID {
    RecordID(high: high, low: low ^ UInt64(kind & 0xFF))
  }

  /// Version 7 with the RFC's variant; other UUIDs are not accepted from outside.
  package var isTimeOrdered: Bool { high >> 12 & 0xF == 7 && low >> 62 == 0b10 }

  package static func < (left: RecordID, right: RecordID) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }
}

// MARK: - Text and bytes

extension RecordID: CustomStringConvertible {
  /// Reads the canonical 36 characters; upper case is accepted, anything else is not.
  package init?(_ text: String) {
    var copy = text
    let parsed: RecordID? = copy.withUTF8 { utf8 in RecordID(hyphenated: utf8) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// Reads the canonical 36 characters where they lie.
  package init?(utf8 text: ArraySlice<UInt8>) {
    let parsed = text.withUnsafeBufferPointer { RecordID(hyphenated: $0) }
    guard let parsed else { return nil }
    self = parsed
  }

  private init?(hyphenated text: UnsafeBufferPointer<UInt8>) {
    guard text.count == 36 else { return nil }
    var halves: (UInt64, UInt64) = (0, 0)
    for position in 0..<36 {
      let character = text[position]
      if position == 8 || position == 13 || position == 18 || position == 23 {
        guard character == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = hexadecimalValue(character) else { return nil }
      // 16 digits and two hyphens are the first half.
      if position < 18 { halves.0 = halves.0 << 4 | digit } else { halves.1 = halves.1 << 4 | digit }
    }
    self.init(high: halves.0, low: halves.1)
  }

  /// Lower case, with hyphens.
  package var description: String {
    String(unsafeUninitializedCapacity: 36) { buffer in
      var out = 0
      for position in 0..<32 {
        if position == 8 || position == 12 || position == 16 || position == 20 {
          buffer[out] = UInt8(ascii: "-")
          out += 1
        }
        let word = position < 16 ? high : low
        let digit = UInt8(word >> UInt64(60 - position % 16 * 4) & 0xF)
        buffer[out] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        out += 1
      }
      return out
    }
  }

  package init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    var halves: (UInt64, UInt64) = (0, 0)
    for (position, byte) in bytes.enumerated() {
      if position < 8 {
        halves.0 = halves.0 << 8 | UInt64(byte)
      } else {
        halves.1 = halves.1 << 8 | UInt64(byte)
      }
    }
    self.init(high: halves.0, low: halves.1)
  }

  /// 16 bytes, most significant first.
  package var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
      for position in 0..<8 {
        buffer[position] = UInt8(truncatingIfNeeded: high >> UInt64(56 - position * 8))
        buffer[position + 8] = UInt8(truncatingIfNeeded: low >> UInt64(56 - position * 8))
      }
      count = 16
    }
  }

  package var lastByte: UInt8 { UInt8(truncatingIfNeeded: low) }
}

private func hexadecimalValue(_ character: UInt8) -> UInt64? {
  switch character {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(character - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(character - UInt8(ascii: "A") + 10)
  default: nil
  }
}
