/// Words for people, before they are in a language.
///
/// Written as a string literal in English, which is also the key of its translations: "Added \(name) to \(account)." is
/// the key "Added %1 to %2." with two arguments. What people wrote themselves is an argument, and never translated.
package struct Phrase: Equatable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
  indirect enum Part: Sendable {
    case sentence(key: String, arguments: [Phrase])
    /// As it is in every language: names, what people wrote, commands to type.
    case verbatim(String)
    /// A word of the model: a kind, a field, a choice, a role.
    case word(String)
    /// "3 changes".
    case counted(Int, noun: String)
    /// "a task", "an account".
    case indefinite(noun: String)
    /// "task 7QK2": French says "la tâche 7QK2".
    case named(noun: String, String)
    /// "your" or "Ana's".
    case belonging(to: String?)
    case list([Phrase], or: Bool)
    case capitalized(Phrase)
    case joined([Phrase])
    case spoken(any Spoken)
    /// What one can do, as the front end offers it.
    case action(Action)
    /// What one fills in, as the front end calls it.
    case field(String)
  }

  let part: Part

  init(_ part: Part) { self.part = part }

  package init(stringLiteral value: String) { part = .sentence(key: value, arguments: []) }

  package init(stringInterpolation: StringInterpolation) {
    part = .sentence(key: stringInterpolation.key, arguments: stringInterpolation.arguments)
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var key = ""
    fileprivate var arguments: [Phrase] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { key += literal }

    package mutating func appendInterpolation(_ phrase: Phrase) {
      arguments.append(phrase)
      key += "%\(arguments.count)"
    }

    /// Disfavored, or the words in \(isDone ? "done" : "cancelled") would be strings, and stay English.
    @_disfavoredOverload
    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      appendInterpolation(Phrase.verbatim(value.description))
    }

    package mutating func appendInterpolation(word: String) { appendInterpolation(Phrase.word(word)) }
    package mutating func appendInterpolation(action: Action) { appendInterpolation(Phrase.action(action)) }
    package mutating func appendInterpolation(field: String) { appendInterpolation(Phrase.field(field)) }
  }

  /// The English text.
  package var description: String { text(in: .english) }

  package func text(in language: Language) -> String { language.text(self) }

  /// They say the same, however they are put together.
  package static func == (left: Phrase, right: Phrase) -> Bool { left.description == right.description }
}

/// A value that has no words, and that languages write in different ways: a day, an amount, a number.
package protocol Spoken: Sendable {
  func text(in language: Language) -> String
}

extension DefaultStringInterpolation {
  /// A phrase has no text before it is known who reads it; in a string it would be English for everybody.
  @available(*, deprecated, message: "say it to a reader, or take its English: description")
  package mutating func appendInterpolation(_ phrase: Phrase) { appendInterpolation(phrase.description) }
}

// MARK: - What it names

extension Phrase {
  /// What it says that one can do, in its order: a page offers them as buttons.
  package var actions: [Action] {
    named { if case .action(let action) = $0 { action } else { nil } }
  }

  /// What it says that is to be filled in, or is filled in wrongly, in its order.
  package var fields: [String] {
    named { if case .field(let name) = $0 { name } else { nil } }
  }

  private func named<Value>(_ value: (Part) -> Value?) -> [Value] {
    if let found = value(part) { return [found] }
    switch part {
    case .sentence(_, let phrases), .list(let phrases, _), .joined(let phrases):
      return phrases.flatMap { $0.named(value) }
    case .capitalized(let phrase): return phrase.named(value)
    case .verbatim, .word, .counted, .indefinite, .named, .belonging, .spoken, .action, .field: return []
    }
  }
}

// MARK: - Other ways to make one

extension Phrase {
  package static let nothing = Phrase.verbatim("")

  package static func verbatim(_ text: String) -> Phrase { Phrase(.verbatim(text)) }
  /// - Parameter word: In English, as the model has it; hyphens read as spaces.
  package static func word(_ word: String) -> Phrase { Phrase(.word(word)) }
  package static func named(_ noun: String, _ name: String) -> Phrase { Phrase(.named(noun: noun, name)) }
  /// - Parameter name: nil: the reader's own.
  package static func belonging(to name: String?) -> Phrase { Phrase(.belonging(to: name)) }

  /// A day, an amount or a number, as the reader's language writes it.
  package static func spoken(_ value: some Spoken) -> Phrase { Phrase(.spoken(value)) }

  package static func action(_ action: Action) -> Phrase { Phrase(.action(action)) }
  /// - Parameter name: As the model or the command calls it.
  package static func field(_ name: String) -> Phrase { Phrase(.field(name)) }

  package static func + (left: Phrase, right: Phrase) -> Phrase { Phrase(.joined([left, right])) }
  package static func += (left: inout Phrase, right: Phrase) { left = left + right }

  package var isEmpty: Bool { description.isEmpty }
}

/// "1 change", "3 changes".
package func counted(_ count: Int, _ noun: String) -> Phrase { Phrase(.counted(count, noun: noun)) }

/// "a task", "an account".
package func withArticle(_ noun: String) -> Phrase { Phrase(.indefinite(noun: noun)) }

/// "title", "title and due", "title, due and priority".
package func enumerated(_ phrases: [Phrase], or: Bool = false) -> Phrase { Phrase(.list(phrases, or: or)) }

/// The same with a capital letter first.
package func capitalized(_ phrase: Phrase) -> Phrase { Phrase(.capitalized(phrase)) }
