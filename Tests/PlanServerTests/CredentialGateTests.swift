import ConnectRPC
import Edge
import Logging
import PlanModel
import SyncServer
import Synchronization
import Testing

@testable import PlanServer

@Suite("The gate for credentials")
struct CredentialGateTests {
  private final class Office: Sendable {
    let now = Mutex<Int64>(1_000_000)
    let looks = Mutex(0)
    let failure = Mutex<Authentication.Failure?>(nil)
    let lines = KeptLines()
  }

  private let office = Office()
  private let ana = RecordID(high: 1, low: 1)
  private let gate: CredentialGate

  init() {
    let (office, ana) = (office, RecordID(high: 1, low: 1))
    let log = SecurityLog(Logger(label: "test") { _ in office.lines })
    gate = CredentialGate(open: ["Hello"], log: log, now: { office.now.withLock { $0 } }) { _ in
      office.looks.withLock { $0 += 1 }
      if let failure = office.failure.withLock({ $0 }) { throw failure }
      return ana
    }
  }

  private func caller(_ method: String = "Sync", _ device: UInt32? = nil, from address: UInt8 = 1) -> Caller {
    Caller(
      method: method, bearer: device.map { Redacted("kamd1_\($0)_" + String(repeating: "s", count: 40)) },
      address: "10.0.0.\(address)", network: [10, 0, 0, address])
  }

  private func ask(_ caller: Caller) async -> ConnectError? {
    let admittance =
      if let decided = gate.decideAtOnce(caller) { decided } else { await gate.decide(caller) }
    if case .refused(let error) = admittance { return error }
    return nil
  }

  @Test("a good credential is looked up once in half a minute")
  func remembers() async {
    for _ in 1...5 { #expect(await ask(caller("Sync", 7)) == nil) }
    #expect(office.looks.withLock { $0 } == 1)
    office.now.withLock { $0 += 30_000 }
    #expect(await ask(caller("Sync", 7)) == nil)
    #expect(office.looks.withLock { $0 } == 2)
  }

  @Test("another secret of a known device is looked up, and refused")
  func checksSecrets() async {
    #expect(await ask(caller("Sync", 7)) == nil)
    office.failure.withLock { $0 = .unknown }
    let wrong = Caller(
      method: "Sync", bearer: Redacted("kamd1_7_" + String(repeating: "t", count: 40)), address: "10.0.0.1",
      network: [10, 0, 0, 1])
    #expect(await ask(wrong)?.code == .unauthenticated)
  }

  @Test("strangers, greetings and wrong credentials of one address are counted together: 300 a minute")
  func countsStrangers() async {
    office.failure.withLock { $0 = .unknown }
    for number in 1...300 {
      let caller = caller(["Hello", "Sync", "Sync"][number % 3], number % 3 == 2 ? 9 : nil)
      #expect(await ask(caller)?.code != .resourceExhausted)
    }
    for caller in [caller("Hello"), caller("Sync"), caller("Sync", 9)] {
      #expect(await ask(caller)?.code == .resourceExhausted)
    }
    #expect(await ask(caller("Hello", from: 2)) == nil)
    // A colleague behind the same address.
    office.failure.withLock { $0 = nil }
    #expect(await ask(caller("Sync", 8)) == nil)
    office.now.withLock { $0 += 60_000 }
    #expect(await ask(caller("Hello")) == nil)
  }

  @Test("requests that are none of ours count as a stranger's, and are refused when there are too many")
  func countsStrays() async {
    for _ in 1...300 { #expect(gate.strayed(caller("")) == nil) }
    #expect(gate.strayed(caller(""))?.code == .resourceExhausted)
    #expect(await ask(caller("Hello"))?.code == .resourceExhausted)
    #expect(gate.strayed(caller("", from: 2)) == nil)
    // A colleague behind the same address.
    #expect(await ask(caller("Sync", 8)) == nil)
  }

  @Test("a person's requests are counted over all their devices")
  func countsPeople() async {
    for number in 0..<1_200 { #expect(await ask(caller("Sync", UInt32(number % 20))) == nil) }
    #expect(await ask(caller("Sync", 21))?.code == .resourceExhausted)
  }

  @Test(
    "refused credentials and floods are in the log with device and address, a line a minute, and how many there were more"
  )
  func isLogged() async {
    office.failure.withLock { $0 = .suspended }
    for _ in 1...300 { _ = await ask(caller("Sync", 9)) }
    #expect(office.lines.all.count == 1, "\(office.lines.all)")
    let line = office.lines.all.first ?? ""
    for word in ["a credential was refused", "device=9", "address=10.0.0.1", "suspended"] {
      #expect(line.contains(word), "\(line)")
    }
    _ = await ask(caller("Sync", 9))
    #expect(office.lines.all.count == 2 && office.lines.all.last?.contains("held back") == true)
    office.now.withLock { $0 += 60_000 }
    office.failure.withLock { $0 = nil }
    _ = await ask(caller("Sync", 7))
    #expect(office.lines.all.count == 3)
    #expect(
      office.lines.all.last?.contains("more=299") == true
        && office.lines.all.last?.contains("of=10.0.0.1") == true)
  }

  @Test("a thousand addresses do not fill the log")
  func logIsBounded() async {
    office.failure.withLock { $0 = .unknown }
    for number in 0..<1_000 {
      let caller = Caller(
        method: "Sync", bearer: Redacted("kamd1_7_" + String(repeating: "s", count: 40)),
        address: "a\(number)",
        network: [UInt8(number / 256), UInt8(number % 256)])
      _ = await ask(caller)
    }
    #expect(office.lines.all.count == 501)
    #expect(office.lines.all.last?.contains("more happened than is told one by one") == true)
  }

  @Test("a device has three streams, a person ten, and a place is free again after one ends")
  func countsStreams() throws {
    let quota = StreamQuota()
    for _ in 1...3 { try quota.enter(1, of: ana) }
    #expect(throws: ConnectError.self) { try quota.enter(1, of: ana) }
    for device in 2...4 as ClosedRange<UInt32> { for _ in 1...2 { try quota.enter(device, of: ana) } }
    try quota.enter(5, of: ana)
    #expect(throws: ConnectError.self) { try quota.enter(6, of: ana) }
    try quota.enter(6, of: RecordID(high: 2, low: 2))
    quota.leave(1, of: ana)
    try quota.enter(6, of: ana)
  }
}

/// Keeps what is logged.
final class KeptLines: LogHandler, Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }
  var metadata: Logger.Metadata {
    get { [:] }
    set {}
  }
  var logLevel: Logger.Level {
    get { .trace }
    set {}
  }

  subscript(metadataKey _: String) -> Logger.Metadata.Value? {
    get { nil }
    set {}
  }

  func log(event: LogEvent) {
    let words = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    lines.withLock { $0.append("\(event.level) \(event.message) \(words.joined(separator: " "))") }
  }
}
