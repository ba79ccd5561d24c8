import ConnectRPC
import NIOCore
import Synchronization
import Testing
import X509

@testable import Edge

/// The edge's decisions that need no socket.
@Suite("Decisions of the edge")
struct DecisionTests {
  @Test(
    "JSON nesting counts brackets outside of strings",
    arguments: [
      ("{}", 1), ("[[]]", 2), (#"{"a":[{"b":1}]}"#, 3), (#"["[[[["]"#, 1), (#"["\"[["]"#, 1),
      (#"["\\",[]]"#, 2),
      ("1", 0), ("[]" + "[]", 1), (#"["[["#, 1),
    ])
  func countsNesting(json: String, levels: Int) {
    let bytes = Array(json.utf8)
    #expect(JSONShape.excess(bytes, levelsMax: levels, elementsMax: 100) == nil)
    if levels > 0 { #expect(JSONShape.excess(bytes, levelsMax: levels - 1, elementsMax: 100) == .depth) }
  }

  @Test(
    "the members of a JSON text are counted outside of strings",
    arguments: [(#"{"a":[{},{},{}]}"#, 7), ("[1,2,3]", 3), (#"["a,b,{",",,"]"#, 2), ("1", 0)])
  func countsElements(json: String, elements: Int) {
    let bytes = Array(json.utf8)
    #expect(JSONShape.excess(bytes, levelsMax: 9, elementsMax: elements) == nil)
    if elements > 0 {
      #expect(JSONShape.excess(bytes, levelsMax: 9, elementsMax: elements - 1) == .elements)
    }
  }

  private final class Order: Sendable {
    private let numbers = Mutex<[Int]>([])
    var noted: [Int] { numbers.withLock { $0 } }
    func note(_ number: Int) { numbers.withLock { $0.append(number) } }
  }

  @Test("whoever waits for room enters in turn, and leaving early holds nothing")
  func waitsInTurn() async throws {
    let room = WaitingRoom(bytes: 100)
    try await room.enter(80, of: "a")
    let order = Order()
    let large = Task {
      try await room.enter(90, of: "b")
      order.note(1)
      room.leave(90, of: "b")
    }
    try await waiting(1, for: room)
    let impatient = Task { try await room.enter(1, of: "c") }
    try await waiting(2, for: room)
    // There is room for it, but somebody was there before.
    let small = Task {
      try await room.enter(10, of: "d")
      order.note(2)
      room.leave(10, of: "d")
    }
    try await waiting(3, for: room)
    impatient.cancel()
    await #expect(throws: CancellationError.self) { try await impatient.value }
    #expect(order.noted == [])
    room.leave(80, of: "a")
    try await large.value
    try await small.value
    #expect(order.noted == [1, 2])
    // More than there ever is counts as all of it.
    try await room.enter(1_000, of: "e")
    room.leave(1_000, of: "e")
    try await room.enter(100, of: "f")
  }

  @Test("who has many requests holds half of the room, and others go before the rest of them")
  func sharesRoom() async throws {
    let room = WaitingRoom(bytes: 100)
    let order = Order()
    try await room.enter(30, of: "greedy")
    let more = (1...5).map { number in
      Task {
        try await room.enter(30, of: "greedy")
        order.note(number)
      }
    }
    // There is room for it, but not for more of one.
    try await waiting(5, for: room)
    try await room.enter(60, of: "other")
    let late = Task {
      try await room.enter(50, of: "late")
      order.note(6)
    }
    try await waiting(6, for: room)
    // It is the turn of who has nothing inside, though five asked before and one of theirs would fit.
    room.leave(60, of: "other")
    try await late.value
    #expect(order.noted == [6] && room.waitingCount == 5)
    room.leave(30, of: "greedy")
    try await waiting(4, for: room)
    for task in more { task.cancel() }
  }

  private func waiting(_ count: Int, for room: WaitingRoom) async throws {
    _ = try await eventually {
      room.waitingCount
    } until: {
      $0 == count
    }
  }

  @Test(
    "a host is compared without its port and its case",
    arguments: [
      ("kam.example", true), ("KAM.example:8443", true), ("[::1]", true), ("[::1]:8443", true),
      ("[::2]", false),
      ("", false), (":8443", false), ("kam.example:", false), ("kam.example:99999", false),
      ("kam.example.", false),
      ("[::1", false), ("[::1]x", false), ("kam.example@evil", false),
    ])
  func comparesHosts(authority: String, isAllowed: Bool) {
    #expect(AllowedHosts(["kam.example", "::1"]).contains(authority) == isAllowed)
  }

  @Test(
    "gzip is allowed as lists of codings say",
    arguments: [
      ("gzip", true), ("br, gzip", true), ("GZIP;q=0.5", true), ("gzip; q=0", false), ("gzip;q=0.000", false),
      ("identity", false), ("", false), ("xgzip", false),
    ])
  func readsAcceptEncoding(text: String, allows: Bool) {
    #expect(text.allowsGzip == allows)
  }

  @Test(
    "a body has its grace, then a second for each kilobyte, and never longer than the stall without a byte")
  func pacesBodies() {
    var limits = EdgeLimits()
    limits.bodyGraceMilliseconds = 5_000
    limits.bodyBytesPerSecondMin = 1_024
    limits.bodyStallMilliseconds = 30_000
    let start = NIODeadline.uptimeNanoseconds(0)
    var pace = BodyPace(started: start)
    #expect(pace.deadline(limits) == start + .seconds(5))
    pace.received(2048, at: start + .seconds(1))
    #expect(pace.deadline(limits) == start + .seconds(7))
    pace.received(1_000_000, at: start + .seconds(2))
    #expect(pace.deadline(limits) == start + .seconds(32))
  }

  @Test("a body must be whole in the time that its length takes, however good its average was")
  func endsBodies() {
    let limits = EdgeLimits()
    let start = NIODeadline.uptimeNanoseconds(0)
    for declared in [4_000_000, nil] {
      var pace = BodyPace(started: start, declaredBytes: declared)
      pace.received(3_999_999, at: start + .seconds(1))
      // And then a byte now and then.
      for seconds in stride(from: Int64(20), to: 2_100, by: 20) {
        pace.received(0, at: start + .seconds(seconds))
      }
      #expect(pace.deadline(limits) <= start + .seconds(60 + 2_000))
      #expect(pace.deadline(limits) > start + .seconds(60 + 1_980))
    }
    // Half a request at two kilobytes a second is in time.
    var slow = BodyPace(started: start, declaredBytes: 2_000_000)
    slow.received(1_990_000, at: start + .seconds(990))
    #expect(slow.deadline(limits) > start + .seconds(1_000))
  }

  @Test("serial numbers of certificates are positive and of 16 bytes")
  func serials() throws {
    for _ in 0..<300 {
      let bytes = Array(Certificate.SerialNumber.random().bytes)
      #expect(bytes.count == 16 && (0x40..<0x80).contains(bytes[0]))
    }
  }

  @Test("a place is counted per client and in all, and given back")
  func countsPlaces() {
    var quota = AddressQuota(totalMax: 3, perAddressMax: 2)
    let taken = [[1], [1], [1], [2], [3]].map { quota.take($0) }
    #expect(taken == [true, true, false, true, false])
    quota.giveBack([1])
    let isFreeAgain = quota.take([3])
    #expect(isFreeAgain)
    #expect(quota.total == 3)
  }

  @Test(
    "a client is an IPv4 address or an IPv6 /64",
    arguments: [
      ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
      ("::ffff:192.0.2.1", "192.0.2.1", true),
      ("2001:db8::1", "2001:db8::ffff:1", true), ("2001:db8::1", "2001:db8:0:1::1", false),
    ])
  func groupsAddresses(one: String, other: String, isSame: Bool) throws {
    let (one, other) = (try #require(IPAddress(one)), try #require(IPAddress(other)))
    #expect((one.network == other.network) == isSame)
  }

  @Test("frames are followed across pieces of any size", arguments: [1, 2, 5, 9, 24, 1000])
  func followsFrames(pieceBytes: Int) {
    let data: [UInt8] = [0, 0, 3, 0, 0, 0, 0, 0, 1, 7, 7, 7]
    let ping: [UInt8] = [0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]
    let bytes = HTTP2Bytes.preface + ping + HTTP2Bytes.post("/x", stream: 1, ends: false) + data
    var scanner = FrameScanner()
    #expect(!scanner.isWaitingForMore)
    for start in stride(from: 0, to: bytes.count, by: pieceBytes) {
      scanner.scan(ByteBuffer(bytes: bytes[start..<min(start + pieceBytes, bytes.count)]).readableBytesView)
    }
    #expect(!scanner.isWaitingForMore)
    scanner.scan(ByteBuffer(bytes: data.prefix(10)).readableBytesView)
    #expect(!scanner.isWaitingForMore)
    scanner.scan(ByteBuffer(bytes: data.suffix(2) + ping.prefix(12)).readableBytesView)
    #expect(scanner.isWaitingForMore)
  }
}
