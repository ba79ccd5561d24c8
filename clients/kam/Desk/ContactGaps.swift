import ArgumentParser
import PlanModel
import ProtocolMessages
import Replica
import SwiftProtobuf
import SyncCore
import Wording

/// Accounts whose privileged contact is missing, gone or silent.
struct ContactGaps: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gaps",
    abstract: said("Accounts without a privileged contact, or whose contact left or is overdue."),
    discussion: said(
      """
      Overdue: the contact's cadence has passed since they, or their deputy, last had an interaction with the account or \
      commented on anything of it, or since they took it over.
      """))
  @OptionGroup var json: JSONOption

  private struct Gap {
    let account: RecordView
    let reason: Phrase
    let person: RecordID?
    /// "none", "left" or "overdue".
    let kind: String
  }

  func run() throws {
    let workspace = try Workspace()
    let accounts = try workspace.replica.records(ofKind: KindDescription.account.number) { _, alive in alive }
    let gaps = try accounts.compactMap { try gap($0, workspace) }
    if json.isWanted {
      workspace.console.document(
        JSON.array(
          try gaps.map { gap in
            .object([
              ("account", .text(gap.account.id.description)),
              ("accountSlug", .text(try workspace.accounts()[gap.account.id]?.slug ?? "")),
              ("gap", .text(gap.kind)), ("person", gap.person.map { .text($0.description) } ?? .null),
              ("reason", .text(said(gap.reason))),
            ])
          }
        ).document)
    } else if gaps.isEmpty {
      workspace.console.say(
        accounts.isEmpty ? "No accounts." : "No gaps: every account has its privileged contact.")
    } else {
      var table = Table([.init(title: "account", isKey: true), .init(title: "gap", shrinks: true)])
      for gap in gaps { table.add([try workspace.accounts().label(gap.account.id), said(gap.reason)]) }
      workspace.console.show(table)
      workspace.console.say("Assign one: kam contact assign ACCOUNT --to EMAIL", .dim)
    }
    try workspace.showAge()
  }

  private func gap(_ account: RecordView, _ workspace: Workspace) throws -> Gap? {
    let id = account.id.singleton(ofKind: KindDescription.privilegedContact.number)
    let record = try workspace.replica.record(id).flatMap {
      try? KamPrivilegedContact(serializedBytes: $0.state.body.bytes)
    }
    guard let record, record.hasPerson, let person = RecordID(record.person) else {
      return Gap(account: account, reason: "has no privileged contact", person: nil, kind: "none")
    }
    let name = try workspace.people().name(person)
    guard try workspace.people()[person]?.isActive ?? true else {
      return Gap(
        account: account, reason: "\(name) has left or is suspended", person: person, kind: "left")
    }
    guard record.hasCadenceDays,
      let last = try lastContact(
        account, [person] + [RecordID(record.deputy)].compactMap { $0 }, record, workspace)
    else { return nil }
    let days = Int((workspace.shell.now - last) / 86_400_000)
    guard days > Int(record.cadenceDays) else { return nil }
    return Gap(
      account: account,
      reason:
        "overdue for \(name): \(counted(days, "day")) since the last contact, \(record.cadenceDays) allowed",
      person: person, kind: "overdue")
  }

  /// Unix milliseconds.
  private func lastContact(
    _ account: RecordView, _ people: [RecordID], _ record: KamPrivilegedContact, _ workspace: Workspace
  ) throws -> Int64? {
    let comments = try workspace.replica.records(
      ofKind: KindDescription.comment.number, account: account.id
    ) { _, alive in alive }
    let said = comments.compactMap { try? KamComment(serializedBytes: $0.state.body.bytes) }
      .filter { comment in RecordID(comment.author).map(people.contains) ?? false }.map(\.writtenMs).max()
    let met = try workspace.replica.records(
      ofKind: KindDescription.interaction.number, account: account.id
    ) { _, alive in alive }
    .compactMap { try? KamInteraction(serializedBytes: $0.state.body.bytes) }
    .filter { interaction in RecordID(interaction.by).map(people.contains) ?? false }.map(\.occurredAt).max()
    let began = PlanDate(record.since).map(\.milliseconds)
    // Messages are read as they are: a time from nowhere must not overflow.
    return [said, met, began].compactMap { $0 }.filter { $0 > 0 && $0 < 253_402_300_800_000 }.max()
  }
}
