import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// A row about a record that is here.

extension Importer {
  mutating func compare(
    _ row: ImportRow, _ place: Place, _ given: [Assignment], _ view: RecordView
  ) throws {
    guard view.state.alive else {
      throw Failure.refused(
        "It was deleted here: `\(action: .restore(record: try workbench.handle(view.id)))` brings it back.")
    }
    guard view.kind == row.kind.number else {
      throw Failure.refused("Its id is that of \(withArticle(PlanModel.kind(view.kind)?.label ?? "record")).")
    }
    let foreign = known.shape(of: row.kind).foreign?.number
    let differing = given.filter { register, value in
      guard let value, register != place.onlyOfNew?.number, let described = row.kind.register(register) else {
        return false
      }
      // What was written down before this system's id was known is still the same.
      if described.policy == .once, register == foreign,
        !view.state.body.contains(register)
      {
        return false
      }
      return !KnownRecords.says(view, described, value)
    }
    let labels = differing.compactMap { row.kind.register($0.register) }
    if let fixed = labels.first(where: { $0.policy == .once }) {
      if row.kind.isEvent, answers.correctsEvents { return try correct(view, given, row.kind, place.number) }
      let stands = try workbench.words(fixed, of: view)
      throw Failure.refused(
        "It is here already with another \(word: fixed.label) (\(stands)): what happened is not edited. \(field: "correct") deletes that and stores this."
      )
    }
    let parts = try newParts(row, of: view.id, in: view.scope)
    let notes = note(view, row.kind, place)
    guard !differing.isEmpty || !parts.isEmpty else {
      let title = notes.isEmpty ? "" : label(view, row.kind)
      report.add(.duplicate, place.number, view.id, notes: notes, title: title)
      return
    }
    let after = changed(view, differing, row.kind)
    let changes = try labels.map { register in
      ImportReport.FieldChange(
        field: register, from: try workbench.words(register, of: view),
        to: try workbench.words(register, of: after))
    }
    try known.replace(after, row.kind)
    try add(parts, view.scope)
    append(
      Change(
        place: place.number, before: Self.held(view, differing), id: view.id, kind: row.kind,
        outcome: .update(
          changes, points: parts.compactMap(\.address), events: try parts.compactMap(words)),
        notes: notes, values: differing, parts: parts, view: view), in: view.scope, groups: false)
  }

  private static func held(_ view: RecordView, _ values: [Assignment]) -> Registers {
    var held = Registers()
    for number in values.map(\.register).sorted() {
      if let encoded = view.state.body[number] { held.append(number, encoded) }
    }
    return held
  }

  /// An event that was written down wrong: it is deleted, and another that says what the file does takes its place.
  private mutating func correct(
    _ view: RecordView, _ given: [Assignment], _ kind: KindDescription, _ place: Int
  ) throws {
    var values: [UInt32: RegisterValue] = [:]
    for register in kind.registers where register.type != .opaque && register.fill != .author {
      if let value = view.value(register) { values[register.number] = value }
    }
    for assignment in given { values[assignment.register] = assignment.value }
    let id = workbench.newID()
    let ordered = values.sorted { $0.key < $1.key }.map { (register: $0.key, value: $0.value) }
    let made = try provisional(id, kind, ordered, view.scope)
    let changes = try kind.registers.filter { register in
      given.contains { $0.register == register.number }
    }.compactMap { register -> ImportReport.FieldChange? in
      guard let value = values[register.number], !KnownRecords.says(view, register, value) else { return nil }
      return ImportReport.FieldChange(
        field: register, from: try workbench.words(register, of: view),
        to: try workbench.words(register, of: made))
    }
    try known.add(made, kind)
    append(
      Change(
        place: place, replaces: view.id, id: id, kind: kind, outcome: .correct(changes),
        values: ordered.map { ($0.register, $0.value) }, parts: [], view: made),
      in: view.scope, groups: false)
  }

  /// The record as it will be, for the rows after it.
  private func changed(_ view: RecordView, _ values: [Assignment], _ kind: KindDescription) -> RecordView {
    var state = view.state
    state.body = state.body.replacing(
      values.map { number, value in
        (
          number,
          value.flatMap { value in kind.register(number).map { $0.type.encode(value, as: number)[...] } }
        )
      })
    return RecordView(scope: view.scope, state: state, isPending: true)
  }

  /// What is said of a row that is about a record: that another is too.
  private mutating func note(
    _ view: RecordView, _ kind: KindDescription, _ place: Place
  ) -> [ImportReport.Note] {
    // Of events each row is one of its own.
    guard !kind.isEvent else { return [] }
    defer { rows.note(view.id, line: place.line) }
    return rows.line(of: view.id).map { [.one(line: $0)] } ?? []
  }
}
