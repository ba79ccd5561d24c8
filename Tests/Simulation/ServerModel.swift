import Crypto
import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import SyncServer

/// What the server must hold, worked out a second time from what it accepted, without its merge. One value is one
/// history; a restored backup takes the value it had when the backup was made.
struct ServerModel {
  struct Register: Equatable {
    var stamp: Stamp
    /// Nil once emptied.
    var encoded: [UInt8]?
  }

  struct Content: Equatable {
    let kind: UInt32
    var isAlive: Bool
    var life: Stamp
    var registers: [UInt32: Register] = [:]
  }

  struct Version {
    let sequence: UInt64
    let isAlive: Bool
    let encoded: [UInt8]
  }

  struct ScopeModel {
    let number: Int64
    var head: UInt64 = 0
    var contents: [RecordID: Content] = [:]
    /// Everything each record was, ascending by sequence.
    var versions: [RecordID: [Version]] = [:]
    /// Deleted records that compaction took: a replica may still hold them.
    var compacted: Set<RecordID> = []
    /// Heads between two transactions; no other may ever be seen.
    var boundaries: Set<UInt64> = [0]
  }

  struct Decision {
    let mutation: WireMutation
    let outcome: WireOutcome
    let final: Stamp
    let user: RecordID
  }

  struct Person {
    var role: OrganizationRole
    var isActive = true
    var departments: Set<DepartmentCode> = []
  }

  /// Something a person must be told: an edit of theirs did not stand, or was replaced unseen.
  struct Telling {
    let user: RecordID
    let scope: Scope
    let record: RecordID
    let register: UInt32
    /// Of their own edit, as they know it.
    let stamp: Stamp
    let since: Int64
  }

  struct HistoryKey: Hashable {
    let mutation: RecordID
    let record: RecordID
  }

  var epoch: String
  private(set) var scopes: [Scope: ScopeModel] = [:]
  private(set) var decisions: [RecordID: Decision] = [:]
  private(set) var people: [RecordID: Person] = [:]
  /// By account, then person.
  private(set) var grants: [RecordID: [RecordID: AccountRole]] = [:]
  /// By account: the departments that stay out of it.
  private(set) var disengaged: [RecordID: Set<DepartmentCode>] = [:]
  private(set) var tellings: [Telling] = []
  private(set) var inHistory: [HistoryKey: Int] = [:]
  private(set) var historyNumber: Int64 = 0
  private(set) var historyChain = [UInt8](repeating: 0, count: 32)

  init(epoch: String) { self.epoch = epoch }

  // MARK: - Access

  mutating func add(_ person: RecordID, _ role: OrganizationRole) { people[person] = Person(role: role) }

  mutating func setActive(_ isActive: Bool, _ person: RecordID) { people[person]?.isActive = isActive }

  mutating func share(_ account: RecordID, with person: RecordID, _ role: AccountRole?) {
    grants[account, default: [:]][person] = role
    forgetTellings()
  }

  mutating func setRole(_ role: OrganizationRole, of person: RecordID) {
    people[person]?.role = role
    forgetTellings()
  }

  mutating func setMember(_ isMember: Bool, _ person: RecordID, of department: DepartmentCode) {
    if isMember {
      people[person]?.departments.insert(department)
    } else {
      people[person]?.departments.remove(department)
    }
    forgetTellings()
  }

  mutating func setEngaged(_ isEngaged: Bool, _ department: DepartmentCode, in account: RecordID) {
    if isEngaged {
      disengaged[account]?.remove(department)
    } else {
      disengaged[account, default: []].insert(department)
    }
    forgetTellings()
  }

  /// Nobody is told of what they may not read any more.
  private mutating func forgetTellings() {
    let readable = self
    tellings.removeAll { !readable.mayRead($0.scope, $0.user) }
  }

  func mayRead(_ scope: Scope, _ person: RecordID) -> Bool {
    guard scopes[scope] != nil, let known = people[person] else { return false }
    guard known.role == .member, let account = scope.account else { return true }
    let engaged = known.departments.subtracting(disengaged[account] ?? [])
    let granted = grants[account]?[person]
    return scope.family == .plan
      ? granted != nil || !engaged.isEmpty
      : (granted ?? .viewer) >= .contributor || engaged.contains(.finance)
  }

  func readable(by person: RecordID) -> Set<Scope> { Set(scopes.keys.filter { mayRead($0, person) }) }

  // MARK: - Pushes

