import PlanModel
import Speech
import Testing
import Wording
import Workbench

@testable import kam

/// Takes one of everything.
private struct Sample: Command {
  enum Measure: String, NamedChoice { case clv, margin, nps }
  static let name = "sample take"
  static let about: Phrase = .verbatim("Sample.")
  @Takes("TASK", .nothing) var task: String
  @Takes("WHO --to", .nothing) var to: String?
  @Takes("--limit N", .nothing) var limit = 50
  @Takes("--by MEASURE", .nothing) var by = Measure.clv
  @Takes("--kind KIND", .nothing) var kind: [String] = []
  @Takes("--next", .nothing) var next = false
  let json = JSONOutput()
  func run(in shell: Shell) {}
}

private func read(_ words: String...) throws -> Sample {
  let sample = Sample()
  try Words(words, of: Verb(Sample.self)).give(to: takers(of: sample))
  return sample
}

private func refusal(_ words: String...) -> String? {
  do {
    let sample = Sample()
    try Words(words, of: Verb(Sample.self)).give(to: takers(of: sample))
    return nil
  } catch {
    return ((error as? Failure)?.sentence).map(\.description)
  }
}

@Suite("Reading a command line")
struct VerbReadingTests {
  @Test("what is not given stands as it is declared")
  func defaults() throws {
    let sample = try read("7QK2")
    #expect(sample.task == "7QK2" && sample.to == nil && sample.limit == 50 && sample.by == .clv)
    #expect(sample.kind.isEmpty && !sample.next && !sample.json.isWanted)
  }

  @Test("options stand anywhere, with a space or =, and some may come several times")
  func anywhere() throws {
    let sample = try read(
      "--json", "--limit", "3", "7QK2", "--by=NPS", "--kind", "sale", "--next", "--kind=task")
    #expect(sample.task == "7QK2" && sample.limit == 3 && sample.by == .nps && sample.next)
    #expect(sample.kind == ["sale", "task"] && sample.json.isWanted)
  }

  @Test("a value may stand behind its target, or be an option as before")
  func either() throws {
    #expect(try read("7QK2", "leo").to == "leo")
    #expect(try read("7QK2", "--to", "leo").to == "leo")
    #expect(try read("--to=leo", "7QK2").task == "7QK2")
    #expect(refusal("7QK2", "leo", "--to", "ana")?.contains("one word too many") == true)
  }

  @Test("numbers below zero and texts with a hyphen are values; after -- everything is")
  func hyphens() throws {
    #expect(try read("7QK2", "--limit", "-5").limit == -5)
    #expect(try read("- bring samples").task == "- bring samples")
    #expect(try read("--", "--next").task == "--next")
  }

  @Test(
    "what is wrong is said with the word and what to do",
    arguments: [
      ([], "TASK is missing: `kam sample take TASK [WHO]`. See `kam sample take --help`."),
      (
        ["a", "b", "c"], "“c” is one word too many; put a text of several words in quotes."
      ),
      (["a", "--limit", "x"], "--limit: “x” is not a number."),
      (["a", "--by", "x"], "--by: “x” is not clv, margin or nps."),
      (["a", "--nxt"], "Unknown option --nxt. Did you mean --next?"),
      (["a", "--limit"], "--limit needs a value. (One that begins with two hyphens is written --limit=…)"),
      (["a", "--limt", "3"], "Unknown option --limt. Did you mean --limit?"),
      (["a", "--next=yes"], "--next takes no value."),
      (["a", "--limit", "3", "--limit", "4"], "--limit is given 2 times."),
    ] as [([String], String)])
  func refuses(words: [String], sentence: String) {
    let failure = #expect(throws: Failure.self) {
      try Words(words, of: Verb(Sample.self)).give(to: takers(of: Sample()))
    }
    #expect(failure.map { typed($0.sentence) } == sentence)
  }
}

@Suite("The table of verbs")
struct VerbTableTests {
  private func named(_ line: String) -> String? {
    VerbTable.find(line.split(separator: " ").map(String.init))?.verb.path
  }

