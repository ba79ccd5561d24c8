import ConnectRPC
import PlanModel
import Synchronization

/// How many streams a device and a person have open.
final class StreamQuota: Sendable {
  /// One for each terminal that somebody leaves open.
  static let perDeviceMax = 3
  static let perPersonMax = 10

  private struct State {
    var devices: [UInt32: Int] = [:]
    var people: [RecordID: Int] = [:]
  }

  private let state = Mutex(State())

  /// Takes a place until ``leave(_:of:)``.
  ///
  /// - Throws: `ConnectError` when there is none.
  func enter(_ device: UInt32, of person: RecordID) throws {
    let isFull = state.withLock { state in
      guard state.devices[device, default: 0] < Self.perDeviceMax,
        state.people[person, default: 0] < Self.perPersonMax
      else { return true }
      state.devices[device, default: 0] += 1
      state.people[person, default: 0] += 1
      return false
    }
    if isFull {
      throw ConnectError(
        .resourceExhausted,
        "\(Self.perDeviceMax) streams of a device, or \(Self.perPersonMax) of a person, are open already.",
        retryAfterSeconds: 30)
    }
  }

  func leave(_ device: UInt32, of person: RecordID) {
    state.withLock { state in
      state.devices[device] = state.devices[device].flatMap { $0 > 1 ? $0 - 1 : nil }
      state.people[person] = state.people[person].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
  }
}
