import Foundation
import PlanModel
import Replica
import SyncCore
import Wording

/// The records that an import compares its rows with and points to: this replica's, and those it makes.
final class KnownRecords {
  private let workspace: Workspace
  private var byKind: [UInt32: KnownIndex] = [:]
  /// What rows have made or taken of kinds without an index. An event's row that is there twice is two events: each record
  /// answers for one row.
  private var taken: Set<RecordID> = []
  /// People of another organisation's export, by the addresses they share with people here.
  private var aliases: [RecordID: RecordID] = [:]
  /// Where records are that rows have pointed to by their ids.
  private var present: [RecordID: Scope] = [:]
  private static let presentMax = 10_000
  /// Records that the rows so far have made or changed.
  private var current: [RecordID: RecordView] = [:]
  /// Accounts and people that rows of this file have made.
  private var made: Set<RecordID> = []
  /// Events that rows have brought with their records.
  private var told: Set<Int> = []
  private var shapes: [UInt32: KeyShape] = [:]

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// The registers that a kind's records are found by, looked up once.
  private struct KeyShape {
    let ways: [[RegisterDescription]]
    /// What an event is known by: all it says itself, and the moments that a new one gets by itself.
    let said, timed: [RegisterDescription]
    let names: [RegisterDescription]
    /// What other systems call its records.
    let foreign: RegisterDescription?

    init(_ kind: KindDescription) {
      foreign = kind.register(named: "external-id")
      ways = kind.ways.map { names in names.compactMap { kind.register(named: $0) } }
      said = kind.isEvent ? kind.registers.filter { $0.fill == nil } : []
      timed = kind.isEvent ? kind.registers.filter { $0.fill == .now } : []
      names = kind.nameRegisters
    }
  }

  private func shape(of kind: KindDescription) -> KeyShape {
    if let shape = shapes[kind.number] { return shape }
    let shape = KeyShape(kind)
    shapes[kind.number] = shape
    return shape
  }

  /// By what a record is found.
  private struct Key: Hashable {
    let account: RecordID?
    /// Which of the kind's keys; -1 for all it says, -2 for its name.
    let way: Int
    let bytes: [UInt8]
  }

  // MARK: - Knowing again

  /// What a row is about.
  enum Match {
    case new
    case record(RecordView)
    /// An event that is like one that is here: other rows of the file may be more so, and are looked at first.
    case later
    /// Perhaps one of these: a likeness is a question, and no answer.
    case likely([RecordView])
  }

  /// Which record a row is about: by its id, by a whole key of its kind that agrees, or because it says just what is here.
  ///
  /// - Parameter values: The row's, with what a new record would start with.
  func match(
    _ row: ImportRow, in scope: Scope, _ values: [UInt32: RegisterValue], isLast: Bool
  ) throws -> Match {
    if row.kind.isSingleton, row.kind.number != KindDescription.account.number, let account = scope.account {
      return try record(account.singleton(ofKind: row.kind.number), in: scope).map(Match.record) ?? .new
    }
    if let id = row.id {
      if let view = try record(id, in: scope) { return .record(view) }
      guard let elsewhere = try workspace.record(id) else { return .new }
      // What the row says is for this account, and its readers.
      throw Failure.refused(
        "Its id is that of \(try workspace.name(elsewhere) + workspace.place(of: elsewhere)).")
    }
    let index = try index(of: row.kind)
    let foreign = shape(of: row.kind).foreign.flatMap { values[$0.number]?.asText }
    if let match = try foreign.flatMap({ try match(foreign: $0, row, in: scope, values, index) }) {
      return match
    }
    for key in keys(row.kind, scope.account, values) {
      let found = try found(key, row.kind, index).filter {
        try !isTaken($0, index) && !isAnother($0, foreign, row.kind, index)
      }
      let exact = try found.filter { try says($0, values, row, index) }
      if let whole = try exact.first(where: { try saysNoMore($0, values, row.kind, index) }) {
        return try take(whole, row.kind, index)
      }
      if let near = exact.first {
        // Another row of the file may say the rest of it too.
        return row.kind.isEvent && !isLast ? .later : try take(near, row.kind, index)
      }
      if row.kind.isEvent, key.way >= 0 { return try event(found, values, row, index, isLast: isLast) }
      // What is known by all it says is not another that says otherwise.
      if key.way >= 0 {
        let shown = found.filter(index.isShown)
        if shown.count > 1 { return .likely(try shown.compactMap(index.view)) }
        if let alike = shown.first ?? found.first { return try take(alike, row.kind, index) }
        // The first way that a row has all of decides.
        break
      }
    }
    guard !row.kind.isEvent else { return .new }
    return try match(named: row, in: scope, values, index)
  }

