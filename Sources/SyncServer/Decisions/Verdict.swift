import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// What becomes of one mutation:
/// `allowed? → valid? → references → guards → stamps → merge → sequence → history → notices`
///
/// Everything is computed before anything is written: a mutation is applied whole or not at all. One that this server
/// applied before it was put back to an older copy, and that proves it, is merged as it was decided then.
///
/// - SeeAlso: Protocol/sync.md, "Push"
struct Verdict {
  var result: WireMutationResult
  /// The stamp it was applied with.
  var final: Stamp
  /// Of the registers it wrote under a guard, when that is another one.
  var guarded: Stamp?
  var echoes: [Push.EchoKey] = []
  var createdAccount = false

  /// The id a mutation is known by. One without a valid id is refused, but needs a name to be refused once.
  static func identity(of mutation: WireMutation, from device: UInt32) -> RecordID {
    if let id = RecordID(mutation.id), id.isTimeOrdered { return id }
    return RecordID(high: UInt64(device), low: mutation.sequence)
  }

  static func reach(
    on prepared: PreparedMutation, id: RecordID, by user: UserRow, device: UInt32, ledger: Ledger,
    excerpts: ExcerptBudget, faults: PlantedFaults
  ) throws -> Verdict {
    let mutation = prepared.message
    let original = Stamp(hlc: mutation.stamp.hlc, replica: mutation.stamp.replica)
    let decided =
      faults.contains(.ignoresReceipts)
      ? nil : Receipt.stamps(provenBy: prepared, of: user.id, ledger.organization)
    let proceedings = Proceedings(
      prepared: prepared, excerpts: excerpts, id: id, user: user, device: device, original: original,
      decided: decided.map { DecidedStamps(plain: $0.plain, guarded: $0.guarded) }, ledger: ledger,
      faults: faults)
    do {
      return try proceedings.run()
    } catch let refusal as Refusal {
      return try proceedings.waitOrRefuse(Self.outcome(of: refusal), refusal)
    } catch let guarded as GuardNotYet {
      return try proceedings.waitOrRefuse(guarded)
    } catch is SchemaAhead {
      return Verdict(
        result: .with {
          $0.sequence = mutation.sequence
          $0.outcome = .schemaAhead
          $0.tell([.schemaAhead])
        }, final: original)
    } catch let failure as GuardFailure {
      return try proceedings.refuse(.guardFailed, [.guardFailed], effects: [failure.effect])
    } catch let error as WireError {
      return try proceedings.refuse(.invalid, [.malformed("\(error)")])
    }
  }

  private static func outcome(of refusal: Refusal) -> WireOutcome {
    if case .recordGone = refusal { return .targetGone }
    return refusal.isAboutRights ? .denied : .invalid
  }
}

/// The clocks with which a former history applied a mutation.
struct DecidedStamps {
  let plain: UInt64
  let guarded: UInt64
}

/// A guard that cannot be judged before something is back that a former history had.
struct GuardNotYet: Error {
  let failure: GuardFailure
}

/// A guard that does not hold: somebody else was first.
struct GuardFailure: Error {
  let effect: WireRegisterEffect
}

/// One mutation being judged.
struct Proceedings {
  let prepared: PreparedMutation
  let excerpts: ExcerptBudget
  let id: RecordID
  let user: UserRow
  let device: UInt32
  let original: Stamp
  /// Non-nil when it was applied in a former history: then it is not judged again.
  let decided: DecidedStamps?
  let ledger: Ledger
  let faults: PlantedFaults

  var mutation: WireMutation { prepared.message }

  /// One change, read and checked.
  struct Part {
    let change: WireChange
    let record: RecordID
    let kind: UInt32
    let proposed: ProposedChange
    /// The registers that the mutation's guards cover.
    let guarded: Set<UInt32>
    let write: RecordWrite
    /// Registers that are set once and hold what the change says: it says nothing of them, and takes no stamp.
    let saidAlready: [UInt32]
    /// Before the mutation; nil when it makes the record.
    let before: RecordState?
  }

