import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// The forms that are read by programs: the same in every language.

extension ExportRecords {
  /// A record a line, as `--json` prints them; `kam import` makes the same records of them.
  package func jsonLines(_ progress: (Int) -> Void) throws -> String {
    var text = ""
    var count = 0
    for kind in kinds {
      let views = try records(kind)
      for view in views {
        text += try workbench.exportLine(view) + "\n"
        count += 1
        progress(count)
      }
    }
    return text
  }

  /// The records of a kind, a row each.
  package func csv(_ kind: KindDescription) throws -> CSVDocument {
    let registers = kind.registers.filter { $0.type != .opaque }
    var document = CSVDocument()
    document.add(["id"] + (kind.addsInAccount ? ["account"] : []) + registers.map(\.name))
    for view in try records(kind) {
      let account = kind.addsInAccount ? [try view.scope.account.map(accountName) ?? ""] : []
      document.add([view.id.description] + account + (try registers.map { try cell($0, view) }))
    }
    return document
  }

  private func accountName(_ id: RecordID) throws -> String {
    let account = try workbench.accounts()[id]
    return account.map { $0.slug.isEmpty ? $0.id.description : $0.slug } ?? id.description
  }

  private func cell(_ register: RegisterDescription, _ view: RecordView) throws -> String {
    guard let value = view.value(register) else { return "" }
    switch (register.type, value) {
    case (.reference(KindDescription.person.number), .reference(let id)):
      return try workbench.people()[id]?.email ?? id.description
    case (.reference(KindDescription.account.number), .reference(let id)): return try accountName(id)
    case (let type, .integer(let number)) where type.isDepartment:
      return try workbench.departments().word(DepartmentCode(number))
    case (.choice(let choices), .integer(let number)): return choices.name(of: number)
    case (.kindNumber, .integer(let number)):
      return UInt32(exactly: number).flatMap { PlanModel.kind($0) }?.name ?? "\(number)"
    case (.instant, .integer(let milliseconds)): return Moments.iso(milliseconds)
    case (.graded(let choices), .graded(let number, let likelihood)):
      return "\(choices.name(of: number)) \(likelihood / 100)%"
    case (_, .integer(let number)): return "\(number)"
    case (_, .flag(let flag)): return flag ? "yes" : "no"
    case (_, .money(let money)): return money.description
    case (_, .period(let from, let to)): return "\(from)..\(to)"
    case (_, .reference(let id)): return id.description
    case (_, .text(let text)): return text
    default: return ""
    }
  }
}

// MARK: - vCard and iCalendar

/// Content lines as RFC 6350 and RFC 5545 have them: escaped, folded at 75 bytes, ended by CR LF.
struct ContentLines {
  private(set) var text = ""

  mutating func add(_ name: String, _ value: String) {
    var line = ""
    var width = 0
    for scalar in "\(name):\(value)".unicodeScalars {
      let size = UTF8.width(scalar)
      if width + size > 75 {
        line += "\r\n "
        width = 1
      }
      line.unicodeScalars.append(scalar)
      width += size
    }
    text += line + "\r\n"
  }

  mutating func add(_ name: String, text value: String?) {
    guard let value, !value.isEmpty else { return }
    add(name, Self.escaped(value))
  }

  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ",", ";":
        result.append("\\")
        result.append(scalar)
      case "\n", "\u{2028}", "\u{2029}": result.append(contentsOf: "\\n".unicodeScalars)
      case "\r": continue
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

extension ExportRecords {
  /// The contacts, as vCard 3.0: what every address book reads.
  package func vCards() throws -> String {
    var lines = ContentLines()
    let points = Dictionary(grouping: try records(.contactPoint)) { $0.reference("contact") }
    for contact in try records(.contact) where contact.text("left-on") == nil {
      let name = contact.text("name") ?? ""
      lines.add("BEGIN", "VCARD")
      lines.add("VERSION", "3.0")
      lines.add("FN", text: name)
      let words = name.split(separator: " ")
      let family = ContentLines.escaped(String(words.last ?? ""))
      lines.add("N", "\(family);\(ContentLines.escaped(words.dropLast().joined(separator: " ")));;;")
      if let account = contact.scope.account, let known = try workbench.accounts()[account] {
        let division = try contact.reference("division").flatMap {
          try workbench.replica.record($0, from: contact.scope)?.text("name")
        }
        lines.add(
          "ORG",
          ([known.name] + [division].compactMap { $0 }).map(ContentLines.escaped).joined(separator: ";"))
      }
      lines.add("TITLE", text: contact.text("title"))
      for point in points[contact.id] ?? [] {
        switch point.choice("type") {
        case "email": lines.add("EMAIL;TYPE=INTERNET", text: point.text("value"))
        case "phone": lines.add("TEL;TYPE=VOICE", text: point.text("value"))
        default:
          // A reader opens it at a touch.
          if let value = point.text("value"), Self.isHarmlessLink(value) { lines.add("URL", text: value) }
        }
      }
      lines.add("X-LANG", text: contact.text("language"))
      lines.add("NOTE", text: contact.text("notes"))
      lines.add("UID", "urn:uuid:\(contact.id)")
      if let stamp = contact.state.stamps.latest { lines.add("REV", Moments.iso(stamp.milliseconds)) }
      lines.add("END", "VCARD")
    }
    return lines.text
  }

