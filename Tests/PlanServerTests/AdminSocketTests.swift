import Foundation
import Logging
import PlanModel
import SQLiteStore
import ServiceLifecycle
import SyncServer
import Synchronization
import Testing

@testable import PlanServer

@Suite("The admin's socket")
struct AdminSocketTests {
  private let place: String
  private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  init() throws {
    place = NSTemporaryDirectory() + "kam-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
  }

  /// On disk: a store in memory reads and writes on one connection.
  private func service() throws -> SyncService {
    let store = try SQLiteStore(path: place + "/canonical.sqlite")
    var generator = SystemRandomNumberGenerator()
    try store.write {
      _ = try Founding.found(
        name: "Demo", adminEmail: "ana@demo.example", adminName: "Ana", in: $0, now: 1_000, using: &generator)
    }
    return SyncService(
      store: store, room: DiskRoom(path: place, reserveBytes: 0, logger: logger), witness: WitnessKey(),
      dailyBytesMax: 1, logger: logger, now: { 1_000 }, ages: AgeClock(last: 0, wall: { 1_000 }),
      onStoreFailure: { _ in })
  }

  private func desk(
    _ service: SyncService, stop: @escaping @Sendable (any Error) -> Void = { _ in }
  ) -> RunningDesk {
    RunningDesk(
      service: service, inspection: Inspection(service.readers, now: { 1_000 }, logger: logger),
      witness: WitnessKey(), renew: { throw CertificateCommandError.notOurs }, stop: stop)
  }

