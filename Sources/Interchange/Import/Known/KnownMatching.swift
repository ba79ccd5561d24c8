import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// Which record a row is about.

extension KnownRecords {
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
    if row.kind.isSingleton, row.kind.number != KindNumber.account, let account = scope.account {
      return try record(account.singleton(ofKind: row.kind.number), in: scope).map(Match.record) ?? .new
    }
    if let id = row.id {
      if let view = try record(id, in: scope) { return .record(view) }
      guard let elsewhere = try workbench.record(id) else { return .new }
      // What the row says is for this account, and its readers.
      throw Failure.refused(
        "Its id is that of \(try workbench.name(elsewhere) + workbench.place(of: elsewhere)).")
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
  func match(
    foreign: String, _ row: ImportRow, in scope: Scope, _ values: [UInt32: RegisterValue], _ index: KnownIndex
  ) throws -> Match? {
    guard let id = index.record(calledElsewhere: foreign), let view = try index.view(id) else { return nil }
    guard row.kind.number == KindNumber.account || view.scope.account == scope.account else {
      let account = try view.scope.account.map { try workbench.accounts().label($0) } ?? ""
      throw Failure.refused("“\(foreign)” is \(try workbench.handle(id)) of \(account) already.")
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
  func isAnother(
    _ id: RecordID, _ foreign: String?, _ kind: KindDescription, _ index: KnownIndex
  ) throws -> Bool {
    guard let foreign, let register = shape(of: kind).foreign,
      let other = try index.view(id)?.value(register)?.asText, other != foreign
    else { return false }
    return systemName(other) == systemName(foreign)
  }

  /// Of an event's key nothing says just this. One that was deleted does not stand in the way of its correction.
  func event(
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

  func take(_ id: RecordID, _ kind: KindDescription, _ index: KnownIndex) throws -> Match {
    if kind.mayBeTwice { index.take(id) }
    return try index.view(id).map(Match.record) ?? .new
  }

  func isTaken(_ id: RecordID, _ index: KnownIndex) -> Bool {
    index.isTaken(id) || !taken.isEmpty && taken.contains(id)
  }

  /// By its name a row is about a record only when it says just what is here, or, of a person, shares an address with it.
  func match(
    named row: ImportRow, in scope: Scope, _ values: [UInt32: RegisterValue], _ index: KnownIndex
  ) throws -> Match {
    guard let title = row.kind.titleRegister, let name = values[title.number], case .text(let text) = name
    else {
      return .new
    }
    let named: [RecordID]
    if row.kind.number == KindNumber.account {
      let likely = (index.alike[companyName(text)] ?? []).union(index.alike[slug(from: text)] ?? [])
      named = try likely.sorted().filter {
        try index.view($0).map { $0.isShown && isAlike(text, $0, title) } ?? false
      }
    } else {
      let key = Key(account: scope.account, way: -2, bytes: bytes([title], [title.number: name]))
      let isPerson = row.kind.number == KindNumber.contact
      named = try found(key, row.kind, index).filter {
        // Each record answers for one row; but a name with its address is one person, however many rows have them.
        try index.isShown($0) && (!isTaken($0, index) || isPerson && isReached($0, as: row, in: scope))
      }
    }
    let foreign = shape(of: row.kind).foreign.flatMap { values[$0.number]?.asText }
    let candidates = try named.filter { try !isAnother($0, foreign, row.kind, index) }
    return try match(among: candidates, row, in: scope, values, index)
  }

  func match(
    among named: [RecordID], _ row: ImportRow, in scope: Scope, _ values: [UInt32: RegisterValue],
    _ index: KnownIndex
  ) throws -> Match {
    let isPerson = row.kind.number == KindNumber.contact
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
  func isAlike(_ name: String, _ view: RecordView, _ title: RegisterDescription) -> Bool {
    guard case .text(let other)? = view.value(title) else { return false }
    if companyName(name) == companyName(other) { return true }
    return view.text(AccountRegister.slug) == slug(from: name)
  }

  func isReached(_ contact: RecordID, as row: ImportRow, in scope: Scope) throws -> Bool {
    try row.points.contains { try $0.type == "email" && has($0, of: contact, in: scope) }
  }

  func says(
    _ id: RecordID, _ values: [UInt32: RegisterValue], _ row: ImportRow, _ index: KnownIndex
  ) throws -> Bool {
    try index.isShown(id) && agrees(id, values, row, index)
  }

  /// Whether a record has nothing but what a row says, and what every record of its kind starts with.
  func saysNoMore(
    _ id: RecordID, _ values: [UInt32: RegisterValue], _ kind: KindDescription, _ index: KnownIndex
  ) throws -> Bool {
    guard kind.isEvent, let view = try index.view(id) else { return true }
    let foreign = shape(of: kind).foreign?.number
    return view.state.body.numbers.allSatisfy { number in
      guard values[number] == nil, let register = kind.register(number) else { return true }
      return register.fill != nil || register.initial != nil || number == foreign
    }
  }

  func agrees(
    _ id: RecordID, _ values: [UInt32: RegisterValue], _ row: ImportRow, _ index: KnownIndex
  ) throws -> Bool {
    guard let view = try index.view(id) else { return false }
    let foreign = shape(of: row.kind).foreign?.number
    return row.values.allSatisfy { written in
      guard let value = values[written.register.number] else { return true }
      if written.register.number == foreign,
        !view.state.body.contains(written.register.number)
      {
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
}

/// "hubspot" of "hubspot:9001"; nothing of a number alone.
private func systemName(_ foreign: String) -> Substring {
  foreign.contains(":") ? foreign.prefix { $0 != ":" } : ""
}
