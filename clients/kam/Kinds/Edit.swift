import PlanModel
import Replica
import Speech
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
    let receipt = try workspace.asOne {
      let view = try workspace.findOrSingleton(words.positionals[0], kind: kind)
      guard let kind = PlanModel.kind(view.kind) else { throw SchemaAhead(kind: view.kind, register: nil) }
      try words.check(options: kind.editOptions.map(\.name))
      guard !words.options.isEmpty else {
        throw Failure.usage("Nothing to change was said; see `kam \(kind.name) edit --help` for the fields.")
      }
      return try workspace.edit(view, words.fields)
    }
    let isJSON = words.flags.contains("json")
    try workspace.tell(receipt, asJSON: isJSON)
    if !isJSON { for note in receipt.notes { workspace.console.note(note) } }
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
    let receipt = try workspace.delete(words.positionals[0], kind: kind)
    try workspace.tell(receipt, asJSON: words.flags.contains("json"))
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
    let receipt = try workspace.restore(words.positionals[0], kind: kind)
    try workspace.tell(receipt, asJSON: words.flags.contains("json"))
  }
}
