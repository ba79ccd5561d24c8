import Synchronization

/// Lets so many bytes of work in at a time; what is more waits, first come first served, but who has less inside goes first.
///
/// Bodies that came small may be large once they are decompressed, and larger as messages: a hundred people who come back
/// at nine in the morning are served in turn, not all at once from memory that is not there. One person with a thousand
/// requests holds half of the room at most, and everybody else goes before all but the first of them.
final class WaitingRoom: Sendable {
  private struct Guest {
    let number: Int
    let bytes: Int
    let holder: String
    let enter: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var free: Int
    var next = 0
    var waiting: [Guest] = []
    /// Bytes of work inside, by whose it is.
    var inside: [String: Int] = [:]
    /// Left before they were seen to wait.
    var gone: Set<Int> = []

    /// Of one holder at most a share, but always something.
    func mayEnter(_ bytes: Int, of holder: String, shareMax: Int) -> Bool {
      inside[holder].map { $0 + bytes <= shareMax } ?? true
    }

    mutating func enter(_ bytes: Int, of holder: String) {
      free -= bytes
      inside[holder, default: 0] += bytes
    }

    mutating func leave(_ bytes: Int, of holder: String) {
      free += bytes
      let left = inside[holder, default: 0] - bytes
      inside[holder] = left > 0 ? left : nil
    }

    /// The one whose turn it is; nil when there is no room for it. Nobody smaller overtakes it.
    func next(shareMax: Int) -> Int? {
      var seen: Set<String> = []
      var best: (place: Int, inside: Int)?
      for (place, guest) in waiting.enumerated() where seen.insert(guest.holder).inserted {
        guard mayEnter(guest.bytes, of: guest.holder, shareMax: shareMax) else { continue }
        let inside = inside[guest.holder, default: 0]
        if best.map({ inside < $0.inside }) ?? true { best = (place, inside) }
      }
      guard let best, waiting[best.place].bytes <= free else { return nil }
      return best.place
    }
  }

  private let bytesMax: Int
  private var shareMax: Int { bytesMax / 2 }
  private let state: Mutex<State>

  init(bytes: Int) {
    bytesMax = bytes
    state = Mutex(State(free: bytes))
  }

  /// How many wait.
  var waitingCount: Int { state.withLock { $0.waiting.count } }

  /// Waits for room. ``leave(_:of:)`` must follow.
  ///
  /// - Throws: `CancellationError`; then nothing is held.
  func enter(_ bytes: Int, of holder: String) async throws {
    let bytes = min(bytes, bytesMax)
    let number: Int? = state.withLock { state in
      if state.waiting.isEmpty, state.free >= bytes, state.mayEnter(bytes, of: holder, shareMax: shareMax) {
        state.enter(bytes, of: holder)
        return nil
      }
      state.next += 1
      return state.next
    }
    guard let number else { return }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isGone = state.withLock { state in
          if state.gone.remove(number) != nil { return true }
          state.waiting.append(Guest(number: number, bytes: bytes, holder: holder, enter: continuation))
          return false
        }
        if isGone { continuation.resume(throwing: CancellationError()) } else { admit() }
      }
    } onCancel: {
      let guest = state.withLock { state -> Guest? in
        guard let place = state.waiting.firstIndex(where: { $0.number == number }) else {
          state.gone.insert(number)
          return nil
        }
        return state.waiting.remove(at: place)
      }
      guest?.enter.resume(throwing: CancellationError())
    }
    state.withLock { _ = $0.gone.remove(number) }
  }

  func leave(_ bytes: Int, of holder: String) {
    state.withLock { $0.leave(min(bytes, bytesMax), of: holder) }
    admit()
  }

  private func admit() {
    let admitted = state.withLock { state in
      var admitted: [Guest] = []
      while let place = state.next(shareMax: shareMax) {
        let guest = state.waiting.remove(at: place)
        state.enter(guest.bytes, of: guest.holder)
        admitted.append(guest)
      }
      return admitted
    }
    for guest in admitted { guest.enter.resume() }
  }
}
