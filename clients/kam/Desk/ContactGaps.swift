import Views
import Wording
import Workbench

/// Accounts whose privileged contact is missing, gone or silent.
struct ContactGaps: Command {
  static let name = "contact gaps"
  static let about: Phrase = "Accounts without a privileged contact, or whose contact left or is overdue."
  static let more: Phrase = """
    Overdue: the contact's cadence has passed since they, or their deputy, last had an interaction with the account or \
    commented on anything of it, or since they took it over.
    """
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(json) { try ContactGapsReport(workspace) }
  }
}
