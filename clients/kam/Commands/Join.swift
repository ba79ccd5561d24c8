import ArgumentParser
import Foundation
import PlanModel
import Replica
import SyncClient
import Wording

struct JSONOption: ParsableArguments {
  @Flag(name: .customLong("json"), help: explained("Print JSON."))
  var isWanted = false
}

struct Join: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "join",
    abstract: said("Make this device a replica of the organisation's plans."),
    discussion: said(
      """
      An admin prints the invite (`kamd user add`, `kamd invite`); it works once, for a day. Without INVITE, or with \
      “-”, it is read from standard input, which keeps it out of the shell's history.
      """))

  @Argument(help: explained("The invite, kam-invite.…"))
  var invite: String?

  @Option(help: explained("What the history calls this device.", valueName: "text"))
  var deviceName: String?

  @OptionGroup var json: JSONOption

  func run() async throws {
    let shell = Shell.current
    let home = try Home(environment: shell.environment)
    let identity = try await Connection.join(
      invite: try given(shell), deviceName: deviceName ?? ProcessInfo.processInfo.hostName, home: home,
      proxies: shell.proxies)
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

  private func given(_ shell: Shell) throws -> String {
    if let invite, invite != "-" { return invite.trimmed }
    if isatty(0) == 1 { shell.console.note("Paste the invite:") }
    guard let line = readLine()?.trimmed, !line.isEmpty else {
      throw Failure.usage("There is no invite: give it as an argument or on standard input.")
    }
    return line
  }
}

struct Version: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: said("Print the version."))
  @OptionGroup var json: JSONOption

  func run() {
    let console = Shell.current.console
    if json.isWanted {
      console.document(JSON.object([("version", .text(Kam.version))]).document)
    } else {
      console.say("kam \(Kam.version)")
    }
  }
}
