import ConnectRPC
import Edge
import Foundation
import Testing

@Suite("Streaming calls")
struct StreamTests {
  @Test("messages arrive in their envelopes, and the end after them", arguments: ["http/1.1", "h2"])
  func streams(version: String) async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.stream("Count", "n", version: version)
      #expect(answer.error == nil)
      #expect(answer.messages == ["n1", "n2", "n3"])
    }
  }

  @Test("a refusal is in the end of the stream, its status is 200")
  func refuses() async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.stream("RefuseStream", "")
      #expect(answer.messages == [])
      #expect(answer.error == ConnectError(.permissionDenied, "not for you"))
      let version = try await edge.stream("Count", "", "connect-protocol-version: 3")
      #expect(version.error?.code == .invalidArgument)
      let nested = try await edge.stream(
        "Count", String(repeating: "[", count: 33), type: "application/connect+json")
      #expect(nested.error?.code == .invalidArgument)
    }
  }

  @Test(
    "a request that is not one whole message is refused",
    arguments: [
      [], [0], [0, 0, 0, 0, 2, 65], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 7], [8, 0, 0, 0, 0],
      [2, 0, 0, 0, 0],
    ])
  func refusesBrokenEnvelopes(bytes: [UInt8]) async throws {
    try await EdgeUnderTest.run { edge async throws in
      #expect(try await edge.stream("Count", bytes: bytes).error?.code == .invalidArgument)
    }
  }

  @Test("a compressed message is read, and long ones are compressed for a client that reads that")
  func compresses() async throws {
    try await EdgeUnderTest.run { edge in
      let long = String(repeating: "n", count: 3000)
      let envelope = Envelope(flags: Envelope.compressedFlag, payload: Gzip.compress(Array(long.utf8)))
      let answer = try await edge.stream(
        "Count", bytes: envelope.encoded(), "connect-content-encoding: gzip", "connect-accept-encoding: gzip")
      #expect(answer.messages == [long + "1", long + "2", long + "3"])
      #expect(answer.compressed == 3)
      #expect(try await edge.stream("Count", bytes: envelope.encoded()).error?.code == .internal)
    }
  }

  @Test("a stream's handler ends when the client goes away", arguments: ["http/1.1", "h2"])
  func endsWithClient(version: String) async throws {
    try await EdgeUnderTest.run { edge in
      let client = try await edge.watch(version: version)
      #expect(edge.server.liveStreamCount == 1)
      await client.close()
      try await eventually {
        edge.server.liveStreamCount
      } until: {
        $0 == 0
      }
    }
  }

  @Test("a stream with a timeout ends in time")
  func honoursTimeouts() async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.stream("Watch", "x", "connect-timeout-ms: 50")
      #expect(answer.messages == ["x"])
      #expect(answer.error?.code == .deadlineExceeded)
    }
  }

  @Test("a slow reader slows its stream down and nothing piles up")
  func pushesBack() async throws {
    var limits = EdgeLimits()
    limits.writeStallMilliseconds = 300
    try await EdgeUnderTest.run(limits: limits) { edge in
      let client = try await TestClient.secure(edge.port)
      try await client.stopReading()
      try await client.send(edge.streamRequest("Flood", Envelope(payload: []).encoded()))
      try await eventually {
        edge.server.liveStreamCount
      } until: {
        $0 == 1
      }
      try await eventually {
        edge.server.liveStreamCount
      } until: {
        $0 == 0
      }
    }
  }

  @Test("running streams have a limit in all, and a place is free after one ends")
  func limitsStreams() async throws {
    var limits = EdgeLimits()
    limits.liveStreamsMax = 2
    try await EdgeUnderTest.run(limits: limits) { edge in try await streamsAreLimited(edge) }
  }

  @Test("running streams of one address have a limit")
  func limitsStreamsPerAddress() async throws {
    var limits = EdgeLimits()
    limits.liveStreamsPerAddressMax = 2
    try await EdgeUnderTest.run(limits: limits) { edge in try await streamsAreLimited(edge) }
  }

  private func streamsAreLimited(_ edge: EdgeUnderTest) async throws {
    let first = try await edge.watch()
    let second = try await edge.watch()
    #expect(try await edge.stream("Count", "").error?.code == .resourceExhausted)
    await first.close()
    try await eventually {
      edge.server.liveStreamCount
    } until: {
      $0 == 1
    }
    #expect(try await edge.stream("Count", "").error == nil)
    await second.close()
  }

  @Test("open HTTP/2 streams of a connection have a limit, and a client that breaks it loses the connection")
  func limitsOpenStreams() async throws {
    var limits = EdgeLimits()
    limits.streamsPerConnectionMax = 2
    try await EdgeUnderTest.run(limits: limits) { edge in
      let client = try await TestClient.secure(edge.port, protocols: ["h2"])
      try await client.send(HTTP2Bytes.preface)
      // The server's limit binds a client once it has acknowledged it: wait for it (SETTINGS), acknowledge.
      _ = try await client.receive { !$0.isEmpty }
      try await client.send([0, 0, 0, 4, 1, 0, 0, 0, 0])
      let message = Envelope(payload: [65]).encoded()
      for stream in [1, 3, 5] as [UInt8] {
        try await client.send(
          HTTP2Bytes.post(edge.path("Watch"), stream: stream, ends: false, type: "application/connect+proto")
            + HTTP2Bytes.end(message, stream: stream))
        if stream < 5 {
          try await eventually {
            edge.server.liveStreamCount
          } until: {
            $0 == (stream == 1 ? 1 : 2)
          }
        }
      }
      try await client.closed()
    }
  }
}

