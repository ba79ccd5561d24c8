import Foundation
import GRDB
import SQLiteQuery

/// Makes a new replica of a damaged one: what only this device has is saved, row by row; the rest comes from the server.
package enum Doctor {
  package struct Rescue: Equatable, Sendable {
    /// Edits that wait, those that were refused, and what is kept for a restore of the server.
    package var waiting = 0
    package var refused = 0
    package var kept = 0
    package var conflicts = 0
    /// Edits of which a part could not be read.
    package var lostEdits = 0
    /// Tables of which not all could be read.
    package var damagedTables: [String] = []
    /// Whose replica it is could be read. Without it one must join again.
    package var isJoined = false
  }

  /// In this order: a row must come after what it refers to.
  private static let tables = [
    "identity", "server", "progress", "outbox", "edit", "conflict", "pack", "looked", "twin", "merged",
    "merge_step",
  ]

  /// Saves into a new file what can be read of a damaged one. Neither the damaged file nor its journal is changed.
  ///
  /// - Throws: ``ReplicaError/beyondRepair(path:detail:)`` when nothing can be read; `CocoaError` when files cannot be copied.
  package static func rescue(_ damaged: String, into fresh: String) throws -> Rescue {
    // SQLite may have to finish or take back what a killed program began: that happens in a copy.
    let copy = fresh + ".reading"
    try remove(copy)
    for suffix in suffixes where FileManager.default.fileExists(atPath: damaged + suffix) {
      try FileManager.default.copyItem(atPath: damaged + suffix, toPath: copy + suffix)
    }
    let replica = try Replica(path: fresh)
    var result = Result { try read(copy, into: replica, named: damaged) }
    if case .failure(ReplicaError.beyondRepair) = result {
      // The first bytes say how the file is laid out, and are the same in every replica.
      try giveHeader(of: fresh, to: copy)
      result = Result { try read(copy, into: replica, named: damaged) }
    }
    try remove(copy)
    return try result.get()
  }

  /// The first 100 bytes of a SQLite file (https://sqlite.org/fileformat.html, "The Database Header").
  private static func giveHeader(of fresh: String, to damaged: String) throws {
    var bytes = try Data(contentsOf: URL(filePath: damaged))
    var header = try Data(contentsOf: URL(filePath: fresh)).prefix(100)
    guard bytes.count >= 8_192, header.count == 100 else { return }
    withUnsafeBytes(of: UInt32(bytes.count / 8_192).bigEndian) { header.replaceSubrange(28..<32, with: $0) }
    bytes.replaceSubrange(0..<100, with: header)
    try bytes.write(to: URL(filePath: damaged))
  }

  private static let suffixes = ["", "-journal"]

  private static func remove(_ path: String) throws {
    for suffix in suffixes where FileManager.default.fileExists(atPath: path + suffix) {
      try FileManager.default.removeItem(atPath: path + suffix)
    }
  }

  private static func read(_ copy: String, into replica: Replica, named damaged: String) throws -> Rescue {
    do {
      let source = try DatabaseQueue(path: copy)
      let rescue = try source.writeWithoutTransaction { try save($0, into: replica) }
      try source.close()
      return rescue
    } catch let error as DatabaseError {
      throw ReplicaError.beyondRepair(path: damaged, detail: error.message ?? "\(error.resultCode)")
    }
  }

  private static func save(_ source: Database, into replica: Replica) throws -> Rescue {
    // A schema that cannot be read is the end: nothing says where anything lies.
    let present = Set(try String.fetchAll(source, sql: "SELECT name FROM sqlite_master WHERE type = 'table'"))
    var rescue = Rescue()
    try replica.write { transaction in
      let database = transaction.database
      for table in tables where present.contains(table) {
        if try !copy(table, from: source, to: database) { rescue.damagedTables.append(table) }
      }
      rescue.lostEdits = try count(
        "SELECT count(*) FROM outbox WHERE key NOT IN (SELECT key FROM edit)", database)
      try database.execute(sql: "DELETE FROM outbox WHERE key NOT IN (SELECT key FROM edit)")
      // Everything is read anew; what is numbered too low is told by the server, and queued again.
      try database.execute(
        sql: """
          UPDATE progress SET checkpoint = X'',
            last_sequence = max(last_sequence, (SELECT coalesce(max(sequence), 0) FROM outbox WHERE status = 0))
          """)
      rescue.isJoined = try transaction.isJoined()
      rescue.waiting = try count("SELECT count(*) FROM outbox WHERE status = 0", database)
      rescue.kept = try count("SELECT count(*) FROM outbox WHERE status = 1", database)
      rescue.refused = try count("SELECT count(*) FROM outbox WHERE status = 2", database)
      rescue.conflicts = try count("SELECT count(*) FROM conflict", database)
    }
    return rescue
  }

  private static func count(_ sql: String, _ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: sql) ?? 0
  }

  /// Copies rows from the beginning up to the first that cannot be read, and then from the end.
  ///
  /// - Returns: whether all could be read.
  private static func copy(_ table: String, from source: Database, to database: Database) throws -> Bool {
    let columns = try Set(source.columns(in: table).map(\.name))
      .intersection(database.columns(in: table).map(\.name)).sorted()
    // Names of this file's own schema; values are bound.
    let names = columns.joined(separator: ", ")
    let insertion = [
      "INSERT OR IGNORE INTO", table, "(", names, ") VALUES (",
      columns.map { _ in "?" }.joined(separator: ", "), ")",
    ].joined(separator: " ")
    for order in ["ASC", "DESC"] {
      do {
        let selection = ["SELECT", names, "FROM", table, "ORDER BY rowid", order].joined(separator: " ")
        let rows = try Row.fetchCursor(source, sql: selection)
        while let row = try rows.next() {
          try database.execute(sql: insertion, arguments: StatementArguments(row.databaseValues))
        }
        return order == "ASC"
      } catch let error as DatabaseError
        where [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_IOERR].contains(error.resultCode)
      {
        continue
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
        // A row that was damaged into something that cannot be.
        continue
      }
    }
    return false
  }
}

extension Replica {
  /// Shows again what waiting edits make of every record.
  package func rebuildViews() throws { try write { try $0.rebuildAllOverlays() } }
}
