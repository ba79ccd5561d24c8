import ConnectRPC
import Edge
import Testing

@Suite("Shutdown")
struct ShutdownTests {
  @Test(
    "a live stream is told that the server stops, and the server ends soon", arguments: ["http/1.1", "h2"])
  func endsStreams(version: String) async throws {
    let stopped = try await EdgeUnderTest.run { edge in
      let client = try await edge.watch(version: version)
      let stopped = ContinuousClock.now
      await edge.stop()
      _ = try await client.receive { $0.contains("\"unavailable\"") }
      try await client.closed()
      return stopped
    }
    // Long before anything is cut off.
    #expect(ContinuousClock.now - stopped < .milliseconds(EdgeLimits().shutdownMilliseconds / 2))
  }

  @Test("a request that runs is answered, an idle connection closed, a new one refused")
  func drains() async throws {
    try await EdgeUnderTest.run { edge in
      let idle = try await TestClient.secure(edge.port)
      let busy = try await TestClient.secure(edge.port)
      #expect(try await idle.request(edge.post("Echo", "x")).status == 200)
      // The 100 says that the server has seen the request.
      try await busy.send(edge.head("Echo", length: 2, "expect: 100-continue"))
      _ = try await busy.receive { $0.contains("100 Continue") }
      try await busy.send("a")
      await edge.stop()
      try await idle.closed()
      let reply = try await busy.request("b")
      #expect(reply.body == "ab")
      #expect(reply.headers["connection"] == "close")
      try await busy.closed()
      await #expect(throws: (any Error).self) { try await TestClient.plain(edge.port) }
    }
  }

  @Test("what does not end by itself is cut off in time", arguments: ["http/1.1", "h2"])
  func cutsOff(version: String) async throws {
    var limits = EdgeLimits()
    limits.shutdownMilliseconds = 300
    let stopped = try await EdgeUnderTest.run(limits: limits) { edge in
      let client = try await TestClient.secure(edge.port, protocols: [version])
      if version == "h2" {
        try await client.send(HTTP2Bytes.preface + HTTP2Bytes.post(edge.path("Echo"), stream: 1, ends: false))
      } else {
        try await client.send(edge.head("Echo", length: 2) + "a")
      }
      let halfShaken = try await TestClient.plain(edge.port)
      try await eventually {
        edge.server.connectionCount
      } until: {
        $0 == 2
      }
      let stopped = ContinuousClock.now
      await edge.stop()
      try await halfShaken.closed()
      try await client.closed()
      return stopped
    }
    #expect(ContinuousClock.now - stopped < .seconds(4))
  }

  @Test("a server that is cancelled ends at once, whatever its clients do")
  func endsWhenCancelled() async throws {
    struct Enough: Error {
      let time = ContinuousClock.now
    }
    let enough = await #expect(throws: Enough.self) {
      try await EdgeUnderTest.run { edge in
        let clients = [
          try await TestClient.plain(edge.port), try await TestClient.secure(edge.port, protocols: ["h2"]),
          try await TestClient.secure(edge.port), try await edge.watch(), try await edge.watch(version: "h2"),
        ]
        let flooded = try await TestClient.secure(edge.port)
        try await flooded.stopReading()
        try await flooded.send(edge.streamRequest("Flood", Envelope(payload: []).encoded()))
        try await eventually {
          edge.server.liveStreamCount
        } until: {
          $0 == 3
        }
        #expect(edge.server.connectionCount == clients.count + 1)
        throw Enough()
      }
    }
    // Before TLS gives up waiting for the clients' goodbyes, which takes five seconds.
    #expect(ContinuousClock.now - (try #require(enough).time) < .seconds(4))
  }
}
