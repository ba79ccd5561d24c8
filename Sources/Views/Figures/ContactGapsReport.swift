import Indicators
import Pages
import PlanModel
import Speech
import Wording
import Workbench

/// Accounts whose privileged contact is missing, gone or silent.
package struct ContactGapsReport: SourcedReport {
  package let source: FigureSource
  private let gaps: [Gap]

  private struct Gap {
    enum Kind: String { case none, left, overdue }

    let account: AccountFacts
    let kind: Kind
    let reason: Phrase
    var person: RecordID?
  }

  package init(_ workbench: Workbench) throws {
    let source = try FigureSource(workbench, .today, topics: [.relation])
    self.source = source
    gaps = try source.facts.accounts.compactMap { try Self.gap($0, source) }
  }

  private static func gap(_ account: AccountFacts, _ source: FigureSource) throws -> Gap? {
    let people = try source.workbench.people()
    guard let contact = account.privilegedContact else {
      return Gap(account: account, kind: .none, reason: "has no privileged contact")
    }
    let name = people.name(contact.person)
    guard people[contact.person]?.isActive ?? true else {
      return Gap(
        account: account, kind: .left, reason: "\(name) has left or is suspended", person: contact.person)
    }
    guard let cadence = contact.cadenceDays, let last = lastContact(account, at: source.cutOff) else {
      return nil
    }
    let days = last.days(to: source.cutOff.day)
    guard days > cadence else { return nil }
    return Gap(
      account: account, kind: .overdue,
      reason: "overdue for \(name): \(counted(days, "day")) since the last contact, \(cadence) allowed",
      person: contact.person)
  }

  package var figures: [Figure] { [] }
  /// No finances are in it.
  package func notes() -> [Phrase] { [] }

  package func blocks() -> [Block] {
    guard !gaps.isEmpty else {
      return [
        text(
          source.facts.accounts.isEmpty
            ? "No accounts." : "No gaps: every account has its privileged contact.")
      ]
    }
    var table = FigureTable([column(title: "account", .key), column(title: "gap", .title)])
    for gap in gaps { table.add([name(gap.account), cell(gap.reason)]) }
    return [.table(table), note("Assign one: \(action: .assignContact)")]
  }

  package func document() -> JSON {
    .array(
      gaps.map { gap in
        .object([
          ("account", .text(gap.account.profile.id.description)),
          ("accountSlug", .text(gap.account.profile.slug)), ("gap", .text(gap.kind.rawValue)),
          ("person", JSON(gap.person?.description)), ("reason", .text(said(gap.reason))),
        ])
      })
  }
}
