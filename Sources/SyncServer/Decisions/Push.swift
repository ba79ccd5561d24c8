import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// Takes a replica's mutations, in their order, inside one write transaction: each takes effect once, and each
/// gets a result that is kept until the replica has it.
///
/// - SeeAlso: Protocol/sync.md, "Push"; ``Verdict`` decides one mutation.
package struct Push {
  package enum State: Equatable, Sendable {
    case ok
    /// Mutations before this one are missing.
    case gap(expected: UInt64)
    /// A number was used for two mutations: the replica was copied.
    case fork
    /// There is no room to decide anything.
    case readOnly
  }

  /// Where a record lies that is exactly what one of the replica's mutations made of nothing.
  package struct EchoKey: Hashable, Sendable {
    package let scope: Int64
    package let sequence: UInt64
  }

  package struct Answer: Sendable {
    package var state = State.ok
    package var results: [WireMutationResult] = []
    /// In which scope each result was decided, by number: what a request says now need not be what it said then.
    package var scopes: [UInt64: Scope] = [:]
    /// The mutation that made each record; the replica need not be sent the bytes it wrote.
    package var echoes: [EchoKey: UInt64] = [:]
    package var accountWasCreated = false
    /// The request proved that this database is an older copy: a new history has begun.
    package var historyWasLost = false

    package init() {}

    static var ofLostHistory: Answer {
      var answer = Answer()
      answer.historyWasLost = true
      return answer
    }

    /// Of a server that can only read.
    package static func undecided(_ mutations: [WireMutation]) -> Answer {
      var answer = Answer()
      if !mutations.isEmpty { answer.state = .readOnly }
      return answer
    }
  }

  private let work: UnitOfWork
  private let faults: PlantedFaults
  private let user: UserRow
  private var device: DeviceRow
  private let excerpts: ExcerptBudget
  private var answer = Answer()

  /// Prepares and decides at once, for who has nobody to serve meanwhile.
  package static func decide(
    _ mutations: [WireMutation], acknowledged: UInt64, by author: Author,
    in transaction: any CanonicalTransaction,
    now: Int64, faults: PlantedFaults = [], isOver: () -> Bool = { false }
  ) throws -> Answer {
    try decide(
      try mutations.map(PreparedMutation.init), acknowledged: acknowledged, by: author, in: transaction,
      now: now, faults: faults, isOver: isOver)
  }

  /// - Parameters:
  ///   - acknowledged: The replica has stored all results up to here.
  ///   - now: Server time, Unix milliseconds.
  ///   - isOver: Asked after each mutation whether there is no time left for more.
  /// - Throws: ``Authentication/Failure`` when the device was revoked meanwhile, or when the store fails; the caller
  ///   must then roll back.
  package static func decide(
    _ mutations: [PreparedMutation], acknowledged: UInt64, by author: Author,
    in transaction: any CanonicalTransaction,
    now: Int64, faults: PlantedFaults = [], isOver: () -> Bool = { false }
  ) throws -> Answer {
    let author = try transaction.current(author)
    var push = Push(
      work: try UnitOfWork(transaction, now: now), faults: faults, user: author.user, device: author.device,
      excerpts: ExcerptBudget(for: mutations.map(\.message)))
    try push.acknowledge(acknowledged)
    for mutation in mutations {
      guard try push.take(mutation), !isOver() else { break }
    }
    try transaction.save(push.device)
    try push.work.flush()
    return push.answer
  }

  private init(
    work: UnitOfWork, faults: PlantedFaults, user: UserRow, device: DeviceRow, excerpts: ExcerptBudget
  ) {
    self.excerpts = excerpts
    self.work = work
    self.faults = faults
    self.user = user
    self.device = device
  }

  private mutating func acknowledge(_ sequence: UInt64) throws {
    let through = min(sequence, device.lastMutation)
    guard through > device.acknowledgedResults else { return }
    try work.transaction.forgetResults(
      of: device.number, after: device.acknowledgedResults, through: through)
    device.acknowledgedResults = through
  }

  /// - Returns: false when this mutation and the rest stay with the replica.
  private mutating func take(_ prepared: PreparedMutation) throws -> Bool {
    let mutation = prepared.message
    let isRepeat = mutation.sequence <= device.lastMutation
    if isRepeat, !faults.contains(.noDedupeBySequence) { return try repeatResult(of: prepared) }
    guard isRepeat || mutation.sequence == device.lastMutation + 1 else {
      // The device numbers its edits anew; what it acknowledges from now on says nothing of the results it has missed.
      device.acknowledgedResults = max(device.acknowledgedResults, device.lastMutation)
      answer.state = .gap(expected: device.lastMutation + 1)
      return false
    }
    let known = try RecordID(mutation.id).flatMap(decided)
    if let known, !faults.contains(.noDedupeByID), !isProvenOtherwise(prepared, known) {
      if known.says(prepared) { try adopt(known, as: mutation) } else { try refuseReuse(prepared) }
      return true
    }
    return try decide(prepared)
  }

  /// The first decision on a mutation of this person. Ids are in everybody's history: another person's of the same id is
  /// another mutation.
  private func decided(_ id: RecordID) throws -> MutationRow? {
    try work.transaction.mutation(id, of: faults.contains(.knowsMutationsByIDAlone) ? nil : user.id)
  }

  /// Other words under an id that this person has used: the first stands, and nobody is told that the second were taken.
  private mutating func refuseReuse(_ prepared: PreparedMutation) throws {
    let mutation = prepared.message
    let id = Verdict.identity(of: mutation, from: device.number)
    let result = WireMutationResult.with {
      $0.sequence = mutation.sequence
      $0.outcome = .invalid
      $0.tell([.malformed("its id is that of another edit of yours")])
    }
    let stamp = Stamp(hlc: mutation.stamp.hlc, replica: mutation.stamp.replica)
    answer.results.append(result)
    try remember(
      result, id: id, final: stamp, guarded: nil, scope: Scope(mutation.scope),
      words: Receipt.fingerprint(of: prepared))
  }

  /// Refused here, and applied by a history that this one replaced: its author was told that it stands.
  private func isProvenOtherwise(_ mutation: PreparedMutation, _ known: MutationRow) -> Bool {
    guard known.outcome != WireOutcome.applied.rawValue else { return false }
    return Receipt.stamps(provenBy: mutation, of: user.id, work.organization) != nil
  }

  private mutating func repeatResult(of prepared: PreparedMutation) throws -> Bool {
    let mutation = prepared.message
    guard let stored = try work.transaction.mutation(of: device.number, mutation.sequence) else {
      return true
    }
    guard stored.id == Verdict.identity(of: mutation, from: device.number) && stored.says(prepared) else {
      answer.state = .fork
      device.forked = work.now
      return false
    }
    answer.results.append(try resultAgain(stored, for: prepared))
    return true
  }

  /// The server repeats what it told of a number, unless it knows more by now.
  private mutating func resultAgain(
    _ stored: MutationRow, for prepared: PreparedMutation
  ) throws -> WireMutationResult {
    let mutation = prepared.message
    // It had to wait or was refused, and was decided since under another number. A mutation that is proven to have
    // been applied waits on: the refusal it was told elsewhere is not the last word.
    if stored.outcome != MutationRow.outcomeApplied,
      let decided = try decided(stored.id), decided.says(prepared),
      stored.outcome == MutationRow.outcomeWaiting || decided.outcome == MutationRow.outcomeApplied,
      !isProvenOtherwise(prepared, decided)
    {
      return try result(from: decided, for: mutation)
    }
    // A number has one decision: what is proven now is decided under the next.
    if stored.outcome != MutationRow.outcomeWaiting, isProvenOtherwise(prepared, stored) {
      return .with {
        $0.sequence = mutation.sequence
        $0.outcome = .waiting
        $0.tell([.decidedAnew])
      }
    }
    return try result(from: stored, for: mutation)
  }

  /// The mutation came before, under another number or replica: its first result stands.
  private mutating func adopt(_ known: MutationRow, as mutation: WireMutation) throws {
    let first = try result(from: known, for: mutation)
    try remember(
      first, id: known.id, final: known.final, guarded: known.guarded, scope: known.scope, words: known.words)
    answer.results.append(first)
  }

  private mutating func decide(_ prepared: PreparedMutation) throws -> Bool {
    let mutation = prepared.message
    let id = Verdict.identity(of: mutation, from: device.number)
    let verdict = try Verdict.reach(
      on: Submission(
        prepared, id: id, by: user, device: device.number, work: work, excerpts: excerpts, faults: faults)
    )
    answer.results.append(verdict.result)
    // Stays pending with its author until the server is upgraded: judging it now would lose what it says.
    if verdict.result.outcome == .schemaAhead { return false }
    for key in verdict.echoes { answer.echoes[key] = mutation.sequence }
    answer.accountWasCreated = answer.accountWasCreated || verdict.createdAccount
    answer.scopes[mutation.sequence] = Scope(mutation.scope)
    try remember(
      verdict.result, id: id, final: verdict.final, guarded: verdict.guarded, scope: Scope(mutation.scope),
      words: Receipt.fingerprint(of: prepared))
    return true
  }

  private mutating func remember(
    _ result: WireMutationResult, id: RecordID, final: Stamp, guarded: Stamp?, scope: Scope?, words: [UInt8]?
  ) throws {
    let isPlain =
      result.outcome == .applied && result.effects.isEmpty && !result.hasFinal && !result.hasGuarded
      && result.clampedMs == 0
    var bare = result
    bare.receipt = Data()
    try work.transaction.insert(
      MutationRow(
        replica: device.number, sequence: result.sequence, id: id, outcome: result.outcome.rawValue,
        scopeSequence: result.scopeSequence, final: final, guarded: guarded,
        receipt: result.receipt.isEmpty ? nil : Array(result.receipt),
        result: isPlain ? nil : try bare.serializedBytes(), scope: scope, words: words))
    device.lastMutation = max(device.lastMutation, result.sequence)
  }

  private mutating func result(
    from row: MutationRow, for mutation: WireMutation
  ) throws -> WireMutationResult {
    answer.scopes[mutation.sequence] = row.scope
    var result =
      try row.result.map { try WireMutationResult(serializedBytes: $0) }
      ?? WireMutationResult.with {
        $0.outcome = WireOutcome(rawValue: row.outcome) ?? .applied
        $0.scopeSequence = row.scopeSequence
        // Its receipt is for these.
        if row.receipt != nil, row.final.hlc != mutation.stamp.hlc { $0.final = row.final.wire }
        if let guarded = row.guarded { $0.guarded = guarded.wire }
      }
    result.sequence = mutation.sequence
    if let receipt = row.receipt { result.receipt = Data(receipt) }
    return result
  }
}

extension MutationRow {
  /// Whether it is of this mutation; of one that was remembered without its words, the id says so.
  func says(_ mutation: PreparedMutation) -> Bool {
    words == nil || words == Receipt.fingerprint(of: mutation)
  }
}
