import ConnectRPC
import Edge
import Foundation
import Testing

@Suite("Limits of size and number: N passes, N+1 does not")
struct SizeLimitTests {
  @Test("a request needs exactly one Host, and it must be one of ours")
  func checksHost() async throws {
    try await EdgeUnderTest.run { edge async throws in
      for host in ["localhost", "LOCALHOST", "localhost:\(edge.port)", "127.0.0.1", "127.0.0.1:1"] {
        #expect(try await edge.healthStatus("host: \(host)\r\n") == 200, "\(host)")
      }
      for host in ["evil.example", "localhost.evil.example", "localhost:port", "localhost:1:2", "[::1]"] {
        #expect(try await edge.healthStatus("host: \(host)\r\n") == 421, "\(host)")
      }
      #expect(try await edge.healthStatus("") == 400)
      #expect(try await edge.healthStatus("host: localhost\r\nhost: localhost\r\n") == 400)
    }
  }

  @Test("over HTTP/2 the authority is checked too")
  func checksAuthority() async throws {
    try await EdgeUnderTest.run { edge in
      let foreign = [
        "--http2", "-o", "/dev/null", "-w", "%{http_code}", "--connect-to", "::127.0.0.1:", "-k",
      ]
      let answer = try await curl(edge, foreign + ["https://evil.example:\(edge.port)/healthz"])
      #expect(answer.output == "421")
      // Two names, of which one is ours: RST_STREAM.
      let client = try await TestClient.secure(edge.port, protocols: ["h2"])
      try await client.send(
        HTTP2Bytes.preface
          + HTTP2Bytes.post(
            edge.path("Echo"), stream: 1, ends: true, authority: "evil.example", host: "localhost"))
      _ = try await client.receive { $0.contains(HTTP2Bytes.reset(stream: 1)) }
    }
  }

  @Test("the header fields of a request have a limit together")
  func limitsHeaders() async throws {
    var limits = EdgeLimits()
    limits.headerListBytesMax = 1000
    try await EdgeUnderTest.run(limits: limits) { edge async throws in
      let own = "/healthz".utf8.count + "hostlocalhost".utf8.count + "x".utf8.count
      let most = String(repeating: "y", count: 1000 - own)
      #expect(try await edge.healthStatus("host: localhost\r\nx: \(most)\r\n") == 200)
      #expect(try await edge.healthStatus("host: localhost\r\nx: \(most)y\r\n") == 431)
    }
  }

  @Test("a body has a limit, whether its length is declared or not")
  func limitsBodies() async throws {
    var limits = EdgeLimits()
    limits.bodyBytesMax = 1000
    try await EdgeUnderTest.run(limits: limits) { edge in
      let most = String(repeating: "x", count: 1000)
      #expect(try await TestClient.secure(edge.port).request(edge.post("Echo", most)).status == 200)
      let declared = try await TestClient.secure(edge.port).request(edge.head("Echo", length: 1001))
      #expect(declared.connectError.code == .resourceExhausted)
      for (size, status) in [(1000, 200), (1001, 429)] {
        let client = try await TestClient.secure(edge.port)
        let reply = try await client.request(
          "POST \(edge.path("Echo")) HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/proto\r\n"
            + "transfer-encoding: chunked\r\n\r\n\(String(size, radix: 16))\r\n"
            + String(repeating: "x", count: size) + "\r\n0\r\n\r\n")
        #expect(reply.status == status)
      }
    }
  }

  @Test("a refusal in the middle of an upload is read by the client, and then the connection ends")
  func refusesUploads() async throws {
    var limits = EdgeLimits()
    limits.bodyBytesMax = 100_000
    limits.lingerMilliseconds = 300
    try await EdgeUnderTest.run(limits: limits) { edge in
      let client = try await TestClient.secure(edge.port)
      try await client.send(
        "POST \(edge.path("Echo")) HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/proto\r\n"
          + "transfer-encoding: chunked\r\n\r\n")
      async let dripped: Void = client.drip("3e8\r\n\(String(repeating: "x", count: 1000))\r\n", every: .zero)
      let reply = try await client.reply()
      #expect(reply.connectError.code == .resourceExhausted)
      #expect(reply.headers["connection"] == "close")
      try await client.closed()
      await dripped
    }
  }

