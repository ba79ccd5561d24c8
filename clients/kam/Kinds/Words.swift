import Wording

/// The words after a verb, told apart: positions, `--option value`, flags.
///
/// ArgumentParser's options are properties of a type; a kind's fields are data. So these words are read here.
struct Words: Equatable {
  struct Option: Equatable {
    let name: String
    let value: String
  }

  private(set) var positionals: [String] = []
  private(set) var options: [Option] = []
  private(set) var flags: Set<String> = []

  /// - Parameter flags: The options without a value. Every other one takes the next word, or what follows its "=".
  /// - Throws: ``Failure`` for an option without its value, or an unknown short option.
  init(_ words: [String], flags known: Set<String>) throws {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        positionals += rest
        return
      }
      if word == "-h" { self.flags.insert("help"); continue }
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
      let alike = nearest(to: option.name, among: allowed, count: 1).first
      throw Failure.usage(
        "Unknown option --\(option.name)."
          + (alike.map { " Did you mean --\($0)?" } ?? " See --help for the options."))
    }
  }

  /// - Parameter names: What stands in each place, for the message: ["ACCOUNT", "TITLE"].
  func check(positionals names: [String]) throws {
    if positionals.count < names.count {
      throw Failure.usage("\(names[positionals.count]) is missing. See --help.")
    }
    if positionals.count > names.count {
      throw Failure.usage(
        "“\(positionals[names.count])” is one word too many; put a text of several words in quotes.")
    }
  }

  /// The last value given; options that may come several times are read from ``options``.
  func single(_ name: String) throws -> String? {
    let given = options.filter { $0.name == name }
    guard given.count <= 1 else { throw Failure.usage("--\(name) is given \(given.count) times.") }
    return given.first?.value
  }

  func all(_ name: String) -> [String] { options.filter { $0.name == name }.map(\.value) }
}
