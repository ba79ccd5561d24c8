import Foundation
import Logging
import PlanModel
import SQLiteStore
import SyncCore
import SyncServer
import Synchronization
import Testing

@testable import PlanServer

@Suite("Whose turn it is: readers and the one writer")
struct TurnTests {
  private let ana = RecordID(high: 1, low: 1)
  private let ben = RecordID(high: 2, low: 2)

  /// Holds threads until it is opened.
  private final class Latch: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    let inside = Mutex(0)
    func hold() {
      inside.withLock { $0 += 1 }
      semaphore.wait()
      semaphore.signal()
    }
    func open() { semaphore.signal() }
  }

  private final class Done: Sendable {
    private let people = Mutex<[RecordID]>([])
    var order: [RecordID] { people.withLock { $0 } }
    func note(_ person: RecordID) { people.withLock { $0.append(person) } }
  }

  /// On disk: one in memory has one connection.
  private func onDisk(_ test: (SQLiteStore) async throws -> Void) async throws {
    let path = NSTemporaryDirectory() + "kam-turns-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let store = try SQLiteStore(path: path + "/canonical.sqlite")
    var generator = SystemRandomNumberGenerator()
    try store.write {
      _ = try Founding.found(
        name: "Demo", adminEmail: "ana@demo.example", adminName: "Ana", in: $0, now: 1_000, using: &generator)
    }
    try await test(store)
  }

  @Test(
    "of many reads of one person two are at work; another's, and a look at a credential, do not wait for them"
  )
  func readers() async throws {
    try await onDisk { store in
      let readers = Readers(store, onStoreFailure: { _ in })
      let latch = Latch()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 1...20 {
          group.addTask { [ana] in try await readers.run(for: .person(ana)) { _ in latch.hold() } }
        }
        try await until { latch.inside.withLock { $0 } == readers.ofOneMax }
        // These come to their end while the others are held.
        for _ in 1...20 {
          _ = try await readers.run(for: .person(ben)) { try $0.organization().name }
          _ = try await readers.run(for: .gate) { try $0.organization().name }
        }
        #expect(latch.inside.withLock { $0 } == readers.ofOneMax)
        latch.open()
        try await group.waitForAll()
      }
      #expect(latch.inside.withLock { $0 } == 20)
    }
  }

  @Test("when all connections for pages are taken, a credential is still looked up")
  func gate() async throws {
    try await onDisk { store in
      let readers = Readers(store, onStoreFailure: { _ in })
      let latch = Latch()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...12 as ClosedRange<UInt64> {
          group.addTask {
            try await readers.run(for: .person(RecordID(high: 1, low: number))) { _ in latch.hold() }
          }
        }
        try await until { latch.inside.withLock { $0 } == readers.countMax }
        for _ in 1...20 { _ = try await readers.run(for: .gate) { try $0.organization().name } }
        #expect(latch.inside.withLock { $0 } == readers.countMax)
        latch.open()
        try await group.waitForAll()
      }
    }
  }

  @Test("one person's slow edits: another's is answered after the one that is at work, not after all of them")
  func writer() async throws {
    try await onDisk { store in
      let room = DiskRoom(path: "/tmp", reserveBytes: 0, logger: Logger(label: "test") { _ in KeptLines() })
      let commits = GroupCommit(
        store, room: room, logger: Logger(label: "test") { _ in KeptLines() }, onStoreFailure: { _ in })
      let latch = Latch()
      let done = Done()
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await commits.run { _ in latch.hold() } }
        try await until { latch.inside.withLock { $0 } == 1 }
        for _ in 1...8 {
          group.addTask { [ana] in
            try await commits.run(for: ana) { _ in Thread.sleep(forTimeInterval: 0.15) }
            done.note(ana)
          }
        }
        try await until { commits.waitingCount == 8 }
        group.addTask { [ben] in
          try await commits.run(for: ben) { _ in }
          done.note(ben)
        }
        try await until { commits.waitingCount == 9 }
        latch.open()
        try await group.waitForAll()
      }
      let order = done.order
      #expect(order.count == 9)
      #expect((order.firstIndex(of: ben) ?? 9) <= 1, "after \(order.firstIndex(of: ben) ?? 9) of the others")
    }
  }

  @Test("a compaction that reads much lets others write meanwhile")
  func compaction() async throws {
    try await onDisk { store in
      let quiet = Logger(label: "test") { _ in KeptLines() }
      let records =
        ProcessInfo.processInfo.environment["KAM_COMPACTION_RECORDS"].flatMap { Int($0) } ?? 10_000
      let service = SyncService(
        store: store, room: DiskRoom(path: "/tmp", reserveBytes: 0, logger: quiet), witness: WitnessKey(),
        dailyBytesMax: 1,
        logger: quiet, now: { 1_000 }, ages: AgeClock(last: 0, wall: { 1_000 }), onStoreFailure: { _ in })
      let account = RecordID(high: 7, low: 7)
      try store.write { transaction in
        let scope = try transaction.createScope(.plan(account), by: nil, at: 1_000)
        for number in 1...records {
          var stamps = RecordStamps()
          stamps[lifeRegister] = Stamp(hlc: HybridClock.value(milliseconds: 1_000), replica: 1)
          try transaction.insert(
            RecordState(
              id: RecordID(high: 9, low: UInt64(number)), kind: KindDescription.task.number,
              sequence: UInt64(number), alive: number % 10 != 0, stamps: stamps, body: Registers()),
            in: scope.number)
        }
      }
      let housekeeping = Housekeeping(service, logger: quiet) { false }
      let now = Int64(1_000) + Limits.tombstoneKeptMilliseconds * 2
      let longest = try await withThrowingTaskGroup(of: Int?.self) { group in
        group.addTask { try await housekeeping.compact(now) }
        group.addTask {
          var longest = Duration.zero
          while !Task.isCancelled {
            let began = ContinuousClock.now
            try await service.commits.run { _ in }
            longest = max(longest, ContinuousClock.now - began)
          }
          return Int(longest / .milliseconds(1))
        }
        let first = try await group.next() ?? nil
        group.cancelAll()
        let second = try await group.next() ?? nil
        #expect(first == records / 10)
        return second ?? 0
      }
      print("\(records) records: an edit beside the compaction waited \(longest) ms at most")
      #expect(longest < 1_000)
    }
  }

  private func until(_ isTrue: () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while !isTrue() {
      try #require(ContinuousClock.now < deadline)
      try await Task.sleep(for: .milliseconds(2))
    }
  }
}
