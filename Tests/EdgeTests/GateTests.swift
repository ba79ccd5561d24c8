import ConnectRPC
import Edge
import Foundation
import Synchronization
import Testing

@Suite("Nothing for strangers: the head decides whether a body is read")
struct GateTests {
  /// Lets in whoever says “friend”, at once, and “guest”, after a look; and remembers who asked.
  private final class Doorkeeper: Gatekeeper {
    let asked = Mutex<[String]>([])

    func decideAtOnce(_ caller: Caller) -> Admittance? {
      asked.withLock { $0.append(caller.method) }
      switch caller.bearer?.secret {
      case "friend": return .admitted(as: "friend")
      case "guest", "nobody": return nil
      default: return .refused(ConnectError(.unauthenticated, "who are you?"))
      }
    }

    func strayed(_ caller: Caller) -> ConnectError? {
      let strays = asked.withLock { asked in
        asked.append("stray")
        return asked.count { $0 == "stray" }
      }
      return strays > 3 ? ConnectError(.resourceExhausted, "enough", retryAfterSeconds: 9) : nil
    }

    func decide(_ caller: Caller) async -> Admittance {
      do { try await Task.sleep(for: .milliseconds(50)) } catch { return .admitted(as: "guest") }
      return caller.bearer?.secret == "guest"
        ? .admitted(as: "guest") : .refused(ConnectError(.unauthenticated, "not known here"))
    }
  }

  private func routes(_ doorkeeper: Doorkeeper, open: Set<String> = []) -> RPCRoutes {
    var routes = RPCRoutes.toy
    routes.gatekeeper = doorkeeper
    routes.open = open
    return routes
  }

  @Test("who has no good credential is refused before the body comes, and no byte of it is kept")
  func refusesByTheHead() async throws {
    var limits = EdgeLimits()
    limits.bodyBytesInFlightMax = 10
    try await EdgeUnderTest.run(routes(Doorkeeper()), limits: limits) { edge in
      for bearer in ["", "authorization: Bearer nobody", "authorization: Bearer x"] {
        let client = try await TestClient.secure(edge.port)
        // The body is longer than all bodies may be together: had it been taken in, the answer were “busy”.
        let head =
          bearer.isEmpty ? edge.head("Echo", length: 1_000) : edge.head("Echo", length: 1_000, bearer)
        try await client.send(head + String(repeating: "x", count: 500))
        let reply = try await client.reply()
        #expect(reply.status == 401 && reply.connectError.code == .unauthenticated, "\(bearer)")
        #expect(reply.headers["connection"] == "close")
      }
      let stream = try await TestClient.secure(edge.port)
      try await stream.send(edge.head("Watch", length: 1_000, type: "application/connect+proto"))
      #expect(try await stream.reply().body.contains("who are you?"))
    }
  }

  @Test("a body that came while its sender was looked up is read whole, over HTTP/1.1 and HTTP/2")
  func readsOn() async throws {
    try await EdgeUnderTest.run(routes(Doorkeeper())) { edge in
      for bearer in ["friend", "guest"] {
        let body = String(repeating: bearer, count: 50_000)
        let client = try await TestClient.secure(edge.port)
        for _ in 1...2 {
          let request = edge.post("Echo", body, "authorization: Bearer \(bearer)")
          #expect(try await client.request(request).body == body)
        }
        // Sent ahead, before the answers.
        let twice =
          edge.post("Echo", "one", "authorization: Bearer \(bearer)")
          + edge.post("Echo", "two", "authorization: Bearer \(bearer)")
        try await client.send(twice)
        let answers = try await client.receive { $0.contains("one") && $0.contains("two") }
        #expect(answers.components(separatedBy: "200 OK").count == 3)
        let file = NSTemporaryDirectory() + "kam-gate-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: file) }
        let long = String(repeating: bearer, count: 300_000)
        try long.write(toFile: file, atomically: true, encoding: .utf8)
        let answer = try await curl(
          edge,
          [
            "--http2", "-k", "-H", "content-type: application/proto", "-H",
            "authorization: Bearer \(bearer)", "--data-binary", "@\(file)",
            "https://localhost:\(edge.port)\(edge.path("Echo"))",
          ])
        #expect(answer.output == long)
      }
    }
  }