  /// Takes the results of one push in the server's order.
  ///
  /// - Throws: ``Violation`` of I3 or I4.
  mutating func take(
    _ mutations: [WireMutation], _ results: [WireMutationResult], by author: Author, at now: Int64,
    userOf: (UInt32) throws -> RecordID?
  ) throws -> [RecordID] {
    let bySequence = Dictionary(mutations.map { ($0.sequence, $0) }, uniquingKeysWith: { first, _ in first })
    var applied: [RecordID] = []
    for result in results {
      guard let mutation = bySequence[result.sequence], let id = RecordID(mutation.id) else { continue }
      if let first = decisions[id] {
        try require(
          result.outcome == first.outcome, "I3",
          expected: "mutation \(id.short) keeps its result \(first.outcome)",
          seen: "\(result.outcome)")
        continue
      }
      let original = Stamp(mutation.stamp)
      let final = result.hasFinal ? Stamp(result.final) : original
      if result.outcome == .applied {
        try apply(mutation, final: final, by: author.user.id, at: now, userOf: userOf)
        let isSilent = !result.effects.isEmpty && result.effects.allSatisfy { $0.effect == .noOp }
        if !isSilent { applied.append(id) }
      }
      decisions[id] = Decision(
        mutation: mutation, outcome: result.outcome, final: final, user: author.user.id)
    }
    return applied
  }

  private mutating func apply(
    _ mutation: WireMutation, final: Stamp, by user: RecordID, at now: Int64,
    userOf: (UInt32) throws -> RecordID?
  ) throws {
    guard let scope = Scope(mutation.scope) else { return }
    if scopes[scope] == nil, let account = scope.account {
      // The store numbers them when they are first seen.
      scopes[.plan(account)] = ScopeModel(number: 0)
      scopes[.finance(account)] = ScopeModel(number: 0)
      grants[account, default: [:]][user] = .manager
    }
    guard var held = scopes[scope] else { return }
    for expectation in mutation.guards { try check(expectation, of: mutation, in: held) }
    for change in mutation.changes {
      guard let id = RecordID(change.record) else { continue }
      try checkGuarded(change, mutation, held.contents[id])
      held.contents[id] = try applied(
        change, mutation, to: held.contents[id], id: id, final: final, scope: scope, by: user, at: now,
        userOf: userOf)
    }
    try checkClaims(of: mutation, in: held)
    scopes[scope] = held
  }

  private mutating func applied(
    _ change: WireChange, _ mutation: WireMutation, to before: Content?, id: RecordID, final: Stamp,
    scope: Scope,
    by user: RecordID, at now: Int64, userOf: (UInt32) throws -> RecordID?
  ) throws -> Content {
    let written = try Self.writes(of: change)
    guard var content = before else {
      var made = Content(
        kind: UInt32(change.kind.rawValue), isAlive: change.hasAlive ? change.alive : true, life: final)
      for (register, encoded) in written {
        made.registers[register] = Register(stamp: final, encoded: encoded)
      }
      return made
    }
    var base: [UInt32: Stamp] = [:]
    for group in change.base { for register in group.registers { base[register] = Stamp(group.stamp) } }
    let original = Stamp(mutation.stamp)
    func tell(_ person: RecordID, _ register: UInt32, _ stamp: Stamp) {
      tellings.append(
        Telling(user: person, scope: scope, record: id, register: register, stamp: stamp, since: now))
    }
    func other(_ current: Stamp, unseenBy base: Stamp?) throws -> RecordID? {
      guard current.replica != final.replica, base.map({ current > $0 }) ?? true,
        let person = try userOf(current.replica), person != user, mayRead(scope, person)
      else { return nil }
      return person
    }
    for (register, encoded) in written {
      if let current = content.registers[register] {
        let outranks =
          final == current.stamp
          ? (current.encoded ?? []).lexicographicallyPrecedes(encoded ?? []) : final > current.stamp
        guard outranks else {
          if current.encoded != encoded { tell(user, register, original) }
          continue
        }
        if content.isAlive, current.encoded != encoded,
          let person = try other(current.stamp, unseenBy: base[register])
        {
          tell(person, register, current.stamp)
        }
      }
      content.registers[register] = Register(stamp: final, encoded: encoded)
    }
    if change.hasAlive, final > content.life {
      if !change.alive, content.isAlive {
        for (register, current) in content.registers.sorted(by: { $0.key < $1.key }) {
          if let person = try other(current.stamp, unseenBy: base[register]) {
            tell(person, register, current.stamp)
          }
        }
      }
      content.isAlive = change.alive
      content.life = final
    }
    return content
  }

