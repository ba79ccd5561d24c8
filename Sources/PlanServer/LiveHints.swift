import ConnectRPC
import Logging
import PlanModel
import ServiceLifecycle
import SyncCore
import SyncServer
import Synchronization

/// Tells open Watch streams that scopes have changed. Hints only: a lost one costs nothing but time.
///
/// One task decides for all of them, in one snapshot: what a person may read is the same on each of their streams, and
/// seldom changes. Were each stream to ask by itself, a thousand of them would make every edit cost thousands of reads.
package final class LiveHints: Service {
  /// Changes that come faster are told together: who is told pulls all of them anyway.
  private static let interval = Duration.milliseconds(250)
  /// How soon the stream of a revoked device ends.
  private static let checkInterval = Duration.seconds(4)
  /// Checks between two signs of life: below the idle limits of proxies between client and server.
  private static let checksPerSign = 5

  private struct State {
    var next = 0
    var open: [Int: Watcher] = [:]
    var changed: Set<Scope> = []
  }

  private let readers: Readers
  private let ages: AgeClock
  private let logger: Logger
  private let state = Mutex(State())
  private let wakes: AsyncStream<Void>
  private let wake: AsyncStream<Void>.Continuation

  package init(_ readers: Readers, ages: AgeClock, logger: Logger) {
    self.readers = readers
    self.ages = ages
    self.logger = logger
    (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Open streams.
  package var count: Int { state.withLock { $0.open.count } }

  /// Notes that scopes have changed; costs their author nothing.
  package func publish(_ scopes: Set<Scope>) {
    let isHeard = state.withLock { state in
      guard !state.open.isEmpty else { return false }
      state.changed.formUnion(scopes)
      return !state.changed.isEmpty
    }
    if isHeard { wake.yield() }
  }

  /// Runs `body` while `watcher` is told of changes.
  package func with(_ watcher: Watcher, _ body: () async throws -> Void) async throws {
    let number = state.withLock { state in
      state.next += 1
      state.open[state.next] = watcher
      return state.next
    }
    defer { state.withLock { _ = $0.open.removeValue(forKey: number) } }
    try await body()
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup { group in
        group.addTask { await self.tellChanges() }
        group.addTask { await self.checkDevices() }
        await group.waitForAll()
      }
    }
  }

  // MARK: - Changes

  private func tellChanges() async {
    var sights: [RecordID: Sight] = [:]
    var told: [Scope: UInt64] = [:]
    for await _ in wakes {
      let (watchers, changed) = state.withLock { state in
        defer { state.changed = [] }
        return (Array(state.open.values), state.changed)
      }
      if !watchers.isEmpty { sights = await tell(watchers, changed, sights, &told) }
      do { try await Task.sleep(for: Self.interval) } catch { return }
    }
  }

  /// Tells of scopes that moved; of the others only whoever may see something else than before, for that is not a secret to them.
  ///
  /// - Parameter told: How far the scopes had come. One of which nothing was told since the server's start has moved.
  /// - Returns: what the people who watch may see, for the next time.
  private func tell(
    _ watchers: [Watcher], _ changed: Set<Scope>, _ known: [RecordID: Sight], _ told: inout [Scope: UInt64]
  ) async -> [RecordID: Sight] {
    do {
      let (sights, heads) = try await readers.run(for: .hints) { reading in
        let rows = try changed.compactMap { try reading.scope($0) }
        let sights = try Sight.all(of: watchers, rows.map(\.scope), known, in: reading)
        return (sights, Dictionary(uniqueKeysWithValues: rows.map { ($0.scope, $0.head) }))
      }
      let moved = heads.filter { told[$0.key] != $0.value }
      told.merge(heads) { $1 }
      for watcher in watchers {
        guard let sight = sights[watcher.person], sight.devices.contains(watcher.token.device) else {
          continue
        }
        let before = known[watcher.person]?.version ?? watcher.version
        watcher.tell((sight.version == before ? moved : heads).filter { sight.readable[$0.key] == true })
      }
      return sights
    } catch {
      logger.error("open streams could not be told of changes", metadata: ["error": "\(error)"])
      return known
    }
  }

  /// What one person may see.
  private struct Sight: Sendable {
    /// Changes with every change of what they may see.
    let version: [UInt64]
    /// Of the scopes that were asked for so far.
    var readable: [Scope: Bool]
    /// Their devices that are good; empty when there is nothing to tell them.
    var devices: Set<UInt32>

    static func all(
      of watchers: [Watcher], _ scopes: [Scope], _ known: [RecordID: Sight], in reading: any CanonicalReading
    ) throws -> [RecordID: Sight] {
      var sights: [RecordID: Sight] = [:]
      for person in Set(watchers.map(\.person)) {
        guard let user = try reading.user(person), user.isActive else { continue }
        let version = try reading.manifestVersion(of: user)
        let before = known[person].flatMap { $0.version == version ? $0.readable : nil }
        var sight = Sight(version: version, readable: before ?? [:], devices: [])
        for scope in scopes where sight.readable[scope] == nil {
          sight.readable[scope] = try reading.standing(of: user, in: scope).mayRead(scope.family)
        }
        if scopes.contains(where: { sight.readable[$0] == true }) {
          sight.devices = Set(
            try reading.devices(of: person).filter { $0.state == .active }.map(\.number))
        }
        sights[person] = sight
      }
      return sights
    }
  }

  // MARK: - Devices

  private func checkDevices() async {
    var checks = 0
    while !Task.isCancelled {
      do { try await Task.sleep(for: Self.checkInterval) } catch { return }
      checks += 1
      let watchers = state.withLock { Array($0.open.values) }
      guard !watchers.isEmpty else { continue }
      await endUnwelcome(watchers)
      if checks.isMultiple(of: Self.checksPerSign) { for watcher in watchers { watcher.keepAlive() } }
    }
  }

  private func endUnwelcome(_ watchers: [Watcher]) async {
    let now = ages.now()
    do {
      try await readers.run(for: .hints) { reading in
        for watcher in watchers {
          let token = watcher.token
          let checked = try Authentication.check(
            device: token.device, secret: token.secret.secret, in: reading, now: now)
          if case .failure(let failure) = checked { watcher.end(failure) }
        }
      }
    } catch {
      logger.error("the devices of open streams could not be checked", metadata: ["error": "\(error)"])
    }
  }
}

/// One open stream, and what it has still to be told.
package final class Watcher: Sendable {
  package struct News {
    /// By scope, how far it has come.
    package var heads: [Scope: UInt64] = [:]
    var keepsAlive = false
    var ending: Authentication.Failure?
  }

  let person: RecordID
  package let token: DeviceToken
  /// Of what the person could see when the stream began.
  let version: [UInt64]
  private let news = Mutex(News())
  private let wakes: AsyncStream<Void>
  private let wake: AsyncStream<Void>.Continuation

  package init(_ person: RecordID, _ token: DeviceToken, version: [UInt64] = []) {
    self.person = person
    self.version = version
    self.token = token
    // News is kept beside, so a stream that is slow to read misses nothing and piles nothing up.
    (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func tell(_ heads: [Scope: UInt64]) {
    guard !heads.isEmpty else { return }
    note { $0.heads.merge(heads) { max($0, $1) } }
  }

  func keepAlive() { note { $0.keepsAlive = true } }

  func end(_ failure: Authentication.Failure) { note { $0.ending = failure } }

  private func note(_ change: (inout News) -> Void) {
    news.withLock { change(&$0) }
    wake.yield()
  }

  /// Calls `body` with what is new, whenever there is something.
  ///
  /// - Throws: what `body` throws; `Authentication.Failure` once the device is not good any more.
  package func follow(_ body: (News) async throws -> Void) async throws {
    for await _ in wakes {
      let news = news.withLock { news in
        defer { news = News() }
        return news
      }
      if let ending = news.ending { throw ending }
      try await body(news)
    }
  }
}
