import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// Turns an invite into a device.
///
/// One answer for unknown, expired, withdrawn and used invites, so that a guess learns nothing. A lost answer can be
/// asked for again: the same invite with the same device secret, for ten minutes.
package enum Join {
  package enum Answer: Sendable {
    case joined(WireJoinResponse)
    /// The reason is for the audit log only.
    case refused(reason: String)
    /// The device holds what is another person's, or another organisation's. The invite is still good.
    case holdsAnothers
    /// The person has as many devices as they may. The invite is still good.
    case tooManyDevices(DeviceError)
  }

  package static let retryMilliseconds: Int64 = 600_000

  /// - Parameter notes: Asked for an invite with which something is wrong whether the audit log is told of it: it is kept for
  ///   ever, and whoever has an old invite must not make it grow. Of an invite that there is not it is never told.
  package static func decide(
    _ request: WireJoinRequest, from address: String, in transaction: any CanonicalTransaction, now: Int64,
    notes: (RecordID) -> Bool = { _ in true }
  ) throws -> Answer {
    let secretHash = Array(request.deviceSecretSha256)
    let work = try UnitOfWork(transaction, now: now)
    func refuse(_ reason: String, _ invite: RecordID) throws -> Answer {
      if notes(invite) {
        try work.audit("join.refuse", by: address, reason)
        try work.flush()
      }
      return .refused(reason: reason)
    }
    guard secretHash.count == 32, let id = RecordID(request.invite), var invite = try transaction.invite(id)
    else { return .refused(reason: "unknown invite") }
    guard isEqualInConstantTime(invite.secretHash, sha256(Array(request.inviteSecret.utf8))) else {
      return try refuse("wrong secret for invite \(id)", id)
    }
    guard var user = try transaction.user(invite.user), user.isActive, !invite.isWithdrawn else {
      return try refuse("withdrawn invite \(id)", id)
    }
    if invite.used != 0 {
      guard invite.usedDeviceSecretHash == secretHash, now - invite.used <= retryMilliseconds,
        let device = try transaction.device(invite.usedByDevice), device.state == .active
      else { return try refuse("invite \(id) of \(user.email) used again by another device", id) }
      return .joined(try answer(user, device, work, formerKnown: isKnown(request, work)))
    }
    guard now <= invite.expires else { return try refuse("expired invite \(id)", id) }
    if let former = RecordID(request.formerPerson), former != user.id {
      guard isKnown(request, work), try transaction.user(former) == nil else { return .holdsAnothers }
      if try transaction.devices(of: user.id).isEmpty {
        user = try comeBack(user, as: former, work)
        invite = try transaction.invite(id) ?? invite
      }
    }

    do {
      try Devices.checkRoom(for: user.id, in: transaction, now: now)
    } catch let error as DeviceError {
      return .tooManyDevices(error)
    }

    let device = DeviceRow(
      number: try transaction.nextDeviceNumber(), user: user.id, name: deviceName(request.deviceName),
      secretHash: secretHash, copiedFrom: 0, created: now)
    try transaction.save(device)
    invite.used = now
    invite.usedByDevice = device.number
    invite.usedDeviceSecretHash = secretHash
    try transaction.save(invite)
    try DirectoryMirror.write(user, in: work)
    try Devices.announce(device, in: work)
    let formerKnown = isKnown(request, work)
    try work.audit("join", by: user.email, "device \(device.number) “\(device.name)” from \(address)")
    try work.flush()
    return .joined(try answer(user, device, work, formerKnown: formerKnown))
  }

  /// Whether the checkpoint that a device shows was sealed by this server for the person whose replica it says it holds.
  private static func isKnown(_ request: WireJoinRequest, _ work: UnitOfWork) -> Bool {
    guard let former = RecordID(request.formerPerson) else { return false }
    return Checkpoint.isProof(
      Array(request.formerCheckpoint), for: former, epoch: request.formerEpoch,
      organization: work.organization)
  }

  /// A person who was added anew, because this server was put back to before they were first, is who they were: their
  /// work names them so.
  private static func comeBack(_ user: UserRow, as former: RecordID, _ work: UnitOfWork) throws -> UserRow {
    try work.transaction.renameUser(user.id, to: former)
    guard let renamed = try work.transaction.user(former) else {
      preconditionFailure("a renamed user is found by the new id")
    }
    for grant in try work.transaction.grants(to: former) { try work.noteGrants(on: grant.account) }
    try DirectoryMirror.remove(user.id, in: work)
    try work.audit("user.back", by: user.email, "\(user.id) is \(former), as before the restore")
    return renamed
  }

  /// A copied replica becomes a device of its own, so that the two no longer share a queue.
  ///
  /// A replica asks for it after `FORK` and never else, in the same sync: a copy of what was not seen to be two is none.
  ///
  /// - Returns: nil when the secret is none that can be taken.
  /// - Throws: ``DeviceError``
  package static func newReplica(
    _ request: WireNewReplicaRequest, by author: Author, in transaction: any CanonicalTransaction, now: Int64
  ) throws -> WireNewReplicaResponse? {
    let secretHash = Array(request.deviceSecretSha256)
    guard secretHash.count == 32, secretHash != author.device.secretHash,
      try transaction.devices(whoseEndedSecretIs: secretHash).isEmpty
    else { return nil }
    // The same secret again is a retry after a lost answer.
    let copies = try transaction.devices(of: author.user.id).filter { $0.copiedFrom == author.device.number }
    if let made = copies.first(where: { $0.secretHash == secretHash }) {
      return .with { $0.replica = made.number }
    }
    try Devices.checkCopy(of: author.device.number, in: transaction, now: now)
    let work = try UnitOfWork(transaction, now: now)
    let device = DeviceRow(
      number: try transaction.nextDeviceNumber(), user: author.user.id, name: deviceName(request.deviceName),
      secretHash: secretHash, copiedFrom: author.device.number, created: now)
    try transaction.save(device)
    try DirectoryMirror.write(author.user, in: work)
    try Devices.announce(device, in: work)
    try work.audit(
      "device.copy", by: author.user.email, "device \(device.number), a copy of \(author.device.number)")
    try work.flush()
    return .with { $0.replica = device.number }
  }

  private static func deviceName(_ text: String) -> String {
    let clean = text.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
    return String(String.UnicodeScalarView(clean.prefix(Limits.deviceNameScalarsMax)))
  }

  private static func answer(
    _ user: UserRow, _ device: DeviceRow, _ work: UnitOfWork, formerKnown: Bool
  ) throws -> WireJoinResponse {
    let incarnation = try work.transaction.currentIncarnation()?.id ?? 0
    let checkpoint = Checkpoint(
      incarnation: incarnation, commits: work.organization.commits, device: device.number
    ).sealed(for: user.id, organization: work.organization)
    return .with {
      $0.checkpoint = Data(checkpoint)
      $0.replica = device.number
      $0.user = user.id.description
      $0.name = user.name
      $0.email = user.email
      $0.role = KamOrganizationRole(rawValue: user.role.rawValue) ?? .member
      $0.organization = work.organization.name
      $0.epoch = work.organization.epoch
      $0.serverMs = work.now
      $0.formerKnown = formerKnown
    }
  }
}
