import Synchronization

/// How much the bodies of all requests hold in memory, from their first byte until they are answered; of one person at most
/// a share, so that whoever sends slowly and much takes the room from themselves.
final class BodyRoom: Sendable {
  private struct Held {
    var all = 0
    var byHolder: [String: Int] = [:]
  }

  private let bytesMax: Int
  private let bytesPerHolderMax: Int
  private let held = Mutex(Held())

  init(bytes: Int, perHolder: Int) {
    bytesMax = bytes
    bytesPerHolderMax = perHolder
  }

  /// What is held at the moment.
  var bytes: Int { held.withLock { $0.all } }

  /// False if there is not so much left; then nothing is taken.
  fileprivate func take(_ bytes: Int, of holder: String) -> Bool {
    held.withLock { held in
      let own = held.byHolder[holder, default: 0] + bytes
      guard held.all + bytes <= bytesMax, own <= bytesPerHolderMax else { return false }
      held.all += bytes
      held.byHolder[holder] = own
      return true
    }
  }

  fileprivate func giveBack(_ bytes: Int, of holder: String) {
    guard bytes > 0 else { return }
    held.withLock { held in
      held.all -= bytes
      let own = held.byHolder[holder, default: 0] - bytes
      // Or everybody who ever sent something would stay in memory.
      held.byHolder[holder] = own > 0 ? own : nil
    }
  }
}

/// What one request's body takes of a ``BodyRoom``.
///
/// It goes with the body, not with the connection: of a stream that was reset, or a connection that is gone, the body may
/// still wait for its turn.
final class BodyHold: Sendable {
  /// The person who sends it, or the network of one who is nobody yet.
  let holder: String
  private let room: BodyRoom
  private let bytes = Atomic(0)

  init(_ room: BodyRoom, _ holder: String) {
    self.room = room
    self.holder = holder
  }

  deinit { release() }

  /// False if there is no room for so much more.
  func take(_ more: Int) -> Bool {
    guard room.take(more, of: holder) else { return false }
    bytes.add(more, ordering: .relaxed)
    return true
  }

  func release() { room.giveBack(bytes.exchange(0, ordering: .relaxed), of: holder) }
}
