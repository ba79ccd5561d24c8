import Foundation
import GRDB
import HostFiles

/// Brings the tables of a database to the version that this program knows.
package enum Upgrade {
  /// Copies a database that holds something beside itself, then migrates it. Whoever must go back to the program before
  /// finds there what that program left; what it wrote is not readable by an older one any more.
  ///
  /// - Parameter path: Of the database's file.
  /// - Returns: where the copy is; nil when the database was new, or needed nothing.
  /// - Throws: ``NotCopied`` when there is no room for the copy; when a migration fails. The database is as it was then.
  package static func run(
    _ migrator: DatabaseMigrator, on writer: any DatabaseWriter, path: String
  ) throws -> String? {
    let copy = try writer.writeWithoutTransaction { database -> String? in
      var copy: String?
      // What is looked at is what is copied, whatever another process does that opens the same file. (SQLite copies nothing
      // out of a transaction that may write.)
      try database.inTransaction(.deferred) {
        let applied = try migrator.appliedIdentifiers(database)
        if let last = migrator.migrations.last(where: applied.contains), last != migrator.migrations.last {
          copy = try keep(database, of: path, version: last)
        }
        return .rollback
      }
      return copy
    }
    try migrator.migrate(writer)
    return copy
  }

  /// The copies that upgrades of the database at `path` have left.
  package static func copies(of path: String) throws -> [String] {
    let directory = (path as NSString).deletingLastPathComponent
    let stem = (path as NSString).lastPathComponent.replacing(".sqlite", with: "") + infix
    return try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasPrefix(stem) }
      .sorted()
      .map { directory + "/" + $0 }
  }

  private static let infix = ".before-upgrade-"

  private static func keep(_ database: Database, of path: String, version: String) throws -> String {
    let copy = (path as NSString).deletingPathExtension + infix + version + ".sqlite"
    let partial = copy + ".partial"
    do {
      try AtomicFile.makeEmpty(partial)
      let queue = try DatabaseQueue(path: partial)
      try queue.writeWithoutTransaction { try database.backup(to: $0) }
      try queue.close()
      try AtomicFile.replace(copy, with: partial)
    } catch let trouble as FileTrouble {
      throw NotCopied(copy: copy, detail: trouble.reason)
    } catch let error as DatabaseError {
      try FileManager.default.removeItem(atPath: partial)
      throw NotCopied(copy: copy, detail: error.message ?? "\(error.resultCode)")
    }
    return copy
  }

  /// A database of an older version was not changed, because it could not be copied first.
  package struct NotCopied: Error, Equatable {
    package let copy: String
    package let detail: String
  }
}
