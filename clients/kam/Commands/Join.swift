import Foundation
import PlanModel
import Replica
import Speech
import SyncClient
import SyncCore
import Wording
import Workbench

struct Join: Command {
  static let name = "join"
  static let about: Phrase = "Make this device a replica of the organisation's plans."
  static let more: Phrase = """
    An admin prints the invite (`kamd user add`, `kamd invite`); it works once, for a day. Without INVITE, or with \
    “-”, it is read from standard input, which keeps it out of the shell's history. \
    Before anything is sent it says whom you would join, and asks on a terminal. A directory that holds a replica joins only \
    the organisation that it is of.
    """

  @Takes("INVITE", "The invite, kam-invite.…") var invite: String?

  @Takes("--device-name TEXT", "What the history calls this device.") var deviceName: String?

  @Takes("--yes", "Do not ask.") var yes = false

  @Takes(
    "--move-to-new-server",
    "The organisation's server has a new key: go there with everything that this directory holds.")
  var moveToNewServer = false

  let json = JSONOutput()

  func run(in shell: Shell) async throws {
    let home = try Home(environment: shell.environment)
    let joining = try await Joining(
      invite: try given(shell), moves: moveToNewServer, home: home, proxies: shell.proxies)
    try confirm(joining, shell.console)
    let identity = try await joining.accept(deviceName: deviceName ?? ProcessInfo.processInfo.hostName)
    if json.isWanted {
      shell.console.document(
        JSON.object([
          ("organization", .text(identity.organization)), ("person", .text(identity.person.description)),
          ("name", .text(identity.name)), ("email", .text(identity.email)),
          ("role", .text(identity.role.name)),
          ("replica", .integer(identity.replica)), ("home", .text(home.directory)),
        ]).document)
      return
    }
    shell.console.say("Joined \(identity.organization) as \(identity.name) <\(identity.email)>.")
    shell.console.say("Now fetch what you may see: kam sync")
  }

  /// Says whom one joins, and asks where somebody can answer.
  private func confirm(_ joining: Joining, _ console: Console) throws {
    let server = joining.server
    if let former = joining.former {
      console.note("This directory is of the server \(former.address). \(Self.key(of: former))")
      console.note("You are about to take everything in it to \(server.address). \(Self.key(of: server))")
    } else {
      console.note(Self.sentence(joining) + " " + Self.key(of: server))
    }
    if yes { return }
    guard isatty(0) == 1 else {
      guard joining.former == nil else {
        throw Failure.usage(
          "--move-to-new-server asks on a terminal; where nobody can answer it needs --yes. Nothing was sent."
        )
      }
      return
    }
    // What came before the question is no answer to it, such as the second line of what was pasted.
    tcflush(0, TCIFLUSH)
    console.note("Is it the one? Ask your admin for the key, by another way than the invite came. [y/N]")
    let answer = readLine()?.trimmed.lowercased() ?? ""
    // Of yes and oui.
    guard let first = answer.first, "yo".contains(first) else {
      throw Failure.refused("Not joined: nothing was sent, and nothing has changed.")
    }
  }

  private static func sentence(_ joining: Joining) -> Phrase {
    let address = joining.server.address
    switch (joining.organization, joining.person) {
    case (let organization?, let person?):
      return "You are about to join \(organization) at \(address) as \(person)."
    case (let organization?, nil): return "You are about to join \(organization) at \(address)."
    case (nil, let person?): return "You are about to join \(address) as \(person)."
    case (nil, nil): return "You are about to join \(address)."
    }
  }

  private static func key(of server: Joining.Server) -> Phrase {
    server.fingerprint.map { "Its key: \($0)." } ?? "A public certificate authority vouches for it."
  }

  private func given(_ shell: Shell) throws -> String {
    if let invite, invite != "-" { return invite.trimmed }
    if isatty(0) == 1 { shell.console.note("Paste the invite:") }
    guard let line = readLine()?.trimmed, !line.isEmpty else {
      throw Failure.usage("There is no invite: give it as an argument or on standard input.")
    }
    return line
  }
}

struct Version: Command {
  static let name = "version"
  static let about: Phrase = "Print the version."
  let json = JSONOutput()

  func run(in shell: Shell) {
    let console = shell.console
    if json.isWanted {
      console.document(JSON.object([("version", .text(Program.version))]).document)
    } else {
      console.say("kam \(Program.version)")
    }
  }
}
