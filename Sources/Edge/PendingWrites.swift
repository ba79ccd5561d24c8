import NIOCore

/// Pieces of an answer that wait for the window of an HTTP/2 stream.
struct PendingWrites {
  /// Small enough that a slow reader takes one within the stall limit, large enough that few promises are
  /// made.
  static let pieceBytes = 32 * 1024

  private var count = 0
  private var lastProgress = NIODeadline.distantPast

  mutating func started(at now: NIODeadline) {
    if count == 0 { lastProgress = now }
    count += 1
  }

  mutating func ended(at now: NIODeadline) {
    count -= 1
    lastProgress = now
  }

  func deadline(stallMilliseconds: Int64) -> NIODeadline? {
    count == 0 ? nil : lastProgress + .milliseconds(stallMilliseconds)
  }
}
