import Edge
import Foundation
import Logging
import ServiceLifecycle
import SyncServer

/// What the server does by itself: compaction once a day, and a new certificate before the old one ends.
package struct Housekeeping: Service {
  private let service: SyncService
  private let renew: @Sendable () throws -> Bool
  private let logger: Logger
  private static let interval = Duration.seconds(3600)

  package init(_ service: SyncService, logger: Logger, renew: @escaping @Sendable () throws -> Bool) {
    self.service = service
    self.logger = logger
    self.renew = renew
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await keepHouse()
        do { try await Task.sleep(for: Self.interval) } catch { return }
      }
    }
  }

  private func keepHouse() async {
    let now = service.now()
    do {
      if let removed = try await service.commits.run({ try Compaction.run(in: $0, now: now) }), removed > 0 {
        logger.info("deleted records were compacted", metadata: ["records": "\(removed)"])
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