  func run() throws -> Verdict {
    try checkBounds()
    guard let scope = Scope(mutation.scope) else {
      throw Refusal.malformed("“\(mutation.scope)” is not a scope")
    }
    if !mutation.access.isEmpty { return try giveAccessAgain(in: scope) }
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
    try checkReferences(of: parts, in: scope)
    if decided == nil { try checkGuards(in: scope) }
    try checkFinite(parts, in: scope)
    if creates, let account = scope.account { try found(account) }
    return try apply(parts, in: scope, creates: creates)
  }

  // MARK: - Allowed and valid

  private func checkBounds() throws {
    func bound(_ what: Quantity, _ count: Int, _ maximum: Int) throws {
      guard count <= maximum else { throw Refusal.tooMany(what: what, count: count, maximum: maximum) }
    }
    try bound(.changes, mutation.changes.count, Limits.changesPerMutationMax)
    try bound(.guards, mutation.guards.count, Limits.guardsPerMutationMax)
    try bound(.summary, mutation.summary.unicodeScalars.count, Limits.summaryScalarsMax)
    guard mutation.changes.isEmpty != mutation.access.isEmpty else {
      throw Refusal.malformed(
        mutation.access.isEmpty ? "it changes nothing" : "it changes records and access at once")
    }
    try bound(.access, mutation.access.count, Limits.changesPerMutationMax)
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
    try checkRoom()
    // What stood before a restore comes back whole, and an admin answers for the organisation.
    guard decided == nil, user.role != .admin else { return }
    guard try ledger.livingAccounts(foundedBy: user.id) < Limits.accountsFoundedMax else {
      throw Refusal.tooManyOwnAccounts(maximum: Limits.accountsFoundedMax)
    }
    try checkAllowance(.accounts, 1, .accounts, Limits.accountsFoundedPerDayMax)
  }

  /// More accounts than one replica can hold would shut out everybody who sees them all.
  private func checkRoom() throws {
    guard try ledger.livingAccounts(foundedBy: nil) < Limits.accountsMax else {
      throw Refusal.tooManyAccounts(maximum: Limits.accountsMax)
    }
  }

  private func checkAllowance(_ allowance: Allowance, _ count: Int, _ what: Quantity, _ maximum: Int) throws {
    guard count > 0, user.role != .admin, decided == nil else { return }
    guard try ledger.used(allowance, by: user.id) + count <= maximum else {
      throw Refusal.tooManyToday(what: what, maximum: maximum)
    }
  }

  /// What every replica holds, and only admins delete.
  private func checkFinite(_ parts: [Part], in scope: Scope) throws {
    if scope == .directory {
      let made = parts.filter { $0.before == nil }.count
      try checkAllowance(
        .directoryRecords, made, .directoryRecords, Limits.directoryRecordsPerDayMax)
      if made > 0 { try ledger.use(.directoryRecords, made, by: user.id) }
    }
    for part in parts
    where part.kind == KindDescription.account.number && part.proposed.alive == true
      && part.before?.alive == false
    { try checkRoom() }
  }

  private func found(_ account: RecordID) throws {
    try ledger.createScope(.plan(account), by: user.id)
    try ledger.createScope(.finance(account), by: user.id)
    try ledger.noteFounding(by: user.id)
    let epoch = ledger.nextGrantEpoch()
    try ledger.transaction.save(
      GrantRow(account: account, user: user.id, role: .manager, planEpoch: epoch, financeEpoch: epoch))
    try ledger.noteGrants(on: account)
    if var stored = try ledger.transaction.user(user.id) {
      stored.accessVersion += 1
      try ledger.transaction.save(stored)
    }
    ledger.updateOrganization { $0.accountsVersion += 1 }
  }

  private func read(in scope: Scope, by standing: Standing) throws -> [Part] {
    // Without standing there is nothing to tell apart: not even whether a record exists.
    guard decided == nil ? standing.mayRead(scope.family) : standing.mayWrite(scope.family) else {
      throw Refusal.scopeUnknownOrForbidden(scope)
    }
    let number = try ledger.scope(scope)?.number
    var parts: [Part] = []
    var seen: [RecordID: RecordState] = [:]
    for (change, body) in zip(mutation.changes, prepared.bodies) {
      guard let record = RecordID(change.record), record.isTimeOrdered else {
        throw Refusal.malformed("“\(change.record)” is not a record id")
      }
      let stored = try number.flatMap { try ledger.transaction.record(record, in: $0) }
      let before = seen[record] ?? stored
      let part = try read(
        change, try body.get(), record, before: before, committed: stored, in: scope, by: standing)
      parts.append(part)
      // Only a later change of the same mutation looks.
      if mutation.changes.count > 1 {
        seen[record] = merge(part.write, stamp: original, into: before, id: record, kind: part.kind).state
      }
    }
    return parts
  }

