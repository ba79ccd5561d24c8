import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import Wording

/// What becomes of one mutation:
/// `allowed? → valid? → guards → stamp → merge → sequence → history → notices`
///
/// Everything is computed before anything is written: a mutation is applied whole or not at all.
///
/// - SeeAlso: Protocol/sync.md, "Push"
struct Verdict {
  var result: WireMutationResult
  /// The stamp it was applied with.
  var final: Stamp
  var echoes: [Push.EchoKey] = []
  var createdAccount = false

  /// The id a mutation is known by. One without a valid id is refused, but needs a name to be refused once.
  static func identity(of mutation: WireMutation, from device: UInt32) -> RecordID {
    if let id = RecordID(mutation.id), id.isTimeOrdered { return id }
    return RecordID(high: UInt64(device), low: mutation.sequence)
  }

  static func reach(
    on mutation: WireMutation, id: RecordID, by user: UserRow, device: UInt32, ledger: Ledger,
    faults: PlantedFaults
  ) throws -> Verdict {
    let original = Stamp(hlc: mutation.stamp.hlc, replica: mutation.stamp.replica)
    var proceedings = Proceedings(
      mutation: mutation, id: id, user: user, device: device, original: original, ledger: ledger,
      faults: faults)
    do {
      return try proceedings.run()
    } catch let refusal as Refusal {
      return try proceedings.refuse(Self.outcome(of: refusal), refusal.sentence)
    } catch is SchemaAhead {
      return Verdict(
        result: .with {
          $0.sequence = mutation.sequence
          $0.outcome = .schemaAhead
          $0.reason =
            "This server does not know a field of this edit yet; it waits until the server is upgraded."
        }, final: original)
    } catch let failure as GuardFailure {
      return try proceedings.refuse(.guardFailed, failure.sentence, effects: [failure.effect])
    } catch let error as WireError {
      return try proceedings.refuse(.invalid, Refusal.malformed("\(error)").sentence)
    }
  }

  private static func outcome(of refusal: Refusal) -> WireOutcome {
    if case .recordGone = refusal { return .targetGone }
    return refusal.isAboutRights ? .denied : .invalid
  }
}

/// A guard that does not hold: somebody else was first.
struct GuardFailure: Error {
  let sentence: String
  let effect: WireRegisterEffect
}

/// One mutation being judged.
struct Proceedings {
  let mutation: WireMutation
  let id: RecordID
  let user: UserRow
  let device: UInt32
  let original: Stamp
  let ledger: Ledger
  let faults: PlantedFaults

  /// One change, read and checked.
  struct Part {
    let change: WireChange
    let record: RecordID
    let kind: UInt32
    let write: RecordWrite
    /// Before the mutation; nil when it makes the record.
    let before: RecordState?
  }

  mutating func run() throws -> Verdict {
    try checkBounds()
    guard let scope = Scope(mutation.scope) else {
      throw Refusal.malformed("“\(mutation.scope)” is not a scope")
    }
    let creates = try ledger.scope(scope) == nil
    if creates { try checkFounding(of: scope) }
    let standing =
      creates
      ? Standing(person: user.id, organization: user.role, account: .manager)
      : try ledger.standing(of: user, in: scope)
    let parts: [Part]
    do {
      parts = try read(in: scope, by: standing)
    } catch Refusal.taskHeldByAnother(let what) {
      // Who lost the race for a task is told who won it, not that they may not have it.
      try checkGuards(in: scope)
      throw Refusal.taskHeldByAnother(what: what)
    }
    try checkGuards(in: scope)
    if creates, let account = scope.account { try found(account) }
    return try apply(parts, in: scope, creates: creates)
  }

  // MARK: - Allowed and valid

  private func checkBounds() throws {
    func bound(_ what: Phrase, _ count: Int, _ maximum: Int) throws {
      guard count <= maximum else { throw Refusal.tooMany(what: what, count: count, maximum: maximum) }
    }
    try bound("changes in one edit", mutation.changes.count, Limits.changesPerMutationMax)
    try bound("guards in one edit", mutation.guards.count, Limits.guardsPerMutationMax)
    try bound("characters of summary", mutation.summary.unicodeScalars.count, Limits.summaryScalarsMax)
    guard !mutation.changes.isEmpty else { throw Refusal.malformed("it changes nothing") }
    guard RecordID(mutation.id)?.isTimeOrdered == true else {
      throw Refusal.malformed("its id is not a UUID of version 7")
    }
    guard try original.replica == device || ledger.user(ofReplica: original.replica) == user.id else {
      throw Refusal.malformed("its stamp is another person's")
    }
  }

