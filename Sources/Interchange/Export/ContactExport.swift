import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

extension ExportRecords {
  /// The contacts, as vCard 3.0: what every address book reads.
  func vCards() throws -> String {
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
}
