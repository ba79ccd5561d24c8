import ArgumentParser
import CPrivacy
import Foundation
import Logging
import ConnectRPC
import Edge
import PlanModel
import PlanServer
import SyncCore

@main
struct Kamd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kamd",
    abstract: "The server of kam: keeps the account plans of an organisation and syncs them to its people.",
    discussion: """
      Make a server once with `kamd init`, then run it with `kamd serve`. The other commands go through the running \
      server, or work on its directory when none runs.

      Exit codes: 0 done, 1 refused or not found, 2 usage, 70 the database failed, 75 another kamd has the directory.
      """,
    version: Program.version,
    subcommands: [
      Init.self, Serve.self, User.self, InviteCommand.self, Device.self, Department.self, Audit.self,
      Certificate.self, Status.self,
    ])

  static func main() async {
    // Keys, invites, credentials and plans in memory are for no dump, and for no other program of the same user.
    keepMemoryPrivate()
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      leave(error)
    }
  }

  /// Ends the process with the sentence and the code that the error deserves.
  private static func leave(_ error: any Error) -> Never {
    switch error {
    case let failure as CommandFailure:
      complain(failure.sentence)
      Foundation.exit(1)
    case let error as DataDirectoryError:
      complain(error.sentence)
      switch error {
      case .locked: Foundation.exit(75)
      case .databaseDamaged, .databaseMissing: Foundation.exit(70)
      default: Foundation.exit(1)
      }
    case let error as ServerIdentity.Failure:
      complain("\(error).")
      Foundation.exit(1)
    case let error as CertificateCommandError:
      complain(error.sentence)
      Foundation.exit(1)
    case let refusal as AdminRefusal:
      complain(refusal.sentence)
      Foundation.exit(1)
    case let error as AdminError:
      complain(error.sentence)
      Foundation.exit(1)
    case let error as ListeningError:
      complain(error.sentence)
      Foundation.exit(1)
    case is ValidationError, is CleanExit, is ExitCode: exit(withError: error)
    default:
      let code = exitCode(for: error)
      if code == .validationFailure {
        complain(fullMessage(for: error))
        Foundation.exit(2)
      }
      if code == .success { exit(withError: error) }
      complain("kamd: \(error)")
      Foundation.exit(1)
    }
  }

  static func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

/// What a command could not do, as a sentence for its user.
struct CommandFailure: Error {
  let sentence: String
}

struct DataOption: ParsableArguments {
  @Option(help: ArgumentHelp("The server's directory.", valueName: "dir"), completion: .directory)
  var data: String

  var directory: DataDirectory { DataDirectory(data) }
}

struct JSONOption: ParsableArguments {
  @Flag(help: "One JSON document on standard output.")
  var json = false
}

// MARK: - init and serve

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a server: directory, certificates, organisation and first admin.",
    discussion:
      "The last line of standard output is the first admin's invite: `kam join INVITE`, within 24 hours.")

  @OptionGroup var data: DataOption
  @Option(help: "The organisation's name.") var organization: String
  @Option(
    help: "A name or address under which clients reach this server; repeatable, the first goes into invites.")
  var host: [String] = []
  @Option(help: "The port to listen on.") var port = ServerConfiguration.defaultPort
  @Option(help: "The first admin's e-mail address.") var admin: String
  @Option(help: "The first admin's name; from the address when absent.") var adminName: String?

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port \(port) is not between 0 and 65535")
    }
    guard !organization.trimmingCharacters(in: .whitespaces).isEmpty, organization.count <= 200 else {
      throw ValidationError("--organization must be 1 to 200 characters")
    }
  }

  func run() throws {
    let hosts = host.isEmpty ? [ProcessInfo.processInfo.hostName] : host
    let name = adminName ?? admin.split(separator: "@").first.map(String.init) ?? admin
    do {
      let invite = try LocalAdministration.initialise(
        data.directory, organization: organization, hosts: hosts, port: port, adminEmail: admin,
        adminName: name)
      print("Made the server of “\(organization)” in \(data.directory.path).")
      print("Start it:  kamd serve --data \(data.directory.path)")
      print("Then join as \(admin), within 24 hours:  kam join INVITE")
      if let key = invite.fingerprint { print("It shows this key of the server; compare it:  \(key)") }
      print(invite.text)
    } catch {
      guard let sentence = Administration.sentence(for: error) else { throw error }
      throw CommandFailure(sentence: sentence)
    }
  }
}

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the server until SIGTERM or SIGINT.",
    discussion: "Logs one line with the https URL when it is ready.")

  @OptionGroup var data: DataOption
  @Option(help: "The port to listen on instead of the configured one; 0 takes a free one.") var port: Int?
  @Option(help: "The address to listen on instead of the configured one.") var address: String?
  @Flag(name: .shortAndLong, help: "Log more.") var verbose = false

  func run() async throws {
    let level: Logger.Level = verbose ? .debug : .info
    LoggingSystem.bootstrap { _ in LineLogHandler(level: level) }
    let logger = Logger(label: "kamd")
    let server = try Server(data.directory, logger: logger) { configuration in
      if let port { configuration.port = port }
      if let address { configuration.address = address }
    }
    try await server.run { url in logger.info("ready", metadata: ["url": "\(url)"]) }
    logger.info("stopped")
  }
}

