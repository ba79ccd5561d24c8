import Wording

extension Language {
  /// Read when the first French word is said.
  package static let french = french(isUnicode: true)
  /// For terminals that show little more than ASCII; accents stay, as they do in what people wrote.
  package static let plainFrench = french(isUnicode: false)

  private static func french(isUnicode: Bool) -> Language {
    let catalogue = FrenchCatalogue(isUnicode: isUnicode)
    return Language(
      code: "fr", sentences: catalogue.sentences, words: catalogue.words, nouns: catalogue.nouns,
      grammar: FrenchGrammar(), isUnicode: isUnicode)
  }
}

/// The French tables, read.
package struct FrenchCatalogue {
  private(set) var sentences: [String: String] = [:]
  /// Labels, choices, roles and departments, plurals of nouns, and what help says of fields.
  private(set) var words: [String: String] = [:]
  /// Not the nouns of commands, which are types.
  private(set) var nouns: [String: Wording.Noun] = [:]

  package init(isUnicode: Bool) {
    var reader = CatalogueReader(isUnicode: isUnicode)
    sentences.reserveCapacity(1_000)
    let tables = [
      FrenchTables.help, FrenchTables.messages, FrenchTables.importing, FrenchTables.refusals,
      FrenchTables.pack, FrenchTables.figures,
    ]
    for table in tables {
      reader.readPairs(table, into: &sentences)
    }
    words.reserveCapacity(1_000)
    reader.readPairs(FrenchTables.fieldHelp, into: &words)
    for row in reader.readRows(FrenchTables.words) where row.count == 2 { words[row[0]] = row[1] }
    for row in reader.readRows(FrenchTables.nouns) where row.count >= 4 {
      nouns[row[0]] = Wording.Noun(row[1], row[2], row[3] == "f" ? .feminine : .masculine)
      words[row.count > 4 ? row[4] : Self.englishPlural(of: row[0])] = row[2]
    }
  }

  private static func englishPlural(of noun: String) -> String {
    noun.hasSuffix("y") && !noun.hasSuffix("ay") ? noun.dropLast() + "ies" : noun + "s"
  }
}
