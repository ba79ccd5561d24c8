import ArgumentParser
import CMalloc
import CPrivacy
import Foundation
import PlanModel
import Replica
import SyncClient
import Wording

@main
struct Kam: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "kam",
    abstract: said("Key account plans, on your own replica: edit offline, sync when there is a network."),
    discussion: said(
      """
      An account is named by its short name (acme); any other record by the handle that `add` and `list` print \
      (7QK2), by its line in the last list (3), or by its id. People are named by e-mail address, or by the \
      beginning of it or of their name. Every list, show, add and sync takes --json.

      Only join, sync, history, device, user, department add, and account share, unshare, leave, engage and \
      disengage need a network.

      EXIT CODES
        0  done, or waiting to be synced
        1  refused, or not found
        2  the command line is wrong
        3  the server was not reached; every edit is kept

      ENVIRONMENT
        KAM_HOME     the directory of this replica
        https_proxy  the proxy to the server, http://USER:PASSWORD@HOST:PORT; else HTTPS_PROXY, all_proxy, ALL_PROXY
        no_proxy     servers that need none: example.com, host:port, addresses, 10.0.0.0/8, *; else NO_PROXY
        LANG         the language, as fr_FR.UTF-8
      """),
    version: version,
    subcommands: [Complete.self],
    groupedSubcommands: [
      CommandGroup(name: said("Network"), subcommands: [Join.self, Sync.self, Status.self]),
      CommandGroup(name: said("Your desk"), subcommands: [Inbox.self, Find.self, Handover.self]),
      CommandGroup(name: said("Plans"), subcommands: nouns(of: .plan).map { $0.command }),
      CommandGroup(
        name: said("Figures"),
        subcommands: [
          KPI.self, CLV.self, Rank.self, ABC.self, AccountHealth.self, Targets.self, Criteria.self,
          Report.self,
        ]),
      CommandGroup(name: said("Finances"), subcommands: nouns(of: .finance).map { $0.command }),
      CommandGroup(name: said("Directory"), subcommands: nouns(of: .directory).map { $0.command }),
      CommandGroup(
        name: said("Any record"),
        subcommands: [
          Show<AnyRecord>.self, Edit<AnyRecord>.self, Delete<AnyRecord>.self, Restore<AnyRecord>.self,
          CommentOn.self, History.self, Twins.self, Merging.self,
        ]),
      CommandGroup(
        name: said("More"),
        subcommands: [
          DeviceCommand.self, UserCommand.self, Conflicts.self, Witness.self,
          Import.self, Export.self, Check.self, DoctorCommand.self,
          Completions.self,
          Version.self,
        ]),
    ])

  static func main() async {
    // What is in memory is for no dump, and for no other program of the same person: credential, invite, plans.
    keepMemoryPrivate()
    // One heap for all threads: only one works at a time, and glibc grows the heaps of the others page by page.
    mallopt(M_ARENA_MAX, 1)
    do {
      let arguments = Import.helpOfFile(try givenArguments())
      if try runDirectly(arguments) { return }
      var command = try parse(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      Foundation.exit(report(error))
    }
  }

  /// Runs a command whose words it reads itself, such as "task list", without a parser for all the others.
  ///
  /// Building the parser of every kind's every command takes longer than storing an edit.
  private static func runDirectly(_ arguments: [String]) throws -> Bool {
    guard arguments.count >= 2, !Shell.current.mayAskHelp else { return false }
    if var command = AnyRecord.command(ofVerb: arguments[0]) {
      command.words = Array(arguments.dropFirst())
      try command.run()
      return true
    }
    guard let noun = noun(named: arguments[0]),
      var command = noun.command(ofVerb: arguments[1])
    else { return false }
    command.words = Array(arguments.dropFirst(2))
    try command.run()
    return true
  }

  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    if let command = parseAlone(arguments) { return command }
    return try parseAsRoot(arguments)
  }

  /// Parses a command without the tree it stands in, for the same reason.
  ///
  /// - Returns: nil when it cannot be parsed: the whole tree then says why, with the command's full name.
  private static func parseAlone(_ arguments: [String]) -> (any ParsableCommand)? {
    guard let first = arguments.first, !Shell.current.mayAskHelp else { return nil }
    if let noun = noun(named: first) {
      guard arguments.count > 1, let verb = noun.ownVerbs.first(where: { $0.name == arguments[1] }) else {
        return nil
      }
      return try? verb.parseAsRoot(Array(arguments.dropFirst(2)))
    }
    let alone: [any ParsableCommand.Type] = [
      Sync.self, Status.self, Inbox.self, Find.self, Version.self, CommentOn.self, Import.self, History.self,
      Conflicts.self, Complete.self, KPI.self, CLV.self, Rank.self, ABC.self, AccountHealth.self,
      Targets.self,
      Report.self, Merging.self,
    ]
    guard let command = alone.first(where: { $0.name == first }) else { return nil }
    return try? command.parseAsRoot(Array(arguments.dropFirst()))
  }

  /// The command line, which Swift would mend silently where it is not text.
  private static func givenArguments() throws -> [String] {
    try (1..<max(1, Int(CommandLine.argc))).map { place in
      guard let bytes = CommandLine.unsafeArgv[place] else { return "" }
      guard let text = String(validatingCString: bytes) else {
        throw Failure.usage("Argument \(place) is not valid UTF-8 text.")
      }
      return text
    }
  }
}

