/// One record's part of a mutation, as the rules see it.
package struct ProposedChange: Sendable {
  package let record: RecordID
  package let kind: UInt32
  package let isCreation: Bool
  /// The registers written.
  package let set: Registers
  /// The registers emptied.
  package let cleared: [UInt32]
  /// Non-nil when it deletes or restores.
  package let alive: Bool?
  /// The registers that a guard of the same mutation covers.
  package let guarded: Set<UInt32>

  package init(
    record: RecordID, kind: UInt32, isCreation: Bool, set: Registers, cleared: [UInt32] = [],
    alive: Bool? = nil,
    guarded: Set<UInt32> = []
  ) {
    self.record = record
    self.kind = kind
    self.isCreation = isCreation
    self.set = set
    self.cleared = cleared
    self.alive = alive
    self.guarded = guarded
  }
}

/// What a version does not know, and may not judge.
package struct SchemaAhead: Error, Equatable, Sendable {
  package let kind: UInt32
  package let register: UInt32?

  package init(kind: UInt32, register: UInt32?) {
    self.kind = kind
    self.register = register
  }
}

/// Whether values have the form of their registers, judged by nothing but the kind's description.
package struct ValueForms: Sendable {
  /// Of those that cannot be read, by register; of one that is there twice, the first.
  private var broken: [UInt32: ValueError] = [:]
  /// Of those that can, and that nobody may write anew.
  private var outdated: [UInt32: ValueError] = [:]

  /// - Parameter kind: nil when it is of a newer version; then nothing is judged.
  package init(of set: Registers, as kind: KindDescription?) {
    for field in set.fields {
      guard let register = kind?.register(field.number) else { continue }
      do {
        let value = try register.type.decode(set.bytes[field.start..<field.end])
        do { try register.type.checkNew(value) } catch { outdated[field.number] = error }
      } catch { broken[field.number] = broken[field.number] ?? error }
    }
  }

  /// - Parameter isNew: Whether the value is another than the one that stands.
  func error(of register: UInt32, isNew: Bool) -> ValueError? {
    broken[register] ?? (isNew ? outdated[register] : nil)
  }
}

/// Checks a change against its kind's description, its author's rights and the record as it stands.
///
/// The server calls it inside the mutation's transaction; the replica calls it before it stores an edit, so that
/// what would be refused is said at once. Both get the same sentence.
///
/// - Parameters:
///   - current: The record's registers with the mutation's earlier changes, nil when there is no such record.
///   - committed: The record's registers before the mutation, nil when it makes the record. Rights are judged by these
///     alone: nobody makes a record theirs first and writes it then.
///   - forms: Of the values that the change sets, when they were looked at before.
/// - Throws: ``Refusal``, or ``SchemaAhead`` for kinds and registers of a newer version.
package func validate(
  _ change: ProposedChange, in scope: Scope, by standing: Standing, current: Registers?,
  committed: Registers?,
  forms: ValueForms? = nil
) throws {
  guard let kind = PlanModel.kind(change.kind) else { throw SchemaAhead(kind: change.kind, register: nil) }
  let isNew = current == nil
  let forms = forms ?? ValueForms(of: change.set, as: kind)
  try validatePlace(of: change, kind, in: scope, by: standing, isNew: isNew)
  if isNew { try validateCompleteness(of: change, kind) }
  for field in change.set.fields {
    let register = try knownRegister(field.number, of: kind)
    try validateWrite(of: register, kind, change, by: standing, current: current, committed: committed)
    // Saying once more what stands is not a mistake.
    let isNewValue = current?[field.number] != change.set[field.number]
    if let error = forms.error(of: field.number, isNew: isNewValue) {
      throw Refusal.value(kind: kind.name, register: register.label, error)
    }
  }
  for number in change.cleared {
    let register = try knownRegister(number, of: kind)
    guard !register.isRequired else {
      throw Refusal.clearsRequired(kind: kind.name, register: register.label)
    }
    try validateWrite(of: register, kind, change, by: standing, current: current, committed: committed)
  }
  try validateLife(of: change, kind, by: standing, committed: committed)
  try validateAuthor(of: change, kind, by: standing)
  // Against seals from before the mutation, and those that it has set itself by now.
  for stands in [committed, current] {
    if let stands { try validateSeal(of: change, kind, by: standing, stands) }
  }
  try validateAddressee(of: change, kind, by: standing)
  if kind.number == KindDescription.task.number {
    try validateTaskWork(change, by: standing, committed: committed ?? Registers())
  }
}

