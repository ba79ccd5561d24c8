import ConnectRPC
import NIOCore
import NIOHTTP1

/// A whole answer, ready to be written.
struct Answer: Sendable {
  var status: HTTPResponseStatus
  /// Without `Content-Length`, which is the writer's, and without anything about the connection.
  var headers: HTTPHeaders
  var body: ByteBuffer

  init(_ status: HTTPResponseStatus, _ headers: HTTPHeaders = [:], body: ByteBuffer = ByteBuffer()) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// On every answer. No browser is meant to ask; one that is made to keeps nothing, shows nothing as a page, runs nothing and
  /// frames nothing.
  static let forBrowsers: HTTPHeaders = [
    "cache-control": "no-store", "x-content-type-options": "nosniff",
    "content-security-policy":
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ]

  static func plain(_ status: HTTPResponseStatus, _ text: String, _ headers: HTTPHeaders = [:]) -> Answer {
    var headers = headers
    headers.add(name: "content-type", value: "text/plain; charset=utf-8")
    return Answer(status, headers, body: ByteBuffer(string: text))
  }

  /// A refusal of a unary call. `status` differs from the code's own only where HTTP itself has a better one.
  static func refusal(
    _ error: ConnectError, status: HTTPResponseStatus? = nil, _ headers: HTTPHeaders = [:]
  ) -> Answer {
    var headers = headers
    headers.add(name: "content-type", value: "application/json")
    if let seconds = error.retryAfterSeconds {
      headers.add(name: "retry-after", value: String(seconds))
    }
    return Answer(
      status ?? HTTPResponseStatus(statusCode: error.code.httpStatus), headers,
      body: ByteBuffer(bytes: error.json()))
  }

  /// A stream that ends with its first message. Its status is 200: a stream's errors are in its end.
  static func endedStream(_ error: ConnectError, codec: ContentCodec) -> Answer {
    let end = Envelope(flags: Envelope.endOfStreamFlag, payload: EndOfStream.json(error: error))
    return Answer(
      .ok, ["content-type": codec.streamingContentType], body: ByteBuffer(bytes: end.encoded()))
  }

  static func refusal(_ error: ConnectError, of plan: CallPlan) -> Answer {
    if case .streaming = plan.work { return .endedStream(error, codec: plan.codec) }
    return .refusal(error)
  }

  /// The answer of a unary call, compressed if the client can read that and it is worth it.
  static func message(
    _ bytes: [UInt8], codec: ContentCodec, gzipAllowed: Bool, compressedBytesMin: Int
  ) -> Answer {
    var headers: HTTPHeaders = ["content-type": codec.unaryContentType]
    guard gzipAllowed, bytes.count > compressedBytesMin else {
      return Answer(.ok, headers, body: ByteBuffer(bytes: bytes))
    }
    headers.add(name: "content-encoding", value: "gzip")
    return Answer(.ok, headers, body: ByteBuffer(bytes: Gzip.compress(bytes)))
  }
}
