import PlanModel
import SyncCore

/// Whether a device's credential is good.
package enum Authentication {
  package enum Failure: Error, Equatable, Sendable {
    /// No such device, or a wrong secret: the two are not told apart.
    case unknown
    /// Told only to one who proves to be the device.
    case revoked
    case suspended
    case userSuspended
    case silentTooLong
  }

  /// A device that has not been heard of for so long must be invited again.
  package static let silenceDaysMax = 90
  package static let silenceMillisecondsMax = Int64(silenceDaysMax) * 86_400_000
  /// How exactly `lastSeen` is kept: writing it with every request would cost a commit.
  package static let lastSeenMilliseconds: Int64 = 3_600_000

  package struct Accepted: Sendable {
    package let author: Author
    /// The device's row must be written: it was not seen for a while, or uses its new secret for the first time.
    package let needsTouch: Bool
  }

  package static func check(
    device number: UInt32, secret: String, in reading: any CanonicalReading, now: Int64
  ) throws -> Result<Accepted, Failure> {
    let hash = sha256(Array(secret.utf8))
    guard let device = try reading.device(number) else { return .failure(.unknown) }
    let isPresent = isEqualInConstantTime(device.secretHash, hash)
    let isNext = device.nextSecretHash.map { isEqualInConstantTime($0, hash) } ?? false
    let isGood = isPresent || isNext
    guard try isGood || reading.devices(whoseEndedSecretIs: hash).contains(number) else {
      return .failure(.unknown)
    }
    guard let user = try reading.user(device.user) else { return .failure(.unknown) }
    switch device.state {
    case .revoked: return .failure(.revoked)
    case .suspended: return .failure(.suspended)
    case .active: break
    }
    guard isGood else { return .failure(.suspended) }
    guard user.isActive else { return .failure(.userSuspended) }
    guard now - device.lastSeen <= silenceMillisecondsMax else { return .failure(.silentTooLong) }
    return .success(
      Accepted(
        author: Author(user: user, device: device),
        needsTouch: isNext || now - device.lastSeen > lastSeenMilliseconds))
  }

  /// What a device's being here has changed.
  package enum Event: Equatable, Sendable {
    case rotated
    /// The numbers of the devices that were active until now.
    case suspended([UInt32])
  }

  /// Notes that the device was here; the first use of a new secret ends the old one, and the use of an ended one
  /// suspends the device with its copies and originals, because two hold it.
  @discardableResult
  package static func touch(
    device number: UInt32, secret: String, in transaction: any CanonicalTransaction, now: Int64
  ) throws -> Event? {
    guard var device = try transaction.device(number) else { return nil }
    let hash = sha256(Array(secret.utf8))
    let isNext = device.nextSecretHash.map { isEqualInConstantTime($0, hash) } ?? false
    if !isNext, !isEqualInConstantTime(device.secretHash, hash) {
      guard try transaction.devices(whoseEndedSecretIs: hash).contains(number) else { return nil }
      return try suspendFamily(of: device, in: transaction, now: now)
    }
    device.lastSeen = max(device.lastSeen, now)
    if isNext {
      try transaction.saveEndedSecret(device.secretHash, of: number)
      device.secretHash = hash
      device.nextSecretHash = nil
    }
    try transaction.save(device)
    guard isNext else { return nil }
    let work = try UnitOfWork(transaction, now: now)
    try work.audit(
      "secret.rotate", by: try transaction.user(device.user)?.email ?? "server", "device \(number)")
    try work.flush()
    return .rotated
  }

  /// The holder of one of them may have made the others: a copy is made with the credential of its original.
  private static func suspendFamily(
    of device: DeviceRow, in transaction: any CanonicalTransaction, now: Int64
  ) throws -> Event? {
    let family = try Devices.family(of: device, in: transaction).filter { $0.state == .active }
    guard !family.isEmpty else { return nil }
    for var member in family {
      member.state = .suspended
      try transaction.save(member)
    }
    let numbers = family.map(\.number).sorted()
    let work = try UnitOfWork(transaction, now: now)
    try work.audit(
      "device.suspend", by: "server",
      "device \(device.number) used a replaced credential; suspended: "
        + numbers.map(String.init).joined(separator: ", "))
    try work.flush()
    return .suspended(numbers)
  }

  /// - Returns: whether the next request may use it.
  package static func offerSecret(
    _ hash: [UInt8], by author: Author, in transaction: any CanonicalTransaction
  ) throws -> Bool {
    // A secret that ended must not come back: its use is what tells a stolen credential.
    guard hash.count == 32, var device = try transaction.device(author.device.number),
      hash != device.secretHash, try transaction.devices(whoseEndedSecretIs: hash).isEmpty,
      try transaction.endedSecrets(of: device.number) < Limits.secretsPerDeviceMax
    else { return false }
    device.nextSecretHash = hash
    try transaction.save(device)
    return true
  }
}
