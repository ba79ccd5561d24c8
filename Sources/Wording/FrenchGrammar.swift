/// French: articles and plurals by gender, "de le" said "du", "de une" said "d’une".
package struct FrenchGrammar: Grammar {
  package init() {}

  package func counted(_ count: Int, _ noun: Noun?, english: String) -> String {
    guard let noun else { return "\(count) \(english)" }
    // Nought and one are singular.
    return "\(count) \(count < 2 ? noun.singular : noun.plural)"
  }

  package func indefinite(_ noun: Noun?, english: String) -> String {
    guard let noun else { return english }
    return "\(noun.gender == .feminine ? "une" : "un") \(noun.singular)"
  }

  package func named(_ noun: Noun?, english: String, _ name: String) -> String {
    guard let noun else { return "\(english) \(name)" }
    let article = Self.isElided(noun.singular) ? "l’" : noun.gender == .feminine ? "la " : "le "
    return "\(article)\(noun.singular) \(name)"
  }

  package func belonging(to name: String?) -> String {
    guard let name else { return "de vous-même" }
    return Self.isElided(name) ? "d’\(name)" : "de \(name)"
  }

  package func list(_ texts: [String], or: Bool) -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + (or ? " ou " : " et ") + last
  }

  package func append(_ argument: String, to text: inout String) {
    if argument.hasPrefix("le ") {
      for (preposition, contracted) in [("de ", "du "), ("De ", "Du "), ("à ", "au "), ("À ", "Au ")]
      where Self.ends(text, in: preposition) {
        text = text.dropLast(preposition.count) + contracted + argument.dropFirst(3)
        return
      }
    } else if Self.ends(text, in: "de ") || Self.ends(text, in: "De "), Self.beginsWithVowel(argument) {
      text = text.dropLast(2) + "’"
    }
    text += argument
  }

  /// Whether a text ends in a word; "commande " does not end in "de ".
  private static func ends(_ text: String, in word: String) -> Bool {
    guard text.hasSuffix(word) else { return false }
    return text.dropLast(word.count).last.map { !$0.isLetter } ?? true
  }

  /// Not of "h" and "y": whether those elide depends on the word, and what is not elided is still understood.
  private static func beginsWithVowel(_ text: String) -> Bool {
    guard let first = text.first else { return false }
    return "aeiouàâäéèêëîïôöûüœ".contains(first.lowercased())
  }

  /// Whether "le", "la" and "de" lose their vowel before it.
  private static func isElided(_ word: String) -> Bool {
    guard let first = word.first else { return false }
    return "aeiouyàâäéèêëîïôöûüœh".contains(first.lowercased())
  }
}
