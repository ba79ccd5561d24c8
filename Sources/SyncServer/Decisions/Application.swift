import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// Writes what was judged: the account it founds, its records, the stamps, sequences and digests that follow.
struct Application {
  private let submission: Submission
  private let telling: Telling

  private var user: UserRow { submission.user }
  private var work: UnitOfWork { submission.work }
  private var faults: PlantedFaults { submission.faults }

  init(_ submission: Submission) {
    self.submission = submission
    telling = Telling(submission)
  }

  func apply(_ judgement: Judgement) throws -> Verdict {
    let (parts, scope) = (judgement.parts, judgement.scope)
    if scope == .directory, parts.made > 0 { try work.use(.directoryRecords, parts.made, by: user.id) }
    if judgement.creates, let account = scope.account { try found(account) }
    let stamping = submission.stamping(for: parts)
    var verdict = applied(stamping, createdAccount: judgement.creates)
    var written: [RecordID: RecordState] = [:]
    for part in parts {
      written[part.record] = try write(
        part, over: written[part.record] ?? part.before, stamping, in: scope, &verdict)
    }
    // A later change of the same mutation may have moved the record on.
    if Set(parts.map(\.record)).count < parts.count { verdict.echoes = [] }
    return verdict
  }

  private func applied(_ stamping: Stamping, createdAccount: Bool) -> Verdict {
    let receipt = Receipt.make(
      for: submission.prepared, by: user.id, plain: stamping.plain.hlc,
      guarded: (stamping.ownGuarded ?? stamping.plain).hlc, work.organization)
    return Verdict(
      result: .with {
        $0.sequence = submission.mutation.sequence
        $0.outcome = .applied
        $0.clampedMs = stamping.clamped
        if stamping.plain != submission.original { $0.final = stamping.plain.wire }
        if let guarded = stamping.ownGuarded { $0.guarded = guarded.wire }
        $0.receipt = Data(receipt)
      }, final: stamping.plain, guarded: stamping.ownGuarded, createdAccount: createdAccount)
  }

  /// - Returns: the record after it.
  private func write(
    _ part: Part, over before: RecordState?, _ stamping: Stamping, in scope: Scope, _ verdict: inout Verdict
  ) throws -> RecordState {
    let stamps = WriteStamps(
      plain: stamping.plain, guarded: stamping.guarded, guardedRegisters: part.guarded)
    let outcome = merge(
      part.write, stamps: stamps, into: before, id: part.record, kind: part.kind, faults: faults)
    var state = outcome.state
    if outcome.changed {
      state.sequence = try work.store(state, replacing: before, in: scope)
      try auditSeal(of: part, from: before, to: state, in: scope)
      verdict.result.scopeSequence = state.sequence
      if before == nil, stamping.isOriginal, let number = try work.scope(scope)?.number {
        verdict.echoes.append(Push.EchoKey(scope: number, sequence: state.sequence))
      }
    }
    let effects = try telling.report(part.repeated(of: before) + outcome.effects, of: part, in: scope)
    verdict.result.effects += effects
    if outcome.changed || effects.contains(where: { $0.effect != .noOp }) {
      try telling.appendHistory(part.change, .applied, stamping, effects: effects, in: scope)
    }
    return state
  }

  private func found(_ account: RecordID) throws {
    try work.createScope(.plan(account), by: user.id)
    try work.createScope(.finance(account), by: user.id)
    try work.noteFounding(by: user.id)
    let epoch = work.nextGrantEpoch()
    try work.transaction.save(
      GrantRow(account: account, user: user.id, role: .manager, planEpoch: epoch, financeEpoch: epoch))
    try work.noteGrants(on: account)
    if var stored = try work.transaction.user(user.id) {
      stored.accessVersion += 1
      try work.transaction.save(stored)
    }
    work.updateOrganization { $0.accountsVersion += 1 }
  }

  /// A record that is sealed for good is final; when an admin takes the seal off after all, the audit log tells who did.
  private func auditSeal(
    of part: Part, from before: RecordState?, to state: RecordState, in scope: Scope
  ) throws {
    guard let kind = PlanModel.kind(part.kind), let seal = kind.seal, seal.isFinal, let before,
      seal.isOn(in: before.body)
    else { return }
    let what = "\(kind.name) \(part.record) in \(scope)"
    if !seal.isOn(in: state.body) { try work.audit("seal.break", by: user.email, what) }
    if before.alive != state.alive {
      try work.audit(state.alive ? "seal.restore" : "seal.delete", by: user.email, what)
    }
  }
}

extension Part {
  /// What it says of registers that hold it already, and are set once.
  fileprivate func repeated(of before: RecordState?) -> [MergeEffect] {
    saidAlready.map {
      MergeEffect(
        register: $0, fate: .noOperation, other: before?.stamps[$0],
        otherEncoded: before?.body[$0].map(Array.init))
    }
  }
}
