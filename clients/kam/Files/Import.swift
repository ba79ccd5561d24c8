import Foundation
import Interchange
import PlanModel
import Replica
import Speech
import Wording
import Workbench

struct ImportFile: Command {
  static let name = "import"
  static let about: Phrase = "Bring in records from a file; without --apply nothing is stored."
  static let more: Phrase = """
    Each row is tried on a copy and told: what would be new, changed (from what to what), is here already, is to be \
    asked, or is refused and why; nothing is stored without --apply. The same file again changes nothing, so an import \
    that was interrupted is just started again. An empty cell empties nothing. `kam import list` shows what was \
    imported on this device, `kam import undo` takes one of them back.

    CSV: the headings may be the fields' names, their usual names in English or French, or be named with --map. The \
    exports of HubSpot, Salesforce, Dynamics, Pipedrive, Zoho, EspoCRM, Odoo, Zendesk, Freshdesk, Jira, Typeform, \
    SurveyMonkey, Google and Outlook contacts, Sage, EBP and Cegid are known by their headings. UTF-8, UTF-16 and \
    Windows-1252, commas, semicolons and tabs, decimal commas, days before months and rows above the headings are \
    recognised. The kind is --kind, or the file's name: sales.csv.

    Excel (.xlsx): the first sheet, or --sheet. JSON: an object a line, or an array of objects: \
    {"kind":"task","account":"acme","title":"Call","department":"logistics"}. vCard 2.1, 3.0 and 4.0 (.vcf): contacts, \
    with their addresses and numbers. --format fec: the sales of a French accounting file (FEC).

    An existing record is changed only when a row has its id, its short name, its legal id, what another system calls \
    it, or a whole key of its kind. A like name is asked about: answer with --same, --new or --likely.
    """
  @Takes("FILE", "The file; “-” is standard input.") var file: String
  @Takes("--apply", "Store it; without this nothing is stored.") var apply = false
  @Takes("--kind KIND", "What the rows are, such as sale.") var kind: String?
  @Takes("--account ACCOUNT", "The account of rows that do not name theirs.") var account: String?
  @Takes("--currency CODE", "The currency of amounts that do not say theirs.") var currency: String?
  @Takes("--campaign CAMPAIGN", "The survey campaign of answers that do not name theirs.") var campaign:
    String?
  @Takes(
    "--system NAME", "Where the file's ids come from, such as hubspot: by them the records are known again.")
  var system: String?
  @Takes(
    "--map HEADING=FIELD",
    "What a column is, such as \"Montant HT=revenue\", or what a value of it means, such as \"Priority:Urgent=critical\"; \"Montant HT=\" leaves it out, \"Montant HT#2\" is the second of that name; can be repeated."
  ) var map: [String] = []
  @Takes("--mapping NAME", "Use the options that were saved under this name, or that a file has, one a line.")
  var mapping: String?
  @Takes("--save-mapping NAME", "Save these options under a name, for the whole organisation.")
  var saveMapping: String?
  @Takes("--decimal SIGN", "The sign before decimals: comma or point.") var decimal: String?
  @Takes("--days ORDER", "How days are written: day-first or month-first.") var days: String?
  @Takes("--headings-row ROW", "The row that the headings are in, when it is not found.") var headingsRow:
    Int?
  @Takes("--sheet SHEET", "The sheet of a workbook: its name or number.") var sheet: String?
  @Takes("--format FORMAT", "csv, xlsx, jsonl, vcf or fec, when the file's name does not say it.") var format:
    String?
  @Takes("--rejects FILE", "Write what was rejected into this file, to mend and import.") var rejects: String?
  @Takes(
    "--same LINE=HANDLE",
    "The row of this line is about a record that is here, such as 12=7QK2, or what a line before it is about: 12=line:3; can be repeated."
  ) var same: [String] = []
  @Takes("--new LINE", "The row of this line is new, whatever it is like; can be repeated.") var new: [Int] =
    []
  @Takes(
    "--likely WHAT",
    "What becomes of rows with a name that is here: ask (they are left out and told), new, or skip.")
  var likely: String?
  @Takes(
    "--correct", "Replace events that are here and say otherwise, such as a sale that was written down wrong."
  ) var correct = false
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    if let rejects, FileManager.default.fileExists(atPath: rejects) {
      throw Failure.refused("\(rejects) is there already; name another file for what is rejected.")
    }
    let options = try options(workspace)
    let name = file == "-" ? "standard input" : URL(fileURLWithPath: file).lastPathComponent
    let source = try source(options)
    if let saveMapping {
      try workspace.save(mapping: givenOptions, as: saveMapping)
      workspace.console.note(
        "Saved the import mapping “\(saveMapping)”: `kam import FILE --mapping \"\(saveMapping)\"` uses it.")
    }
    if !json.isWanted { workspace.show(source.findings) }
    try workspace.replica.holdLittle()
    let lock = apply ? try workspace.lockForImport() : nil
    defer { withExtendedLifetime(lock) {} }
    let files = FileImport(
      source, name: name, currency: options.currency, answers: try answers(workspace),
      tellsAll: json.isWanted,
      keepsRejected: rejects != nil)
    let outcome = try outcome(of: files, source.count, workspace)
    let written = Result { try write(rejected: outcome.rejected) }
    let lines = ImportLines(outcome: outcome, console: workspace.console)
    if json.isWanted { workspace.console.document(outcome.json.document) } else { lines.tell() }
    try written.get()
    try lines.failIfLeftOut()
  }

  private func source(_ options: ImportOptions) throws -> any ImportSource {
    let reader = ImportReader(name: file, format: format, options: options)
    return try reader.source(of: try file == "-" ? reader.contents(of: .standardInput) : reader.contents())
  }

  private func outcome(of file: FileImport, _ rowCount: Int, _ workspace: Workspace) throws -> ImportOutcome {
    let console = workspace.console
    var bar = ProgressBar(total: rowCount, unit: "row")
    func tell(_ count: Int) { if let phrase = bar.reached(count, console) { console.progress(phrase) } }
    do {
      defer { console.progress(.nothing) }
      return try apply
        ? file.apply(to: workspace, progress: tell) : file.rehearse(on: workspace, progress: tell)
    } catch let error as FileImport.Interruption {
      console.note(
        "\(counted(error.storedCount, "row")) were stored before this; start the same import again to go on.")
      throw error.reason
    }
  }

  private func write(rejected: String?) throws {
    guard let rejects, let rejected else { return }
    do {
      try Data(rejected.utf8).write(to: URL(fileURLWithPath: rejects), options: .atomic)
    } catch {
      throw Failure.refused("\(rejects) cannot be written: \(error.localizedDescription)")
    }
  }
}

