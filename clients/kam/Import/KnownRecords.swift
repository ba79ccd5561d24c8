import PlanModel
import Replica
import SyncCore
import Wording

/// The records that an import compares its rows with and points to: this replica's, and those it makes.
final class KnownRecords {
  private let workspace: Workspace
  private var byKind: [UInt32: Index] = [:]
  /// An event's row that is there twice is two events: each record answers for one row.
  private var taken: Set<RecordID> = []
  /// People of another organisation's export, by the addresses they share with people here.
  private var aliases: [RecordID: RecordID] = [:]
  /// Which records are here, and where.
  private var present: [RecordID: Scope] = [:]
  /// Records that the rows so far have made or changed.
  private var current: [RecordID: RecordView] = [:]
  /// Records that rows of this file have made.
  private var made: Set<RecordID> = []

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// By what a record is found.
  private struct Key: Hashable {
    let account: RecordID?
    /// Which of the kind's keys; -1 for all it says, -2 for its name.
    let way: Int
    let bytes: [UInt8]
  }

  private struct Index {
    var records: [Key: [RecordID]] = [:]
    var views: [RecordID: RecordView] = [:]
    /// Accounts by what their names are compared by, and by their short names.
    var alike: [String: Set<RecordID>] = [:]
  }

  // MARK: - Knowing again

  /// What a row is about.
  enum Match {
    case new
    case record(RecordView)
    /// Perhaps one of these: a likeness is a question, and no answer.
    case likely([RecordView])
  }

  /// Which record a row is about: by its id, by a whole key of its kind that agrees, or because it says just what is here.
  ///
  /// - Parameter values: The row's, with what a new record would start with.
  func match(
    _ row: ImportRow, in scope: Scope, _ values: [UInt32: RegisterValue]
  ) throws -> Match {
    if row.kind.isSingleton, row.kind.number != KindDescription.account.number, let account = scope.account {
      return try record(account.singleton(ofKind: row.kind.number)).map(Match.record) ?? .new
    }
    if let id = row.id { return try record(id).map(Match.record) ?? .new }
    let index = try index(of: row.kind)
    for key in keys(row.kind, scope.account, values) {
      let found = (index.records[key] ?? []).filter { !taken.contains($0) }
      if let exact = found.first(where: { says($0, values, row, index) }) {
        return take(exact, row.kind, index)
      }
      // What is known by all it says is not another that says otherwise.
      if key.way >= 0 {
        let shown = found.filter { index.views[$0]?.isShown == true }
        if shown.count > 1 { return .likely(shown.compactMap { index.views[$0] }) }
        if let alike = shown.first ?? found.first { return take(alike, row.kind, index) }
        // The first way that a row has all of decides.
        break
      }
    }
    guard !row.kind.isEvent else { return .new }
    return try match(named: row, in: scope, values, index)
  }

  private func take(_ id: RecordID, _ kind: KindDescription, _ index: Index) -> Match {
    if kind.mayBeTwice { taken.insert(id) }
    return index.views[id].map(Match.record) ?? .new
  }

