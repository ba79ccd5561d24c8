import Dispatch
import Foundation
import Logging
import PlanModel
import Synchronization
import SyncServer

/// Runs write decisions, many to a transaction.
///
/// While one commit is on its way to the disk, the requests that arrive queue up and share the next one: each in its
/// own savepoint, each answered after the commit. One flush costs about 4 ms; alone, they would allow 250 requests a
/// second.
package final class GroupCommit: Sendable {
  /// Returns what it has changed.
  private typealias Body = @Sendable (any CanonicalTransaction) throws -> Set<Scope>
  private struct Job: Sendable {
    /// Whose turn it uses up; nil for what is the server's own.
    let person: RecordID?
    let body: Body
    /// Called after the commit, with the error when there was one.
    let finish: @Sendable ((any Error)?) -> Void
  }

  /// One transaction stays short, so that nobody waits long behind it.
  private static let jobsPerTransactionMax = 256
  /// Of one person in a transaction: what they have queued beyond that waits until others had their turn.
  private static let jobsPerPersonMax = 8
  /// Jobs are begun in one transaction for so long; the others are for the next, and who is done is answered before.
  private static let transactionMax = Duration.milliseconds(100)
  /// While another program holds the database: two seconds in all, less than any client waits.
  private static let busyTriesMax = 40
  private static let busyPauseSeconds = 0.05

  private let store: any CanonicalStore
  private let room: DiskRoom
  private let queue = DispatchQueue(label: "kam.commit", qos: .userInitiated)
  private struct Waiting {
    var jobs: [Job] = []
    /// Whether somebody takes them out; who comes then only adds to them.
    var isDrained = false
  }
  private let waiting = Mutex(Waiting())
  private let files: DirectoryGuard?
  private let logger: Logger
  /// Called after each commit with what it changed.
  private let publish: @Sendable (Set<Scope>) -> Void
  /// Called when a commit itself fails: what SQLite acknowledges after that cannot be trusted.
  private let onStoreFailure: @Sendable (any Error) -> Void

  package init(
    _ store: any CanonicalStore, room: DiskRoom, files: DirectoryGuard? = nil, logger: Logger,
    publish: @escaping @Sendable (Set<Scope>) -> Void = { _ in },
    onStoreFailure: @escaping @Sendable (any Error) -> Void
  ) {
    self.publish = publish
    self.store = store
    self.room = room
    self.files = files
    self.logger = logger
    self.onStoreFailure = onStoreFailure
  }

  /// - Parameters:
  ///   - person: Who asks; nil for what is the server's own.
  ///   - usesReserve: For what must not wait for room, such as taking access away: small, and seldom.
  /// - Throws: what `body` throws, with nothing of it kept; `StoreError`; or the commit's failure.
  package func run<Value: Sendable>(
    for person: RecordID? = nil, usesReserve: Bool = false,
    _ body: @escaping @Sendable (any CanonicalTransaction) throws -> Value
  ) async throws -> Value {
    guard usesReserve || !room.isShort else { throw StoreError.full }
    return try await withCheckedThrowingContinuation { continuation in
      let result = Mutex<Value?>(nil)
      enqueue(
        Job(
          person: person,
          body: { transaction in
            let value = try body(transaction)
            result.withLock { $0 = value }
            return transaction.changed
          },
          finish: { error in
            if let error {
              continuation.resume(throwing: error)
            } else if let value = result.withLock({ $0 }) {
              continuation.resume(returning: value)
            }
          }))
    }
  }

  /// How many wait for a transaction.
  var waitingCount: Int { waiting.withLock { $0.jobs.count } }

  private func enqueue(_ job: Job) {
    let isFirst = waiting.withLock { waiting in
      waiting.jobs.append(job)
      defer { waiting.isDrained = true }
      return !waiting.isDrained
    }
    if isFirst { queue.async { self.drain() } }
  }

  /// Takes out what goes into the next transaction: everybody's first one, then everybody's second, and of each person only
  /// so much.
  private static func turn(of jobs: inout [Job]) -> [Job] {
    var counts: [RecordID: Int] = [:]
    var rounds: [[Job]] = Array(repeating: [], count: jobsPerPersonMax)
    var left: [Job] = []
    for job in jobs {
      let count = job.person.map { counts[$0, default: 0] } ?? 0
      guard count < jobsPerPersonMax else {
        left.append(job)
        continue
      }
      if let person = job.person { counts[person] = count + 1 }
      rounds[count].append(job)
    }
    let inTurn = rounds.joined()
    jobs = inTurn.dropFirst(jobsPerTransactionMax) + left
    return Array(inTurn.prefix(jobsPerTransactionMax))
  }

  private func drain() {
    var jobs = waiting.withLock { Self.turn(of: &$0.jobs) }
    do {
      try files?.checkForeignWrites()
      let results = try commit(jobs)
      if results.count < jobs.count {
        // There was no time for these; they go before those that came meanwhile.
        let late = jobs[results.count...]
        waiting.withLock { $0.jobs.insert(contentsOf: late, at: 0) }
        jobs.removeLast(late.count)
      }
      // Before anything is acknowledged: what was written must be where it will be looked for.
      try files?.check()
      publishChanges(results)
      for (job, result) in zip(jobs, results) {
        switch result {
        case .success: job.finish(nil)
        case .failure(let error): job.finish(error)
        }
      }
    } catch StoreError.full {
      room.ranOut()
      giveBackRoom()
      for job in jobs { job.finish(StoreError.full) }
    } catch StoreError.tryAgain {
      logger.error("another program holds the database: edits are put off. Nobody but kamd may open it")
      for job in jobs { job.finish(StoreError.tryAgain) }
    } catch {
      onStoreFailure(error)
      for job in jobs { job.finish(error) }
    }
    let more = waiting.withLock { waiting in
      waiting.isDrained = !waiting.jobs.isEmpty
      return waiting.isDrained
    }
    if more {
      queue.async { self.drain() }
    } else {
      idle()
    }
    files?.noteOwnWrites()
  }

  private func publishChanges(_ results: [Result<Set<Scope>, any Error>]) {
    let changed = results.reduce(into: Set<Scope>()) {
      if case .success(let scopes) = $1 { $0.formUnion(scopes) }
    }
    if !changed.isEmpty { publish(changed) }
  }

  /// - Returns: what came of the first of them, for which there was time.
  private func commit(_ jobs: [Job]) throws -> [Result<Set<Scope>, any Error>] {
    var bodies: [(any CanonicalTransaction) throws -> Set<Scope>] = []
    for job in jobs { bodies.append { try job.body($0) } }
    var tries = 0
    while true {
      do {
        let end = ContinuousClock.now + Self.transactionMax
        return try store.writeTogether(bodies) {
          ContinuousClock.now > end
        } atEnd: { [files] in
          files?.noteCommits(try $0.organization().commits)
        }
      } catch StoreError.tryAgain where tries < Self.busyTriesMax {
        // Somebody looks into the database with a program of their own: that is over soon, or never.
        tries += 1
        Thread.sleep(forTimeInterval: Self.busyPauseSeconds)
      }
    }
  }

  /// Brings all that is committed to its final place, between two commits.
  package func settle() async {
    await withCheckedContinuation { continuation in
      queue.async {
        do {
          try self.files?.checkForeignWrites()
          defer { self.files?.noteOwnWrites() }
          try self.store.settle()
        } catch StoreError.full {
          // The commits stay in the log; the next time brings them into the database.
        } catch {
          self.onStoreFailure(error)
        }
        continuation.resume()
      }
    }
  }

  /// A transaction that was rolled back may still take its room.
  private func giveBackRoom() {
    do {
      try store.settle()
    } catch StoreError.full {
      // The commits stay in the log.
    } catch {
      onStoreFailure(error)
    }
  }

  private func idle() {
    do {
      try store.idle()
    } catch {
      onStoreFailure(error)
    }
  }
}