// MARK: - Options

extension ImportFile {
  /// What the command line says about the form of the file, as a saved mapping has it.
  private var givenOptions: [(name: String, value: String)] {
    let single = [
      ("kind", kind), ("account", account), ("currency", currency), ("campaign", campaign),
      ("system", system),
      ("decimal", decimal), ("days", days), ("headings-row", headingsRow.map(String.init)), ("sheet", sheet),
    ]
    return single.compactMap { name, value in value.map { (name, $0) } } + map.map { ("map", $0) }
  }

  /// Those of the mapping, then those of the command line.
  private func options(_ workspace: Workspace) throws -> ImportOptions {
    var options = ImportOptions(moments: workspace.moments)
    if let mapping {
      for option in try saved(mapping, workspace) {
        try options.set(option.name, option.value, isRequired: false)
      }
    }
    for option in givenOptions { try options.set(option.name, option.value, isRequired: true) }
    return options
  }

  /// The options of a mapping: a record of the directory, or a file.
  ///
  /// - Throws: ``Failure`` when there is neither.
  private func saved(
    _ mapping: String, _ workspace: Workspace
  ) throws -> [(name: String, value: String)] {
    if let options = try workspace.options(ofMapping: mapping) { return options }
    if let data = FileManager.default.contents(atPath: mapping),
      let text = String(data: data, encoding: .utf8)
    {
      return ImportOptions.given(in: text)
    }
    throw Failure.notFound(
      "There is no import mapping “\(mapping)” in this replica, and no file of that name.",
      nearest: try workspace.importMappingNames())
  }

  private func answers(_ workspace: Workspace) throws -> ImportAnswers {
    var answers = ImportAnswers()
    for pair in same {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let line = Int(parts[0]) else {
        throw Failure.usage("--same: “\(pair)” is not LINE=HANDLE.")
      }
      if parts[1].hasPrefix("line:"), let other = Int(parts[1].dropFirst("line:".count)) {
        answers.same[line] = .line(other)
      } else {
        answers.same[line] = .record(try workspace.find(parts[1], kind: nil).id)
      }
    }
    answers.new = Set(new)
    if let likely {
      guard let answer = LikelyAnswer(rawValue: likely) else {
        throw Failure.usage("--likely is new, skip or ask, not “\(likely)”.")
      }
      answers.likely = answer
    }
    answers.correctsEvents = correct
    return answers
  }
}
