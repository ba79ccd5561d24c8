import Indicators
import PlanModel
import Speech
import Views
import Wording
import Workbench

/// What customers are worth: so far, under contract, or to be expected.
struct CLV: Command {
  enum Model: String, NamedChoice { case historic, retention, probabilistic }

  static let name = "clv"
  static let about: Phrase = "Customer lifetime value, of an account or of all."
  static let more: Phrase = """
    historic: margin of all sales so far, less what winning and keeping them has cost. retention: a year's margin for as \
    long as they stay, discounted, less acquisition; for customers under contract. probabilistic: what those without \
    contract are likely to bring within --years, by how often and how lately each bought (BG/NBD with Gamma-Gamma); \
    it needs 100 customers who bought again.
    """

  @Takes("ACCOUNT", "The account.") var account: String?
  @Takes("--model MODEL", "historic, retention or probabilistic.") var model = Model.historic
  @Takes("--discount PERCENT", "What a year's wait costs, percent.") var discount = 10.0
  @Takes(
    "--retention PERCENT",
    "The chance to stay another year, percent; otherwise the share of all accounts that stayed.")
  var retention: Double?
  @Takes(
    "--start-of-period", "A year's margin comes at its beginning, not at its end: worth one margin more.")
  var comesAtStart = false
  @Takes("--years N", "How far the probabilistic model looks ahead.") var years = 3
  @Takes("--top N", "At most so many accounts.") var top = 20
  let options = FigureOptions()

  func validate() throws {
    guard (1...30).contains(years) else { throw Failure.usage("--years must lie between 1 and 30.") }
    guard top > 0 else { throw Failure.usage("--top must be greater than 0.") }
    guard (-90...1_000).contains(discount) else {
      throw Failure.usage("--discount must lie between -90 and 1000 percent.")
    }
    guard retention.map({ (0...100).contains($0) }) ?? true else {
      throw Failure.usage("--retention must lie between 0 and 100 percent.")
    }
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(options.json) {
      try report(workspace, options.order(by: workspace), account.map { try workspace.account($0) })
    }
  }

  private func report(
    _ workspace: Workspace, _ order: FigureOrder, _ account: RecordID?
  ) throws -> any FigureReport {
    switch model {
    case .historic: try HistoricValueReport(workspace, order, account: account, top: top)
    case .retention:
      try RetentionValueReport(
        workspace, order, account: account, discount: discount / 100, retention: retention.map { $0 / 100 },
        timing: comesAtStart ? .startOfPeriod : .endOfPeriod, top: top)
    case .probabilistic:
      try ExpectedValueReport(
        workspace, order, account: account, years: years, discount: discount / 100, top: top)
    }
  }
}