  /// By what the system calls it that it comes from.
  private func match(
    foreign: String, _ row: ImportRow, in scope: Scope, _ values: [UInt32: RegisterValue], _ index: KnownIndex
  ) throws -> Match? {
    guard let id = index.record(calledElsewhere: foreign), let view = try index.view(id) else { return nil }
    guard row.kind.number == KindDescription.account.number || view.scope.account == scope.account else {
      let account = try view.scope.account.map { try workspace.accounts().label($0) } ?? ""
      throw Failure.refused("“\(foreign)” is \(try workspace.handle(id)) of \(account) already.")
    }
    if row.kind.isEvent, !view.isShown { return nil }
    // A number without its system may be another system's: then the title must agree.
    if !foreign.contains(":"), let title = row.kind.titleRegister, let wanted = values[title.number],
      !Self.says(view, title, wanted)
    {
      return .likely([view])
    }
    return try take(id, row.kind, index)
  }

  /// Two numbers of one system are two records.
  private func isAnother(
    _ id: RecordID, _ foreign: String?, _ kind: KindDescription, _ index: KnownIndex
  ) throws -> Bool {
    guard let foreign, let register = shape(of: kind).foreign,
      let other = try index.view(id)?.value(register)?.asText, other != foreign
    else { return false }
    return systemName(other) == systemName(foreign)
  }

  /// Of an event's key nothing says just this. One that was deleted does not stand in the way of its correction.
  private func event(
    _ found: [RecordID], _ values: [UInt32: RegisterValue], _ row: ImportRow, _ index: KnownIndex,
    isLast: Bool
  ) throws -> Match {
    if let deleted = try found.first(where: { try agrees($0, values, row, index) }) {
      return try take(deleted, row.kind, index)
    }
    let shown = found.filter(index.isShown)
    guard let first = shown.first else { return .new }
    guard isLast else { return .later }
    return shown.count > 1
      ? .likely(try shown.compactMap(index.view)) : try take(first, row.kind, index)
  }

  private func take(_ id: RecordID, _ kind: KindDescription, _ index: KnownIndex) throws -> Match {
    if kind.mayBeTwice { index.take(id) }
    return try index.view(id).map(Match.record) ?? .new
  }

  private func isTaken(_ id: RecordID, _ index: KnownIndex) -> Bool {
    index.isTaken(id) || !taken.isEmpty && taken.contains(id)
  }

  /// By its name a row is about a record only when it says just what is here, or, of a person, shares an address with it.
  private func match(
    named row: ImportRow, in scope: Scope, _ values: [UInt32: RegisterValue], _ index: KnownIndex
  ) throws -> Match {
    guard let title = row.kind.titleRegister, let name = values[title.number], case .text(let text) = name
    else {
      return .new
    }
    let named: [RecordID]
    if row.kind.number == KindDescription.account.number {
      let likely = (index.alike[companyName(text)] ?? []).union(index.alike[slug(from: text)] ?? [])
      named = try likely.sorted().filter {
        try index.view($0).map { $0.isShown && isAlike(text, $0, title) } ?? false
      }
    } else {
      let key = Key(account: scope.account, way: -2, bytes: bytes([title], [title.number: name]))
      let isPerson = row.kind.number == KindDescription.contact.number
      named = try found(key, row.kind, index).filter {
        // Each record answers for one row; but a name with its address is one person, however many rows have them.
        try index.isShown($0) && (!isTaken($0, index) || isPerson && isReached($0, as: row, in: scope))
      }
    }
    let foreign = shape(of: row.kind).foreign.flatMap { values[$0.number]?.asText }
    let candidates = try named.filter { try !isAnother($0, foreign, row.kind, index) }
    return try match(among: candidates, row, in: scope, values, index)
  }

  private func match(
    among named: [RecordID], _ row: ImportRow, in scope: Scope, _ values: [UInt32: RegisterValue],
    _ index: KnownIndex
  ) throws -> Match {
    let isPerson = row.kind.number == KindDescription.contact.number
    let reached = isPerson ? try named.filter { try isReached($0, as: row, in: scope) } : []
    if reached.count == 1 { return try take(reached[0], row.kind, index) }
    if reached.count > 1 { return .likely(try reached.compactMap(index.view)) }
    let hasAddress = row.points.contains { $0.type == "email" }
    if let same = try named.first(where: { try says($0, values, row, index) }), !(isPerson && hasAddress) {
      return try take(same, row.kind, index)
    }
    // A title is never an identity; a name is a question, but not among the rows of one file.
    guard row.kind.mayBeLikely else { return .new }
    let likely = try named.filter { !made.contains($0) }.compactMap(index.view)
    return likely.isEmpty ? .new : .likely(likely)
  }

