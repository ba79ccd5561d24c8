import ArgumentParser
import Foundation
import PlanModel
import Replica
import Wording

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: said("Bring in records from a file: CSV, JSON Lines or vCard."),
    discussion: said(
      """
      Without --apply nothing is stored: each row is tried on a copy, and told is what would be created, updated, is \
      here already, or is refused and why. The same file again changes nothing, so an import that was interrupted is \
      just started again. An empty cell empties nothing.

      CSV: the first row has the headings, which may be the fields' names, their usual names in English or French, or \
      be named with --map. UTF-8, UTF-16 and Windows-1252, commas, semicolons and tabs, decimal commas and days \
      before months are recognised. The kind is --kind, or the file's name: sales.csv.

      JSON Lines: an object a line: {"kind":"task","account":"acme","title":"Call","department":"logistics"}.

      vCard 2.1, 3.0 and 4.0 (.vcf): contacts, with their addresses and numbers.
      """))
  @Argument(help: explained("The file; “-” is standard input.", valueName: "file")) var file: String
  @Flag(help: explained("Store it; without this nothing is stored.")) var apply = false
  @Option(help: explained("What the rows are, such as sale.", valueName: "kind")) var kind: String?
  @Option(help: explained("The account of rows that do not name theirs.", valueName: "account"))
  var account: String?
  @Option(help: explained("The currency of amounts that do not say theirs.", valueName: "code"))
  var currency: String?
  @Option(
    help: explained(
      "What a column is, such as \"Montant HT=revenue\"; \"Montant HT=\" leaves it out; can be repeated.",
      valueName: "heading=field"))
  var map: [String] = []
  @Option(help: explained("The sign before decimals: comma or point.", valueName: "sign")) var decimal:
    String?
  @Option(help: explained("How days are written: day-first or month-first.", valueName: "order")) var days:
    String?
  @Option(
    name: .customLong("format"),
    help: explained("csv, jsonl or vcf, when the file's name does not say it.", valueName: "format"))
  var format: String?
  @Option(help: explained("Write what was rejected into this file, to mend and import.", valueName: "file"))
  var rejects: String?
  @Option(
    help: explained(
      "The row of this line is about a record that is here, such as 12=7QK2; can be repeated.",
      valueName: "line=handle"))
  var same: [String] = []
  @Option(
    help: explained("The row of this line is new, whatever it is like; can be repeated.", valueName: "line"))
  var new: [Int] = []
  @Option(
    help: explained(
      "What becomes of rows with a name that is here: ask (they are left out and told), new, or skip.",
      valueName: "what"))
  var likely: String?
  @OptionGroup var json: JSONOption

  func run() throws {
    let workspace = try Workspace()
    if let rejects, FileManager.default.fileExists(atPath: rejects) {
      throw Failure.refused("\(rejects) is there already; name another file for what is rejected.")
    }
    let source = try source()
    let name = file == "-" ? "standard input" : URL(fileURLWithPath: file).lastPathComponent
    if !json.isWanted { show(source.findings, workspace) }
    let lock = apply ? try workspace.lockForImport() : nil
    defer { withExtendedLifetime(lock) {} }
    var importer = try Importer(
      apply ? workspace : try workspace.rehearsal(), name: name, defaultCurrency: try currency.map(code),
      answers: try answers(workspace))
    do {
      try run(&importer, source, workspace.console)
    } catch {
      // What an error of the disk says is true of the last rows only.
      if apply, importer.storedCount > 0 {
        workspace.console.note(
          "\(counted(importer.storedCount, "row")) were stored before this; start the same import again to go on."
        )
      }
      throw error
    }
    let written = Result { try writeRejected(importer.report, source) }
    if case .failure = written {
      try? tell(importer.report, source, workspace)
    } else {
      try tell(importer.report, source, workspace)
    }
    try written.get()
  }

  private func run(_ importer: inout Importer, _ source: some ImportSource, _ console: Console) throws {
    defer { console.progress(.nothing) }
    var bar = ProgressBar(total: source.count, unit: "row")
    for place in 0..<source.count {
      try importer.take(source, place)
      if let phrase = bar.reached(place + 1, console) { console.progress(phrase) }
    }
    try importer.finish(source)
  }

  // MARK: - Reading

  private func source() throws -> any ImportSource {
    let data = try read()
    let options = try options()
    let ending = format ?? (file as NSString).pathExtension.lowercased()
    switch ending {
    case "csv", "tsv", "txt": return try spreadsheet(try text(data), options)
    case "vcf", "vcard": return try VCards(try text(data), options: options)
    case "jsonl", "ndjson", "json": return JSONLines(data, options: options)
    default:
      guard format == nil else { throw Failure.usage("“\(ending)” is not a format; use csv, jsonl or vcf.") }
      // By what it begins with.
      let source = try text(data)
      let start = source.text.prefix(200).drop { $0.isWhitespace }
      if start.first == "{" || start.isEmpty { return JSONLines(data, options: options) }
      if start.uppercased().hasPrefix("BEGIN:VCARD") { return try VCards(source, options: options) }
      return try spreadsheet(source, options)
    }
  }

  private func text(_ data: Data) throws -> SourceText {
    guard let source = SourceText(data) else {
      throw Failure.usage("\(file) is not text in an encoding that is known here.")
    }
    return source
  }

  private func spreadsheet(_ source: SourceText, _ options: ImportOptions) throws -> Spreadsheet {
    let stem = headingKey(((file as NSString).lastPathComponent as NSString).deletingPathExtension)
    guard
      let kind = options.kind ?? PlanModel.kinds(calledBy: stem).first
        ?? stem.split(separator: "-").lazy.compactMap({ PlanModel.kinds(calledBy: String($0)).first }).first
    else {
      throw Failure.usage(
        "What the rows are is not clear from the file's name: give --kind, such as --kind sale.")
    }
    return try Spreadsheet(source, kind: kind, options: options)
  }

  private func options() throws -> ImportOptions {
    var options = ImportOptions(account: account, currency: try currency.map(code))
    options.moments = Shell.current.moments
    options.kind = try kind.map { try PlanModel.kind(calledBy: $0) }
    for pair in map {
      guard let sign = pair.lastIndex(of: "=") else {
        throw Failure.usage("--map: “\(pair)” is not HEADING=FIELD.")
      }
      options.map[headingKey(String(pair[..<sign]))] = fieldName(
        String(pair[pair.index(after: sign)...]).trimmed)
    }
    options.decimal = try decimal.map {
      guard let style = NumberStyle(rawValue: $0) else {
        throw Failure.usage("--decimal is comma or point, not “\($0)”.")
      }
      return style
    }
    options.dayOrder = try days.map {
      guard let order = DayOrder(rawValue: $0) else {
        throw Failure.usage("--days is day-first or month-first, not “\($0)”.")
      }
      return order
    }
    return options
  }

  private func answers(_ workspace: Workspace) throws -> ImportAnswers {
    var answers = ImportAnswers()
    for pair in same {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let line = Int(parts[0]) else {
        throw Failure.usage("--same: “\(pair)” is not LINE=HANDLE.")
      }
      answers.same[line] = try workspace.find(parts[1], kind: nil).id
    }
    answers.new = Set(new)
    if let likely {
      guard let answer = LikelyAnswer(rawValue: likely) else {
        throw Failure.usage("--likely is new, skip or ask, not “\(likely)”.")
      }
      answers.likely = answer
    }
    return answers
  }

  private func code(_ text: String) throws -> String {
    guard let code = AmountText.code(text) else {
      throw Failure.usage(fieldSentence(.notACurrency(text), of: "currency"))
    }
    return code
  }

  private func read() throws -> Data {
    if file == "-" { return FileHandle.standardInput.readDataToEndOfFile() }
    guard let contents = FileManager.default.contents(atPath: file) else {
      throw Failure.usage("\(file) cannot be read.")
    }
    return contents
  }

  // MARK: - Telling

  /// Outcomes printed one by one; the rest is counted.
  private static let rowsToldMax = 40

  private func show(_ findings: [(label: Phrase, text: Phrase)], _ workspace: Workspace) {
    workspace.show(findings)
  }

  private func tell(_ report: ImportReport, _ source: some ImportSource, _ workspace: Workspace) throws {
    if json.isWanted {
      workspace.console.document(document(report, source).document)
    } else {
      tellRows(report, source, workspace.console)
      tellCounts(report, workspace.console)
    }
    let rejected = report.count("reject") + report.count("ask")
    if rejected > 0 {
      throw Failure.refused(
        apply
          ? "\(counted(rejected, "row")) left out; the rest is stored. Mend them and import again: what is here already is not made twice."
          : "\(counted(rejected, "row")) would be left out; --apply stores the rest.")
    }
  }

  private func tellRows(_ report: ImportReport, _ source: some ImportSource, _ console: Console) {
    let telling = report.inOrder.filter { entry in
      switch entry.outcome {
      case .reject, .update, .ask: true
      default: false
      }
    }
    for entry in telling.prefix(Self.rowsToldMax) {
      let line = source.line(of: entry.place)
      switch entry.outcome {
      case .reject(let reason), .ask(let reason, _): console.note("Line \(line): \(reason)")
      case .update(let labels):
        console.note("Line \(line): changes \(enumerated(labels.map { .word($0) }))", .dim)
      default: break
      }
    }
    if telling.count > Self.rowsToldMax {
      console.note(
        "… and \(counted(telling.count - Self.rowsToldMax, "row")) more; --json has them all.", .dim)
    }
  }

  private func tellCounts(_ report: ImportReport, _ console: Console) {
    let counts: Phrase = """
      \(report.count("create")) to create, \(report.count("update")) to update, \(report.count("duplicate")) here already, \
      \(report.count("reject")) rejected.
      """
    let done: Phrase = """
      \(report.count("create")) created, \(report.count("update")) updated, \(report.count("duplicate")) here already, \
      \(report.count("reject")) rejected; waiting to sync.
      """
    console.say(apply ? done : "\(counts) Nothing is stored yet: --apply does that.")
    let (asked, skipped) = (report.count("ask"), report.count("skip"))
    if asked > 0 {
      console.say("\(counted(asked, "row")) to be answered for with --same, --new or --likely.")
    }
    if skipped > 0 { console.say("\(counted(skipped, "row")) with a name that is here left out, as asked.") }
  }

  private func document(_ report: ImportReport, _ source: some ImportSource) -> JSON {
    let names = ["create", "update", "duplicate", "reject", "ask", "skip"]
    return JSON.object(
      [("applied", .flag(apply))] + names.map { ($0, .integer(report.count($0))) } + [
        (
          "rows",
          .array(
            report.inOrder.map { entry in
              var members: [(String, JSON)] = [
                ("line", .integer(source.line(of: entry.place))), ("outcome", .text(entry.outcome.name)),
              ]
              if let record = entry.record { members.append(("id", .text(record.description))) }
              switch entry.outcome {
              case .reject(let reason): members.append(("message", .text(reason)))
              case .ask(let question, let records):
                members.append(("message", .text(question)))
                members.append(("candidates", .array(records.map { .text($0.description) })))
              case .update(let labels):
                members.append(("fields", .array(labels.map { .text($0.replacing(" ", with: "-")) })))
              default: break
              }
              return .object(members)
            })
        )
      ])
  }

  private func writeRejected(_ report: ImportReport, _ source: some ImportSource) throws {
    guard let rejects, !report.rejected.isEmpty else { return }
    do {
      try Data(source.document(ofRejected: report.rejected).utf8).write(
        to: URL(fileURLWithPath: rejects), options: .atomic)
    } catch {
      throw Failure.refused("\(rejects) cannot be written: \(error.localizedDescription)")
    }
  }
}
