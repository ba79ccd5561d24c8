import Synchronization

/// Why a call is ended from outside its handler.
enum Interruption: Sendable {
  case clientGone
  case shutdown
}

/// A flag that one task waits for and anybody may raise; the first reason stays.
final class Interrupt: Sendable {
  private let reasons: AsyncStream<Interruption>
  private let continuation: AsyncStream<Interruption>.Continuation

  init() {
    (reasons, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1))
  }

  func raise(_ reason: Interruption) {
    continuation.yield(reason)
    continuation.finish()
  }

  /// Waits for a reason; nil if the waiting task is cancelled first.
  func raised() async -> Interruption? {
    for await reason in reasons { return reason }
    return nil
  }
}

/// All running streaming calls: their number is capped, and a shutdown ends them all.
final class LiveStreams: Sendable {
  private struct State {
    var quota: AddressQuota
    var running: [ObjectIdentifier: Interrupt] = [:]
    var isStopping = false
  }

  private let state: Mutex<State>

  init(_ limits: EdgeLimits) {
    let quota = AddressQuota(
      totalMax: limits.liveStreamsMax, perAddressMax: limits.liveStreamsPerAddressMax)
    state = Mutex(State(quota: quota))
  }

  var count: Int { state.withLock { $0.running.count } }

  /// Takes a place until ``leave(_:network:)``; false if there is none.
  func enter(_ interrupt: Interrupt, network: [UInt8]) -> Bool {
    let (entered, isStopping) = state.withLock { state in
      guard state.quota.take(network) else { return (false, false) }
      state.running[ObjectIdentifier(interrupt)] = interrupt
      return (true, state.isStopping)
    }
    if isStopping { interrupt.raise(.shutdown) }
    return entered
  }

  func leave(_ interrupt: Interrupt, network: [UInt8]) {
    state.withLock { state in
      state.running[ObjectIdentifier(interrupt)] = nil
      state.quota.giveBack(network)
    }
  }

  /// Ends every stream, and every one that starts later.
  func stop() {
    let running = state.withLock { state in
      state.isStopping = true
      return Array(state.running.values)
    }
    for interrupt in running { interrupt.raise(.shutdown) }
  }
}
