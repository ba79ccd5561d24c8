import ArgumentParser
import PlanModel
import ProtocolMessages
import SyncClient
import Wording

extension AccountRole: ExpressibleByArgument {
  public init?(argument: String) { self.init(named: argument.lowercased()) }
  public static var allValueStrings: [String] { allCases.map(\.name) }
}

/// Access lists are not records: they change at once, on the server, or not at all.
struct ShareAccount: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "share", abstract: said("Let somebody into an account, or see who is in (needs a network)."),
    discussion: said(
      """
      viewer reads the plan; contributor writes it and reads the figures; manager writes both and shares the account. \
      Without --with it lists who has access.
      """))

  @Argument(help: explained("The account.")) var account: String
  @Option(name: .customLong("with"), help: explained("Whom, by e-mail address.", valueName: "email"))
  var email: String?
  @Option(help: explained("viewer, contributor or manager.")) var role: AccountRole?
  @OptionGroup var json: JSONOption

  func validate() throws {
    guard (email == nil) == (role == nil) else {
      throw ValidationError(said("--with and --role belong together."))
    }
  }

  func run() async throws {
    let workspace = try Workspace()
    let id = try workspace.account(account)
    let email = try email.map { try workspace.emailAddress($0) }
    let answer = try await workspace.connected { connection in
      if let email {
        try await connection.share(account: id, email: email, role: role)
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
    for grant in answer.grants { table.add([grant.email, grant.name, said(word: roleName(grant.role))]) }
    workspace.console.show(table)
  }
}

struct UnshareAccount: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unshare", abstract: said("Take somebody's access to an account away (needs a network)."),
    discussion: said("Their replica drops what it holds of the account at its next sync."))

  @Argument(help: explained("The account.")) var account: String
  @Option(name: .customLong("with"), help: explained("Whom, by e-mail address.", valueName: "email"))
  var email: String
  @OptionGroup var json: JSONOption

  func run() async throws {
    let workspace = try Workspace()
    let id = try workspace.account(account)
    let email = try workspace.emailAddress(email)
    let answer = try await workspace.connected { try await $0.share(account: id, email: email, role: nil) }
    if json.isWanted { return workspace.console.document(grants(answer)) }
    workspace.console.say(
      answer.changed
        ? "\(email) has no access to \(try workspace.accounts().label(id)) any more."
        : "Nothing changed: \(email) had no access.")
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
  /// The address of somebody who may not be in this replica yet.
  func emailAddress(_ text: String) throws -> String {
    text.contains("@") ? text.lowercased() : try people().resolve(text).email
  }

  /// Runs one exchange with the server; the line is closed whatever happens.
  func connected<Value: Sendable>(_ body: (Connection) async throws -> Value) async throws -> Value {
    let connection = try Connection(home: home)
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
