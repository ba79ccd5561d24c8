import Indicators
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// Accounts whose privileged contact is missing, gone or silent.
struct ContactGaps: Command {
  static let name = "contact gaps"
  static let about: Phrase = "Accounts without a privileged contact, or whose contact left or is overdue."
  static let more: Phrase = """
    Overdue: the contact's cadence has passed since they, or their deputy, last had an interaction with the account or \
    commented on anything of it, or since they took it over.
    """
  let json = JSONOutput()

  private struct Gap {
    let account: AccountFacts
    let reason: Phrase
    let person: RecordID?
    /// "none", "left" or "overdue".
    let kind: String
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let source = try FigureSource(workspace, .today, topics: [.relation])
    let accounts = source.facts.accounts
    let gaps = try accounts.compactMap { try gap($0, source) }
    if json.isWanted {
      workspace.console.document(
        JSON.array(
          gaps.map { gap in
            .object([
              ("account", .text(gap.account.profile.id.description)),
              ("accountSlug", .text(gap.account.profile.slug)), ("gap", .text(gap.kind)),
              ("person", gap.person.map { .text($0.description) } ?? .null),
              ("reason", .text(said(gap.reason))),
            ])
          }
        ).document)
    } else if gaps.isEmpty {
      workspace.console.say(
        accounts.isEmpty ? "No accounts." : "No gaps: every account has its privileged contact.")
    } else {
      var table = Table([.init(title: "account", isKey: true), .init(title: "gap", shrinks: true)])
      for gap in gaps { table.add([source.label(gap.account), said(gap.reason)]) }
      workspace.console.show(table)
      workspace.console.say("Assign one: kam contact assign ACCOUNT --to EMAIL", .dim)
    }
    try workspace.showAge()
  }

  private func gap(_ account: AccountFacts, _ source: FigureSource) throws -> Gap? {
    let people = try source.workbench.people()
    guard let contact = account.privilegedContact else {
      return Gap(account: account, reason: "has no privileged contact", person: nil, kind: "none")
    }
    let name = people.name(contact.person)
    guard people[contact.person]?.isActive ?? true else {
      return Gap(
        account: account, reason: "\(name) has left or is suspended", person: contact.person, kind: "left")
    }
    guard let cadence = contact.cadenceDays, let last = lastContact(account, at: source.cutOff) else {
      return nil
    }
    let days = last.days(to: source.cutOff.day)
    guard days > cadence else { return nil }
    return Gap(
      account: account,
      reason: "overdue for \(name): \(counted(days, "day")) since the last contact, \(cadence) allowed",
      person: contact.person, kind: "overdue")
  }
}
