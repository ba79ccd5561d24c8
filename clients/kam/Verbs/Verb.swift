import Speech
import Wording
import Workbench

/// Something that kam does when it is told to: everything that reading a command line, help and completion know of it.
struct Verb {
  /// The words that name it: "task claim".
  let path: String
  /// One sentence.
  let about: Phrase
  /// What else help says.
  var more: Phrase = .nothing
  /// What it takes besides other options: for a record of any kind its fields are known when the record is.
  var takesAnyOption = false
  let parameters: () -> [Parameter]
  /// - Parameter words: Checked against ``parameters``.
  let run: (_ words: Words, _ shell: Shell) async throws -> Void
}

/// A verb that is written as a type: its properties are what it takes.
protocol Command: SendableMetatype {
  /// The words that name it: "task claim".
  static var name: String { get }
  static var about: Phrase { get }
  static var more: Phrase { get }
  init()
  /// - Throws: ``Failure`` when what was given does not go together.
  func validate() throws
  func run(in shell: Shell) async throws
}

extension Command {
  static var more: Phrase { .nothing }
  func validate() throws {}
}

extension Verb {
  init(_ type: any Command.Type) {
    self.init(
      path: type.name, about: type.about, more: type.more,
      parameters: { takers(of: type.init()).map(\.parameter) },
      run: { words, shell in
        let command = type.init()
        try words.give(to: takers(of: command))
        try command.validate()
        try await command.run(in: shell)
      })
  }

  /// "kam task claim"
  var called: String { "kam \(path)" }

  /// What must be given, and the positions: "kam task assign TASK WHO".
  var usage: String {
    let shown = parameters().compactMap { parameter -> String? in
      guard parameter.isPosition || parameter.isRequired else { return nil }
      let name = parameter.usage + (parameter.isRepeated ? "…" : "")
      return parameter.isRequired ? name : "[\(name)]"
    }
    return ([called] + shown).joined(separator: " ")
  }

  /// Reads the words after the verb, and does what they say.
  func run(_ rest: [String], in shell: Shell) async throws { try await run(Words(rest, of: self), shell) }
}
