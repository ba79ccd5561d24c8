import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncClient
import Wording
import Workbench

// Who belongs where is not a record: it changes at once, on the server, or not at all.

struct EngageDepartment: Command {
  static let name = "account engage"
  static let about: Phrase = "Let a department work on an account again (needs a network)."
  static let more: Phrase =
    "Every department is engaged in an account until its manager takes it out."

  @Takes("ACCOUNT", "The account.") var account: String
  @Takes("DEPARTMENT", "The department.") var department: String
  let json = JSONOutput()

  func run(in shell: Shell) async throws { try await setEngaged(true, department, account, json, in: shell) }
}

struct DisengageDepartment: Command {
  static let name = "account disengage"
  static let about: Phrase = "Keep a department out of an account (needs a network)."
  static let more: Phrase = """
    Its people lose the account with their next sync, unless it is shared with them; nothing new can be addressed to \
    it there. What was addressed to it before stays.
    """

  @Takes("ACCOUNT", "The account.") var account: String
  @Takes("DEPARTMENT", "The department.") var department: String
  let json = JSONOutput()

  func run(in shell: Shell) async throws { try await setEngaged(false, department, account, json, in: shell) }
}

private func setEngaged(
  _ isEngaged: Bool, _ department: String, _ account: String, _ json: JSONOutput, in shell: Shell
) async throws {
  let workspace = try Workspace(shell)
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

struct AddDepartment: Command {
  static let name = "department add"
  static let about: Phrase = "Add a department to the organisation; for admins (needs a network)."

  @Takes("NAME", "Its name.") var name: String
  let json = JSONOutput()

  func run(in shell: Shell) async throws {
    let workspace = try Workspace(shell)
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

struct EditUser: Command {
  static let name = "user edit"
  static let about: Phrase = "Change a person's role and departments (needs a network)."
  static let more: Phrase = """
    kam user edit leo@example.com --department logistics:lead --department sales:none

    New people, suspension and devices are for `kamd user` on the server's host.
    """

  @Takes("PERSON", "Who, by e-mail address or name.") var person: String
  @Takes("--role ROLE", "member, executive or admin.") var role: OrganizationRole?
  @Takes("--department DEPARTMENT", "Such as logistics, logistics:lead or logistics:none; can be repeated.")
  var department: [String] = []
  let json = JSONOutput()

  func validate() throws {
    guard role != nil || !department.isEmpty else {
      throw Failure.usage("Give --role or --department.")
    }
  }

  func run(in shell: Shell) async throws {
    let workspace = try Workspace(shell)
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
