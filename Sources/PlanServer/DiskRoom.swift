import Logging
import ServiceLifecycle
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Whether the disk has room for more than reading.
///
/// A server that runs into the end of its disk can acknowledge nothing more, and what else lives on that disk suffers too.
/// So it stops taking edits while there is still room to commit what is on its way, serves reads, and goes on by itself
/// once there is room again.
package final class DiskRoom: Service {
  private let path: String
  /// Below this many free bytes no edits are taken.
  private let reserveBytes: UInt64
  private let logger: Logger
  private let short = Mutex(false)
  private let files: DirectoryGuard?
  private let onVanished: @Sendable (any Error) -> Void
  private static let interval = Duration.milliseconds(500)

  /// - Parameter onVanished: Called when the directory or its database is not there any more.
  package init(
    path: String, reserveBytes: UInt64, files: DirectoryGuard? = nil, logger: Logger,
    onVanished: @escaping @Sendable (any Error) -> Void = { _ in }
  ) {
    self.path = path
    self.files = files
    self.onVanished = onVanished
    self.reserveBytes = reserveBytes
    self.logger = logger
    look()
  }

  package var isShort: Bool { short.withLock { $0 } }

  /// The store found no room; until the next look nothing is tried again.
  package func ranOut() { set(true) }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do { try await Task.sleep(for: Self.interval) } catch { return }
        do { try self.files?.check() } catch { self.onVanished(error) }
        self.look()
      }
    }
  }

  private func look() {
    // A disk that does not say how much room it has is not one to promise anything on.
    guard let free = freeBytes() else { return set(true) }
    // A fifth more to go on than to stop, or the two would alternate.
    set(free < (isShort ? reserveBytes + reserveBytes / 5 : reserveBytes))
  }

  private func set(_ isShort: Bool) {
    let changed = short.withLock { short in
      defer { short = isShort }
      return short != isShort
    }
    guard changed else { return }
    guard let free = freeBytes() else {
      logger.error(
        "the system does not say how much room the disk has: no edits are taken until it does",
        metadata: ["error": "\(String(cString: strerror(errno)))"])
      return
    }
    if isShort {
      logger.error(
        "the disk is full: no edits are taken until there is room", metadata: ["free": "\(free >> 20) MiB"])
    } else {
      logger.info(
        "there is room on the disk again: edits are taken", metadata: ["free": "\(free >> 20) MiB"])
    }
  }

  /// - Returns: nil when the system does not say.
  private func freeBytes() -> UInt64? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return UInt64(status.f_bavail) * UInt64(status.f_frsize)
  }
}