/// Checks a change that is its mutation's first to the record.
package func validate(
  _ change: ProposedChange, in scope: Scope, by standing: Standing, current: Registers?
) throws {
  try validate(change, in: scope, by: standing, current: current, committed: current)
}

private func knownRegister(_ number: UInt32, of kind: KindDescription) throws -> RegisterDescription {
  guard let register = kind.register(number) else { throw SchemaAhead(kind: kind.number, register: number) }
  return register
}

private func validatePlace(
  of change: ProposedChange, _ kind: KindDescription, in scope: Scope, by standing: Standing, isNew: Bool
) throws {
  guard kind.family == scope.family else { throw Refusal.wrongScope(kind: kind.name, scope: scope) }
  if scope == .directory, standing.organization != .admin, !kind.isOpenToKeepers {
    throw Refusal.needsAdmin(what: .changing(kind: kind.name))
  }
  guard standing.mayWrite(scope.family) else {
    if scope == .directory { throw Refusal.needsKeeper(what: .changingDirectory) }
    guard standing.mayRead(scope.family) else { throw Refusal.scopeUnknownOrForbidden(scope) }
    throw Refusal.needsRole(
      scope.family == .plan ? .contributor : .manager, what: .changing(kind: kind.name))
  }
  guard !kind.isServerWritten, !(kind.isServerMade && (isNew || change.alive != nil)) else {
    throw Refusal.serverWritten(kind: kind.name)
  }
  if kind.isSingleton {
    guard change.record == scope.account?.singleton(ofKind: kind.number) else {
      throw Refusal.notTheSingleton(kind: kind.name)
    }
    guard change.alive != false else { throw Refusal.cannotDelete(kind: kind.name) }
  }
  if kind.number == KindDescription.account.number {
    guard change.record == scope.account else { throw Refusal.notTheSingleton(kind: kind.name) }
    if change.alive != nil, standing.effectiveRole(in: .plan) != .manager {
      throw Refusal.needsRole(.manager, what: .deletingOrRestoring(kind: kind.name))
    }
  }
}

private func validateCompleteness(of change: ProposedChange, _ kind: KindDescription) throws {
  for register in kind.registers where register.isRequired && !change.set.contains(register.number) {
    throw Refusal.missingRegister(kind: kind.name, register: register.label)
  }
}

private func validateWrite(
  of register: RegisterDescription, _ kind: KindDescription, _ change: ProposedChange, by standing: Standing,
  current: Registers?, committed: Registers?
) throws {
  switch register.policy {
  case .server: throw Refusal.serverRegister(kind: kind.name, register: register.label)
  case .once where current != nil:
    // The same value again is a retry under another name, not a change.
    guard let stands = current?[register.number], stands == change.set[register.number] else {
      throw Refusal.setOnce(kind: kind.name, register: register.label)
    }
  case .guarded where current != nil:
    guard change.guarded.contains(register.number) else {
      throw Refusal.unguarded(kind: kind.name, register: register.label)
    }
  default: break
  }
  guard kind.family != .directory else { return }
  let isNew = committed == nil
  if let role = standing.effectiveRole(in: kind.family), role >= register.writer { return }
  let what: Deed =
    isNew && register.writer == .contributor
    ? .adding(kind: kind.name) : .changingRegister(kind: kind.name, register: register.label)
  guard let needed = register.departmentWriter else { throw Refusal.needsRole(register.writer, what: what) }
  // The department that a record is addressed to before the mutation counts: nobody can call a foreign task their department's.
  let addressee = kind.addressee.flatMap { department(in: committed?[$0]) }
  let own =
    addressee.map { standing.departments[$0].map { [$0] } ?? [] } ?? Array(standing.departments.values)
  let mayAdd = !isNew || kind.isOpenToDepartments
  guard mayAdd, addressee != nil || kind.isOpenToDepartments, own.contains(where: { $0.role >= needed })
  else {
    throw Refusal.needsRoleOrDepartment(register.writer, needed, addressee, what: what)
  }
}

