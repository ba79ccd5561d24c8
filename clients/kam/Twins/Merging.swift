import Speech
import Wording
import Workbench

/// Makes one record of two.
struct Merging: Command {
  static let name = "merge"
  static let about: Phrase = "Make one of two accounts, contacts or products that are the same."
  static let more: Phrase = """
    Without --yes nothing changes: it lists what would. KEEP stays, with what it says; its empty fields are filled with \
    what OTHER says, and everything that points to OTHER points to KEEP. OTHER is deleted; `kam restore OTHER` takes the \
    merge back, on the device on which it was made. `kam twins` lists what may be the same.
    """

  @Takes("KEEP", "The record that stays.") var keep: String
  @Takes("OTHER", "The record that goes.") var other: String
  @Takes("--yes", "Merge them.") var yes = false
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let receipt = try workspace.merge(other, into: keep, isRehearsal: !yes)
    if json.isWanted { return workspace.console.document(receipt.json.document) }
    for line in [receipt.sentence] + receipt.notes { workspace.console.say(line) }
    if !yes { workspace.console.say("Nothing has changed yet. To merge them, add --yes.") }
  }
}
