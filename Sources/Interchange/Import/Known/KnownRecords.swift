import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// The records that an import compares its rows with and points to: this replica's, and those it makes.
final class KnownRecords {
  let workbench: Workbench
  var byKind: [UInt32: KnownIndex] = [:]
  /// What rows have made or taken of kinds without an index. An event's row that is there twice is two events: each record
  /// answers for one row.
  var taken: Set<RecordID> = []
  /// People of another organisation's export, by the addresses they share with people here.
  var aliases: [RecordID: RecordID] = [:]
  /// Where records are that rows have pointed to by their ids.
  var present: [RecordID: Scope] = [:]
  static let presentMax = 10_000
  /// Records that the rows so far have made or changed.
  var current: [RecordID: RecordView] = [:]
  /// Accounts and people that rows of this file have made.
  var made: Set<RecordID> = []
  /// Events that rows have brought with their records.
  var told: Set<Int> = []
  var shapes: [UInt32: KeyShape] = [:]

  init(_ workbench: Workbench) { self.workbench = workbench }

  /// The registers that a kind's records are found by, looked up once.
  struct KeyShape {
    let ways: [[RegisterDescription]]
    /// What an event is known by: all it says itself, and the moments that a new one gets by itself.
    let said, timed: [RegisterDescription]
    let names: [RegisterDescription]
    /// What other systems call its records.
    let foreign: RegisterDescription?

    init(_ kind: KindDescription) {
      foreign = kind.externalID
      ways = kind.ways.map { names in names.compactMap { kind.register(named: $0) } }
      said = kind.isEvent ? kind.registers.filter { $0.fill == nil } : []
      timed = kind.isEvent ? kind.registers.filter { $0.fill == .now } : []
      names = kind.nameRegisters
    }
  }

  func shape(of kind: KindDescription) -> KeyShape {
    if let shape = shapes[kind.number] { return shape }
    let shape = KeyShape(kind)
    shapes[kind.number] = shape
    return shape
  }

  /// By what a record is found.
  struct Key: Hashable {
    let account: RecordID?
    /// Which of the kind's keys; -1 for all it says, -2 for its name.
    let way: Int
    let bytes: [UInt8]
  }

  /// The record as the rows before have left it.
  ///
  /// - Throws: ``Failure`` when several have this id.
  func record(_ id: RecordID) throws -> RecordView? { try current[id] ?? workbench.record(id) }

  func record(_ id: RecordID, in scope: Scope) throws -> RecordView? {
    if let view = current[id], view.scope == scope { return view }
    return try workbench.replica.record(id, in: scope)
  }

  /// What a row made of a record.
  func replace(_ view: RecordView, _ kind: KindDescription) throws {
    current[view.id] = view
    let foreign = shape(of: kind).foreign.map { view.state.body.contains($0.number) } ?? false
    // No row is about a record that another row has taken: only who points to it may look for it.
    let isOnlyPointedTo =
      kind.isFoundOnlyByID
      && (taken.contains(view.id) || byKind[kind.number].map { !$0.mayBeFound(view.id) } ?? false)
    if isOnlyPointedTo, !foreign { return }
    try add(view, kind, to: try index(of: kind), isOnlyPointedTo: isOnlyPointedTo)
  }

  /// These are stored: the replica has them as the rows before have left them.
  func settle(_ ids: some Sequence<RecordID>) { for id in ids { current[id] = nil } }

  func keys(
    _ kind: KindDescription, _ account: RecordID?, _ values: [UInt32: RegisterValue]
  ) -> [Key] {
    // An account is not in another.
    let account = kind.number == KindNumber.account ? nil : account
    let shape = shape(of: kind)
    for (way, registers) in shape.ways.enumerated()
    where registers.allSatisfy({ values[$0.number] != nil }) {
      return [Key(account: account, way: way, bytes: bytes(registers, values))]
    }
    guard kind.isEvent else { return [] }
    // With the moment, when the row says it.
    return [Key(account: account, way: -1, bytes: bytes(shape.said + shape.timed, values))]
  }

  func bytes(_ registers: [RegisterDescription], _ values: [UInt32: RegisterValue]) -> [UInt8] {
    var result: [UInt8] = []
    for register in registers {
      switch values[register.number] {
      case .text(let text):
        result += register.type.encode(.text(normalForm(text).lowercased()), as: register.number)
      case let value?: result += register.type.encode(value, as: register.number)
      case nil: continue
      }
    }
    return result
  }

  /// Whether a contact is reached so already.
  func has(_ point: (type: String, value: String), of contact: RecordID, in scope: Scope) throws -> Bool {
    let kind = KindDescription.contactPoint
    guard let value = kind.register(ContactPointRegister.value) else { return false }
    let index = try index(of: kind)
    let key = Key(
      account: scope.account, way: -2, bytes: bytes([value], [value.number: .text(point.value)]))
    return try found(key, kind, index).contains {
      try index.view($0)?.reference(ContactPointRegister.contact) == contact
    }
  }

