import PlanModel
import ProtocolMessages
import Replica
import Speech
import SwiftProtobuf
import SyncClient
import SyncCore
import Wording
import Workbench

/// Access lists are not records: they change at once, on the server, or not at all.
struct ShareAccount: Command {
  static let name = "account share"
  static let about: Phrase = "Let somebody into an account, or see who is in (needs a network)."
  static let more: Phrase = """
    viewer reads the plan; contributor writes it and reads the figures; manager writes both and shares the account. \
    Without --with it lists who has access.
    """

  @Takes("ACCOUNT", "The account.") var account: String
  @Takes("EMAIL --with", "Whom, by e-mail address.") var email: String?
  @Takes("ROLE --role", "viewer, contributor or manager.") var role: AccountRole?
  let json = JSONOutput()

  func validate() throws {
    guard (email == nil) == (role == nil) else {
      throw Failure.usage("--with and --role belong together.")
    }
  }

  func run(in shell: Shell) async throws {
    let workspace = try Workspace(shell)
    let id = try workspace.account(account)
    let email = try email.map { try workspace.emailAddress($0) }
    let answer = try await workspace.online { connection in
      if let email {
        try await workspace.share(id, with: email, role: role, over: connection)
      } else {
        try await connection.grants(account: id)
      }
    }
    if json.isWanted { return workspace.console.document(grants(answer)) }
    if let email, let role {
      workspace.console.say(
        answer.changed
          ? "\(email) is \(word: role.name) of \(try workspace.accounts().label(id)) now."
          : "Nothing changed: \(email) is \(word: role.name) already.")
      return
    }
    var table = Table([
      .init(title: "email", isKey: true), .init(title: "name", shrinks: true), .init(title: "role"),
    ])
    for grant in answer.grants {
      table.add([grant.email, grant.name, workspace.said(word: roleName(grant.role))])
    }
    workspace.console.show(table)
  }
}

struct UnshareAccount: Command {
  static let name = "account unshare"
  static let about: Phrase = "Take somebody's access to an account away (needs a network)."
  static let more: Phrase =
    "Their replica drops what it holds of the account at its next sync."

  @Takes("ACCOUNT", "The account.") var account: String
  @Takes("EMAIL --with", "Whom, by e-mail address.") var email: String
  let json = JSONOutput()

  func run(in shell: Shell) async throws {
    let workspace = try Workspace(shell)
    let id = try workspace.account(account)
    let email = try workspace.emailAddress(email)
    let answer = try await workspace.online {
      try await workspace.share(id, with: email, role: nil, over: $0)
    }
    if json.isWanted { return workspace.console.document(grants(answer)) }
    let label = try workspace.accounts().label(id)
    let left = try workspace.otherAccess(of: email, to: id)
    switch (answer.changed, left.isEmpty) {
    case (true, true): workspace.console.say("\(email) has no access to \(label) any more.")
    case (true, false): workspace.console.say("\(label) is not shared with \(email) any more.")
    case (false, true): workspace.console.say("Nothing changed: \(email) had no access.")
    case (false, false): workspace.console.say("Nothing changed: \(label) was not shared with \(email).")
    }
    for sentence in left { workspace.console.say(sentence) }
  }
}

/// One's own access, that somebody gave perhaps unasked.
struct LeaveAccount: Command {
  static let name = "account leave"
  static let about: Phrase = "Give up your own access to an account (needs a network)."
  static let more: Phrase =
    "Whoever manages it can share it again. What your departments or your role let you see stays in sight."

  @Takes("ACCOUNT", "The account.") var account: String
  let json = JSONOutput()

  func run(in shell: Shell) async throws {
    let workspace = try Workspace(shell)
    let id = try workspace.account(account)
    let email = workspace.identity.email
    // Nothing of it is kept to be said again: a server that lost it may ask once more.
    let answer = try await workspace.online { try await $0.share(account: id, email: email, role: nil) }
    if json.isWanted { return workspace.console.document(grants(answer)) }
    let label = try workspace.accounts().label(id)
    workspace.console.say(
      answer.changed
        ? "You have left \(label); the next sync removes it from this device."
        : "Nothing changed: \(label) is not shared with you.")
    for sentence in try workspace.otherAccess(of: email, to: id) { workspace.console.say(sentence) }
  }
}

private func grants(_ answer: WireShareAccountResponse) -> String {
  JSON.object([
    ("changed", .flag(answer.changed)),
    (
      "grants",
      .array(
        answer.grants.map {
          .object([
            ("person", .text($0.user)), ("name", .text($0.name)), ("email", .text($0.email)),
            ("role", .text(roleName($0.role))),
          ])
        })
    ),
  ]).document
}

private func roleName(_ role: KamAccountRole) -> String {
  AccountRole(rawValue: role.rawValue)?.name ?? "none"
}

extension Workspace {
  /// Gives, changes or (nil) takes away a role, and keeps that it was done: should the server lose it, this device says so
  /// again.
  func share(
    _ account: RecordID, with email: String, role: AccountRole?, over connection: Connection
  ) async throws -> WireShareAccountResponse {
    let answer = try await connection.share(account: account, email: email, role: role)
    if answer.changed {
      let change = WireAccessChange.with {
        $0.user = answer.user
        $0.role = role.flatMap { KamAccountRole(rawValue: $0.rawValue) } ?? .unspecified
      }
      try noteAccess(
        change, of: account, at: answer.hlc, role == nil ? "unshared the account" : "shared the account")
    }
    return answer
  }

  func engage(
    _ isEngaged: Bool, _ department: DepartmentCode, in account: RecordID, over connection: Connection
  ) async throws -> Bool {
    let answer = try await connection.engage(isEngaged, department, in: account)
    if answer.changed {
      let change = WireAccessChange.with {
        $0.department = KamDepartmentCode(rawValue: Int(department.number)) ?? .unspecified
        $0.engaged = isEngaged
      }
      try noteAccess(
        change, of: account, at: answer.hlc, isEngaged ? "engaged a department" : "disengaged a department")
    }
    return answer.changed
  }

  private func noteAccess(
    _ change: WireAccessChange, of account: RecordID, at hlc: UInt64, _ summary: String
  ) throws {
    var generator = SystemRandomNumberGenerator()
    try replica.noteAccess(
      change, of: account, at: hlc, summary: summary, now: shell.now, using: &generator)
  }

  /// Runs what only the server can do: when it cannot be reached, nothing was done, and nothing waits.
  func online<Value: Sendable>(_ body: (Connection) async throws -> Value) async throws -> Value {
    do {
      return try await connected(body)
    } catch let error as ClientError {
      throw error.ofOnlineCommand
    }
  }

  /// Runs one exchange with the server; the line is closed whatever happens.
  func connected<Value: Sendable>(_ body: (Connection) async throws -> Value) async throws -> Value {
    let connection = try Connection(home: home, proxies: shell.proxies)
    do {
      let value = try await body(connection)
      try await connection.close()
      return value
    } catch {
      try? await connection.close()
      throw error
    }
  }
}