  /// Whether an account may be meant by a name: it has the same but for case, accents and the form of the company, or the
  /// short name that the name makes.
  private func isAlike(_ name: String, _ view: RecordView, _ title: RegisterDescription) -> Bool {
    guard case .text(let other)? = view.value(title) else { return false }
    if companyName(name) == companyName(other) { return true }
    guard let register = KindDescription.account.register(named: "slug"),
      case .text(let short)? = view.value(register)
    else { return false }
    return short == slug(from: name)
  }

  private func isReached(_ contact: RecordID, as row: ImportRow, in scope: Scope) throws -> Bool {
    try row.points.contains { try $0.type == "email" && has($0, of: contact, in: scope) }
  }

  /// The record as the rows before have left it.
  ///
  /// - Throws: ``Failure`` when several have this id.
  func record(_ id: RecordID) throws -> RecordView? { try current[id] ?? workspace.record(id) }

  func record(_ id: RecordID, in scope: Scope) throws -> RecordView? {
    if let view = current[id], view.scope == scope { return view }
    return try workspace.replica.record(id, in: scope)
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

  private func says(
    _ id: RecordID, _ values: [UInt32: RegisterValue], _ row: ImportRow, _ index: KnownIndex
  ) throws -> Bool {
    try index.isShown(id) && agrees(id, values, row, index)
  }

  /// Whether a record has nothing but what a row says, and what every record of its kind starts with.
  private func saysNoMore(
    _ id: RecordID, _ values: [UInt32: RegisterValue], _ kind: KindDescription, _ index: KnownIndex
  ) throws -> Bool {
    guard kind.isEvent, let view = try index.view(id) else { return true }
    return view.state.body.numbers.allSatisfy { number in
      guard values[number] == nil, let register = kind.register(number) else { return true }
      return register.fill != nil || register.initial != nil || register.name == "external-id"
    }
  }

  private func agrees(
    _ id: RecordID, _ values: [UInt32: RegisterValue], _ row: ImportRow, _ index: KnownIndex
  ) throws -> Bool {
    guard let view = try index.view(id) else { return false }
    return row.values.allSatisfy { written in
      guard let value = values[written.register.number] else { return true }
      if written.register.name == "external-id", !view.state.body.contains(written.register.number) {
        return true
      }
      return Self.says(view, written.register, value)
    }
  }

  /// Texts that look the same say the same.
  static func says(_ view: RecordView, _ register: RegisterDescription, _ value: RegisterValue) -> Bool {
    guard let held = view.state.body[register.number] else { return false }
    if held.elementsEqual(register.type.encode(value, as: register.number)) { return true }
    guard case .text(let text) = value, case .text(let other)? = view.value(register) else { return false }
    return normalForm(text) == normalForm(other)
  }

  private func keys(
    _ kind: KindDescription, _ account: RecordID?, _ values: [UInt32: RegisterValue]
  ) -> [Key] {
    // An account is not in another.
    let account = kind.number == KindDescription.account.number ? nil : account
    let shape = shape(of: kind)
    for (way, registers) in shape.ways.enumerated()
    where registers.allSatisfy({ values[$0.number] != nil }) {
      return [Key(account: account, way: way, bytes: bytes(registers, values))]
    }
    guard kind.isEvent else { return [] }
    // With the moment, when the row says it.
    return [Key(account: account, way: -1, bytes: bytes(shape.said + shape.timed, values))]
  }

  private func bytes(_ registers: [RegisterDescription], _ values: [UInt32: RegisterValue]) -> [UInt8] {
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
    guard let value = kind.register(named: "value"), let owner = kind.register(named: "contact") else {
      return false
    }
    let index = try index(of: kind)
    let key = Key(
      account: scope.account, way: -2, bytes: bytes([value], [value.number: .text(point.value)]))
    return try found(key, kind, index).contains { try index.view($0)?.value(owner) == .reference(contact) }
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

  private func index(of kind: KindDescription) throws -> KnownIndex {
    if let index = byKind[kind.number] { return index }
    let index = KnownIndex(kind: kind.number) { [unowned self] in try record($0) }
    // The address of a contact who was deleted says nothing of who has it now.
    try workspace.replica.forEachRecord(ofKinds: [kind.number], deletedToo: true) { record in
      let scope: Scope =
        switch record.account {
        case nil: .directory
        case let account?: kind.family == .finance ? .finance(account) : .plan(account)
        }
      index.addStored(record.id, in: scope, alive: record.isAlive, record.body)
    }
    let isNoted = shape(of: kind).foreign != nil || kind.number == KindDescription.account.number
    try index.sort(isNoted ? { view, version in self.noteNames(view, version, kind, in: index) } : nil)
    byKind[kind.number] = index
    return index
  }

  private func found(_ key: Key, _ kind: KindDescription, _ index: KnownIndex) throws -> [RecordID] {
    try index.found(key, way: key.way) { view in keys(of: view, kind, way: key.way).map(\.hashValue) }
  }

  private func add(
    _ view: RecordView, _ kind: KindDescription, to index: KnownIndex, isOnlyPointedTo: Bool
  ) throws {
    let version = index.add(view, isOnlyPointedTo: isOnlyPointedTo)
    noteNames(view, version, kind, in: index)
    guard !isOnlyPointedTo else { return }
    for way in index.ways {
      index.note(version, keys(of: view, kind, way: way).map(\.hashValue), way: way)
    }
  }

  private func noteNames(_ view: RecordView, _ version: Int, _ kind: KindDescription, in index: KnownIndex) {
    let foreign = shape(of: kind).foreign.flatMap { view.value($0)?.asText }
    if let foreign { index.noteForeign(foreign, version) }
    guard kind.number == KindDescription.account.number else { return }
    for (name, key) in [("name", companyName), ("slug", { $0 })] as [(String, (String) -> String)] {
      guard let register = kind.register(named: name), case .text(let text)? = view.value(register)
      else { continue }
      index.alike[key(text), default: []].insert(view.id)
    }
    let number = foreign.map { $0.drop { $0 != ":" }.dropFirst() } ?? ""
    guard !number.isEmpty else { return }
    if let other = index.foreignNumbers[number] {
      if other != view.id { index.foreignNumbers[number] = nil as RecordID? }
    } else {
      index.foreignNumbers[number] = view.id
    }
  }

  /// By what a record is found in one way.
  private func keys(of view: RecordView, _ kind: KindDescription, way: Int) -> [Key] {
    let shape = shape(of: kind)
    // An account is not in another.
    let account = kind.number == KindDescription.account.number ? nil : view.scope.account
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

  // MARK: - Pointing to

  /// Somebody of another organisation's export is the person here who has the same address.
  func add(alias: RecordID, for person: RecordID) { aliases[alias] = person }

  private func checked(
    _ id: RecordID, _ found: Scope, _ register: RegisterDescription, in scope: Scope
  ) throws -> RecordID {
    guard found == .directory || found.account == scope.account else {
      throw Failure.refused("The \(word: register.label) must be of the same account.")
    }
    return id
  }

  /// The record that a text in a row means: by id, by its name or a key of its kind; never by a line of the last list.
  func reference(
    _ written: ImportRow.Value, kind: UInt32?, in scope: Scope
  ) throws -> RecordID {
    let (text, register) = (written.text, written.register)
    if let id = RecordID(text) {
      let id = aliases[id] ?? id
      if let found = present[id], found == .directory || found.account == scope.account { return id }
      guard let view = try workspace.replica.record(id, from: scope) ?? record(id) else {
        throw Failure.notFound(written.place.says("There is no record \(id) in this replica."))
      }
      if let kind, view.kind != kind {
        throw Failure.usage(
          "\(text) is \(withArticle(PlanModel.kind(view.kind)?.label ?? "record")), which the \(word: register.label) cannot be."
        )
      }
      if present.count >= Self.presentMax { present = [:] }
      present[id] = view.scope
      return try checked(id, view.scope, register, in: scope)
    }
    guard let kind = kind.flatMap({ PlanModel.kind($0) }) else {
      throw Failure.usage("“\(text)” is not a record id.")
    }
    let index = try index(of: kind)
    let account = kind.family == .directory ? nil : scope.account
    if kind.number == KindDescription.contact.number, PointText.isAddress(text) {
      return try contact(reachedAt: text, in: scope, written.place)
    }
    if let id = index.record(calledElsewhere: text), index.scope(of: id)?.account == account { return id }
    for name in shape(of: kind).names {
      let key = Key(account: account, way: -2, bytes: bytes([name], [name.number: .text(text)]))
      let found = try found(key, kind, index).filter(index.isShown)
      if found.count == 1 { return found[0] }
      if found.count > 1 {
        throw Failure.refused(
          "“\(text)” is the \(word: name.label) of \(counted(found.count, kind.label)); use an id.")
      }
    }
    throw Failure.notFound(
      written.place.says("There is no \(word: kind.label) “\(text)” in this replica."))
  }
}

extension KnownRecords {
  private func contact(
    reachedAt address: String, in scope: Scope, _ place: FieldName
  ) throws -> RecordID {
    let kind = KindDescription.contactPoint
    guard let value = kind.register(named: "value"), let owner = kind.register(named: "contact") else {
      throw Failure.notFound("Nobody of this account has the address \(address).")
    }
    let index = try index(of: kind)
    let key = Key(account: scope.account, way: -2, bytes: bytes([value], [value.number: .text(address)]))
    let people = Set(
      try found(key, kind, index).filter(index.isShown).compactMap {
        if case .reference(let id)? = try index.view($0)?.value(owner) { id } else { nil }
      })
    if people.count > 1 {
      throw Failure.refused("“\(address)” is the address of \(counted(people.count, "contact")); use an id.")
    }
    guard let person = people.first else {
      throw Failure.notFound(
        place.says(
          "Nobody of this account has the address \(address). Import its contacts first, or leave the column out with --map."
        ))
    }
    return person
  }
}

/// "hubspot" of "hubspot:9001"; nothing of a number alone.
private func systemName(_ foreign: String) -> Substring {
  foreign.contains(":") ? foreign.prefix { $0 != ":" } : ""
}

extension RegisterValue {
  fileprivate var asText: String? { if case .text(let text) = self { text } else { nil } }
}

/// Composed letters, and one blank where there are several or of other kinds: texts that look the same are the same.
func normalForm(_ text: String) -> String {
  var isPlain = true
  var wasBlank = true
  for byte in text.utf8 {
    if byte >= 0x80 || byte < 0x20 || byte == 0x20 && wasBlank {
      isPlain = false
      break
    }
    wasBlank = byte == 0x20
  }
  if isPlain, !wasBlank || text.isEmpty { return text }
  return text.precomposedStringWithCanonicalMapping.split { $0.isWhitespace }.joined(separator: " ")
}

extension KindDescription {
  /// Two records of it may say the same, and be two.
  fileprivate var mayBeTwice: Bool { isEvent || keys.allSatisfy(isTitleAndMoment) }

  /// A title is no identity, not even with a moment: of two requests of one minute each is one of its own.
  private func isTitleAndMoment(_ key: [String]) -> Bool {
    let registers = key.compactMap { register(named: $0) }
    return registers.contains { $0.number == title } && registers.contains { $0.type == .instant }
  }

  /// Who has the same name may be the same.
  var mayBeLikely: Bool {
    number == KindDescription.contact.number || number == KindDescription.account.number
  }

  /// A record of it that a row has made or taken is nobody's to find, but by its id: no register points to such records by
  /// what they are called.
  fileprivate var isFoundOnlyByID: Bool {
    mayBeTwice && number != KindDescription.contactPoint.number && !Self.pointedTo.contains(number)
  }

  private static let pointedTo = Set(
    PlanModel.kinds.flatMap(\.registers).compactMap { register -> UInt32? in
      if case .reference(let kind) = register.type { kind } else { nil }
    })

  /// By which registers it is known again; what has none only by all it says.
  fileprivate var ways: [[String]] { keys }

  /// What a person may call a record by.
  var nameRegisters: [RegisterDescription] {
    let names =
      keys.filter { $0.count == 1 }.compactMap { $0.first }
      + [titleRegister?.name, number == KindDescription.contactPoint.number ? "value" : nil].compactMap { $0 }
    return names.compactMap { register(named: $0) }.filter {
      if case .reference = $0.type { return false }
      return true
    }
  }
}

/// "Müller Maschinenbau GmbH" as "muller maschinenbau".
func companyName(_ name: String) -> String {
  let forms: Set<Substring> = [
    "sa", "sas", "sarl", "sasu", "eurl", "sci", "gmbh", "ag", "kg", "ohg", "ltd", "limited", "inc", "llc",
    "corp",
    "corporation", "plc", "bv", "nv", "spa", "srl", "ab", "as", "oy", "aps", "co", "company", "cie", "et",
    "and",
  ]
  let words = headingKey(name).split(separator: "-")
  let kept = words.filter { !forms.contains($0) }
  return (kept.isEmpty ? words : kept).joined(separator: " ")
}
