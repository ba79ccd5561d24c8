import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// Changes fields of a record: "kam task edit 7QK2 --due 2026-08-01 --clear priority".
struct EditRecord: RecordVerb {
  static let word = "edit"
  let kind: KindDescription?

  init(_ kind: KindDescription?) { self.kind = kind }

  var about: Phrase {
    kind.map { "Change \(withArticle($0.label))." } ?? "Change a record of any kind."
  }
  var parameters: [Parameter] { [record] + (kind?.editOptions ?? [.json]) }
  var takesAnyOption: Bool { kind == nil }

  func run(_ words: Words, in workspace: Workspace) throws {
    let view = try workspace.findOrSingleton(words.positionals[0], kind: kind)
    guard let kind = PlanModel.kind(view.kind) else { throw SchemaAhead(kind: view.kind, register: nil) }
    try words.check(options: kind.editOptions.map(\.name))
    let values = try workspace.assignments(words.fields, kind: kind, in: view.scope, current: view.state)
    let points = try workspace.contactPoints(words.fields, of: view.id, kind, in: view.scope)
    guard !values.isEmpty || !points.isEmpty else {
      throw Failure.usage("Nothing to change was said; see `kam \(kind.name) edit --help` for the fields.")
    }
    let fields =
      values.compactMap { kind.register($0.register).map { .word($0.label) } }
      + (points.isEmpty ? [] : [Phrase.word("contact points")])
    let changed = try workspace.edit(
      in: view.scope, "changed \(enumerated(fields)) of \(try workspace.name(view))"
    ) { draft in
      try draft.update(view.id, values)
      for point in points {
        try draft.create(workspace.newID(), kind: KindDescription.contactPoint.number, point)
      }
    }
    try workspace.tell(
      view, changed ? "Changed \(enumerated(fields)) of" : nil, asJSON: words.flags.contains("json"))
    if changed, !view.state.alive, !words.flags.contains("json") {
      workspace.console.note("It is deleted; `kam restore \(try workspace.handle(view.id))` brings it back.")
    }
  }
}

/// "kam task delete 7QK2"
struct DeleteRecord: RecordVerb {
  static let word = "delete"
  let kind: KindDescription?

  init(_ kind: KindDescription?) { self.kind = kind }

  var about: Phrase {
    "Delete \(withArticle(kind?.label ?? "record")); `restore` brings everything back."
  }
  var parameters: [Parameter] { [record, .json] }

  func run(_ words: Words, in workspace: Workspace) throws {
    try words.check(options: ["json"])
    try workspace.setAlive(false, words, kind: kind)
  }
}

/// "kam task restore 7QK2"
struct RestoreRecord: RecordVerb {
  static let word = "restore"
  let kind: KindDescription?

  init(_ kind: KindDescription?) { self.kind = kind }

  var about: Phrase {
    "Bring \(withArticle(kind?.label ?? "record")) back that was deleted."
  }
  var parameters: [Parameter] { [record, .json] }

  func run(_ words: Words, in workspace: Workspace) throws {
    try words.check(options: ["json"])
    try workspace.setAlive(true, words, kind: kind)
  }
}

extension Workspace {
  func setAlive(_ alive: Bool, _ words: Words, kind: KindDescription?) throws {
    let view = try find(words.positionals[0], kind: kind)
    if alive, !view.state.alive, try restoreMerged(view, asJSON: words.flags.contains("json")) { return }
    let done: Phrase = alive ? "Restored" : "Deleted"
    let changed = try edit(in: view.scope, "\(alive ? "restored" : "deleted") \(try name(view))") { draft in
      try draft.setAlive(alive, view.id)
    }
    try tell(
      view, changed ? done : nil, unchanged: alive ? "is not deleted" : "is deleted already",
      asJSON: words.flags.contains("json"))
  }

  /// Restores a record that was merged into another one, with everything that the merge has changed.
  ///
  /// - Returns: false when it was not merged here, and is still to be restored.
  func restoreMerged(_ view: RecordView, asJSON: Bool) throws -> Bool {
    guard let keep = try mergedInto(view) else { return false }
    guard try takeBackMerge(of: view) else {
      console.note(
        "It was merged into \(try mergeName(keep)), which keeps what it took over: delete there what is there twice."
      )
      return false
    }
    try tell(
      view, "Restored", ", as it was before it was merged into \(try mergeName(keep))", asJSON: asJSON)
    return true
  }

  /// An account's only record of a kind can be named by its account.
  func findOrSingleton(_ text: String, kind: KindDescription?) throws -> RecordView {
    if let kind, kind.isSingleton, let account = try account(named: text) {
      guard
        let view = try replica.record(
          account.id.singleton(ofKind: kind.number), in: kind.scope(in: account.id))
      else {
        throw Failure.notFound("\(text) has no \(word: kind.label) yet.")
      }
      return view
    }
    return try find(text, kind: kind)
  }

  /// What an edit did, where, and that it waits.
  ///
  /// - Parameters:
  ///   - edited: As it was before.
  ///   - done: "Changed due of"; nil when nothing was different.
  func tell(
    _ edited: RecordView, _ done: Phrase?, _ more: Phrase = .nothing, unchanged: Phrase = "already says that",
    asJSON: Bool
  ) throws {
    guard let view = try replica.record(edited.id, in: edited.scope) else { return }
    if asJSON { return console.document(try json([view])[0].document) }
    let name = try name(view) + " " + quotedTitle(view)
    if let done {
      console.say("\(done) \(name)\(try place(of: view) + more); waiting to sync.")
    } else {
      console.say("Nothing changed: \(name) \(unchanged).")
    }
  }
}
