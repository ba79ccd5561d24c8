import Synchronization

/// Lets so many bytes of work in at a time; what is more waits, first come first served.
///
/// Bodies that came small may be large once they are decompressed, and larger as messages: a hundred people who come back
/// at nine in the morning are served in turn, not all at once from memory that is not there.
final class WaitingRoom: Sendable {
  private struct Guest {
    let number: Int
    let bytes: Int
    let enter: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var free: Int
    var next = 0
    var waiting: [Guest] = []
    /// Left before they were seen to wait.
    var gone: Set<Int> = []
  }

  private let bytesMax: Int
  private let state: Mutex<State>

  init(bytes: Int) {
    bytesMax = bytes
    state = Mutex(State(free: bytes))
  }

  /// Waits for room. ``leave(_:)`` must follow.
  ///
  /// - Throws: `CancellationError`; then nothing is held.
  func enter(_ bytes: Int) async throws {
    let bytes = min(bytes, bytesMax)
    let number: Int? = state.withLock { state in
      if state.waiting.isEmpty, state.free >= bytes {
        state.free -= bytes
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
          state.waiting.append(Guest(number: number, bytes: bytes, enter: continuation))
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

  func leave(_ bytes: Int) {
    state.withLock { $0.free += min(bytes, bytesMax) }
    admit()
  }

  private func admit() {
    let admitted = state.withLock { state in
      var admitted: [Guest] = []
      while let first = state.waiting.first, state.free >= first.bytes {
        state.free -= first.bytes
        admitted.append(state.waiting.removeFirst())
      }
      return admitted
    }
    for guest in admitted { guest.enter.resume() }
  }
}
