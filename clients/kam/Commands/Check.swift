import Replica
import Speech
import Wording
import Workbench

struct Check: Command {
  static let name = "check"
  static let about: Phrase =
    "Prove that this replica is whole: its file, its digests, and what its waiting edits make of it."
  let json = JSONOutput()

  private static let problemsShownMax = 10

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let wholeness = try workspace.proveWhole()
    let problems = wholeness.problems
    if json.isWanted {
      workspace.console.document(
        JSON.object([
          ("whole", .flag(problems.isEmpty)), ("records", .integer(try workspace.replica.count())),
          ("problems", .array(problems.map { .text(workspace.said($0)) })),
        ]).document)
    } else if problems.isEmpty {
      workspace.console.say(
        "Whole: \(counted(try workspace.replica.count(), "synced record")) in \(counted(try workspace.replica.scopes().count, "scope")), every digest right."
      )
    } else {
      for problem in problems.prefix(Self.problemsShownMax) { workspace.console.say(problem) }
      if problems.count > Self.problemsShownMax {
        workspace.console.say("… and \(problems.count - Self.problemsShownMax) more")
      }
    }
    guard problems.isEmpty else {
      if wholeness.isDamaged {
        throw Failure.refused(
          "The file of the replica is damaged: kam doctor saves what waits and makes a new one.")
      }
      throw Failure.refused(
        "The replica is not whole. A sync repairs what differs from the server; waiting edits are kept.")
    }
  }
}