  /// By its name a row is about a record only when it says just what is here, or, of a person, shares an address with it.
  private func match(
    named row: ImportRow, in scope: Scope, _ values: [UInt32: RegisterValue], _ index: Index
  ) throws -> Match {
    guard let title = row.kind.titleRegister, let name = values[title.number], case .text(let text) = name
    else {
      return .new
    }
    let named: [RecordID]
    if row.kind.number == KindDescription.account.number {
      let likely = (index.alike[companyName(text)] ?? []).union(index.alike[slug(from: text)] ?? [])
      named = likely.sorted().filter {
        index.views[$0].map { $0.isShown && isAlike(text, $0, title) } ?? false
      }
    } else {
      let key = Key(account: scope.account, way: -2, bytes: bytes([title], [title.number: name]))
      named = (index.records[key] ?? []).filter { !taken.contains($0) && index.views[$0]?.isShown == true }
    }
    let isPerson = row.kind.number == KindDescription.contact.number
    let reached = isPerson ? try named.filter { try isReached($0, as: row, in: scope) } : []
    if reached.count == 1 { return take(reached[0], row.kind, index) }
    if reached.count > 1 { return .likely(reached.compactMap { index.views[$0] }) }
    let hasAddress = row.points.contains { $0.type == "email" }
    if let same = named.first(where: { says($0, values, row, index) }), !(isPerson && hasAddress) {
      return take(same, row.kind, index)
    }
    // A title is never an identity; a name is a question, but not among the rows of one file.
    guard isPerson || row.kind.number == KindDescription.account.number else { return .new }
    let likely = named.filter { !made.contains($0) }.compactMap { index.views[$0] }
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
  func record(_ id: RecordID) throws -> RecordView? { try current[id] ?? workspace.replica.record(id) }

  /// What a row made of a record.
  func replace(_ view: RecordView, _ kind: KindDescription) throws {
    current[view.id] = view
    _ = try index(of: kind)
    add(view, kind, to: &byKind[kind.number, default: Index()])
  }

  private func says(
    _ id: RecordID, _ values: [UInt32: RegisterValue], _ row: ImportRow, _ index: Index
  ) -> Bool {
    guard let view = index.views[id], view.isShown else { return false }
    return row.values.allSatisfy { register, _ in
      values[register.number].map { value in
        view.state.body[register.number].map {
          $0.elementsEqual(register.type.encode(value, as: register.number))
        }
          ?? false
      } ?? true
    }
  }

  private func keys(
    _ kind: KindDescription, _ account: RecordID?, _ values: [UInt32: RegisterValue]
  ) -> [Key] {
    // An account is not in another.
    let account = kind.number == KindDescription.account.number ? nil : account
    for (way, names) in kind.ways.enumerated() {
      let registers = names.compactMap { kind.register(named: $0) }
      if registers.allSatisfy({ values[$0.number] != nil }) {
        return [Key(account: account, way: way, bytes: bytes(registers, values))]
      }
    }
    guard kind.isEvent else { return [] }
    // With the moment, when the row says it.
    let whole = kind.registers.filter { $0.fill == nil && values[$0.number] != nil }
    let timed = kind.registers.filter { $0.fill == .now && values[$0.number] != nil }
    return [Key(account: account, way: -1, bytes: bytes(whole + timed, values))]
  }

  private func bytes(_ registers: [RegisterDescription], _ values: [UInt32: RegisterValue]) -> [UInt8] {
    registers.flatMap { register -> [UInt8] in
      switch values[register.number] {
      case .text(let text): register.type.encode(.text(text.lowercased()), as: register.number)
      case let value?: register.type.encode(value, as: register.number)
      case nil: []
      }
    }
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
    return (index.records[key] ?? []).contains { index.views[$0]?.value(owner) == .reference(contact) }
  }

  // MARK: - The index

  private func index(of kind: KindDescription) throws -> Index {
    if let index = byKind[kind.number] { return index }
    var index = Index()
    // The address of a contact who was deleted says nothing of who has it now.
    for view in try workspace.replica.records(ofKind: kind.number) where !view.isHidden {
      add(view, kind, to: &index)
    }
    byKind[kind.number] = index
    return index
  }

  private func add(_ view: RecordView, _ kind: KindDescription, to index: inout Index) {
    var values: [UInt32: RegisterValue] = [:]
    for register in kind.registers where register.type != .opaque {
      if let value = view.value(register) { values[register.number] = value }
    }
    index.views[view.id] = view
    if kind.number == KindDescription.account.number {
      for (name, key) in [("name", companyName), ("slug", { $0 })] as [(String, (String) -> String)] {
        guard let register = kind.register(named: name), case .text(let text)? = values[register.number]
        else { continue }
        index.alike[key(text), default: []].insert(view.id)
      }
    }
    let account = kind.number == KindDescription.account.number ? nil : view.scope.account
    var keys: Set<Key> = []
    for (way, names) in kind.ways.enumerated() {
      let registers = names.compactMap { kind.register(named: $0) }
      guard registers.allSatisfy({ values[$0.number] != nil }) else { continue }
      keys.insert(Key(account: account, way: way, bytes: bytes(registers, values)))
    }
    if kind.isEvent {
      let whole = kind.registers.filter { $0.fill == nil && values[$0.number] != nil }
      let timed = kind.registers.filter { $0.fill == .now && values[$0.number] != nil }
      keys.insert(Key(account: account, way: -1, bytes: bytes(whole, values)))
      keys.insert(Key(account: account, way: -1, bytes: bytes(whole + timed, values)))
    }
    for name in kind.nameRegisters {
      guard let value = values[name.number] else { continue }
      keys.insert(
        Key(
          account: kind.family == .directory ? nil : view.scope.account, way: -2,
          bytes: bytes([name], [name.number: value])))
    }
    for key in keys where !(index.records[key]?.contains(view.id) ?? false) {
      index.records[key, default: []].append(view.id)
    }
  }

  /// A record that the import makes.
  func add(_ view: RecordView, _ kind: KindDescription) throws {
    present[view.id] = view.scope
    made.insert(view.id)
    if kind.mayBeTwice { taken.insert(view.id) }
    try replace(view, kind)
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
    _ text: String, _ register: RegisterDescription, kind: UInt32?, in scope: Scope
  ) throws -> RecordID {
    if let id = RecordID(text) {
      let id = aliases[id] ?? id
      if let found = present[id] { return try checked(id, found, register, in: scope) }
      guard let view = try record(id) else {
        throw Failure.notFound("There is no record \(id) in this replica.")
      }
      if let kind, view.kind != kind {
        throw Failure.usage(
          "\(text) is \(withArticle(PlanModel.kind(view.kind)?.label ?? "record")), which the \(word: register.label) cannot be."
        )
      }
      present[id] = view.scope
      return try checked(id, view.scope, register, in: scope)
    }
    guard let kind = kind.flatMap({ PlanModel.kind($0) }) else {
      throw Failure.usage("“\(text)” is not a record id.")
    }
    let index = try index(of: kind)
    let account = kind.family == .directory ? nil : scope.account
    for name in kind.nameRegisters {
      let found =
        (index.records[Key(account: account, way: -2, bytes: bytes([name], [name.number: .text(text)]))] ?? [])
        .filter { index.views[$0]?.isShown == true }
      if found.count == 1 { return found[0] }
      if found.count > 1 {
        throw Failure.refused(
          "“\(text)” is the \(word: name.label) of \(counted(found.count, kind.label)); use an id.")
      }
    }
    throw Failure.notFound("There is no \(word: kind.label) “\(text)” in this replica.")
  }
}

extension KindDescription {
  /// Two records of it may say the same, and be two.
  fileprivate var mayBeTwice: Bool { isEvent || keys.isEmpty }

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
