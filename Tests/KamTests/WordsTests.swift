import Speech
import Wording
import PlanModel
import Testing
import Workbench

@testable import kam

@Suite("Words of a command line")
struct WordsTests {
  @Test("positions, options and flags are told apart")
  func tellsApart() throws {
    let words = try Words(
      ["acme", "--due", "2026-08-01", "Call Ana", "--priority=high", "--json"], flags: ["json"])
    #expect(words.positionals == ["acme", "Call Ana"])
    #expect(
      words.options == [.init(name: "due", value: "2026-08-01"), .init(name: "priority", value: "high")])
    #expect(words.flags == ["json"])
  }

  @Test("after -- everything is text, and text may begin with a hyphen")
  func keepsHyphens() throws {
    #expect(try Words(["7QK2", "--", "--strange"], flags: []).positionals == ["7QK2", "--strange"])
    #expect(
      try Words(["7QK2", "- bring samples", "-5"], flags: []).positionals == [
        "7QK2", "- bring samples", "-5",
      ])
    #expect(try Words(["--notes=--json"], flags: ["json"]).options == [.init(name: "notes", value: "--json")])
    #expect(try Words(["--notes", ""], flags: []).options == [.init(name: "notes", value: "")])
  }

  @Test(
    "what is wrong is said with what to do",
    arguments: [
      (
        ["--due", "--priority", "high"],
        "--due needs a value. (One that begins with two hyphens is written --due=…)"
      ),
      (["--due"], "--due needs a value. (One that begins with two hyphens is written --due=…)"),
      (["--json=yes"], "--json takes no value."),
      (["-x"], "Unknown option -x. (For a text that begins with a hyphen, write -- before it.)"),
    ])
  func refuses(given: [String], sentence: String) {
    #expect(throws: Failure.usage(.verbatim(sentence))) { try Words(given, flags: ["json"]) }
  }

  @Test("a mistyped option brings the nearest one")
  func suggests() throws {
    let words = try Words(["--departmnet", "sales"], flags: [])
    #expect(throws: Failure.usage("Unknown option --departmnet. Did you mean --department?")) {
      try words.check(options: KindDescription.task.addOptions.map(\.name))
    }
  }

  @Test("an option given twice is not guessed at")
  func refusesTwice() throws {
    let words = try Words(["--due", "today", "--due", "tomorrow"], flags: [])
    #expect(throws: Failure.usage("\(field: "due") is given \(2) times.")) { try words.single("due") }
  }
}

@Suite("What a kind's description makes of a command line")
struct DescriptionTests {
  @Test("every kind but comments has a noun, so that no kind is without commands")
  func everyKindHasANoun() {
    let missing = PlanModel.kinds.filter { VerbTable.verbs(of: $0.name).count < 2 }.map(\.number)
    #expect(missing == [KindDescription.comment.number])
  }

  @Test(
    "no option is named twice, and none like a flag of every command", arguments: PlanModel.kinds.map(\.name))
  func optionsAreDistinct(kind: String) throws {
    let kind = try #require(PlanModel.kind(named: kind))
    for options in [kind.addOptions, kind.editOptions, kind.listOptions] {
      let names = options.map(\.name)
      #expect(Set(names).count == names.count)
      #expect(!names.contains("help") && !names.contains("version"))
    }
  }

  @Test("a plan's two ends are options beside the period")
  func periodHasEnds() {
    let names = KindDescription.plan.addOptions.map(\.name)
    #expect(names.contains("from") && names.contains("to") && names.contains("period"))
  }

  @Test("tasks can be listed as the work needs it")
  func taskFilters() {
    let names = Set(KindDescription.task.listOptions.map(\.name))
    #expect(
      names.isSuperset(of: ["account", "department", "status", "mine", "due-before", "priority", "json"]))
  }

  @Test("errors of values name the field")
  func namesField() {
    #expect(
      typed(fieldSentence(.notADate("2026-02-30"), of: "due"))
        == "--due: “2026-02-30” is not a day; write it as YYYY-MM-DD, such as 2026-11-30.")
    #expect(
      fieldSentence(.tooLong(maximum: 300, actual: 400), of: "title")
        == "The title is 400 characters long; at most 300 are kept.")
  }

  @Test(
    "field names of JSON",
    arguments: [("claimed-by", "claimedBy"), ("due", "due"), ("key-account", "keyAccount")])
  func jsonNames(field: String, json: String) {
    #expect(jsonName(ofField: field) == json)
    #expect(fieldName(json) == field)
    #expect(fieldName(field.replacing("-", with: "_")) == field)
  }
}
