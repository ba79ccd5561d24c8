import Wording

/// Why the server did not do what was asked of it at once: share an account, end a device, change a person, let a device in.
/// Edits that are refused have their ``Refusal``, which a call may be refused with, too.
package enum CallRefusal: Error, Equatable, Sendable {
  case edit(Refusal)
  // Accounts and people
  case adminsOnly
  case noSuchPerson(String)
  case notAnEmail(String)
  case lastManager(String)
  case lastAdmin(String)
  /// A newer version's, by its number.
  case unknownRole(Int)
  // Departments
  case noSuchDepartment(String)
  case departmentExists(String)
  case notADepartmentName(String)
  case tooManyDepartments(maximum: Int)
  // Devices
  case noSuchDevice(Int)
  case tooManyDevices(Int)
  case tooManyCopies(Int)
  case noCopySeen
  // Who is let in
  case unusableInvite
  case holdsAnothers
  case noCredential
  case unknownDevice
  case deviceRevoked
  case deviceSuspended
  case personSuspended
  case silentTooLong(days: Int)
  case unknownProtocol(Int, from: Int, through: Int)
  // When, and how much
  case tooOften(Asking, seconds: Int)
  case tooManyScopes(Int, maximum: Int)
  case diskFull
  case databaseHeld

  /// What was asked for too often; named on the wire as here.
  package enum Asking: String, CaseIterable, Sendable {
    case requests, strangers, joins
  }

  /// English, for clients that do not know the code.
  package var sentence: String { phrase.description }

  package var phrase: Phrase {
    switch self {
    case .edit(let refusal): refusal.phrase
    case .adminsOnly: "This is for admins of the organisation; ask one."
    case .noSuchPerson(let email):
      "There is no user \(email) in this organisation; `\(action: .listRecords(kind: "person"))` shows all, and an admin can add one."
    case .notAnEmail(let text): "“\(text)” is not an e-mail address."
    case .lastManager(let email):
      "\(email) is the account's only manager; make somebody else manager first."
    case .lastAdmin(let email): "\(email) is the last active admin; make another one first."
    case .unknownRole(let number):
      "There is no role \(number) that this server knows; nothing was changed. Upgrade it first."
    case .noSuchDepartment(let name):
      "There is no department \(name); \(action: .listRecords(kind: "department")) shows all."
    case .departmentExists(let name): "There is a department “\(name)” already."
    case .notADepartmentName(let text):
      "“\(text)” cannot be a department's name: it must be one line of 1 to 100 characters."
    case .tooManyDepartments(let maximum):
      "There are \(maximum) departments of your own, as many as there can be; rename one that is not needed."
    case .noSuchDevice(let number): "You have no device \(number); \(action: .listDevices) shows yours."
    case .tooManyDevices(let count):
      """
      There are \(count) devices of this person, which is the limit; end one of them first: \(action: .listDevices) shows them, \
      \(action: .endDevice(nil)) ends one, on any of them. An admin can do it too: kamd device revoke N.
      """
    case .tooManyCopies(let count):
      "\(count) copies of this person’s devices were made within a day, which is the limit; join with an invite instead."
    case .noCopySeen:
      "This device was not seen to have a copy; sync first. A device of its own joins with an invite."
    case .unusableInvite:
      "This invite cannot be used: it is unknown, expired or used already. Ask an admin for a new one."
    case .holdsAnothers:
      """
      What this device holds belongs to another person or another organisation; the invite is still good. Join with an \
      empty directory: set KAM_HOME to another one.
      """
    case .noCredential: "This needs a device's credential; join with an invite first."
    case .unknownDevice: "This device is not known here; ask an admin for an invite."
    case .deviceRevoked: "This device's access was revoked."
    case .deviceSuspended:
      """
      This device is suspended, because a credential was used that it, or a copy of it, had replaced: it was copied, or put \
      back to an older state. Ask an admin for a new invite and join again; what waits stays here.
      """
    case .personSuspended: "Your access is suspended; ask an admin."
    case .silentTooLong(let days):
      """
      This device was away for more than \(days) days; ask an admin for a new invite and join again; what waits stays here.
      """
    case .unknownProtocol(let version, let from, let through):
      """
      This server speaks protocol \(from) to \(through), this client \(version); upgrade the older of the two.
      """
    case .tooOften(.requests, let seconds): "Your devices ask too often; wait \(seconds) s."
    case .tooOften(.strangers, let seconds):
      "Too many requests without a credential from your address; wait \(seconds) s."
    case .tooOften(.joins, let seconds):
      "Too many failed attempts to join from your address; wait \(seconds) s."
    case .tooManyScopes(let count, let maximum):
      "You can see \(count) scopes; the limit is \(maximum). Ask an admin."
    case .diskFull: "The server's disk is full; it takes no changes until there is room."
    case .databaseHeld:
      "Another program on the server holds its database; it takes no changes meanwhile."
    }
  }
}

