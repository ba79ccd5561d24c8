import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncCore
import Wording

/// A conflict with what is needed to tell it and to turn it round.
package struct ToldConflict {
  package enum Standing: String {
    case mine, theirs
    /// Somebody changed it since.
    case neither
    case deleted
  }

  package let conflict: Conflict
  /// "task 7QK2"; the id when the record is not held any more.
  package let record: Phrase
  package let title: Phrase
  package var fields: [Phrase]
  package let mine: Phrase
  package let theirs: Phrase
  package let other: Phrase
  let otherPossessive: Phrase
  package let stands: Standing
  /// The record that the deleted one was merged into, where that is known.
  package let merged: RecordView?

  /// "title", "priority and detail"
  package var field: Phrase { enumerated(fields) }

  package init(
    conflict: Conflict, record: Phrase, title: Phrase, fields: [Phrase], mine: Phrase, theirs: Phrase,
    other: Phrase, otherPossessive: Phrase, stands: Standing, merged: RecordView?
  ) {
    self.conflict = conflict
    self.record = record
    self.title = title
    self.fields = fields
    self.mine = mine
    self.theirs = theirs
    self.other = other
    self.otherPossessive = otherPossessive
    self.stands = stands
    self.merged = merged
  }
}

extension Conflict {
  /// Whether it is about a deleted record: what can be done is to restore it.
  package var isAboutDeletion: Bool {
    switch outcome {
    case .iEditedDeleted, .theyEditedDeleted, .iDeletedTheirEdit, .theyDeletedMyEdit: true
    default: register == lifeRegister
    }
  }

  package var mineStamp: Stamp { Stamp(hlc: mine.stamp.hlc, replica: mine.stamp.replica) }
  package var theirStamp: Stamp { Stamp(hlc: theirs.stamp.hlc, replica: theirs.stamp.replica) }
}

extension Workbench {
  package func told(_ conflict: Conflict) throws -> ToldConflict {
    let view = try replica.record(conflict.record, in: conflict.scope)
    let register = PlanModel.kind(conflict.kind)?.register(conflict.register)
    let author = try RecordID(conflict.theirs.user) ?? people().author(of: conflict.theirStamp).person
    return ToldConflict(
      conflict: conflict, record: try view.map(name) ?? "record \(conflict.record)",
      title: view.map(quotedTitle) ?? .nothing,
      fields: [
        register.map { .word($0.label) }
          ?? (conflict.register == lifeRegister ? .word("life") : "field \(conflict.register)")
      ],
      mine: try words(conflict.mine, register, conflict),
      theirs: try words(conflict.theirs, register, conflict),
      other: try people().name(author), otherPossessive: try people().possessive(author),
      stands: standing(of: conflict, in: view), merged: try merged(view, conflict))
  }

  private func merged(_ view: RecordView?, _ conflict: Conflict) throws -> RecordView? {
    guard conflict.isAboutDeletion, view?.state.alive == false else { return nil }
    return try view.flatMap(mergedInto)
  }

  private func words(
    _ value: WireRegisterValue, _ register: RegisterDescription?, _ conflict: Conflict
  ) throws -> Phrase {
    if value.hasAlive, !value.alive { return .word("deleted") }
    guard let register, let encoded = Replica.encoded(value, register: register.number) else {
      return value.fullBytes == 0 ? "empty" : "a value of \(Int(value.fullBytes)) bytes, not sent along"
    }
    return
      "“\(fitted(try words(register, encoded[...], in: conflict.scope).replacing("\n", with: " "), to: 80, ellipsis: "…"))”"
  }

  private func standing(of conflict: Conflict, in view: RecordView?) -> ToldConflict.Standing {
    guard let view, view.state.alive else { return .deleted }
    let current = view.state.body[conflict.register].map(Array.init)
    if Replica.isValue(current, conflict.mine, register: conflict.register) { return .mine }
    return Replica.isValue(current, conflict.theirs, register: conflict.register) ? .theirs : .neither
  }

  /// One for all fields of a record that met the same deletion: it is undone once.
  package func folded(_ conflicts: [ToldConflict]) -> [ToldConflict] {
    var result: [ToldConflict] = []
    for told in conflicts {
      let place = result.firstIndex {
        told.conflict.isAboutDeletion && $0.conflict.record == told.conflict.record
          && $0.conflict.outcome == told.conflict.outcome
      }
      guard let place else {
        result.append(told)
        continue
      }
      if !result[place].fields.contains(told.field) { result[place].fields.append(told.field) }
    }
    return result
  }

  /// What happened, in words, and how to have it the other way.
  package func sentence(_ told: ToldConflict) throws -> Phrase {
    let what = happened(told)
    guard let keep = told.merged else { return what }
    return "\(capitalized(told.record)) was merged into \(try mergeName(keep))." + " " + what
  }

