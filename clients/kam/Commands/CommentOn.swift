import Foundation
import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// A remark on a record. An event: never changed; deleted like any record.
struct CommentOn: Command {
  static let name = "comment"
  static let about: Phrase = "Say something about a record."
  static let more: Phrase =
    "With “-” for TEXT it is read from standard input. `show` prints a record's comments."

  @Takes("RECORD", "The record.") var record: String
  @Takes("TEXT", "What is said.") var text: String
  let json = JSONOutput()

  func run() throws {
    let workspace = try Workspace()
    let kind = KindDescription.comment
    let target = try workspace.find(record, kind: nil)
    guard target.scope.account != nil else {
      throw Failure.refused(
        "Comments belong to an account; \(withArticle(PlanModel.kind(target.kind)?.label ?? "record")) has none."
      )
    }
    let given: [(name: String, value: RegisterValue?)] = [
      ("about", .reference(target.id)), ("about-kind", .integer(Int64(target.kind))),
      ("text", try value(text, workspace, target)),
    ]
    let values = try workspace.complete(
      given.compactMap { name, value in kind.register(named: name).map { ($0.number, value) } }, kind)
    let id = workspace.newID()
    try workspace.edit(in: target.scope, "commented on \(try workspace.name(target))") { draft in
      try draft.create(id, kind: kind.number, values)
    }
    guard let view = try workspace.replica.record(id, in: target.scope) else { return }
    if json.isWanted {
      return workspace.console.document(try workspace.json([view])[0].document)
    }
    workspace.console.say(
      "Commented on \(try workspace.name(target) + workspace.place(of: target)) (\(try workspace.handle(id))); waiting to sync."
    )
  }

  private func value(_ given: String, _ workspace: Workspace, _ target: RecordView) throws -> RegisterValue {
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
