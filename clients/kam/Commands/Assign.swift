import Speech
import Wording
import Workbench

/// The one person of ours for an account. Guarded: when two people assign at the same time, one wins.
struct AssignContact: Command {
  static let name = "contact assign"
  static let about: Phrase = "Say who of us is an account's privileged contact."
  static let more: Phrase =
    "Offline it is a request; sync tells whether it stands."

  @Takes("ACCOUNT", "The account.") var account: String
  @Takes("EMAIL --to", "Who it is.") var to: String
  @Takes("--deputy EMAIL", "Who stands in.") var deputy: String?
  @Takes("--since DAY", "Since when; today unless said.") var since: String?
  @Takes("--cadence-days N", "At least one contact every so many days.") var cadenceDays: String?
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let receipt = try workspace.assignContact(
      of: account, to: to, deputy: deputy, since: since, cadenceDays: cadenceDays)
    try workspace.tell(receipt, asJSON: json.isWanted)
  }
}
