import ArgumentParser
import PlanModel
import Replica
import SyncCore
import Wording

/// Looks for words in everything that this replica holds.
struct Find: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: said("Find records by the words in them."),
    discussion: said(
      """
      Finds the records that have all the words, or words that begin so, without regard to case and accents; words in \
      quotation marks follow each other. The best match comes first. Lines can be named by their number afterwards.
      """))

  @Argument(help: explained("The words.", valueName: "text")) var text: [String]
  @Option(help: explained("Only records of this kind; can be repeated.", valueName: "kind")) var kind:
    [String] = []
  @Option(help: explained("Only this account's.", valueName: "account")) var account: String?
  @Option(help: explained("At most so many.", valueName: "n")) var limit = 20
  @OptionGroup var json: JSONOption

  func validate() throws {
    guard limit > 0 else { throw ValidationError(said("--limit must be greater than 0.")) }
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