// MARK: - People and devices

struct User: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Add, list, edit, suspend and resume users; let them leave and return.",
    subcommands: [
      Add.self, List.self, Edit.self, Suspend.self, Resume.self, Leave.self, Return.self,
    ])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a user; the last line of standard output is their invite.")
    @Argument(help: "Their e-mail address.") var email: String
    @Option(help: "Their name.") var name: String
    @Option(help: "member, executive or admin.", completion: .list(["member", "executive", "admin"]))
    var role = "member"
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let answer = try await ask(
        AddUser(email: email, name: name, role: OrganizationRole(typed: role)), data.directory)
      try show(answer.invite, of: answer.users, data.directory, json) {
        print("Added \(email) as \(role). Their invite, valid for 24 hours and one device:")
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the users.")
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let answer = try await ask(ListUsers(), data.directory)
      try show(answer, json) {
        printTable(
          ["e-mail", "name", "role", "state", "devices", "departments"],
          answer.users.map {
            [
              $0.email, $0.name, $0.role, $0.active ? "active" : "suspended", "\($0.devices)",
              $0.departments.joined(separator: ", "),
            ]
          })
      }
    }
  }

  struct Edit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Change a user's role, and the departments they belong to.")
    @Argument(help: "Their e-mail address.") var email: String
    @Option(help: "member, executive or admin.", completion: .list(["member", "executive", "admin"]))
    var role: String?
    @Option(
      help: ArgumentHelp(
        "Such as logistics, logistics:lead or logistics:none; can be repeated.", valueName: "department"))
    var department: [String] = []
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func validate() throws {
      guard role != nil || !department.isEmpty else { throw ValidationError("Give --role or --department.") }
    }

    func run() async throws {
      let answer = try await ask(
        EditUser(
          email: email, role: role.map(OrganizationRole.init(typed:)),
          departments: department.map(DepartmentChange.init)), data.directory)
      try show(answer, json) {
        let user = answer.users.value
        let departments =
          user.departments.isEmpty ? "no department" : user.departments.joined(separator: ", ")
        print("\(user.email) is \(user.role); \(departments).")
      }
    }
  }

  struct Suspend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shut a user out until they are resumed; withdraws their unused invites.")
    @Argument(help: "Their e-mail address.") var email: String
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let answer = try await ask(SuspendUser(email: email), data.directory)
      try show(answer, json) { print("Suspended \(email): their next request is refused.") }
    }
  }

  struct Leave: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End everything a user could do: devices, invites, shared accounts, departments, role.",
      discussion: """
        Refused while they still hold tasks, accounts, contacts, plans or objectives: hand those over first (kam handover). \
        What they did stays, under their name. Their devices delete their replicas on next contact.
        """)
    @Argument(help: "Their e-mail address.") var email: String
    @Flag(help: "Also when they still hold something.") var force = false
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let answer = try await ask(LeaveUser(email: email, force: force), data.directory)
      try show(answer, json) { print("\(email) has left: their next request is refused.") }
    }
  }

  struct Return: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let somebody who left in again; the last line of standard output is their invite.",
      discussion: "They come back as a member of no department, with no account shared with them.")
    @Argument(help: "Their e-mail address.") var email: String
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let answer = try await ask(ReturnUser(email: email), data.directory)
      try show(answer.invite, of: answer.users, data.directory, json) {
        print("Welcome back, \(email). Their invite, valid for 24 hours and one device:")
      }
    }
  }

  struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Let a suspended user in again.")
    @Argument(help: "Their e-mail address.") var email: String
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let answer = try await ask(ResumeUser(email: email), data.directory)
      try show(answer, json) { print("Resumed \(email).") }
    }
  }
}

