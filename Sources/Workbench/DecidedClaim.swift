import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncCore
import Wording

/// A race for a guarded register, decided.
package struct DecidedClaim {
  package let view: RecordView
  package let register: RegisterDescription
  let isMine: Bool
  /// Who has it and since when, when somebody else was first.
  package let holder: RecordID?
  package let at: Int64

  package init(view: RecordView, register: RegisterDescription, isMine: Bool, holder: RecordID?, at: Int64) {
    self.view = view
    self.register = register
    self.isMine = isMine
    self.holder = holder
    self.at = at
  }
}

extension Workbench {
  /// What became of edits that the server decides by comparing: claims, and who answers for an account.
  package func decidedClaims(among entries: [OutboxEntry]) throws -> [DecidedClaim] {
    var decided: [DecidedClaim] = []
    for entry in entries {
      guard let result = try replica.outboxEntry(entry.id), result.status != .waiting else { continue }
      for change in entry.mutation.changes {
        guard let kind = PlanModel.kind(UInt32(clamping: change.kind.rawValue)),
          let id = RecordID(change.record),
          !decided.contains(where: { $0.view.id == id }),
          let content = try? change.registers(),
          let register = content.numbers.lazy.compactMap({ kind.register($0) }).first(where: { register in
            // What a merge copies with a task is no race.
            register.isClaim
              && entry.mutation.guards.contains {
                $0.record == change.record && $0.register == register.number
              }
          }),
          let scope = Scope(entry.mutation.scope), let view = try replica.record(id, in: scope)
        else { continue }
        let other = result.result?.effects.first { $0.effect == .guardFailed && $0.hasOther }?.other
        let isMine = result.status == .acknowledged
        guard isMine || result.result?.outcome == .guardFailed else { continue }
        decided.append(
          DecidedClaim(
            view: view, register: register, isMine: isMine, holder: isMine ? nil : holder(register, view),
            at: Int64((other?.stamp.hlc ?? 0) >> 16)))
      }
    }
    return decided
  }

  private func holder(_ register: RegisterDescription, _ view: RecordView) -> RecordID? {
    guard case .reference(let id)? = view.value(register) else { return nil }
    return id
  }

  package func sentence(_ claim: DecidedClaim) throws -> Phrase {
    let what = try name(claim.view) + " " + quotedTitle(claim.view)
    guard claim.view.kind == KindDescription.task.number else {
      let role = PlanModel.kind(claim.view.kind)?.label ?? "record"
      let label = try claim.view.scope.account.map { try accounts().label($0) } ?? ""
      let person = try words(claim.register, of: claim.view)
      let isAccounts = PlanModel.kind(claim.view.kind)?.isSingleton == true
      let isMe = claim.view.value(claim.register) == .reference(identity.person)
      let stands: Phrase =
        switch (isAccounts, isMe) {
        case (true, true): "you are the \(word: role) of \(label)"
        case (true, false): "\(person) is the \(word: role) of \(label)"
        case (false, _):
          "the \(word: claim.register.label) of \(what) is \(person.isEmpty ? reader.said("nobody") : person)"
        }
      return claim.isMine
        ? "\(capitalized(stands)): it stands." : "Somebody was first\(since(claim)): \(stands)."
    }
    if claim.isMine {
      // A lead's assignment is decided like a claim.
      guard let person = taskHolder(claim.view), person != identity.person else {
        return "\(capitalized(what)): yours."
      }
      return "\(capitalized(what)): assigned to \(try people().name(person))."
    }
    let holder: Phrase = claim.holder.map { id in (try? people().name(id)) ?? "somebody" } ?? "somebody"
    return "\(capitalized(what)): claimed by \(holder)\(since(claim)).\(try next(after: claim.view))"
  }

  private func since(_ claim: DecidedClaim) -> Phrase {
    claim.at > 0 ? " at \(moments.at(claim.at))" : .nothing
  }

  /// " Next open logistics task: 8XYZ “Pack the samples”."
  private func next(after task: RecordView) throws -> Phrase {
    guard let department = taskDepartment(task),
      let register = KindDescription.task.register(TaskRegister.department)
    else { return .nothing }
    guard let first = try openTasks(of: [department]).first else { return .nothing }
    return """
       Next open \(try words(register, of: task)) task: \(try handle(first.id)) \
      \(quotedTitle(first)).
      """
  }

  package func json(_ claim: DecidedClaim) throws -> JSON {
    var members: [(String, JSON)] = [
      ("record", .text(claim.view.id.description)),
      ("kind", .text(PlanModel.kind(claim.view.kind)?.name ?? "")),
      ("handle", .text(try handle(claim.view.id))), ("title", .text(title(claim.view))),
      ("field", .text(jsonName(ofField: claim.register.name))),
      ("outcome", .text(claim.isMine ? "yours" : "lost")),
    ]
    if let holder = claim.holder {
      members.append(("holder", .text(holder.description)))
      members.append(("holderName", .text(try people()[holder]?.name ?? "")))
    }
    if claim.at > 0 { members.append(("at", .text(Moments.iso(claim.at)))) }
    members.append(("sentence", .text(reader.said(try sentence(claim)))))
    return .object(members)
  }
}

extension RegisterDescription {
  /// Guarded, and names a person: a claim.
  var isClaim: Bool { policy == .guarded && type == .reference(KindDescription.person.number) }
}