  /// A new account begins with its own record in its plan; its author becomes its manager.
  private func checkFounding(of scope: Scope) throws {
    guard case .plan(let account) = scope, let first = mutation.changes.first, first.create,
      first.kind.rawValue == Int(KindDescription.account.number), RecordID(first.record) == account,
      account.isTimeOrdered
    else { throw Refusal.scopeUnknownOrForbidden(scope) }
    // More than one replica can hold would shut out everybody who sees all accounts.
    let count = try ledger.transaction.scopes().count
    guard count + 2 <= Limits.scopesPerUserMax else {
      throw Refusal.tooMany(
        what: "accounts", count: count / 2 + 1, maximum: (Limits.scopesPerUserMax - 1) / 2)
    }
  }

  private func found(_ account: RecordID) throws {
    try ledger.createScope(.plan(account))
    try ledger.createScope(.finance(account))
    let epoch = ledger.nextGrantEpoch()
    try ledger.transaction.save(
      GrantRow(account: account, user: user.id, role: .manager, planEpoch: epoch, financeEpoch: epoch))
    if var stored = try ledger.transaction.user(user.id) {
      stored.accessVersion += 1
      try ledger.transaction.save(stored)
    }
    ledger.updateOrganization { $0.accountsVersion += 1 }
  }

  private func read(in scope: Scope, by standing: Standing) throws -> [Part] {
    // Without standing there is nothing to tell apart: not even whether a record exists.
    guard standing.mayRead(scope.family) else { throw Refusal.scopeUnknownOrForbidden(scope) }
    let number = try ledger.scope(scope)?.number
    var parts: [Part] = []
    var seen: [RecordID: RecordState] = [:]
    for change in mutation.changes {
      guard let record = RecordID(change.record), record.isTimeOrdered else {
        throw Refusal.malformed("“\(change.record)” is not a record id")
      }
      let stored = try number.flatMap { try ledger.transaction.record(record, in: $0) }
      let before = seen[record] ?? stored
      let part = try read(change, record, before: before, in: scope, by: standing)
      parts.append(part)
      // Only a later change of the same mutation looks.
      if mutation.changes.count > 1 {
        seen[record] = merge(part.write, stamp: original, into: before, id: record, kind: part.kind).state
      }
    }
    return parts
  }

  private func read(
    _ change: WireChange, _ record: RecordID, before: RecordState?, in scope: Scope, by standing: Standing
  ) throws -> Part {
    let (bodyKind, set) = try decodeBody(Array(change.set)[...])
    let kind = UInt32(clamping: change.kind.rawValue)
    guard kind != 0, bodyKind == 0 || bodyKind == kind, before.map({ $0.kind == kind }) ?? true else {
      throw Refusal.malformed("its kind is not the record's")
    }
    // A register with two values in one edit would merge differently here and in a replica.
    guard Set(set.numbers + change.clear).count == set.fields.count + change.clear.count,
      !change.clear.contains(lifeRegister)
    else { throw Refusal.malformed("it names a register twice, or clears the record's life") }
    guard before != nil || change.create else {
      if PlanModel.kind(kind) == nil { throw SchemaAhead(kind: kind, register: nil) }
      throw Refusal.recordGone(kind: PlanModel.kind(kind)?.name ?? "record")
    }
    guard set.fields.allSatisfy({ $0.end - $0.start <= Limits.valueBytesMax }) else {
      throw Refusal.tooMany(what: "bytes in one value", count: set.bytes.count, maximum: Limits.valueBytesMax)
    }
    let guarded = mutation.guards.filter { $0.record == change.record }.map(\.register)
    try validate(
      ProposedChange(
        record: record, kind: kind, isCreation: change.create, set: set, cleared: change.clear,
        alive: change.hasAlive ? change.alive : nil,
        guarded: faults.contains(.noGuards) ? Set(0...200) : Set(guarded)),
      in: scope, by: standing, current: before?.body)
    var base = RecordStamps()
    let known = PlanModel.kind(kind)
    for group in change.base {
      // Of the registers there are: a list of a million others would be sorted in at its author's leisure.
      for register in group.registers where register == lifeRegister || known?.register(register) != nil {
        base[register] = Stamp(hlc: group.stamp.hlc, replica: group.stamp.replica)
      }
    }
    return Part(
      change: change, record: record, kind: kind,
      write: RecordWrite(
        set: set, clear: change.clear, alive: change.hasAlive ? change.alive : nil, base: base),
      before: before)
  }

  // MARK: - Guards

