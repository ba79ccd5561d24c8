import Crypto
import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import SyncServer

/// What the server must hold, worked out a second time, without its merge, its guards or its stamps: of the server it
/// takes which edits came in which order, and the time at which it decided what only it decides. One value is one
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
    let stamps: Stamps
    let user: RecordID
  }

  /// With which stamps a mutation is applied: its own, but where the protocol says otherwise.
  struct Stamps: Equatable {
    var plain: Stamp
    var guarded: Stamp
  }

  /// What a server once applied: with a receipt for it, a restored one applies it so again.
  struct Granted: Hashable {
    let plain: UInt64
    let guarded: UInt64

    init(_ decision: Decision) {
      plain = decision.stamps.plain.hlc
      guarded = decision.stamps.guarded.hlc
    }

    /// What a mutation says that it was applied with.
    init(saidBy mutation: WireMutation) {
      plain = mutation.decidedHlc == 0 ? mutation.stamp.hlc : mutation.decidedHlc
      guarded = mutation.decidedGuardedHlc == 0 ? plain : mutation.decidedGuardedHlc
    }
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

  /// A mutation is its author's: of somebody else's its id says nothing.
  struct MutationKey: Hashable, Comparable {
    let person: RecordID
    let id: RecordID

    static func < (left: Self, right: Self) -> Bool { (left.id, left.person) < (right.id, right.person) }
  }

  struct HistoryKey: Hashable {
    let mutation: MutationKey
    let record: RecordID
  }

  var epoch: String
  /// Server time; 0 for the first.
  var epochBegan: Int64 = 0
  private(set) var scopes: [Scope: ScopeModel] = [:]
  private(set) var decisions: [MutationKey: Decision] = [:]
  /// Refused to one copy of a replica, and proven by another since: the first may only now read what it was told.
  private(set) var overturned: Set<RecordID> = []
  private(set) var people: [RecordID: Person] = [:]
  /// By account, then person.
  private(set) var grants: [RecordID: [RecordID: AccountRole]] = [:]
  /// By account: the departments that stay out of it.
  private(set) var disengaged: [RecordID: Set<DepartmentCode>] = [:]
  private(set) var tellings: [Telling] = []
  private(set) var inHistory: [HistoryKey: Int] = [:]
  /// What was told to wait.
  private var waited: Set<RecordID> = []
  /// When somebody's access was last changed, by account and person.
  private var accessChanged: [RecordID: [RecordID: UInt64]] = [:]
  private var histories: [Scope: HistoryEnd] = [:]

  init(epoch: String) { self.epoch = epoch }

  // MARK: - Access

  mutating func add(_ person: RecordID, _ role: OrganizationRole) { people[person] = Person(role: role) }

  /// Who was added anew, and shows whose replica their device holds, is who they were.
  mutating func isNow(_ person: RecordID, among known: [RecordID]) {
    guard people[person] == nil, let added = people.keys.first(where: { !known.contains($0) }) else { return }
    people[person] = people.removeValue(forKey: added)
    for account in grants.keys {
      let role = grants[account]?.removeValue(forKey: added)
      if role != nil { grants[account]?[person] = role }
    }
  }

  mutating func setActive(_ isActive: Bool, _ person: RecordID) { people[person]?.isActive = isActive }

  mutating func share(_ account: RecordID, with person: RecordID, _ role: AccountRole?, at hlc: UInt64) {
    if hlc != 0 { accessChanged[account, default: [:]][person] = hlc }
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

  func mayWrite(_ scope: Scope, _ person: RecordID) -> Bool {
    guard scopes[scope] != nil, let known = people[person] else { return false }
    guard known.role != .admin, let account = scope.account else { return true }
    let engaged = known.departments.subtracting(disengaged[account] ?? [])
    let granted = grants[account]?[person]
    return scope.family == .plan
      ? (granted ?? .viewer) >= .contributor || !engaged.isEmpty
      : granted == .manager || engaged.contains(.finance)
  }

  /// Why an edit of a former history cannot be taken yet; nil when nothing stands in its way.
  func whatIsMissing(for mutation: WireMutation, by person: RecordID) -> String? {
    guard let scope = Scope(mutation.scope) else { return "a scope" }
    guard let held = scopes[scope] else { return "the account" }
    if !mutation.access.isEmpty {
      if people[person]?.role != .admin, scope.account.flatMap({ grants[$0]?[person] }) != .manager {
        return "the right to share"
      }
      return mutation.access.contains { RecordID($0.user).map { people[$0] == nil } ?? false }
        ? "a person" : nil
    }
    guard mayWrite(scope, person) else { return "the right to write" }
    for change in mutation.changes where !change.create {
      if RecordID(change.record).map({ held.contents[$0] == nil }) ?? true { return "a record" }
    }
    // One that was applied once needs no more. Others are judged: by guards, roles and what they point to.
    if mutation.receipt.isEmpty { return "what it is judged by" }
    return nil
  }

  func readable(by person: RecordID) -> Set<Scope> { Set(scopes.keys.filter { mayRead($0, person) }) }

  // MARK: - Pushes

  /// Takes the results of one push in the server's order.
  ///
  /// - Parameters:
  ///   - clock: The server's own before that, Unix milliseconds: it may be ahead of the wall's.
  ///   - granted: What any history applied, to know what a receipt proves.
  /// - Returns: the mutations that were applied, and those of them that changed anything.
  /// - Throws: ``Violation`` of I3, I4 or I5.
  mutating func take(
    _ mutations: [WireMutation], _ results: [WireMutationResult], by author: Author, at now: Int64,
    clock: Int64, granted: [MutationKey: Set<Granted>], userOf: (UInt32) throws -> RecordID?
  ) throws -> (all: [MutationKey], loud: [MutationKey]) {
    let bySequence = Dictionary(mutations.map { ($0.sequence, $0) }, uniquingKeysWith: { first, _ in first })
    var applied: [MutationKey] = []
    var loud: [MutationKey] = []
    for result in results {
      guard let mutation = bySequence[result.sequence], let id = RecordID(mutation.id) else { continue }
      let key = MutationKey(person: author.user.id, id: id)
      // What a receipt proves, the server need not judge again.
      let said = Granted(saidBy: mutation)
      let proven =
        mutation.former && !mutation.receipt.isEmpty && granted[key]?.contains(said) == true ? said : nil
      // Other words under an id of one's own: the first stand.
      if let first = decisions[key]?.mutation,
        first.changes != mutation.changes || first.scope != mutation.scope
          || first.stamp.hlc != mutation.stamp.hlc
      {
        try require(
          result.outcome == .invalid, "I3", expected: "other words under mutation \(id.short) refused",
          seen: "\(result.outcome)")
        continue
      }
      if let first = decisions[key], first.outcome == .applied || proven == nil {
        try require(
          result.outcome == first.outcome, "I3",
          expected: "mutation \(id.short) keeps its result \(first.outcome)",
          seen: "\(result.outcome)")
        continue
      }
      // Refused here once, and applied by a history that this one replaced: history tells both.
      if decisions[key] != nil {
        if result.outcome == .applied { overturned.insert(id) }
        for change in mutation.changes {
          if let record = RecordID(change.record) {
            inHistory[HistoryKey(mutation: key, record: record)] = nil
          }
        }
      }
      // Told before, to this device or to one that was copied from it; or refused under this number, and proven since.
      if result.outcome == .waiting, waited.contains(id) || decisions[key] != nil { continue }
      try checkOutcome(result, of: mutation, by: author.user.id, isProven: proven != nil, at: now)
      if result.outcome == .waiting {
        waited.insert(id)
        continue
      }
      let stamps = try stamps(of: mutation, result, proven: proven, at: now, clock: clock)
      if result.outcome == .applied {
        try apply(
          mutation, stamps, isProven: proven != nil, by: author.user.id, at: now, userOf: userOf)
        applied.append(key)
        let isSilent = !result.effects.isEmpty && result.effects.allSatisfy { $0.effect == .noOp }
        if !isSilent, mutation.access.isEmpty { loud.append(key) }
      }
      decisions[key] = Decision(
        mutation: mutation, outcome: result.outcome, stamps: stamps, user: author.user.id)
    }
    return (applied, loud)
  }

  // MARK: - What may become of an edit

  /// Whether the outcome is one that the protocol allows, by what this model knows.
  private func checkOutcome(
    _ result: WireMutationResult, of mutation: WireMutation, by person: RecordID, isProven: Bool,
    at now: Int64
  ) throws {
    let scope = Scope(mutation.scope)
    let held = scope.flatMap { scopes[$0] }
    func expect(_ holds: Bool, _ what: String) throws {
      try require(
        holds, "outcome", expected: "\(what) for \(mutation.id)", seen: "\(result.outcome): \(result.reason)")
    }
    switch result.outcome {
    case .applied:
      try expect(isProven || !takesID(mutation), "no record of an id that another one has")
      guard let scope, held != nil, mutation.access.isEmpty else { return }
      try expect(mayWrite(scope, person), "no applied edit of somebody who may not write")
      try expect(
        isProven || people[person]?.role == .admin || !signsForAnother(mutation, person),
        "no applied edit that is written in another's name")
      try expect(
        mutation.changes.allSatisfy { change in
          change.create || mutation.changes.contains { $0.create && $0.record == change.record }
            || RecordID(change.record).map { held?.contents[$0] != nil } == true
        }, "no applied edit of a record that is not there")
    case .denied:
      let managesIt =
        people[person]?.role == .admin || scope?.account.flatMap { grants[$0]?[person] } == .manager
      try expect(
        held == nil || !managesIt || scope?.family == .directory || takesID(mutation)
          || signsForAnother(mutation, person),
        "nothing denied to who manages it in their own name")
    case .invalid:
      try expect(
        !result.reason.contains("that of another edit"),
        "no edit refused for an id that its author has not used")
    case .targetGone:
      try expect(
        mutation.changes.contains { change in
          !change.create && RecordID(change.record).map { held?.contents[$0] == nil } ?? true
        }, "a record that is gone")
    case .guardFailed:
      let holds = try mutation.guards.allSatisfy { try self.holds($0, in: held, by: person) }
      try expect(!holds, "a guard that fails")
      try expect(
        mutation.receipt.isEmpty || !mutation.former, "no guard for what was applied before the restore")
    case .waiting:
      let pending = mutation.guards.contains { expectation in
        guard case .mutation(let name) = expectation.expect, let id = RecordID(name) else { return false }
        return decisions[MutationKey(person: person, id: id)] == nil
      }
      try expect(mutation.former || pending, "waiting only of what a former history knew")
      try expect(
        pending || whatIsMissing(for: mutation, by: person) != nil, "waiting only for what is missing")
    default: break
    }
  }

  /// Whether it makes a record of an id that is, or was, another scope's.
  private func takesID(_ mutation: WireMutation) -> Bool {
    mutation.changes.contains { change in
      guard change.create, let id = RecordID(change.record) else { return false }
      return scopes.contains { scope, held in
        scope.description != mutation.scope && (held.contents[id] != nil || held.compacted.contains(id))
      }
    }
  }

  /// Whether it names somebody else as the author of what it writes, such as of a comment.
  private func signsForAnother(_ mutation: WireMutation, _ person: RecordID) throws -> Bool {
    try mutation.changes.contains { change in
      guard let author = PlanModel.kind(UInt32(change.kind.rawValue))?.author else { return false }
      let own = author.type.encode(.reference(person), as: author.number)
      return try Self.writes(of: change).contains { $0.register == author.number && $0.encoded != own }
    }
  }

  /// The stamps that the protocol gives a mutation. Only the time of what the server decides is the server's to say, and
  /// that within bounds.
  private func stamps(
    of mutation: WireMutation, _ result: WireMutationResult, proven: Granted?, at now: Int64,
    clock: Int64
  ) throws -> Stamps {
    let original = Stamp(mutation.stamp)
    guard result.outcome == .applied, let held = Scope(mutation.scope).flatMap({ scopes[$0] }) else {
      return Stamps(
        plain: result.hasFinal ? Stamp(result.final) : original,
        guarded: result.hasGuarded ? Stamp(result.guarded) : original)
    }
    var touched: [Stamp] = []
    var touchedGuarded: [Stamp] = []
    var writesGuarded = false
    for change in mutation.changes {
      let covered = Set(mutation.guards.filter { $0.record == change.record }.map(\.register))
      let before = RecordID(change.record).flatMap { held.contents[$0] }
      for register in try Self.writes(of: change).map(\.register) + (change.hasAlive ? [lifeRegister] : []) {
        let stamp = register == lifeRegister ? before?.life : before?.registers[register]?.stamp
        if covered.contains(register) {
          writesGuarded = true
          touchedGuarded += [stamp].compactMap { $0 }
        } else {
          touched += [stamp].compactMap { $0 }
        }
      }
    }
    func expect(_ holds: Bool, _ what: String, _ seen: Stamp) throws {
      try require(holds, "stamps", expected: "\(what) for \(mutation.id)", seen: "\(seen)")
    }
    func checkDecided(_ stamp: Stamp, beyond: [Stamp]) throws {
      try expect(
        stamp.milliseconds >= now && stamp.replica == original.replica, "a stamp of the server's time", stamp)
      try expect(beyond.allSatisfy { $0.hlc < stamp.hlc }, "a stamp later than what it replaces", stamp)
    }
    let base = proven.map { Stamp(hlc: $0.plain, replica: original.replica) } ?? original
    var stamps = Stamps(plain: base, guarded: base)
    // Replicas follow the server's clock; which itself may not run away.
    let isTooFar = base.milliseconds - max(now, min(clock, now + 600_000)) > 60_000
    if isTooFar || proven == nil && touched.contains(base) {
      try expect(result.hasFinal, "a stamp of the server's in place of \(base)", base)
      stamps.plain = Stamp(result.final)
      stamps.guarded = result.hasGuarded ? Stamp(result.guarded) : stamps.plain
      try checkDecided(stamps.plain, beyond: touched + touchedGuarded)
      return stamps
    }
    // What stands beside a decision of the server keeps the time of its edit.
    let plain = result.hasFinal ? Stamp(result.final) : original
    try expect(plain == base, "the stamp of the edit, \(base)", plain)
    guard writesGuarded else { return stamps }
    stamps.guarded = result.hasGuarded ? Stamp(result.guarded) : plain
    if let proven {
      try expect(stamps.guarded.hlc <= proven.guarded, "no later stamp than it had", stamps.guarded)
    } else {
      try checkDecided(stamps.guarded, beyond: touchedGuarded)
    }
    return stamps
  }

  private mutating func apply(
    _ mutation: WireMutation, _ stamps: Stamps, isProven: Bool, by user: RecordID, at now: Int64,
    userOf: (UInt32) throws -> RecordID?
  ) throws {
    guard let scope = Scope(mutation.scope) else { return }
    if let account = scope.account { for change in mutation.access { giveAgain(change, mutation, account) } }
    if scopes[scope] == nil, let account = scope.account {
      // The store numbers them when they are first seen.
      scopes[.plan(account)] = ScopeModel(number: 0)
      scopes[.finance(account)] = ScopeModel(number: 0)
      grants[account, default: [:]][user] = .manager
    }
    guard var held = scopes[scope] else { return }
    if !isProven {
      for expectation in mutation.guards { try check(expectation, of: mutation, in: held, by: user) }
    }
    for change in mutation.changes {
      guard let id = RecordID(change.record) else { continue }
      if !isProven { try checkGuarded(change, mutation, held.contents[id]) }
      held.contents[id] = try applied(
        change, mutation, to: held.contents[id], id: id, stamps, isProven: isProven, scope: scope, by: user,
        at: now,
        userOf: userOf)
    }
    if !isProven { try checkClaims(of: mutation, in: held) }
    scopes[scope] = held
  }

  private mutating func giveAgain(_ change: WireAccessChange, _ mutation: WireMutation, _ account: RecordID) {
    guard let person = RecordID(change.user), people[person] != nil,
      accessChanged[account]?[person] ?? 0 < mutation.stamp.hlc
    else { return }
    accessChanged[account, default: [:]][person] = mutation.stamp.hlc
    let present = grants[account]?[person]
    let managers = grants[account, default: [:]].values.filter { $0 == .manager }.count
    let role = AccountRole(rawValue: change.role.rawValue)
    guard present != role, !(present == .manager && managers == 1) else { return }
    grants[account, default: [:]][person] = role
    forgetTellings()
  }

  private mutating func applied(
    _ change: WireChange, _ mutation: WireMutation, to before: Content?, id: RecordID, _ stamps: Stamps,
    isProven: Bool, scope: Scope,
    by user: RecordID, at now: Int64, userOf: (UInt32) throws -> RecordID?
  ) throws -> Content {
    let written = try Self.writes(of: change)
    let covered = Set(mutation.guards.filter { $0.record == change.record }.map(\.register))
    func stamp(_ register: UInt32) -> Stamp { covered.contains(register) ? stamps.guarded : stamps.plain }
    let life = stamp(lifeRegister)
    guard var content = before else {
      var made = Content(
        kind: UInt32(change.kind.rawValue), isAlive: change.hasAlive ? change.alive : true, life: life)
      for (register, encoded) in written {
        made.registers[register] = Register(stamp: stamp(register), encoded: encoded)
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
      guard current.replica != original.replica, base.map({ current > $0 }) ?? true,
        let person = try userOf(current.replica), person != user, mayRead(scope, person)
      else { return nil }
      return person
    }
    for (register, encoded) in written {
      let final = stamp(register)
      // What was said once and is said again says nothing.
      if !isProven, PlanModel.kind(content.kind)?.register(register)?.policy == .once,
        content.registers[register]?.encoded == encoded, encoded != nil
      {
        continue
      }
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
    if change.hasAlive, life > content.life || life == content.life && change.alive && !content.isAlive {
      if !change.alive, content.isAlive {
        for (register, current) in content.registers.sorted(by: { $0.key < $1.key }) {
          if let person = try other(current.stamp, unseenBy: base[register]) {
            tell(person, register, current.stamp)
          }
        }
      }
      content.isAlive = change.alive
      content.life = life
    }
    return content
  }

  static func writes(of change: WireChange) throws -> [(register: UInt32, encoded: [UInt8]?)] {
    let set = try decodeBody(Array(change.set)[...]).content
    return set.fields.map { ($0.number, Array(set.bytes[$0.start..<$0.end])) }
      + change.clear.map { ($0, nil) }
  }

  // MARK: - Guards

  private func check(
    _ expectation: WireGuard, of mutation: WireMutation, in held: ScopeModel, by person: RecordID
  ) throws {
    let content = RecordID(expectation.record).flatMap { held.contents[$0] }
    try require(
      try holds(expectation, in: held, by: person, isFormer: mutation.former), "I4",
      expected: "the guard on register \(expectation.register) of accepted mutation \(mutation.id) holds",
      seen: "\(content?.registers[expectation.register].map { "\($0.stamp)" } ?? "nothing")")
  }

  private func holds(
    _ expectation: WireGuard, in held: ScopeModel?, by person: RecordID, isFormer: Bool = false
  ) throws -> Bool {
    let content = RecordID(expectation.record).flatMap { held?.contents[$0] }
    let current = content?.registers[expectation.register]
    switch expectation.expect {
    case .stamp(let stamp):
      // Devices may have got other numbers since.
      return current?.stamp == Stamp(stamp) || isFormer && current?.stamp.hlc == stamp.hlc
    case .unset: return current?.encoded == nil
    case .alive(let alive): return content?.isAlive == alive
    case .mutation(let name):
      guard let earlier = RecordID(name).flatMap({ decisions[MutationKey(person: person, id: $0)] }),
        earlier.outcome == .applied
      else {
        return false
      }
      return current.map { [earlier.stamps.plain, earlier.stamps.guarded].contains($0.stamp) } ?? false
    case nil: return false
    }
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
  mutating func observe(_ reading: any CanonicalReading, applied: [MutationKey], adopting: Bool) throws {
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

  private mutating func observeHistory(_ reading: any CanonicalReading, applied: [MutationKey]) throws {
    for scope in try reading.scopes() {
      var end = histories[scope.scope] ?? HistoryEnd()
      guard scope.historyNumber > end.number else { continue }
      for row in try reading.history(in: scope.number, after: end.number, limit: 10_000) {
        try end.pass(row, in: scope.scope)
        try observe(row)
      }
      try require(
        scope.historyNumber == end.number && scope.historyChain == end.chain, "history",
        expected: "the end of the chain in the row of \(scope.scope.short)", seen: "another")
      histories[scope.scope] = end
    }
    for key in applied {
      try require(
        hasHistory(of: key), "I2", expected: "applied mutation \(key.id.short) in history", seen: "nothing")
    }
  }

  private mutating func observe(_ row: HistoryRow) throws {
    let entry = try WireHistoryEntry(serializedBytes: row.entry)
    guard let id = RecordID(entry.mutation), let person = RecordID(entry.user),
      let decision = decisions[MutationKey(person: person, id: id)]
    else {
      throw Violation(invariant: "I3", expected: "history of known mutations", seen: entry.mutation)
    }
    let key = HistoryKey(mutation: MutationKey(person: person, id: id), record: row.record)
    inHistory[key, default: 0] += 1
    let changes = decision.mutation.changes.filter { $0.record == row.record.description }.count
    try require(
      inHistory[key, default: 0] <= changes, "I3",
      expected: "\(changes) entries of mutation \(id.short) for record \(row.record.short)",
      seen: "\(inHistory[key, default: 0])")
    let final = entry.hasFinal ? Stamp(entry.final) : Stamp(entry.original)
    let isTold = entry.outcome != .applied || final == decision.stamps.plain
    try require(
      entry.outcome == decision.outcome && isTold
        && (!entry.hasGuarded || Stamp(entry.guarded) == decision.stamps.guarded), "I3",
      expected: "\(decision.outcome) at \(decision.stamps)",
      seen: "\(entry.outcome) at \(final) in history")
  }

  func hasHistory(of mutation: MutationKey) -> Bool {
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

  /// Nobody is above themselves, and no task waits for itself, whatever was merged.
  func checkLoops() throws {
    for (scope, held) in scopes {
      var above: [RecordID: [RecordID]] = [:]
      for (id, content) in held.contents.sorted(by: { $0.key < $1.key }) {
        func reference(_ register: UInt32) throws -> RecordID? {
          guard let encoded = content.registers[register]?.encoded,
            case .reference(let id) = try RegisterType.anyReference.decode(encoded[...])
          else { return nil }
          return id
        }
        if content.kind == KindDescription.contact.number, let upper = try reference(5) {
          above[id, default: []].append(upper)
        }
        if content.kind == KindDescription.taskDependency.number, content.isAlive,
          let task = try reference(1),
          let needed = try reference(2)
        {
          above[task, default: []].append(needed)
        }
      }
      for start in above.keys.sorted() {
        var seen: Set<RecordID> = []
        var level = above[start] ?? []
        while !level.isEmpty {
          try require(
            !level.contains(start), "loops", expected: "nothing above itself in \(scope.short)",
            seen: start.short)
          level = level.filter { seen.insert($0).inserted }.flatMap { above[$0] ?? [] }
        }
      }
    }
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

/// Where a scope's history ends, by the protocol's own words (Protocol/sync.md, "History").
private struct HistoryEnd {
  var number: Int64 = 0
  var chain = [UInt8](repeating: 0, count: 32)

  mutating func pass(_ row: HistoryRow, in scope: Scope) throws {
    guard case .entry(let entry, let salt) = row.content else {
      throw Violation(invariant: "history", expected: "entries that nobody erased", seen: "an erased one")
    }
    func bytes(of number: Int64) -> [UInt8] {
      (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }
    let parts: [[UInt8]] = [
      Array("kam history 2\0".utf8), chain, bytes(of: number + 1), row.record.bytes,
      bytes(of: row.serverMilliseconds),
      Array(SHA256.hash(data: salt + entry)), Array(scope.description.utf8),
    ]
    chain = Array(SHA256.hash(data: parts.flatMap { $0 }))
    number += 1
    try require(
      row.number == number && row.chain == chain, "history",
      expected: "chained entry \(number) of \(scope.short)", seen: "\(row.number), or another hash")
  }
}
