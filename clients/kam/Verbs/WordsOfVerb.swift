import Speech
import Wording
import Workbench

extension Words {
  /// Reads and checks the words after a verb.
  ///
  /// - Throws: ``Failure`` for an unknown option, one word too many, and what is missing.
  init(_ rest: [String], of verb: Verb) throws {
    let parameters = verb.parameters()
    try self.init(
      rest, flags: Set(parameters.filter { $0.form == .flag }.map(\.name)),
      options: verb.takesAnyOption
        ? nil : parameters.filter { $0.isOption && $0.form != .flag }.map(\.name))
    try place(parameters, of: verb)
    for parameter in parameters where parameter.isOption && !parameter.isRepeated && !verb.takesAnyOption {
      _ = try single(parameter.name)
    }
  }

  /// Gives each position its words. What could have been an option becomes one.
  private mutating func place(_ parameters: [Parameter], of verb: Verb) throws {
    let places = parameters.filter { $0.isPosition && all($0.name).isEmpty }
    var rest = positionals[...]
    var plain: [String] = []
    for parameter in places {
      let taken = rest.prefix(parameter.isRepeated ? rest.count : 1)
      rest = rest.dropFirst(taken.count)
      if parameter.form == .either {
        for word in taken { add(Option(name: parameter.name, value: word)) }
      } else {
        plain += taken
      }
    }
    if let surplus = rest.first {
      throw Failure.usage("“\(surplus)” is one word too many; put a text of several words in quotes.")
    }
    keep(positionals: plain)
    try checkMissing(parameters, of: verb, places: plain.count)
  }

  private func checkMissing(_ parameters: [Parameter], of verb: Verb, places: Int) throws {
    var places = places
    for parameter in parameters {
      let isGiven: Bool
      if parameter.form == .position {
        isGiven = places > 0
        places -= 1
      } else {
        isGiven = !all(parameter.name).isEmpty
      }
      guard isGiven || !parameter.isRequired else {
        throw Failure.usage(
          "\(parameter.spoken) is missing: `\(verb.usage)`. See `\(verb.called) --help`.")
      }
    }
  }

  /// Gives a command's properties what was said for them. Those that nothing was said for stay as they are.
  func give(to takers: [any WordsTaker]) throws {
    var rest = positionals[...]
    for taker in takers {
      let words: [String]
      switch taker.parameter.form {
      case .flag: words = flags.contains(taker.parameter.name) ? [""] : []
      case .option, .either: words = all(taker.parameter.name)
      case .position:
        words = Array(rest.prefix(taker.parameter.isRepeated ? rest.count : 1))
        rest = rest.dropFirst(words.count)
      }
      if !words.isEmpty { try taker.take(words) }
    }
  }
}
