import PlanModel
import Replica
import Speech
import SyncCore
import Views
import Wording
import Workbench

/// Looks for words in everything that this replica holds.
struct Find: Command {
  static let name = "find"
  static let about: Phrase = "Find records by the words in them."
  static let more: Phrase = """
    Finds the records that have all the words, or words that begin so, without regard to case and accents; words in \
    quotation marks follow each other. The best match comes first. Lines can be named by their number afterwards.
    """

  @Takes("TEXT", "The words.") var text: [String]
  @Takes("--kind KIND", "Only records of this kind; can be repeated.") var kind: [String] = []
  @Takes("--account ACCOUNT", "Only this account's.") var account: String?
  @Takes("--limit N", "At most so many.") var limit = 20
  let json = JSONOutput()

  func validate() throws {
    guard limit > 0 else { throw Failure.usage("--limit must be greater than 0.") }
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let kinds = try kind.map { try PlanModel.kind(calledBy: $0).number }
    let account = try account.map { try workspace.account($0) }
    let hits = try workspace.replica.evenOnFullDisk { replica in
      try replica.indexWords { done, total in
        workspace.console.progress("Indexing \(done) of \(counted(total, "record")) …")
      }
      workspace.console.progress(.nothing)
      return try replica.search(
        text.joined(separator: " "), kinds: kinds.isEmpty ? nil : Set(kinds), account: account, limit: limit)
    }
    if json.isWanted {
      workspace.console.document(JSON.array(try workspace.documents(of: hits)).document)
    } else if hits.isEmpty {
      workspace.console.say("Nothing here has “\(text.joined(separator: " "))”.")
    } else {
      workspace.console.show(try workspace.listPage(of: hits))
      try workspace.remember(listed: hits.map(\.record.id))
    }
    try workspace.showAge()
  }
}
