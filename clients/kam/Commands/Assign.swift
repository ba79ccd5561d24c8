import ArgumentParser
import PlanModel
import Replica
import Wording

/// The one person of ours for an account. Guarded: when two people assign at the same time, one wins.
struct AssignContact: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: said("Say who of us is an account's privileged contact."),
    discussion: said("Offline it is a request; sync tells whether it stands."))

  @Argument(help: explained("The account.")) var account: String
  @Option(help: explained("Who it is.", valueName: "email")) var to: String
  @Option(help: explained("Who stands in.", valueName: "email")) var deputy: String?
  @Option(help: explained("Since when; today unless said.", valueName: "day")) var since: String?
  @Option(help: explained("At least one contact every so many days.", valueName: "n")) var cadenceDays:
    String?
  @OptionGroup var json: JSONOption

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