  private func read(
    _ change: WireChange, _ body: PreparedMutation.Body, _ record: RecordID, before: RecordState?,
    committed: RecordState?, in scope: Scope,
    by standing: Standing
  ) throws -> Part {
    let set = body.set
    let kind = UInt32(clamping: change.kind.rawValue)
    guard kind != 0, body.kind == 0 || body.kind == kind, before.map({ $0.kind == kind }) ?? true else {
      throw Refusal.malformed("its kind is not the record's")
    }
    // A register with two values in one edit would merge differently here and in a replica.
    guard !body.isAmbiguous else {
      throw Refusal.malformed("it names a register twice, or clears the record's life")
    }
    guard before != nil || change.create else {
      if PlanModel.kind(kind) == nil { throw SchemaAhead(kind: kind, register: nil) }
      throw Refusal.recordGone(kind: PlanModel.kind(kind)?.name ?? "record")
    }
    guard !body.isTooLarge else {
      throw Refusal.tooMany(what: .valueBytes, count: set.bytes.count, maximum: Limits.valueBytesMax)
    }
    let guarded = guardedRegisters(of: change)
    let proposed = ProposedChange(
      record: record, kind: kind, isCreation: change.create, set: set, cleared: change.clear,
      alive: change.hasAlive ? change.alive : nil,
      guarded: faults.contains(.noGuards) ? Set(0...200) : guarded)
    if decided == nil {
      try validate(
        proposed, in: scope, by: standing, current: before?.body,
        committed: committed?.body, forms: body.forms)
    } else if PlanModel.kind(kind) == nil {
      throw SchemaAhead(kind: kind, register: nil)
    }
    // What was proven to stand stands, whoever has taken its id meanwhile.
    if before == nil, decided == nil, try isTaken(record, in: scope) {
      throw Refusal.scopeUnknownOrForbidden(scope)
    }
    let said = decided == nil ? set.saidAlready(in: before, as: PlanModel.kind(kind)) : []
    var base = RecordStamps()
    let known = PlanModel.kind(kind)
    for group in change.base {
      // Of the registers there are: a list of a million others would be sorted in at its author's leisure.
      for register in group.registers where register == lifeRegister || known?.register(register) != nil {
        base[register] = Stamp(hlc: group.stamp.hlc, replica: group.stamp.replica)
      }
    }
    return Part(
      change: change, record: record, kind: kind, proposed: proposed, guarded: guarded,
      write: RecordWrite(
        set: set.without(said), clear: change.clear, alive: change.hasAlive ? change.alive : nil, base: base),
      saidAlready: said, before: before)
  }

  /// Whether an id is another record's, in whatever scope. An id is chosen by who makes a record, and read by many: a
  /// second record of it, in an account of one's own, would get what is meant for the first.
  private func isTaken(_ id: RecordID, in scope: Scope) throws -> Bool {
    guard !faults.contains(.takesIDsTwice) else { return false }
    if try ledger.transaction.isRecord(id, outside: ledger.scope(scope)?.number) { return true }
    // Of a record that every account has one of, the id follows from the account's, and is its own before it is made.
    return try PlanModel.kinds.contains { kind in
      guard kind.isSingleton else { return false }
      let account = id.singleton(ofKind: kind.number)
      return try account != scope.account && ledger.scope(.plan(account)) != nil
    }
  }