  private func checkGuards(in scope: Scope) throws {
    guard !faults.contains(.noGuards) else { return }
    for expectation in mutation.guards {
      guard let record = RecordID(expectation.record) else {
        throw Refusal.malformed("“\(expectation.record)” is not a record id")
      }
      let number = try ledger.scope(scope)?.number
      let state = try number.flatMap { try ledger.transaction.record(record, in: $0) }
      guard try !holds(expectation, for: state) else { continue }
      throw try failure(of: expectation, state: state, record: record)
    }
  }

  private func holds(_ expectation: WireGuard, for state: RecordState?) throws -> Bool {
    let current = state?.stamps[expectation.register]
    switch expectation.expect {
    case .stamp(let stamp): return current == Stamp(hlc: stamp.hlc, replica: stamp.replica)
    case .unset:
      return current == nil || (current != nil && state?.body.contains(expectation.register) == false)
    case .alive(let alive): return state?.alive == alive
    case .mutation(let name):
      guard let id = RecordID(name), let earlier = try ledger.transaction.mutation(id),
        earlier.outcome == WireOutcome.applied.rawValue
      else { return false }
      return current == earlier.final
    case nil: throw Refusal.malformed("a guard expects nothing")
    }
  }

  private func failure(
    of expectation: WireGuard, state: RecordState?, record: RecordID
  ) throws -> GuardFailure {
    let stamp = state?.stamps[expectation.register]
    let effect = try WireRegisterEffect.with {
      $0.record = record.description
      $0.kind = KamKind(rawValue: Int(state?.kind ?? 0)) ?? .unspecified
      $0.register = expectation.register
      $0.effect = .guardFailed
      if let state, let stamp {
        $0.other = try value(
          of: expectation.register, encoded: state.body[expectation.register].map(Array.init),
          kind: state.kind,
          stamp: stamp, alive: state.alive)
      }
    }
    return GuardFailure(sentence: "Somebody else was first; see who, and when.", effect: effect)
  }

  // MARK: - Stamp, merge, write

  private mutating func apply(_ parts: [Part], in scope: Scope, creates: Bool) throws -> Verdict {
    let (final, clamped) = stamp(for: parts)
    var verdict = Verdict(
      result: .with {
        $0.sequence = mutation.sequence
        $0.outcome = .applied
        $0.clampedMs = clamped
        if final != original { $0.final = final.wire }
      }, final: final, createdAccount: creates)
    var written: [RecordID: RecordState] = [:]
    for part in parts {
      let before = written[part.record] ?? part.before
      let outcome = merge(
        part.write, stamp: final, into: before, id: part.record, kind: part.kind, faults: faults)
      var state = outcome.state
      if outcome.changed {
        state.sequence = try ledger.store(state, replacing: before, in: scope)
        verdict.result.scopeSequence = state.sequence
        if before == nil, final == original, let number = try ledger.scope(scope)?.number {
          verdict.echoes.append(Push.EchoKey(scope: number, sequence: state.sequence))
        }
      }
      written[part.record] = state
      let effects = try report(outcome.effects, of: part, in: scope)
      verdict.result.effects += effects
      let isNoOperation = !outcome.changed && effects.allSatisfy { $0.effect == .noOp }
      if !isNoOperation {
        try appendHistory(part.change, .applied, final: final, effects: effects, in: scope)
      }
    }
    // A later change of the same mutation may have moved the record on.
    if Set(parts.map(\.record)).count < parts.count { verdict.echoes = [] }
    return verdict
  }

  /// The stamp to apply with, and how far ahead of the server the author's was when that was too far.
  private func stamp(for parts: [Part]) -> (Stamp, clamped: Int64) {
    let touched = parts.flatMap { part in
      (part.write.writes.map(\.register) + (part.write.alive == nil ? [] : [lifeRegister])).compactMap {
        part.before?.stamps[$0]
      }
    }
    let ahead = original.milliseconds - ledger.now
    let isTooFar = ahead > Limits.aheadMillisecondsMax
    let isGuarded = !mutation.guards.isEmpty && !faults.contains(.noGuardRestamp)
    // An honest replica never makes one stamp twice; meeting it again means that its clock was lost.
    let collides = touched.contains(original)
    guard isTooFar || isGuarded || collides else { return (original, 0) }
    let beyond = touched.map(\.hlc).max().map { $0 == .max ? $0 : $0 + 1 } ?? 0
    return (Stamp(hlc: max(ledger.tick(), beyond), replica: original.replica), isTooFar ? ahead : 0)
  }

