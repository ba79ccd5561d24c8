import Speech
import Views
import Wording
import Workbench

/// "kam service-request ageing": what is open, for how long, and what is late.
struct Ageing: Command {
  static let name = "service-request ageing"
  static let about: Phrase = "Open requests by age, with their deadlines."
  static let more: Phrase = """
    Deadlines come from `kam service-level`; where none fits, a first answer is due within 24 hours. Lines can be named \
    by their number afterwards.
    """

  @Takes("ACCOUNT", "The account.") var account: String?
  @Takes("--overdue", "Only what is late.") var overdue = false
  @Takes("--limit N", "At most so many.") var limit = 50
  let json = JSONOutput()

  func validate() throws {
    guard limit > 0 else { throw Failure.usage("--limit must be greater than 0.") }
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(json) {
      try AgeingReport(
        workspace, account: account.map { try workspace.account($0) }, onlyOverdue: overdue, limit: limit)
    }
  }
}