  @Test("every verb is found by its name, and every name is one verb's")
  func finds() {
    let names = VerbTable.commands.map { $0.name }
    #expect(Set(names).count == names.count)
    for name in names { #expect(named(name) == name) }
    for kind in PlanModel.kinds {
      for verb in VerbTable.verbs(of: kind.name) { #expect(named(verb.path) == verb.path) }
    }
    #expect(named("show") == "show" && named("add") == nil && named("comment add") == "comment")
  }

  @Test("help lists every command in one place, and nothing that is no command")
  func lists() {
    let words = VerbTable.firstWords
    #expect(Set(words).count == words.count)
    let reached = Set(VerbTable.commands.compactMap { $0.name.split(separator: " ").first.map(String.init) })
    #expect(reached.subtracting(words) == ["complete"])
    for word in words + VerbTable.daily.flatMap(\.words) {
      #expect(VerbTable.isNoun(word) || VerbTable.verb(named: word) != nil, "\(word)")
      #expect(!VerbTable.about(word).isEmpty, "\(word)")
    }
  }

  @Test(
    "no verb takes an option twice, or one like help; what may be left out stands behind what must be given")
  func isWellFormed() {
    for word in VerbTable.firstWords {
      for verb in VerbTable.verbs(of: word) {
        let parameters = verb.parameters()
        let names = parameters.map(\.name)
        #expect(Set(names).count == names.count, "\(verb.path)")
        #expect(!names.contains("help") && !names.contains("version"), "\(verb.path)")
        let places = parameters.filter(\.isPosition).map(\.isRequired)
        #expect(places == places.sorted { $0 && !$1 }, "\(verb.path)")
      }
    }
  }

  /// Orders of words that were learned before `kam NOUN VERB TARGET VALUE… --options` was the rule.
  @Test(
    "earlier orders of words are read as before",
    arguments: [
      ("contact list --account globex", "contact list globex"),
      ("task assign 7QK2 --to leo", "task assign 7QK2 leo"),
      ("task block 7QK2 --reason Strike", "task block 7QK2 Strike"),
      ("contact assign acme --to leo", "contact assign acme leo"),
      ("account share acme --with leo --role viewer", "account share acme leo viewer"),
      ("account unshare acme --with leo", "account unshare acme leo"),
      ("handover --from ana --to leo", "handover ana leo"),
      ("plan new acme --template Win", "plan new acme Win"),
      ("report acme --out review.html", "report acme review.html"),
      ("product profitability --account acme", "product profitability acme"),
      ("conflicts list --new", "conflicts --new"), ("twins list", "twins"),
      ("import file sales.csv", "import sales.csv"),
    ])
  func keepsOrders(former: String, present: String) throws {
    func read(_ line: String) throws -> (String, Words) {
      let words = line.split(separator: " ").map(String.init)
      let (verb, rest) = try #require(VerbTable.find(words))
      return (verb.path, try Words(rest, of: verb))
    }
    let (before, now) = (try read(former), try read(present))
    #expect(before == now)
  }

  @Test("a mistyped command brings the nearest one, with its full name")
  func suggests() {
    #expect(
      VerbTable.unknown(["task", "clam"])?.sentence
        == "There is no command `kam task clam`. Did you mean claim?")
    #expect(VerbTable.unknown(["tsk"])?.sentence == "There is no command `kam tsk`. Did you mean task?")
    #expect(
      VerbTable.unknown(["conflicts", "tkae"])?.sentence
        == "There is no command `kam conflicts tkae`. Did you mean take?")
    #expect(
      VerbTable.unknown(["task", "history"])?.sentence
        == "There is no command `kam task history`. Did you mean `kam history`?")
    #expect(
      VerbTable.unknown(["zzzzzz"])?.sentence == "There is no command `kam zzzzzz`. See `kam help all`.")
    for words in [
      ["sync"], ["conflicts", "7"], ["task", "list", "acme"], ["import", "sales.csv"], ["--json"],
    ] {
      #expect(VerbTable.unknown(words) == nil, "\(words)")
    }
  }
}