  private static func isHarmlessLink(_ text: String) -> Bool {
    ["http://", "https://", "mailto:", "tel:"].contains(where: text.lowercased().hasPrefix)
  }

  /// What is due: open tasks as to-dos, reviews as events of a day, communications as events that come again.
  /// - Parameter version: Of the program, which the calendar says it was made by.
  package func calendar(version: String) throws -> String {
    var lines = ContentLines()
    lines.add("BEGIN", "VCALENDAR")
    lines.add("VERSION", "2.0")
    lines.add("PRODID", "-//kam//kam \(version)//EN")
    lines.add("CALSCALE", "GREGORIAN")
    for task in try records(.task) { try add(task, to: &lines) }
    for review in try records(.businessReview) { try add(review: review, to: &lines) }
    let sent = Dictionary(grouping: try records(.communicationSent)) { $0.reference("item") }
    for item in try records(.communicationItem) { try add(item, sent: sent[item.id] ?? [], to: &lines) }
    lines.add("END", "VCALENDAR")
    return lines.text
  }

  private func begin(_ component: String, _ view: RecordView, _ lines: inout ContentLines) throws {
    lines.add("BEGIN", component)
    lines.add("UID", "\(view.id)@kam")
    lines.add("DTSTAMP", Self.utc(view.state.stamps.latest?.milliseconds ?? 0))
    let account = try view.scope.account.map { try workbench.accounts().label($0) } ?? ""
    lines.add("SUMMARY", text: "[\(account)] \(workbench.title(view))")
  }

  private func add(_ task: RecordView, to lines: inout ContentLines) throws {
    guard let due = task.day("due"), !["done", "cancelled"].contains(task.choice("status") ?? "") else {
      return
    }
    try begin("VTODO", task, &lines)
    lines.add("DUE;VALUE=DATE", Self.compact(due))
    lines.add("DESCRIPTION", text: task.text("detail"))
    if let code = workbench.taskDepartment(task) {
      lines.add("CATEGORIES", text: try workbench.departments().word(code))
    }
    let priorities = ["urgent": 1, "high": 3, "normal": 5, "low": 7]
    if let priority = task.choice("priority").flatMap({ priorities[$0] }) {
      lines.add("PRIORITY", "\(priority)")
    }
    lines.add("STATUS", task.choice("status") == "in-progress" ? "IN-PROCESS" : "NEEDS-ACTION")
    lines.add("END", "VTODO")
  }

  private func add(review: RecordView, to lines: inout ContentLines) throws {
    guard let day = review.day("held-on") else { return }
    try addEvent(review, on: day, &lines)
    lines.add("DESCRIPTION", text: review.text("agenda"))
    lines.add("END", "VEVENT")
  }

  private func add(_ item: RecordView, sent: [RecordView], to lines: inout ContentLines) throws {
    guard let cadence = item.integer("cadence-days"), let next = workbench.nextDay(of: item, sent: sent)
    else {
      return
    }
    try addEvent(item, on: next, &lines)
    lines.add("RRULE", "FREQ=DAILY;INTERVAL=\(cadence)")
    lines.add("DESCRIPTION", text: item.text("message"))
    lines.add("END", "VEVENT")
  }

  private func addEvent(_ view: RecordView, on day: PlanDate, _ lines: inout ContentLines) throws {
    try begin("VEVENT", view, &lines)
    lines.add("DTSTART;VALUE=DATE", Self.compact(day))
    lines.add("DTEND;VALUE=DATE", Self.compact(day.adding(days: 1)))
    lines.add("TRANSP", "TRANSPARENT")
  }

  private static func compact(_ day: PlanDate) -> String { day.description.replacing("-", with: "") }

  /// "20261124T140203Z"
  private static func utc(_ milliseconds: Int64) -> String {
    Moments.iso(milliseconds).prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
  }
}
