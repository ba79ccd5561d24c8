import Indicators
import PlanModel
import Speech
import Views
import Wording
import Workbench

/// The figures of an account, or of all accounts together.
struct KPI: Command {
  static let name = "kpi"
  static let about: Phrase = "The figures of an account, or of all: satisfaction, service, value, relation."
  static let more: Phrase = """
    Without ACCOUNT, of all accounts that you see: answers, requests and sales are pooled, never averaged by account. \
    Every figure says on how many records it rests; --explain says how it is made. What is good and what is worrying is \
    set with `kam kpi-target`, deadlines with `kam service-level`.
    """

  @Takes("ACCOUNT", "The account.") var account: String?
  @Takes("--only GROUP", "Only these: satisfaction, service, value or relation; can be repeated.") var only:
    [String] = []
  let options = FigureOptions()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(options.json) {
      let groups = try groups()
      return try KeyFiguresReport(
        workspace, options.order(by: workspace), account: account.map { try workspace.account($0) },
        groups: groups)
    }
  }

  private func groups() throws -> [FigureGroup] {
    guard !only.isEmpty else { return FigureGroup.allCases }
    return try only.map { word in
      let wanted = folded(word)
      guard
        let group = FigureGroup.allCases.first(where: {
          $0.rawValue == wanted || folded($0.title.text(in: .french)) == wanted
        })
      else {
        throw Failure.usage(
          fieldSentence(.unknownChoice(word, FigureGroup.allCases.map(\.rawValue)), of: "only"))
      }
      return group
    }
  }
}
