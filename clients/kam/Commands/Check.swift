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

  func run() throws {
    let workspace = try Workspace()
    var isDamaged = false
    var problems = try workspace.replica.integrityProblems().flatMap { $0.split(separator: "\n") }
      .map { "The file: \($0)" as Phrase }
    // A damaged file makes everything below unreadable.
    if problems.isEmpty {
      let differing = try workspace.replica.scopesThatDiffer()
      problems += differing.map { "The digest of \($0) is not that of its records." }
      let stale = try workspace.replica.evenOnFullDisk { try $0.viewsThatDiffer() }
      problems += stale.map { "Record \($0) does not show what its waiting edits make of it." }
      // What is not the server's is fetched again by the next sync, what is shown wrongly is shown anew at once.
      try workspace.replica.suspect(differing)
      if !stale.isEmpty { try workspace.replica.rebuildViews() }
    } else {
      isDamaged = true
    }
    if json.isWanted {
      workspace.console.document(
        JSON.object([
          ("whole", .flag(problems.isEmpty)), ("records", .integer(try workspace.replica.count())),
          ("problems", .array(problems.map { .text(said($0)) })),
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
      if isDamaged {
        throw Failure.refused(
          "The file of the replica is damaged: kam doctor saves what waits and makes a new one.")
      }
      throw Failure.refused(
        "The replica is not whole. A sync mends what differs from the server; waiting edits are kept.")
    }
  }
}
