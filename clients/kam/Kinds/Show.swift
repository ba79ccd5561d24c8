import Pages
import PlanModel
import Replica
import Views
import Wording
import Workbench

/// "kam task show 7QK2", "kam account show acme"
struct ShowRecord: RecordVerb {
  static let word = "show"
  let kind: KindDescription?

  init(_ kind: KindDescription?) { self.kind = kind }

  var about: Phrase {
    "Show \(withArticle(kind?.label ?? "record")), with its comments and what belongs to it."
  }
  var parameters: [Parameter] { [record, .json] }

  func run(_ words: Words, in workspace: Workspace) throws {
    try words.check(options: ["json"])
    let view = try workspace.findOrSingleton(words.positionals[0], kind: kind)
    if words.flags.contains("json") {
      workspace.console.document(try workspace.json([view])[0].document)
    } else if view.kind == KindNumber.account {
      try workspace.showPage(of: view)
    } else {
      try workspace.show(view)
    }
    try workspace.showAge()
  }
}

extension Workspace {
  /// The page of an account. Who reads it on a terminal has looked; a pipe has not.
  fileprivate func showPage(of account: RecordView) throws {
    console.show(try accountPage(account))
    if console.isWatched { try replica.markLook(at: account.id, now: now) }
  }

  /// The page of one record.
  func show(_ view: RecordView) throws {
    guard let page = try recordPage(view) else {
      return console.say("Record \(view.id) is of kind \(view.kind), which this version does not know.")
    }
    console.show(page)
  }

  /// Labels in a column, texts beside them, wrapped.
  func show(_ rows: [(label: Phrase, text: Phrase)]) {
    console.show(rows.map { LabelledText(label: said($0.label), text: said($0.text)) })
  }
}
