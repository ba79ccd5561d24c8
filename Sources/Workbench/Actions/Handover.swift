import PlanModel
import Replica
import Speech
import SyncCore
import Wording

/// A register in which a person stands.
package struct HeldPart {
  package let view: RecordView
  package let register: RegisterDescription

  package var what: Phrase {
    view.kind == KindNumber.task
      ? .word("task") : "\(word: PlanModel.kind(view.kind)?.label ?? "record"): \(word: register.label)"
  }
}

/// What one person holds and another one takes over: claims, accounts, privileged contacts, plans, objectives.
package struct Handover {
  package enum State: Equatable {
    case standing, moved
    case refused(Phrase)
  }

  package let giver: People.Person
  package let taker: People.Person
  /// Only what is of this account; nil: all.
  package let account: RecordID?
  package fileprivate(set) var parts: [HeldPart]
  /// What became of each account's part, once it was to be moved.
  private(set) var outcome: [Scope: State] = [:]

  package func state(of part: HeldPart) -> State { outcome[part.view.scope] ?? .standing }

  /// Why accounts could not be handed over.
  package var refusals: [(account: RecordID, reason: Phrase)] {
    outcome.sorted { $0.key.description < $1.key.description }.compactMap { scope, state in
      guard case .refused(let reason) = state, let account = scope.account else { return nil }
      return (account, reason)
    }
  }

  fileprivate mutating func note(_ state: State, in scope: Scope) { outcome[scope] = state }
}

extension Workbench {
  /// What somebody holds, to be moved to somebody else; nothing changes yet.
  ///
  /// - Parameter account: Only of this account.
  package func handover(from: String, to: String, account: String? = nil) throws -> Handover {
    try atOneMoment {
      let giver = try people().resolve(from)
      let taker = try people().resolve(to)
      guard giver.id != taker.id else {
        throw Failure.usage("\(field: "from") and \(field: "to") are the same person.")
      }
      guard taker.isActive else { throw Failure.refused("\(taker.label) is suspended or has left.") }
      let only = try account.map { try self.account($0) }
      return Handover(giver: giver, taker: taker, account: only, parts: try held(by: giver.id, in: only))
    }
  }

  /// Moves what the giver holds by now. Each account's part is one edit, and all are kept at once or told why not.
  package func carryOut(_ planned: Handover) throws -> Handover {
    try asOne {
      var handover = planned
      let taker = planned.taker.id
      handover.parts = try held(by: planned.giver.id, in: planned.account)
      let scopes = Dictionary(grouping: handover.parts, by: \.view.scope).sorted {
        $0.key.description < $1.key.description
      }
      let summary: Phrase = "handed over from \(planned.giver.name) to \(planned.taker.name)"
      let edits = scopes.map { scope, parts in
        PlannedEdit(in: scope, summary: summary.description) { draft in
          for part in parts { try draft.update(part.view.id, [(part.register.number, .reference(taker))]) }
        }
      }
      for ((scope, _), result) in zip(scopes, try edit(each: edits)) {
        switch result {
        case .success: handover.note(.moved, in: scope)
        case .failure(let refusal as Refusal): handover.note(.refused(refusal.phrase), in: scope)
        case .failure(let error): throw error
        }
      }
      return handover
    }
  }

  /// Everything that makes a person answer for something: all registers that name one, but those of events and
  /// finished work.
  private func held(by person: RecordID, in account: RecordID?) throws -> [HeldPart] {
    var parts: [HeldPart] = []
    for kind in PlanModel.kinds where kind.family != .directory && !kind.responsibilities.isEmpty {
      let views = try replica.records(ofKind: kind.number, account: account) { body, alive in
        alive && !kind.isFinished(body)
      }
      for view in views {
        for register in kind.responsibilities where view.value(register) == .reference(person) {
          parts.append(HeldPart(view: view, register: register))
        }
      }
    }
    return parts
  }

  package func json(_ handover: Handover) throws -> JSON {
    .array(
      try handover.parts.map { part in
        var members: [(String, JSON)] = [
          ("record", .text(part.view.id.description)),
          ("kind", .text(PlanModel.kind(part.view.kind)?.name ?? "")),
          ("field", .text(jsonName(ofField: part.register.name))),
          ("accountSlug", .text(try part.view.scope.account.flatMap { try accounts()[$0]?.slug } ?? "")),
          ("title", .text(title(part.view))),
        ]
        switch handover.state(of: part) {
        case .standing: break
        case .moved: members.append(("moved", .flag(true)))
        case .refused(let reason):
          members += [("moved", .flag(false)), ("reason", .text(reader.said(reason)))]
        }
        return .object(members)
      })
  }

  /// The accounts of which this person is manager, so that they may give access to them.
  ///
  /// - Parameter account: Only this one.
  package func managedAccounts(only account: RecordID?) throws -> [(id: RecordID, label: String)] {
    try atOneMoment {
      try replica.scopes().compactMap { held in
        guard case .plan(let id) = held.scope, account == nil || account == id,
          try replica.standing(in: held.scope).effectiveRole(in: .plan) == .manager
        else { return nil }
        return (id, try accounts().label(id))
      }
    }
  }
}
