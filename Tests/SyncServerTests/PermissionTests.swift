import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

/// vectors/permissions.json, written from the rules by another program.
private struct Permissions: Decodable {
  struct Row: Decodable {
    let kind: UInt32
    let name: String
    let register: UInt32
    let field: String
    let add: String
    let change: String
    let delete: String
    let deleteSealed: String?
    let unseal: String?

    enum CodingKeys: String, CodingKey {
      case kind, name, register, field, add, change, delete, unseal
      case deleteSealed = "delete_sealed"
    }
  }
  let askers: [String: String]
  let rows: [Row]

  static func load() throws -> Permissions {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Protocol/vectors/permissions.json")
    return try JSONDecoder().decode(Permissions.self, from: Data(contentsOf: file))
  }
}

/// An account with somebody of every sort beside it.
private final class Cast {
  let acme: Organisation
  let scope: Scope
  let everybody: [(letter: String, device: Device)]
  private var count = 0
  private var targets: [UInt32: [RecordID]] = [:]
  private var turns: [UInt32: Int] = [:]

  init() throws {
    acme = try Organisation()
    let manager = try acme.person("Mia")
    scope = try acme.account(managedBy: manager)
    var everybody = [("A", acme.admin), ("E", try acme.person("Eva", .executive)), ("M", manager)]
    for (letter, name, role) in [("C", "Cem", AccountRole.contributor), ("V", "Vic", .viewer)] {
      let device = try acme.person(name)
      try acme.share(scope, with: device, role, by: manager)
      everybody.append((letter, device))
    }
    let departments: [(String, String, String, DepartmentRole)] = [
      ("L", "Lea", "logistics", .lead), ("D", "Dan", "logistics", .member), ("O", "Ole", "sales", .member),
      ("X", "Xia", "marketing", .lead),
    ]
    for (letter, name, department, role) in departments {
      let device = try acme.person(name)
      try acme.enter(device, department, role)
      everybody.append((letter, device))
    }
    everybody.append(("N", try acme.person("Nia")))
    self.everybody = everybody
    try acme.engage(false, "marketing", in: scope, by: manager)
  }

  var manager: Device { everybody[2].device }

  /// A value that no record has yet.
  func value(of register: RegisterDescription, for device: Device) throws -> RegisterValue {
    count += 1
    switch register.type {
    case .slug: return .text("s\(count)")
    case .country: return .text(count.isMultiple(of: 2) ? "FR" : "DE")
    case .currency:
      // Not the same twice in a row: what changes nothing is nobody's to refuse.
      return .text(String(currencyCodes[count % currencyCodes.count]))
    case .date: return .text("20\(10 + count % 80)-01-31")
    case .decimal, .line, .text: return .text("\(count)")
    // Another one each time, where writing what stands would be no change.
    case .choice: return .integer(register.policy == .once ? Int64(1 + count % 50) : 4)
    case .integer(let range):
      return .integer(range.lowerBound + Int64(count) % min(7, range.upperBound - range.lowerBound + 1))
    case .graded: return .graded(1, likelihood: Int64(count))
    case .flag: return .flag(count.isMultiple(of: 2))
    case .money: return .money(Money(currency: "EUR", minor: Int64(count)))
    case .period:
      guard let day = PlanDate(year: 2030 + count % 60, month: 1, day: 1) else { return .text("") }
      return .period(day, day)
    // In one's own name, where that matters.
    case .reference(KindDescription.person.number) where register.policy != .once || register.fill == .author:
      return .reference(device.user)
    case .reference(let kind): return .reference(try target(kind))
    case .anyReference: return .reference(try target(KindDescription.contact.number))
    case .kindNumber: return .integer(Int64(count))
    case .instant: return .integer(Int64(count))
    case .opaque: return .opaque
    }
  }

