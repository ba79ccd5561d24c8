import Views
import Wording
import Workbench

/// What was to be reached and what was.
struct Targets: Command {
  static let name = "targets"
  static let about: Phrase = "Revenue and profitability targets, and what was reached of them."
  static let more: Phrase = """
    The targets of `kam revenue-target` and `kam profitability-target` whose period has begun. While a period runs, the \
    mark on the bar shows how much of its time has passed.
    """

  @Takes("ACCOUNT", "The account.") var account: String?
  @Takes("--products", "Also targets of single products.") var products = false
  let options = FigureOptions()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(options.json) {
      try TargetsReport(
        workspace, options.order(by: workspace), account: account.map { try workspace.account($0) },
        showsProducts: products)
    }
  }
}
