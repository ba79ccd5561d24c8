import Interchange
import PlanModel
import Speech
import Wording
import Workbench

/// Tells what became of the rows of a file, or would.
struct ImportOutcome {
  let report: ImportReport
  let isApplied: Bool
  /// Under which it is listed on this device; nil: nothing was stored.
  let number: Int64?
  let console: Console

  // MARK: - For people

  func tell(_ source: some ImportSource) {
    console.show(lines(source))
    tellCounts()
  }

  /// What a person has to decide about or to look at; of what is new, the first.
  private func lines(_ source: some ImportSource) -> [Line] {
    var counts: [ImportReport.Pile: Int] = [:]
    let told = report.inOrder.filter { entry in
      counts[entry.pile, default: 0] += 1
      return counts[entry.pile, default: 0] <= entry.toldMax
    }
    guard !told.isEmpty else { return [] }
    let untold = Set(told.map(\.pile)).reduce(-told.count) { $0 + report.count($1) }
    let numbers = told.map { String(source.line(of: $0.place)) }
    let words = told.map { said(Self.word($0.outcome)) }
    let width = (
      number: max(columns(said("LINE")), numbers.map(\.count).max() ?? 0), word: words.map(columns).max() ?? 0
    )
    let heading = [
      padded(said("LINE"), to: width.number, right: true), padded("", to: width.word), said("RECORD"),
    ].joined(separator: "  ")
    var lines = [Line(heading, .heading)]
    for ((entry, number), word) in zip(zip(told, numbers), words) {
      let head = padded(number, to: width.number, right: true) + "  " + padded(word, to: width.word) + "  "
      lines += block(entry, head)
    }
    if untold > 0 {
      lines.append(Line(said("… and \(counted(untold, "row")) more; --json has them all."), .dim))
    }
    return lines
  }

  /// The row's title beside the head, its details below, in lines that fit.
  private func block(_ entry: ImportReport.Entry, _ head: String) -> [Line] {
    let indent = String(repeating: " ", count: columns(head))
    let details = details(of: entry.outcome) + entry.notes.map { said(Self.sentence($0)) }
    let texts = entry.title.isEmpty ? details : [entry.title] + details
    let room = console.width.map { max(20, $0 - columns(head)) }
    var lines: [Line] = []
    for text in texts {
      let visible = console.visible(text)
      for part in room.map({ wrapped(visible, to: $0) }) ?? [visible] {
        lines.append(
          Line(
            (lines.isEmpty ? head : indent) + part, entry.notes.isEmpty ? Self.style(entry.outcome) : .plain))
      }
    }
    return lines.isEmpty ? [Line(head)] : lines
  }

  private func details(of outcome: ImportReport.Outcome) -> [String] {
    switch outcome {
    case .update(let changes, let points, let events):
      changes.map(text) + (points.isEmpty ? [] : [said("also reached at \(points.joined(separator: ", "))")])
        + events
    case .correct(let changes): changes.map(text)
    case .reject(let reason), .ask(let reason, _): [reason]
    default: []
    }
  }

  private static func sentence(_ note: ImportReport.Note) -> Phrase {
    switch note {
    case .one(let line): "Line \(line) is about the same record: the two make one."
    case .sameName(let line): "Line \(line) has the same name: each is a record of its own."
    case .sameAddress(let address, let line):
      "Line \(line) has the address \(address) too: they are two people."
    case .unknownPerson(let text, let field):
      "“\(text)” is not known here: the \(word: field.label) is left empty, and this is kept in the detail."
    case .endedWithoutMoment(let state):
      "It is “\(state)” there, and nothing says when that was: it stays open here."
    case .openAgain(let state):
      "It is “\(state)” there: the moment at which it ended before is not taken."
    case .unknownState(let state): "“\(state)” is not known as a state: whether it has ended is not said."
    }
  }

  /// "industry: steel → software"
  private func text(_ change: ImportReport.FieldChange) -> String {
    let from = change.from.isEmpty ? said("(empty)") : oneLine(change.from)
    return said("\(word: change.field.label): \(from) \(console.symbols.arrow) \(oneLine(change.to))")
  }

  private static func word(_ outcome: ImportReport.Outcome) -> Phrase {
    switch outcome {
    case .create: "new"
    case .update: "changed"
    case .correct: "corrected"
    case .duplicate, .skip: "here already"
    case .reject: "refused"
    case .ask: "asked"
    }
  }

  private static func style(_ outcome: ImportReport.Outcome) -> Style {
    switch outcome {
    case .create, .update: .dim
    default: .plain
    }
  }

