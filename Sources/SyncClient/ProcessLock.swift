import Foundation
import Wording

/// Lets one process of this device at a time do what two would do twice. It ends with its holder, also when that is
/// killed.
package final class ProcessLock {
  private let descriptor: Int32
  /// Shorter waits are over before anybody asks what goes on.
  private static let quietSeconds = 1.0

  /// - Parameter onWait: Called once, when another process has held it for a while.
  /// - Throws: ``ClientError`` when the file at `path` cannot be opened.
  init(_ path: String, onWait: () -> Void) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw ClientError("\(path) cannot be opened: \(lastError()).") }
    do {
      if try !Self.take(descriptor, path, within: Self.quietSeconds) {
        onWait()
        try Self.check(flock(descriptor, LOCK_EX), path)
      }
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  private static func take(_ descriptor: Int32, _ path: String, within seconds: Double) throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        try check(-1, path)
        return false
      }
      if ContinuousClock.now >= deadline { return false }
      usleep(20_000)
    }
    return true
  }

  private static func check(_ result: Int32, _ path: String) throws {
    guard result == 0 else { throw ClientError("\(path) cannot be locked: \(lastError()).") }
  }
}
