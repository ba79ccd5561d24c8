import Synchronization

/// Allows so many events per key in a window of fixed length that begins with the key's first event: about its end, twice as
/// many can come in a row.
package final class RateLimiter<Key: Hashable & Sendable>: Sendable {
  private struct Window {
    var began: Int64
    var count: Int
  }
  private let countMax: Int
  private let windowMilliseconds: Int64
  private let windows = Mutex<[Key: Window]>([:])
  /// Forgetting old keys costs a pass over all; a hostile sender of keys must not make it frequent.
  private static var keysMax: Int { 100_000 }

  package init(countMax: Int, windowMilliseconds: Int64) {
    self.countMax = countMax
    self.windowMilliseconds = windowMilliseconds
  }

  /// Seconds until the key may come again; nil when it may now.
  package func secondsToWait(_ key: Key, now: Int64) -> Int? {
    windows.withLock { windows in
      // A clock that was put back begins anew, or whoever was at the limit would wait until it has caught up.
      guard let window = windows[key], (0..<windowMilliseconds).contains(now - window.began),
        window.count >= countMax
      else {
        return nil
      }
      return Int((window.began + windowMilliseconds - now) / 1000) + 1
    }
  }

  package func count(_ key: Key, now: Int64) {
    windows.withLock { windows in
      if windows.count >= Self.keysMax {
        windows = windows.filter { now - $0.value.began < windowMilliseconds }
        // So many at once are not honest ones: forgetting all is better than looking through all for each.
        if windows.count >= Self.keysMax { windows = [:] }
      }
      if let window = windows[key], (0..<windowMilliseconds).contains(now - window.began) {
        windows[key]?.count += 1
      } else {
        windows[key] = Window(began: now, count: 1)
      }
    }
  }
}
