import PlanModel
import ProtocolMessages
import SyncCore

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

extension [Part] {
  /// How many records it makes.
  var made: Int { count { $0.before == nil } }
}

/// Reads a mutation's changes and checks each of them.
struct PartReader {
  private let submission: Submission
  private let scope: Scope
  private let standing: Standing

  private var mutation: WireMutation { submission.mutation }
  private var user: UserRow { submission.user }
  private var work: UnitOfWork { submission.work }
  private var faults: PlantedFaults { submission.faults }
  private var decided: DecidedStamps? { submission.decided }

  init(_ submission: Submission, in scope: Scope, by standing: Standing) {
    self.submission = submission
    self.scope = scope
    self.standing = standing
  }

  func parts() throws -> [Part] {
    // Without standing there is nothing to tell apart: not even whether a record exists.
    guard decided == nil ? standing.mayRead(scope.family) : standing.mayWrite(scope.family) else {
      throw Refusal.scopeUnknownOrForbidden(scope)
    }
    let number = try work.scope(scope)?.number
    var parts: [Part] = []
    var seen: [RecordID: RecordState] = [:]
    for (change, body) in zip(mutation.changes, submission.prepared.bodies) {
      guard let record = RecordID(change.record), record.isTimeOrdered else {
        throw Refusal.malformed("“\(change.record)” is not a record id")
      }
      let stored = try number.flatMap { try work.transaction.record(record, in: $0) }
      let before = seen[record] ?? stored
      let part = try read(change, try body.get(), record, before: before, committed: stored)
      parts.append(part)
      // Only a later change of the same mutation looks.
      if mutation.changes.count > 1 {
        seen[record] =
          merge(part.write, stamp: submission.original, into: before, id: record, kind: part.kind).state
      }
    }
    return parts
  }

  private func read(
    _ change: WireChange, _ body: PreparedMutation.Body, _ record: RecordID, before: RecordState?,
    committed: RecordState?
  ) throws -> Part {
    let kind = UInt32(clamping: change.kind.rawValue)
    try checkForm(of: change, body, kind, before: before)
    let set = body.set
    let guarded = Set(mutation.guards.lazy.filter { $0.record == change.record }.map(\.register))
    let proposed = ProposedChange(
      record: record, kind: kind, isCreation: change.create, set: set, cleared: change.clear,
      alive: change.hasAlive ? change.alive : nil,
      guarded: faults.contains(.noGuards) ? Set(0...200) : guarded)
    if decided == nil {
      try validate(
        proposed, in: scope, by: standing, current: before?.body, committed: committed?.body,
        forms: body.forms)
    } else if PlanModel.kind(kind) == nil {
      throw SchemaAhead(kind: kind, register: nil)
    }
    // A record that was proven stands, whoever has taken its id meanwhile.
    if before == nil, decided == nil, try isTaken(record) { throw Refusal.scopeUnknownOrForbidden(scope) }
    let said = decided == nil ? set.saidAlready(in: before, as: PlanModel.kind(kind)) : []
    return Part(
      change: change, record: record, kind: kind, proposed: proposed, guarded: guarded,
      write: RecordWrite(
        set: set.without(said), clear: change.clear, alive: proposed.alive, base: base(of: change, kind)),
      saidAlready: said, before: before)
  }

  /// Checks what does not depend on the record's content.
  private func checkForm(
    of change: WireChange, _ body: PreparedMutation.Body, _ kind: UInt32, before: RecordState?
  ) throws {
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
      throw Refusal.tooMany(what: .valueBytes, count: body.set.bytes.count, maximum: Limits.valueBytesMax)
    }
  }

  /// What its author had seen.
  private func base(of change: WireChange, _ kind: UInt32) -> RecordStamps {
    var base = RecordStamps()
    let known = PlanModel.kind(kind)
    for group in change.base {
      // Of the registers there are: a list of a million others would be sorted in at its author's leisure.
      for register in group.registers where register == lifeRegister || known?.register(register) != nil {
        base[register] = Stamp(hlc: group.stamp.hlc, replica: group.stamp.replica)
      }
    }
    return base
  }

  /// Whether an id is another record's, in whatever scope. An id is chosen by who makes a record, and read by many: a
  /// second record of it, in an account of one's own, would get what is meant for the first.
  private func isTaken(_ id: RecordID) throws -> Bool {
    guard !faults.contains(.takesIDsTwice) else { return false }
    if try work.transaction.isRecord(id, outside: work.scope(scope)?.number) { return true }
    // Of a record that every account has one of, the id follows from the account's, and is its own before it is made.
    return try PlanModel.kinds.contains { kind in
      guard kind.isSingleton else { return false }
      let account = id.singleton(ofKind: kind.number)
      return try account != scope.account && work.scope(.plan(account)) != nil
    }
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
