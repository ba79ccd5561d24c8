import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Whether the database that the server has open is still the one in its directory.
///
/// A directory that is deleted, moved away or replaced under a running server leaves it writing into files that nobody
/// will ever find again. SQLite does not notice: it has them open.
package final class DirectoryGuard: Sendable {
  private struct Place: Equatable {
    let device: UInt64
    let inode: UInt64
  }

  private let paths: [String]
  private let places: [Place]

  /// Notes where the files lie. To be made once the database and its log are open.
  ///
  /// - Throws: ``DirectoryVanished``
  package init(_ directory: DataDirectory) throws {
    paths = [directory.path, directory.databasePath, directory.databasePath + "-wal"]
    places = try paths.map(Self.place)
  }

  /// - Throws: ``DirectoryVanished``
  package func check() throws {
    for (path, place) in zip(paths, places) where try Self.place(of: path) != place {
      throw DirectoryVanished(path: path, isReplaced: true)
    }
  }

  private static func place(of path: String) throws -> Place {
    var status = stat()
    guard stat(path, &status) == 0 else { throw DirectoryVanished(path: path, isReplaced: false) }
    return Place(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
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
