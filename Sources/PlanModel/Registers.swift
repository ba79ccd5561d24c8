/// A serialized protobuf message seen as its top-level fields, each one register.
///
/// Knows the wire format and no schema, so that registers of a newer version pass through unharmed. The bytes are
/// kept in canonical order: fields ascending, all occurrences of one field together.
///
/// - SeeAlso: https://protobuf.dev/programming-guides/encoding
package struct Registers: Equatable, Sendable {
  /// One register's place in ``bytes``, tags included.
  package struct Field: Equatable, Sendable {
    package let number: UInt32
    package let start: Int
    package let end: Int
  }

  package private(set) var bytes: [UInt8]
  /// Ascending by number, each number once.
  package private(set) var fields: [Field]

  package init() {
    bytes = []
    fields = []
  }

  /// - Throws: ``WireError`` when the bytes are not a protobuf message.
  package init(_ bytes: [UInt8]) throws(WireError) {
    let found = try Self.scan(bytes)
    self.init()
    if Self.isStrictlyAscending(found) {
      self.bytes = bytes
      fields = found
    } else {
      reorder(found, of: bytes)
    }
  }

  private mutating func reorder(_ found: [Field], of bytes: [UInt8]) {
    let sorted = found.enumerated().sorted {
      ($0.element.number, $0.offset) < ($1.element.number, $1.offset)
    }
    for (_, field) in sorted { append(field.number, bytes[field.start..<field.end]) }
  }

  package subscript(_ number: UInt32) -> ArraySlice<UInt8>? {
    guard let field = field(number) else { return nil }
    return bytes[field.start..<field.end]
  }

  package func contains(_ number: UInt32) -> Bool { field(number) != nil }

  package var numbers: [UInt32] { fields.map(\.number) }

  private func field(_ number: UInt32) -> Field? {
    // A record has at most a few dozen registers: a scan beats a search tree.
    for field in fields where field.number >= number { return field.number == number ? field : nil }
    return nil
  }

  /// Adds bytes to the register with the greatest number so far, or a greater one.
  package mutating func append(_ number: UInt32, _ encoded: [UInt8]) { append(number, encoded[...]) }

  /// Adds bytes to the register with the greatest number so far, or a greater one.
  package mutating func append(_ number: UInt32, _ encoded: ArraySlice<UInt8>) {
    let start = bytes.count
    bytes.append(contentsOf: encoded)
    if let last = fields.last, last.number == number {
      fields[fields.count - 1] = Field(number: number, start: last.start, end: bytes.count)
    } else {
      precondition(
        fields.last.map { $0.number < number } ?? true, "registers are appended in ascending order")
      fields.append(Field(number: number, start: start, end: bytes.count))
    }
  }

  /// This message with some registers replaced, added or (nil) emptied.
  package func replacing(_ changes: [(number: UInt32, encoded: ArraySlice<UInt8>?)]) -> Registers {
    var result = Registers()
    result.bytes.reserveCapacity(bytes.count + changes.reduce(0) { $0 + ($1.encoded?.count ?? 0) })
    let changed = changes.sorted { $0.number < $1.number }
    var next = 0
    for field in fields {
      while next < changed.count, changed[next].number < field.number {
        if let encoded = changed[next].encoded { result.append(changed[next].number, encoded) }
        next += 1
      }
      if next < changed.count, changed[next].number == field.number {
        if let encoded = changed[next].encoded { result.append(field.number, encoded) }
        next += 1
      } else {
        result.append(field.number, bytes[field.start..<field.end])
      }
    }
    while next < changed.count {
      if let encoded = changed[next].encoded { result.append(changed[next].number, encoded) }
      next += 1
    }
    return result
  }

  private static func scan(_ bytes: [UInt8]) throws(WireError) -> [Field] {
    var fields: [Field] = []
    fields.reserveCapacity(16)
    var reader = WireReader(bytes[...])
    while !reader.isAtEnd {
      let start = reader.position
      let tag = try reader.tag()
      try reader.skip(tag)
      fields.append(Field(number: tag.number, start: start, end: reader.position))
    }
    return fields
  }

  private static func isStrictlyAscending(_ fields: [Field]) -> Bool {
    var previous: UInt32 = 0
    for field in fields {
      guard field.number > previous else { return false }
      previous = field.number
    }
    return true
  }
}
