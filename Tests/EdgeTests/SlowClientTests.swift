import ConnectRPC
import Edge
import Testing

/// Long enough for the honest client's own handshakes on a busy machine, far below all limits that stay as they
/// are.
private let limitMilliseconds: Int64 = 1_000

/// Each test lets one kind of slow client in and asks that it is closed in time, and that an honest client
/// beside it does not notice.
@Suite("Slow clients")
struct SlowClientTests {
  /// For a machine with other things to do. All limits that are not shortened are longer.
  private static let slack = Duration.seconds(8)

  @Test("a TLS handshake that drags on is closed")
  func closesSlowHandshakes() async throws {
    try await beside(\.handshakeMilliseconds) { edge in
      let client = try await TestClient.plain(edge.port)
      // A record of 16 KiB begins, and then a byte comes now and then.
      async let dripped: Void = client.drip("\u{1}", every: .milliseconds(20), after: [0x16, 3, 1, 0x40, 0])
      try await client.closed()
      await dripped
    }
  }

  @Test("a request's head that drags on is closed")
  func closesSlowHeads() async throws {
    try await beside(\.requestHeadMilliseconds) { edge in
      let client = try await TestClient.secure(edge.port)
      try await client.send("GET /healthz HTTP/1.1\r\nx: ")
      async let dripped: Void = client.drip("y", every: .milliseconds(20))
      try await client.closed()
      await dripped
    }
  }

  @Test(
    "an HTTP/2 header block that drags on is closed",
    arguments: [
      // The preface cut short; a HEADERS frame cut short; a whole one that announces a CONTINUATION that
      // never comes.
      Array("PRI * HTTP".utf8),
      HTTP2Bytes.preface + [0, 0, 9, 1, 5, 0, 0, 0, 1, 0x83],
      HTTP2Bytes.preface + [0, 0, 1, 1, 1, 0, 0, 0, 1, 0x83],
    ])
  func closesSlowFrames(bytes: [UInt8]) async throws {
    try await beside(\.requestHeadMilliseconds) { edge in
      let client = try await TestClient.secure(edge.port, protocols: ["h2"])
      try await client.send(bytes)
      try await client.closed()
    }
  }

  @Test("a body that stalls is answered 408 and closed")
  func closesStalledBodies() async throws {
    try await beside(\.bodyStallMilliseconds) { edge in
      let client = try await TestClient.secure(edge.port)
      try await client.send(edge.head("Echo", length: 10) + "x")
      #expect(try await client.reply().status == 408)
      try await client.closed()
    }
  }

  @Test("a body that drips below the least rate is closed, though it never stalls")
  func closesDrippingBodies() async throws {
    try await beside(\.bodyGraceMilliseconds) { edge in
      let client = try await TestClient.secure(edge.port)
      try await client.send(edge.head("Echo", length: 10_000))
      async let dripped: Void = client.drip("x", every: .milliseconds(20))
      #expect(try await client.reply().status == 408)
      try await client.closed()
      await dripped
    }
  }

  @Test("a body of an HTTP/2 stream that stalls ends the stream")
  func endsStalledStreams() async throws {
    try await beside(\.bodyStallMilliseconds) { edge in
      let client = try await TestClient.secure(edge.port, protocols: ["h2"])
      try await client.send(HTTP2Bytes.preface + HTTP2Bytes.post(edge.path("Echo"), stream: 1, ends: false))
      _ = try await client.receive { $0.contains(HTTP2Bytes.reset(stream: 1)) }
    }
  }

  @Test("an answer that nobody reads is closed")
  func closesStalledReaders() async throws {
    try await beside(\.writeStallMilliseconds) { edge in
      let client = try await TestClient.secure(edge.port)
      try await client.stopReading()
      try await client.send(edge.post("Big", "30000000"))
      try await eventually {
        edge.server.connectionCount
      } until: {
        $0 == 0
      }
    }
  }

