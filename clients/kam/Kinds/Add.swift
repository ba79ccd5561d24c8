import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// Makes a record: "kam task add ACCOUNT TITLE --department D".
struct AddRecord: RecordVerb {
  static let word = "add"
  let kind: KindDescription?

  init(_ kind: KindDescription?) { self.kind = kind }

  var about: Phrase { "Add \(withArticle(kind?.label ?? "record"))." }
  var parameters: [Parameter] { kind.map { $0.addPositions + $0.addOptions } ?? [] }

  func run(_ words: Words, in workspace: Workspace) throws {
    guard let kind else { return }
    let id = workspace.newID()
    let scope = try place(of: id, kind, words, workspace)
    let title = words.positionals.last ?? ""
    var values = try workspace.newValues(words.fields, kind: kind, title: title, in: scope)
    if kind.number == KindDescription.account.number { try workspace.addSlug(to: &values) }
    let points = try workspace.contactPoints(words.fields, of: id, kind, in: scope)
    try workspace.edit(in: scope, "added \(kind.label) “\(title)”") { draft in
      try draft.create(id, kind: kind.number, values)
      for point in points {
        try draft.create(workspace.newID(), kind: KindDescription.contactPoint.number, point)
      }
    }
    workspace.forget()
    guard let view = try workspace.replica.record(id, in: scope) else { return }
    if words.flags.contains("json") {
      return workspace.console.document(try workspace.json([view])[0].document)
    }
    let what = try workspace.name(view) + " " + workspace.quotedTitle(view)
    let account = try scope.account.map { try workspace.accounts().label($0) } ?? ""
    workspace.console.say(
      kind.addsInAccount
        ? "Added \(what) to \(account); waiting to sync." : "Added \(what); waiting to sync.")
    if kind.number == KindDescription.account.number {
      workspace.console.note("You are its manager; `kam account share` lets others in after a sync.", .dim)
    }
  }

  private func place(
    of id: RecordID, _ kind: KindDescription, _ words: Words, _ workspace: Workspace
  ) throws -> Scope {
    if kind.number == KindDescription.account.number { return .plan(id) }
    guard kind.addsInAccount else { return .directory }
    let account = try workspace.account(words.positionals[0])
    return kind.family == .finance ? .finance(account) : .plan(account)
  }
}
