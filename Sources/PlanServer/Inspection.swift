import Edge
import Logging
import PlanModel
import ServiceLifecycle
import SyncCore
import SyncServer
import Synchronization

/// Reads everything again, a little at a time: damage on a disk shows only when it is looked for, and what is served on
/// spreads to every replica.
///
/// Each scope's records are summed up and compared with the digest that was kept while they were written, history and
/// audit log are followed along their chains, and each table is compared with its indexes. All of it once after each
/// start, and then once a day.
package final class Inspection: Service {
  package struct Progress: Codable, Equatable, Sendable {
    package var isRunning = false
    /// Scopes whose records were read in this round, and how many there were when it began.
    package var scopesRead = 0
    package var scopes = 0
    /// Entries of history and audit log that were read in this round.
    package var entriesRead = 0
    /// When the last round that found everything whole ended, Unix milliseconds; 0 before the first.
    package var wholeMs: Int64 = 0
  }

  private let readers: Readers
  private let now: @Sendable () -> Int64
  private let logger: Logger
  private let state = Mutex(Progress())
  private static let roundInterval = Duration.seconds(86_400)
  /// Between two slices, so that nobody waits for this.
  private static let pause = Duration.milliseconds(20)
  private static let entriesAtOnce = 2_000
  /// Fewer: one that seals histories is compared with all of those.
  private static let auditEntriesAtOnce = 200

  package init(_ readers: Readers, now: @escaping @Sendable () -> Int64, logger: Logger) {
    self.readers = readers
    self.now = now
    self.logger = logger
  }

  package var progress: Progress { state.withLock { $0 } }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await self.round()
          try await Task.sleep(for: Self.roundInterval)
        } catch is CancellationError {
          return
        } catch {
          // Damage has ended the server already (`Readers`); this is about something that passes.
          self.logger.error("the database could not be inspected", metadata: ["error": "\(error)"])
          do { try await Task.sleep(for: .seconds(60)) } catch { return }
        }
      }
    }
  }

  private func round() async throws {
    let began = ContinuousClock.now
    let scopes = try await readers.run(for: .server) { try $0.scopes().map(\.scope) }
    state.withLock { $0 = Progress(isRunning: true, scopes: scopes.count, wholeMs: $0.wholeMs) }
    defer { state.withLock { $0.isRunning = false } }
    for scope in scopes {
      try await slice { try Integrity.checkRecords(of: scope, in: $0) }
      try await follow {
        try Integrity.followHistory(of: scope, from: &$0, limit: Self.entriesAtOnce, in: $1)
      }
      state.withLock { $0.scopesRead += 1 }
    }
    try await follow { try Integrity.followAudit(from: &$0, limit: Self.auditEntriesAtOnce, in: $1) }
    try await slice {
      try Integrity.checkEnds(in: $0)
      try Integrity.checkPeople(in: $0)
    }
    for table in try await readers.look({ try $0.tables() }) {
      try await readers.look { try $0.checkStructure(of: table) }
      try await Task.sleep(for: Self.pause)
    }
    let time = now()
    let progress = state.withLock { state in
      state.wholeMs = time
      return state
    }
    logger.info(
      "the database was read through and is whole",
      metadata: [
        "entries": "\(progress.entriesRead)", "scopes": "\(scopes.count)",
        "seconds": "\((ContinuousClock.now - began).components.seconds)",
      ])
  }

  /// - Parameter next: Follows a chain for some entries, and says whether there is more.
  private func follow(
    _ next: @escaping @Sendable (inout Integrity.Place, any CanonicalReading) throws -> Bool
  ) async throws {
    let place = Mutex(Integrity.Place())
    var goesOn = true
    while goesOn {
      let before = place.withLock { $0.entries }
      goesOn = try await slice { reading in
        try place.withLock { try next(&$0, reading) }
      }
      let entries = place.withLock { $0.entries } - before
      state.withLock { $0.entriesRead += entries }
    }
  }

  @discardableResult
  private func slice<Value: Sendable>(
    _ body: @escaping @Sendable (any CanonicalReading) throws -> Value
  ) async throws -> Value {
    let value = try await readers.run(for: .server, body)
    try await Task.sleep(for: Self.pause)
    return value
  }
}