/// Deleting and restoring goes over all of a record, so a department's people may not; an author may take back what
/// they said.
private func validateLife(
  of change: ProposedChange, _ kind: KindDescription, by standing: Standing, committed: Registers?
) throws {
  guard change.alive != nil else { return }
  if kind.family == .directory {
    guard standing.organization == .admin else {
      throw Refusal.needsAdmin(what: .deletingOrRestoring(kind: kind.name))
    }
    return
  }
  if let role = standing.effectiveRole(in: kind.family), role >= .contributor { return }
  let isOwn = kind.author.map { committed?[$0.number] == authorField(standing.person, $0) } ?? false
  guard isOwn else {
    throw Refusal.needsRole(.contributor, what: .deletingOrRestoring(kind: kind.name))
  }
}

/// Nobody writes in another's name; only an admin, who brings in what another system or an export holds.
private func validateAuthor(of change: ProposedChange, _ kind: KindDescription, by standing: Standing) throws
{
  guard let author = kind.author, let named = change.set[author.number], standing.organization != .admin
  else {
    return
  }
  guard named == authorField(standing.person, author) else { throw Refusal.foreignAuthor(kind: kind.name) }
}

private func authorField(_ person: RecordID, _ register: RegisterDescription) -> ArraySlice<UInt8> {
  register.type.encode(.reference(person), as: register.number)[...]
}

/// A record that was published, finalised or locked is final, and is not deleted and replaced either. Those who answer for the
/// account may do that, but to a record that is sealed for good only an admin, of whom the audit log tells.
private func validateSeal(
  of change: ProposedChange, _ kind: KindDescription, by standing: Standing, _ stands: Registers
) throws {
  guard let seal = kind.seal, let register = kind.register(seal.register), seal.isOn(in: stands) else {
    return
  }
  let isAdmin = standing.organization == .admin
  func refusal(_ isFinal: Bool) -> Refusal {
    .sealed(kind: kind.name, register: register.label, isFinal: isFinal)
  }
  let written = change.set.numbers + change.cleared
  guard written.allSatisfy({ $0 == seal.register }) else { throw refusal(seal.isFinal && !isAdmin) }
  guard !isAdmin else { return }
  if change.alive != nil {
    guard !seal.isFinal else { throw refusal(true) }
    guard standing.account == .manager else {
      throw Refusal.needsRole(.manager, what: .deletingOrRestoringSealed(kind: kind.name))
    }
  }
  guard !seal.isFinal || !change.breaks(seal) else { throw refusal(true) }
}

extension Seal {
  /// By what the flag says, not by its bytes: it can be written in several ways. One that cannot be read does not say that
  /// anything is open.
  package func isOn(in body: Registers) -> Bool {
    guard let bytes = body[register] else { return false }
    guard let value = try? RegisterType.flag.decode(bytes) else { return true }
    return value == .flag(true)
  }
}

extension ProposedChange {
  /// Whether it takes the seal off.
  package func breaks(_ seal: Seal) -> Bool {
    cleared.contains(seal.register)
      || set[seal.register].map { (try? RegisterType.flag.decode($0)) != .flag(true) } ?? false
  }
}
