/// How phrases become text: words and sentences to look up, and the few rules of grammar that a table cannot hold.
package struct Language: Sendable {
  /// ISO 639-1.
  package let code: String
  /// Whether its signs may go beyond ASCII: a space that never breaks between thousands.
  package let isUnicode: Bool
  /// From the English key to the sentence in this language, with the same placeholders.
  let sentences: [String: String]
  /// Words of the model, by their English.
  let words: [String: String]
  let nouns: [String: Noun]
  let grammar: any Grammar
  /// Where it is read.
  private(set) var frontEnd: any FrontEnd = PlainWords()

  package init(
    code: String, sentences: [String: String], words: [String: String], nouns: [String: Noun],
    grammar: any Grammar, isUnicode: Bool = true
  ) {
    self.code = code
    self.isUnicode = isUnicode
    self.sentences = sentences
    self.words = words
    self.nouns = nouns
    self.grammar = grammar
  }

  /// The same, read in a front end that names actions and fields its own way.
  package func read(in frontEnd: some FrontEnd) -> Language {
    var language = self
    language.frontEnd = frontEnd
    return language
  }

  package static let english = Language(
    code: "en", sentences: [:], words: [:], nouns: [:], grammar: EnglishGrammar())
}

extension Language: Equatable {
  /// A language has one catalogue for each set of signs, so its tables need not be compared.
  package static func == (left: Language, right: Language) -> Bool {
    left.code == right.code && left.isUnicode == right.isUnicode
  }
}

/// A noun in a language that is not English.
package struct Noun: Equatable, Sendable {
  package enum Gender: Sendable { case masculine, feminine }
  package let singular: String
  package let plural: String
  package let gender: Gender

  package init(_ singular: String, _ plural: String, _ gender: Gender) {
    self.singular = singular
    self.plural = plural
    self.gender = gender
  }
}

/// What differs between languages beyond the words.
package protocol Grammar: Sendable {
  /// - Parameter noun: nil when the language has none for it; `english` is what it is called then.
  func counted(_ count: Int, _ noun: Noun?, english: String) -> String
  func indefinite(_ noun: Noun?, english: String) -> String
  func named(_ noun: Noun?, english: String, _ name: String) -> String
  func belonging(to name: String?) -> String
  func list(_ texts: [String], or: Bool) -> String
  /// Puts `argument` after `text`: where two words contract, they do here.
  func append(_ argument: String, to text: inout String)
}

// MARK: - Rendering

extension Language {
  func text(_ phrase: Phrase) -> String {
    switch phrase.part {
    case .verbatim(let text): return text
    case .word(let word): return self.word(word)
    case .sentence(let key, let arguments):
      // A sentence of one word may be one of the model's: the title of a column often is.
      return filled(sentences[key] ?? (arguments.isEmpty ? word(key) : key), with: arguments)
    case .counted(let count, let noun): return grammar.counted(count, nouns[noun], english: noun)
    case .indefinite(let noun):
      let label = noun.hyphensAsSpaces
      return grammar.indefinite(nouns[label], english: noun)
    case .named(let noun, let name): return grammar.named(nouns[noun], english: noun, name)
    case .belonging(let name): return grammar.belonging(to: name)
    case .list(let phrases, let or): return grammar.list(phrases.map(text), or: or)
    case .capitalized(let phrase):
      let text = text(phrase)
      return text.prefix(1).uppercased() + text.dropFirst()
    case .spoken(let value): return value.text(in: self)
    case .action(let action): return frontEnd.name(of: action, in: self)
    case .field(let name): return frontEnd.name(ofField: name, in: self)
    case .joined(let phrases):
      return phrases.reduce(into: "") { result, phrase in grammar.append(text(phrase), to: &result) }
    }
  }

  /// A word of the model in this language; what has no translation stays as it is.
  package func word(_ word: String) -> String {
    if words.isEmpty, nouns.isEmpty { return word }
    if let translation = words[word] { return translation }
    let spaced = word.hyphensAsSpaces
    return words[spaced] ?? nouns[spaced]?.singular ?? word
  }

  package func hasWord(_ word: String) -> Bool {
    words[word] != nil || words[word.hyphensAsSpaces] != nil || nouns[word.hyphensAsSpaces] != nil
  }

  package func hasNoun(_ noun: String) -> Bool { nouns[noun.hyphensAsSpaces] != nil }
  package func sentence(_ key: String) -> String? { sentences[key] }

  /// A sentence whose English is only known when the program runs: what others wrote in a form that is known.
  package func sentence(_ key: String, with arguments: [String]) -> String {
    filled(sentences[key] ?? key, with: arguments.map(Phrase.verbatim))
  }

  package var keys: some Collection<String> { sentences.keys }

  private func filled(_ pattern: String, with arguments: [Phrase]) -> String {
    guard !arguments.isEmpty else { return pattern }
    var result = ""
    var rest = pattern[...]
    while let place = rest.firstIndex(of: "%") {
      result += rest[..<place]
      rest = rest[rest.index(after: place)...]
      guard let digit = rest.first?.wholeNumberValue, arguments.indices.contains(digit - 1) else {
        result.append("%")
        continue
      }
      rest = rest.dropFirst()
      grammar.append(text(arguments[digit - 1]), to: &result)
    }
    return result + rest
  }
}

extension String {
  fileprivate var hyphensAsSpaces: String {
    utf8.contains(UInt8(ascii: "-")) ? replacing("-", with: " ") : self
  }
}

// MARK: - English

struct EnglishGrammar: Grammar {
  func counted(_ count: Int, _ noun: Noun?, english: String) -> String {
    let plural =
      english.hasSuffix("y") && !english.hasSuffix("ay") ? english.dropLast() + "ies" : english + "s"
    return count == 1 ? "1 \(english)" : "\(count) \(plural)"
  }

  func indefinite(_ noun: Noun?, english: String) -> String {
    "\("aeiou".contains(english.first ?? "x") ? "an" : "a") \(english)"
  }

  func named(_ noun: Noun?, english: String, _ name: String) -> String { "\(english) \(name)" }
  func belonging(to name: String?) -> String { name.map { $0 + "'s" } ?? "your" }

  func list(_ texts: [String], or: Bool) -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + (or ? " or " : " and ") + last
  }

  func append(_ argument: String, to text: inout String) { text += argument }
}
