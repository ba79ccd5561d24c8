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
    let points = Dictionary(grouping: try records(.contactPoint)) {
      $0.reference(ContactPointRegister.contact)
    }
    for contact in try records(.contact) where contact.text(ContactRegister.leftOn) == nil {
      let name = contact.text(ContactRegister.name) ?? ""
      lines.add("BEGIN", "VCARD")
      lines.add("VERSION", "3.0")
      lines.add("FN", text: name)
      let words = name.split(separator: " ")
      let family = ContentLines.escaped(String(words.last ?? ""))
      lines.add("N", "\(family);\(ContentLines.escaped(words.dropLast().joined(separator: " ")));;;")
      if let account = contact.scope.account, let known = try workbench.accounts()[account] {
        let division = try contact.reference(ContactRegister.division).flatMap {
          try workbench.replica.record($0, from: contact.scope)?.text(DivisionRegister.name)
        }
        lines.add(
          "ORG",
          ([known.name] + [division].compactMap { $0 }).map(ContentLines.escaped).joined(separator: ";"))
      }
      lines.add("TITLE", text: contact.text(ContactRegister.title))
      for point in points[contact.id] ?? [] {
        switch point.choice(ContactPointRegister.type) {
        case "email": lines.add("EMAIL;TYPE=INTERNET", text: point.text(ContactPointRegister.value))
        case "phone": lines.add("TEL;TYPE=VOICE", text: point.text(ContactPointRegister.value))
        default:
          // A reader opens it at a touch.
          if let value = point.text(ContactPointRegister.value), Self.isHarmlessLink(value) {
            lines.add("URL", text: value)
          }
        }
      }
      lines.add("X-LANG", text: contact.text(ContactRegister.language))
      lines.add("NOTE", text: contact.text(ContactRegister.notes))
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
