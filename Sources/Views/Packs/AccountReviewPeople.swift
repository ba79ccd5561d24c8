import Indicators
import Pages
import PlanModel
import Replica
import Speech
import Wording
import Workbench

// Head and people.

extension AccountReview {
  func head(_ figures: [Figure]) throws -> Pack.Head {
    let contact = account.privilegedContact
    return Pack.Head(
      organization: source.workbench.identity.organization, subject: account.profile.name,
      period: said(period.spoken),
      from: said(period.from.spoken), to: said(period.to.spoken),
      accountManager: try name(account.profile.manager),
      privilegedContact: try name(contact?.person), deputy: try name(contact?.deputy),
      headlines: sentences(figures))
  }

  func name(_ person: RecordID?) throws -> String? {
    guard let person else { return nil }
    return try source.workbench.people()[person]?.name
  }

  /// What somebody would say first.
  private func sentences(_ figures: [Figure]) -> [String] {
    func figure(_ indicator: Indicator) -> Figure? {
      figures.first { $0.indicator == indicator && $0.value != nil }
    }
    var sentences: [Phrase] = []
    if let promotion = figure(.nps), !without.contains(.satisfaction) {
      sentences.append(
        "\(counted(promotion.n, "person")) answered whether they would recommend us: \(promotion.spoken) points."
      )
    }
    if let response = figure(.response), !without.contains(.service) {
      let open = openRequests(account.requests, at: cutOff, levels: context.levels).count
      sentences.append(
        open == 0
          ? "\(response.spoken) of the requests were answered in time; none is open."
          : "\(response.spoken) of the requests were answered in time; \(counted(open, "request")) open.")
    }
    if let revenue = figure(.revenue), !without.contains(.business) {
      let before = context.over(period.previous).figure(.revenue)
      sentences.append(
        before.value == nil
          ? "We did business for \(revenue.spoken)."
          : "We did business for \(revenue.spoken), after \(before.spoken) in \(period.previous.spoken).")
    }
    let measured = objectives.filter { !$0.isSetAside && progress(of: $0) != nil }
    if !measured.isEmpty, !without.contains(.plan) {
      let reached = measured.count { $0.isAchieved || (progress(of: $0) ?? 0) >= 1 }
      sentences.append("\(reached) of \(counted(measured.count, "objective")) reached.")
    }
    return sentences.map { said($0) }
  }

  func people() throws -> Pack.PeoplePart? {
    var ours: [Pack.Person] = []
    func add(_ person: RecordID?, _ function: Phrase) throws {
      guard let name = try name(person), !ours.contains(where: { $0.name == name }) else { return }
      ours.append(Pack.Person(name: name, function: said(function)))
    }
    try add(account.profile.manager, "account manager")
    try add(account.privilegedContact?.person, "privileged contact")
    try add(account.privilegedContact?.deputy, "deputy")
    for coverage in records[KindNumber.coverage] ?? [] where ours.count < 10 {
      let whom = coverage.reference(CoverageRegister.contact).flatMap { id in
        contacts.first { $0.id == id }?.text(ContactRegister.name)
      }
      guard let whom else { continue }
      try add(coverage.reference(CoverageRegister.person), "in touch with \(whom)")
    }
    let theirs = contacts.prefix(12).map { contact in
      Pack.Person(
        name: contact.text(ContactRegister.name) ?? "", function: contact.text(ContactRegister.title))
    }
    return ours.isEmpty && theirs.isEmpty ? nil : Pack.PeoplePart(ours: ours, theirs: Array(theirs))
  }

  /// Who has not left; who decides most comes first.
  private var contacts: [StoredRecord] {
    var influence: [RecordID: Int64] = [:]
    // What weight we give them is ours to know.
    for role in records[KindNumber.stakeholderRole] ?? [] where isInternal {
      guard let contact = role.reference(StakeholderRoleRegister.contact) else { continue }
      influence[contact] = max(influence[contact] ?? 0, role.integer(StakeholderRoleRegister.influence) ?? 0)
    }
    return (records[KindNumber.contact] ?? []).filter { contact in
      contact.day(ContactRegister.leftOn).map { $0 > cutOff.day } ?? true
    }.sorted { left, right in
      (influence[right.id] ?? 0, left.text(ContactRegister.name) ?? "", left.id) < (
        influence[left.id] ?? 0, right.text(ContactRegister.name) ?? "", right.id
      )
    }
  }
}