/// What a streaming call was answered.
struct StreamedAnswer: Sendable {
  var messages: [String] = []
  var compressed = 0
  var error: ConnectError?
}

extension EdgeUnderTest {
  /// A streaming request over HTTP/1.1.
  func streamRequest(_ method: String, _ body: [UInt8]) -> [UInt8] {
    Array(head(method, length: body.count, type: "application/connect+proto").utf8) + body
  }

  func stream(
    _ method: String, _ message: String, _ headers: String..., type: String = "application/connect+proto",
    version: String = "http/1.1"
  ) async throws -> StreamedAnswer {
    try await stream(
      method, bytes: Envelope(payload: Array(message.utf8)).encoded(), headers, type: type, version: version)
  }

  func stream(_ method: String, bytes: [UInt8], _ headers: String...) async throws -> StreamedAnswer {
    try await stream(method, bytes: bytes, headers, type: "application/connect+proto", version: "http/1.1")
  }

  /// Calls with curl, so that an independent client takes the transfer encoding and the frames apart.
  private func stream(
    _ method: String, bytes: [UInt8], _ headers: [String], type: String, version: String
  ) async throws -> StreamedAnswer {
    let directory = try TemporaryDirectory()
    defer { directory.remove() }
    let (request, answer) = (directory.path + "/request", directory.path + "/answer")
    try Data(bytes).write(to: URL(filePath: request))
    let status = try await curl(
      self,
      [
        "-o", answer, "-w", "%{http_code} %{content_type}", "--data-binary", "@\(request)", "-H",
        "content-type: \(type)",
      ]
        + (headers.flatMap { ["-H", $0] }) + [version == "h2" ? "--http2" : "--http1.1", url(method)])
    #expect(status.output == "200 \(type)")
    return try Self.taken(apart: [UInt8](Data(contentsOf: URL(filePath: answer))))
  }

  private static func taken(apart bytes: [UInt8]) throws -> StreamedAnswer {
    var decoder = EnvelopeDecoder(payloadBytesMax: 1 << 20)
    decoder.append(bytes)
    var answer = StreamedAnswer()
    while let envelope = try decoder.next() {
      if envelope.isEndOfStream {
        #expect(decoder.isAtBoundary)
        answer.error = try EndOfStream.error(inJSON: envelope.payload)
        return answer
      }
      answer.compressed += envelope.isCompressed ? 1 : 0
      let payload =
        envelope.isCompressed
        ? try Gzip.decompress(envelope.payload, maximumBytes: 1 << 20) : envelope.payload
      answer.messages.append(String(decoding: payload, as: UTF8.self))
    }
    throw ConnectError(.dataLoss, "the stream has no end")
  }

  /// Starts a stream that stays open, and waits for its first message.
  func watch(version: String = "http/1.1") async throws -> TestClient {
    let message = Envelope(payload: Array("watching".utf8)).encoded()
    let client = try await TestClient.secure(port, protocols: [version])
    if version == "h2" {
      try await client.send(
        HTTP2Bytes.preface
          + HTTP2Bytes.post(path("Watch"), stream: 1, ends: false, type: "application/connect+proto")
          + HTTP2Bytes.end(message, stream: 1))
    } else {
      try await client.send(streamRequest("Watch", message))
    }
    _ = try await client.receive { $0.contains("watching") }
    return client
  }
}
