import Foundation
import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

struct Witness: Command {
  static let name = "witness"
  static let about: Phrase = "What this device was shown of the server's audit log, for an admin to compare."
  static let more: Phrase = """
    With each sync the server shows where its audit log ends, and signs it. The last of each day is kept here. Whoever \
    changes the log afterwards, or the history of a record, cannot change what is kept here: the next sync tells, and \
    with the output of kam witness --json an admin finds out on the server what was changed.
    """

  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let logs = try workspace.replica.shownLogs()
    if json.isWanted {
      return workspace.console.document(JSON.array(logs.map(\.json)).document)
    }
    guard !logs.isEmpty else {
      return workspace.console.say("This device was not shown the server's audit log yet; kam sync does.")
    }
    var table = Table([
      .init(title: "when"), .init(title: "entries"), .init(title: "hash", shrinks: true),
    ])
    for log in logs {
      table.add([workspace.said(workspace.moments.at(log.shown)), "\(log.number)", hexadecimal(log.chain)])
    }
    workspace.console.show(table)
  }
}
