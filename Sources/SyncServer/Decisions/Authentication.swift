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
  package static let silenceMillisecondsMax: Int64 = 90 * 86_400_000
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
    let isDead = device.deadSecretHash.map { isEqualInConstantTime($0, hash) } ?? false
    guard isPresent || isNext || isDead else { return .failure(.unknown) }
    guard let user = try reading.user(device.user) else { return .failure(.unknown) }
    switch device.state {
    case .revoked: return .failure(.revoked)
    case .suspended: return .failure(.suspended)
    case .active: break
    }
    guard !isDead else { return .failure(.suspended) }
    guard user.isActive else { return .failure(.userSuspended) }
    guard now - device.lastSeen <= silenceMillisecondsMax else { return .failure(.silentTooLong) }
    return .success(
      Accepted(
        author: Author(user: user, device: device),
        needsTouch: isNext || now - device.lastSeen > lastSeenMilliseconds))
  }

  /// Notes that the device was here; the first use of a new secret ends the old one, and the use of an ended one
  /// suspends the device, because two hold it.
  package static func touch(
    device number: UInt32, secret: String, in transaction: any CanonicalTransaction, now: Int64
  ) throws {
    guard var device = try transaction.device(number) else { return }
    let hash = sha256(Array(secret.utf8))
    if let next = device.nextSecretHash, isEqualInConstantTime(next, hash) {
      device.deadSecretHash = device.secretHash
      device.secretHash = next
      device.nextSecretHash = nil
    } else if let dead = device.deadSecretHash, isEqualInConstantTime(dead, hash), device.state == .active {
      device.state = .suspended
      let ledger = try Ledger(transaction, now: now)
      try ledger.audit("device.suspend", by: "server", "device \(number) used a replaced credential")
      try ledger.flush()
    }
    device.lastSeen = max(device.lastSeen, now)
    try transaction.save(device)
  }

  package static func offerSecret(
    _ hash: [UInt8], by author: Author, in transaction: any CanonicalTransaction
  ) throws -> Bool {
    // The secret that ended last must not come back: its use is what tells a stolen credential.
    guard hash.count == 32, var device = try transaction.device(author.device.number),
      hash != device.secretHash,
      hash != device.deadSecretHash
    else { return false }
    device.nextSecretHash = hash
    try transaction.save(device)
    return true
  }
}
