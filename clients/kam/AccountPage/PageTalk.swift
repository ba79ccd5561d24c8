import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// What was said to them, what is to be said next, and what they ask.

extension AccountPage {
  private static let interactionsMax = 5
  private static let requestsMax = 6

  /// What is said again and again, the most overdue first.
  func showCommunication() throws {
    let sent = records(.communicationSent)
    let items = records(.communicationItem).compactMap {
      item -> (item: RecordView, last: Int64?, next: PlanDate)? in
      guard let next = workspace.nextDay(of: item, sent: sent) else { return nil }
      let last = sent.filter { $0.reference("item") == item.id }.compactMap { $0.integer("occurred-at") }
        .max()
      return (item, last, next)
    }.sorted { ($0.next, $0.item.id) < ($1.next, $1.item.id) }
    guard !items.isEmpty else { return }
    heading("Communication")
    for (item, last, next) in items.prefix(6) {
      let when =
        last == nil
        ? said("never sent") : next < today ? said("\(next.spoken) overdue") : said("due \(next.spoken)")
      line(
        "  \(handle(item))  \(item.text("objective") ?? "")",
        joined([
          try words("channel", of: item),
          try words("contact", of: item).isEmpty ? item.text("audience") : nil, when,
        ]))
    }
    if items.count > 6 { console.say("  … and \(items.count - 6) more", .dim) }
  }

  func showInteractions() throws {
    let past = records(.interaction).sorted {
      ($0.integer("occurred-at") ?? 0, $0.id) > ($1.integer("occurred-at") ?? 0, $1.id)
    }
    guard !past.isEmpty else { return }
    heading("Last interactions")
    for interaction in past.prefix(Self.interactionsMax) {
      let contact = record(interaction.reference("contact"))?.text("name")
      let when = interaction.integer("occurred-at").map { said(workspace.moments.at($0)) }
      line(
        "  \(interaction.text("summary") ?? "")",
        joined([try words("channel", of: interaction), contact, when]))
      if let next = interaction.text("next-step") { line("    \(console.symbols.arrow) \(next)", .dim) }
    }
  }

  func showRequests() throws {
    let open = openRequests()
    guard !open.isEmpty else { return }
    heading("Open requests (\(open.count))")
    for request in open.prefix(Self.requestsMax) {
      let age = request.integer("opened-at").map { said(workspace.moments.ago($0)) }
      line(
        "  \(handle(request))  \(request.text("subject") ?? "")",
        joined([try words("severity", of: request), try words("department", of: request), age]))
    }
    if open.count > Self.requestsMax { console.say("  … and \(open.count - Self.requestsMax) more", .dim) }
  }

  /// The worst first, then the oldest.
  private func openRequests() -> [RecordView] {
    let closed = closedByTheirEvents(records(.requestEvent))
    return records(.serviceRequest).filter { !closed.contains($0.id) }.sorted { left, right in
      (right.integer("severity") ?? 0, left.integer("opened-at") ?? 0)
        < (left.integer("severity") ?? 0, right.integer("opened-at") ?? 0)
    }
  }
}