  /// Runs `body` while a socket answers.
  private func listening(_ desk: RunningDesk, _ body: (String) async throws -> Void) async throws {
    defer { _ = try? FileManager.default.removeItem(atPath: place) }
    let path = place + "/admin.sock"
    let socket = AdminSocket(path: path, desk: desk, logger: logger)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(services: [.init(service: socket)], logger: logger))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      while !FileManager.default.fileExists(atPath: path) { try await Task.sleep(for: .milliseconds(10)) }
      try await body(path)
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }

  /// On a thread of its own, as a command is a process of its own: it blocks.
  private func send<Request: AdminRequest>(_ request: Request, _ path: String) async throws -> Request.Answer?
  {
    try await withCheckedThrowingContinuation { continuation in
      Thread {
        continuation.resume(with: Result { try AdminSocketClient.send(request, path: path) })
      }.start()
    }
  }

  @Test("an answer of megabytes arrives whole")
  func longAnswer() async throws {
    let service = try service()
    let detail = String(repeating: "of many ", count: 20)
    try await service.commits.run { transaction in
      for number in 10..<30_010 as Range<Int64> {
        var row = AuditRow(
          number: number, serverMilliseconds: 1_000, actor: "host", action: "test", detail: detail, salt: [1])
        row.chain = [UInt8](repeating: 1, count: 32)
        try transaction.append(row)
      }
    }
    try await listening(desk(service)) { path in
      for _ in 0..<3 {
        let answer = try #require(try await send(ListAudit(last: 30_000, isAll: true), path))
        #expect(answer.audit.count == 30_000 && answer.audit.allSatisfy { $0.detail == detail })
      }
    }
  }

  @Test("a refusal is the server's sentence; what is no command is told so")
  func refusals() async throws {
    try await listening(desk(try service())) { path in
      await #expect(
        throws: AdminRefusal(sentence: "There is no user bo@demo.example; kamd user list shows all.")
      ) {
        _ = try await send(SuspendUser(email: "bo@demo.example"), path)
      }
      await #expect(
        throws: AdminRefusal(
          sentence: "This kamd does not know that command; is the one that runs of another version?")
      ) { _ = try await send(OfAnotherVersion(), path) }
    }
  }

  private struct OfAnotherVersion: AdminRequest {
    static let name = "dance"
    struct Answer: Codable, Equatable, Sendable {}
    func carryOut(at desk: some AdminDesk) async throws -> Answer { Answer() }
  }

  @Test("an answer that lacks its part is not taken for one")
  func answerOfAnother() throws {
    for answer in ["{}\n", "{\"users\":[]}\n", "{\"integrity\":{}}\n"] {
      #expect(throws: AdminError.answerNotUnderstood) {
        try AdminLine.answer(to: VerifyAudit.self, from: Data(answer.utf8))
      }
    }
    #expect(throws: AdminError.answerBroken) {
      try AdminLine.answer(to: VerifyAudit.self, from: Data("{\"integ".utf8))
    }
  }

  @Test("a command goes over the socket as it came")
  func coding() throws {
    let requests: [any AdminRequest] = [
      AddUser(email: "a@b", name: "A", role: .executive),
      EditUser(
        email: "a@b", role: nil,
        departments: [
          try DepartmentChange("logistics"), try DepartmentChange("sales:none"),
          try DepartmentChange("x:lead"),
        ]),
      LeaveUser(email: "a@b", force: true), ListDevices(email: nil), ListAudit(last: 3, isAll: false),
    ]
    func isSame<Request: AdminRequest>(_ request: Request) throws -> Bool {
      try AdminLine.decode(try AdminLine.encode(request)) as? Request == request
    }
    for request in requests { #expect(try isSame(request), "\(request)") }
    #expect(
      String(decoding: try AdminLine.encode(SuspendUser(email: "a@b")), as: UTF8.self)
        == "{\"suspendUser\":{\"email\":\"a@b\"}}\n")
  }

  @Test("lists, status, audit and verify wait for no decision; a decision waits for no list and no verify")
  func beside() async throws {
    let service = try service()
    let desk = desk(service)
    let holdsWriter = Gate()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await service.commits.run { _ in holdsWriter.hold() } }
      await holdsWriter.isHeld()
      #expect(try await ListUsers().carryOut(at: desk).users.count == 1)
      #expect(try await ListDevices(email: nil).carryOut(at: desk).devices.isEmpty)
      #expect(try await ListDepartments().carryOut(at: desk).departments.count == 5)
      #expect(try await !ListAudit(last: 5, isAll: true).carryOut(at: desk).audit.isEmpty)
      #expect(try await ServerStatus().carryOut(at: desk).status.users == 1)
      #expect(try await VerifyAudit(shown: []).carryOut(at: desk).integrity.problems.isEmpty)
      holdsWriter.open()
      try await group.waitForAll()
    }
    let holdsInspection = Gate()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<service.readers.ofOneMax {
        group.addTask { try await desk.inspect { try $0.read { _ in holdsInspection.hold() } } }
      }
      await holdsInspection.isHeld()
      _ = try await AddUser(email: "bo@demo.example", name: "Bo", role: .member).carryOut(at: desk)
      #expect(try await ListUsers().carryOut(at: desk).users.count == 2)
      holdsInspection.open()
      try await group.waitForAll()
    }
    try FileManager.default.removeItem(atPath: place)
  }

  @Test("damage that verify has found ends the server, once who asked has been told")
  func damage() async throws {
    let service = try service()
    try await service.commits.run { transaction in
      var row = try #require(try transaction.scope(.directory))
      row.head += 1
      row.historyNumber += 1
      try transaction.save(row)
    }
    let stopped = Gate()
    let desk = desk(service) { _ in stopped.open() }
    try await listening(desk) { path in
      let answer = try #require(try await send(VerifyAudit(shown: []), path))
      #expect(!answer.integrity.problems.isEmpty)
      try await stopped.isOpen()
    }
  }

  @Test("the socket is its owner's alone from its first moment, and the process's umask is left alone")
  func permissions() async throws {
    let service = try service()
    let files = Files(place)
    files.start()
    for _ in 0..<20 {
      let path = place + "/admin.sock"
      let socket = AdminSocket(path: path, desk: desk(service), logger: logger)
      let group = ServiceGroup(
        configuration: ServiceGroupConfiguration(services: [.init(service: socket)], logger: logger))
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        while !FileManager.default.fileExists(atPath: path) { await Task.yield() }
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
      }
    }
    let modes = files.end()
    #expect(modes.count == 1, "others' files were made with \(modes.map { String($0, radix: 8) })")
    try FileManager.default.removeItem(atPath: place)
  }

  /// Makes files all the time, as other parts of a program do.
  private final class Files: Sendable {
    private let place: String
    private let modes = Mutex<Set<mode_t>>([])
    private let isOver = Mutex(false)
    private let ended = DispatchSemaphore(value: 0)

    init(_ place: String) { self.place = place }

    func start() {
      Thread {
        while !self.isOver.withLock({ $0 }) {
          let path = self.place + "/file"
          let descriptor = open(path, O_CREAT | O_WRONLY, 0o666)
          var status = stat()
          fstat(descriptor, &status)
          close(descriptor)
          unlink(path)
          self.modes.withLock { _ = $0.insert(status.st_mode & 0o777) }
        }
        self.ended.signal()
      }.start()
    }

    func end() -> Set<mode_t> {
      isOver.withLock { $0 = true }
      ended.wait()
      return modes.withLock { $0 }
    }
  }

  /// Holds threads until it is opened.
  private final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let held = Mutex(0)
    private let opened = Mutex(false)

    func hold() {
      held.withLock { $0 += 1 }
      semaphore.wait()
      semaphore.signal()
    }

    func isHeld() async { while held.withLock({ $0 }) == 0 { await Task.yield() } }

    func isOpen() async throws {
      let deadline = ContinuousClock.now + .seconds(20)
      while !opened.withLock({ $0 }) {
        try #require(ContinuousClock.now < deadline)
        try await Task.sleep(for: .milliseconds(5))
      }
    }

    func open() {
      opened.withLock { $0 = true }
      semaphore.signal()
    }
  }
}
