import Foundation
import HostFiles
import SQLiteQuery
import SQLiteStore
import SyncServer

/// The server's directory: database, certificates, configuration, lock and admin socket. Only its owner may read it.
package struct DataDirectory: Sendable {
  package let path: String

  package init(_ path: String) {
    self.path = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL.path
  }

  package var databasePath: String { path + "/canonical.sqlite" }
  package var certificatesPath: String { path + "/tls" }
  package var configurationPath: String { path + "/kamd.json" }
  package var lockPath: String { path + "/kamd.lock" }
  /// Left by a server that stopped because its database failed; says why.
  package var failurePath: String { path + "/kamd.failed" }
  /// Signs what devices are shown of the audit log.
  package var witnessKeyPath: String { path + "/witness.key" }
  package var socketPath: String { path + "/admin.sock" }

  package var isInitialised: Bool { FileManager.default.fileExists(atPath: configurationPath) }

  package func create() throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try usable { () throws(FileTrouble) in try makePrivate(path, isDirectory: true) }
  }

  /// Makes the database, for its owner only.
  ///
  /// - Throws: ``DataDirectoryError``, `StoreError`
  func makeStore() throws -> any CanonicalStore {
    let store = try SQLiteStore(path: databasePath)
    try usable { () throws(FileTrouble) in try makePrivate(databasePath) }
    return store
  }

  /// Opens the database; changes its tables when an older version wrote it.
  ///
  /// - Parameter onUpgrade: Called with the path of the copy of what that version left.
  /// - Throws: ``DataDirectoryError``; `StoreError`, also of damage.
  func openStore(onUpgrade: (_ copy: String) -> Void = { _ in }) throws -> any CanonicalStore {
    // SQLite would make a new, empty one.
    guard FileManager.default.fileExists(atPath: databasePath) else {
      throw DataDirectoryError.databaseMissing(databasePath)
    }
    do {
      let store = try SQLiteStore(path: databasePath)
      guard try store.synchronousSetting() == 2 else {
        preconditionFailure("the canonical database must flush every commit")
      }
      store.copyBeforeUpgrade.map(onUpgrade)
      return store
    } catch let error as Upgrade.NotCopied {
      throw DataDirectoryError.notCopied(error.copy, error.detail)
    } catch is WrittenByNewerVersion {
      throw DataDirectoryError.databaseNewer(databasePath)
    }
  }

  /// Holds the directory for this process, until the value is let go of.
  ///
  /// - Throws: ``DataDirectoryError/locked(_:)`` when another process has it.
  package func lock() throws -> FileLock {
    let (lock, isTaken) = try usable { () throws(FileTrouble) in
      let lock = try FileLock(lockPath)
      return (lock, try lock.take())
    }
    guard isTaken else { throw DataDirectoryError.locked(path) }
    return lock
  }
}

package enum DataDirectoryError: Error, Equatable, Sendable {
  case notInitialised(String)
  case alreadyInitialised(String)
  case locked(String)
  case unusable(String, Int32)
  case badConfiguration(String, String)
  case databaseMissing(String)
  case databaseDamaged(String, [String])
  case authorityDamaged(String, String)
  case databaseNewer(String)
  case witnessKeyDamaged(String)
  case notCopied(String, String)

  package var sentence: String {
    switch self {
    case .notInitialised(let path):
      "\(path) holds no server yet; make one: kamd init --data \(path) --organization NAME --admin EMAIL"
    case .alreadyInitialised(let path): "\(path) holds a server already; choose another directory."
    case .locked(let path):
      "Another kamd is using \(path); stop it first. Two servers on one database would ruin it."
    case .unusable(let path, let code): "\(path) cannot be used: \(String(cString: strerror(code)))."
    case .witnessKeyDamaged(let path):
      """
      \(path) is not the key that signs the audit log. Put back the one of the newest copy of the directory; or delete it: a \
      new one is made, and what devices were shown before proves nothing any more.
      """
    case .databaseMissing(let path):
      """
      \(path) is missing: this directory was a server's, and its database is gone. Put the newest good copy of the whole \
      directory back; what it lacks comes back from the devices of those who made it.
      """
    case .databaseDamaged(let path, let problems):
      """
      The database \(path) is damaged; nothing is served from it:
      \(problems.prefix(5).map { "  " + $0 }.joined(separator: "\n"))
      Keep the directory as it is, beside. Put the newest good copy of the whole directory in its place and start again; \
      what the copy lacks comes back from the devices of those who made it. Look at the disk before you trust it again.
      """
    case .authorityDamaged(let path, let detail):
      """
      The certificate authority in \(path) cannot be read (\(detail)): without it no invite can be made, and no certificate \
      renewed. Put that directory back from a copy of this server's directory; clients trust this authority only.
      """
    case .databaseNewer(let path):
      "\(path) was written by a newer version of kamd, which this one cannot read; nothing was changed. Start that version."
    case .notCopied(let copy, let detail):
      """
      This version of kamd changes the database's tables, and keeps a copy of it first; \(copy) could not be written \
      (\(detail)). Nothing was changed: make room, or go on with the version before.
      """
    case .badConfiguration(let path, let detail): "\(path) cannot be read as configuration: \(detail)"
    }
  }
}

/// Says of the server's directory what the system said of a file in it.
func usable<Value>(_ body: () throws(FileTrouble) -> Value) throws(DataDirectoryError) -> Value {
  do { return try body() } catch { throw .unusable(error.path, error.code) }
}
