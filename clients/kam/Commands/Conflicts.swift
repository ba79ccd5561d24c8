import Pages
import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncCore
import Views
import Wording
import Workbench

struct ListConflicts: Command {
  static let name = "conflicts"
  static let about: Phrase = "Both values, both authors, and how to take the other one (the default)."
  @Takes("--new", "Only those that no list has shown yet.") var new = false
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    if json.isWanted {
      workspace.console.document(JSON.array(try workspace.conflictDocuments(unseenOnly: new)).document)
    } else {
      let pages = try workspace.conflictPages(unseenOnly: new)
      if pages.isEmpty { workspace.console.say(new ? "No new conflicts." : "No conflicts.") }
      for page in pages { workspace.console.show(page) }
      let refused = try workspace.replica.quarantine().count
      if refused > 0 {
        workspace.console.say("\(counted(refused, "refused edit")): \(action: .listRefusedEdits)")
      }
      if pages.contains(where: \.isNew) { try workspace.replica.markConflictsSeen() }
    }
    try workspace.showAge()
  }
}

struct TakeOther: Command {
  static let name = "conflicts take"
  static let about: Phrase = "Write the value that does not stand as a new edit."
  static let more: Phrase =
    "Of a deleted record: restore it, with everything it held."
  @Takes("NUMBER", "The conflict's number.") var number: Int64
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.tell(workspace.take(conflict: number), asJSON: json.isWanted)
  }
}

struct RefusedEdits: Command {
  static let name = "conflicts refused"
  static let about: Phrase = "The edits that the server refused; their words are kept until dismissed."
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let entries = try workspace.replica.quarantine()
    if json.isWanted {
      workspace.console.document(JSON.array(try entries.map(workspace.json)).document)
    } else {
      if entries.isEmpty { workspace.console.say("No refused edits.") }
      for (place, entry) in entries.enumerated() {
        workspace.console.say("\(place + 1)  \(entry.mutation.summary)", .strong)
        var rows: [(label: Phrase, text: Phrase)] = [
          ("edited", workspace.moments.at(entry.created)), ("why", try workspace.reason(entry)),
        ]
        rows += try workspace.writtenValues(entry).map { (.verbatim($0.field), .verbatim($0.value)) }
        workspace.show(rows)
      }
      if !entries.isEmpty { workspace.console.say("Let one go: kam conflicts dismiss N (or --all)", .dim) }
    }
    try workspace.showAge()
  }
}

struct Dismiss: Command {
  static let name = "conflicts dismiss"
  static let about: Phrase = "Let go of a refused edit, by its number in `conflicts refused`."
  @Takes("NUMBER", "Its number.") var number: Int?
  @Takes("--all", "Every refused edit.") var all = false

  func validate() throws {
    guard (number != nil) != all else {
      throw Failure.usage("Give the number of a refused edit, or --all.")
    }
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let entries = try workspace.replica.quarantine()
    guard let number else {
      for entry in entries { _ = try workspace.replica.dismiss(entry.id) }
      return workspace.console.say("Dismissed \(counted(entries.count, "refused edit")).")
    }
    guard entries.indices.contains(number - 1) else {
      throw Failure.notFound("There is no refused edit \(number); `kam conflicts refused` lists them.")
    }
    _ = try workspace.replica.dismiss(entries[number - 1].id)
    workspace.console.say("Dismissed: \(entries[number - 1].mutation.summary)")
  }
}
