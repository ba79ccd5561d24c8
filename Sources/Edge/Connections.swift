import NIOCore
import Synchronization

/// Counts what one address and all addresses together hold, up to a limit each.
struct AddressQuota {
  let totalMax: Int
  let perAddressMax: Int
  private(set) var total = 0
  private var counts: [[UInt8]: Int] = [:]

  init(totalMax: Int, perAddressMax: Int) {
    self.totalMax = totalMax
    self.perAddressMax = perAddressMax
  }

  /// False if either limit is reached; then nothing is counted.
  mutating func take(_ network: [UInt8]) -> Bool {
    guard total < totalMax, counts[network, default: 0] < perAddressMax else { return false }
    total += 1
    counts[network, default: 0] += 1
    return true
  }

  mutating func giveBack(_ network: [UInt8]) {
    total -= 1
    counts[network, default: 0] -= 1
    // Or every address that was ever seen would stay in memory.
    if counts[network] == 0 { counts[network] = nil }
  }
}

/// All open connections: their number is capped, and what is still open at the end of a shutdown is cut off.
final class Connections: Sendable {
  private struct State {
    var quota: AddressQuota
    var open: [ObjectIdentifier: any Channel] = [:]
  }

  private let state: Mutex<State>

  init(_ limits: EdgeLimits) {
    let quota = AddressQuota(
      totalMax: limits.connectionsMax, perAddressMax: limits.connectionsPerAddressMax)
    state = Mutex(State(quota: quota))
  }

  var count: Int { state.withLock { $0.open.count } }

  /// Takes a place for `channel` until it closes; false if there is none.
  func admit(_ channel: any Channel) -> Bool {
    let network = channel.peerNetwork
    let admitted = state.withLock { state in
      guard state.quota.take(network) else { return false }
      state.open[ObjectIdentifier(channel)] = channel
      return true
    }
    guard admitted else { return false }
    channel.closeFuture.whenComplete { _ in
      self.state.withLock { state in
        state.open[ObjectIdentifier(channel)] = nil
        state.quota.giveBack(network)
      }
    }
    return true
  }

  /// Closes what is open, without a TLS goodbye and whatever is still to be written.
  func cutOffAll() {
    for channel in state.withLock({ Array($0.open.values) }) {
      channel.pipeline.fireUserInboundEventTriggered(CutOff())
    }
  }
}

/// Tells a connection's ``ConnectionGuard`` to close at once.
struct CutOff: Sendable {}

extension Channel {
  /// The peer's IP address, without a port.
  var peerAddress: String { remoteAddress?.ipAddress ?? "unknown" }

  /// What counts as one client.
  var peerNetwork: [UInt8] { IPAddress(peerAddress)?.network ?? [] }
}

/// A bound on bytes that are held at the same time.
final class ByteBudget: Sendable {
  private let free: Atomic<Int>

  init(bytes: Int) {
    free = Atomic(bytes)
  }

  var isUsedUp: Bool { free.load(ordering: .relaxed) <= 0 }

  /// Takes them in any case, and more than there is if need be: for what is there already.
  func takeAnyway(_ bytes: Int) { free.subtract(bytes, ordering: .relaxed) }

  /// False if there is not so much left; then nothing is taken.
  func take(_ bytes: Int) -> Bool {
    let (_, left) = free.subtract(bytes, ordering: .relaxed)
    if left >= 0 { return true }
    giveBack(bytes)
    return false
  }

  func giveBack(_ bytes: Int) {
    free.add(bytes, ordering: .relaxed)
  }
}