// MARK: - Codes
//
// - SeeAlso: Protocol/sync.md, "Refusals of calls"; Protocol/vectors/refusals.json

extension CallRefusal {
  package var coded: CodedRefusal {
    switch self {
    case .edit(let refusal): refusal.coded
    case .noSuchPerson(let text): of("no-such-person", text)
    case .notAnEmail(let text): of("not-an-email", text)
    case .lastManager(let text): of("last-manager", text)
    case .lastAdmin(let text): of("last-admin", text)
    case .unknownRole(let number): of("unknown-role", "\(number)")
    case .noSuchDepartment(let text): of("no-such-department", text)
    case .departmentExists(let text): of("department-exists", text)
    case .notADepartmentName(let text): of("not-a-department-name", text)
    case .tooManyDepartments(let maximum): of("too-many-departments", "\(maximum)")
    case .noSuchDevice(let number): of("no-such-device", "\(number)")
    case .tooManyDevices(let count): of("too-many-devices", "\(count)")
    case .tooManyCopies(let count): of("too-many-copies", "\(count)")
    case .silentTooLong(let days): of("silent-too-long", "\(days)")
    case .unknownProtocol(let version, let from, let through):
      of("unknown-protocol", "\(version)", "\(from)", "\(through)")
    case .tooOften(let what, let seconds): of("too-often", what.rawValue, "\(seconds)")
    case .tooManyScopes(let count, let maximum): of("too-many-scopes", "\(count)", "\(maximum)")
    default: of(Self.alone.first { $0.value == self }?.key ?? "")
    }
  }

  private func of(_ code: String, _ arguments: String...) -> CodedRefusal {
    CodedRefusal(code, arguments.map(CodedRefusal.shortened))
  }

  /// Those without arguments.
  private static let alone: [String: CallRefusal] = [
    "admins-only": .adminsOnly, "no-copy-seen": .noCopySeen, "unusable-invite": .unusableInvite,
    "holds-anothers": .holdsAnothers, "no-credential": .noCredential, "unknown-device": .unknownDevice,
    "device-revoked": .deviceRevoked, "device-suspended": .deviceSuspended,
    "person-suspended": .personSuspended, "disk-full": .diskFull, "database-held": .databaseHeld,
  ]

  /// Nil when this version does not know the code, or cannot read its arguments; more of them than it knows are left out.
  package init?(_ coded: CodedRefusal) {
    let refusal =
      Self.alone[coded.code] ?? Self.aboutText(coded) ?? Self.aboutNumbers(coded)
      ?? Refusal(coded).map(CallRefusal.edit)
    guard let refusal else { return nil }
    self = refusal
  }

  private static func aboutText(_ coded: CodedRefusal) -> CallRefusal? {
    guard let text = coded.arguments.text(0) else { return nil }
    return switch coded.code {
    case "no-such-person": .noSuchPerson(text)
    case "not-an-email": .notAnEmail(text)
    case "last-manager": .lastManager(text)
    case "last-admin": .lastAdmin(text)
    case "no-such-department": .noSuchDepartment(text)
    case "department-exists": .departmentExists(text)
    case "not-a-department-name": .notADepartmentName(text)
    case "too-often":
      Asking(rawValue: text).flatMap { what in
        coded.arguments.count(1).map { .tooOften(what, seconds: $0) }
      }
    default: nil
    }
  }

  private static func aboutNumbers(_ coded: CodedRefusal) -> CallRefusal? {
    guard let number = coded.arguments.count(0) else { return nil }
    let (second, third) = (coded.arguments.count(1), coded.arguments.count(2))
    switch coded.code {
    case "unknown-role": return .unknownRole(number)
    case "too-many-departments": return .tooManyDepartments(maximum: number)
    case "no-such-device": return .noSuchDevice(number)
    case "too-many-devices": return .tooManyDevices(number)
    case "too-many-copies": return .tooManyCopies(number)
    case "silent-too-long": return .silentTooLong(days: number)
    case "too-many-scopes": return second.map { .tooManyScopes(number, maximum: $0) }
    case "unknown-protocol":
      guard let second, let third else { return nil }
      return .unknownProtocol(number, from: second, through: third)
    default: return nil
    }
  }
}
