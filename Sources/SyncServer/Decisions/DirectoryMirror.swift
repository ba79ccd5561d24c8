import PlanModel
import SyncCore

/// Keeps what records say of people, departments and engagements equal to what the server knows.
enum DirectoryMirror {
  /// Writes the person's record, with the replicas that write in their name, so that every replica can attribute
  /// stamps without network. Of a device that has ended only what it wrote is left to attribute; what devices are called
  /// is nobody else's business.
  static func write(_ user: UserRow, in work: UnitOfWork) throws {
    try write(
      body(of: user, in: work.transaction), mirrored: [PersonRegister.devices, PersonRegister.departments],
      id: user.id,
      kind: KindDescription.person.number, in: work)
  }

  /// Of a person's record those that say what the person is and may: name, address, role, whether they are active, and
  /// their departments.
  static let registersOfRights: [UInt32] = [
    PersonRegister.name, PersonRegister.email, PersonRegister.role, PersonRegister.active,
    PersonRegister.departments,
  ]

  static func body(of user: UserRow, in reading: any CanonicalReading) throws -> Registers {
    let devices = try reading.devices(of: user.id)
      .filter { $0.state != .revoked || $0.lastMutation > 0 }.sorted { $0.number < $1.number }
    var body = Registers()
    let kind = KindDescription.person
    func append(_ number: UInt32, _ value: RegisterValue) {
      guard let register = kind.register(number) else { return }
      body.append(number, register.type.encode(value, as: number))
    }
    append(PersonRegister.name, .text(user.name))
    append(PersonRegister.email, .text(user.email))
    append(PersonRegister.role, .integer(Int64(user.role.rawValue)))
    append(PersonRegister.active, .flag(user.isActive))
    for device in devices {
      var inner = WireWriter()
      inner.varint(field: 1, UInt64(device.number))
      var field = WireWriter()
      field.delimited(field: PersonRegister.devices, inner.bytes)
      body.append(PersonRegister.devices, field.bytes)
    }
    for row in try reading.memberships(of: user.id).sorted(by: { $0.department < $1.department }) {
      var inner = WireWriter()
      inner.varint(field: 1, UInt64(row.department.number))
      inner.varint(field: 2, UInt64(row.role.rawValue))
      var field = WireWriter()
      field.delimited(field: PersonRegister.departments, inner.bytes)
      body.append(PersonRegister.departments, field.bytes)
    }
    return body
  }

  /// Writes which departments stay out of an account into its own record, so that every replica can tell without
  /// network.
  static func writeEngagements(in account: RecordID, _ work: UnitOfWork) throws {
    let disengaged = try work.transaction.engagements(in: account).filter { !$0.isEngaged }
      .map(\.department).sorted()
    var packed = WireWriter()
    for department in disengaged { packed.varint(UInt64(department.number)) }
    var field = WireWriter()
    field.delimited(field: AccountRegister.disengaged, packed.bytes)
    var body = Registers()
    if !disengaged.isEmpty { body.append(AccountRegister.disengaged, field.bytes) }
    try write(
      body, mirrored: [AccountRegister.disengaged], id: account, kind: KindDescription.account.number,
      scope: .plan(account), in: work)
  }

  /// Deletes the record of a person who is known by another id now.
  static func remove(_ person: RecordID, in work: UnitOfWork) throws {
    guard let row = try work.scope(.directory),
      let before = try work.transaction.record(person, in: row.number), before.alive
    else { return }
    let beyond = before.stamps.latest.map { $0.hlc == .max ? $0.hlc : $0.hlc + 1 } ?? 0
    let result = merge(
      RecordWrite(writes: [], alive: false, base: before.stamps),
      stamp: Stamp(hlc: max(work.tick(), beyond), replica: 0), into: before, id: person, kind: before.kind)
    _ = try work.store(result.state, replacing: before, in: .directory)
  }

  /// Writes registers as the server (replica 0).
  ///
  /// - Parameter mirrored: Lists, which are emptied when `body` does not have them.
  static func write(
    _ body: Registers, mirrored: [UInt32] = [], id: RecordID, kind: UInt32, scope: Scope = .directory,
    in work: UnitOfWork
  ) throws {
    guard let row = try work.scope(scope) else { return }
    let before = try work.transaction.record(id, in: row.number)
    let beyond = before?.stamps.latest.map { $0.hlc == .max ? $0.hlc : $0.hlc + 1 } ?? 0
    let stamp = Stamp(hlc: max(work.tick(), beyond), replica: 0)
    let emptied = mirrored.filter { !body.contains($0) && before?.body.contains($0) == true }
    let changed = body.numbers.filter { before?.body[$0] != body[$0] } + emptied
    guard !changed.isEmpty else { return }
    let writes = changed.map { RegisterWrite(register: $0, encoded: body[$0], base: nil) }
    let result = merge(
      RecordWrite(writes: writes, alive: nil, base: RecordStamps()), stamp: stamp, into: before, id: id,
      kind: kind)
    _ = try work.store(result.state, replacing: before, in: scope)
  }
}
