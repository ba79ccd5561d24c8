import Speech
import Views
import Wording
import Workbench

/// How healthy relations are, and what is wrong.
struct AccountHealth: Command {
  static let name = "health"
  static let about: Phrase = "The health of an account and what it is made of, or of all accounts."
  static let more: Phrase = """
    A weighted mean of the components that have data; with less than 60 % of the weight there is none. The components and \
    their weights are set with `kam health-definition`, one a line: satisfaction, response, resolution, value-trend, \
    plan-progress, contact-cadence. How full the form is never counts.
    """

  @Takes("ACCOUNT", "The account.") var account: String?
  @Takes("--top N", "At most so many accounts, the worst first.") var top = 20
  let options = FigureOptions()

  func validate() throws {
    guard top > 0 else { throw Failure.usage("--top must be greater than 0.") }
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(options.json) {
      try HealthReport(
        workspace, options.order(by: workspace), account: account.map { try workspace.account($0) }, top: top)
    }
  }
}
