import PlanModel
import Replica
import Views
import Wording
import Workbench

/// "kam segment who": who is in a segment; without one, how many are in each.
struct SegmentWho: Command {
  static let name = "segment who"
  static let about: Phrase = "Which accounts are in a segment; without one, how many are in each."
  static let more: Phrase = """
    A rule joins conditions with and, or, not and parentheses, such as: stage = loyal and country in (FR, BE) and \
    (nps >= 50 or not tier > 1) and need ~ "energy". What is not known of an account neither holds nor fails. `kam segment \
    properties` lists what can be asked. Accounts are put into a segment by hand with `kam segment-member add`.
    """

  @Takes("SEGMENT", "The segment.") var segment: String?
  let options = FigureOptions()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(options.json) {
      let order = try options.order(by: workspace)
      guard let segment else { return try SegmentsReport(workspace, order) }
      return try SegmentReport(workspace, order, segment: workspace.find(segment, kind: .segment).id)
    }
  }
}

/// "kam segment why SEGMENT ACCOUNT": each condition, and what was found.
struct SegmentWhy: Command {
  static let name = "segment why"
  static let about: Phrase = "Why an account is in a segment, or is not."

  @Takes("SEGMENT", "The segment.") var segment: String
  @Takes("ACCOUNT", "The account.") var account: String
  let options = FigureOptions()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(options.json) {
      try SegmentWhyReport(
        workspace, options.order(by: workspace), segment: workspace.find(segment, kind: .segment).id,
        account: workspace.account(account))
    }
  }
}

/// "kam segment properties": what rules can ask.
struct SegmentProperties: Command {
  static let name = "segment properties"
  static let about: Phrase = "What the rules of segments can ask of an account."
  let json = JSONOutput()

  func run(in shell: Shell) {
    if json.isWanted { return shell.console.document(segmentPropertiesDocument().document) }
    shell.console.show(segmentPropertiesPage(for: shell.reader))
  }
}
