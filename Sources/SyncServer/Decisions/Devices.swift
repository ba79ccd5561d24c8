import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// Why the server makes no new device.
package enum DeviceError: Error, Equatable, Sendable {
  case tooMany(Int)
  case tooManyCopies(Int)
  /// Nothing was seen of a copy.
  case notForked

  package var refusal: CallRefusal {
    switch self {
    case .tooMany(let count): .tooManyDevices(count)
    case .tooManyCopies(let count): .tooManyCopies(count)
    case .notForked: .noCopySeen
    }
  }
}

/// A person's own devices: how many, which, and the end of one.
package enum Devices {
  /// All that are not revoked.
  package static func list(
    by author: Author, in reading: any CanonicalReading
  ) throws -> WireDevicesResponse {
    let devices = try reading.devices(of: author.user.id).filter { $0.state != .revoked }
    return .with { $0.devices = devices.map(\.wire) }
  }

  /// Ends one and its copies, as an admin does.
  ///
  /// - Returns: nil when the person has no such device; another's and none are the same.
  package static func end(
    _ number: UInt32, by author: Author, in transaction: any CanonicalTransaction, now: Int64
  ) throws -> WireDevicesResponse? {
    guard let device = try transaction.device(number), device.user == author.user.id, device.state != .revoked
    else { return nil }
    let ended = try People.revokeDevice(number, by: author.user.email, in: transaction, now: now)
    let all = try transaction.devices(of: author.user.id)
    return .with {
      $0.devices = all.filter { $0.state != .revoked || ended.contains($0.number) }.map(\.wire)
      $0.ended = ended
    }
  }

  /// Takes out of the directory what versions before told everybody: names of devices, and numbers that nothing is
  /// attributed to.
  package static func withdrawNames(in transaction: any CanonicalTransaction, now: Int64) throws {
    let work = try UnitOfWork(transaction, now: now)
    for user in try transaction.users() { try DirectoryMirror.write(user, in: work) }
    if !work.changed.isEmpty { try work.flush() }
  }

  /// - Throws: ``DeviceError/tooMany(_:)``
  static func checkRoom(for user: RecordID, in reading: any CanonicalReading, now: Int64) throws {
    // One that was silent too long cannot come back, and takes nobody's place.
    let count = try reading.devices(of: user).count {
      $0.state == .active && now - $0.lastSeen <= Authentication.silenceMillisecondsMax
    }
    guard count < Limits.devicesPerPersonMax else { throw DeviceError.tooMany(count) }
  }

  /// A copy needs a device that was seen to be two.
  ///
  /// - Throws: ``DeviceError``
  static func checkCopy(of device: UInt32, in reading: any CanonicalReading, now: Int64) throws {
    guard let original = try reading.device(device), original.forked > 0,
      now - original.forked <= Limits.forkMilliseconds
    else { throw DeviceError.notForked }
    try checkRoom(for: original.user, in: reading, now: now)
    let copies = try reading.devices(of: original.user).count {
      $0.copiedFrom != 0 && now - $0.created < 86_400_000
    }
    guard copies < Limits.copiesPerDayMax else { throw DeviceError.tooManyCopies(copies) }
  }

  /// Tells the person's other devices.
  static func announce(_ device: DeviceRow, in work: UnitOfWork) throws {
    let others = try work.transaction.devices(of: device.user).contains {
      $0.number != device.number && $0.state != .revoked
    }
    guard others else { return }
    let notice = WireNotice.with {
      $0.type = .newDevice
      $0.device = .with {
        $0.number = device.number
        $0.name = device.name
        $0.copiedFrom = device.copiedFrom
        $0.createdMs = device.created
      }
    }
    try work.notify(device.user, notice, from: device.user, in: .directory)
  }

  /// The device, what it was copied from, and all copies of these.
  static func family(of device: DeviceRow, in reading: any CanonicalReading) throws -> [DeviceRow] {
    let all = try reading.devices(of: device.user)
    var family: [UInt32: DeviceRow] = [:]
    var next = [device]
    while let current = next.popLast() {
      guard family.updateValue(current, forKey: current.number) == nil else { continue }
      next += all.filter {
        family[$0.number] == nil
          && ($0.copiedFrom == current.number || (current.copiedFrom != 0 && $0.number == current.copiedFrom))
      }
    }
    return Array(family.values)
  }
}

extension DeviceRow {
  var wire: WireDevice {
    .with {
      $0.number = number
      $0.name = name
      $0.state =
        switch state {
        case .active: .active
        case .revoked: .revoked
        case .suspended: .suspended
        }
      $0.copiedFrom = copiedFrom
      $0.createdMs = created
      $0.lastSeenMs = lastSeen
    }
  }
}
