import Foundation
import GRDB
import SQLiteQuery
import Synchronization
import SyncCore
import SyncServer

/// This version must not touch the database: it knows less of it than the one that wrote it.
package struct WrittenByNewerVersion: Error, CustomStringConvertible {
  package let description = "the database was written by a newer version of kamd"
}

/// The canonical store on SQLite.
///
/// One connection writes; readers have snapshots of their own. Only `kamd` may open the file: SQLite up to 3.51.2 can
/// corrupt a WAL that two connections of different programs write or checkpoint at the same instant.
package final class SQLiteStore: CanonicalStore {
  private let writer: any DatabaseWriter
  private let faults: PlantedFaults
  private let isRepeatable: Bool
  /// Where the database is kept as an older version left it, when opening it has changed its tables.
  package let copyBeforeUpgrade: String?
  /// Row changes of the writer when its log was last moved into the database.
  private let changesMoved = Mutex(0)

  private static let changesBetweenMovesMin = 2_000
  package let readersMax = readerConnections
  private static let readerConnections = 5
  /// Of its file; nil in memory.
  private let path: String?

  /// Opens or makes the database at `path`. One of an older version is copied beside itself before it is changed.
  ///
  /// - Throws: ``WrittenByNewerVersion``, `Upgrade.NotCopied`; `StoreError`, also when the file is damaged.
  package convenience init(path: String) throws {
    do {
      try self.init(opening: path)
    } catch let error as DatabaseError {
      throw Self.translated(error)
    }
  }

  private init(opening path: String) throws {
    var configuration = GRDB.Configuration()
    configuration.maximumReaderCount = Self.readerConnections
    configuration.persistentReadOnlyConnections = true
    configuration.prepareDatabase { database in
      try database.execute(
        sql:
          """
          PRAGMA page_size = 8192; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -32768;
          PRAGMA cell_size_check = ON
          """
      )
    }
    let pool = try DatabasePool(path: path, configuration: configuration)
    // GRDB sets NORMAL on pools when it opens them; with it, a power cut takes acknowledged commits.
    // The log is moved by moveLogIfLong; SQLite does it only when that has had no chance for 32 MiB.
    try pool.writeWithoutTransaction {
      try $0.execute(
        sql:
          """
          PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4096;
          -- A transaction that is taken back leaves its pages in the log: room that nobody has.
          PRAGMA journal_size_limit = 67108864
          """)
    }
    writer = pool
    self.path = path
    faults = []
    isRepeatable = false
    copyBeforeUpgrade = try Self.migrate(pool, path: path)
  }

  /// A database that lives as long as this object, for simulation and tests.
  ///
  /// - Parameter pagesMax: Room for so many pages of 4 KiB; nil does not bound it.
  package init(inMemory: Void, faults: PlantedFaults = [], pagesMax: Int? = nil) throws {
    self.faults = faults
    isRepeatable = true
    path = nil
    writer = try DatabaseQueue()
    copyBeforeUpgrade = nil
    try Schema.migrator.migrate(writer)
    if let pagesMax {
      try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(pagesMax)") }
    }
  }

  private static func migrate(_ writer: any DatabaseWriter, path: String) throws -> String? {
    let migrator = Schema.migrator
    guard try writer.read({ try !migrator.hasBeenSuperseded($0) }) else {
      throw WrittenByNewerVersion()
    }
    return try Upgrade.run(migrator, on: writer, path: path)
  }

  // MARK: - Transactions

  package func read<Value>(_ body: (any CanonicalReading) throws -> Value) throws -> Value {
    try translating {
      // A queue's `read` would make SQLite prepare every cached statement anew (it switches `query_only` on and off).
      if writer is DatabaseQueue { return try inTransaction(.deferred) { try body(SQLiteReading($0)) } }
      return try writer.read { try body(SQLiteReading($0)) }
    }
  }

  package func write<Value>(_ body: (any CanonicalTransaction) throws -> Value) throws -> Value {
    try translating {
      try inTransaction(.immediate) { try body(SQLiteTransaction($0, isRepeatable: isRepeatable)) }
    }
  }

  private func inTransaction<Value>(
    _ kind: Database.TransactionKind, _ body: (Database) throws -> Value
  ) throws -> Value {
    try writer.writeWithoutTransaction { database in
      var value: Value?
      try database.inTransaction(kind) {
        value = try body(database)
        return .commit
      }
      guard let value else { preconditionFailure("a committed transaction has a value") }
      return value
    }
  }

  package func writeTogether<Value>(
    _ bodies: [(any CanonicalTransaction) throws -> Value], isOver: () -> Bool,
    atEnd: (any CanonicalReading) throws -> Void
  ) throws -> [Result<Value, any Error>] {
    try translating { try writeInOne(bodies, isOver, atEnd) }
  }

  private func translating<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as DatabaseError { throw Self.translated(error) }
  }

  /// What an error of SQLite means to a caller. One that is about the statement alone stays as it is.
  private static func translated(_ error: DatabaseError) -> any Error {
    switch error.resultCode {
    // SQLite has rolled back, and what it appended to its log ends without a commit.
    case .SQLITE_FULL: StoreError.full
    // Nobody else writes here, but another program may hold the file; nothing was begun.
    case .SQLITE_BUSY, .SQLITE_LOCKED: StoreError.tryAgain
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_IOERR: StoreError.broken("\(error)")
    default: error
    }
  }

  private func writeInOne<Value>(
    _ bodies: [(any CanonicalTransaction) throws -> Value], _ isOver: () -> Bool,
    _ atEnd: (any CanonicalReading) throws -> Void
  ) throws -> [Result<Value, any Error>] {
    try writer.writeWithoutTransaction { database in
      var results: [Result<Value, any Error>] = []
      try database.inTransaction(.immediate) {
        for body in bodies {
          results.append(try inSavepoint(of: database, body))
          if isOver() { break }
        }
        try atEnd(SQLiteReading(database))
        return .commit
      }
      return results
    }
  }

  /// What a statement may fail of without the database being in doubt.
  private static let isAboutOneRequest: [ResultCode] = [
    .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH, .SQLITE_RANGE, .SQLITE_ERROR, .SQLITE_NOMEM,
  ]

  private func inSavepoint<Value>(
    of database: Database, _ body: (any CanonicalTransaction) throws -> Value
  ) throws -> Result<Value, any Error> {
    var result: Result<Value, any Error>?
    do {
      try database.inSavepoint {
        do {
          result = .success(try body(SQLiteTransaction(database, isRepeatable: isRepeatable)))
        } catch  where faults.contains(.savepointsLeak) && !(error is DatabaseError) {
          result = .failure(error)
        }
        return .commit
      }
    } catch let error as DatabaseError
      where database.isInsideTransaction && Self.isAboutOneRequest.contains(error.resultCode)
    {
      // Our mistake, or somebody's cunning, and rolled back: the others of this transaction have nothing to do with it.
      result = .failure(error)
    } catch let error as DatabaseError {
      // The store itself failed: nothing after this can be trusted, so the whole transaction fails.
      throw error
    } catch {
      result = .failure(error)
    }
    guard let result else { preconditionFailure("a savepoint ends with a result") }
    return result
  }

  // MARK: - Upkeep

  /// Moves the write-ahead log into the database once it has grown: left to SQLite, that happens inside a commit, and
  /// doubles the time of a large push.
  package func idle() throws {
    try translating {
      try writer.writeWithoutTransaction { database in
        let changes = database.totalChangesCount
        guard changesMoved.withLock({ changes - $0 >= Self.changesBetweenMovesMin }) else { return }
        do {
          try database.checkpoint(.passive)
        } catch let error as DatabaseError
          where [.SQLITE_FULL, .SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode)
        {
          // The log keeps what is committed. A commit for which there is no room fails by itself, and another
          // reader or checkpoint ends some time.
          return
        }
        changesMoved.withLock { $0 = changes }
      }
    }
  }

  /// Moves the whole write-ahead log into the database, flushed, and empties it.
  ///
  /// At a start this makes good what a failed flush left: the system then believes pages to be on the disk that are not,
  /// and what the log says is written once more. In the log alone, one bad bit would drop all that follows it.
  ///
  /// - Returns: how many frames were moved; nil when somebody else was reading, and the log stays for now.
  @discardableResult
  package func settle() throws -> Int? {
    try translating {
      try writer.writeWithoutTransaction { database in
        // Truncating says 0 of a log that it has emptied; how long it was is to be asked before.
        let before = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(PASSIVE)")
        let row = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        guard let row, row[0] as Int? == 0 else { return nil }
        let changes = database.totalChangesCount
        changesMoved.withLock { $0 = changes }
        return max(0, before?[1] as Int? ?? 0)
      }
    }
  }

  /// Ends all connections; what is in the log was moved before.
  package func close() throws { try translating { try writer.close() } }

  // MARK: - Integrity

  package func structureProblems(isThorough: Bool) throws -> [String] {
    do {
      return try translating {
        try writer.read {
          try Self.problems($0, isThorough ? "PRAGMA integrity_check" : "PRAGMA quick_check")
        }
      }
    } catch StoreError.broken(let words) {
      return [words]
    }
  }

  package func tables() throws -> [String] {
    try translating {
      try writer.read {
        try String.fetchAll(
          $0,
          sql:
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
      }
    }
  }

  package func checkStructure(of table: String) throws {
    try translating {
      try writer.read {
        try Self.check($0, "SELECT integrity_check FROM pragma_integrity_check(?)", [table])
      }
    }
  }

  package func readAfresh<Value>(_ body: (any CanonicalReading) throws -> Value) throws -> Value {
    guard let path else { return try read(body) }
    return try translating {
      var configuration = GRDB.Configuration()
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      return try queue.read { database in
        try Self.check(database, "PRAGMA quick_check")
        return try body(SQLiteReading(database))
      }
    }
  }

  private static func problems(
    _ database: Database, _ check: String, _ arguments: StatementArguments = []
  ) throws -> [String] {
    try String.fetchAll(database, sql: check, arguments: arguments).filter { $0 != "ok" }
  }

  private static func check(
    _ database: Database, _ check: String, _ arguments: StatementArguments = []
  ) throws {
    let problems = try problems(database, check, arguments)
    guard problems.isEmpty else { throw StoreError.broken(of: problems) }
  }

  /// A copy of everything committed, for backups and for the simulation's restores.
  package func copy(to other: SQLiteStore) throws { try writer.backup(to: other.writer) }

  /// The durability setting in force: 2 is FULL.
  package func synchronousSetting() throws -> Int {
    try writer.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
  }
}
