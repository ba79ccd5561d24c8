import Speech
import Views
import Wording
import Workbench

/// Accounts by one measure: the most loyal and the most profitable are two lists.
struct Rank: Command {
  static let name = "rank"
  static let about: Phrase = "Accounts ranked by lifetime value, margin, revenue, loyalty, health or NPS."
  static let more: Phrase = """
    Accounts whose values cannot be told apart share a rank (2=): those with equal values, and where answers are few, \
    those whose intervals overlap. Loyalty is 0 to 100: 40 for the length of the relation (ten years are all of it), 40 \
    for buying in each of the last eight quarters, 20 for a purchase in the last year, less the longer it is ago.
    """

  @Takes("--by MEASURE", "clv, margin, revenue, loyalty, health or nps.") var by = RankMeasure.clv
  @Takes("--top N", "At most so many.") var top: Int?
  let options = FigureOptions()

  func validate() throws {
    guard top.map({ $0 > 0 }) ?? true else { throw Failure.usage("--top must be greater than 0.") }
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(options.json) {
      try RankReport(workspace, options.order(by: workspace), by: by, top: top)
    }
  }
}

extension RankMeasure: NamedChoice {}