  /// The effects worth telling: all but plain WON. Those whose other side is another person are told to them too.
  private func report(_ effects: [MergeEffect], of part: Part, in scope: Scope) throws -> [WireRegisterEffect]
  {
    var told: [WireRegisterEffect] = []
    for effect in effects where effect.fate != .won {
      let isDeletion =
        part.write.alive == false && effect.register != lifeRegister && effect.fate == .wonOverUnseen
      var message = WireRegisterEffect()
      message.record = part.record.description
      message.kind = part.change.kind
      message.register = effect.register
      message.effect = effect.fate.wire
      if let other = effect.other {
        message.other = try value(
          of: effect.fate == .wonOnDeleted ? lifeRegister : effect.register, encoded: effect.otherEncoded,
          kind: part.kind, stamp: other,
          alive: effect.fate == .wonOnDeleted ? false : part.before?.alive ?? true)
      }
      told.append(message)
      try tellOther(effect, message, of: part, isDeletion: isDeletion, in: scope)
    }
    return told
  }

  private func tellOther(
    _ effect: MergeEffect, _ message: WireRegisterEffect, of part: Part, isDeletion: Bool, in scope: Scope
  ) throws {
    guard effect.fate != .noOperation, let stamp = effect.other,
      let person = try ledger.user(ofReplica: stamp.replica), person != user.id
    else { return }
    try ledger.notify(
      person,
      .with {
        switch effect.fate {
        case .wonOnDeleted: $0.type = .editedAfterDeletion
        case .lost: $0.type = .kept
        default: $0.type = isDeletion ? .deleted : .replaced
        }
        $0.record = message.record
        $0.kind = message.kind
        $0.register = message.register
        $0.yours = message.other
        $0.theirs = .with {
          if isDeletion {
            $0.alive = false
          } else if let written = part.write.writes.first(where: { $0.register == effect.register })?.encoded
          {
            $0.value = Data(encodeBody(written, kind: part.kind))
          } else if effect.register == lifeRegister, let alive = part.write.alive {
            $0.alive = alive
          }
          $0.stamp = original.wire
          $0.user = user.id.description
          $0.serverMs = ledger.now
        }
      }, in: scope)
  }

  private func value(
    of register: UInt32, encoded: [UInt8]?, kind: UInt32, stamp: Stamp, alive: Bool
  ) throws -> WireRegisterValue {
    let owner = try ledger.user(ofReplica: stamp.replica)
    return .with {
      if register == lifeRegister { $0.alive = alive }
      if let encoded { $0.value = Data(encodeBody(encoded, kind: kind)) }
      $0.stamp = stamp.wire
      if let owner { $0.user = owner.description }
    }
  }

  // MARK: - Refused

  /// Consumes the sequence number: a refused edit never blocks the queue.
  func refuse(_ outcome: WireOutcome, _ reason: String, effects: [WireRegisterEffect] = []) throws -> Verdict
  {
    let scope = Scope(mutation.scope)
    // What is refused in a scope that the author may write is part of its history; elsewhere it would tell them
    // that the scope exists, and fill it with strangers' words.
    if let scope, try ledger.scope(scope) != nil,
      try ledger.standing(of: user, in: scope).mayWrite(scope.family)
    {
      for change in mutation.changes.prefix(Limits.changesPerMutationMax) {
        try appendHistory(change, outcome, final: original, effects: effects, reason: reason, in: scope)
      }
    }
    return Verdict(
      result: .with {
        $0.sequence = mutation.sequence
        $0.outcome = outcome
        $0.reason = reason
        $0.effects = effects
      }, final: original)
  }

  private func appendHistory(
    _ change: WireChange, _ outcome: WireOutcome, final: Stamp, effects: [WireRegisterEffect],
    reason: String = "",
    in scope: Scope
  ) throws {
    var change = change
    // What no client could decode would make the record's whole history unreadable.
    if outcome != .applied, (try? KamRecordBody(serializedBytes: change.set)) == nil { change.set = Data() }
    try ledger.record(
      .with {
        $0.mutation = id.description
        $0.replica = device
        $0.user = user.id.description
        $0.serverMs = ledger.now
        $0.original = original.wire
        if final != original { $0.final = final.wire }
        $0.outcome = outcome
        $0.change = change
        $0.effects = effects
        $0.reason = reason
        $0.summary = mutation.summary
      }, in: scope)
  }
}

extension Stamp {
  package var wire: WireStamp {
    .with {
      $0.hlc = hlc
      $0.replica = replica
    }
  }
}

extension MergeEffect.Fate {
  var wire: WireEffect {
    switch self {
    case .won: .won
    case .wonOverUnseen: .wonOverUnseen
    case .wonOnDeleted: .wonOnDeleted
    case .lost: .lost
    case .noOperation: .noOp
    }
  }
}
