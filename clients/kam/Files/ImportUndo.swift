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

  func run() throws {
    let workspace = try Workspace()
    let imports = try workspace.replica.imports()
    if json.isWanted {
      let list = imports.map { entry in
        JSON.object([
          ("number", .integer(Int(entry.number))), ("at", .text(Moments.iso(entry.at))),
          ("file", .text(entry.file)), ("changes", .integer(entry.changeCount)),
          ("undone", entry.undone.map { .text(Moments.iso($0)) } ?? .null),
          ("leftAlone", .integer(entry.leftAloneCount)),
        ])
      }
      return workspace.console.document(JSON.array(list).document)
    }
    guard !imports.isEmpty else { return workspace.console.say("Nothing was imported on this device.") }
    var table = Table([
      .init(title: "NO.", isNumber: true, isKey: true), .init(title: "WHEN"),
      .init(title: "FILE", shrinks: true, isKey: true), .init(title: "RECORDS", isNumber: true),
      .init(title: "UNDONE"),
    ])
    for entry in imports {
      table.add([
        String(entry.number), said(workspace.moments.ago(entry.at)), entry.file, String(entry.changeCount),
        entry.undone.map { undone in
          let when = workspace.moments.ago(undone)
          return said(entry.leftAloneCount == 0 ? when : "in part, \(when)")
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

  func run() throws {
    let workspace = try Workspace()
    let lock = try workspace.lockForImport()
    defer { withExtendedLifetime(lock) {} }
    guard let entry = try workspace.replica.imports().first(where: { $0.number == Int64(number) }) else {
      throw Failure.notFound("There is no import \(number) on this device (`kam import list`).")
    }
    if let undone = entry.undone, entry.leftAloneCount == 0 {
      throw Failure.refused("Import \(number) was taken back \(workspace.moments.ago(undone)).")
    }
    var undo = ImportReversal(workspace, file: entry.file)
    try undo.run(try workspace.replica.changes(ofImport: entry.number))
    try workspace.replica.markUndone(
      import: entry.number, leavingAlone: undo.leftAlone.count, now: workspace.shell.now)
    tell(undo, workspace)
  }

  private func tell(_ undo: ImportReversal, _ workspace: Workspace) {
    if json.isWanted {
      let left = undo.leftAlone.map { left in
        JSON.object([
          ("id", .text(left.record.description)), ("title", .text(left.title)),
          ("message", .text(left.reason)),
        ])
      }
      workspace.console.document(
        JSON.object([
          ("deleted", .integer(undo.deletedCount)), ("reverted", .integer(undo.revertedCount)),
          ("restored", .integer(undo.restoredCount)), ("leftAlone", .array(left)),
        ]).document)
      return
    }
    for left in undo.leftAlone { workspace.console.note("\(left.title): \(left.reason)") }
    workspace.console.say(
      "\(undo.deletedCount) deleted, \(undo.revertedCount) changed back, \(undo.restoredCount) restored, \(undo.leftAlone.count) left alone; waiting to sync."
    )
    guard !undo.leftAlone.isEmpty else { return }
    workspace.console.say(
      "Import \(number) is taken back in part; `kam import undo \(number)` tries what was left alone again.")
  }
}