  static func writes(of change: WireChange) throws -> [(register: UInt32, encoded: [UInt8]?)] {
    let set = try decodeBody(Array(change.set)[...]).content
    return set.fields.map { ($0.number, Array(set.bytes[$0.start..<$0.end])) }
      + change.clear.map { ($0, nil) }
  }

  // MARK: - Guards

  private func check(_ expectation: WireGuard, of mutation: WireMutation, in held: ScopeModel) throws {
    let content = RecordID(expectation.record).flatMap { held.contents[$0] }
    let current = content?.registers[expectation.register]
    let holds: Bool
    switch expectation.expect {
    case .stamp(let stamp): holds = current?.stamp == Stamp(stamp)
    case .unset: holds = current?.encoded == nil
    case .alive(let alive): holds = content?.isAlive == alive
    case .mutation(let name):
      let earlier = RecordID(name).flatMap { decisions[$0] }
      holds = earlier?.outcome == .applied && current?.stamp == earlier?.final
    case nil: holds = false
    }
    try require(
      holds, "I4",
      expected: "the guard on register \(expectation.register) of accepted mutation \(mutation.id) holds",
      seen: "\(current.map { "\($0.stamp)" } ?? "nothing")")
  }

  private func checkGuarded(_ change: WireChange, _ mutation: WireMutation, _ before: Content?) throws {
    guard before != nil, let kind = PlanModel.kind(UInt32(change.kind.rawValue)) else { return }
    let covered = Set(mutation.guards.filter { $0.record == change.record }.map(\.register))
    for (register, _) in try Self.writes(of: change) where kind.register(register)?.policy == .guarded {
      try require(
        covered.contains(register), "I4",
        expected: "no unguarded write of register \(register) of a \(kind.name)",
        seen: "accepted mutation \(mutation.id)")
    }
  }

  /// A successful claim cannot lose afterwards: every guarded register holds what the accepted mutation wrote.
  private func checkClaims(of mutation: WireMutation, in held: ScopeModel) throws {
    for change in mutation.changes {
      let covered = Set(mutation.guards.filter { $0.record == change.record }.map(\.register))
      guard !covered.isEmpty, let content = RecordID(change.record).flatMap({ held.contents[$0] }) else {
        continue
      }
      for (register, encoded) in try Self.writes(of: change) where covered.contains(register) {
        try require(
          content.registers[register]?.encoded == encoded, "I4",
          expected: "guarded register \(register) as accepted mutation \(mutation.id) wrote it",
          seen: "a value of \(content.registers[register].map { "\($0.stamp)" } ?? "nobody")")
      }
    }
  }

  // MARK: - What the store says

  /// Compares the store with the model after a transaction.
  ///
  /// - Parameters:
  ///   - applied: The mutations this transaction accepted, which must be in history.
  ///   - adopting: The transaction was the server's own: directory records are taken over as they are.
  mutating func observe(_ reading: any CanonicalReading, applied: [RecordID], adopting: Bool) throws {
    try observeHistory(reading, applied: applied)
    let rows = try reading.scopes()
    try require(
      Set(rows.map(\.scope)) == Set(scopes.keys) || (adopting && scopes.isEmpty), "I3",
      expected: "\(scopes.count) scopes", seen: "\(rows.count)")
    for row in rows {
      var held = scopes[row.scope] ?? ScopeModel(number: row.number)
      if held.number == 0 { held = held.numbered(row.number) }
      if row.head > held.head || scopes[row.scope] == nil {
        try observe(row, reading, &held, adopting: adopting)
      }
      try require(
        row.head >= held.head, "I7", expected: "head of \(row.scope.short) ≥ \(held.head)",
        seen: "\(row.head)")
      scopes[row.scope] = held
    }
  }

  private func observe(
    _ row: ScopeRow, _ reading: any CanonicalReading, _ held: inout ScopeModel, adopting: Bool
  ) throws {
    var fresh: [(RecordID, UInt64, [UInt8])] = []
    try reading.records(in: row.number, after: held.head) { id, sequence, encoded in
      fresh.append((id, sequence, encoded))
      return true
    }
    try require(
      fresh.last?.1 ?? 0 == row.head, "I1",
      expected: "a record at the head \(row.head) of \(row.scope.short)",
      seen: "\(fresh.last?.1 ?? 0)")
    for (id, sequence, encoded) in fresh {
      let state = try RecordState(decoding: encoded)
      if adopting || held.contents[id] == nil && row.scope == .directory {
        held.contents[id] = Content(state)
      }
      try require(
        held.contents[id] == Content(state), "I5",
        expected: "record \(id.short) of \(row.scope.short) as \(String(describing: held.contents[id]))",
        seen: "\(Content(state))")
      held.versions[id, default: []].append(
        Version(sequence: sequence, isAlive: state.alive, encoded: encoded))
    }
    held.head = row.head
    held.boundaries.insert(row.head)
  }

