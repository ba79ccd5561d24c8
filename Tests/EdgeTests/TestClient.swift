import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import Synchronization

/// A connection on which a test says exactly the bytes it wants, at the pace it wants.
struct TestClient: Sendable {
  enum Fault: Error, CustomStringConvertible {
    case closedEarly(received: String)
    case tooSlow(received: String)

    var description: String {
      switch self {
      case .closedEarly(let received): "closed after: \(received)"
      case .tooSlow(let received): "nothing more after: \(received)"
      }
    }
  }

  private let channel: any Channel
  private let inbox: Inbox

  /// Connects without TLS.
  static func plain(_ port: Int) async throws -> TestClient {
    try await connect(port, tls: nil)
  }

  /// Connects and waits for the handshake.
  ///
  /// - Parameter protocols: What is offered in ALPN.
  static func secure(_ port: Int, protocols: [String] = ["http/1.1"]) async throws -> TestClient {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.certificateVerification = .none  // the certificates have tests of their own
    configuration.applicationProtocols = protocols
    return try await connect(port, tls: try NIOSSLContext(configuration: configuration))
  }

  private static func connect(_ port: Int, tls: NIOSSLContext?) async throws -> TestClient {
    let inbox = Inbox()
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let tls { try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: nil)) }
          try pipeline.addHandler(InboxHandler(inbox))
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
    if tls != nil {
      let isShaken = try await eventually {
        inbox.handshake
      } until: {
        $0 != nil
      }
      guard isShaken == true else { throw Fault.closedEarly(received: "") }
    }
    return TestClient(channel: channel, inbox: inbox)
  }

  func send(_ text: String) async throws {
    try await send(Array(text.utf8))
  }

  func send(_ bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
  }

  /// Sends `first`, and then `piece` again and again until the peer closes: writing then fails, as it may.
  func drip(_ piece: String, every pause: Duration, after first: [UInt8] = []) async {
    do {
      try await send(first)
      while !Task.isCancelled, channel.isActive {
        try await send(piece)
        try await Task.sleep(for: pause)
      }
    } catch {
      return
    }
  }

  /// Stops taking bytes from the socket.
  func stopReading() async throws {
    try await channel.setOption(.autoRead, value: false).get()
  }

  func close() async {
    try? await channel.close().get()
  }

  /// What was received since the last call, as soon as `isEnough`.
  func receive(within limit: Duration = .seconds(60), until isEnough: (String) -> Bool) async throws -> String
  {
    let deadline = ContinuousClock.now + limit
    while true {
      let (text, isClosed) = inbox.peek()
      if isEnough(text) {
        inbox.empty()
        return text
      }
      if isClosed { throw Fault.closedEarly(received: text) }
      if ContinuousClock.now > deadline { throw Fault.tooSlow(received: text) }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// Sends a request and waits for its answer, which must have a `Content-Length`.
  func request(_ text: String) async throws -> TestReply {
    try await send(text)
    return try await reply()
  }

  func reply() async throws -> TestReply {
    let text = try await receive { TestReply($0) != nil }
    guard let reply = TestReply(text) else { throw Fault.closedEarly(received: text) }
    return reply
  }

  /// Waits until the peer has closed.
  func closed(within limit: Duration = .seconds(60)) async throws {
    let deadline = ContinuousClock.now + limit
    while channel.isActive {
      if ContinuousClock.now > deadline { throw Fault.tooSlow(received: inbox.peek().text) }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// How many HTTP/2 frames of a type were received since the last ``receive(within:until:)``.
  func frames(ofType type: UInt8) -> Int {
    let bytes = inbox.bytes
    var (place, count) = (0, 0)
    while place + 9 <= bytes.count {
      let length = Int(bytes[place]) << 16 | Int(bytes[place + 1]) << 8 | Int(bytes[place + 2])
      if bytes[place + 3] == type { count += 1 }
      place += 9 + length
    }
    return count
  }

  /// Everything received so far.
  var received: String { inbox.peek().text }
}

/// An HTTP/1.1 answer.
struct TestReply {
  let status: Int
  let headers: [String: String]
  let body: String

  /// nil if `text` is not a whole answer yet.
  init?(_ text: String) {
    guard let end = text.range(of: "\r\n\r\n") else { return nil }
    let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
    let fields = lines.dropFirst().map { line in
      let name = line.prefix { $0 != ":" }
      return (name.lowercased(), line.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces))
    }
    let headers = Dictionary(fields, uniquingKeysWith: { $0 + ", " + $1 })
    guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }),
      let length = headers["content-length"].flatMap({ Int($0) })
    else { return nil }
    let rest = text[end.upperBound...]
    guard rest.utf8.count >= length else { return nil }
    self.status = status
    self.headers = headers
    self.body = String(rest)
  }
}

private final class Inbox: Sendable {
  private let state = Mutex((bytes: [UInt8](), isClosed: false, handshake: Bool?.none))

  /// True once TLS is set up, false if that failed, nil as long as it lasts.
  var handshake: Bool? { state.withLock { $0.handshake } }
  func shaken(_ isDone: Bool) { state.withLock { $0.handshake = $0.handshake ?? isDone } }

  func add(_ buffer: ByteBuffer) { state.withLock { $0.bytes.append(contentsOf: buffer.readableBytesView) } }
  func close() { state.withLock { $0.isClosed = true } }
  func empty() { state.withLock { $0.bytes = [] } }
  var bytes: [UInt8] { state.withLock { $0.bytes } }
  func peek() -> (text: String, isClosed: Bool) {
    state.withLock { (String(decoding: $0.bytes, as: UTF8.self), $0.isClosed) }
  }
}

private final class InboxHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let inbox: Inbox

  init(_ inbox: Inbox) { self.inbox = inbox }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted? = event as? TLSUserEvent { inbox.shaken(true) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { inbox.add(unwrapInboundIn(data)) }
  func channelInactive(context: ChannelHandlerContext) {
    inbox.close()
    inbox.shaken(false)
  }
  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
