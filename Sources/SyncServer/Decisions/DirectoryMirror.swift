import PlanModel
import SyncCore

/// Keeps the directory's Person and Department records equal to what the server knows.
enum DirectoryMirror {
  /// Writes the person's record, with the replicas that write in their name, so that every replica can attribute
  /// stamps without network.
  static func write(_ user: UserRow, in ledger: Ledger) throws {
    let devices = try ledger.transaction.devices(of: user.id).sorted { $0.number < $1.number }
    var body = Registers()
    let kind = KindDescription.person
    func append(_ number: UInt32, _ value: RegisterValue) {
      guard let register = kind.register(number) else { return }
      body.append(number, register.type.encode(value, as: number))
    }
    append(1, .text(user.name))
    append(2, .text(user.email))
    append(3, .integer(Int64(user.role.rawValue)))
    append(4, .flag(user.isActive))
    for device in devices {
      var inner = WireWriter()
      inner.varint(field: 1, UInt64(device.number))
      inner.delimited(field: 2, device.name.utf8)
      var field = WireWriter()
      field.delimited(field: 5, inner.bytes)
      body.append(5, field.bytes)
    }
    try write(body, id: user.id, kind: kind.number, in: ledger)
  }

  /// Writes registers as the server (replica 0).
  static func write(_ body: Registers, id: RecordID, kind: UInt32, in ledger: Ledger) throws {
    guard let scope = try ledger.scope(.directory) else { return }
    let before = try ledger.transaction.record(id, in: scope.number)
    let beyond = before?.stamps.latest.map { $0.hlc == .max ? $0.hlc : $0.hlc + 1 } ?? 0
    let stamp = Stamp(hlc: max(ledger.tick(), beyond), replica: 0)
    let changed = body.fields.filter { before?.body[$0.number] != body[$0.number] }
    guard !changed.isEmpty else { return }
    let writes = changed.map { RegisterWrite(register: $0.number, encoded: body[$0.number], base: nil) }
    let result = merge(
      RecordWrite(writes: writes, alive: nil, base: RecordStamps()), stamp: stamp, into: before, id: id,
      kind: kind)
    _ = try ledger.store(result.state, replacing: before, in: .directory)
  }
}
