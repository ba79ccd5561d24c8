import Views
import Wording

/// How few accounts earn how much.
struct ABC: Command {
  static let name = "abc"
  static let about: Phrase =
    "Which accounts earn most: A the first 80 % of the margin, B up to 95 %, C the rest."
  static let more: Phrase =
    "By the margin of the period. Accounts that lose money have no class, and stand at the end."

  let options = FigureOptions()
  @Takes("--all", "All accounts, not only the curve and class A.") var all = false

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(options.json) {
      try ABCReport(workspace, options.order(by: workspace), showsAll: all)
    }
  }
}
