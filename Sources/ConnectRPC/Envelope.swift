/// One message of a stream: a byte of flags, four bytes of length (big-endian), the payload.
///
/// - SeeAlso: connectrpc.com/docs/protocol, "Streaming-Request" (`Enveloped-Message`).
package struct Envelope: Sendable, Equatable {
  /// The payload is compressed with the encoding the stream's head names.
  package static let compressedFlag: UInt8 = 0b01
  /// The payload is the JSON of an ``EndOfStream``; nothing follows.
  package static let endOfStreamFlag: UInt8 = 0b10
  /// Bytes before the payload.
  package static let prefixBytes = 5

  package var flags: UInt8
  package var payload: [UInt8]

  package init(flags: UInt8 = 0, payload: [UInt8]) {
    self.flags = flags
    self.payload = payload
  }

  package var isCompressed: Bool { flags & Self.compressedFlag != 0 }
  package var isEndOfStream: Bool { flags & Self.endOfStreamFlag != 0 }

  /// The five bytes that go before a payload of `payloadBytes`.
  ///
  /// Separate from the payload, so that a writer can put both into one buffer without a copy in between.
  package static func prefix(flags: UInt8, payloadBytes: Int) -> [UInt8] {
    let length = UInt32(payloadBytes)  // our own answers; more than 4 GiB is a bug
    return [flags] + withUnsafeBytes(of: length.bigEndian) { Array($0) }
  }

  package func encoded() -> [UInt8] {
    Self.prefix(flags: flags, payloadBytes: payload.count) + payload
  }
}

/// Cuts a stream of bytes into envelopes; bytes may arrive in pieces of any size.
package struct EnvelopeDecoder: Sendable {
  private let payloadBytesMax: Int
  private var buffered: [UInt8] = []
  private var position = 0

  /// - Parameter payloadBytesMax: A longer message is refused as soon as its prefix is read.
  package init(payloadBytesMax: Int) {
    self.payloadBytesMax = payloadBytesMax
  }

  /// True if no piece of a message is left over.
  package var isAtBoundary: Bool { position == buffered.count }

  package mutating func append(_ bytes: some Collection<UInt8>) {
    // Bytes that were read are dropped here and not in `next`, so that a burst of small messages moves the rest once.
    buffered.removeSubrange(..<position)
    position = 0
    buffered.append(contentsOf: bytes)
  }

  /// The next whole message, or nil until more bytes are appended.
  ///
  /// - Throws: `resource_exhausted` if the message is longer than allowed, `invalid_argument` for unknown
  ///   flags.
  package mutating func next() throws(ConnectError) -> Envelope? {
    guard buffered.count - position >= Envelope.prefixBytes else { return nil }
    let flags = buffered[position]
    guard flags & ~(Envelope.compressedFlag | Envelope.endOfStreamFlag) == 0 else {
      throw ConnectError(.invalidArgument, "a message has unknown flags (\(flags))")
    }
    let start = position + Envelope.prefixBytes
    let payloadBytes = buffered[(position + 1)..<start].reduce(0) { $0 << 8 | Int($1) }
    guard payloadBytes <= payloadBytesMax else {
      throw ConnectError(
        .resourceExhausted,
        "a message of \(payloadBytes) bytes is longer than the limit of \(payloadBytesMax)")
    }
    guard buffered.count - start >= payloadBytes else { return nil }
    position = start + payloadBytes
    return Envelope(flags: flags, payload: Array(buffered[start..<position]))
  }
}
