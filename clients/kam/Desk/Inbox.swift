import Pages
import PlanModel
import Replica
import Speech
import Views
import Wording
import Workbench

/// Everything that waits for a person, across their accounts.
struct Inbox: Command {
  static let name = "inbox"
  static let about: Phrase = "What waits for you, across all accounts."
  static let more: Phrase = """
    Open tasks of your departments, what you hold, requests of customers, claims that were decided, and edits of \
    yours that met others'. What was decided and superseded is shown until you have looked once.
    """

  @Takes("--department DEPARTMENT", "Only this department's open tasks.") var department: String?
  @Takes("--limit N", "At most so many open tasks.") var limit = 50
  let json = JSONOutput()

  func validate() throws {
    guard limit > 0 else { throw Failure.usage("--limit must be greater than 0.") }
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let inbox = try Views.Inbox(workspace, department: department)
    if json.isWanted {
      workspace.console.document(try JSON(encoding: inbox.document()).document)
    } else {
      let page = try inbox.page(max: limit)
      workspace.console.show(page)
      try workspace.remember(listed: page.parts.flatMap(\.list.rows).compactMap { RecordID($0.id) })
    }
    try workspace.replica.markLooked(through: inbox.decidedThrough)
    try workspace.showAge()
  }
}
