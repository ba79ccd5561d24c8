import Foundation
import PlanModel
@testable import Speech
import Testing
import Wording
import Workbench

@testable import kam

private let catalogue = FrenchCatalogue(isUnicode: true)

@Suite("The words of the model in French")
struct ModelTranslationTests {
  @Test("every kind is a noun with its plural", arguments: PlanModel.kinds.map(\.name))
  func kinds(name: String) throws {
    let kind = try #require(PlanModel.kind(named: name))
    let noun = try #require(catalogue.nouns[kind.label], "\(kind.label)")
    #expect(catalogue.words[kind.plural] == noun.plural, "\(kind.plural)")
  }

  @Test(
    "every field has a label, every choice a name, and help says what a field is",
    arguments: PlanModel.kinds.map(\.name))
  func fields(name: String) throws {
    let kind = try #require(PlanModel.kind(named: name))
    for register in kind.registers {
      #expect(Language.french.hasWord(register.label), "\(register.label)")
      #expect(catalogue.words[register.help] != nil, "\(register.help)")
      for choice in register.choices {
        #expect(Language.french.hasWord(choice), "\(choice) (\(register.label))")
      }
    }
  }

  @Test("no two fields of a kind, and no two choices of a field, have the same name")
  func distinguishes() {
    for kind in PlanModel.kinds {
      let labels = kind.registers.map { folded(Language.french.word($0.label)) }
      #expect(Set(labels).count == labels.count, "\(kind.name): \(labels)")
      for register in kind.registers {
        let choices = register.choices.map { folded(Language.french.word($0)) }
        #expect(Set(choices).count == choices.count, "\(kind.name), \(register.label): \(choices)")
      }
    }
  }

  @Test("a choice that is typed in French is the one that was meant, whatever its case and accents")
  func choicesAreRead() {
    for register in PlanModel.kinds.flatMap(\.registers) {
      guard case .choice(let choices) = register.type else { continue }
      for choice in choices.all {
        let french = Language.french.word(choice.name)
        for typed in [french, french.uppercased(), folded(french), french.replacing(" ", with: "-")] {
          #expect(choiceName(typed, among: choices).flatMap { choices.number(named: $0) } == choice.number)
        }
      }
    }
  }

  @Test("no word has two translations: a department, a plural and what help says may be the same word")
  func isOneWord() {
    var reader = CatalogueReader(isUnicode: true)
    for row in reader.readRows(FrenchTables.words) {
      #expect(row.count == 2 && catalogue.words[row[0]] == row[1], "\(row)")
      let noun = catalogue.nouns[row[0]]
      #expect(noun == nil || noun?.singular == row[1], "\(row)")
    }
  }

  @Test("roles are named")
  func roles() {
    let roles =
      AccountRole.allCases.map(\.name) + OrganizationRole.allCases.map(\.name)
      + DepartmentRole.allCases.map(\.name)
    for role in roles { #expect(catalogue.words[role] != nil, "\(role)") }
  }
}

@Suite("The French catalogue")
struct CatalogueTests {
  @Test("whatever kam can say has its French")
  func isComplete() throws {
    for source in try Source.all.get() {
      for literal in source.literals
      where literal.isForPeople && !literal.isCommandLine && !neverTranslated(literal.key)
        && !isMarkup(literal, in: source)
      {
        let isKnown =
          catalogue.sentences[literal.key] != nil || Language.french.hasWord(literal.key)
          || Language.french.hasNoun(literal.key)
        #expect(isKnown, "\(source.path):\(literal.line): \(literal.key.debugDescription)")
      }
    }
  }

  @Test("what kam does not say any more is not kept")
  func isNotStale() throws {
    let said = Set(try Source.all.get().flatMap { $0.literals.map(\.key) })
    for key in catalogue.sentences.keys {
      let isSaid = said.contains(key)
      #expect(isSaid, "\(key.debugDescription)")
    }
    var model: Set<String> = []
    for kind in PlanModel.kinds {
      model.formUnion([kind.label, kind.plural])
      for register in kind.registers {
        model.formUnion([register.label, register.help])
        model.formUnion(register.choices.map { $0.replacing("-", with: " ") })
      }
    }
    model.formUnion(AccountRole.allCases.map(\.name) + OrganizationRole.allCases.map(\.name))
    model.formUnion(DepartmentRole.allCases.map(\.name))
    for noun in catalogue.nouns.keys {
      let isUsed = model.contains(noun) || said.contains(noun)
      #expect(isUsed, "\(noun)")
    }
    // A plural may be of any noun.
    let plurals = Set(catalogue.nouns.values.map(\.plural))
    for (word, french) in catalogue.words {
      let isUsed = model.contains(word) || said.contains(word) || plurals.contains(french)
      #expect(isUsed, "\(word)")
    }
  }

