import Indicators
import PlanModel
import Replica
import Speech
import Views
import Wording
import Workbench

/// "kam product profitability": what each product and service earns.
struct ProductProfitability: Command {
  static let name = "product profitability"
  static let about: Phrase = "Revenue and margin of each product, family, or of products and services."

  @Takes("--by GROUPING", "product, family or type.") var by: String = "product"
  @Takes("ACCOUNT --account", "Only this account's.") var account: String?
  @Takes("--top N", "At most so many.") var top: Int?
  let options = FigureOptions()

  func run(in shell: Shell) throws {
    guard let grouping = ProductGrouping(rawValue: by.lowercased()) else {
      throw Failure.usage(
        fieldSentence(.unknownChoice(by, ProductGrouping.allCases.map(\.rawValue)), of: "by"))
    }
    let workspace = try Workspace(shell)
    try workspace.show(options.json) {
      try ProductReport(
        workspace, options.order(by: workspace), by: grouping,
        account: account.map { try workspace.account($0) },
        top: top)
    }
  }
}

/// "kam strategy effectiveness": what marketing and sales efforts brought for what they cost.
struct StrategyEffectiveness: Command {
  static let name = "strategy effectiveness"
  static let about: Phrase = "What each marketing and sales strategy cost and brought."
  static let more: Phrase = """
    By the sales and costs that name the strategy, since its beginning. +35 % means that each 100 spent came back with 35 \
    more. Nothing attributed is n/a, not 0.
    """

  @Takes("STRATEGY", "The strategy.") var strategy: String?
  let options = FigureOptions()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(options.json) {
      try StrategyReport(
        workspace, options.order(by: workspace),
        strategy: strategy.map { try workspace.find($0, kind: .strategy).id })
    }
  }
}