  @Test("over HTTP/2 a stranger's stream is answered without its body, and the others go on")
  func refusesStreams() async throws {
    try await EdgeUnderTest.run(routes(Doorkeeper())) { edge in
      let client = try await TestClient.secure(edge.port, protocols: ["h2"])
      try await client.send(
        HTTP2Bytes.preface + HTTP2Bytes.post(edge.path("Echo"), stream: 1, ends: false))
      let answer = try await client.receive { $0.contains("who are you?") }
      #expect(answer.contains("unauthenticated"))
    }
  }

  @Test(
    "a call that is open to strangers is short, also once it is unpacked, and flat: N passes, N + 1 does not")
  func boundsOpenCalls() async throws {
    var limits = EdgeLimits()
    limits.openBodyBytesMax = 1_000
    var routes = RPCRoutes.toy
    routes.open = ["Echo", "Hello"]
    try await EdgeUnderTest.run(routes, limits: limits) { [limits] edge in
      func ask(_ body: String, type: String = "application/proto") async throws -> TestReply {
        try await TestClient.secure(edge.port).request(edge.post("Echo", body, type: type))
      }
      #expect(try await ask(String(repeating: "x", count: 1_000)).status == 200)
      let declared = try await TestClient.secure(edge.port).request(edge.head("Echo", length: 1_001))
      #expect(declared.connectError.code == .resourceExhausted)
      for (levels, status) in [(limits.openJSONNestingMax, 200), (limits.openJSONNestingMax + 1, 400)] {
        let nested = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        #expect(try await ask(nested, type: "application/json").status == status)
      }
      for (bytes, status) in [(1_000, 200), (1_001, 429)] {
        let gzip = Gzip.compress([UInt8](repeating: 0, count: bytes))
        let client = try await TestClient.secure(edge.port)
        try await client.send(edge.head("Echo", length: gzip.count, "content-encoding: gzip"))
        try await client.send(gzip)
        #expect(try await client.reply().status == status)
      }
      let message = String(repeating: "A", count: 1_400)
      let get = try await TestClient.secure(edge.port).request(
        "GET \(edge.path("Hello"))?connect=v1&encoding=proto&base64=1&message=\(message) HTTP/1.1\r\nhost: localhost\r\n\r\n"
      )
      #expect(get.connectError.code == .resourceExhausted)
    }
  }

  @Test("what is no call, such as a check of health, takes no body in at all")
  func healthTakesNoBody() async throws {
    var limits = EdgeLimits()
    limits.bodyBytesInFlightMax = 100
    try await EdgeUnderTest.run(limits: limits) { edge in
      let client = try await TestClient.secure(edge.port)
      try await client.send(
        "GET /healthz HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000\r\n\r\n"
          + String(repeating: "x", count: 90))
      #expect(try await client.reply().status == 413)
      // Nothing of it is held: there is room for another's.
      let other = try await TestClient.secure(edge.port)
      #expect(try await other.request(edge.post("Echo", String(repeating: "y", count: 90))).status == 200)
    }
  }

  @Test("one person's bodies hold a share of the room, over all connections; another's are taken in")
  func sharesRoom() async throws {
    var limits = EdgeLimits()
    limits.bodyBytesPerPersonMax = 100
    try await EdgeUnderTest.run(routes(Doorkeeper()), limits: limits) { edge in
      func head(_ bearer: String) -> String {
        edge.head("Echo", length: 100, "authorization: Bearer \(bearer)")
      }
      let dripping = try await TestClient.secure(edge.port)
      try await dripping.send(head("friend") + String(repeating: "x", count: 60))
      _ = try await eventually {
        edge.server.bodyBytes
      } until: {
        $0 == 60
      }
      let more = try await TestClient.secure(edge.port)
      try await more.send(head("friend") + String(repeating: "x", count: 60))
      #expect(try await more.reply().connectError.code == .resourceExhausted)
      let other = try await TestClient.secure(edge.port)
      try await other.send(head("guest") + String(repeating: "y", count: 100))
      #expect(try await other.reply().status == 200)
      await dripping.close()
      _ = try await eventually {
        edge.server.bodyBytes
      } until: {
        $0 == 0
      }
    }
  }