struct InviteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invite",
    abstract: "Invite a user's next device; the last line of standard output is the invite.")
  @Argument(help: "Their e-mail address.") var email: String
  @Option(help: "Valid for so many hours, 168 at most.") var hours = 24
  @OptionGroup var data: DataOption
  @OptionGroup var json: JSONOption

  func run() async throws {
    let answer = try await ask(Invitation(email: email, hours: hours), data.directory)
    try show(answer.invite, data.directory, json) {
      print("An invite for \(email), valid for \(hours) hours and one device:")
    }
  }
}

struct Device: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List and revoke devices.", subcommands: [List.self, Revoke.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the devices.")
    @Option(help: "Only this user's.") var user: String?
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let answer = try await ask(ListDevices(email: user), data.directory)
      try show(answer, json) {
        printTable(
          ["device", "user", "name", "state", "last seen", "copy of"],
          answer.devices.map {
            [
              "\($0.number)", $0.user, $0.name, $0.state, instant($0.lastSeenMs),
              $0.copiedFrom.map { "\($0)" } ?? "",
            ]
          })
      }
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End a device's access, and that of its copies.",
      discussion:
        "Its next request is refused, and the client deletes its replica when it hears of it. A device that "
        + "never comes back keeps what it has: disk encryption is the control for a stolen laptop.")
    @Argument(help: "The device's number.") var number: UInt32
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let answer = try await ask(RevokeDevice(number: number), data.directory)
      try show(answer, json) {
        let numbers = answer.devices.map { "\($0.number)" }.joined(separator: ", ")
        print("Revoked device \(numbers).")
      }
    }
  }
}

struct Department: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List and add departments.", subcommands: [List.self, Add.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the departments, with their leads.")
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let answer = try await ask(ListDepartments(), data.directory)
      try show(answer, json) {
        printTable(
          ["code", "name", "people", "leads"],
          answer.departments.map {
            ["\($0.code)", $0.name, "\($0.members)", $0.leads.joined(separator: ", ")]
          })
      }
    }
  }

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add a department of your own.")
    @Argument(help: "Its name.") var name: String
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let answer = try await ask(AddDepartment(name: name), data.directory)
      try show(answer, json) { print("Added the department “\(name)”.") }
    }
  }
}

struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Who did what: joins, roles, access, devices.", subcommands: [List.self, Verify.self],
    defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The last entries, oldest first (the default).")
    @Option(help: "So many.") var last = 50
    @Flag(help: "Also the seals, which say every ten minutes where the histories end.") var all = false
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let answer = try await ask(ListAudit(last: last, isAll: all), data.directory)
      try show(answer, json) {
        printTable(
          ["entry", "when", "who", "what", "of what"],
          answer.audit.map { ["\($0.number)", instant($0.atMs), $0.actor, $0.action, $0.detail] })
      }
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prove that database, history and audit log are as they were written.",
      discussion: """
        Checks the file itself, sums up the records of every scope and who may see it and compares, compares what people \
        may do with the directory, and follows every history and the audit log. The server goes on meanwhile.

        Each entry is chained to all before it by SHA-256, and every ten minutes the audit log says where the histories \
        end. Whoever changes, removes or moves one must write all after it anew, and the audit log too; the end of that, \
        which is printed, is shown to every device that syncs: `kam witness` there prints what it was shown, and \
        --witness here compares.
        """)
    @Option(
      help:
        "What devices were shown of the audit log: files with the output of kam witness --json; - reads it.")
    var witness: [String] = []
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let answer = try await ask(VerifyAudit(shown: try testimonies()), data.directory)
      let integrity = answer.integrity
      try show(answer, json) {
        for problem in integrity.problems + (integrity.testimonies ?? []) { print(problem) }
        if integrity.testimonies == [] { print("The audit log is the one that the devices were shown.") }
        if integrity.problems.isEmpty {
          print(
            "Whole: the file, the records of \(integrity.scopes) scopes, \(integrity.historyEntries) \(integrity.historyEntries == 1 ? "entry" : "entries") of history, "
              + "\(integrity.auditEntries) of the audit log.")
        }
        print("The histories end with \(integrity.historyEnd)")
        print("The audit log ends with \(integrity.auditEnd)")
      }
      if !integrity.problems.isEmpty {
        throw CommandFailure(sentence: "What the server wrote was changed afterwards.")
      }
      if let found = integrity.testimonies, !found.isEmpty {
        throw CommandFailure(sentence: "The audit log is not what all of the devices say; see above.")
      }
    }

    private func testimonies() throws -> [Testimony] {
      try witness.flatMap { path in
        do {
          let data =
            try path == "-"
            ? FileHandle.standardInput.readToEnd() ?? Data() : Data(contentsOf: URL(filePath: path))
          return try JSONDecoder().decode([Testimony].self, from: data)
        } catch {
          throw CommandFailure(sentence: "\(path) is not the output of kam witness --json.")
        }
      }
    }
  }
}

struct Certificate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The server's own certificate and its authority.", subcommands: [Show.self, Renew.self],
    defaultSubcommand: Show.self)

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "For which names and until when they are valid (the default).")
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() throws {
      let answer = try LocalAdministration.certificate(data.directory)
      try show(answer, json) { printCertificate(answer) }
    }
  }

  struct Renew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a new certificate now.",
      discussion: """
        The server does so by itself in time, and when one is not valid yet because it was made with a wrong clock. A server \
        that runs takes the new one at once; clients notice nothing, they trust the authority.
        """)
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let answer = try await ask(RenewCertificate(), data.directory)
      try show(answer, json) { printCertificate(answer) }
    }
  }
}

private func printCertificate(_ answer: RenewCertificate.Answer) {
  let certificate = answer.certificate
  printTable(
    [],
    [
      ["certificate", "\(instant(certificate.notBeforeMs)) to \(instant(certificate.notAfterMs))"],
      [
        "authority",
        "\(instant(certificate.authorityNotBeforeMs)) to \(instant(certificate.authorityNotAfterMs))",
      ],
      ["names", certificate.hosts.joined(separator: ", ")],
    ])
}

struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "What the server holds.")
  @OptionGroup var data: DataOption
  @OptionGroup var json: JSONOption

  func run() async throws {
    let answer = try await ask(ServerStatus(), data.directory)
    try show(answer, json) {
      let status = answer.status
      printTable(
        [],
        [
          ["organisation", status.organization], ["users", "\(status.users)"],
          ["devices", "\(status.devices)"],
          ["scopes", "\(status.scopes)"], ["epoch", status.epoch],
          ["read through", inspectionWords(status.inspection)],
        ] + clockWords(status.clockAheadMs))
    }
  }
}

private func inspectionWords(_ progress: Inspection.Progress?) -> String {
  guard let progress else { return "only while the server runs" }
  let last = progress.wholeMs == 0 ? "not yet since the start" : "whole at \(instant(progress.wholeMs))"
  guard progress.isRunning else { return last }
  return
    "\(last); \(progress.scopesRead) of \(progress.scopes) scopes and \(progress.entriesRead) entries so far"
}

private func clockWords(_ aheadMs: Int64?) -> [[String]] {
  guard let aheadMs else { return [] }
  return [
    [
      "clock",
      "\(aheadMs / 86_400_000) days ahead of when this server last worked; nothing counts as old before it has been so for a day",
    ]
  ]
}
