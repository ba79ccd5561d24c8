import ConnectRPC
import Logging
import PlanModel
import PlanServer
import SQLiteStore
import SyncCore
import SyncServer
import Synchronization
import Testing

@Suite("Hints to open streams")
struct LiveHintsTests {
  private let store: SQLiteStore
  private let ana: UserRow
  private let hints: LiveHints
  /// Of both devices: streams of one that is not good end by themselves after some seconds.
  private static let secret = String(repeating: "a", count: 64)

  init() throws {
    let store = try SQLiteStore(inMemory: ())
    var generator = SystemRandomNumberGenerator()
    ana = try store.write {
      let admin = try Founding.found(
        name: "Demo", adminEmail: "ana@demo.example", adminName: "Ana", in: $0, now: 1_000, using: &generator)
      for _ in 0..<2 {
        try $0.save(
          DeviceRow(
            number: try $0.nextDeviceNumber(), user: admin.id, name: "laptop",
            secretHash: sha256(Array(Self.secret.utf8)), copiedFrom: 0, created: 1_000))
      }
      return admin
    }
    self.store = store
    hints = LiveHints(
      Readers(store, onStoreFailure: { _ in }), ages: AgeClock(last: 0, wall: { 1_000 }),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private func watcher(device: UInt32) throws -> Watcher {
    Watcher(ana.id, try #require(DeviceToken("kamd1_\(device)_\(Self.secret)")))
  }

  @Test("changes that come fast are told together, the first at once and none of them lost")
  func together() async throws {
    let watchers = [try watcher(device: 1), try watcher(device: 2)]
    let told = Told()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [hints] in try await hints.run() }
      for watcher in watchers {
        group.addTask { [hints] in
          try await hints.with(watcher) {
            try await watcher.follow { told.note(watcher, $0) }
          }
        }
      }
      try await until { hints.count == 2 }
      let began = ContinuousClock.now
      for _ in 0..<100 {
        try write { $0.head += 1 }
        hints.publish([.directory])
        try await Task.sleep(for: .milliseconds(1))
      }
      let last = try store.read { try $0.scope(.directory)?.head }
      try await until { told.heads.filter { $0 == last }.count == 2 }
      let quarters = Int((ContinuousClock.now - began) / .milliseconds(250))
      #expect(told.heads.count <= 2 * (quarters + 2), "\(told.heads.count) hints to two streams")
      group.cancelAll()
    }
  }

  @Test("a device that was revoked, and a person who was suspended, are told nothing more")
  func notTold() async throws {
    let watchers = [try watcher(device: 1), try watcher(device: 2)]
    let told = Told()
    try store.write {
      var device = try #require(try $0.device(1))
      device.state = .revoked
      try $0.save(device)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [hints] in try await hints.run() }
      for watcher in watchers {
        group.addTask { [hints] in
          try await hints.with(watcher) {
            try await watcher.follow { told.note(watcher, $0) }
          }
        }
      }
      try await until { hints.count == 2 }
      try write { $0.head += 1 }
      hints.publish([.directory])
      try await until { !told.all.isEmpty }
      try await Task.sleep(for: .milliseconds(400))
      #expect(told.all.map(\.device) == [2])
      try store.write {
        var user = ana
        user.isActive = false
        try $0.save(user)
      }
      try write { $0.head += 1 }
      hints.publish([.directory])
      try await Task.sleep(for: .milliseconds(400))
      #expect(told.all.map(\.device) == [2])
      group.cancelAll()
    }
  }

  @Test("of a scope that did not move only whoever may see something else than before is told")
  func unmoved() async throws {
    let version = try store.read { try $0.manifestVersion(of: ana) }
    let token = try #require(DeviceToken("kamd1_1_\(Self.secret)"))
    let watcher = Watcher(ana.id, token, version: version)
    let told = Told()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [hints] in try await hints.run() }
      group.addTask { [hints] in
        try await hints.with(watcher) {
          try await watcher.follow { told.note(watcher, $0) }
        }
      }
      try await until { hints.count == 1 }
      hints.publish([.directory])
      try await until { told.all.count == 1 }
      hints.publish([.directory])
      try await Task.sleep(for: .milliseconds(600))
      #expect(told.all.count == 1, "nothing moved")
      try write { $0.head += 1 }
      hints.publish([.directory])
      try await until { told.all.count == 2 }
      try store.write {
        var user = ana
        user.accessVersion += 1
        try $0.save(user)
      }
      hints.publish([.directory])
      try await until { told.all.count == 3 }
      group.cancelAll()
    }
  }

  /// Waits for what will be true soon; the limit only ends a test that would never end, on a busy machine too.
  private func until(_ isTrue: () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(300)
    while !isTrue() {
      try #require(ContinuousClock.now < deadline)
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  private func write(_ change: (inout ScopeRow) -> Void) throws {
    try store.write {
      var row = try #require(try $0.scope(.directory))
      change(&row)
      try $0.save(row)
    }
  }
}

/// What streams were told, in order.
private final class Told: Sendable {
  private let list = Mutex<[(device: UInt32, heads: [Scope: UInt64])]>([])

  var heads: [UInt64] { all.compactMap { $0.heads[.directory] } }
  var all: [(device: UInt32, heads: [Scope: UInt64])] { list.withLock { $0 } }

  func note(_ watcher: Watcher, _ news: Watcher.News) {
    list.withLock { $0.append((watcher.token.device, news.heads)) }
  }
}
