import Speech
import Wording
import Workbench

/// The words after a verb, told apart: positions, `--option value`, flags.
///
/// What a verb takes is checked in ``init(_:of:)``.
struct Words: Equatable {
  struct Option: Equatable {
    let name: String
    let value: String
  }

  private(set) var positionals: [String] = []
  private(set) var options: [Option] = []
  private(set) var flags: Set<String> = []

  /// - Parameters:
  ///   - flags: The options without a value. Every other one takes the next word, or what follows its "=".
  ///   - taking: The options with one; nil: any may be given, and are checked later.
  /// - Throws: ``Failure`` for an option without its value, or an unknown one.
  init(_ words: [String], flags known: Set<String>, options taking: [String]? = nil) throws {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        positionals += rest
        return
      }
      guard word.hasPrefix("--") else {
        if word.hasPrefix("-"), word.count == 2, word.last?.isLetter == true {
          throw Failure.usage(
            "Unknown option \(word). (For a text that begins with a hyphen, write -- before it.)")
        }
        positionals.append(word)
        continue
      }
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts.first.map(String.init) ?? ""
      if known.contains(name) {
        guard parts.count == 1 else { throw Failure.usage("--\(name) takes no value.") }
        self.flags.insert(name)
      } else if let taking, !taking.contains(name) {
        throw Self.unknown(name, among: taking + known)
      } else if parts.count == 2 {
        options.append(Option(name: name, value: String(parts[1])))
      } else if let value = rest.first, !value.hasPrefix("--") {
        options.append(Option(name: name, value: value))
        rest.removeFirst()
      } else {
        throw Failure.usage(
          "--\(name) needs a value. (One that begins with two hyphens is written --\(name)=…)")
      }
    }
  }

  /// Refuses options that the command does not have.
  func check(options allowed: [String]) throws {
    for option in options where !allowed.contains(option.name) {
      throw Self.unknown(option.name, among: allowed)
    }
  }

  private static func unknown(_ name: String, among allowed: [String]) -> Failure {
    let alike = nearest(to: name, among: allowed, count: 1).first
    return .usage(
      "Unknown option --\(name)." + (alike.map { " Did you mean --\($0)?" } ?? " See --help for the options.")
    )
  }

  /// The last value given; options that may come several times are read from ``options``.
  func single(_ name: String) throws -> String? {
    let given = options.filter { $0.name == name }
    guard given.count <= 1 else { throw Failure.usage("\(field: name) is given \(given.count) times.") }
    return given.first?.value
  }

  mutating func add(_ option: Option) { options.append(option) }
  mutating func keep(positionals words: [String]) { positionals = words }

  func all(_ name: String) -> [String] { options.filter { $0.name == name }.map(\.value) }
}

extension Words {
  /// The options as fields of a record.
  var fields: FieldTexts { FieldTexts(options.map { ($0.name, $0.value) }) }
}
