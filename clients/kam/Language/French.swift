import Wording

extension Language {
  static let french = Language(code: "fr", sentences: [:], words: [:], nouns: [:], grammar: FrenchGrammar())
}
