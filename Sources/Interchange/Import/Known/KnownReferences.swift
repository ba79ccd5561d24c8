import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// What a row points to.

extension KnownRecords {
  /// Somebody of another organisation's export is the person here who has the same address.
  func add(alias: RecordID, for person: RecordID) { aliases[alias] = person }

  func checked(
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
      guard let view = try workbench.replica.record(id, from: scope) ?? record(id) else {
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
    if kind.number == KindNumber.contact, PointText.isAddress(text) {
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

  func contact(
    reachedAt address: String, in scope: Scope, _ place: FieldName
  ) throws -> RecordID {
    let kind = KindDescription.contactPoint
    guard let value = kind.register(ContactPointRegister.value) else {
      throw Failure.notFound("Nobody of this account has the address \(address).")
    }
    let index = try index(of: kind)
    let key = Key(account: scope.account, way: -2, bytes: bytes([value], [value.number: .text(address)]))
    let people = Set(
      try found(key, kind, index).filter(index.isShown).compactMap {
        try index.view($0)?.reference(ContactPointRegister.contact)
      })
    if people.count > 1 {
      throw Failure.refused("“\(address)” is the address of \(counted(people.count, "contact")); use an id.")
    }
    guard let person = people.first else {
      throw Failure.notFound(
        place.says(
          "Nobody of this account has the address \(address). Import its contacts first, or leave the column out with \(field: "map")."
        ))
    }
    return person
  }
}