@Suite("Help")
struct HelpTests {
  private func text(_ words: String..., language: Language = .english, width: Int = 80) throws -> String {
    try Help(language: language, width: width).asked(words)?.map(\.text).joined(separator: "\n") ?? ""
  }

  @Test("the first page shows about a dozen words by what people want to do, and fits one screen")
  func daily() throws {
    let words = VerbTable.daily.flatMap(\.words)
    #expect(VerbTable.daily.count == 7 && (12...16).contains(words.count))
    let help = try text()
    for word in words { #expect(help.contains("\n  \(word) "), "\(word)") }
    #expect(try help == text("help") && help == text("--help") && help == text("-h"))
    #expect(!help.contains("whitespace-cell"))
  }

  @Test("the kinds stand in `kam help records`, everything in `kam help all`")
  func pages() throws {
    let (records, all) = (try text("help", "records"), try text("help", "all"))
    for kind in PlanModel.kinds where kind.number != KindDescription.comment.number {
      #expect(records.contains("  \(kind.name) ") && all.contains("  \(kind.name) "), "\(kind.name)")
    }
    for word in VerbTable.firstWords { #expect(all.contains("\n  \(word) "), "\(word)") }
    #expect(all.contains("EXIT CODES") && all.contains("KAM_HOME"))
  }

  @Test("a verb's page names what it takes, wherever help is asked for")
  func page() throws {
    let help = try text("task", "assign", "--help")
    #expect(help.contains("USAGE: kam task assign TASK EMAIL [--option value]…"))
    #expect(help.contains("  EMAIL") && help.contains("(or --to)") && help.contains("  --json"))
    #expect(try help == text("help", "task", "assign") && help == text("task", "assign", "7QK2", "-h"))
    #expect(try text("inbox", "-h").contains("--limit N") && text("inbox", "-h").contains("(default: 50)"))
    #expect(try text("task") == text("help", "task") && text("task", "--help") == text("task"))
    #expect(try text("import", "--help").contains("import undo"))
    #expect(try text("sync", "now", "--help") == text("help", "sync") && text("--json", "-h") == text())
    #expect(try Help(language: .english, width: 80).asked(["task", "add", "acme", "--", "--help"]) == nil)
  }

  @Test("no line is wider than the terminal, in either language", arguments: [40, 60, 80])
  func wraps(width: Int) throws {
    for language in [Language.english, .french] {
      var pages = [["help"], ["help", "records"], ["help", "all"], ["help", "backup"]]
      pages += VerbTable.firstWords.map { ["help", $0] }
      pages += VerbTable.commands.map { ["help"] + $0.name.split(separator: " ").map(String.init) }
      pages += ["add", "list", "edit"].map { ["help", "task", $0] }
      for page in pages {
        let lines = try #require(try Help(language: language, width: width).asked(page))
        for line in lines { #expect(columns(line.text) <= width, "\(page): \(line.text)") }
      }
    }
  }

  @Test(
    "words that people have for it find the command",
    arguments: [
      ("backup", "export"), ("sauvegarde", "export"), ("doublons", "merge"),
      ("réclamation", "service-request"),
      ("complaint", "service-request"), ("invoice", "sale"), ("nps", "survey-campaign"),
      ("password", "join"), ("réunion", "interaction"), ("stolen", "device end"), ("bénéfices", nil),
    ] as [(String, String?)])
  func finds(word: String, path: String?) {
    let found = VerbTable.found(word).prefix(3).map(\.path)
    #expect(path.map(found.contains) ?? found.isEmpty, "\(found)")
  }

  @Test("a word that nothing has to do with is said to be unknown")
  func findsNothing() {
    #expect(throws: Failure.self) { try Help(language: .english, width: 80).asked(["help", "xyzzy"]) }
  }

  @Test("every synonym leads to a command")
  func synonyms() {
    for (verb, _) in Synonyms.all {
      #expect(VerbTable.isNoun(verb) || VerbTable.verb(named: verb) != nil, "\(verb)")
    }
  }
}
