import PlanModel
import SourceFiles
import Speech
import Wording
import Workbench

// What is told of a sheet before its rows.

extension Spreadsheet {
  var findings: [(label: Phrase, text: Phrase)] {
    var findings: [(label: Phrase, text: Phrase)] = [
      ("records", .word(kind.plural)), ("text", sheet.formPhrase),
    ]
    if let export { findings.append(("written by", .verbatim(export.system))) }
    if start > 1 { findings.append(("headings", "line \(sheet.line(start - 1))")) }
    for (index, column) in columns.enumerated() {
      guard let text = finding(column, index) else { continue }
      findings.append((.verbatim("  " + column.heading), text))
    }
    for register in kind.registers where register.fill == .now {
      let of = columns.indices.filter { columns[$0].meaning.register == register }
      guard let silent = of.map({ silent[$0] }).min() else {
        findings.append((.word(register.label), "no column says it: the moment of the import is taken"))
        continue
      }
      guard silent > 0 else { continue }
      findings.append(
        (
          .word(register.label),
          "\(counted(silent, "row")) without it: for these the moment of the import is taken"
        ))
    }
    return findings
  }

  private func finding(_ column: PlannedColumn, _ index: Int) -> Phrase? {
    switch column.meaning {
    case .register(let register), .utc(let register):
      switch register.type {
      case .money, .decimal:
        return column.numbers ?? sheet.usualNumbers == .comma
          ? "\(word: register.label), decimal comma" : "\(word: register.label), decimal point"
      case .date, .instant:
        switch dayOrder {
        case .dayFirst: return "\(word: register.label), day before month"
        case .monthFirst: return "\(word: register.label), month before day"
        case nil:
          return hasUndecidedDays
            ? "\(word: register.label); nothing shows whether the day or the month comes first (\(field: "days"))"
            : .word(register.label)
        }
      case .choice, .graded: return choices(column, index, register)
      default: return .word(register.label)
      }
    case .clock(let day): return "the time of “\(columns[day].heading)”"
    case .happening(.responded): return "when it was first responded to"
    case .happening(.resolved): return "when it was resolved"
    case .happening(.closed): return "when it was closed"
    case .state: return "not imported: a request is open until the moment at which it was resolved or closed"
    case .alsoContact: return "not imported: another column says it"
    case .id: return .verbatim("id")
    case .account, .foreignAccount: return .word("account")
    case .currency: return .word("currency")
    case .foreignID: return .word("external id")
    case .point(let type): return .word(type)
    case .namePart: return "part of the name"
    case .likelihood: return "likelihood of the \(word: kind.graded?.label ?? "stage")"
    case .answer(let register): return .word(register.label)
    case .leftOut(.unknown):
      return "not imported: no such field (\(field: "map") \"\(column.heading)=FIELD\")"
    case .leftOut(.asked): return "not imported, as asked"
    case .leftOut(.known): return "not imported"
    case .leftOut(.otherColumn): return "not imported: another column says it"
    case .leftOut: return nil
    }
  }

  /// "severity: Urgent = critical": values are read as what other programs mean by them, and that is told.
  private func choices(_ column: PlannedColumn, _ index: Int, _ register: RegisterDescription) -> Phrase {
    var meanings: [String: String] = [:]
    for place in start..<max(start, sheet.count) where meanings.count < Self.valuesToldMax {
      guard let cells = sheet.cells(place), cells.indices.contains(index) else { continue }
      let text = CSVDocument.unguarded(cells[index]).trimmed
      guard !text.isEmpty, meanings[text] == nil else { continue }
      let meant = translated(text, column)
      let choice = UsualValues.choice(meant, of: register, in: kind)
      meanings[text] = choice.map { folded($0) == folded(text) ? "" : $0 } ?? ""
    }
    let told = meanings.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
    guard !told.isEmpty else { return .word(register.label) }
    let words = told.map { Phrase("\($0.key) = \(word: $0.value)") }
    return "\(word: register.label): \(enumerated(words))"
  }

  private static let valuesToldMax = 12
}
