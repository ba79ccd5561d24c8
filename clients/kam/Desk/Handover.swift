import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncClient
import SyncCore
import Wording
import Workbench

/// Moves what one person holds to another: claims, accounts, privileged contacts, plans, objectives.
struct Handover: Command {
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

  func run() async throws {
    let workspace = try Workspace()
    let giver = try workspace.people().resolve(from)
    let taker = try workspace.people().resolve(to)
    guard giver.id != taker.id else { throw Failure.usage("--from and --to are the same person.") }
    guard taker.isActive else { throw Failure.refused("\(taker.label) is suspended or has left.") }
    let only = try account.map { try workspace.account($0) }
    let parts = try workspace.held(by: giver.id).filter { only == nil || $0.view.scope.account == only }
    let access = try await workspace.access(of: giver, for: taker, only: only, gives: yes)
    let outcome = yes ? try move(parts, giver, taker, workspace) : [:]
    if json.isWanted {
      workspace.console.document(
        JSON.object([
          ("records", try document(parts, outcome, workspace)),
          (
            "access",
            access.map { .array($0.map { $0.json(moved: yes) }) } ?? .null
          ),
        ]).document)
    } else {
      try tell(parts, outcome, giver, taker, workspace)
      tell(access, giver, taker, workspace)
      if !parts.isEmpty || access?.isEmpty == false {
        workspace.console.say(
          yes
            ? "Handed over to \(taker.name). Edits wait for the next sync, which tells whether they stand."
            : "Nothing has moved yet. To move it to \(taker.name), add --yes.")
      }
    }
    let refused = outcome.values.compactMap { $0 }
    if let first = refused.first {
      throw Failure.refused(
        "\(counted(refused.count, "account")) could not be handed over. \(first)")
    }
  }

  private func tell(
    _ access: [HeldAccess]?, _ giver: People.Person, _ taker: People.Person, _ workspace: Workspace
  ) {
    guard let access else {
      return workspace.console.note(
        "The server was not reached: which accounts are shared with \(giver.name) could not be looked up.")
    }
    for one in access {
      workspace.console.say(
        yes
          ? "\(taker.name) is \(word: one.role.name) of \(one.label) now."
          : "\(one.label): access as \(word: one.role.name)")
    }
  }

  /// - Returns: for each account why it was refused; nil when it moved.
  private func move(
    _ parts: [HeldPart], _ giver: People.Person, _ taker: People.Person, _ workspace: Workspace
  ) throws -> [Scope: Phrase?] {
    let scopes = Dictionary(grouping: parts, by: \.view.scope).sorted {
      $0.key.description < $1.key.description
    }
    let edits = scopes.map { scope, parts in
      PlannedEdit(in: scope, summary: "handed over from \(giver.name) to \(taker.name)") { draft in
        for part in parts {
          try draft.update(part.view.id, [(part.register.number, .reference(taker.id))])
        }
      }
    }
    var outcome: [Scope: Phrase?] = [:]
    for ((scope, _), result) in zip(scopes, try workspace.edit(each: edits)) {
      switch result {
      case .success: outcome[scope] = .some(nil)
      case .failure(let refusal as Refusal): outcome[scope] = refusal.phrase
      case .failure(let error): throw error
      }
    }
    return outcome
  }

  private func tell(
    _ parts: [HeldPart], _ outcome: [Scope: Phrase?], _ giver: People.Person, _ taker: People.Person,
    _ workspace: Workspace
  ) throws {
    guard !parts.isEmpty else { return workspace.console.say("\(giver.label) holds nothing here.") }
    var table = Table([
      .init(title: "account", isKey: true), .init(title: "what", isKey: true),
      .init(title: "title", shrinks: true), .init(title: .nothing),
    ])
    for part in parts {
      let state: String =
        switch outcome[part.view.scope] {
        case nil: ""
        case .some(nil): said("moved")
        case .some(.some): said("refused")
        }
      table.add([
        try part.view.scope.account.map { try workspace.accounts().label($0) } ?? "", said(part.what),
        workspace.title(part.view), state,
      ])
    }
    workspace.console.show(table)
    for (scope, reason) in outcome.sorted(by: { $0.key.description < $1.key.description }) {
      guard let reason, let account = scope.account else { continue }
      workspace.console.say("\(try workspace.accounts().label(account)): \(reason)")
    }
  }

  private func document(
    _ parts: [HeldPart], _ outcome: [Scope: Phrase?], _ workspace: Workspace
  ) throws -> JSON {
    .array(
      try parts.map { part in
        var members: [(String, JSON)] = [
          ("record", .text(part.view.id.description)),
          ("kind", .text(PlanModel.kind(part.view.kind)?.name ?? "")),
          ("field", .text(jsonName(ofField: part.register.name))),
          (
            "accountSlug",
            .text(try part.view.scope.account.flatMap { try workspace.accounts()[$0]?.slug } ?? "")
          ),
          ("title", .text(workspace.title(part.view))),
        ]
        if let result = outcome[part.view.scope] {
          members.append(("moved", .flag(result == nil)))
          if let result { members.append(("reason", .text(said(result)))) }
        }
        return .object(members)
      })
  }
}

/// A register in which a person stands.
struct HeldPart {
  let view: RecordView
  let register: RegisterDescription

  var what: Phrase {
    view.kind == KindDescription.task.number
      ? .word("task") : "\(word: PlanModel.kind(view.kind)?.label ?? "record"): \(word: register.label)"
  }
}

extension Workspace {
  /// Everything that makes a person answer for something: all registers that name one, but those of events and
  /// finished work.
  func held(by person: RecordID) throws -> [HeldPart] {
    var parts: [HeldPart] = []
    for kind in PlanModel.kinds where kind.family != .directory && !kind.responsibilities.isEmpty {
      let views = try replica.records(ofKind: kind.number) { body, alive in alive && !kind.isFinished(body) }
      for view in views {
        for register in kind.responsibilities where view.value(register) == .reference(person) {
          parts.append(HeldPart(view: view, register: register))
        }
      }
    }
    return parts
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
  /// The accounts of which this person is manager that are shared with `giver`, and how; given to `taker` as well.
  ///
  /// - Returns: nil when the server was not reached; nothing was given then.
  func access(
    of giver: People.Person, for taker: People.Person, only: RecordID?, gives: Bool
  ) async throws -> [HeldAccess]? {
    let accounts = try replica.scopes().compactMap { held -> RecordID? in
      guard case .plan(let account) = held.scope, only == nil || only == account,
        try replica.standing(in: held.scope).effectiveRole(in: .plan) == .manager
      else { return nil }
      return account
    }
    let labels = try accounts.map { try self.accounts().label($0) }
    do {
      return try await connected { connection in
        var found: [HeldAccess] = []
        for (account, label) in zip(accounts, labels) {
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
