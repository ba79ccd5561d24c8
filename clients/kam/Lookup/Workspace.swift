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

  func said(_ phrase: Phrase) -> String { reader.said(phrase) }
  func said(word: String) -> String { reader.said(word: word) }

  /// - Throws: `ReplicaError.notJoined`, leaving no trace of a replica that nobody has.
  init(_ shell: Shell) throws {
    self.shell = shell
    home = try Home(environment: shell.environment)
    guard home.isJoined || FileManager.default.fileExists(atPath: home.directory) else {
      throw ReplicaError.notJoined
    }
    try super.init(
      try home.openReplica(), reader: shell.reader, now: shell.now, random: SystemRandomNumberGenerator()
    ) { shell.console.note($0) }
  }

  /// A workspace is made of a shell; the rest of a workbench follows from it.
  @available(*, unavailable)
  override package init(
    _ replica: Replica, reader: Reader, now: Int64, random: any RandomNumberGenerator,
    notice: @escaping (Phrase) -> Void
  ) throws { preconditionFailure("a workspace is made of a shell") }

  /// What is read after this is what the import before has left.
  func lockForImport() throws -> ProcessLock {
    try home.lockForImport {
      console.note("Another kam imports into this replica; waiting for it …", .dim)
    }
  }

  /// On standard error, so that what is piped is only what was asked for.
  func showAge() throws { console.note(try age(), .dim) }
}