  @Test("a compressed body has a limit for what it decompresses to")
  func limitsDecompressed() async throws {
    var limits = EdgeLimits()
    limits.decompressedBytesMax = 100_000
    try await EdgeUnderTest.run(limits: limits) { edge in
      for (size, status) in [(100_000, 200), (100_001, 429)] {
        let client = try await TestClient.secure(edge.port)
        let gzip = Gzip.compress([UInt8](repeating: 0, count: size))
        try await client.send(edge.head("Hello", length: gzip.count, "content-encoding: gzip"))
        try await client.send(gzip)
        let reply = try await client.reply()
        #expect(reply.status == status)
      }
      let broken = try await TestClient.secure(edge.port)
        .request(edge.post("Echo", "this is no gzip, but it is long enough", "content-encoding: gzip"))
      #expect(broken.connectError.code == .invalidArgument)
    }
  }

  @Test("JSON may nest 32 levels and no more; protobuf is not looked at")
  func limitsNesting() async throws {
    try await EdgeUnderTest.run { edge in
      for (levels, status) in [(32, 200), (33, 400)] {
        let nested = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        let client = try await TestClient.secure(edge.port)
        #expect(
          try await client.request(edge.post("Echo", nested, type: "application/json")).status == status)
        #expect(try await client.request(edge.post("Echo", nested)).status == 200)
      }
    }
  }

  @Test("bodies of all requests together have a limit, which is free again after the answers")
  func limitsBodiesInFlight() async throws {
    var limits = EdgeLimits()
    limits.bodyBytesInFlightMax = 1000
    try await EdgeUnderTest.run(limits: limits) { edge in
      let most = String(repeating: "x", count: 1000)
      let client = try await TestClient.secure(edge.port)
      for _ in 1...3 { #expect(try await client.request(edge.post("Echo", most)).status == 200) }
      let waiting = try await TestClient.secure(edge.port)
      try await waiting.send(edge.head("Echo", length: 2) + "x")
      let busy = try await eventually {
        try await TestClient.secure(edge.port).request(edge.post("Echo", most))
      } until: {
        $0.status == 429
      }
      #expect(busy.connectError.retryAfterSeconds == 1)
      await waiting.close()
      _ = try await eventually {
        try await TestClient.secure(edge.port).request(edge.post("Echo", most))
      } until: {
        $0.status == 200
      }
    }
  }

  @Test("connections have a limit in all, and a place is free again after one closes")
  func limitsConnections() async throws {
    var limits = EdgeLimits()
    limits.connectionsMax = 2
    try await EdgeUnderTest.run(limits: limits) { edge in try await connectionsAreLimited(edge) }
  }

  @Test("connections of one address have a limit")
  func limitsConnectionsPerAddress() async throws {
    var limits = EdgeLimits()
    limits.connectionsPerAddressMax = 2
    try await EdgeUnderTest.run(limits: limits) { edge in try await connectionsAreLimited(edge) }
  }

  private func connectionsAreLimited(_ edge: EdgeUnderTest) async throws {
    let first = try await TestClient.secure(edge.port)
    let second = try await TestClient.secure(edge.port)
    #expect(try await first.request(edge.post("Echo", "1")).body == "1")
    #expect(try await second.request(edge.post("Echo", "2")).body == "2")
    let third = try await TestClient.plain(edge.port)
    try await third.closed()
    await first.close()
    try await eventually {
      edge.server.connectionCount
    } until: {
      $0 == 1
    }
    let fourth = try await TestClient.secure(edge.port)
    #expect(try await fourth.request(edge.post("Echo", "4")).body == "4")
  }
}

extension EdgeUnderTest {
  func healthStatus(_ headers: String) async throws -> Int {
    try await TestClient.secure(port).request("GET /healthz HTTP/1.1\r\n\(headers)\r\n").status
  }
}

struct NeverHappened<Value: Sendable>: Error {
  let last: Value
}

/// Looks again and again until what it sees is as wanted.
@discardableResult
func eventually<Value: Sendable>(
  within limit: Duration = .seconds(60), _ look: () async throws -> Value, until isWanted: (Value) -> Bool
) async throws -> Value {
  let deadline = ContinuousClock.now + limit
  while true {
    let value = try await look()
    if isWanted(value) { return value }
    if ContinuousClock.now > deadline { throw NeverHappened(last: value) }
    try await Task.sleep(for: .milliseconds(5))
  }
}
