import ArgumentParser
import Foundation
import PlanModel
import Replica
import Wording

/// A remark on a record. An event: never changed; deleted like any record.
struct CommentOn: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "comment", abstract: said("Say something about a record."),
    usage: "kam comment RECORD TEXT [--json]",
    discussion: said("With “-” for TEXT it is read from standard input. `show` prints a record's comments."))

  @Argument(parsing: .captureForPassthrough, help: .hidden)
  var words: [String] = []

  func run() throws {
    let words = try Words(self.words, flags: ["json", "help"])
    if words.flags.contains("help") { throw CleanExit.helpRequest(Self.self) }
    try words.check(options: ["json", "help"])
    try words.check(positionals: ["RECORD", "TEXT"])
    let workspace = try Workspace()
    let kind = KindDescription.comment
    let target = try workspace.find(words.positionals[0], kind: nil)
    guard target.scope.account != nil else {
      throw Failure.refused(
        "Comments belong to an account; \(withArticle(PlanModel.kind(target.kind)?.label ?? "record")) has none."
      )
    }
    let given: [(name: String, value: RegisterValue?)] = [
      ("about", .reference(target.id)), ("about-kind", .integer(Int64(target.kind))),
      ("text", try text(words.positionals[1], workspace, target)),
    ]
    let values = try workspace.complete(
      given.compactMap { name, value in kind.register(named: name).map { ($0.number, value) } }, kind)
    let id = workspace.newID()
    try workspace.edit(in: target.scope, "commented on \(try workspace.name(target))") { draft in
      try draft.create(id, kind: kind.number, values)
    }
    guard let view = try workspace.replica.record(id, in: target.scope) else { return }
    if words.flags.contains("json") {
      return workspace.console.document(try workspace.json([view])[0].document)
    }
    workspace.console.say(
      "Commented on \(try workspace.name(target) + workspace.place(of: target)) (\(try workspace.handle(id))); waiting to sync."
    )
  }

  private func text(_ given: String, _ workspace: Workspace, _ target: RecordView) throws -> RegisterValue {
    var text = given
    if text == "-" {
      let data = FileHandle.standardInput.readDataToEndOfFile()
      guard let read = String(validating: data, as: UTF8.self) else {
        throw Failure.usage("The text is not valid UTF-8.")
      }
      text = read.hasSuffix("\n") ? String(read.dropLast()) : read
    }
    guard let register = KindDescription.comment.register(named: "text"),
      let value = try workspace.value(text, for: register, in: target.scope)
    else { throw Failure.usage("The text must not be empty.") }
    return value
  }
}