  @Test("an answer for which an HTTP/2 client opens no window ends its stream")
  func endsStalledWindows() async throws {
    try await beside(\.writeStallMilliseconds) { edge in
      let client = try await TestClient.secure(edge.port, protocols: ["h2"])
      try await client.send(HTTP2Bytes.preface + HTTP2Bytes.post(edge.path("Big"), stream: 1, ends: false))
      try await client.send(HTTP2Bytes.end(Array("200000".utf8), stream: 1))
      _ = try await client.receive { $0.contains(HTTP2Bytes.reset(stream: 1)) }
    }
  }

  @Test("a connection without requests is closed", arguments: ["http/1.1", "h2"])
  func closesIdle(version: String) async throws {
    try await beside(\.idleMilliseconds) { edge in
      let client = try await TestClient.secure(edge.port, protocols: [version])
      if version == "h2" { try await client.send(HTTP2Bytes.preface) }
      try await client.closed()
    }
  }

  /// Shortens one limit, all others stay long: so only this limit can be what closes.
  private func beside(
    _ limit: WritableKeyPath<EdgeLimits, Int64>,
    _ slow: @Sendable (EdgeUnderTest) async throws -> Void
  ) async throws {
    var limits = EdgeLimits()
    limits[keyPath: limit] = limitMilliseconds
    limits.lingerMilliseconds = 50
    try await EdgeUnderTest.run(limits: limits) { edge in
      async let slowest = honestCalls(edge)
      let start = ContinuousClock.now
      try await slow(edge)
      let time = ContinuousClock.now - start
      // A write stall is seen after two thirds at the soonest.
      #expect(time > .milliseconds(limitMilliseconds / 2))
      #expect(time < .milliseconds(limitMilliseconds) + Self.slack)
      // Far below any limit that is not shortened; how fast is a matter for benchmarks on a quiet machine.
      #expect(try await slowest < .seconds(2))
    }
  }

  /// The longest of some calls of a client that does everything right, each on a connection of its own.
  private func honestCalls(_ edge: EdgeUnderTest) async throws -> Duration {
    var longest = Duration.zero
    for _ in 1...5 {
      let client = try await TestClient.secure(edge.port)
      let start = ContinuousClock.now
      #expect(try await client.request(edge.post("Echo", "hi")).body == "hi")
      longest = max(longest, ContinuousClock.now - start)
      await client.close()
    }
    return longest
  }
}

/// HTTP/2 by hand, where a client library would be too polite.
enum HTTP2Bytes {
  /// The preface and an empty SETTINGS frame.
  static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]

  /// A HEADERS frame of a call, its fields as literals that are not indexed (RFC 7541 §6.2.2).
  static func post(
    _ path: String, stream: UInt8, ends: Bool, type: String = "application/proto",
    authority: String = "localhost",
    host: String? = nil
  ) -> [UInt8] {
    let (method, scheme): (UInt8, UInt8) = (0x83, 0x87)
    var block = [method, scheme] + literal([0x04], path) + literal([0x01], authority)
    if let host { block += literal([0x0f, 0x17], host) }
    block += literal([0x0f, 0x10], type)
    return [0, 0, UInt8(block.count), 1, ends ? 5 : 4, 0, 0, 0, stream] + block
  }

  /// A DATA frame that ends its stream.
  static func end(_ body: [UInt8], stream: UInt8) -> [UInt8] {
    [0, 0, UInt8(body.count), 0, 1, 0, 0, 0, stream] + body
  }

  /// How a RST_STREAM frame begins.
  static func reset(stream: UInt8) -> String {
    String(decoding: [0, 0, 4, 3, 0, 0, 0, 0, stream] as [UInt8], as: UTF8.self)
  }

  private static func literal(_ name: [UInt8], _ value: String) -> [UInt8] {
    name + [UInt8(value.utf8.count)] + Array(value.utf8)
  }
}