  private func happened(_ told: ToldConflict) -> Phrase {
    let conflict = told.conflict
    let edited: Phrase = "edited \(moments.at(conflict.theirStamp.milliseconds)), \(distance(conflict))"
    let what: Phrase = told.title.isEmpty ? told.record : told.record + " " + told.title
    let take = Phrase.action(.take(conflict: conflict.number))
    func value(_ text: Phrase) -> Phrase { told.fields.count == 1 ? " " + text : .nothing }
    switch conflict.outcome {
    case .mineLost:
      return """
        Your \(told.field) \(told.mine) of \(what) lost to \(told.otherPossessive) \(told.theirs) (\(edited)). \
        Take yours back: \(take)
        """
    case .mineReplacedTheirs:
      return """
        Your \(told.field) \(told.mine) of \(what) replaced \(told.otherPossessive) \(told.theirs), which you had not \
        seen (\(edited)). Take theirs: \(take)
        """
    case .theirsReplacedMine:
      return """
        \(capitalized(told.otherPossessive)) \(told.field) \(told.theirs) of \(what) replaced your \(told.mine), which \
        they had not seen (\(edited)). Take yours back: \(take)
        """
    case .theirsLost:
      return """
        \(capitalized(told.otherPossessive)) \(told.field) \(told.theirs) of \(what) arrived after yours but is older \
        (\(edited)); your \(told.mine) stands. Take theirs: \(take)
        """
    case .iEditedDeleted:
      return """
        You changed the \(told.field) of \(what), which \(told.other) had deleted. It stays deleted, with your change \
        kept. Bring it back: \(take)
        """
    case .theyEditedDeleted:
      return """
        \(capitalized(told.other)) changed the \(told.field) of \(what), which you had deleted. It stays deleted. \
        Bring it back: \(take)
        """
    case .iDeletedTheirEdit:
      return """
        You deleted \(what) with \(told.otherPossessive) \(told.field)\(value(told.theirs)), which you had not seen. \
        Bring it back: \(take)
        """
    case .theyDeletedMyEdit:
      return """
        \(capitalized(told.other)) deleted \(what) without having seen your \(told.field)\(value(told.mine)). \
        Bring it back: \(take)
        """
    }
  }

  /// "12 min after yours"
  private func distance(_ conflict: Conflict) -> Phrase {
    let apart = conflict.theirStamp.milliseconds - conflict.mineStamp.milliseconds
    if conflict.mineStamp.hlc == 0 || abs(apart) < 1_000 { return "at the same time as yours" }
    return apart > 0 ? "\(Moments.span(apart)) after yours" : "\(Moments.span(apart)) before yours"
  }

  package func json(_ told: ToldConflict) throws -> JSON {
    let conflict = told.conflict
    let register = PlanModel.kind(conflict.kind)?.register(conflict.register)
    func value(_ value: WireRegisterValue, _ stamp: Stamp, _ person: RecordID?) throws -> JSON {
      let text = try register.flatMap { register in
        try Replica.encoded(value, register: register.number).map {
          try words(register, $0[...], in: conflict.scope)
        }
      }
      var members: [(String, JSON)] = [("value", text.map(JSON.text) ?? .null)]
      if value.hasAlive { members.append(("deleted", .flag(!value.alive))) }
      members.append(("at", .text(Moments.iso(stamp.milliseconds))))
      if let person { members.append(("person", .text(person.description))) }
      members.append(("name", .text(try people()[person ?? identity.person]?.name ?? "")))
      return .object(members)
    }
    let author = try RecordID(conflict.theirs.user) ?? people().author(of: conflict.theirStamp).person
    return .object([
      ("number", .integer(conflict.number)), ("record", .text(conflict.record.description)),
      ("kind", .text(PlanModel.kind(conflict.kind)?.name ?? "")),
      ("handle", .text(try handle(conflict.record))),
      ("account", conflict.scope.account.map { .text($0.description) } ?? .null),
      ("field", .text(register.map { jsonName(ofField: $0.name) } ?? "")),
      ("outcome", .text("\(conflict.outcome)")),
      ("stands", .text(told.stands.rawValue)),
      ("mine", try value(conflict.mine, conflict.mineStamp, identity.person)),
      ("theirs", try value(conflict.theirs, conflict.theirStamp, author)), ("seen", .flag(conflict.isSeen)),
      ("mergedInto", told.merged.map { .text($0.id.description) } ?? .null),
      ("sentence", .text(reader.said(try sentence(told)))),
      ("take", .text(reader.said(.action(.take(conflict: conflict.number))))),
    ])
  }
}

package func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
