import PlanModel
import Replica
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

  func run() throws {
    let workspace = try Workspace()
    let kind = KindDescription.privilegedContact
    let account = try workspace.account(account)
    let scope = Scope.plan(account)
    let id = account.singleton(ofKind: kind.number)
    let present = try workspace.replica.record(id, in: scope)
    let person = try workspace.people().resolve(to)
    var given: [(name: String, text: String)] = [("person", person.id.description)]
    if let deputy { given.append(("deputy", deputy)) }
    if let cadenceDays { given.append(("cadence-days", cadenceDays)) }
    let isSame =
      present.flatMap { view in kind.register(named: "person").flatMap { view.value($0) } }
      == .reference(person.id)
    if let since { given.append(("since", since)) } else if !isSame { given.append(("since", "today")) }
    let values: [Assignment] = try given.compactMap { name, text in
      guard let register = kind.register(named: name) else { return nil }
      return (register.number, try workspace.value(text, for: register, in: scope))
    }
    let label = try workspace.accounts().label(account)
    let changed = try workspace.edit(in: scope, "assigned \(person.name) to \(label)") { draft in
      if present == nil {
        try draft.create(
          id, kind: kind.number, values.compactMap { value in value.value.map { (value.register, $0) } })
      } else {
        try draft.update(id, values)
      }
    }
    if json.isWanted {
      guard let view = try workspace.replica.record(id, in: scope) else { return }
      return workspace.console.document(try workspace.json([view])[0].document)
    }
    workspace.console.say(
      changed
        ? "Requested: \(person.name) is the privileged contact of \(label); waiting to sync, which tells whether it stands."
        : "Nothing changed: \(person.name) is the privileged contact of \(label) already.")
  }
}
