import AsyncHTTPClient
import ConnectRPC
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import SwiftProtobuf
import SyncCore
import Wording

/// Connect calls to one server: unary, protobuf, gzip where it helps.
struct Transport: Sendable {
  /// Answers are bounded like the server's pages, with room for results.
  private static let answerBytesMax = 64 << 20
  /// A refusal is a sentence.
  private static let refusalBytesMax = 1 << 20
  private static let refusalCharactersMax = 500
  private static let service = "kam.v1.SyncService"
  static let userAgent = "kam/\(Program.version)"

  private let client: HTTPClient
  private let route: Route

  init(_ route: Route, authority: Data?) throws {
    self.route = route
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    if let authority {
      let certificate = try NIOSSLCertificate(bytes: Array(authority), format: .der)
      tls.trustRoots = .certificates([certificate])
    }
    var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
    // One request at a time on one connection: HTTP/2 would only add a round trip for its settings.
    configuration.httpVersion = .http1Only
    // By progress: a line that carries something is given the time it needs, one that carries nothing is given up.
    configuration.timeout = HTTPClient.Configuration.Timeout(
      connect: .seconds(10), read: .seconds(60), write: .seconds(60))
    // A server that is not there is told at once; the pool would try again for ten seconds.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.proxy = route.proxy.map { proxy in
      .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.login.map { .basic(username: $0.secret.user, password: $0.secret.password) },
        connectHeaders: ["user-agent": Self.userAgent])
    }
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  func close() async throws { try await client.shutdown() }

  /// - Throws: ``ClientError`` when the server is not reached; `ConnectError` when it refuses.
  func call<Answer: Message>(
    _ method: String, _ body: EncodedRequest, token: Redacted<String>?, seconds: Int64 = 60,
    longestSeconds: Int64 = 3_600
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: "\(route.url)/\(Self.service)/\(method)")
    request.method = .POST
    request.headers = [
      "content-type": "application/proto", "connect-protocol-version": "1", "accept-encoding": "gzip",
      "connect-timeout-ms": String(seconds * 1000), "user-agent": Self.userAgent,
    ]
    if let token { request.headers.add(name: "authorization", value: "Bearer \(token.secret)") }
    if body.isCompressed { request.headers.add(name: "content-encoding", value: "gzip") }
    request.body = .stream(Pieces(bytes: body.bytes), length: .known(Int64(body.bytes.count)))
    let response = try await send(request, seconds: longestSeconds)
    return try Answer(serializedBytes: response)
  }

  private func send(_ request: HTTPClientRequest, seconds: Int64) async throws -> [UInt8] {
    let response: HTTPClientResponse
    var body: ByteBuffer
    do {
      response = try await client.execute(request, timeout: .seconds(seconds))
      if response.status != .ok { throw try await Self.refusal(response) }
      body = try await response.body.collect(upTo: Self.answerBytesMax)
    } catch let error as ConnectError {
      throw error
    } catch {
      if Self.isAboutCertificate(error) { throw try await ServerTrust.refusal(route) }
      if let failure = await proxyFailure(error) { throw route.unreachable(failure) }
      let isLost = route.proxy != nil && Self.endedEarly(error)
      throw route.unreachable(
        isLost ? "one of them closed the connection" : Self.describe(error),
        isAboutTheLine: Self.isAboutTheLine(error))
    }
    var bytes = body.readBytes(length: body.readableBytes) ?? []
    if response.headers.first(name: "content-encoding") == "gzip" {
      bytes = try Gzip.decompress(bytes, maximumBytes: Self.answerBytesMax)
    }
    return bytes
  }

  /// Why a call was refused, in one short line, whatever the server has sent.
  private static func refusal(_ response: HTTPClientResponse) async throws -> ConnectError {
    var bytes: [UInt8] = []
    do {
      let body = try await response.body.collect(upTo: refusalBytesMax)
      bytes = Array(body.readableBytesView)
      if response.headers.first(name: "content-encoding") == "gzip" {
        bytes = try Gzip.decompress(bytes, maximumBytes: refusalBytesMax)
      }
    } catch is NIOTooManyBytesError {
      bytes = []
    } catch is Gzip.Failure {
      bytes = []
    }
    var error = ConnectError(
      json: bytes, httpStatus: Int(response.status.code),
      retryAfter: response.headers.first(name: "retry-after"))
    error.message = oneLine(error.message)
    return error
  }

  /// On one line, and cut.
  static func oneLine(_ text: String) -> String {
    let line = text.prefix(refusalCharactersMax).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return text.count > refusalCharactersMax ? line + "…" : line
  }

  /// What the proxy did that a call failed of; nil when it was not the proxy.
  private func proxyFailure(_ error: any Error) async -> ProxyFailure? {
    guard let proxy = route.proxy else { return nil }
    // Only the proxy's name is looked up, and only the proxy is connected to.
    if error is NIOConnectionError { return .unreachable(Self.describe(error)) }
    // By the proxy before there was a tunnel, or by anybody after that.
    if Self.endedEarly(error) { return await Tunnel.failure(to: route, through: proxy) }
    switch error as? HTTPClientError {
    // Asked once: a wrong password that is tried twice may lock somebody out.
    case .proxyAuthenticationRequired: return .refused(status: 407)
    // One clock runs for everything before the first request; the client does not say where it stopped.
    case .connectTimeout, .httpProxyHandshakeTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
      return .silent
    // The client does not say what the proxy answered.
    case .invalidProxyResponse: return await Tunnel.failure(to: route, through: proxy) ?? .unintelligible
    default: return nil
    }
  }

  /// Whether it failed on the way, after there was a connection.
  private static func isAboutTheLine(_ error: any Error) -> Bool {
    if endedEarly(error) { return true }
    guard let error = error as? HTTPClientError else { return false }
    return error == .readTimeout || error == .writeTimeout || error == .deadlineExceeded
  }

  /// The connection ended before the answer did.
  private static func endedEarly(_ error: any Error) -> Bool {
    switch error {
    case let error as HTTPClientError: error == .remoteConnectionClosed
    case let error as HTTPParserError: error == .invalidEOFState
    case let error as ChannelError: error == .eof || error == .inputClosed
    case let error as IOError: [ECONNRESET, EPIPE, ETIMEDOUT].contains(error.errnoCode)
    default: false
    }
  }

  private static func isAboutCertificate(_ error: any Error) -> Bool {
    switch error {
    // BoringSSL names the reason only in words.
    case let error as NIOSSLError: "\(error)".contains("CERTIFICATE_VERIFY_FAILED")
    case is NIOSSLExtraError: true
    case let error as NIOConnectionError: error.connectionErrors.contains { isAboutCertificate($0.error) }
    default: false
    }
  }

  static func describe(_ error: any Error) -> Phrase {
    switch error {
    case let error as HTTPClientError where error == .connectTimeout: "no answer within 10 s"
    case ChannelError.connectTimeout: "no answer within 10 s"
    case let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout:
      "no answer in time"
    case let error where endedEarly(error) && !(error is IOError): "it closed the connection"
    case is NIOSSLError, is NIOSSLExtraError: "there is no TLS connection to it"
    case let error as IOError: .verbatim(String(cString: strerror(error.errnoCode)))
    case let error as NIOConnectionError:
      error.connectionErrors.last.map { describe($0.error) } ?? "the name \(error.host) is not known"
    default: .verbatim("\(error)")
    }
  }
}

/// A body in small pieces: each is a TLS record of its own, so that the other end sees that something comes also where a
/// full record takes many seconds.
private struct Pieces: AsyncSequence, Sendable {
  private static let bytesAtOnce = 4_096

  let bytes: [UInt8]

  struct AsyncIterator: AsyncIteratorProtocol {
    let bytes: [UInt8]
    var place = 0

    mutating func next() async -> ByteBuffer? {
      guard place < bytes.count else { return nil }
      let end = Swift.min(place + Pieces.bytesAtOnce, bytes.count)
      defer { place = end }
      return ByteBuffer(bytes: bytes[place..<end])
    }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(bytes: bytes) }
}
