import ConnectRPC
import Logging
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Synchronization
import Testing

@testable import Edge
@testable import PlanServer

@Suite("A request is let in and counted once")
struct EntranceTests {
  private static let secret = String(repeating: "a", count: 64)

  private let service: SyncService
  private let clock = Clock()

  /// Counts how often it is asked.
  private final class Clock: Sendable {
    let asked = Mutex(0)

    func now() -> Int64 {
      asked.withLock { $0 += 1 }
      return 1_000 + Authentication.lastSeenMilliseconds * 2
    }
  }

  init() throws {
    let store = try SQLiteStore(inMemory: ())
    var generator = SystemRandomNumberGenerator()
    try store.write {
      let admin = try Founding.found(
        name: "Demo", adminEmail: "ana@demo.example", adminName: "Ana", in: $0, now: 1_000, using: &generator)
      try $0.save(
        DeviceRow(
          number: try $0.nextDeviceNumber(), user: admin.id, name: "laptop",
          secretHash: sha256(Array(Self.secret.utf8)), copiedFrom: 0, created: 1_000))
    }
    let (quiet, clock) = (Logger(label: "test") { _ in KeptLines() }, clock)
    service = SyncService(
      store: store, room: DiskRoom(path: "/tmp", reserveBytes: 0, logger: quiet), witness: WitnessKey(),
      dailyBytesMax: 20_000, logger: quiet, now: { clock.now() },
      ages: AgeClock(last: 0, wall: { 1_000 + Authentication.lastSeenMilliseconds * 2 }),
      onStoreFailure: { _ in })
  }

  private func sync(_ change: (inout WireSyncRequest) -> Void) async throws -> WireSyncResponse {
    var request = WireSyncRequest()
    request.protocol = Limits.protocolVersion
    request.schema = PlanModel.schemaVersion
    request.replica = 1
    change(&request)
    let call = RPCCall(
      method: "Sync", codec: .protobuf, body: try request.serializedBytes(),
      bearer: Redacted("kamd1_1_\(Self.secret)"), address: "10.0.0.1", network: [10, 0, 0, 1], deadline: nil)
    let handler = try #require(service.routes.unary["Sync"])
    return try WireSyncResponse(serializedBytes: try await handler(call))
  }

  /// One that is refused: it has no id.
  private func edit(_ sequence: UInt64) -> WireMutation { .with { $0.sequence = sequence } }

  @Test("a poll that acknowledges results, of a device not seen for hours, has one time")
  func hasOneTime() async throws {
    #expect(try await sync { $0.push = [edit(1)] }.results.count == 1)
    clock.asked.withLock { $0 = 0 }
    _ = try await sync { $0.acknowledgedResults = 1 }
    #expect(clock.asked.withLock { $0 } == 1)
  }

  @Test("what only acknowledges is not counted among the day's edits, however long its checkpoint")
  func countsEditsOnly() async throws {
    for number: UInt64 in 1...3 {
      let answer = try await sync {
        $0.push = [edit(number)]
      }
      #expect(answer.push == .ok && answer.results.count == 1)
      _ = try await sync {
        $0.acknowledgedResults = number
        $0.checkpoint = .init(repeating: 7, count: 30_000)
      }
    }
  }
}
