/// A record that another one points to.
package struct ReferenceTarget: Sendable {
  package let kind: UInt32
  package let body: Registers

  package init(kind: UInt32, body: Registers) {
    self.kind = kind
    self.body = body
  }
}

/// Where references are looked up: the server in its transaction, a replica in what it shows.
package protocol ReferenceSource {
  /// What the author of a change may point to; nil when there is none that they may read. Deleted records count: a
  /// record that points to one points to it again when it is restored.
  func target(_ id: RecordID, in scope: Scope) throws -> ReferenceTarget?
  /// A record whatever its reader may read, to follow a chain of parents to its end.
  func stored(_ id: RecordID, in scope: Scope) throws -> ReferenceTarget?
  /// The tasks that a task waits for, by dependencies that are not deleted.
  func needs(of task: RecordID, in scope: Scope) throws -> [RecordID]
}

/// Checks what a change points to: that it is there, in this account or the directory, and of the right kind; that
/// nothing becomes its own parent and no task waits for itself, also by way of others.
///
/// Two people who each make half of a loop without network are each right by themselves; the server meets the second
/// half, and refuses it with a name for the problem.
///
/// - Parameter current: The record's registers, nil when there is no such record.
/// - Throws: ``Refusal``, or what `source` throws.
package func validateReferences(
  of change: ProposedChange, in scope: Scope, current: Registers?, from source: some ReferenceSource
) throws {
  guard let kind = PlanModel.kind(change.kind) else { return }
  for field in change.set.fields {
    guard let register = kind.register(field.number), register.type.isReference else { continue }
    let encoded = change.set.bytes[field.start..<field.end]
    // A reference that stands already was checked when it was written.
    if let stands = current?[field.number], stands == encoded { continue }
    guard case .reference(let id) = try register.type.decode(encoded) else { continue }
    try validateTarget(id, register, kind, change, in: scope, from: source)
    if case .reference(kind.number) = register.type {
      try validateParent(id, register, kind, change, in: scope, from: source)
    }
  }
  if kind.number == KindDescription.taskDependency.number {
    try validateDependency(change, in: scope, current: current, from: source)
  }
}

private func validateTarget(
  _ id: RecordID, _ register: RegisterDescription, _ kind: KindDescription, _ change: ProposedChange,
  in scope: Scope, from source: some ReferenceSource
) throws {
  let places = register.type.places(of: id, in: scope)
  guard let found = try places.lazy.compactMap({ try source.target(id, in: $0) }).first else {
    throw Refusal.referenceUnknown(kind: kind.name, register: register.label)
  }
  guard case .reference(let wanted) = register.type, found.kind != wanted else { return }
  throw Refusal.referenceOfAnotherKind(
    kind: kind.name, register: register.label, wanted: PlanModel.kind(wanted)?.name ?? "record")
}

/// A register that points to a record of its own kind says what is above it.
private func validateParent(
  _ parent: RecordID, _ register: RegisterDescription, _ kind: KindDescription, _ change: ProposedChange,
  in scope: Scope, from source: some ReferenceSource
) throws {
  guard parent != change.record else {
    throw Refusal.ownParent(kind: kind.name, register: register.label)
  }
  var above: RecordID? = parent
  var seen: Set<RecordID> = []
  // A loop that is there already ends this walk; it is not this change's doing.
  while let id = above, seen.insert(id).inserted {
    guard let place = register.type.places(of: id, in: scope).first,
      let record = try source.stored(id, in: place), let encoded = record.body[register.number],
      case .reference(let next) = try register.type.decode(encoded)
    else { return }
    guard next != change.record else {
      throw Refusal.wouldLoop(kind: kind.name, register: register.label)
    }
    above = next
  }
}

private func validateDependency(
  _ change: ProposedChange, in scope: Scope, current: Registers?, from source: some ReferenceSource
) throws {
  // Only a dependency that is made or brought back can close a loop.
  guard current == nil || change.alive == true else { return }
  let kind = KindDescription.taskDependency
  func reference(_ register: UInt32) throws -> RecordID? {
    try kind.reference(register, in: change.set) ?? current.flatMap { try kind.reference(register, in: $0) }
  }
  guard let task = try reference(TaskDependencyRegister.task),
    let needed = try reference(TaskDependencyRegister.needs)
  else { return }
  var seen: Set<RecordID> = [needed]
  var level = [needed]
  var length = 0
  while !level.isEmpty {
    guard !level.contains(task) else { throw Refusal.waitsForItself(length: length) }
    length += 1
    level = try level.flatMap { try source.needs(of: $0, in: scope) }.filter { seen.insert($0).inserted }
  }
}

extension KindDescription {
  /// The record that a register of this number points to; nil when it is empty.
  package func reference(_ number: UInt32, in body: Registers) throws -> RecordID? {
    guard let encoded = body[number],
      case .reference(let id)? = try register(number)?.type.decode(encoded)
    else { return nil }
    return id
  }

  /// What a register of this number says in words; nil when it is empty.
  package func text(_ number: UInt32, in body: Registers) throws -> String? {
    guard let encoded = body[number], case .text(let text)? = try register(number)?.type.decode(encoded)
    else { return nil }
    return text
  }
}

extension RegisterType {
  package var isReference: Bool {
    switch self {
    case .reference, .anyReference: true
    default: false
    }
  }

  /// The scopes in which what a register of a record in `scope` points to may lie.
  package func places(of id: RecordID, in scope: Scope) -> [Scope] {
    switch self {
    case .reference(KindDescription.account.number): return [.plan(id)]
    case .reference(let kind):
      switch (PlanModel.kind(kind)?.family, scope.account) {
      case (.directory?, _): return [.directory]
      case (.plan?, let account?): return [.plan(account)]
      case (.finance?, let account?): return [.finance(account)]
      default: return []
      }
    case .anyReference: return (scope.account.map { [.plan($0), .finance($0)] } ?? []) + [.directory]
    default: return []
    }
  }
}