  @Test("a sentence uses what its English uses")
  func usesPlaceholders() {
    for (key, french) in catalogue.sentences {
      #expect(placeholders(french) == placeholders(key), "\(key) / \(french)")
    }
  }

  @Test("it is set as French is: spaces that do not break before high marks and inside guillemets")
  func typography() {
    for french in catalogue.texts {
      #expect(!french.isEmpty)
      #expect(!french.contains("'") && !french.contains("“") && !french.contains("”"), "\(french)")
      let letters = Array(french)
      for (place, letter) in letters.enumerated() {
        let before: Character = place > 0 ? letters[place - 1] : "\u{A0}"
        let after: Character = place + 1 < letters.count ? letters[place + 1] : " "
        switch letter {
        case ";", "!", "?",
          ":" where after == " " || after == "\n":
          #expect(before == "\u{A0}", "\(french)")
        case "»": #expect(before == "\u{A0}", "\(french)")
        case "«": #expect(after == "\u{A0}", "\(french)")
        case "\u{A0}":
          #expect(before != " " && after != " " || place + 1 == letters.count, "\(french)")
        default: break
        }
      }
    }
  }

  @Test("a terminal without UTF-8 gets plain spaces and quotation marks")
  func isPlain() {
    let plain = FrenchCatalogue(isUnicode: false)
    #expect(plain.sentences.count == catalogue.sentences.count && plain.words.count == catalogue.words.count)
    for french in plain.texts {
      #expect(!french.contains { "«»\u{A0}".contains($0) }, "\(french)")
    }
    #expect(plain.sentences["“%1”"] == "\"%1\"")
  }

