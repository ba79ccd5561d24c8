import ConnectRPC
import Edge
import Foundation
import Testing

@Suite("Unary calls")
struct CallTests {
  @Test("curl calls a method with JSON over HTTP/1.1 and HTTP/2", arguments: ["--http1.1", "--http2"])
  func curlCalls(version: String) async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await curl(
        edge,
        [
          version, "-w", "\n%{http_code} %{http_version} %{content_type}", "-H",
          "content-type: application/json",
          "-d", "{\"a\":1}", edge.url("Echo"),
        ])
      #expect(answer.output == "{\"a\":1}\n200 \(version == "--http2" ? "2" : "1.1") application/json")
    }
  }

  @Test("a connection is kept for several requests, also for those sent ahead of the answers")
  func keepsAlive() async throws {
    try await EdgeUnderTest.run { edge in
      let client = try await TestClient.secure(edge.port)
      for number in 1...3 {
        let reply = try await client.request(edge.post("Echo", "\(number)"))
        #expect(reply.status == 200)
        #expect(reply.body == "\(number)")
        #expect(reply.headers["connection"] == nil)
      }
      try await client.send((4...6).map { edge.post("Echo", "<\($0)>") }.joined())
      let rest = try await client.receive { $0.contains("<6>") }
      #expect(rest.components(separatedBy: "HTTP/1.1 200 OK").count == 4)
      #expect(edge.server.connectionCount == 1)
      await client.close()
    }
  }

  @Test("Connection: close is honoured after the answer")
  func closesWhenAsked() async throws {
    try await EdgeUnderTest.run { edge in
      let client = try await TestClient.secure(edge.port)
      let reply = try await client.request(edge.post("Echo", "x", "connection: close"))
      #expect(reply.headers["connection"] == "close")
      #expect(reply.body == "x")
      try await client.closed()
    }
  }

  @Test(
    "an answer has the codec of its request",
    arguments: [
      ("application/proto", "protobuf 2"), ("application/json", "json 2"),
      ("application/json; charset=utf-8", "json 2"), ("Application/JSON", "json 2"),
    ])
  func answersInKind(contentType: String, body: String) async throws {
    try await EdgeUnderTest.run { edge in
      let client = try await TestClient.secure(edge.port)
      let reply = try await client.request(edge.post("Hello", "{}", type: contentType))
      #expect(reply.body == body)
      #expect(
        reply.headers["content-type"] == (body.hasPrefix("json") ? "application/json" : "application/proto"))
    }
  }

  @Test("no answer is kept by a cache, guessed at, or shown as a page")
  func answersForNoBrowser() async throws {
    try await EdgeUnderTest.run { edge in
      for request in [
        edge.post("Echo", "x"), edge.post("Nothing", "x"), edge.post("Echo", "x", type: "text/plain"),
      ] {
        let reply = try await TestClient.secure(edge.port).request(request)
        #expect(reply.headers["cache-control"] == "no-store")
        #expect(reply.headers["x-content-type-options"] == "nosniff")
        #expect(reply.headers["content-security-policy"]?.hasPrefix("default-src 'none'") == true)
      }
    }
  }

  @Test("another content type is answered 415 with the types that are known")
  func refusesOtherTypes() async throws {
    try await EdgeUnderTest.run { edge in
      for type in ["text/plain", "application/connect+proto", "application/jsonx"] {
        let reply = try await TestClient.secure(edge.port).request(edge.post("Echo", "x", type: type))
        #expect(reply.status == 415)
        #expect(reply.headers["accept-post"] == "application/proto, application/json")
      }
    }
  }

  @Test("an unknown path is 404, a wrong verb 405, and both say so in a way clients read")
  func refusesPathsAndVerbs() async throws {
    try await EdgeUnderTest.run { edge in
      let unknown = try await TestClient.secure(edge.port).request(edge.post("Nothing", ""))
      #expect(unknown.status == 404)
      #expect(unknown.body.contains("\"unimplemented\""))
      let other = try await TestClient.secure(edge.port).request("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
      #expect(other.status == 404)
      for (target, allowed) in [(edge.path("Who"), "POST"), (edge.path("Watch"), "POST")] {
        let verb = try await TestClient.secure(edge.port).request(
          "GET \(target) HTTP/1.1\r\nhost: localhost\r\n\r\n")
        #expect(verb.status == 405)
        #expect(verb.headers["allow"] == allowed)
      }
    }
  }

  @Test("a health check needs no credential")
  func answersHealth() async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await curl(edge, ["-w", " %{http_code}", "https://localhost:\(edge.port)/healthz"])
      #expect(answer.output == "ok 200")
    }
  }

  @Test("the protocol's version may be 1 or absent, and nothing else")
  func checksVersion() async throws {
    try await EdgeUnderTest.run { edge in
      let right = try await TestClient.secure(edge.port)
        .request(edge.post("Echo", "x", "connect-protocol-version: 1"))
      #expect(right.status == 200)
      let wrong = try await TestClient.secure(edge.port)
        .request(edge.post("Echo", "x", "connect-protocol-version: 2"))
      #expect(wrong.status == 400)
      #expect(
        wrong.connectError
          == ConnectError(
            .invalidArgument, "Connect-Protocol-Version is \"2\"; this server knows version 1"))
    }
  }

  @Test("a handler sees the peer's address and its bearer credential")
  func passesIdentity() async throws {
    try await EdgeUnderTest.run { edge in
      let client = try await TestClient.secure(edge.port)
      #expect(try await client.request(edge.post("Who", "")).body == "127.0.0.1 nobody")
      #expect(
        try await client.request(edge.post("Who", "", "Authorization: bearer kamd1_a_b")).body
          == "127.0.0.1 kamd1_a_b")
    }
  }

  @Test("a refusal reaches the client with its code, its sentence and its time to wait")
  func answersRefusals() async throws {
    try await EdgeUnderTest.run { edge in
      let client = try await TestClient.secure(edge.port)
      let reply = try await client.request(edge.post("Refuse", ""))
      #expect(reply.status == 429)
      #expect(reply.connectError == ConnectError(.resourceExhausted, "come back", retryAfterSeconds: 7))
      #expect(try await client.request(edge.post("Echo", "still open")).body == "still open")
    }
  }

  @Test(
    "a refusal's details reach the client as Connect writes them; what cannot be read of them does not hide the rest"
  )
  func answersDetails() async throws {
    try await EdgeUnderTest.run { edge in
      let client = try await TestClient.secure(edge.port)
      let reply = try await client.request(edge.post("RefuseInDetail", ""))
      #expect(reply.connectError == EdgeUnderTest.detailed)
      #expect(
        reply.body.contains(#""details":[{"type":"kam.v1.Refusal","value":"/wABAg"}]"#), "\(reply.body)")
      let odd =
        #"{"code":"not_found","message":"gone","details":[{"type":"x","value":"?"},{"debug":{}},{"type":"y","value":"YQ=="}]}"#
      let read = ConnectError(json: Array(odd.utf8), httpStatus: 404)
      #expect(read.message == "gone" && read.details == [ConnectError.Detail(type: "y", value: [0x61])])
      let end = EndOfStream.json(error: EdgeUnderTest.detailed)
      #expect(try EndOfStream.error(inJSON: end) == EdgeUnderTest.detailed)
    }
  }

  @Test("a bug is answered without its detail, and logged with the reference the client was given")
  func hidesBugs() async throws {
    let log = RecordedLog()
    try await EdgeUnderTest.run(logger: log.logger) { edge in
      let reply = try await TestClient.secure(edge.port).request(edge.post("Crash", ""))
      #expect(reply.status == 500)
      #expect(reply.connectError.code == .internal)
      #expect(!reply.body.contains("db-password"))
      let reference = try #require(reply.connectError.message.split(separator: " ").last)
      let line = try #require(log.lines.first { $0.contains("a call failed") })
      #expect(line.contains(reference))
      #expect(line.contains("db-password"))
    }
  }

  @Test("a call that outlasts its timeout ends in time")
  func honoursTimeouts() async throws {
    try await EdgeUnderTest.run { edge in
      let client = try await TestClient.secure(edge.port)
      let start = ContinuousClock.now
      let reply = try await client.request(edge.post("Hang", "", "connect-timeout-ms: 50"))
      #expect(reply.status == 504)
      #expect(reply.connectError.code == .deadlineExceeded)
      #expect(ContinuousClock.now - start < .seconds(2))
      for wrong in ["-1", "1.5", "12345678901", "soon"] {
        let refused = try await TestClient.secure(edge.port)
          .request(edge.post("Echo", "", "connect-timeout-ms: \(wrong)"))
        #expect(refused.connectError.code == .invalidArgument)
      }
    }
  }

  @Test("a call that waits for what cannot be taken back is answered in time, too, and once")
  func answersBeforeTheCommit() async throws {
    try await EdgeUnderTest.run { edge in
      let client = try await TestClient.secure(edge.port)
      let start = ContinuousClock.now
      let reply = try await client.request(edge.post("Commit", "", "connect-timeout-ms: 50"))
      #expect(reply.connectError.code == .deadlineExceeded)
      #expect(ContinuousClock.now - start < .seconds(1))
      // The next one is answered for itself.
      let next = try await client.request(edge.post("Echo", "again"))
      #expect(next.status == 200 && next.body == "again")
    }
  }

  @Test("a timeout longer than the server's own bound is cut down to it")
  func boundsTimeouts() async throws {
    var limits = EdgeLimits()
    limits.callMilliseconds = 50
    try await EdgeUnderTest.run(limits: limits) { edge in
      let reply = try await TestClient.secure(edge.port)
        .request(edge.post("Hang", "", "connect-timeout-ms: 9999999999"))
      #expect(reply.connectError.code == .deadlineExceeded)
    }
  }

  @Test(
    "a method without side effects may be called by GET",
    arguments: [
      ("encoding=json&message=%7B%7D", "{}"),
      ("connect=v1&encoding=json&base64=1&message=eyJhIjoxfQ", "{\"a\":1}"),
      ("connect=v1&encoding=proto&base64=1&message=eyJhIjoxfQ%3D%3D", "{\"a\":1}"),
      ("encoding=proto&message=a+b%2Bc", "a+b+c"),
    ])
  func answersGet(query: String, body: String) async throws {
    try await EdgeUnderTest.run { edge in
      let reply = try await TestClient.secure(edge.port)
        .request("GET \(edge.path("Echo"))?\(query) HTTP/1.1\r\nhost: localhost\r\n\r\n")
      #expect(reply.status == 200)
      #expect(reply.body == body)
    }
  }

  @Test(
    "a call by GET with a wrong query is refused",
    arguments: [
      ("connect=v2&encoding=json&message=%7B%7D", ConnectCode.invalidArgument),
      ("message=%7B%7D", .invalidArgument), ("encoding=json", .invalidArgument),
      ("encoding=xml&message=x", .invalidArgument), ("encoding=json&message=%7", .invalidArgument),
      ("encoding=json&base64=1&message=!!", .invalidArgument),
      ("encoding=json&compression=br&message=x", .unimplemented),
    ])
  func refusesWrongQueries(query: String, code: ConnectCode) async throws {
    try await EdgeUnderTest.run { edge in
      let reply = try await TestClient.secure(edge.port)
        .request("GET \(edge.path("Echo"))?\(query) HTTP/1.1\r\nhost: localhost\r\n\r\n")
      #expect(reply.connectError.code == code)
    }
  }

  @Test("gzip is read, and written to those who read it, if it is worth it")
  func compresses() async throws {
    try await EdgeUnderTest.run { edge in
      let directory = try TemporaryDirectory()
      defer { directory.remove() }
      let file = directory.path + "/body.gz"
      try Data(Gzip.compress(Array(repeating: UInt8(ascii: "x"), count: 5000))).write(to: URL(filePath: file))
      let answer = try await curl(
        edge,
        [
          "-w", "\n%{size_download} %header{content-encoding}", "--compressed", "-H",
          "content-encoding: gzip",
          "-H", "content-type: application/proto", "--data-binary", "@\(file)", edge.url("Echo"),
        ])
      let parts = answer.output.split(separator: "\n")
      #expect(parts.first?.count == 5000)
      #expect(parts.last?.hasSuffix(" gzip") == true)
      let small = try await TestClient.secure(edge.port)
        .request(edge.post("Echo", String(repeating: "x", count: 1024), "accept-encoding: gzip"))
      #expect(small.headers["content-encoding"] == nil)
      let unwanted = try await TestClient.secure(edge.port)
        .request(edge.post("Echo", String(repeating: "x", count: 5000), "accept-encoding: br, gzip;q=0"))
      #expect(unwanted.headers["content-encoding"] == nil)
    }
  }

  @Test("another content encoding is refused with the one that is known")
  func refusesOtherEncodings() async throws {
    try await EdgeUnderTest.run { edge in
      let reply = try await TestClient.secure(edge.port).request(
        edge.post("Echo", "x", "content-encoding: br"))
      #expect(reply.connectError.code == .unimplemented)
      #expect(reply.headers["accept-encoding"] == "gzip")
    }
  }

  @Test("curl's Expect: 100-continue is answered before the body is sent")
  func answersExpectation() async throws {
    try await EdgeUnderTest.run { edge in
      let client = try await TestClient.secure(edge.port)
      try await client.send(edge.head("Echo", length: 2, "expect: 100-continue"))
      _ = try await client.receive { $0.contains("HTTP/1.1 100 Continue\r\n\r\n") }
      #expect(try await client.request("hi").body == "hi")
    }
  }
}

extension EdgeUnderTest {
  /// A request's head, up to the empty line.
  func head(
    _ method: String, length: Int, _ extra: String..., type: String = "application/proto",
    host: String = "localhost"
  ) -> String {
    let lines = ["host: \(host)", "content-type: \(type)", "content-length: \(length)"] + extra
    return "POST \(path(method)) HTTP/1.1\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
  }

  func post(
    _ method: String, _ body: String, _ extra: String..., type: String = "application/proto"
  )
    -> String
  {
    let lines = ["host: localhost", "content-type: \(type)", "content-length: \(body.utf8.count)"] + extra
    return "POST \(path(method)) HTTP/1.1\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n" + body
  }
}

extension TestReply {
  var connectError: ConnectError {
    ConnectError(json: Array(body.utf8), httpStatus: status, retryAfter: headers["retry-after"])
  }
}
