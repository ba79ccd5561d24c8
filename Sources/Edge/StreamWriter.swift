import ConnectRPC
import NIOCore

/// Sends the messages of one streaming call.
package struct StreamWriter: Sendable {
  private let reply: Reply
  private let gzips: Bool
  private let compressedBytesMin: Int

  init(reply: Reply, gzips: Bool, compressedBytesMin: Int) {
    self.reply = reply
    self.gzips = gzips
    self.compressedBytesMin = compressedBytesMin
  }

  /// Sends one serialized message and waits until the connection has taken it, so a slow client slows its
  /// handler down and nothing piles up.
  ///
  /// - Throws: `ConnectError` with code `canceled` if the client is gone.
  package func send(_ message: [UInt8]) async throws {
    do {
      try await reply.send(enveloped(message))
    } catch {
      throw ConnectError(.canceled, "the client is gone")
    }
  }

  private func enveloped(_ message: [UInt8]) -> ByteBuffer {
    guard gzips, message.count > compressedBytesMin else { return ByteBuffer(envelopeOf: message, flags: 0) }
    return ByteBuffer(envelopeOf: Gzip.compress(message), flags: Envelope.compressedFlag)
  }
}

extension ByteBuffer {
  init(envelopeOf payload: [UInt8], flags: UInt8) {
    self.init()
    reserveCapacity(Envelope.prefixBytes + payload.count)
    writeBytes(Envelope.prefix(flags: flags, payloadBytes: payload.count))
    writeBytes(payload)
  }
}
