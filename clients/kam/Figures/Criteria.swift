import Views
import Wording
import Workbench

/// The scorecard of an account, or of all.
struct CriteriaScore: Command {
  static let name = "criteria score"
  static let about: Phrase = "What an account scores by each criterion, or all accounts by both axes."
  static let more: Phrase = """
    Criteria are kept with `kam selection-criterion`, and judgements with `kam criterion-score`. Of each person the \
    latest judgement counts, and all persons alike.
    """

  @Takes("ACCOUNT", "The account.") var account: String?
  let options = FigureOptions()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(options.json) {
      try ScorecardReport(
        workspace, options.order(by: workspace), account: account.map { try workspace.account($0) })
    }
  }
}

/// Where accounts stand: how attractive they are against how strong we are there.
struct CriteriaMatrix: Command {
  static let name = "criteria matrix"
  static let about: Phrase = "Attractiveness against our strength, all accounts on one picture."

  let options = FigureOptions()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(options.json) { try CriteriaMatrixReport(workspace, options.order(by: workspace)) }
  }
}
