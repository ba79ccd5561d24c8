import PlanModel
import Replica
import Speech
import SyncCore
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

  func run() throws {
    let workspace = try Workspace()
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
      try printJSON(hits, workspace)
    } else {
      try show(hits, workspace)
      try workspace.remember(listed: hits.map(\.record.id))
    }
    try workspace.showAge()
  }

  private func show(_ hits: [SearchHit], _ workspace: Workspace) throws {
    guard !hits.isEmpty else {
      return workspace.console.say("Nothing here has “\(text.joined(separator: " "))”.")
    }
    var table = Table([
      .init(title: .verbatim("#"), isNumber: true, isKey: true), .init(title: "handle", isKey: true),
      .init(title: .word("kind")), .init(title: .word("title"), shrinks: true, isKey: true),
      .init(title: .word("account")), .init(title: "where it says so"),
    ])
    let handles = try workspace.replica.handles(for: hits.map(\.record.id))
    for (place, hit) in hits.enumerated() {
      let record = hit.record
      table.add([
        "\(place + 1)", handles[record.id]?.description ?? "",
        said(word: PlanModel.kind(record.kind)?.label ?? "record"),
        workspace.title(record), try record.scope.account.map { try workspace.accounts().label($0) } ?? "",
        oneLine(hit.excerpt),
      ])
    }
    workspace.console.show(table)
  }

  private func printJSON(_ hits: [SearchHit], _ workspace: Workspace) throws {
    let records = try workspace.json(hits.map(\.record))
    workspace.console.document(
      JSON.array(
        zip(records, hits).map { record, hit in
          .object([("record", record), ("excerpt", .text(hit.excerpt))])
        }
      ).document)
  }
}
