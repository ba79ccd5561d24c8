/// French: articles and plurals by gender, "de le" said "du", and a space before high punctuation.
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
    guard let name else { return "de vous" }
    return Self.isElided(name) ? "d’\(name)" : "de \(name)"
  }

  package func list(_ texts: [String], or: Bool) -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + (or ? " ou " : " et ") + last
  }

  package func append(_ argument: String, to text: inout String) {
    for (preposition, contracted) in [("de ", "du "), ("à ", "au "), ("De ", "Du ")]
    where text.hasSuffix(preposition) && argument.hasPrefix("le ") {
      let begins = text.count == preposition.count || text.dropLast(preposition.count).last == " "
      guard begins else { continue }
      text = text.dropLast(preposition.count) + contracted + argument.dropFirst(3)
      return
    }
    text += argument
  }

  /// Whether "le", "la" and "de" lose their vowel before it.
  private static func isElided(_ word: String) -> Bool {
    guard let first = word.first else { return false }
    return "aeiouyàâäéèêëîïôöûüœh".contains(first.lowercased())
  }
}
