import Foundation
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

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.tell(workspace.comment(on: record, spoken()), asJSON: json.isWanted)
  }

  private func spoken() throws -> String {
    guard text == "-" else { return text }
    let data = FileHandle.standardInput.readDataToEndOfFile()
    guard let read = String(validating: data, as: UTF8.self) else {
      throw Failure.usage("The text is not valid UTF-8.")
    }
    return read.hasSuffix("\n") ? String(read.dropLast()) : read
  }
}