  private func tellCounts() {
    let counts: Phrase = """
      \(report.count("create")) to create, \(report.count("update")) to update, \(report.count("duplicate")) here already, \
      \(report.count("reject")) rejected.
      """
    let done: Phrase = """
      \(report.count("create")) created, \(report.count("update")) updated, \(report.count("duplicate")) here already, \
      \(report.count("reject")) rejected; waiting to sync.
      """
    let corrected = report.count("correct")
    if corrected > 0 { console.say("\(counted(corrected, "event")) replaced by what the file says.") }
    console.say(isApplied ? done : "\(counts) Nothing is stored yet: --apply does that.")
    if report.oneCount > 0 {
      console.say("\(counted(report.oneCount, "row")) about the same record as another row of the file.")
    }
    if report.alikeCount > 0 {
      console.say(
        "\(counted(report.alikeCount, "row")) with the name or the address of another row of the file, and a record of its own."
      )
    }
    if report.unknownPersonCount > 0 {
      console.say("\(counted(report.unknownPersonCount, "row")) naming people who are not known here.")
    }
    if report.leftOpenCount > 0 {
      console.say("\(counted(report.leftOpenCount, "row")) of requests that have ended, at no known moment.")
    }
    let (asked, skipped) = (report.count("ask"), report.count("skip"))
    if asked > 0 {
      console.say("\(counted(asked, "row")) to be answered for with --same, --new or --likely.")
    }
    if skipped > 0 { console.say("\(counted(skipped, "row")) with a name that is here left out, as asked.") }
    if let number { console.say("`kam import undo \(number)` takes it back.", .dim) }
  }

  // MARK: - For programs

  func tellJSON(_ source: some ImportSource) {
    let counts = ImportReport.Outcome.names.map { ($0, JSON.integer(report.count($0))) }
    let listed = number.map { [("import", JSON.integer(Int($0)))] } ?? []
    let rows = JSON.array(report.inOrder.map { row($0, source) })
    console.document(
      JSON.object([("applied", .flag(isApplied))] + listed + counts + [("rows", rows)]).document)
  }

  private func row(_ entry: ImportReport.Entry, _ source: some ImportSource) -> JSON {
    var members: [(String, JSON)] = [
      ("line", .integer(source.line(of: entry.place))), ("outcome", .text(entry.outcome.name)),
    ]
    if let record = entry.record { members.append(("id", .text(record.description))) }
    if !entry.title.isEmpty { members.append(("title", .text(entry.title))) }
    switch entry.outcome {
    case .reject(let reason): members.append(("message", .text(reason)))
    case .ask(let question, let records):
      members.append(("message", .text(question)))
      members.append(("candidates", .array(records.map { .text($0.description) })))
    case .update(let changes, let points, let events):
      members.append(("fields", .array(changes.map { .text($0.field.name) })))
      members.append(("changes", .array(changes.map(json))))
      if !points.isEmpty { members.append(("points", .array(points.map(JSON.text)))) }
      if !events.isEmpty { members.append(("events", .array(events.map(JSON.text)))) }
    case .correct(let changes): members.append(("changes", .array(changes.map(json))))
    case .create, .duplicate, .skip: break
    }
    for note in entry.notes { members.append(Self.json(note)) }
    return .object(members)
  }

  private static func json(_ note: ImportReport.Note) -> (String, JSON) {
    switch note {
    case .one(let line): ("sameRecordAsLine", .integer(line))
    case .sameName(let line): ("sameNameAsLine", .integer(line))
    case .sameAddress(_, let line): ("sameAddressAsLine", .integer(line))
    case .unknownPerson(let text, let field): (jsonName(ofField: "unknown-\(field.name)"), .text(text))
    case .endedWithoutMoment(let state): ("endedWithoutMoment", .text(state))
    case .openAgain(let state): ("openAgain", .text(state))
    case .unknownState(let state): ("unknownState", .text(state))
    }
  }

  private func json(_ change: ImportReport.FieldChange) -> JSON {
    .object([
      ("field", .text(change.field.name)), ("from", .text(change.from)), ("to", .text(change.to)),
    ])
  }

  // MARK: -

  /// - Throws: ``Failure`` when rows were left out: a script must not take that for everything.
  func failIfLeftOut() throws {
    let rejected = report.count("reject") + report.count("ask")
    guard rejected > 0 else { return }
    throw Failure.refused(
      isApplied
        ? "\(counted(rejected, "row")) left out; the rest is stored. Mend them and import again: what is here already is not made twice."
        : "\(counted(rejected, "row")) would be left out; --apply stores the rest.")
  }
}
