import Pages
import PlanModel
import Replica
import Speech
import Wording
import Workbench

// What was said to them, what is to be said next, and what they ask.

extension AccountReading {
  private static let communicationMax = 6
  private static let interactionsMax = 5
  private static let requestsMax = 6

  /// What is said again and again, the most overdue first.
  func communication() throws -> Section<RecordLine> {
    let sent = records(.communicationSent)
    let items = records(.communicationItem).compactMap { item -> (item: RecordView, next: PlanDate)? in
      workbench.nextDay(of: item, sent: sent).map { (item, $0) }
    }.sorted { ($0.next, $0.item.id) < ($1.next, $1.item.id) }
    let everSent = Set(
      sent.filter { $0.integer(CommunicationSentRegister.occurredAt) != nil }.compactMap {
        $0.reference(CommunicationSentRegister.item)
      })
    return try Section(title: said("Communication"), of: items, max: Self.communicationMax) { item, next in
      let when: Phrase =
        !everSent.contains(item.id)
        ? "never sent" : next < today ? "\(next.spoken) overdue" : "due \(next.spoken)"
      return RecordLine(
        name(item, CommunicationItemRegister.objective),
        details: present([
          try words(CommunicationItemRegister.channel, of: item),
          try words(CommunicationItemRegister.contact, of: item) == nil
            ? item.text(CommunicationItemRegister.audience) : nil, said(when),
        ]))
    }
  }

  func interactions() throws -> [AccountPage.Interaction] {
    let past = records(.interaction).sorted(
      on: { ($0.integer(InteractionRegister.occurredAt) ?? 0, $0.id) }, by: >)
    return try past.prefix(Self.interactionsMax).map { interaction in
      AccountPage.Interaction(
        summary: interaction.text(InteractionRegister.summary) ?? "",
        details: present([
          try words(InteractionRegister.channel, of: interaction),
          record(interaction.reference(InteractionRegister.contact))?.text(ContactRegister.name),
          interaction.integer(InteractionRegister.occurredAt).map { said(workbench.moments.at($0)) },
        ]), nextStep: interaction.text(InteractionRegister.nextStep))
    }
  }

  func requests() throws -> Section<RecordLine> {
    let open = openRequests()
    return try Section(title: said("Open requests (\(open.count))"), of: open, max: Self.requestsMax) {
      request in
      RecordLine(
        name(request, ServiceRequestRegister.subject),
        details: present([
          try words(ServiceRequestRegister.severity, of: request),
          try words(ServiceRequestRegister.department, of: request),
          request.integer(ServiceRequestRegister.openedAt).map { said(workbench.moments.ago($0)) },
        ]))
    }
  }

  /// The worst first, then the oldest.
  private func openRequests() -> [RecordView] {
    let closed = closedByTheirEvents(records(.requestEvent))
    return records(.serviceRequest).filter { !closed.contains($0.id) }.sorted(
      on: {
        (
          -($0.chosen(ServiceRequestRegister.severity) ?? 0),
          $0.integer(ServiceRequestRegister.openedAt) ?? 0
        )
      }, by: <)
  }
}
