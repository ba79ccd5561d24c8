import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// What belongs to the record of a row, and is a record of its own.

extension Importer {
  func newParts(_ row: ImportRow, of record: RecordID, in scope: Scope) throws -> [Part] {
    try newPoints(row, of: record, in: scope) + newHappenings(row, of: record, in: scope)
  }

  /// For the rows after it.
  func add(_ parts: [Part], _ scope: Scope) throws {
    for part in parts { try known.add(try provisional(part.id, part.kind, part.values, scope), part.kind) }
  }

  private func newPoints(_ row: ImportRow, of contact: RecordID, in scope: Scope) throws -> [Part] {
    let kind = KindDescription.contactPoint
    var seen: Set<String> = []
    return try row.points.compactMap { point -> Part? in
      guard seen.insert("\(point.type) \(point.value.lowercased())").inserted else { return nil }
      guard try !known.has(point, of: contact, in: scope) else { return nil }
      let texts = [(ContactPointRegister.type, point.type), (ContactPointRegister.value, point.value)]
      var values: [(register: UInt32, value: RegisterValue)] = texts.compactMap { number, text in
        guard let register = kind.register(number), let value = try? register.type.parse(text) else {
          return nil
        }
        return (register.number, value)
      }
      guard values.count == 2 else {
        throw Failure.usage("“\(point.value)” cannot be kept as \(withArticle(kind.label)).")
      }
      values.append((ContactPointRegister.contact, .reference(contact)))
      return Part(id: workbench.newID(), kind: kind, values: values)
    }
  }

  /// What happened to a request, and is not written down here yet. Who did it, the file does not say.
  private func newHappenings(_ row: ImportRow, of request: RecordID, in scope: Scope) throws -> [Part] {
    let kind = KindDescription.requestEvent
    return try row.happenings.compactMap { happening -> Part? in
      guard let choice = kind.choices(of: RequestEventRegister.type)?.number(named: happening.type.rawValue)
      else {
        return nil
      }
      let values: [(register: UInt32, value: RegisterValue)] = [
        (RequestEventRegister.request, .reference(request)), (RequestEventRegister.type, .integer(choice)),
        (RequestEventRegister.occurredAt, .integer(happening.moment)),
      ]
      guard try !known.hasEvent(kind, values, in: scope) else { return nil }
      return Part(id: workbench.newID(), kind: kind, values: values)
    }
  }

  /// A new request that does not say when it was opened would be opened now, after all that happened to it.
  func checkHappenings(_ row: ImportRow) throws {
    guard let happening = row.happenings.first, row.text(ServiceRequestRegister.openedAt) == nil else {
      return
    }
    throw Failure.usage(
      happening.place.says("It does not say when the request was opened, which was before this."))
  }

  /// "resolved 2026-01-02 10:30"; nil of a part that did not happen.
  func words(_ part: Part) throws -> String? {
    guard part.kind.number == KindNumber.requestEvent,
      let type = part.kind.register(RequestEventRegister.type),
      let at = part.kind.register(RequestEventRegister.occurredAt)
    else { return nil }
    let view = try provisional(part.id, part.kind, part.values, .directory)
    return "\(try workbench.words(type, of: view)) \(try workbench.words(at, of: view))"
  }
}

// Who asks, and is not known here.

extension Importer {
  /// A request is worth keeping without its contact or who takes care of it, which can be set later; of an event, what it
  /// says is said once.
  func mayBeStranger(_ written: ImportRow.Value, _ row: ImportRow) -> Bool {
    row.kind.number == KindNumber.serviceRequest
      && [ServiceRequestRegister.contact, ServiceRequestRegister.assignee].contains(written.register.number)
      && RecordID(written.text) == nil
  }

  /// Keeps what the file says of people in what is known of the request; nobody is made a contact of.
  func keep(
    _ strangers: [ImportRow.Value], _ row: ImportRow, _ scope: Scope, _ given: inout [Assignment]
  ) throws {
    guard let detail = row.kind.register(ServiceRequestRegister.detail) else { return }
    let others =
      strangers.contains { $0.register.number == ServiceRequestRegister.contact } ? row.alsoContact : []
    var lines = others.map { "\($0.heading): \($0.text)" }
    lines += strangers.map { "\($0.place.name): \($0.text)" }
    if let text = row.text(ServiceRequestRegister.detail) { lines.insert(text, at: 0) }
    let value = try workbench.value(
      lines.joined(separator: "\n"), for: detail, in: scope, place: strangers[0].place)
    given.removeAll { $0.register == detail.number }
    given.append((detail.number, value))
  }
}

extension ImportRow {
  /// What a person has to know of how far a new request is.
  var stateNote: ImportReport.Note? {
    guard let state else { return nil }
    switch state.isEnded {
    case true? where !happenings.contains(where: { $0.type != .responded }):
      return .endedWithoutMoment(state.text)
    case false? where state.hasEndedBefore: return .openAgain(state.text)
    case nil: return .unknownState(state.text)
    default: return nil
    }
  }
}