  /// Whether an event is here that says just this, or a row before has made one.
  func hasEvent(
    _ kind: KindDescription, _ said: [(register: UInt32, value: RegisterValue)], in scope: Scope
  ) throws -> Bool {
    let index = try index(of: kind)
    let shape = shape(of: kind)
    let values = Dictionary(said.map { ($0.register, $0.value) }) { first, _ in first }
    let key = Key(account: scope.account, way: -1, bytes: bytes(shape.said + shape.timed, values))
    if !told.insert(key.hashValue).inserted { return true }
    return try found(key, kind, index).contains(where: index.isShown)
  }

  // MARK: - The index

  func index(of kind: KindDescription) throws -> KnownIndex {
    if let index = byKind[kind.number] { return index }
    let index = KnownIndex(kind: kind.number) { [unowned self] in try record($0) }
    // The address of a contact who was deleted says nothing of who has it now.
    try workbench.replica.forEachRecord(ofKinds: [kind.number], deletedToo: true) { record in
      let scope: Scope =
        switch record.account {
        case nil: .directory
        case let account?: kind.family == .finance ? .finance(account) : .plan(account)
        }
      index.addStored(record.id, in: scope, alive: record.isAlive, record.body)
    }
    let isNoted = shape(of: kind).foreign != nil || kind.number == KindNumber.account
    try index.sort(isNoted ? { view, version in self.noteNames(view, version, kind, in: index) } : nil)
    byKind[kind.number] = index
    return index
  }

  func found(_ key: Key, _ kind: KindDescription, _ index: KnownIndex) throws -> [RecordID] {
    try index.found(key, way: key.way) { view in keys(of: view, kind, way: key.way).map(\.hashValue) }
  }

  func add(
    _ view: RecordView, _ kind: KindDescription, to index: KnownIndex, isOnlyPointedTo: Bool
  ) throws {
    let version = index.add(view, isOnlyPointedTo: isOnlyPointedTo)
    noteNames(view, version, kind, in: index)
    guard !isOnlyPointedTo else { return }
    for way in index.ways {
      index.note(version, keys(of: view, kind, way: way).map(\.hashValue), way: way)
    }
  }

  func noteNames(_ view: RecordView, _ version: Int, _ kind: KindDescription, in index: KnownIndex) {
    let foreign = shape(of: kind).foreign.flatMap { view.value($0)?.asText }
    if let foreign { index.noteForeign(foreign, version) }
    guard kind.number == KindNumber.account else { return }
    if let name = view.text(AccountRegister.name) {
      index.alike[companyName(name), default: []].insert(view.id)
    }
    if let slug = view.text(AccountRegister.slug) { index.alike[slug, default: []].insert(view.id) }
    let number = foreign.map { $0.drop { $0 != ":" }.dropFirst() } ?? ""
    guard !number.isEmpty else { return }
    if let other = index.foreignNumbers[number] {
      if other != view.id { index.foreignNumbers[number] = nil as RecordID? }
    } else {
      index.foreignNumbers[number] = view.id
    }
  }

  /// By what a record is found in one way.
  func keys(of view: RecordView, _ kind: KindDescription, way: Int) -> [Key] {
    let shape = shape(of: kind)
    // An account is not in another.
    let account = kind.number == KindNumber.account ? nil : view.scope.account
    func key(_ registers: [RegisterDescription]) -> Key {
      var values: [UInt32: RegisterValue] = [:]
      for register in registers { values[register.number] = view.value(register) }
      return Key(account: account, way: way, bytes: bytes(registers, values))
    }
    switch way {
    case -1:
      let (said, timed) = (key(shape.said), key(shape.said + shape.timed))
      return said == timed ? [said] : [said, timed]
    case -2:
      return shape.names.compactMap { name in
        view.value(name).map { value in
          Key(
            account: kind.family == .directory ? nil : view.scope.account, way: -2,
            bytes: bytes([name], [name.number: value]))
        }
      }
    default:
      let registers = shape.ways[way]
      return registers.allSatisfy { view.value($0) != nil } ? [key(registers)] : []
    }
  }

  /// A record that the import makes.
  func add(_ view: RecordView, _ kind: KindDescription) throws {
    if kind.mayBeLikely { made.insert(view.id) }
    current[view.id] = view
    let isOnlyPointedTo = kind.mayBeTwice && kind.isFoundOnlyByID
    if isOnlyPointedTo {
      // Where there is an index it is not in it, and nobody finds it. One that is made later must not find it either.
      if byKind[kind.number] == nil { taken.insert(view.id) }
      guard let foreign = shape(of: kind).foreign, view.state.body.contains(foreign.number) else { return }
    } else if kind.mayBeTwice {
      taken.insert(view.id)
    }
    try add(view, kind, to: try index(of: kind), isOnlyPointedTo: isOnlyPointedTo)
  }

  /// The record that a system calls so.
  func record(calledElsewhere name: String, _ kind: KindDescription) throws -> RecordID? {
    let index = try index(of: kind)
    return index.record(calledElsewhere: name).flatMap { index.isShown($0) ? $0 : nil }
  }

  /// The account that a system calls so; its number alone is enough where only one has it.
  func account(calledElsewhere name: String) throws -> RecordID? {
    if let id = try record(calledElsewhere: name, .account) { return id }
    return try index(of: .account).foreignNumbers[name[...]] ?? nil
  }
}
