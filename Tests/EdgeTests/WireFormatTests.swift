import ConnectRPC
import Foundation
import Testing

@Suite("Wire formats")
struct WireFormatTests {
  @Test("each code has the status and the name of the specification")
  func mapsCodes() {
    let table: [(String, Int)] = [
      ("canceled", 499), ("unknown", 500), ("invalid_argument", 400), ("deadline_exceeded", 504),
      ("not_found", 404),
      ("already_exists", 409), ("permission_denied", 403), ("resource_exhausted", 429),
      ("failed_precondition", 400),
      ("aborted", 409), ("out_of_range", 400), ("unimplemented", 501), ("internal", 500),
      ("unavailable", 503),
      ("data_loss", 500), ("unauthenticated", 401),
    ]
    #expect(ConnectCode.allCases.map(\.rawValue) == table.map(\.0))
    #expect(ConnectCode.allCases.map(\.httpStatus) == table.map(\.1))
  }

  @Test("an error is written as the specification has it and read back")
  func writesErrors() {
    let error = ConnectError(.notFound, "no \"account\"/ü")
    #expect(
      String(decoding: error.json(), as: UTF8.self) == #"{"code":"not_found","message":"no \"account\"/ü"}"#)
    #expect(ConnectError(json: error.json(), httpStatus: 404) == error)
  }

  @Test(
    "details of a form that is not known are left out, and the error's code and message are read",
    arguments: [#""text""#, "[1]", #"[{"type":1}]"#, #"[{"type":"x","value":{}}]"#, #"{"type":"x"}"#, "null"])
  func oddDetails(details: String) throws {
    let json = Array(#"{"code":"permission_denied","message":"no","details":\#(details)}"#.utf8)
    #expect(ConnectError(json: json, httpStatus: 502) == ConnectError(.permissionDenied, "no"))
    #expect(
      try EndOfStream.error(inJSON: Array(#"{"error":"#.utf8) + json + Array("}".utf8))
        == ConnectError(.permissionDenied, "no"))
  }

  @Test(
    "an answer that is no Connect error becomes the code of its status",
    arguments: [
      (400, ConnectCode.internal), (401, .unauthenticated), (403, .permissionDenied), (404, .unimplemented),
      (429, .unavailable), (502, .unavailable), (503, .unavailable), (504, .unavailable), (418, .unknown),
    ])
  func readsForeignErrors(status: Int, code: ConnectCode) {
    #expect(ConnectError(json: Array("<html>".utf8), httpStatus: status).code == code)
    #expect(ConnectError(json: Array(#"{"code":"new_code"}"#.utf8), httpStatus: status).code == code)
  }

  @Test("the end of a stream carries an error and its time to wait")
  func writesEnds() throws {
    #expect(String(decoding: EndOfStream.json(error: nil), as: UTF8.self) == "{}")
    #expect(try EndOfStream.error(inJSON: Array("{}".utf8)) == nil)
    let error = ConnectError(.unavailable, "stopping", retryAfterSeconds: 3)
    #expect(try EndOfStream.error(inJSON: EndOfStream.json(error: error)) == error)
    #expect(throws: ConnectError.self) { try EndOfStream.error(inJSON: [1]) }
  }

  @Test("envelopes are cut out of pieces of any size", arguments: [1, 2, 3, 7, 100])
  func cutsEnvelopes(pieceBytes: Int) throws {
    let sent = [
      Envelope(payload: [1, 2, 3]), Envelope(payload: []), Envelope(flags: 3, payload: Array(0...99)),
    ]
    let bytes = sent.flatMap { $0.encoded() }
    var decoder = EnvelopeDecoder(payloadBytesMax: 100)
    var received: [Envelope] = []
    for start in stride(from: 0, to: bytes.count, by: pieceBytes) {
      decoder.append(bytes[start..<min(start + pieceBytes, bytes.count)])
      while let envelope = try decoder.next() { received.append(envelope) }
    }
    #expect(received == sent)
    #expect(decoder.isAtBoundary)
  }

  @Test("a message longer than allowed is refused by its prefix alone")
  func refusesLongEnvelopes() throws {
    var decoder = EnvelopeDecoder(payloadBytesMax: 100)
    decoder.append(Envelope.prefix(flags: 0, payloadBytes: 101))
    #expect(throws: ConnectError.self) { try decoder.next() }
  }

  @Test("a secret does not show in any print")
  func redacts() {
    struct Holder { let token: Redacted<String> }
    let holder = Holder(token: Redacted("hunter2"))
    var dumped = ""
    dump(holder, to: &dumped)
    for text in ["\(holder)", String(reflecting: holder), "\(holder.token)", dumped] {
      #expect(!text.contains("hunter2"))
      #expect(text.contains("<redacted>"))
    }
  }
}

@Suite("Gzip")
struct GzipTests {
  @Test("what is compressed comes back, and gzip itself reads it", arguments: [0, 1, 1000, 1_000_000])
  func roundTrips(size: Int) async throws {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<size).map { _ in UInt8.random(in: 0...20, using: &generator) }
    for level in [1, 6, 9] {
      let compressed = Gzip.compress(bytes, level: level)
      #expect(try Gzip.decompress(compressed, maximumBytes: size) == bytes)
      if size > 0 {
        #expect(throws: Gzip.Failure.tooLarge(maximumBytes: size - 1)) {
          try Gzip.decompress(compressed, maximumBytes: size - 1)
        }
      }
    }
  }

  @Test("gzip and this code read each other")
  func agreesWithGzip() async throws {
    let directory = try TemporaryDirectory()
    defer { directory.remove() }
    let (plain, packed) = (directory.path + "/plain", directory.path + "/packed.gz")
    let bytes = Array(String(repeating: "account plan ", count: 999).utf8)
    try Data(Gzip.compress(bytes)).write(to: URL(filePath: packed))
    _ = try await runProgram("sh", ["-c", "gzip -dc \(packed) > \(plain)"])
    #expect(try [UInt8](Data(contentsOf: URL(filePath: plain))) == bytes)
    _ = try await runProgram("sh", ["-c", "gzip -9c \(plain) > \(packed)"])
    #expect(
      try Gzip.decompress([UInt8](Data(contentsOf: URL(filePath: packed))), maximumBytes: 20_000) == bytes)
  }

  @Test("input that is cut short at any byte is refused")
  func refusesTruncated() {
    let whole = Gzip.compress(Array("account plan".utf8))
    for length in 0..<whole.count {
      #expect(throws: Gzip.Failure.truncated) {
        try Gzip.decompress(Array(whole[..<length]), maximumBytes: 100)
      }
    }
  }

