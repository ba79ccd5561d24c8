import PlanModel
import SwiftProtobuf

/// A record with its registers and their stamps: what is stored, sent, and kept by a replica as its base.
package struct RecordState: Equatable, Sendable {
  package let id: RecordID
  /// The kind's number; unknown ones of a newer version pass through.
  package let kind: UInt32
  /// Of the record's last change within its scope; 0 while only a replica has it.
  package var sequence: UInt64
  package var stamps: RecordStamps
  package var body: Registers
  /// False once deleted. The body stays.
  package var alive: Bool

  package init(
    id: RecordID, kind: UInt32, sequence: UInt64, alive: Bool, stamps: RecordStamps, body: Registers
  ) {
    self.id = id
    self.kind = kind
    self.sequence = sequence
    self.alive = alive
    self.stamps = stamps
    self.body = body
  }

  /// The record as its kind's message: `try state.message(KamPerson.self)`.
  ///
  /// - Throws: `SwiftProtobuf.BinaryDecodingError` when the body is not one; a kind's number is not asked.
  package func message<Kind: Message>(_ kind: Kind.Type) throws -> Kind {
    try Kind(serializedBytes: body.bytes)
  }
}

// MARK: - Wire

/// One entry of a page: a whole record, or the hint that the replica made it itself.
package enum PageEntry: Equatable, Sendable {
  case state(RecordState)
  /// The record of this sequence is what the replica's mutation `mutation` made of nothing.
  case echo(id: RecordID, sequence: UInt64, mutation: UInt64)
}

extension RecordState {
  /// The bytes of a `RecordState` message.
  package var encoded: [UInt8] {
    var writer = WireWriter(capacity: body.bytes.count + 160)
    writer.delimited(field: 1, id.description.utf8)
    writer.varint(field: 2, UInt64(kind))
    writer.varint(field: 3, sequence)
    if alive { writer.varint(field: 4, 1) }
    stamps.write(to: &writer, field: 5)
    writer.delimited(field: 6, encodeBody(body.bytes, kind: kind))
    return writer.bytes
  }

  /// - Throws: ``WireError``; ``PageEntry/echo(id:sequence:mutation:)`` entries are not states.
  package init(decoding bytes: [UInt8]) throws(WireError) {
    guard case .state(let state) = try PageEntry(decoding: bytes) else { throw .truncated }
    self = state
  }
}

extension PageEntry {
  /// The bytes of a `RecordState` message that only names the mutation.
  package static func encodedEcho(id: RecordID, sequence: UInt64, mutation: UInt64) -> [UInt8] {
    var writer = WireWriter(capacity: 60)
    writer.delimited(field: 1, id.description.utf8)
    writer.varint(field: 3, sequence)
    writer.varint(field: 7, mutation)
    return writer.bytes
  }

  package init(decoding bytes: [UInt8]) throws(WireError) {
    var id: RecordID?
    var kind: UInt32 = 0
    var sequence: UInt64 = 0
    var alive = false
    var stamps = RecordStamps()
    var body: (kind: UInt32, content: Registers) = (0, Registers())
    var echo: UInt64 = 0
    var reader = WireReader(bytes[...])
    while !reader.isAtEnd {
      let tag = try reader.tag()
      switch (tag.number, tag.type) {
      case (1, 2): id = RecordID(utf8: try reader.delimited())
      case (2, 0): kind = UInt32(truncatingIfNeeded: try reader.varint())
      case (3, 0): sequence = try reader.varint()
      case (4, 0): alive = try reader.varint() != 0
      case (5, 2): try stamps.read(try reader.delimited())
      case (6, 2): body = try decodeBody(try reader.delimited())
      case (7, 0): echo = try reader.varint()
      default: try reader.skip(tag)
      }
    }
    guard let id else { throw .truncated }
    if echo != 0 {
      self = .echo(id: id, sequence: sequence, mutation: echo)
    } else {
      // The kind is also the body's field number; a state in which they differ could not be written again.
      guard (1...0x1FFF_FFFF).contains(kind), body.kind == kind || body.kind == 0 else {
        throw .unexpectedWireType(field: 6)
      }
      self = .state(
        RecordState(id: id, kind: kind, sequence: sequence, alive: alive, stamps: stamps, body: body.content))
    }
  }
}

/// A kind's message as a `RecordBody`.
package func encodeBody(_ content: [UInt8], kind: UInt32) -> [UInt8] { encodeBody(content[...], kind: kind) }

/// A kind's message as a `RecordBody`.
package func encodeBody(_ content: ArraySlice<UInt8>, kind: UInt32) -> [UInt8] {
  var writer = WireWriter(capacity: content.count + 8)
  writer.delimited(field: kind, content)
  return writer.bytes
}

/// The kind's number and message in a `RecordBody`; an empty body is kind 0.
///
/// - Throws: ``WireError`` also when the body holds more than one kind.
package func decodeBody(_ bytes: ArraySlice<UInt8>) throws(WireError) -> (kind: UInt32, content: Registers) {
  guard !bytes.isEmpty else { return (0, Registers()) }
  var reader = WireReader(bytes)
  let tag = try reader.tag()
  guard tag.type == 2 else { throw .unexpectedWireType(field: tag.number) }
  let content = try reader.delimited()
  guard reader.isAtEnd else { throw .repeatedField(tag.number) }
  return (tag.number, try Registers(Array(content)))
}
