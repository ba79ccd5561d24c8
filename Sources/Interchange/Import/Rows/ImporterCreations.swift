import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// A row that makes a record.

extension Importer {
  mutating func create(
    _ row: ImportRow, _ place: Place, _ id: RecordID, _ given: [Assignment], _ scope: Scope
  ) throws {
    try checkHappenings(row)
    var values = try workbench.complete(given, row.kind, isOfFile: true)
    if row.kind.number == KindNumber.account { try nameAccount(id, &values) }
    let parts = try newParts(row, of: id, in: scope)
    let view = try provisional(id, row.kind, values, scope)
    try known.add(view, row.kind)
    try add(parts, scope)
    append(
      Change(
        place: place.number, id: id, kind: row.kind, outcome: .create,
        notes: notes(row, scope, given, view, place),
        values: values.map { ($0.register, $0.value) },
        parts: parts, view: view), in: scope, groups: row.kind.isEvent)
  }

  /// What is said of a row that makes a record: that another makes one like it.
  private mutating func notes(
    _ row: ImportRow, _ scope: Scope, _ given: [Assignment], _ view: RecordView, _ place: Place
  ) -> [ImportReport.Note] {
    guard !row.kind.isEvent else { return [] }
    rows.note(view.id, line: place.line)
    var values: [UInt32: RegisterValue] = [:]
    for (register, value) in given { values[register] = value }
    var notes = [rows.likeness(row, in: scope, values, line: place.line)].compactMap { $0 }
    notes += place.strangers.map { .unknownPerson($0.text, field: $0.register) }
    if let state = row.stateNote { notes.append(state) }
    return notes
  }

  /// The record as it will be, for the rows after it.
  func provisional(
    _ id: RecordID, _ kind: KindDescription, _ values: [(register: UInt32, value: RegisterValue)],
    _ scope: Scope
  ) throws -> RecordView {
    var body = Registers()
    for (number, value) in values.sorted(by: { $0.register < $1.register }) {
      guard let register = kind.register(number) else { continue }
      body.append(number, register.type.encode(value, as: number))
    }
    return RecordView(provisional: id, kind: kind.number, body: body, in: scope)
  }
}
