import ArgumentParser
import PlanModel
import Replica
import Wording

/// A command whose options are made from a kind's description.
protocol RecordCommand: ParsableCommand {
  associatedtype N: Noun
  static var verb: String { get }
  static var abstract: String { get }
  static var positionals: [String] { get }
  static var options: [FieldOption] { get }
  var words: [String] { get set }
  func run(_ words: Words, in workspace: Workspace) throws
}

extension RecordCommand {
  static var configuration: CommandConfiguration {
    // Its text is made for whoever asks for it, not for every start of the program.
    let isAsked = Shell.current.mayAskHelp
    let usage = ["kam"] + (N.kind.map { [$0.name] } ?? []) + [verb] + positionals
    return CommandConfiguration(
      commandName: verb, abstract: abstract,
      usage: (usage + (options.isEmpty ? [] : [said("[--option value]…")])).joined(separator: " "),
      discussion: isAsked ? discussion : "")
  }

  private static var discussion: String {
    let width = Shell.current.console.width ?? 80
    return options.isEmpty ? "" : said("OPTIONS OF ITS OWN") + "\n" + optionHelp(options, width: width)
  }

  func run() throws {
    let words = try Words(
      self.words, flags: Set(["help"] + Self.options.filter { $0.placeholder == nil }.map(\.name)))
    if words.flags.contains("help") { throw CleanExit.helpRequest(Self.self) }
    // For a record of any kind the options are known when the record is.
    if N.kind != nil {
      try words.check(options: Self.options.map(\.name))
    }
    try words.check(positionals: Self.positionals)
    try run(words, in: try Workspace())
  }
}

extension Shell {
  var mayAskHelp: Bool {
    let words = CommandLine.arguments.dropFirst()
    return words.first == "help" || words.contains { ["-h", "--help", "--help-hidden"].contains($0) }
  }
}
