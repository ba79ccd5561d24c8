import Edge
import Foundation
import Logging
import SQLiteStore
import ServiceLifecycle
import SyncServer

/// What the server does by itself: compaction once a day, and a new certificate before the old one ends.
package struct Housekeeping: Service {
  private let service: SyncService
  private let store: SQLiteStore
  private let renew: @Sendable () throws -> Bool
  private let logger: Logger
  private static let interval = Duration.seconds(3600)

  /// The log of a server that is left alone is brought into the database: in the log, one bad bit drops all that follows it.
  private static let logInterval = Duration.seconds(60)

  package init(
    _ service: SyncService, store: SQLiteStore, logger: Logger, renew: @escaping @Sendable () throws -> Bool
  ) {
    self.service = service
    self.store = store
    self.logger = logger
    self.renew = renew
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup { group in
        group.addTask { await self.keepLogShort() }
        while !Task.isCancelled {
          await self.keepHouse()
          do { try await Task.sleep(for: Self.interval) } catch { break }
        }
        group.cancelAll()
      }
    }
  }

  private func keepLogShort() async {
    while !Task.isCancelled {
      do { try await Task.sleep(for: Self.logInterval) } catch { return }
      await service.commits.moveLog()
    }
  }

  private func keepHouse() async {
    let now = service.now()
    do {
      switch try await service.commits.run({ try Compaction.run(in: $0, now: now) }) {
      case .removed(let count) where count > 0:
        logger.info("deleted records were compacted", metadata: ["records": "\(count)"])
      case .clockJumped(let milliseconds):
        logger.warning(
          """
          the clock is far from where it was when this server last wrote; if it is wrong, set it. Nothing is thrown away \
          before it has been so for a day
          """, metadata: ["days": "\(milliseconds / 86_400_000)"])
      default: break
      }
    } catch {
      logger.error("compaction failed; it is tried again in an hour", metadata: ["error": "\(error)"])
    }
    do {
      if try renew() { logger.info("the server's certificate was renewed") }
    } catch {
      logger.error(
        "the certificate could not be renewed; it is tried again in an hour", metadata: ["error": "\(error)"])
    }
  }
}
