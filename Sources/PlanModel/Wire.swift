/// What is wrong with bytes that should be a protobuf message.
package enum WireError: Error, Equatable, Sendable {
  case truncated
  case varintTooLong
  /// Groups are deprecated and never written by this protocol.
  case unsupportedWireType(UInt8)
  case fieldNumberZero
  /// A field that holds one value occurs more than once.
  case repeatedField(UInt32)
  case unexpectedWireType(field: UInt32)
}

/// A protobuf field's tag.
package struct WireTag: Equatable, Sendable {
  package let number: UInt32
  /// 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes.
  package let type: UInt8
}

/// Reads the protobuf wire format front to back. Never reads past its bytes and never traps on any input.
package struct WireReader: Sendable {
  private let bytes: ArraySlice<UInt8>
  package private(set) var position: Int

  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  package var isAtEnd: Bool { position >= bytes.endIndex }

  package mutating func tag() throws(WireError) -> WireTag {
    let key = try varint()
    guard key >> 3 > 0, key >> 3 <= 0x1FFF_FFFF else { throw .fieldNumberZero }
    return WireTag(number: UInt32(key >> 3), type: UInt8(key & 7))
  }

  package mutating func varint() throws(WireError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.endIndex {
      let byte = bytes[position]
      position += 1
      guard shift < 63 || byte <= 1 else { throw .varintTooLong }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
      guard shift < 70 else { throw .varintTooLong }
    }
    throw .truncated
  }

  package mutating func fixed64() throws(WireError) -> UInt64 {
    guard bytes.endIndex - position >= 8 else { throw .truncated }
    var value: UInt64 = 0
    for offset in 0..<8 { value |= UInt64(bytes[position + offset]) << UInt64(offset * 8) }
    position += 8
    return value
  }

  package mutating func delimited() throws(WireError) -> ArraySlice<UInt8> {
    let length = try varint()
    guard length <= UInt64(bytes.endIndex - position) else { throw .truncated }
    let start = position
    position += Int(length)
    return bytes[start..<position]
  }

  package mutating func skip(_ tag: WireTag) throws(WireError) {
    switch tag.type {
    case 0: _ = try varint()
    case 1: _ = try fixed64()
    case 2: _ = try delimited()
    case 5:
      guard bytes.endIndex - position >= 4 else { throw .truncated }
      position += 4
    default: throw .unsupportedWireType(tag.type)
    }
  }
}

/// Writes the protobuf wire format.
package struct WireWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  package mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  package mutating func tag(_ number: UInt32, _ type: UInt8) { varint(UInt64(number) << 3 | UInt64(type)) }

  package mutating func varint(field number: UInt32, _ value: UInt64) {
    tag(number, 0)
    varint(value)
  }

  package mutating func fixed64(field number: UInt32, _ value: UInt64) {
    tag(number, 1)
    for offset in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(offset * 8))) }
  }

  // Not one generic function: called from another module it is not specialised, and takes ten times as long.
  package mutating func delimited(field number: UInt32, _ content: [UInt8]) { append(field: number, content) }
  package mutating func delimited(field number: UInt32, _ content: ArraySlice<UInt8>) {
    append(field: number, content)
  }
  package mutating func delimited(field number: UInt32, _ text: String.UTF8View) {
    append(field: number, text)
  }

  private mutating func append(field number: UInt32, _ content: some Collection<UInt8>) {
    tag(number, 2)
    varint(UInt64(content.count))
    bytes.append(contentsOf: content)
  }

  package mutating func raw(_ content: [UInt8]) { bytes.append(contentsOf: content) }
}

package func zigZag(_ value: Int64) -> UInt64 { UInt64(bitPattern: value << 1 ^ value >> 63) }

package func unZigZag(_ value: UInt64) -> Int64 {
  Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
}
