import PlanModel
import Speech
import Wording
import Workbench

extension VerbTable {
  private static let foundMax = 10

  /// Commands that have to do with a word, in English or French, best first: "backup", "merge", "réclamation".
  static func found(_ text: String) -> [(path: String, about: Phrase)] {
    let wanted = tokens(text)
    guard !wanted.isEmpty else { return [] }
    var found: [(path: String, about: Phrase, rank: Int)] = []
    for entry in entries() {
      let rank = entry.texts.firstIndex { texts in
        let known = Set(texts.flatMap(tokens))
        return wanted.allSatisfy { word in known.contains { isLike($0, word) } }
      }
      if let rank { found.append((entry.path, entry.about, rank)) }
    }
    // In the order of help where they fit alike.
    return found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .prefix(foundMax).map { ($0.element.path, $0.element.about) }
  }

  /// What is said of each command, what names it first.
  private static func entries() -> [(path: String, about: Phrase, texts: [[String]])] {
    let nouns = kinds.flatMap(\.words).compactMap { word in
      noun(word).map { kind in
        let fields = kind.registers.map(\.label) + kind.registers.flatMap(choices)
        return (
          path: word, about: about(word),
          texts: [also(word), both(word: kind.label) + both(word: kind.plural), fields.flatMap(both)]
        )
      }
    }
    let verbs = commands.filter { $0.name != "complete" }.map { type in
      let verb = Verb(type)
      return (
        path: verb.path, about: verb.about,
        texts: [[verb.path] + also(verb.path), both(verb.about), both(verb.more)]
      )
    }
    let records = recordVerbs(of: nil).compactMap { recordVerb($0, nil) }.map { verb in
      (path: verb.path, about: verb.about, texts: [[verb.path] + also(verb.path), both(verb.about)])
    }
    return verbs + records + nouns
  }

  private static func also(_ path: String) -> [String] {
    Synonyms.all.filter { $0.verb == path }.map(\.words)
  }

  private static func both(_ phrase: Phrase) -> [String] { [phrase.description, phrase.text(in: .french)] }
  private static func both(word: String) -> [String] { both(.word(word)) }

  private static func choices(_ register: RegisterDescription) -> [String] {
    switch register.type {
    case .choice(let choices), .graded(let choices): choices.all.map(\.name)
    default: []
    }
  }

  private static func tokens(_ text: String) -> [String] {
    folded(text).split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// The beginning of a word is like it, and a word is like its plural.
  private static func isLike(_ known: String, _ wanted: String) -> Bool {
    if known == wanted || wanted == known + "s" || wanted == known + "x" { return true }
    return wanted.count >= 4 && known.hasPrefix(wanted)
  }
}
