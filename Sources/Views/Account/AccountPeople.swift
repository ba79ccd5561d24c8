import Pages
import PlanModel
import Replica
import Wording
import Workbench

// Their people: who reports to whom, what each is in the decision, and how each stands to us.

extension AccountReading {
  private static let peopleMax = 25

  func people() throws -> AccountPage.People {
    let contacts = records(.contact).filter { $0.text(ContactRegister.leftOn) == nil }
    let tree = try ContactTree(contacts, of: self, max: Self.peopleMax)
    return AccountPage.People(
      Section(
        title: said("Their people (\(contacts.count))"), rows: tree.tops, more: contacts.count - tree.shown))
  }
}

/// Who reports to whom, as far as there is room on a page.
private struct ContactTree {
  private(set) var tops: [AccountPage.People.Contact] = []
  private(set) var shown = 0
  private let reading: AccountReading
  private let max: Int
  private let under: [RecordID?: [RecordView]]
  /// What each is in the decision, as it was seen last.
  private let roles: [RecordID: RecordView]
  private let coverage: [RecordID: RecordView]
  private var seen: Set<RecordID> = []

  init(_ contacts: [RecordView], of reading: AccountReading, max: Int) throws {
    self.reading = reading
    self.max = max
    let ids = Set(contacts.map(\.id))
    under = Dictionary(grouping: contacts) { contact in
      contact.reference(ContactRegister.reportsTo).flatMap { ids.contains($0) && $0 != contact.id ? $0 : nil }
    }
    roles = Dictionary(
      reading.records(.stakeholderRole).compactMap { role in
        role.reference(StakeholderRoleRegister.contact).map { ($0, role) }
      }, uniquingKeysWith: Self.seenLater)
    coverage = Dictionary(
      reading.records(.coverage).compactMap { view in
        view.reference(CoverageRegister.contact).map { ($0, view) }
      }, uniquingKeysWith: { $1 })
    tops = try level(under[nil] ?? [])
    // Two who report to each other are under nobody.
    tops += try level(contacts.filter { !seen.contains($0.id) })
  }

  private static func seenLater(_ left: RecordView, _ right: RecordView) -> RecordView {
    func key(_ view: RecordView) -> (String, RecordID) {
      (view.text(StakeholderRoleRegister.verifiedOn) ?? "", view.id)
    }
    return key(left) < key(right) ? right : left
  }

  /// Who decides most comes first.
  private mutating func level(_ contacts: [RecordView]) throws -> [AccountPage.People.Contact] {
    let influence = contacts.map { roles[$0.id]?.integer(StakeholderRoleRegister.influence) ?? -1 }
    let names = contacts.map { $0.text(ContactRegister.name) ?? "" }
    let order = contacts.indices.sorted { (influence[$1], names[$0]) < (influence[$0], names[$1]) }
    var rows: [AccountPage.People.Contact] = []
    for place in order {
      guard shown < max else { break }
      guard seen.insert(contacts[place].id).inserted else { continue }
      shown += 1
      rows.append(try contact(contacts[place], reports: level(under[contacts[place].id] ?? [])))
    }
    return rows
  }

  private func contact(
    _ contact: RecordView, reports: [AccountPage.People.Contact]
  ) throws -> AccountPage.People.Contact {
    let role = roles[contact.id]
    return AccountPage.People.Contact(
      name: contact.text(ContactRegister.name) ?? "", title: contact.text(ContactRegister.title),
      role: try role.flatMap { try reading.words(StakeholderRoleRegister.role, of: $0) },
      influence: role?.integer(StakeholderRoleRegister.influence).map { Int($0) },
      support: role?.integer(StakeholderRoleRegister.support).map { Int($0) },
      knownTo: role == nil ? try knownTo(contact) : nil, reports: reports)
  }

  private func knownTo(_ contact: RecordView) throws -> String? {
    try coverage[contact.id].flatMap { try reading.words(CoverageRegister.person, of: $0) ?? "" }.map {
      reading.said("known to \($0)")
    }
  }
}
