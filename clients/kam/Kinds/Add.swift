import PlanModel
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
    let receipt = try workspace.add(
      kind, to: kind.addsInAccount ? words.positionals[0] : nil, title: words.positionals.last ?? "",
      words.fields
    )
    let isJSON = words.flags.contains("json")
    try workspace.tell(receipt, asJSON: isJSON)
    if !isJSON { for note in receipt.notes { workspace.console.note(note, .dim) } }
  }
}