  @Test("bytes after the end, also a second member, are refused")
  func refusesTrailing() {
    let whole = Gzip.compress(Array("account plan".utf8))
    for rest in [[0], whole, [UInt8](repeating: 0xff, count: 9)] {
      #expect(throws: Gzip.Failure.trailingBytes) { try Gzip.decompress(whole + rest, maximumBytes: 100) }
    }
  }

  @Test("a changed byte is refused or changes nothing, whichever it is")
  func refusesCorrupt() {
    let bytes = Array("account plan account plan".utf8)
    let whole = Gzip.compress(bytes)
    for index in whole.indices {
      var changed = whole
      changed[index] ^= 0x10
      do {
        // Time and hints of the header, and the bits that fill up the last byte, mean nothing.
        let content = try Gzip.decompress(changed, maximumBytes: 100)
        #expect(content == bytes, "byte \(index)")
      } catch {
        #expect(error is Gzip.Failure)
      }
    }
  }

  @Test("a bomb of 1 MiB that holds 1 GiB is refused in less than 8 MiB, whatever length it claims")
  func refusesBombs() async {
    // A process of its own: the memory of this one is the work of all tests that run beside.
    await #expect(processExitsWith: .success) {
      // The last four bytes claim the length: 1 GiB, nothing, and just below the limit.
      for claim in [[0, 0, 0, 0x40], [0, 0, 0, 0], [0, 0, 0x10, 0]] as [[UInt8]] {
        let bomb = GzipBomb.gibibyte + claim
        #expect((1_000_000...1_200_000).contains(bomb.count))
        let before = try GzipBomb.residentPeakKilobytes()
        #expect(throws: Gzip.Failure.tooLarge(maximumBytes: 4 << 20)) {
          try Gzip.decompress(bomb, maximumBytes: 4 << 20)
        }
        #expect(try GzipBomb.residentPeakKilobytes() - before < 8 * 1024)
      }
    }
  }
}
