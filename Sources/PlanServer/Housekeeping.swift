import Edge
import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import SyncServer

/// What the server does by itself: compaction once a day, seals on the histories every ten minutes, and a new certificate
/// before the old one ends.
package final class Housekeeping: Service {
  private let service: SyncService
  private let renew: @Sendable () throws -> Bool
  private let logger: Logger
  private static let interval = Duration.seconds(3600)

  /// The log of a server that is left alone is brought into the database: in the log, one bad bit drops all that follows it.
  private static let minute = Duration.seconds(60)
  /// How many of those are between two seals: what was cut off or put back since the last one does not show.
  private static let minutesBetweenSeals = 10
  /// What was said last, so that it is not said every minute.
  private let renewalFailure = Mutex<String?>(nil)

  package init(
    _ service: SyncService, logger: Logger, renew: @escaping @Sendable () throws -> Bool
  ) {
    self.service = service
    self.logger = logger
    self.renew = renew
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup { group in
        group.addTask { await self.keepEveryMinute() }
        while !Task.isCancelled {
          await self.keepHouse()
          do { try await Task.sleep(for: Self.interval) } catch { break }
        }
        group.cancelAll()
      }
    }
  }

  private func keepEveryMinute() async {
    var minutes = 0
    while !Task.isCancelled {
      do { try await Task.sleep(for: Self.minute) } catch { return }
      minutes += 1
      if minutes % Self.minutesBetweenSeals == 0 { await seal() }
      await service.commits.settle()
      renewCertificate()
    }
  }

  private func seal() async {
    let now = service.now()
    do { _ = try await service.commits.run { try Sealing.run(in: $0, now: now) } } catch {
      logger.error("the histories were not sealed; it is tried again", metadata: ["error": "\(error)"])
    }
  }

  private func keepHouse() async {
    let now = service.now()
    do {
      switch try await service.commits.run({ try Compaction.decide(in: $0, now: now) }) {
      case .due:
        let count = try await compact(now)
        if count > 0 { logger.info("deleted records were compacted", metadata: ["records": "\(count)"]) }
      case .clockJumped(let milliseconds):
        logger.warning(
          """
          the clock is far from where it was when this server was last at work; if it is wrong, set it. Nothing is thrown \
          away, and no device counts as silent, before it has been so for a day
          """, metadata: ["days": "\(milliseconds / 86_400_000)"])
      default: break
      }
    } catch {
      logger.error("compaction failed; it is tried again in an hour", metadata: ["error": "\(error)"])
    }
  }

  /// Looks for what is to go beside the writer, a scope at a time, and takes little of its time for each part.
  ///
  /// - Returns: how many records went.
  func compact(_ now: Int64) async throws -> Int {
    var count = 0
    for scope in try await service.readers.run(for: .server, { try $0.scopes().map(\.scope) }) {
      var gone = try await service.readers.run(for: .server) {
        try Compaction.tombstones(of: scope, in: $0, now: now)
      }[...]
      count += gone.count
      while !gone.isEmpty {
        let part = gone.prefix(Compaction.slice)
        gone = gone.dropFirst(part.count)
        try await service.commits.run { try Compaction.remove(part, in: $0, now: now) }
      }
    }
    try await service.commits.run { try Compaction.end(in: $0, now: now) }
    return count
  }

  /// Looked at often: one that is not valid yet, because the clock was wrong and has been set, locks everybody out.
  private func renewCertificate() {
    do {
      let isNew = try renew()
      if isNew { logger.info("the server's certificate was renewed") }
      renewalFailure.withLock { $0 = nil }
    } catch {
      let isTold = renewalFailure.withLock { told in
        defer { told = "\(error)" }
        return told == "\(error)"
      }
      guard !isTold else { return }
      logger.error(
        "the certificate could not be renewed; it is tried again every minute",
        metadata: ["error": "\(error)"])
    }
  }
}
