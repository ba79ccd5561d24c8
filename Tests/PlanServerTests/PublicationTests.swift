import ConnectRPC
import Foundation
import Logging
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncServer
import Synchronization
import Testing

@testable import PlanServer

/// What changes is told to open streams by the one who commits, whatever changed it.
@Suite("Hints after commits")
struct PublicationTests {
  private static let secret = String(repeating: "a", count: 64)
  private let store: SQLiteStore
  private let service: SyncService
  private let ana: UserRow

  init() throws {
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    store = try SQLiteStore(inMemory: ())
    service = SyncService(
      store: store, room: DiskRoom(path: "/tmp", reserveBytes: 0, logger: quiet), witness: WitnessKey(),
      dailyBytesMax: 1, logger: quiet, now: { 1_000 }, ages: AgeClock(last: 0, wall: { 1_000 }),
      onStoreFailure: { _ in })
    var generator = SystemRandomNumberGenerator()
    ana = try store.write {
      let admin = try Founding.found(
        name: "Demo", adminEmail: "ana@demo.example", adminName: "Ana", in: $0, now: 1_000, using: &generator)
      try $0.save(
        DeviceRow(
          number: try $0.nextDeviceNumber(), user: admin.id, name: "laptop",
          secretHash: sha256(Array(Self.secret.utf8)), copiedFrom: 0, created: 1_000))
      return admin
    }
  }

  @Test("a join, and a copy that becomes a device of its own, are told to open streams")
  func joins() async throws {
    try await watching { hinted in
      let invite = try await service.commits.run { transaction in
        var generator = SystemRandomNumberGenerator()
        return try People.invite(
          email: "ana@demo.example", validFor: 1_000, by: "host", in: transaction, now: 1_000,
          using: &generator)
      }
      let joined = try await hinted {
        try await service.commits.run { transaction in
          try Join.decide(
            .with {
              $0.invite = invite.id.description
              $0.inviteSecret = invite.secret
              $0.deviceSecretSha256 = Data(repeating: 7, count: 32)
              $0.deviceName = "phone"
            }, from: "192.0.2.1", in: transaction, now: 1_000)
        }
      }
      guard case .joined(let answer) = joined else { throw Surprise(sentence: "\(joined)") }
      _ = try await hinted {
        try await service.commits.run { transaction in
          var original = try #require(try transaction.device(answer.replica))
          original.forked = 1_000
          try transaction.save(original)
          let author = Author(user: ana, device: original)
          return try Join.newReplica(
            .with { $0.deviceSecretSha256 = Data(repeating: 8, count: 32) }, by: author, in: transaction,
            now: 1_000)
        }
      }
    }
  }

  @Test("each command of an admin that changes people, departments or devices is told to open streams")
  func administration() async throws {
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let desk = RunningDesk(
      service: service, inspection: Inspection(service.readers, now: { 1_000 }, logger: quiet),
      witness: WitnessKey(), renew: { throw CertificateCommandError.notOurs }, stop: { _ in })
    let bo = "bo@demo.example"
    let requests: [any AdminRequest] = [
      AddUser(email: bo, name: "Bo", role: .executive),
      EditUser(email: bo, role: .member, departments: [try DepartmentChange("logistics:lead")]),
      SuspendUser(email: bo), ResumeUser(email: bo), LeaveUser(email: bo, force: false),
      ReturnUser(email: bo),
      AddDepartment(name: "Legal"), RevokeDevice(number: try addDevice()),
    ]
    try await watching { hinted in
      for request in requests { try await hinted { _ = try await request.carryOut(at: desk) } }
    }
  }

  /// One that has written something: the directory names it until it ends.
  private func addDevice() throws -> UInt32 {
    try store.write { transaction in
      let number = try transaction.nextDeviceNumber()
      try transaction.save(
        DeviceRow(
          number: number, user: ana.id, name: "phone", secretHash: [UInt8](repeating: 9, count: 32),
          copiedFrom: 0, created: 1_000))
      return number
    }
  }

  @Test("what a decision that was undone has changed is told to nobody")
  func undone() async throws {
    let told = Mutex<[Set<Scope>]>([])
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let commits = GroupCommit(
      store, room: DiskRoom(path: "/tmp", reserveBytes: 0, logger: quiet), logger: quiet,
      publish: { changed in told.withLock { $0.append(changed) } }, onStoreFailure: { _ in })
    await #expect(throws: Surprise.self) {
      try await commits.run { transaction in
        transaction.noteChanged([.directory])
        throw Surprise(sentence: "undone")
      }
    }
    let kept = Scope.plan(ana.id)
    try await commits.run { $0.noteChanged([kept]) }
    #expect(told.withLock { $0 } == [[kept]])
  }

  // MARK: - Watching

  private struct Surprise: Error {
    let sentence: String
  }

  private let heard = Counter()

  private final class Counter: Sendable {
    private let count = Mutex(0)
    func withLock<Value>(_ body: (inout sending Int) -> sending Value) -> Value { count.withLock(body) }
  }

  /// Runs `body` while Ana's laptop watches; `hinted` waits until it is told of what its body did.
  private func watching(
    _ body: (_ hinted: Hinted) async throws -> Void
  ) async throws {
    let token = try #require(DeviceToken("kamd1_1_\(Self.secret)"))
    let watcher = Watcher(ana.id, token, version: try store.read { try $0.manifestVersion(of: ana) })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [service] in try await service.hints.run() }
      group.addTask { [service, heard] in
        try await service.hints.with(watcher) {
          try await watcher.follow { if !$0.heads.isEmpty { heard.withLock { $0 += 1 } } }
        }
      }
      while service.hints.count == 0 { try await Task.sleep(for: .milliseconds(5)) }
      try await body(Hinted(heard: heard))
      group.cancelAll()
    }
  }

  private struct Hinted {
    let heard: Counter

    func callAsFunction<Value>(_ body: () async throws -> Value) async throws -> Value {
      let before = heard.withLock { $0 }
      let value = try await body()
      let deadline = ContinuousClock.now + .seconds(20)
      while heard.withLock({ $0 }) == before {
        try #require(ContinuousClock.now < deadline, "nothing was told")
        try await Task.sleep(for: .milliseconds(5))
      }
      return value
    }
  }
}
