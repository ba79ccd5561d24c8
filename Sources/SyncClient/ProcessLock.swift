import HostFiles
import Wording

/// Lets one process of this device at a time do what two would do twice. It ends with its holder, also when that is
/// killed.
package final class ProcessLock: Sendable {
  private let lock: FileLock
  /// Shorter waits are over before anybody asks what goes on.
  private static let quietMilliseconds = 1_000

  /// - Parameter onWait: Called once, when another process has held it for a while.
  /// - Throws: ``ClientError`` when the file at `path` cannot be opened.
  init(_ path: String, onWait: () -> Void) throws(ClientError) {
    lock = try telling { () throws(FileTrouble) in
      let lock = try FileLock(path)
      if try !lock.take(withinMilliseconds: Self.quietMilliseconds) {
        onWait()
        try lock.wait()
      }
      return lock
    }
  }
}
