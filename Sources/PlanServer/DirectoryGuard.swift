import Foundation
import Logging
import Synchronization
import SyncServer

#if canImport(Glibc)
  import Glibc
#endif
#if canImport(CoreFoundation)
  // With Foundation linked statically, the compiler may take structures of the C library for CoreFoundation's.
  import CoreFoundation
#endif

/// Whether the database that the server has open is still the one in its directory, and what the server wrote.
///
/// A directory that is deleted, moved away or replaced under a running server leaves it writing into files that nobody
/// will ever find again; a copy that is written over the open file mixes two histories. SQLite notices neither.
package final class DirectoryGuard: Sendable {
  private struct Place: Equatable {
    let device: UInt64
    let inode: UInt64
  }
  /// What every write into a file changes.
  private struct Trace: Equatable {
    let seconds: Int
    let nanoseconds: Int
    let bytes: Int64
  }
  private struct Written {
    /// Of database and log, after the server's own last write.
    var traces: [Trace]
    /// ``OrganizationRow/commits`` of the server's own last commit.
    var commits: UInt64
  }

  private let databasePath: String
  private let store: any CanonicalStore
  private let paths: [String]
  private let places: [Place]
  private let written: Mutex<Written>
  private let logger: Logger

  /// Notes where the files lie. To be made once the database and its log are open and nobody writes yet.
  ///
  /// - Throws: ``DirectoryVanished``, `StoreError`
  package init(_ directory: DataDirectory, store: any CanonicalStore, logger: Logger) throws {
    let commits = try store.read { try $0.organization().commits }
    self.store = store
    databasePath = directory.databasePath
    paths = [directory.path, directory.databasePath, directory.databasePath + "-wal"]
    self.logger = logger
    let found = try paths.map(Self.status)
    places = found.map(\.place)
    written = Mutex(Written(traces: found.dropFirst().map(\.trace), commits: commits))
  }

  /// - Throws: ``DirectoryVanished``
  package func check() throws {
    for (path, place) in zip(paths, places) where try Self.status(of: path).place != place {
      throw DirectoryVanished(path: path, isReplaced: true)
    }
  }

  // MARK: - Who wrote

  /// To be called by the one writer after each of its transactions, and after it moved the log.
  package func noteOwnWrites() {
    // Files that are gone are told by `check`.
    guard let traces = try? traces() else { return }
    written.withLock { $0.traces = traces }
  }

  /// To be called in each transaction.
  package func noteCommits(_ commits: UInt64) { written.withLock { $0.commits = commits } }

  /// Reads everything, when anybody but the server has written into its database since its own last write. A program that
  /// only looks, or moves the log, leaves it whole; then the server goes on.
  ///
  /// To be called by the one writer before each of its transactions.
  ///
  /// - Throws: ``ForeignWrite`` when the database is not what the server wrote; ``DirectoryVanished``
  package func checkForeignWrites() throws {
    try check()
    let before = written.withLock { $0 }
    guard try traces() != before.traces else { return }
    logger.warning(
      "another program wrote into the database; all of it is read before anything more is acknowledged",
      metadata: ["path": "\(databasePath)"])
    let problems: [String]
    do {
      problems = try store.readAfresh { reading in
        guard try reading.organization().commits >= before.commits else {
          return ["it is older than what was committed"]
        }
        return try Integrity.verify(reading).problems
      }
    } catch StoreError.broken(let words) {
      throw ForeignWrite(path: databasePath, problems: [words])
    }
    guard problems.isEmpty else { throw ForeignWrite(path: databasePath, problems: problems) }
    logger.warning("the database is whole; nobody but kamd may open it")
    noteOwnWrites()
  }

  private func traces() throws -> [Trace] { try paths.dropFirst().map { try Self.status(of: $0).trace } }

  private static func status(of path: String) throws -> (place: Place, trace: Trace) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw DirectoryVanished(path: path, isReplaced: false) }
    return (
      Place(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)),
      Trace(
        seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec, bytes: Int64(status.st_size))
    )
  }
}

/// What the server has open is not in its directory any more.
package struct DirectoryVanished: Error, CustomStringConvertible {
  let path: String
  let isReplaced: Bool

  package var description: String {
    isReplaced
      ? "\(path) is another file than the one that the server opened: it was replaced while the server ran"
      : "\(path) is gone: it was deleted or moved away while the server ran"
  }
}

/// Somebody wrote into the database beside the server, and it is not whole any more.
package struct ForeignWrite: Error, CustomStringConvertible {
  let path: String
  let problems: [String]

  package var description: String {
    "another program wrote into \(path) while the server ran: \(problems.prefix(5).joined(separator: "; "))"
  }
}
