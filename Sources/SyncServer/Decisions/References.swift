import PlanModel
import SyncCore

// What a mutation points to, as the store has it and as the mutation itself makes it.

extension Judge {
  /// - Throws: `Refusal`
  func checkReferences(of parts: [Part], in scope: Scope) throws {
    guard !submission.faults.contains(.noReferenceChecks) else { return }
    let source = StoredReferences(parts, in: scope, author: submission.user, submission.work)
    for part in parts {
      do {
        try validateReferences(of: part.proposed, in: scope, current: part.before?.body, from: source)
        try checkSlug(of: part)
      } catch let refusal as Refusal where submission.decided != nil && !refusal.isLoop {
        // It stood once, and what it points to may come back later. Only a loop must not come about: the other half of it
        // was made since.
      }
    }
  }

  /// A short name that another account has, as far as the author can see: a name must not tell that there is an account
  /// which is hidden from them. A new account is taken all the same, for its plan must not be lost over a name.
  private func checkSlug(of part: Part) throws {
    let register = AccountRegister.slug
    guard part.kind == KindNumber.account, let before = part.before,
      let encoded = part.proposed.set[register], before.body[register] != encoded,
      let slug = try KindDescription.account.text(register, in: part.proposed.set)
    else { return }
    for entry in try submission.work.transaction.manifest(of: submission.user) {
      guard case .plan(let account) = entry.row.scope, account != part.record,
        let other = try submission.work.transaction.record(account, in: entry.row.number), other.alive,
        other.body[register] == encoded
      else { continue }
      throw Refusal.slugTaken(slug, by: try Self.name(of: other) ?? account.description)
    }
  }

  private static func name(of account: RecordState) throws -> String? {
    try KindDescription.account.text(AccountRegister.name, in: account.body)
  }
}

private final class StoredReferences: ReferenceSource {
  private struct Made {
    let target: ReferenceTarget
    let isAlive: Bool
  }

  private let scope: Scope
  private let author: UserRow
  private let work: UnitOfWork
  /// What the mutation makes of each record that it changes.
  private var made: [RecordID: Made] = [:]
  /// By task, once asked for.
  private var dependencies: [RecordID: [RecordID]]?

  init(_ parts: [Part], in scope: Scope, author: UserRow, _ work: UnitOfWork) {
    self.scope = scope
    self.author = author
    self.work = work
    for part in parts {
      let before = made[part.record]?.target.body ?? part.before?.body ?? Registers()
      let set = part.proposed.set
      let body = before.replacing(set.numbers.map { ($0, set[$0]) } + part.proposed.cleared.map { ($0, nil) })
      made[part.record] = Made(
        target: ReferenceTarget(kind: part.kind, body: body),
        isAlive: part.proposed.alive ?? made[part.record]?.isAlive ?? part.before?.alive ?? true)
    }
  }

  func target(_ id: RecordID, in place: Scope) throws -> ReferenceTarget? {
    if place == scope, let own = made[id] { return own.target }
    guard try place == scope || mayRead(place) else { return nil }
    return try work.kind(of: id, in: place).map { ReferenceTarget(kind: $0, body: Registers()) }
  }

  private func mayRead(_ place: Scope) throws -> Bool {
    guard try work.scope(place) != nil else { return false }
    return try work.standing(of: author, in: place).mayRead(place.family)
  }

  func stored(_ id: RecordID, in place: Scope) throws -> ReferenceTarget? {
    if place == scope, let own = made[id] { return own.target }
    guard let number = try work.scope(place)?.number,
      let record = try work.transaction.record(id, in: number)
    else { return nil }
    return ReferenceTarget(kind: record.kind, body: record.body)
  }

  func needs(of task: RecordID, in place: Scope) throws -> [RecordID] {
    if let known = dependencies { return known[task] ?? [] }
    var found: [RecordID: [RecordID]] = [:]
    let kind = KindDescription.taskDependency
    func add(_ body: Registers) throws {
      guard let task = try kind.reference(TaskDependencyRegister.task, in: body),
        let needed = try kind.reference(TaskDependencyRegister.needs, in: body)
      else { return }
      found[task, default: []].append(needed)
    }
    if let number = try work.scope(place)?.number {
      try work.transaction.records(in: number) { record in
        guard record.kind == kind.number, record.alive, made[record.id] == nil else { return }
        try add(record.body)
      }
    }
    for own in made.values where own.target.kind == kind.number && own.isAlive {
      try add(own.target.body)
    }
    dependencies = found
    return found[task] ?? []
  }
}
