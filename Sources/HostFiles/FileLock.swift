import Foundation

/// An advisory lock on a file, which one process at a time holds. The kernel lets go of it when the value is gone or the
/// process ends, however it ends.
package final class FileLock: Sendable {
  private let descriptor: Int32
  private let path: String
  private static let pauseMicroseconds: UInt32 = 20_000

  /// Opens the file, and makes it when there is none; takes nothing yet.
  ///
  /// - Throws: ``FileTrouble``
  package init(_ path: String) throws(FileTrouble) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw FileTrouble(.open, path) }
  }

  deinit { close(descriptor) }

  /// Takes the lock when nobody else has it, or lets go of it before `milliseconds` are over.
  ///
  /// - Returns: False when another has it still.
  /// - Throws: ``FileTrouble``
  package func take(withinMilliseconds milliseconds: Int = 0) throws(FileTrouble) -> Bool {
    var pauses = milliseconds * 1_000 / Int(Self.pauseMicroseconds)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw FileTrouble(.lock, path) }
      guard pauses > 0 else { return false }
      pauses -= 1
      usleep(Self.pauseMicroseconds)
    }
    return true
  }

  /// Takes the lock; waits for whoever has it, for as long as that takes.
  ///
  /// - Throws: ``FileTrouble``
  package func wait() throws(FileTrouble) {
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw FileTrouble(.lock, path) }
    }
  }
}
