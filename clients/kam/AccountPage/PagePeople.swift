import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// Their people: who reports to whom, what each is in the decision, and how each stands to us.

extension AccountPage {
  private static let peopleMax = 25

  func showPeople() throws {
    let contacts = records(.contact).filter { $0.text("left-on") == nil }
    guard !contacts.isEmpty else { return }
    heading("Their people (\(contacts.count))")
    let ids = Set(contacts.map(\.id))
    let under = Dictionary(grouping: contacts) { contact in
      contact.reference("reports-to").flatMap { ids.contains($0) && $0 != contact.id ? $0 : nil }
    }
    var shown = 0
    var seen: Set<RecordID> = []
    try show(level(under[nil] ?? []), under, indent: "  ", isRoot: true, &shown, &seen)
    // Two who report to each other are under nobody.
    try show(level(contacts.filter { !seen.contains($0.id) }), [:], indent: "  ", isRoot: true, &shown, &seen)
    if contacts.count > shown {
      console.say(
        "  … and \(contacts.count - shown) more: kam contact list --account \(account.text("slug") ?? "")",
        .dim)
    }
  }

  /// Who decides most comes first.
  private func level(_ contacts: [RecordView]) -> [RecordView] {
    contacts.sorted { left, right in
      let (a, b) = (role(of: left)?.integer("influence") ?? -1, role(of: right)?.integer("influence") ?? -1)
      return (b, left.text("name") ?? "") < (a, right.text("name") ?? "")
    }
  }

  /// The one seen to be so most lately.
  private func role(of contact: RecordView) -> RecordView? {
    records(.stakeholderRole).filter { $0.reference("contact") == contact.id }
      .max { ($0.text("verified-on") ?? "", $0.id) < ($1.text("verified-on") ?? "", $1.id) }
  }

  private func show(
    _ contacts: [RecordView], _ under: [RecordID?: [RecordView]], indent: String, isRoot: Bool,
    _ shown: inout Int, _ seen: inout Set<RecordID>
  ) throws {
    for (place, contact) in contacts.enumerated() {
      guard shown < Self.peopleMax else { return }
      guard seen.insert(contact.id).inserted else { continue }
      shown += 1
      let isLast = place == contacts.count - 1
      let branch = isRoot ? "" : console.symbols.branch(isLast: isLast)
      line(
        indent + branch + joined([contact.text("name"), contact.text("title")]), try standing(of: contact))
      let deeper = indent + (isRoot ? "" : console.symbols.trunk(isLast: isLast))
      try show(level(under[contact.id] ?? []), under, indent: deeper, isRoot: false, &shown, &seen)
    }
  }

  /// "decision maker ●●●●○ for us ++"
  private func standing(of contact: RecordView) throws -> String {
    guard let role = role(of: contact) else { return try coverage(of: contact) }
    let influence = role.integer("influence").map { console.symbols.dots(Int($0), of: 5) } ?? ""
    let support: String
    switch role.integer("support") {
    case .some(2): support = "++"
    case .some(1): support = "+"
    case .some(0): support = "="
    case .some(-1): support = "-"
    case .some(-2): support = "--"
    default: support = ""
    }
    return [try words("role", of: role), influence, support].filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  private func coverage(of contact: RecordView) throws -> String {
    guard let coverage = records(.coverage).last(where: { $0.reference("contact") == contact.id }) else {
      return ""
    }
    return said("known to \(try words("person", of: coverage))")
  }
}

extension Symbols {
  func branch(isLast: Bool) -> String { isUnicode ? (isLast ? "└─ " : "├─ ") : (isLast ? "`- " : "|- ") }
  func trunk(isLast: Bool) -> String { isLast ? "   " : (isUnicode ? "│  " : "|  ") }

  /// "●●●○○"
  func dots(_ count: Int, of total: Int) -> String {
    let filled = min(max(0, count), total)
    return String(repeating: isUnicode ? "●" : "*", count: filled)
      + String(repeating: isUnicode ? "○" : ".", count: total - filled)
  }

  /// "██████░░░░"
  func bar(_ share: Double, width: Int) -> String {
    let filled = Int((min(max(0, share), 1) * Double(width)).rounded())
    return String(repeating: isUnicode ? "█" : "#", count: filled)
      + String(repeating: isUnicode ? "░" : ".", count: width - filled)
  }
}