  /// Three of each kind in turn, so that naming one is a change, and a new task each time, so that none waits for itself.
  /// A parent account is one that nobody is below.
  private func target(_ number: UInt32) throws -> RecordID {
    if number == KindDescription.person.number { return everybody[count % everybody.count].device.user }
    if number == KindDescription.task.number { return try record(.task) }
    var made = targets[number] ?? []
    while made.count < 3 {
      switch number {
      case KindDescription.account.number:
        made.append(try #require(try acme.account("Above \(made.count)", managedBy: manager).account))
      default: made.append(try record(try #require(PlanModel.kind(number))))
      }
      targets[number] = made
    }
    turns[number, default: 0] += 1
    return made[turns[number, default: 0] % 3]
  }

  func body(
    _ kind: KindDescription, _ registers: [RegisterDescription], by device: Device
  ) throws -> Data {
    var body = Registers()
    for register in registers {
      body.append(
        register.number, register.type.encode(try value(of: register, for: device), as: register.number))
    }
    return Data(encodeBody(body.bytes, kind: kind.number))
  }

  /// A new record of the kind, made by the account's manager, with what it needs.
  func record(_ kind: KindDescription) throws -> RecordID {
    if kind.number == KindDescription.account.number { return try #require(scope.account) }
    if kind.isServerMade { return try directoryRecord(kind) }
    let id =
      kind.isSingleton ? try #require(scope.account).singleton(ofKind: kind.number) : acme.newID()
    if kind.isSingleton, try acme.record(id, in: scope) != nil { return id }
    let maker = kind.family == .directory ? acme.admin : manager
    let result = try maker.edit(place(of: kind), try addition(of: id, kind, extra: nil, by: maker))
    #expect(result.outcome == .applied, "\(kind.name): \(result.reason)")
    return id
  }

  func place(of kind: KindDescription) throws -> Scope {
    switch kind.family {
    case .directory: .directory
    case .plan: scope
    case .finance: .finance(try #require(scope.account))
    }
  }

  private func directoryRecord(_ kind: KindDescription) throws -> RecordID {
    var found: RecordID?
    try acme.store.read { reading in
      let row = try #require(try reading.scope(.directory))
      try reading.records(in: row.number) { if $0.kind == kind.number { found = $0.id } }
    }
    return try #require(found)
  }

  func addition(
    of id: RecordID, _ kind: KindDescription, extra: RegisterDescription?, by device: Device
  ) throws -> WireChange {
    let registers = kind.registers.filter {
      $0.isRequired || $0.number == extra?.number || $0.number == kind.addressee
    }
    var change = WireChange()
    change.record = id.description
    change.kind = KamKind(rawValue: Int(kind.number)) ?? .unspecified
    change.create = true
    change.set = try body(kind, registers, by: device)
    return change
  }

  /// Tries it, as far as somebody who writes their own client could.
  func changes(_ register: RegisterDescription, of kind: KindDescription, by device: Device) throws -> Bool {
    let id = try record(kind)
    var change = WireChange()
    change.record = id.description
    change.kind = KamKind(rawValue: Int(kind.number)) ?? .unspecified
    if register.type == .opaque {
      change.set = Data(encodeBody([UInt8(register.number << 3 | 2), 0], kind: kind.number))
    } else {
      change.set = try body(kind, [register], by: device)
    }
    let place = try place(of: kind)
    let state = try #require(try acme.record(id, in: place))
    let guards: [WireGuard] =
      register.policy == .guarded
      ? [
        .with {
          $0.record = id.description
          $0.register = register.number
          if let stamp = state.stamps[register.number] { $0.stamp = stamp.wire } else { $0.unset = true }
        }
      ] : []
    return try outcome(device, place, change, guards)
  }

  func outcome(
    _ device: Device, _ place: Scope, _ change: WireChange, _ guards: [WireGuard] = []
  ) throws -> Bool {
    let result = try device.edit(place, change, guards: guards)
    if result.outcome != .applied {
      #expect(result.outcome == .denied || result.outcome == .invalid, "\(result.outcome) \(result.reason)")
      // A refusal says what is missing and who can help, or that there is nothing to see.
      #expect(result.reason.count > 20, "\(result.reason)")
    }
    return result.outcome == .applied
  }
}

@Suite("Who may write what")
struct PermissionTests {
  @Test("the table names every register of every kind, once")
  func complete() throws {
    let table = try Permissions.load()
    let listed = table.rows.map { "\($0.kind).\($0.register)" }
    let described = PlanModel.kinds.flatMap { kind in kind.registers.map { "\(kind.number).\($0.number)" } }
    #expect(listed == described)
    #expect(table.askers.keys.sorted() == ["A", "C", "D", "E", "L", "M", "N", "O", "V", "X"])
  }

  @Test(
    "every cell: who changes a register is exactly who the table names",
    arguments: PlanModel.kinds.map(\.number))
  func changing(number: UInt32) throws {
    let kind = try #require(PlanModel.kind(number))
    let cast = try Cast()
    for row in try Permissions.load().rows where row.kind == number {
      let register = try #require(kind.register(row.register))
      let allowed = try cast.everybody.filter { try cast.changes(register, of: kind, by: $0.device) }
      #expect(
        allowed.map(\.letter).joined() == ordered(row.change, cast), "changing \(row.name).\(row.field)")
    }
  }

  @Test("every cell: who adds a record with a register is exactly who the table names", arguments: addedKinds)
  func adding(number: UInt32) throws {
    let kind = try #require(PlanModel.kind(number))
    for row in try Permissions.load().rows where row.kind == number {
      let register = try #require(kind.register(row.register))
      // An account has one record of such a kind.
      let cast = try Cast()
      let allowed = try cast.everybody.filter { asker in
        let cast = kind.isSingleton ? try Cast() : cast
        let device = try #require(cast.everybody.first { $0.letter == asker.letter }).device
        let id =
          kind.isSingleton ? try #require(cast.scope.account).singleton(ofKind: number) : cast.acme.newID()
        return try cast.outcome(
          device, cast.place(of: kind), try cast.addition(of: id, kind, extra: register, by: device))
      }
      #expect(allowed.map(\.letter).joined() == ordered(row.add, cast), "adding \(row.name).\(row.field)")
    }
  }

  @Test(
    "every cell: who deletes and restores is exactly who the table names",
    arguments: PlanModel.kinds.map(\.number))
  func deleting(number: UInt32) throws {
    let kind = try #require(PlanModel.kind(number))
    let cast = try Cast()
    let row = try #require(try Permissions.load().rows.first { $0.kind == number })
    let place = try cast.place(of: kind)
    let allowed = try cast.everybody.filter { asker in
      let id = try cast.record(kind)
      let isGone = try cast.outcome(asker.device, place, change(id, kind, alive: false))
      if !isGone { _ = try cast.acme.admin.edit(place, change(id, kind, alive: false)) }
      let isBack = try cast.outcome(asker.device, place, change(id, kind, alive: true))
      if !isBack { _ = try cast.acme.admin.edit(place, change(id, kind, alive: true)) }
      // Of a kind that cannot be deleted, restoring changes nothing.
      #expect(isGone == isBack || kind.isSingleton, "\(kind.name) by \(asker.letter)")
      return isGone
    }
    #expect(allowed.map(\.letter).joined() == ordered(row.delete, cast), "deleting a \(row.name)")
  }

  @Test(
    "every cell: who deletes and restores what is sealed, and who takes the seal off, is exactly who the table names",
    arguments: PlanModel.kinds.filter { $0.seal != nil }.map(\.number))
  func sealed(number: UInt32) throws {
    let kind = try #require(PlanModel.kind(number))
    let seal = try #require(kind.seal.flatMap { kind.register($0.register) })
    let cast = try Cast()
    let row = try #require(try Permissions.load().rows.first { $0.kind == number })
    let place = try cast.place(of: kind)
    func sealedRecord() throws -> RecordID {
      let id = try cast.record(kind)
      let sealing = try cast.acme.admin.edit(
        place, change(id, kind, [seal.name: "yes"]), guards: [expectation(id, seal.name, .unset(true), kind)])
      #expect(sealing.outcome == .applied, "\(sealing.reason)")
      return id
    }
    let deleters = try cast.everybody.filter { asker in
      let id = try sealedRecord()
      let isGone = try cast.outcome(asker.device, place, change(id, kind, alive: false))
      if !isGone { _ = try cast.acme.admin.edit(place, change(id, kind, alive: false)) }
      let isBack = try cast.outcome(asker.device, place, change(id, kind, alive: true))
      #expect(isGone == isBack, "\(kind.name) by \(asker.letter)")
      return isGone
    }
    #expect(deleters.map(\.letter).joined() == ordered(try #require(row.deleteSealed), cast))
    let breakers = try cast.everybody.filter { asker in
      let id = try sealedRecord()
      let stamp = try #require(try cast.acme.record(id, in: place)?.stamp(seal.name))
      let expected = expectation(id, seal.name, .stamp(stamp.wire), kind)
      return try cast.outcome(asker.device, place, change(id, kind, [seal.name: "no"]), [expected])
    }
    #expect(breakers.map(\.letter).joined() == ordered(try #require(row.unseal), cast))
  }

  @Test("every kind that can be sealed says in the table who may break it, and no other")
  func sealsAreListed() throws {
    for row in try Permissions.load().rows {
      let isSealed = PlanModel.kind(row.kind)?.seal != nil
      #expect((row.deleteSealed != nil) == isSealed && (row.unseal != nil) == isSealed, "\(row.name)")
    }
  }

  private func ordered(_ letters: String, _ cast: Cast) -> String {
    cast.everybody.map(\.letter).filter { letters.contains($0) }.joined()
  }
}

private let addedKinds = PlanModel.kinds.filter {
  !$0.isServerMade && $0.number != KindDescription.account.number
}.map(\.number)