  private func guardedRegisters(of change: WireChange) -> Set<UInt32> {
    Set(mutation.guards.lazy.filter { $0.record == change.record }.map(\.register))
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
      let verdict = try GuardVerdict.judge(
        expectation, on: state, isPending: mutation.former, isFormer: mutation.former,
        earlier: whatBecame(of:))
      if verdict == .holds { continue }
      let failure = try failure(of: expectation, state: state, record: record)
      if verdict == .cannotTell { throw GuardNotYet(failure: failure) }
      throw failure
    }
  }

  private func whatBecame(of earlier: RecordID) throws -> GuardVerdict.Earlier {
    guard let row = try ledger.transaction.mutation(earlier, of: user.id) else { return .undecided }
    guard row.outcome == WireOutcome.applied.rawValue else { return .refused }
    return .applied([row.final] + (row.guarded.map { [$0] } ?? []))
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
    return GuardFailure(effect: effect)
  }

  // MARK: - Stamp, merge, write

  private func apply(_ parts: [Part], in scope: Scope, creates: Bool) throws -> Verdict {
    let stamping = stamping(for: parts)
    var verdict = Verdict(
      result: .with {
        $0.sequence = mutation.sequence
        $0.outcome = .applied
        $0.clampedMs = stamping.clamped
        if stamping.plain != original { $0.final = stamping.plain.wire }
        if let guarded = stamping.ownGuarded { $0.guarded = guarded.wire }
      }, final: stamping.plain, guarded: stamping.ownGuarded, createdAccount: creates)
    verdict.result.receipt = Data(
      Receipt.make(
        for: prepared, by: user.id, plain: stamping.plain.hlc,
        guarded: (stamping.ownGuarded ?? stamping.plain).hlc,
        ledger.organization))
    var written: [RecordID: RecordState] = [:]
    for part in parts {
      let before = written[part.record] ?? part.before
      let stamps = WriteStamps(
        plain: stamping.plain, guarded: stamping.guarded, guardedRegisters: part.guarded)
      let outcome = merge(
        part.write, stamps: stamps, into: before, id: part.record, kind: part.kind, faults: faults)
      var state = outcome.state
      if outcome.changed {
        state.sequence = try ledger.store(state, replacing: before, in: scope)
        try auditSeal(of: part, from: before, to: state, in: scope)
        verdict.result.scopeSequence = state.sequence
        if before == nil, stamping.isOriginal, let number = try ledger.scope(scope)?.number {
          verdict.echoes.append(Push.EchoKey(scope: number, sequence: state.sequence))
        }
      }
      written[part.record] = state
      let repeated = part.saidAlready.map {
        MergeEffect(
          register: $0, fate: .noOperation, other: before?.stamps[$0],
          otherEncoded: before?.body[$0].map(Array.init))
      }
      let effects = try report(repeated + outcome.effects, of: part, in: scope)
      verdict.result.effects += effects
      let isNoOperation = !outcome.changed && effects.allSatisfy { $0.effect == .noOp }
      if !isNoOperation {
        try appendHistory(part.change, .applied, stamping, effects: effects, in: scope)
      }
    }
    // A later change of the same mutation may have moved the record on.
    if Set(parts.map(\.record)).count < parts.count { verdict.echoes = [] }
    return verdict
  }

  /// What is sealed for good stands, and who sees to it that it does not after all is known.
  private func auditSeal(
    of part: Part, from before: RecordState?, to state: RecordState, in scope: Scope
  ) throws {
    guard let kind = PlanModel.kind(part.kind), let seal = kind.seal, seal.isFinal, let before,
      seal.isOn(in: before.body)
    else { return }
    let what = "\(kind.name) \(part.record) in \(scope)"
    if !seal.isOn(in: state.body) { try ledger.audit("seal.break", by: user.email, what) }
    if before.alive != state.alive {
      try ledger.audit(state.alive ? "seal.restore" : "seal.delete", by: user.email, what)
    }
  }

  /// The stamps a mutation is applied with.
  private struct Stamping {
    /// Of what is not under a guard: when it was edited.
    var plain: Stamp
    /// Of what is: when the server decided it.
    var guarded: Stamp
    /// Whether some register is written under a guard.
    var writesGuarded = false
    /// How far ahead of the server the author's stamp was, when that was too far, milliseconds.
    var clamped: Int64 = 0
    var isOriginal = true

    var ownGuarded: Stamp? { writesGuarded && guarded != plain ? guarded : nil }
  }

  private func stamping(for parts: [Part]) -> Stamping {
    var touched: [Stamp] = []
    var touchedGuarded: [Stamp] = []
    var stamping = Stamping(plain: original, guarded: original)
    for part in parts {
      for register in part.write.writes.map(\.register) + (part.write.alive == nil ? [] : [lifeRegister]) {
        let isGuarded = part.guarded.contains(register)
        stamping.writesGuarded = stamping.writesGuarded || isGuarded
        guard let stamp = part.before?.stamps[register] else { continue }
        if isGuarded { touchedGuarded.append(stamp) } else { touched.append(stamp) }
      }
    }
    if let decided {
      stamping.plain = Stamp(hlc: decided.plain, replica: original.replica)
      // What was decided since the epoch began stands.
      stamping.guarded = Stamp(
        hlc: stamping.writesGuarded ? min(decided.guarded, guardedMax) : decided.plain,
        replica: original.replica)
    } else if stamping.writesGuarded, !faults.contains(.noGuardRestamp) {
      stamping.guarded = Stamp(hlc: tick(beyond: touchedGuarded), replica: original.replica)
      if faults.contains(.stampsWholeMutation) { stamping.plain = stamping.guarded }
    }
    // Of the server's own clock, should that be ahead of its wall clock since somebody set it wrong: replicas follow it.
    let ahead = stamping.plain.milliseconds - max(ledger.now, Int64(ledger.organization.clock.last >> 16))
    let isTooFar = ahead > Limits.aheadMillisecondsMax && !faults.contains(.neverClamps)
    // An honest replica never makes one stamp twice; meeting it again means that its clock was lost.
    if isTooFar || decided == nil && touched.contains(stamping.plain) {
      stamping.plain = Stamp(hlc: tick(beyond: touched + touchedGuarded), replica: original.replica)
      if decided == nil { stamping.guarded = stamping.plain }
      stamping.clamped = isTooFar ? ahead : 0
    }
    stamping.isOriginal =
      stamping.plain == original && (!stamping.writesGuarded || stamping.guarded == original)
    return stamping
  }

  /// The latest clock that something decided in a former history can have.
  private var guardedMax: UInt64 {
    ledger.organization.epochClock == 0 ? .max : ledger.organization.epochClock
  }

  /// The server's next time, later than all of these.
  private func tick(beyond touched: [Stamp]) -> UInt64 {
    max(ledger.tick(), touched.map(\.hlc).max().map { $0 == .max ? $0 : $0 + 1 } ?? 0)
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
          alive: effect.fate == .wonOnDeleted ? false : part.before?.alive ?? true,
          isGone: effect.fate == .wonOverUnseen && !isDeletion)
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
            $0.hold(Array(written), of: effect.register, kind: part.kind, excerpts)
          } else if effect.register == lifeRegister, let alive = part.write.alive {
            $0.alive = alive
          }
          $0.stamp = original.wire
          $0.user = user.id.description
          $0.serverMs = ledger.now
        }
      }, from: user.id, in: scope)
  }

  private func value(
    of register: UInt32, encoded: [UInt8]?, kind: UInt32, stamp: Stamp, alive: Bool, isGone: Bool = false
  ) throws -> WireRegisterValue {
    let owner = try ledger.user(ofReplica: stamp.replica)
    return .with {
      if register == lifeRegister { $0.alive = alive }
      if let encoded {
        if isGone {
          $0.holdWhole(encoded, kind: kind)
        } else {
          $0.hold(encoded, of: register, kind: kind, excerpts)
        }
      }
      $0.stamp = stamp.wire
      if let owner { $0.user = owner.description }
    }
  }

  // MARK: - Waiting and refused

  /// A mutation of a former history waits for what that history had; what is missing after its time is refused.
  func waitOrRefuse(_ outcome: WireOutcome, _ refusal: Refusal) throws -> Verdict {
    let couldCome = mutation.former && refusal.isAboutWhatMayComeBack
    guard couldCome else { return try refuse(outcome, [refusal]) }
    if ledger.organization.awaitsFormer(at: ledger.now), !faults.contains(.refusesInsteadOfWaiting) {
      return wait(refusal)
    }
    return try refuse(outcome, [refusal, Self.neverCameBack])
  }

  /// A later edit of the same replica may build on one that waits, so it need not be of a former history itself.
  func waitOrRefuse(_ notYet: GuardNotYet) throws -> Verdict {
    let failure = notYet.failure
    let mayBuildOnFormer = mutation.former || ledger.organization.epochBegan != 0
    if mayBuildOnFormer, ledger.organization.awaitsFormer(at: ledger.now) {
      return wait(.formerMissing)
    }
    let refusals = mutation.former ? [.guardFailed, Self.neverCameBack] : [Refusal.guardFailed]
    return try refuse(.guardFailed, refusals, effects: [failure.effect])
  }

  private static var neverCameBack: Refusal {
    .neverCameBack(days: Int(Limits.formerMilliseconds / 86_400_000))
  }

  private func wait(_ refusal: Refusal) -> Verdict {
    Verdict(
      result: .with {
        $0.sequence = mutation.sequence
        $0.outcome = .waiting
        $0.tell([refusal])
      }, final: original)
  }

  /// Consumes the sequence number: a refused edit never blocks the queue.
  func refuse(
    _ outcome: WireOutcome, _ refusals: [Refusal], effects: [WireRegisterEffect] = []
  ) throws -> Verdict {
    let scope = Scope(mutation.scope)
    // What is refused in a scope that the author may write is part of its history; elsewhere it would tell them
    // that the scope exists, and fill it with strangers' words.
    if let scope, try ledger.scope(scope) != nil,
      try ledger.standing(of: user, in: scope).mayWrite(scope.family),
      let change = mutation.changes.first(where: { RecordID($0.record) != nil })
    {
      try appendHistory(
        bounded(change), outcome, Stamping(plain: original, guarded: original), effects: effects,
        refusals: refusals, in: scope)
    }
    return Verdict(
      result: .with {
        $0.sequence = mutation.sequence
        $0.outcome = outcome
        $0.tell(refusals)
        $0.effects = effects
      }, final: original)
  }

  /// An edit that was refused is kept once, by its first record, with its words when they are few. It may have been refused
  /// for their number.
  private func bounded(_ change: WireChange) -> WireChange {
    .with {
      $0.record = change.record
      $0.kind = change.kind
      $0.create = change.create
      if change.hasAlive { $0.alive = change.alive }
      if change.set.count <= Limits.refusedBytesMax { $0.set = change.set }
    }
  }

  /// The author's words, of which there may be too many, in one line: they are what people read of an edit, and need not be
  /// from a client of ours.
  private var summary: String {
    let scalars = mutation.summary.unicodeScalars.prefix(Limits.summaryScalarsMax).map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: " " as Unicode.Scalar
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private func appendHistory(
    _ change: WireChange, _ outcome: WireOutcome, _ stamping: Stamping, effects: [WireRegisterEffect],
    refusals: [Refusal] = [],
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
        if stamping.plain != original { $0.final = stamping.plain.wire }
        if let guarded = stamping.ownGuarded { $0.guarded = guarded.wire }
        $0.outcome = outcome
        $0.change = change
        $0.effects = effects.map { effect in
          var effect = effect
          if effect.hasOther {
            effect.other = effect.other.shortened(
              of: effect.register, kind: UInt32(clamping: effect.kind.rawValue))
          }
          return effect
        }
        $0.reason = refusals.sentence
        $0.refusals = refusals.map(\.wire)
        $0.summary = summary
      }, in: scope)
  }
}

extension Registers {
  /// The registers that are set once and hold this already.
  fileprivate func saidAlready(in record: RecordState?, as kind: KindDescription?) -> [UInt32] {
    guard let record, let kind else { return [] }
    return numbers.filter { kind.register($0)?.policy == .once && record.body[$0] == self[$0] }
  }

  fileprivate func without(_ registers: [UInt32]) -> Registers {
    guard !registers.isEmpty else { return self }
    var rest = Registers()
    for field in fields where !registers.contains(field.number) {
      rest.append(field.number, bytes[field.start..<field.end])
    }
    return rest
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
