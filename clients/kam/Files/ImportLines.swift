import Interchange
import PlanModel
import Speech
import Wording
import Workbench

/// Tells what became of the rows of a file, or would.
struct ImportLines {
  let outcome: ImportOutcome
  let console: Console
  private var report: ImportReport { outcome.report }

  func tell() {
    console.show(lines())
    tellCounts()
  }

  /// What a person has to decide about or to look at; of what is new, the first.
  private func lines() -> [Line] {
    var counts: [ImportReport.Pile: Int] = [:]
    let told = outcome.rows.filter { row in
      counts[row.entry.pile, default: 0] += 1
      return counts[row.entry.pile, default: 0] <= row.entry.toldMax
    }
    guard !told.isEmpty else { return [] }
    let untold = Set(told.map(\.entry.pile)).reduce(-told.count) { $0 + report.count($1) }
    let numbers = told.map { String($0.line) }
    let words = told.map { console.said(Self.word($0.entry.outcome)) }
    let width = (
      number: max(columns(console.said("LINE")), numbers.map(\.count).max() ?? 0),
      word: words.map(columns).max() ?? 0
    )
    let heading = [
      padded(console.said("LINE"), to: width.number, right: true), padded("", to: width.word),
      console.said("RECORD"),
    ].joined(separator: "  ")
    var lines = [Line(heading, .heading)]
    for ((row, number), word) in zip(zip(told, numbers), words) {
      let head = padded(number, to: width.number, right: true) + "  " + padded(word, to: width.word) + "  "
      lines += block(row.entry, head)
    }
    if untold > 0 {
      lines.append(Line(console.said("… and \(counted(untold, "row")) more; --json has them all."), .dim))
    }
    return lines
  }

  /// The row's title beside the head, its details below, in lines that fit.
  private func block(_ entry: ImportReport.Entry, _ head: String) -> [Line] {
    let indent = String(repeating: " ", count: columns(head))
    let details = details(of: entry.outcome) + entry.notes.map { console.said(Self.sentence($0)) }
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
      changes.map(text)
        + (points.isEmpty ? [] : [console.said("also reached at \(points.joined(separator: ", "))")])
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
    let from = change.from.isEmpty ? console.said("(empty)") : oneLine(change.from)
    return console.said("\(word: change.field.label): \(from) \(console.symbols.arrow) \(oneLine(change.to))")
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
      \(report.count(.create)) to create, \(report.count(.update)) to update, \(report.count(.duplicate)) here already, \
      \(report.count(.reject)) rejected.
      """
    let done: Phrase = """
      \(report.count(.create)) created, \(report.count(.update)) updated, \(report.count(.duplicate)) here already, \
      \(report.count(.reject)) rejected; waiting to sync.
      """
    let corrected = report.count(.correct)
    if corrected > 0 { console.say("\(counted(corrected, "event")) replaced by what the file says.") }
    console.say(outcome.isApplied ? done : "\(counts) Nothing is stored yet: --apply does that.")
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
    let (asked, skipped) = (report.count(.ask), report.count(.skip))
    if asked > 0 {
      console.say("\(counted(asked, "row")) to be answered for with --same, --new or --likely.")
    }
    if skipped > 0 { console.say("\(counted(skipped, "row")) with a name that is here left out, as asked.") }
    if let number = outcome.number { console.say("`kam import undo \(number)` takes it back.", .dim) }
  }

  /// - Throws: ``Failure`` when rows were left out: a script must not take that for everything.
  func failIfLeftOut() throws {
    let rejected = report.count(.reject) + report.count(.ask)
    guard rejected > 0 else { return }
    throw Failure.refused(
      outcome.isApplied
        ? "\(counted(rejected, "row")) left out; the rest is stored. Mend them and import again: what is here already is not made twice."
        : "\(counted(rejected, "row")) would be left out; --apply stores the rest.")
  }
}
