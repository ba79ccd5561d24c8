import PlanModel
import Speech
import Wording
import Workbench

/// What became of the rows of a file, or would, in the words of the workbench's reader.
package struct ImportOutcome: Equatable, Sendable {
  /// What became of a row that is told by itself.
  package struct Row: Equatable, Sendable {
    /// As an editor or a spreadsheet numbers it.
    package let line: Int
    package let entry: ImportReport.Entry
  }

  package let isApplied: Bool
  /// Under which it is listed on this device; nil: nothing was stored.
  package let number: Int64?
  /// In the order of the file.
  package let rows: [Row]
  /// How many there were of each.
  package let report: ImportReport
  /// A file of the form of the one that was read, with only the rows that were left out; nil where that was not asked for.
  package let rejected: String?

  init(_ importer: Importer, _ source: any ImportSource, isApplied: Bool, keepsRejected: Bool) {
    self.isApplied = isApplied
    number = importer.number
    report = importer.report
    rows = report.inOrder.map { Row(line: source.line(of: $0.place), entry: $0) }
    let rejected = report.rejected
    self.rejected = keepsRejected && !rejected.isEmpty ? source.document(ofRejected: rejected) : nil
  }
}

// MARK: - For programs

extension ImportOutcome {
  package var json: JSON {
    let counts = ImportReport.Fate.allCases.map { ($0.rawValue, JSON.integer(report.count($0))) }
    let listed = number.map { [("import", JSON.integer(Int($0)))] } ?? []
    let rows = JSON.array(rows.map(\.json))
    return .object([("applied", .flag(isApplied))] + listed + counts + [("rows", rows)])
  }
}

extension ImportOutcome.Row {
  fileprivate var json: JSON {
    var members: [(String, JSON)] = [
      ("line", .integer(line)), ("outcome", .text(entry.outcome.fate.rawValue)),
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
      members.append(("changes", .array(changes.map(\.json))))
      if !points.isEmpty { members.append(("points", .array(points.map(JSON.text)))) }
      if !events.isEmpty { members.append(("events", .array(events.map(JSON.text)))) }
    case .correct(let changes): members.append(("changes", .array(changes.map(\.json))))
    case .create, .duplicate, .skip: break
    }
    return .object(members + entry.notes.map(\.json))
  }
}

extension ImportReport.Note {
  fileprivate var json: (String, JSON) {
    switch self {
    case .one(let line): ("sameRecordAsLine", .integer(line))
    case .sameName(let line): ("sameNameAsLine", .integer(line))
    case .sameAddress(_, let line): ("sameAddressAsLine", .integer(line))
    case .unknownPerson(let text, let field): (jsonName(ofField: "unknown-\(field.name)"), .text(text))
    case .endedWithoutMoment(let state): ("endedWithoutMoment", .text(state))
    case .openAgain(let state): ("openAgain", .text(state))
    case .unknownState(let state): ("unknownState", .text(state))
    }
  }
}

extension ImportReport.FieldChange {
  fileprivate var json: JSON {
    .object([("field", .text(field.name)), ("from", .text(from)), ("to", .text(to))])
  }
}
