import Dispatch
import Foundation
import Logging
import PlanModel
import SQLiteStore
import Synchronization
import SyncServer

/// Runs write decisions, many to a transaction.
///
/// While one commit is on its way to the disk, the requests that arrive queue up and share the next one: each in its
/// own savepoint, each answered after the commit. One flush costs about 4 ms; alone, they would allow 250 requests a
/// second.
package final class GroupCommit: Sendable {
  private typealias Body = @Sendable (any CanonicalTransaction) throws -> Void
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
  /// While another program holds the database: two seconds in all, less than any client waits.
  private static let busyTriesMax = 40
  private static let busyPauseSeconds = 0.05

  private let store: SQLiteStore
  private let room: DiskRoom
  private let queue = DispatchQueue(label: "kam.commit", qos: .userInitiated)
  private let waiting = Mutex<[Job]>([])
  private let files: DirectoryGuard?
  private let logger: Logger
  /// Called when a commit itself fails: what SQLite acknowledges after that cannot be trusted.
  private let onStoreFailure: @Sendable (any Error) -> Void

  package init(
    _ store: SQLiteStore, room: DiskRoom, files: DirectoryGuard? = nil, logger: Logger,
    onStoreFailure: @escaping @Sendable (any Error) -> Void
  ) {
    self.store = store
    self.room = room
    self.files = files
    self.logger = logger
    self.onStoreFailure = onStoreFailure
  }

  /// - Parameters:
  ///   - person: Who asks; nil for what is the server's own.
  ///   - usesReserve: For what must not wait for room, such as taking access away: small, and seldom.
  /// - Throws: what `body` throws, with nothing of it kept; `StoreIsFull`; `StoreIsBusy`; or the commit's failure.
  package func run<Value: Sendable>(
    for person: RecordID? = nil, usesReserve: Bool = false,
    _ body: @escaping @Sendable (any CanonicalTransaction) throws -> Value
  ) async throws -> Value {
    guard usesReserve || !room.isShort else { throw StoreIsFull() }
    return try await withCheckedThrowingContinuation { continuation in
      let result = Mutex<Value?>(nil)
      enqueue(
        Job(
          person: person,
          body: { transaction in
            let value = try body(transaction)
            result.withLock { $0 = value }
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

  private func enqueue(_ job: Job) {
    let isFirst = waiting.withLock { jobs in
      jobs.append(job)
      return jobs.count == 1
    }
    if isFirst { queue.async { self.drain() } }
  }

  /// Takes out what goes into the next transaction: in order, but of each person only so much.
  private static func turn(of jobs: inout [Job]) -> [Job] {
    var counts: [RecordID: Int] = [:]
    var taken: [Job] = []
    var left: [Job] = []
    for job in jobs {
      let count = job.person.map { counts[$0, default: 0] } ?? 0
      if taken.count < jobsPerTransactionMax, count < jobsPerPersonMax {
        if let person = job.person { counts[person] = count + 1 }
        taken.append(job)
      } else {
        left.append(job)
      }
    }
    jobs = left
    return taken
  }

  private func drain() {
    let (jobs, more) = waiting.withLock { jobs in
      let taken = Self.turn(of: &jobs)
      return (taken, !jobs.isEmpty)
    }
    do {
      try files?.checkForeignWrites()
      let results = try commit(jobs)
      // Before anything is acknowledged: what was written must be where it will be looked for.
      try files?.check()
      for (job, result) in zip(jobs, results) {
        switch result {
        case .success: job.finish(nil)
        case .failure(let error): job.finish(error)
        }
      }
    } catch let error as StoreIsFull {
      room.ranOut()
      cutLog()
      for job in jobs { job.finish(error) }
    } catch let error as StoreIsBusy {
      logger.error("another program holds the database: edits are put off. Nobody but kamd may open it")
      for job in jobs { job.finish(error) }
    } catch {
      onStoreFailure(error)
      for job in jobs { job.finish(error) }
    }
    if more {
      queue.async { self.drain() }
    } else {
      moveLogIfLong()
    }
    files?.noteOwnWrites()
  }

  private func commit(_ jobs: [Job]) throws -> [Result<Void, any Error>] {
    var bodies: [(any CanonicalTransaction) throws -> Void] = []
    for job in jobs { bodies.append { try job.body($0) } }
    bodies.append { [files] in files?.noteCommits(try $0.organization().commits) }
    var tries = 0
    while true {
      do {
        return Array(try store.writeTogether(bodies).dropLast())
      } catch is StoreIsBusy where tries < Self.busyTriesMax {
        // Somebody looks into the database with a program of their own: that is over soon, or never.
        tries += 1
        Thread.sleep(forTimeInterval: Self.busyPauseSeconds)
      }
    }
  }

  /// Brings the whole log into the database, between two commits.
  package func moveLog() async {
    await withCheckedContinuation { continuation in
      queue.async {
        do {
          try self.files?.checkForeignWrites()
          defer { self.files?.noteOwnWrites() }
          try self.store.moveLog()
        } catch  where SQLiteStore.isFull(error) {
          // The log keeps what is committed; there is another time.
        } catch {
          self.onStoreFailure(error)
        }
        continuation.resume()
      }
    }
  }

  /// What was taken back still takes its room in the log.
  private func cutLog() {
    do {
      try store.moveLog()
    } catch  where SQLiteStore.isFull(error) {
      // What is committed stays in the log, and the log on the disk.
    } catch {
      onStoreFailure(error)
    }
  }

  private func moveLogIfLong() {
    do {
      try store.moveLogIfLong()
    } catch {
      onStoreFailure(error)
    }
  }
}

/// Runs reads away from the threads that serve the network: a large page takes tens of milliseconds.
package final class Readers: Sendable {
  private let store: SQLiteStore
  private let onStoreFailure: @Sendable (any Error) -> Void
  private let queue = DispatchQueue(label: "kam.read", qos: .userInitiated, attributes: .concurrent)

  package init(_ store: SQLiteStore, onStoreFailure: @escaping @Sendable (any Error) -> Void) {
    self.store = store
    self.onStoreFailure = onStoreFailure
  }

  package func run<Value: Sendable>(
    _ body: @escaping @Sendable (any CanonicalReading) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: self.told(Result { try self.store.read(body) })) }
    }
  }

  /// Runs a look at the file itself, on the same threads.
  package func look<Value: Sendable>(
    _ body: @escaping @Sendable (SQLiteStore) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: self.told(Result { try body(self.store) })) }
    }
  }

  /// Whoever meets damage, no more is acknowledged: what is served on spreads.
  private func told<Value>(_ result: Result<Value, any Error>) -> Result<Value, any Error> {
    if case .failure(let error) = result, SQLiteStore.isDamage(error) || error is Integrity.Damage {
      onStoreFailure(error)
    }
    return result
  }
}