  @Test("the body of a stream that was reset counts until nobody has it any more")
  func countsResetBodies() async throws {
    let (waits, goOn) = AsyncStream.makeStream(of: Void.self)
    var routes = RPCRoutes.toy
    routes.unary["Wait"] = { _ in
      for await _ in waits {}
      return []
    }
    try await EdgeUnderTest.run(routes) { edge in
      let client = try await TestClient.secure(edge.port, protocols: ["h2"])
      try await client.send(HTTP2Bytes.preface + HTTP2Bytes.post(edge.path("Wait"), stream: 1, ends: false))
      try await client.send(HTTP2Bytes.end([UInt8](repeating: 7, count: 200), stream: 1))
      _ = try await eventually {
        edge.server.bodyBytes
      } until: {
        $0 == 200
      }
      try await client.send([0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 8])
      // Frames are taken in their order: once this is answered, the reset was seen.
      try await client.send(HTTP2Bytes.post(edge.path("Echo"), stream: 3, ends: false))
      try await client.send(HTTP2Bytes.end(Array("still here".utf8), stream: 3))
      _ = try await client.receive { $0.contains("still here") }
      #expect(edge.server.bodyBytes == 200)
      goOn.finish()
      _ = try await eventually {
        edge.server.bodyBytes
      } until: {
        $0 == 0
      }
    }
  }

  @Test("requests that are none of ours are counted: unknown paths, wrong verbs, other hosts")
  func countsStrays() async throws {
    try await EdgeUnderTest.run(routes(Doorkeeper())) { edge in
      let asked = [
        ("GET /", "localhost", 404), ("DELETE \(edge.path("Echo"))", "localhost", 405),
        ("GET /healthz", "evil.example", 421), ("GET /", "localhost", 429),
        ("GET /healthz", "localhost", 200),
      ]
      for (line, host, status) in asked {
        let client = try await TestClient.secure(edge.port)
        let reply = try await client.request("\(line) HTTP/1.1\r\nhost: \(host)\r\n\r\n")
        #expect(reply.status == status, "\(line) \(host)")
      }
    }
  }

  @Test("what opens a stream is short")
  func boundsStreams() async throws {
    try await EdgeUnderTest.run { edge in
      let client = try await TestClient.secure(edge.port)
      try await client.send(edge.head("Watch", length: 4_097, type: "application/connect+proto"))
      #expect(try await client.reply().body.contains("longer than the limit of 4096 bytes"))
    }
  }

  @Test("the members of a JSON body have a limit, whatever its length")
  func boundsElements() async throws {
    var limits = EdgeLimits()
    limits.jsonElementsMax = 10
    try await EdgeUnderTest.run(limits: limits) { edge in
      for (count, status) in [(5, 200), (6, 400)] {
        let body = "[" + Array(repeating: "[]", count: count).joined(separator: ",") + "]"
        let client = try await TestClient.secure(edge.port)
        #expect(
          try await client.request(edge.post("Echo", body, type: "application/json")).status == status)
      }
    }
  }

  @Test("a connection that does not take its answers is made no more of them")
  func boundsAnswers() async throws {
    var limits = EdgeLimits()
    limits.answerBytesPerConnectionMax = 300_000
    let calls = Mutex(0)
    var routes = RPCRoutes.toy
    routes.unary["Big"] = { _ in
      calls.withLock { $0 += 1 }
      return [UInt8](repeating: 7, count: 200_000)
    }
    try await EdgeUnderTest.run(routes, limits: limits) { edge in
      let client = try await TestClient.secure(edge.port, protocols: ["h2"])
      // SETTINGS_INITIAL_WINDOW_SIZE 0: no answer's body can be sent.
      let shut: [UInt8] = [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0]
      try await client.send(Array(HTTP2Bytes.preface.dropLast(9)) + shut)
      for stream in stride(from: UInt8(1), through: 59, by: 2) {
        try await client.send(HTTP2Bytes.post(edge.path("Big"), stream: stream, ends: true))
        // Each is answered by a HEADERS frame, whatever the window.
        _ = try await eventually {
          client.frames(ofType: 1)
        } until: {
          $0 > Int(stream) / 2
        }
      }
      #expect((2...4).contains(calls.withLock { $0 }), "\(calls.withLock { $0 }) answers were made")
      // Another connection is not disturbed, and what the first held is free again once it is gone.
      #expect(try await TestClient.secure(edge.port).request(edge.post("Echo", "x")).status == 200)
      await client.close()
      let other = try await TestClient.secure(edge.port)
      #expect(try await other.request(edge.post("Big", "")).status == 200)
    }
  }
}
