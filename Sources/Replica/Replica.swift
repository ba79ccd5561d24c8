import Foundation
import GRDB
import PlanModel
import ProtocolMessages
import SQLiteQuery
import SwiftProtobuf
import SyncCore
import Wording

/// One installation's copy of what its person may see, with the edits that wait to be synced.
///
/// Several processes may use one file at the same time: it has a rollback journal instead of a WAL (SQLite up to
/// 3.51.2 can corrupt a WAL that two programs write or checkpoint at the same instant), and every write takes the
/// lock before it reads.
package final class Replica: Sendable {
  let database: DatabaseQueue
  let settings: ReplicaSettings
  private let transactions = Transactions()

  /// Far more than the plans of the largest organisation; a server that sends on and on must not fill the disk.
  package static let stagedBytesMax = 4 << 30

  /// Opens or makes the replica at `path`. One of an older version is copied beside itself before it is changed.
  ///
  /// - Throws: ``ReplicaError``, or `DatabaseError` when SQLite fails.
  package init(path: String) throws {
    var configuration = GRDB.Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA page_size = 8192; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL;
          PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536
          """)
    }
    settings = ReplicaSettings(path: path)
    do {
      database = try DatabaseQueue(path: path, configuration: configuration)
      try Self.migrate(database, path: path)
    } catch let error as DatabaseError where Self.isDamage(error) {
      throw ReplicaError.damaged(path: path, detail: error.message ?? "\(error.resultCode)")
    }
  }

  /// A replica that lives as long as this object, for simulation and tests.
  package init(
    inMemory: Void, faults: ReplicaFaults = [], outboxKept: Int64 = Limits.outboxKeptMilliseconds,
    stagedBytesMax: Int = stagedBytesMax
  ) throws {
    var configuration = GRDB.Configuration()
    configuration.foreignKeysEnabled = true
    settings = ReplicaSettings(faults: faults, outboxKept: outboxKept, stagedBytesMax: stagedBytesMax)
    database = try DatabaseQueue(configuration: configuration)
    try Self.migrate(database)
  }

  /// A copy in memory: what is done with it is forgotten with it.
  package init(copyOf other: Replica) throws {
    var configuration = GRDB.Configuration()
    configuration.foreignKeysEnabled = true
    // SQLite copies only between databases of one page size.
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA page_size = 8192") }
    settings = other.settings.ofCopy
    database = try DatabaseQueue(configuration: configuration)
    try other.copy(to: self)
  }

  /// How much of a copy on disk is held in memory, KiB; the same of a replica that ``holdLittle()`` was asked of.
  private static let littleKiB = 16_384

  /// A copy on disk: what is done with it is forgotten with it. Its file, in the directory for temporary ones, has no name
  /// from its first moment on: nobody else can open it, and nothing is left of it, however this program ends. A small
  /// copy is never written there.
  private init(temporaryCopyOf other: Replica) throws {
    var configuration = GRDB.Configuration()
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase {
      try $0.execute(
        sql: "PRAGMA page_size = 8192; PRAGMA cache_size = -\(Self.littleKiB); PRAGMA journal_mode = MEMORY")
    }
    settings = other.settings.ofCopy
    database = try DatabaseQueue(path: "", configuration: configuration)
    try other.copy(to: self)
  }

  /// Does something on a copy on disk, or, where that takes nothing, once more on one in memory.
  package func onTemporaryCopy<Value>(_ body: (Replica) throws -> Value) throws -> Value {
    do {
      return try body(Replica(temporaryCopyOf: self))
    } catch let error as DatabaseError where error.isOfUnwritableFile {
      return try body(Replica(copyOf: self))
    }
  }

  /// Holds less of the file in memory: for a command that goes through all of it once. What a transaction has changed is
  /// held until it is committed all the same: to write it before would be a wait for the disk each time.
  package func holdLittle() throws {
    database.releaseMemory()
    try database.inDatabase {
      try $0.execute(sql: "PRAGMA cache_size = -\(Self.littleKiB); PRAGMA cache_spill = OFF")
    }
  }

  private static func migrate(_ database: DatabaseQueue, path: String? = nil) throws {
    let migrator = Schema.migrator
    let (isNewer, isCurrent) = try database.read {
      (try migrator.hasBeenSuperseded($0), try migrator.hasCompletedMigrations($0))
    }
    guard !isNewer else { throw ReplicaError.newerVersion }
    if isCurrent { return }
    guard let path else { return try migrator.migrate(database) }
    do {
      _ = try Upgrade.run(migrator, on: database, path: path)
    } catch let error as Upgrade.NotCopied {
      throw ReplicaError.notCopied(copy: error.copy, detail: error.detail)
    }
  }

  private static func isDamage(_ error: DatabaseError) -> Bool {
    error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB
  }

  /// Asks several questions of one moment. Asked within another ``read(_:)`` or ``write(_:)``, they are of its moment.
  ///
  /// GRDB's own `read` switches `query_only` on and off, and SQLite prepares every cached statement anew
  /// after each switch: most of what a short read would cost.
  package func read<Value>(_ body: (ReplicaReading) throws -> Value) throws -> Value {
    try database.unsafeReentrantWrite { database in
      if let open = transactions.open { return try body(open) }
      return try inTransaction(ReplicaReading(database, settings), .deferred, body)
    }
  }

  /// Looks, edits, and looks again, as one: it is kept whole when `body` returns, and not at all when it throws. The write
  /// lock is taken first, so that what is read cannot change before it is written. Within another ``write(_:)`` it is a part
  /// of that one.
  package func write<Value>(_ body: (ReplicaTransaction) throws -> Value) throws -> Value {
    try database.unsafeReentrantWrite { database in
      guard let open = transactions.open else {
        return try inTransaction(ReplicaTransaction(database, settings), .immediate, body)
      }
      guard let open = open as? ReplicaTransaction else {
        preconditionFailure("what was read without the write lock may have changed before it is written")
      }
      var value: Value?
      try open.savepoint {
        value = try body(open)
        return .commit
      }
      return committed(value)
    }
  }

  /// Writes what only makes a later command more convenient: a disk that takes nothing, or another program that holds the
  /// file, must keep nobody from reading.
  ///
  /// - Returns: whether it was written.
  func writeIfPossible(_ body: (ReplicaTransaction) throws -> Void) throws -> Bool {
    do {
      try write(body)
      return true
    } catch let error as DatabaseError where error.isOfUnwritableFile {
      return false
    }
  }

  /// Does what only reads, but needs room to write on the way; on a copy in memory where the disk gives none.
  package func evenOnFullDisk<Value>(_ body: (Replica) throws -> Value) throws -> Value {
    do {
      return try body(self)
    } catch let error as DatabaseError where error.isOfUnwritableFile {
      return try body(Replica(copyOf: self))
    }
  }

  private func inTransaction<Open: ReplicaReading, Value>(
    _ open: Open, _ kind: Database.TransactionKind, _ body: (Open) throws -> Value
  ) throws -> Value {
    transactions.open = open
    defer { transactions.open = nil }
    var value: Value?
    try open.database.inTransaction(kind) {
      value = try body(open)
      return .commit
    }
    return committed(value)
  }

  private func committed<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("a committed transaction has a value") }
    return value
  }

  /// Deletes what upgrades have kept of this replica: to be called once the server has everything that waited in it.
  package func forgetUpgradeCopies() throws {
    for copy in try Upgrade.copies(of: database.path) { try FileManager.default.removeItem(atPath: copy) }
  }

  /// A copy of the whole replica, as somebody makes who copies its file.
  package func copy(to other: Replica) throws { try database.backup(to: other.database) }

  /// Checks the file itself.
  package func integrityProblems() throws -> [String] {
    try read { try String.fetchAll($0.database, sql: "PRAGMA integrity_check") }.filter { $0 != "ok" }
  }
}

/// The transaction that is open on the connection, for what is asked within it. Touched on the connection's queue only.
private final class Transactions: @unchecked Sendable {
  var open: ReplicaReading?
}

/// What a replica cannot do; the sentence says what to do instead.
package enum ReplicaError: Error, Equatable, Sendable {
  case notJoined
  case damaged(path: String, detail: String)
  case beyondRepair(path: String, detail: String)
  case newerVersion
  case notCopied(copy: String, detail: String)
  case unknownScope(Scope)
  case noSuchRecord(RecordID)
  case nothingChanged
  case belongsToAnother(String)
  case tooMuchSent(mebibytes: Int)

  package var sentence: String { phrase.description }

  package var phrase: Phrase {
    switch self {
    case .notJoined:
      "This replica belongs to nobody yet: ask an admin for an invite, then `\(action: .join)`."
    case .damaged(let path, let detail):
      """
      The replica file \(path) is damaged (\(detail)), or could not be read at this moment. If it stays so: \(action: .doctor) saves \
      what waits and makes a new file; what was synced comes back from the server.
      """
    case .beyondRepair(let path, let detail):
      """
      Nothing can be read of the replica file \(path) (\(detail)). Move it away and join again with a new invite; what was \
      synced comes back from the server. Keep the file: somebody may still find your waiting edits in it.
      """
    case .notCopied(let copy, let detail):
      """
      This version of kam changes the replica's tables, and keeps a copy of it first; \(copy) could not be written (\(detail)). \
      Nothing was changed: make room, or go on with the version before.
      """
    case .newerVersion: "The replica was written by a newer kam; upgrade this one."
    case .unknownScope(let scope):
      "\(scope) is not in this replica yet, or not shared with you; run `\(action: .sync)` first."
    case .noSuchRecord(let id): "There is no record \(id) in this replica."
    case .nothingChanged: "Nothing to change: it already says that."
    case .tooMuchSent(let mebibytes):
      """
      The server sends more than this device takes: \(mebibytes) MiB, and there is no end of it. Nothing of it was kept, and your \
      edits are. Tell its admin.
      """
    case .belongsToAnother(let email):
      "This directory holds the replica of \(email); use another KAM_HOME for another person."
    }
  }
}

/// Known bugs that the simulation plants to prove that its checks catch them. Nothing else may set one.
package struct ReplicaFaults: OptionSet, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let appliesPagesEarly = ReplicaFaults(rawValue: 1 << 0)
  package static let requeuesOnlyAboveLast = ReplicaFaults(rawValue: 1 << 1)
  package static let acceptsStaleReplies = ReplicaFaults(rawValue: 1 << 2)
  package static let purgeForgetsOverlay = ReplicaFaults(rawValue: 1 << 3)
  package static let believesForgetfulServer = ReplicaFaults(rawValue: 1 << 4)
  package static let forgetsFormer = ReplicaFaults(rawValue: 1 << 5)
  package static let forgetsBeforeBackup = ReplicaFaults(rawValue: 1 << 6)
}