  @Test("what a table says is read as it is written")
  func reads() {
    var reader = CatalogueReader(isUnicode: true)
    var pairs: [String: String] = [:]
    reader.readPairs(
      #"""
      # not read
      Key: %1\n“x”\s
        Clé : « %1 »\n« x » ? Par :lead, 60 % et %1\s

      :\s
        \s:\s
      Without a translation
      Two
        Deux
      """#, into: &pairs)
    #expect(
      pairs == [
        "Key: %1\n“x” ":
          "Clé\u{A0}: «\u{A0}%1\u{A0}»\n«\u{A0}x\u{A0}»\u{A0}? Par :lead, 60\u{A0}% et %1 ",
        ": ": "\u{A0}: ", "Two": "Deux",
      ])
    #expect(
      reader.readRows("# no\nday | jour | jours | m\nperson | personne\n")
        == [["day", "jour", "jours", "m"], ["person", "personne"]])
  }
}

@Suite("French, said")
struct FrenchSentenceTests {
  private func french(_ phrase: Phrase) -> String {
    phrase.text(in: .french.read(in: CommandWords())).replacing("\u{A0}", with: " ")
  }

  @Test("articles contract and elide, nouns agree, and lists are joined")
  func grammar() {
    let account = Phrase.named("account", "acme")
    #expect(french(counted(0, "refused edit")) == "0 modification refusée")
    #expect(french(counted(2, "refused edit")) == "2 modifications refusées")
    #expect(french(withArticle("contact-point")) == "une coordonnée")
    #expect(french(.named("opportunity", "7QK2")) == "l’opportunité 7QK2")
    #expect(french(enumerated([.word("title"), .word("due")])) == "titre et échéance")
    #expect(french("Added \(account); waiting to sync.") == "Ajout du compte acme ; à synchroniser.")
    #expect(
      french("Commented on \(account) (\("7QK2")); waiting to sync.")
        == "Commentaire ajouté au compte acme (7QK2) ; à synchroniser.")
    #expect(french("No \(word: "opportunities").") == "Pas d’opportunités.")
    #expect(
      french("The \(word: "title") of \(withArticle("task")) cannot be emptied.")
        == "Le champ « titre » d’une tâche ne peut pas être vidé.")
  }

  @Test("what commands tell")
  func commands() {
    let task = Phrase.named("task", "7QK2") + " " + "“\("Appeler Ana")”"
    let fields = enumerated([.word("title"), .word("due")])
    func told(_ done: Phrase, _ what: Phrase) -> String {
      french("\(done) \(what)\(Phrase.nothing); waiting to sync.")
    }
    #expect(
      told("Changed \(fields) of", task)
        == "Modification (titre et échéance) de la tâche 7QK2 « Appeler Ana » ; à synchroniser.")
    #expect(told("Deleted", .named("account", "acme")) == "Suppression du compte acme ; à synchroniser.")
    #expect(
      told("Claim requested for", task)
        == "Prise en charge demandée pour la tâche 7QK2 « Appeler Ana » ; à synchroniser.")
    let parts: [Phrase] = ["sent \(counted(3, "edit"))", "received \(counted(1, "record"))"]
    #expect(
      french(capitalized(enumerated(parts))) == "Envoi de 3 modifications et réception de 1 fiche")
    let (field, other): (Phrase, Phrase) = (.word("title"), .belonging(to: "Ana"))
    let (mine, theirs, when, take) = ("« a »", "« b »", "hier", "kam")
    let lost: Phrase = """
      Your \(field) \(mine) of \(task) lost to \(other) \(theirs) (\(when)). Take yours back: \(take)
      """
    #expect(
      french(lost)
        == "Champ « titre » de la tâche 7QK2 « Appeler Ana » : votre valeur « a » a cédé à celle d’Ana, "
        + "« b » (hier). Pour reprendre la vôtre : kam")
  }

  @Test("why something is refused")
  func refusals() {
    #expect(
      french(Refusal.needsRole(.manager, what: .changing(kind: "business-review")).phrase)
        == "Modifier un bilan demande le rôle « responsable » sur ce compte ; son responsable ou un "
        + "administrateur peut le donner.")
    #expect(
      french(
        Refusal.needsRoleOrDepartment(
          .contributor, .lead, DepartmentCode(4), what: .adding(kind: "task")
        ).phrase)
        == "Ajouter une tâche demande le rôle « contributeur » sur ce compte, que peut donner son responsable "
        + "ou un administrateur, ou d’être responsable du pôle logistique, ce que décide un administrateur.")
    #expect(
      french(Refusal.notEngaged(DepartmentCode(1)).phrase)
        == "Le pôle ventes n’est pas engagé sur ce compte ; son responsable ou un administrateur peut "
        + "l’engager (kam account engage).")
    #expect(
      french(fieldSentence(.unknownChoice("haute", ["low", "high"]), of: "priority"))
        == "--priority : « haute » ne convient pas ; au choix : faible, élevée.")
    #expect(
      french(fieldSentence(.tooLong(maximum: 300, actual: 400), of: "title"))
        == "Champ « titre » : 400 caractères, pour 300 au plus.")
  }

  @Test("words that are chosen while a sentence is made are translated too")
  func chosenWords() {
    let isDone = Bool.random()
    #expect(
      french("\("A") \("B") is \(isDone ? "done" : "cancelled") already; ")
        == "A B est déjà dans l’état « \(isDone ? "terminé" : "annulé") » ; ")
  }

  @Test("what people wrote, and English, stay as they are")
  func staysAsItIs() {
    // A word of the model, as it happens.
    let written = "account"
    #expect(french("“\(written)”") == "« account »")
    let phrase: Phrase = "No \(word: "opportunities")."
    #expect(phrase.description == "No opportunities.")
  }

  @Test("the locale decides about the language, and about what can be shown")
  func locale() {
    #expect(Shell.language(["LANG": "fr_FR.UTF-8"]).code == "fr")
    #expect(Shell.language(["LANG": "fr_FR.UTF-8", "LC_ALL": "C"]).code == "en")
    #expect(Shell.language(["LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_CA.UTF-8"]).code == "fr")
    #expect(Shell.language([:]).code == "en")
    #expect(Shell.language(["LANG": "fr_FR@euro"]).sentence("“%1”") == "\"%1\"")
  }
}

@Suite("Numbers and days in French")
struct FrenchNumberTests {
  @Test(
    "amounts",
    arguments: [
      ("1200.50 EUR", "1\u{A0}200,50 EUR"), ("-1234567.00 EUR", "-1\u{A0}234\u{A0}567,00 EUR"),
      ("999 JPY", "999 JPY"), ("0.05 EUR", "0,05 EUR"),
    ])
  func amounts(english: String, french: String) throws {
    let money = try #require(Money(english))
    #expect(Language.french.spoken(money) == french)
    #expect(Language.english.spoken(money) == english)
    #expect(Language.plainFrench.spoken(money) == french.replacing("\u{A0}", with: " "))
    // What is shown can be typed.
    let register = RegisterDescription(1, "amount", .money, "")
    #expect(try register.type.parse(canonical(french, for: register)) == .money(money))
  }

  @Test("days")
  func days() throws {
    let day = try #require(PlanDate("2026-12-01"))
    #expect(Language.french.spoken(day) == "01/12/2026" && Language.english.spoken(day) == "2026-12-01")
    #expect(writtenDay("01/12/2026") == day && writtenDay("1/12/2026") == day)
    for text in ["31/02/2026", "1/12/26", "12/2026", "1/12/2026/", "+1/12/2026", "2026/12/01", ""] {
      #expect(writtenDay(text) == nil, "\(text)")
    }
  }

  @Test(
    "days as people say them",
    arguments: [
      ("today", 0), ("Aujourd’hui", 0), ("aujourd'hui", 0), ("demain", 1), ("hier", -1), ("+7d", 7),
      ("+7j", 7),
      ("+2s", 14), ("+2w", 14), ("+2m", nil), ("+-2d", nil), ("+d", nil), ("2026-12-01", nil), ("", nil),
    ] as [(String, Int?)])
  func relative(text: String, days: Int?) { #expect(relativeDays(text) == days) }

  @Test(
    "what is typed in either language is read as one",
    arguments: [
      (.money, "1 200,50 EUR", "1200.50 EUR"), (.money, "1\u{202F}200 EUR", "1200 EUR"),
      (.money, "EUR 1200.50", "1200.50 EUR"), (.money, "-0,5 EUR", "-0.5 EUR"),
      (.money, "1 200,500 TND", "1200.500 TND"), (.money, "0,125 TND", "0.125 TND"),
      (.decimal, "12,5", "12.5"), (.decimal, "1 200,5", "1200.5"), (.decimal, "1234,567", "1234.567"),
      (.decimal, "1.200", "1.200"), (.integer(0...10_000), "10 000", "10000"), (.integer(-2...9), "+9", "+9"),
      (.flag, "Oui", "yes"), (.flag, "non", "no"), (.flag, "on", "on"),
      (.date, "30/11/2026", "2026-11-30"), (.period, "01/01/2026..31/12/2026", "2026-01-01..2026-12-31"),
      (.graded(Choices("negotiating", "won")), "Négociation 60 %", "negotiating 60%"),
      (.graded(Choices("negotiating", "won")), "gagné", "won"), (.line(maximum: 9), "1 200,5", "1 200,5"),
    ] as [(RegisterType, String, String)])
  func reads(type: RegisterType, typed: String, canonicalText: String) throws {
    #expect(try canonical(typed, for: RegisterDescription(1, "field", type, "")) == canonicalText)
  }

  @Test(
    "what is no number stays as it is, for the model to refuse",
    arguments: [
      "12 34 EUR", "1 2000 EUR", "1.200,50 EUR", "1,200.50 EUR", "1, EUR", ",5 EUR", "x EUR", "EUR",
    ])
  func leaves(typed: String) throws {
    let register = RegisterDescription(1, "amount", .money, "")
    #expect(try canonical(typed, for: register) == typed)
    #expect(throws: ValueError.self) { try register.type.parse(typed) }
  }

  @Test(
    "a comma before three digits is not guessed at",
    arguments: [
      (
        .money, "1,200 EUR",
        "--field: “1,200 EUR” can be read in two ways; write 1200 EUR, or 1.2 EUR with a decimal point."
      ),
      (
        .decimal, "-12,345",
        "--field: “-12,345” can be read in two ways; write -12345, or -12.345 with a decimal point."
      ),
    ] as [(RegisterType, String, String)])
  func refuses(type: RegisterType, text: String, sentence: String) {
    let failure = #expect(throws: Failure.self) {
      try canonical(text, for: RegisterDescription(1, "field", type, ""))
    }
    #expect(failure.map { typed($0.sentence) } == sentence && failure?.sentence.fields == ["field"])
  }
}

// MARK: - The sources

/// A file whose literals are looked through.
private struct Source {
  let path: String
  let literals: [SourceLiteral]

  /// What kam's commands say, and what they say of others' errors.
  static let all = Result { try read() }

  private static func read() throws -> [Source] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    func files(_ directory: String) throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: directory).path)
        // The keys of the catalogue are no use of themselves, and templates are shipped in each language.
        .filter { path in
          path.hasSuffix(".swift") && !path.hasPrefix("French/")
            && !path.hasSuffix("ShippedTemplates.swift")
        }
        .map { "\(directory)/\($0)" }.sorted()
    }
    let model = ["Refusal", "CallRefusal", "Deed", "RegisterType", "Validation", "TaskWork"].map {
      "Sources/PlanModel/\($0).swift"
    }
    let replica = ["Replica", "StorageErrors", "LocalEdits"].map { "Sources/Replica/\($0).swift" }
    let libraries = [
      "Sources/SyncClient", "Sources/Indicators", "Sources/Speech", "Sources/Workbench", "Sources/Views",
      "Sources/Interchange", "Sources/Markup",
    ]
    return try
      (["Sources/Wording/Action.swift"] + model + replica + libraries.flatMap(files) + files("clients/kam"))
      .map { path in
        let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        return Source(path: path, literals: stringLiterals(in: text))
      }
  }
}

/// The page of a review pack is markup around words that are said.
private func isMarkup(_ literal: SourceLiteral, in source: Source) -> Bool {
  // What other programs write is data, in their languages.
  let files = [
    "Markup/Charts/", "Style.swift", "Template.swift", "KnownExports/", "UsualValues.swift",
    "Countries.swift", "Synonyms.swift", "CommandWords.swift",
  ]
  return !literal.isSaid && files.contains { source.path.contains($0) }
}

extension SourceLiteral {
  /// The name of a command, and what it takes as help shows it: "task claim", "--limit N", "EMAIL --to".
  fileprivate var isCommandLine: Bool {
    if before.hasSuffix("static let name = ") || before.hasSuffix("static var name: String { ") {
      return true
    }
    return key.wholeMatch(of: /--[a-z-]+ [A-Z=]+|[A-Z]+ --[a-z-]+/) != nil
  }
}

/// What is the same in every language, or not for people.
private func neverTranslated(_ key: String) -> Bool {
  // SQL, and scripts for shells.
  if ["PRAGMA ", "SELECT ", "_kam() {", "#compdef ", "complete -c "].contains(where: key.hasPrefix) {
    return true
  }
  return untranslated.contains(key)
}

private let untranslated: Set<String> = [
  // Summaries of edits are data: everybody reads the same.
  "added %1 “%2”", "changed %1 of %2", "assigned %1 to %2", "assigned to %1:", "commented on %1",
  "handed over from %1 to %2", "shared the account", "unshared the account", "engaged a department",
  "disengaged a department", "imported %1 from %2", "adopted the plan template %1",
  "made the plan “%1” from the template %2", "invited %1", "answered %1", "observed in %1",
  "imported %1 “%2” from %3", "took back the import of %1",
  "saved the import mapping “%1”", "%1 EUR", "restored %1", "restored %1 after a conflict",
  "took the other %1 of %2",
  "Merged into %1 %2: %3 %4", "took back the merge of %1",
  // Command lines, and what stands for words in them.
  "kam %1", "kam: %1%2", "kam %1 VERB …", "kam %1 --help", "`kam %1`", "conflicts list", "twins list",
  "import file",
  "kam help COMMAND", "kam help WORD", "kam help records",
  "kam help all",
  "%1 %2", "--%1 %2", "kam conflicts take %1",
  "\"AMOUNT CODE\"",
  "\"WHICH N%\"",
  // Rules of segments are written in one language, and units of JSON too.
  "and", "or", "not", "in", "of %1", "of 100",
  // Units.
  "%1 s", "%1.%2 s", "%1 min", "%1 h", "± %1 ms",
  // What a newer version may have, named by its number.
  "department %1", "kind %1",
  // For other programs, and files that come back.
  "Bearer %1", "Basic %1", "CONNECT %1 HTTP/1.1", "Error: ", " (copy)", "kam reason", "-//kam//kam %1//EN",
  "UTF-8 (BOM)",
  // Of what cannot happen.
  "%1 is read before the command line", "tasks have %1", "a committed transaction has a value",
  "a savepoint that returned has a result", "a workspace is made of a shell",
  "what was read without the write lock may have changed before it is written",
  "an id just made reads back", "The template of the pack does not parse: %1",
]

private func placeholders(_ text: String) -> Set<Substring> {
  Set(text.matches(of: /%[1-9]/).map(\.output))
}

extension FrenchCatalogue {
  fileprivate var texts: [String] {
    Array(sentences.values) + Array(words.values) + nouns.values.flatMap { [$0.singular, $0.plural] }
  }
}

extension RegisterDescription {
  fileprivate var choices: [String] {
    switch type {
    case .choice(let choices), .graded(let choices): choices.all.map(\.name)
    default: []
    }
  }
}