  private mutating func observeHistory(_ reading: any CanonicalReading, applied: [RecordID]) throws {
    for row in try reading.history(after: historyNumber, limit: 10_000) {
      var hash = SHA256()
      hash.update(data: historyChain)
      hash.update(data: Array(SHA256.hash(data: row.entry)))
      historyChain = Array(hash.finalize())
      try require(
        row.chain == historyChain, "history", expected: "chained entry \(row.number)", seen: "another hash")
      historyNumber = row.number
      let entry = try WireHistoryEntry(serializedBytes: row.entry)
      guard let id = RecordID(entry.mutation), let decision = decisions[id] else {
        throw Violation(invariant: "I3", expected: "history of known mutations", seen: entry.mutation)
      }
      let key = HistoryKey(mutation: id, record: row.record)
      inHistory[key, default: 0] += 1
      let changes = decision.mutation.changes.filter { $0.record == row.record.description }.count
      try require(
        inHistory[key, default: 0] <= changes, "I3",
        expected: "\(changes) entries of mutation \(id.short) for record \(row.record.short)",
        seen: "\(inHistory[key, default: 0])")
      let final = entry.hasFinal ? Stamp(entry.final) : Stamp(entry.original)
      try require(
        entry.outcome == decision.outcome && final == decision.final, "I3",
        expected: "\(decision.outcome) at \(decision.final)", seen: "\(entry.outcome) at \(final) in history")
    }
    try require(
      try reading.organization().historyChain == historyChain, "history",
      expected: "the organisation's chain",
      seen: "another")
    for id in applied {
      try require(
        hasHistory(of: id), "I2", expected: "applied mutation \(id.short) in history", seen: "nothing")
    }
  }

  func hasHistory(of mutation: RecordID) -> Bool {
    guard let decision = decisions[mutation] else { return false }
    return decision.mutation.changes.contains { change in
      RecordID(change.record).map { inHistory[HistoryKey(mutation: mutation, record: $0)] != nil } ?? false
    }
  }

  // MARK: - Compaction

  mutating func observeCompaction(_ reading: any CanonicalReading, before: Int64) throws {
    for row in try reading.scopes() {
      guard var held = scopes[row.scope] else { continue }
      var present: Set<RecordID> = []
      try reading.records(in: row.number) { present.insert($0.id) }
      for id in held.contents.keys.sorted() where !present.contains(id) && !held.compacted.contains(id) {
        try require(
          held.contents[id]?.isAlive == false, "compaction", expected: "only deleted records go",
          seen: "\(id.short) went")
        held.compacted.insert(id)
        held.contents[id] = nil
      }
      scopes[row.scope] = held
    }
    tellings.removeAll { $0.since < before }
  }

  /// The whole of every scope, recomputed: digests, and every record's registers.
  func checkWhole(_ reading: any CanonicalReading) throws {
    for row in try reading.scopes() {
      var digest = ScopeDigest()
      var states: [RecordID: Content] = [:]
      try reading.records(in: row.number) {
        digest.add($0)
        states[$0.id] = Content($0)
      }
      try require(
        digest == row.digest, "I1", expected: "digest of \(row.scope.short) as its records sum up",
        seen: "\(row.digest.live) live instead of \(digest.live), or another sum")
      try require(
        states == scopes[row.scope]?.contents, "I5", expected: "\(row.scope.short) as accepted",
        seen: "other records")
    }
  }
}

extension ServerModel.ScopeModel {
  func numbered(_ number: Int64) -> Self {
    var copy = Self(number: number)
    copy.contents = contents
    return copy
  }
}

extension ServerModel.Content {
  init(_ state: RecordState) {
    self.init(
      kind: state.kind, isAlive: state.alive, life: state.stamps[lifeRegister] ?? Stamp(hlc: 0, replica: 0))
    for entry in state.stamps.entries where entry.register != lifeRegister {
      registers[entry.register] = ServerModel.Register(
        stamp: entry.stamp, encoded: state.body[entry.register].map(Array.init))
    }
  }
}

extension Stamp {
  init(_ wire: WireStamp) { self.init(hlc: wire.hlc, replica: wire.replica) }
}
