import ConnectRPC
import SwiftProtobuf

struct EncodedRequest: Sendable {
  let bytes: [UInt8]
  /// As gzip.
  let isCompressed: Bool

  init(bytes: [UInt8], isCompressed: Bool) {
    self.bytes = bytes
    self.isCompressed = isCompressed
  }

  init(_ message: some Message) throws { self = try RequestBody(message).finish() }
}

/// A request's message, encoded in pieces and sent once. Encoded messages one after another are one message with the
/// fields of all, so most of a request can be ready before the rest of it is known.
final class RequestBody {
  private static let compressedBytesMin = 1024
  /// Until there is enough to compress.
  private var plain: [UInt8] = []
  private var compressor: Gzip.Compressor?

  init(_ message: some Message) throws { try append(message) }

  func append(_ message: some Message) throws {
    let piece: [UInt8] = try message.serializedBytes()
    if let compressor { return compressor.append(piece) }
    plain += piece
    guard plain.count > Self.compressedBytesMin else { return }
    compressor = Gzip.Compressor()
    compressor?.append(plain)
  }

  /// What goes on the wire; nothing can be appended after it.
  func finish() -> EncodedRequest {
    if let compressor { return EncodedRequest(bytes: compressor.finish(), isCompressed: true) }
    return EncodedRequest(bytes: plain, isCompressed: false)
  }
}
