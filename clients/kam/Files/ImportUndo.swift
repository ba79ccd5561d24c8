import Interchange
import PlanModel
import Replica
import Speech
import Wording
import Workbench

struct ImportList: Command {
  static let name = "import list"
  static let about: Phrase = "List what was imported on this device."
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let imports = try workspace.replica.imports()
    if json.isWanted {
      return workspace.console.document(JSON.array(imports.map(\.json)).document)
    }
    guard !imports.isEmpty else { return workspace.console.say("Nothing was imported on this device.") }
    var table = Table([
      .init(title: "NO.", isNumber: true, isKey: true), .init(title: "WHEN"),
      .init(title: "FILE", shrinks: true, isKey: true), .init(title: "RECORDS", isNumber: true),
      .init(title: "UNDONE"),
    ])
    for entry in imports {
      table.add([
        String(entry.number), workspace.said(workspace.moments.ago(entry.at)), entry.file,
        String(entry.changeCount),
        entry.undone.map { undone in
          let when = workspace.moments.ago(undone)
          return workspace.said(entry.leftAloneCount == 0 ? when : "in part, \(when)")
        } ?? "",
      ])
    }
    workspace.console.show(table)
  }
}

struct ImportUndo: Command {
  static let name = "import undo"
  static let about: Phrase = "Take back a whole import of this device."
  static let more: Phrase = """
    What it made is deleted, what it changed gets its former values, what it replaced comes back: as new edits, \
    which sync like any others. A record or a field that somebody has edited since is left alone, and told; once that \
    is as the import has left it, the same command takes the rest back.
    """
  @Takes("NUMBER", "The import, as `kam import list` numbers it.") var number: Int
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let lock = try workspace.lockForImport()
    defer { withExtendedLifetime(lock) {} }
    tell(try workspace.takeBack(import: number), workspace)
  }

  private func tell(_ undo: ImportReversal, _ workspace: Workspace) {
    if json.isWanted { return workspace.console.document(undo.json.document) }
    for left in undo.leftAlone { workspace.console.note("\(left.title): \(left.reason)") }
    workspace.console.say(
      "\(undo.deletedCount) deleted, \(undo.revertedCount) changed back, \(undo.restoredCount) restored, \(undo.leftAlone.count) left alone; waiting to sync."
    )
    guard !undo.leftAlone.isEmpty else { return }
    workspace.console.say(
      "Import \(number) is taken back in part; `kam import undo \(number)` tries what was left alone again.")
  }
}
