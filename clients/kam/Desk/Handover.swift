import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncClient
import SyncCore
import Wording
import Workbench

/// Moves what one person holds to another: claims, accounts, privileged contacts, plans, objectives.
struct HandOver: Command {
  static let name = "handover"
  static let about: Phrase = "List what somebody holds, and move it to somebody else."
  static let more: Phrase = """
    Without --yes nothing changes: it lists what would move. With it, each account's part is one edit, and all are kept \
    at once or told why not; access to accounts that you manage is given at once, which needs a network. What you may \
    not move is told, with who can.
    """

  @Takes("FROM --from", "Whose it is.") var from: String
  @Takes("TO --to", "Who takes it over.") var to: String
  @Takes("--account ACCOUNT", "Only of this account.") var account: String?
  @Takes("--yes", "Move it.") var yes = false
  let json = JSONOutput()

  func run(in shell: Shell) async throws {
    let workspace = try Workspace(shell)
    let planned = try workspace.handover(from: from, to: to, account: account)
    let access = try await workspace.access(of: planned, gives: yes)
    let handover = yes ? try workspace.carryOut(planned) : planned
    if json.isWanted {
      workspace.console.document(
        JSON.object([
          ("records", try workspace.json(handover)),
          ("access", access.map { .array($0.map { $0.json(moved: yes) }) } ?? .null),
        ]).document)
    } else {
      try tell(handover, workspace)
      tell(access, handover, workspace)
      if !handover.parts.isEmpty || access?.isEmpty == false {
        workspace.console.say(
          yes
            ? "Handed over to \(handover.taker.name). Edits wait for the next sync, which tells whether they stand."
            : "Nothing has moved yet. To move it to \(handover.taker.name), add --yes.")
      }
    }
    let refusals = handover.refusals
    if let first = refusals.first {
      throw Failure.refused(
        "\(counted(refusals.count, "account")) could not be handed over. \(first.reason)")
    }
  }

  private func tell(
    _ access: [HeldAccess]?, _ handover: Handover, _ workspace: Workspace
  ) {
    guard let access else {
      return workspace.console.note(
        "The server was not reached: which accounts are shared with \(handover.giver.name) could not be looked up."
      )
    }
    for one in access {
      workspace.console.say(
        yes
          ? "\(handover.taker.name) is \(word: one.role.name) of \(one.label) now."
          : "\(one.label): access as \(word: one.role.name)")
    }
  }

  private func tell(_ handover: Handover, _ workspace: Workspace) throws {
    guard !handover.parts.isEmpty else {
      return workspace.console.say("\(handover.giver.label) holds nothing here.")
    }
    var table = Table([
      .init(title: "account", isKey: true), .init(title: "what", isKey: true),
      .init(title: "title", shrinks: true), .init(title: .nothing),
    ])
    for part in handover.parts {
      let state: String =
        switch handover.state(of: part) {
        case .standing: ""
        case .moved: workspace.said("moved")
        case .refused: workspace.said("refused")
        }
      table.add([
        try part.view.scope.account.map { try workspace.accounts().label($0) } ?? "",
        workspace.said(part.what),
        workspace.title(part.view), state,
      ])
    }
    workspace.console.show(table)
    for (account, reason) in handover.refusals {
      workspace.console.say("\(try workspace.accounts().label(account)): \(reason)")
    }
  }
}

/// An account that is shared with whoever leaves, and not so far with whoever comes.
struct HeldAccess {
  let account: RecordID
  let label: String
  let role: AccountRole

  func json(moved: Bool) -> JSON {
    .object([
      ("account", .text(account.description)), ("accountSlug", .text(label)), ("role", .text(role.name)),
      ("moved", .flag(moved)),
    ])
  }
}

extension Workspace {
  /// The accounts of which this person is manager that are shared with who gives, and how; given to who takes over as
  /// well.
  ///
  /// - Returns: nil when the server was not reached; nothing was given then.
  func access(of handover: Handover, gives: Bool) async throws -> [HeldAccess]? {
    let (giver, taker) = (handover.giver, handover.taker)
    let accounts = try managedAccounts(only: handover.account)
    do {
      return try await connected { connection in
        var found: [HeldAccess] = []
        for (account, label) in accounts {
          let grants = try await connection.grants(account: account).grants
          func role(_ email: String) -> AccountRole? {
            grants.first { $0.email == email }.flatMap { AccountRole(rawValue: $0.role.rawValue) }
          }
          guard let held = role(giver.email), role(taker.email).map({ $0 < held }) ?? true else { continue }
          if gives { _ = try await share(account, with: taker.email, role: held, over: connection) }
          found.append(HeldAccess(account: account, label: label, role: held))
        }
        return found
      }
    } catch let error as ClientError where error.isUnreachable {
      return nil
    }
  }
}
