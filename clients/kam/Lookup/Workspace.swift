import Foundation
import Replica
import Speech
import SyncClient
import Wording
import Workbench

/// The workbench of one run of a command, with the terminal that it is done at.
final class Workspace: Workbench {
  let shell: Shell
  let home: Home
  var console: Console { shell.console }

  /// - Throws: `ReplicaError.notJoined`, leaving no trace of a replica that nobody has.
  convenience init() throws {
    let home = try Home(environment: Shell.current.environment)
    guard home.isJoined || FileManager.default.fileExists(atPath: home.directory) else {
      throw ReplicaError.notJoined
    }
    try self.init(at: try home.openReplica())
  }

  private convenience init(at replica: Replica) throws {
    let shell = Shell.current
    try self.init(
      replica, reader: shell.reader, now: shell.now, random: SystemRandomNumberGenerator()
    ) { shell.console.note($0) }
  }

  override package init(
    _ replica: Replica, reader: Reader, now: Int64, random: any RandomNumberGenerator,
    notice: @escaping (Phrase) -> Void
  ) throws {
    shell = .current
    home = try Home(environment: shell.environment)
    try super.init(replica, reader: reader, now: now, random: random, notice: notice)
  }

  /// What is read after this is what the import before has left.
  func lockForImport() throws -> ProcessLock {
    try home.lockForImport {
      console.note("Another kam imports into this replica; waiting for it …", .dim)
    }
  }

  /// On standard error, so that what is piped is only what was asked for.
  func showAge() throws { console.note(try age(), .dim) }
}