// MARK: - Ending

extension Kam {
  /// Tells why it failed, in words or, when asked for JSON, as JSON.
  ///
  /// - Returns: the exit code.
  static func report(_ error: any Error) -> Int32 {
    let shell = Shell.current
    guard let failure = failure(of: error) else {
      shell.console.document(shell.language.parserWords(fullMessage(for: error)))
      return 0
    }
    if shell.wantsJSON {
      FileHandle.standardError.write(Data((failure.json.document + "\n").utf8))
    } else {
      // Only the parser's usage has lines of its own; people's words are on one.
      let ending = failure.name == "not-found" && !failure.candidates.isEmpty ? said(" Nearest:") : ""
      for line in ("kam: \(failure.sentence)\(ending)").split(separator: "\n") {
        shell.console.note(.verbatim(String(line)))
      }
      for candidate in failure.candidates { shell.console.note("  \(candidate)") }
    }
    return failure.code.rawValue
  }

  /// - Returns: nil when it is none: help or the version was asked for.
  static func failure(of error: any Error) -> Failure? {
    switch error {
    case let error as Failure: return error
    case let error as Refusal: return .refused(error.phrase)
    case let error as ClientError:
      return error.isUnreachable
        ? Failure(.unreachable, "unreachable", error.phrase) : .refused(error.phrase)
    case let error as SchemaAhead:
      return .refused("This version of kam does not know kind \(error.kind); upgrade it.")
    default:
      if let phrase = Replica.phrase(for: error) { return Failure(.refused, "storage", phrase) }
      return parserFailure(error)
    }
  }

  private static func parserFailure(_ error: any Error) -> Failure? {
    guard exitCode(for: error) != .success else { return nil }
    guard exitCode(for: error) == .validationFailure else {
      return .refused("It failed: \(message(for: error))")
    }
    if let unknown = unknownCommand(CommandLine.arguments.dropFirst()) { return unknown }
    let text = Shell.current.wantsJSON ? message(for: error) : fullMessage(for: error).withoutErrorPrefix
    return .usage(.verbatim(Shell.current.language.parserWords(text)))
  }
}

extension Kam {
  /// A word in the place of a command that is none, with the one that may have been meant.
  static func unknownCommand(_ words: some Collection<String>) -> Failure? {
    let (command, rest) = command(of: words)
    let names = command.configuration.subcommands.filter { $0.configuration.shouldDisplay }.map { $0.name }
    guard !names.isEmpty, command.configuration.defaultSubcommand == nil, let word = rest.first,
      !word.hasPrefix("-")
    else { return nil }
    let place = (["kam"] + words.prefix(words.count - rest.count)).joined(separator: " ")
    let alike = nearest(to: word, among: names)
    return .usage(
      alike.isEmpty
        ? "There is no command `\(place) \(word)`. See `\(place) --help`."
        : "There is no command `\(place) \(word)`. Did you mean \(enumerated(alike.map { .verbatim($0) }, or: true))?"
    )
  }

  /// The command that the first words name, and the words after them.
  static func command(
    of words: some Collection<String>
  ) -> (any ParsableCommand.Type, rest: ArraySlice<String>) {
    var command: any ParsableCommand.Type = Kam.self
    var rest = Array(words)[...]
    while let word = rest.first,
      let next = command.configuration.subcommands.first(where: { $0.name == word })
    {
      command = next
      rest = rest.dropFirst()
    }
    return (command, rest)
  }
}

extension ParsableCommand {
  static var name: String { configuration.commandName ?? _commandName }
}

extension String {
  /// ArgumentParser begins its messages with "Error: ".
  fileprivate var withoutErrorPrefix: String { hasPrefix("Error: ") ? String(dropFirst(7)) : self }
}
