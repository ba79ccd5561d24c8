import Crypto
import PlanModel
import SyncCore

/// What a command about people could not do.
package enum PeopleError: Error, Equatable, Sendable {
  case userExists(String)
  case noSuchUser(String)
  case notAnEmail(String)
  case nameInvalid(String)
  case noSuchDevice(UInt32)
  case lastAdmin(String)
  case suspended(String)
  case stillHolds(String, String)
  case tooManyInvites(String)

  package var sentence: String {
    switch self {
    case .userExists(let email):
      "There is already a user \(email); to invite them again: kamd invite \(email)"
    case .noSuchUser(let email): "There is no user \(email); kamd user list shows all."
    case .notAnEmail(let text): CallRefusal.notAnEmail(text).sentence
    case .nameInvalid(let text): "“\(text)” cannot be a name: it must be one line of 1 to 200 characters."
    case .noSuchDevice(let number): "There is no device \(number); kamd device list shows all."
    case .lastAdmin(let email): CallRefusal.lastAdmin(email).sentence
    case .stillHolds(let email, let what):
      "\(email) still holds \(what). Hand it over first (kam handover --from \(email) --to …), or --force."
    case .tooManyInvites(let email):
      """
      \(email) has \(Limits.openInvitesMax) invites that wait to be used; use one of them, or withdraw them all: kamd user \
      suspend \(email), then kamd user resume \(email)
      """
    case .suspended(let email): "\(email) is suspended; kamd user resume \(email) lets them in again."
    }
  }
}

extension PeopleError {
  /// What it is to an admin who uses kam: those of kamd have other commands. Nil of what kam does not ask for.
  package var refusal: CallRefusal? {
    switch self {
    case .noSuchUser(let email): .noSuchPerson(email)
    case .notAnEmail(let text): .notAnEmail(text)
    case .lastAdmin(let email): .lastAdmin(email)
    case .userExists, .nameInvalid, .noSuchDevice, .suspended, .stillHolds, .tooManyInvites: nil
    }
  }
}

/// Users, their devices and their invites, as admins change them.
package enum People {
  package struct NewInvite: Sendable {
    package let id: RecordID
    /// 130 bits in Crockford base 32; stored only as its SHA-256.
    package let secret: String
    package let expires: Int64
  }

  package static func addUser(
    email: String, name: String, role: OrganizationRole, by actor: String,
    in transaction: any CanonicalTransaction,
    now: Int64, using generator: inout some RandomNumberGenerator
  ) throws -> UserRow {
    let email = try validEmail(email)
    try checkName(name)
    guard try transaction.user(email: email) == nil else { throw PeopleError.userExists(email) }
    let work = try UnitOfWork(transaction, now: now)
    let user = UserRow(
      id: RecordID.make(milliseconds: now, using: &generator), email: email, name: name, role: role,
      roleEpoch: work.nextGrantEpoch())
    try transaction.save(user)
    try DirectoryMirror.write(user, in: work)
    try work.audit("user.add", by: actor, "\(email) as \(role.name)")
    try work.flush()
    return user
  }

  package static func setActive(
    _ isActive: Bool, email: String, by actor: String, in transaction: any CanonicalTransaction, now: Int64
  ) throws -> UserRow {
    var user = try existing(email, in: transaction)
    if !isActive, user.role == .admin { try checkOtherAdmin(than: user, in: transaction) }
    let work = try UnitOfWork(transaction, now: now)
    user.isActive = isActive
    user.accessVersion += 1
    try transaction.save(user)
    if !isActive { try transaction.withdrawInvites(of: user.id) }
    try DirectoryMirror.write(user, in: work)
    try work.audit(isActive ? "user.resume" : "user.suspend", by: actor, user.email)
    try work.flush()
    return user
  }

  package static func invite(
    email: String, validFor milliseconds: Int64, by actor: String, in transaction: any CanonicalTransaction,
    now: Int64, using generator: inout some RandomNumberGenerator
  ) throws -> NewInvite {
    let user = try existing(email, in: transaction)
    guard user.isActive else { throw PeopleError.suspended(user.email) }
    guard try transaction.openInvites(of: user.id, at: now) < Limits.openInvitesMax else {
      throw PeopleError.tooManyInvites(user.email)
    }
    let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    let secret = String((0..<26).map { _ in alphabet[Int.random(in: 0..<32, using: &generator)] })
    let invite = NewInvite(
      id: RecordID.make(milliseconds: now, using: &generator), secret: secret, expires: now + milliseconds)
    try transaction.save(
      InviteRow(
        id: invite.id, user: user.id, secretHash: sha256(Array(secret.utf8)), created: now,
        expires: invite.expires))
    let work = try UnitOfWork(transaction, now: now)
    try work.audit("invite.make", by: actor, user.email)
    try work.flush()
    return invite
  }

  /// Reaches the device's copies too: whoever copied a laptop must not outlive it.
  package static func revokeDevice(
    _ number: UInt32, by actor: String, in transaction: any CanonicalTransaction, now: Int64
  ) throws -> [UInt32] {
    guard let device = try transaction.device(number) else { throw PeopleError.noSuchDevice(number) }
    let work = try UnitOfWork(transaction, now: now)
    var revoked: [UInt32] = []
    var next = [device]
    let all = try transaction.devices(of: device.user)
    while let current = next.popLast() {
      revoked.append(current.number)
      var changed = current
      changed.state = .revoked
      try transaction.save(changed)
      next += all.filter { $0.copiedFrom == current.number }
    }
    if let user = try transaction.user(device.user) { try DirectoryMirror.write(user, in: work) }
    try work.audit("device.revoke", by: actor, revoked.sorted().map(String.init).joined(separator: ", "))
    try work.flush()
    return revoked.sorted()
  }

  /// - Throws: ``PeopleError/lastAdmin(_:)`` when nobody else could let people in.
  static func checkOtherAdmin(than user: UserRow, in reading: any CanonicalReading) throws {
    let others = try reading.users().filter { $0.role == .admin && $0.isActive && $0.id != user.id }
    guard !others.isEmpty else { throw PeopleError.lastAdmin(user.email) }
  }

  static func existing(_ email: String, in reading: any CanonicalReading) throws -> UserRow {
    let email = try validEmail(email)
    guard let user = try reading.user(email: email) else { throw PeopleError.noSuchUser(email) }
    return user
  }

  static func checkName(_ name: String) throws {
    do { _ = try RegisterType.line(maximum: 200).parse(name) } catch { throw PeopleError.nameInvalid(name) }
  }

  /// In lower case, as it is kept and looked up.
  static func validEmail(_ text: String) throws -> String {
    let email = text.lowercased()
    let parts = email.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), email.utf8.count <= 254,
      email.unicodeScalars.allSatisfy({
        $0.value > 0x20 && $0.value != 0x7F && !(0x80..<0xA0).contains($0.value)
      })
    else { throw PeopleError.notAnEmail(text) }
    return email
  }
}

package func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

/// In time that does not depend on where they differ.
package func isEqualInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
}
