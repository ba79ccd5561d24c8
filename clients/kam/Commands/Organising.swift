import ArgumentParser
import PlanModel
import ProtocolMessages
import Replica
import SyncClient
import Wording

// Who belongs where is not a record: it changes at once, on the server, or not at all.

extension OrganizationRole: ExpressibleByArgument {
  public init?(argument: String) { self.init(named: argument.lowercased()) }
  public static var allValueStrings: [String] { allCases.map(\.name) }
}

struct EngageDepartment: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "engage", abstract: said("Let a department work on an account again (needs a network)."),
    discussion: said("Every department is engaged in an account until its manager takes it out."))

  @Argument(help: explained("The account.")) var account: String
  @Argument(help: explained("The department.")) var department: String
  @OptionGroup var json: JSONOption

  func run() async throws { try await setEngaged(true, department, account, json) }
}

struct DisengageDepartment: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disengage", abstract: said("Keep a department out of an account (needs a network)."),
    discussion: said(
      """
      Its people lose the account with their next sync, unless it is shared with them; nothing new can be addressed to \
      it there. What was addressed to it before stays.
      """))

  @Argument(help: explained("The account.")) var account: String
  @Argument(help: explained("The department.")) var department: String
  @OptionGroup var json: JSONOption

  func run() async throws { try await setEngaged(false, department, account, json) }
}

private func setEngaged(
  _ isEngaged: Bool, _ department: String, _ account: String, _ json: JSONOption
) async throws {
  let workspace = try Workspace()
  let id = try workspace.account(account)
  let code = try workspace.departments().resolve(department)
  let changed = try await workspace.online {
    try await workspace.engage(isEngaged, code, in: id, over: $0)
  }
  let (name, label) = (try workspace.departments().word(code), try workspace.accounts().label(id))
  if json.isWanted {
    return workspace.console.document(
      JSON.object([
        ("account", .text(id.description)), ("department", .text(name)), ("engaged", .flag(isEngaged)),
        ("changed", .flag(changed)),
      ]).document)
  }
  let department = Phrase.word(name)
  let told: Phrase =
    switch (isEngaged, changed) {
    case (true, true): "\(capitalized(department)) is engaged in \(label) now."
    case (true, false): "Nothing changed: \(department) is engaged in \(label) already."
    case (false, true): "\(capitalized(department)) stays out of \(label) now."
    case (false, false): "Nothing changed: \(department) stays out of \(label) already."
    }
  workspace.console.say(told)
}

struct AddDepartment: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: said("Add a department to the organisation; for admins (needs a network)."))

  @Argument(help: explained("Its name.")) var name: String
  @OptionGroup var json: JSONOption

  func run() async throws {
    let workspace = try Workspace()
    guard !hasShellSigns(name) else {
      throw Failure.usage("“\(name)” has signs that a shell reads as commands; name it without them.")
    }
    try await workspace.online { try await $0.addDepartment(name) }
    if json.isWanted {
      return workspace.console.document(JSON.object([("added", .text(name))]).document)
    }
    workspace.console.say("Added the department “\(name)”; a sync brings it to this replica.")
  }
}

struct UserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: said("People's roles and departments; for admins."),
    subcommands: [EditUser.self]
  )
}

struct EditUser: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: said("Change a person's role and departments (needs a network)."),
    discussion: said(
      """
      kam user edit leo@example.com --department logistics:lead --department sales:none

      New people, suspension and devices are for `kamd user` on the server's host.
      """))

  @Argument(help: explained("Who, by e-mail address or name.")) var person: String
  @Option(help: explained("member, executive or admin.")) var role: OrganizationRole?
  @Option(
    help: explained(
      "Such as logistics, logistics:lead or logistics:none; can be repeated.", valueName: "department"))
  var department: [String] = []
  @OptionGroup var json: JSONOption

  func validate() throws {
    guard role != nil || !department.isEmpty else {
      throw ValidationError(said("Give --role or --department."))
    }
  }

  func run() async throws {
    let workspace = try Workspace()
    let email = try workspace.emailAddress(person)
    let departments = try department.map { try workspace.membership($0) }
    let changed = try await workspace.online {
      try await $0.editPerson(email, role: role, departments: departments)
    }
    if json.isWanted {
      return workspace.console.document(
        JSON.object([("email", .text(email)), ("changed", .flag(changed))]).document)
    }
    workspace.console.say(
      changed
        ? "Changed \(email); a sync brings it to everybody." : "Nothing changed: \(email) is that already.")
  }
}

extension Workspace {
  /// "logistics" and "logistics:member", "logistics:lead", "logistics:none".
  func membership(_ text: String) throws -> (DepartmentCode, DepartmentRole?) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let code = try departments().resolve(parts[0])
    guard parts.count > 1 else { return (code, .member) }
    if parts.count == 2, parts[1] == "none" { return (code, nil) }
    guard parts.count == 2, let role = DepartmentRole(named: parts[1]) else {
      throw Failure.usage("--department: “\(text)” must end in :lead, :member or :none.")
    }
    return (code, role)
  }
}
