import PlanModel
import Replica
import Speech
import SyncCore
import Wording

extension Workbench {
  /// Says who of us is an account's privileged contact. Guarded: when two people assign at the same time, one wins.
  ///
  /// - Parameters:
  ///   - name: Who it is.
  ///   - deputy: Who stands in.
  ///   - since: Since when, as typed; nil: today, unless it is the same person.
  ///   - cadenceDays: At least one contact every so many days.
  package func assignContact(
    of account: String, to name: String, deputy: String? = nil, since: String? = nil,
    cadenceDays: String? = nil
  ) throws -> Receipt {
    try asOne {
      let kind = KindDescription.privilegedContact
      let account = try self.account(account)
      let scope = Scope.plan(account)
      let id = account.singleton(ofKind: kind.number)
      let present = try replica.record(id, in: scope)
      let person = try people().resolve(name)
      let isSame = present?.reference(PrivilegedContactRegister.person) == person.id
      let values = try assignments(
        typed: [
          (PrivilegedContactRegister.person, person.id.description),
          (PrivilegedContactRegister.deputy, deputy), (PrivilegedContactRegister.cadenceDays, cadenceDays),
          (PrivilegedContactRegister.since, since ?? (isSame ? nil : "today")),
        ], of: kind, in: scope)
      let label = try accounts().label(account)
      let isChanged = try edit(in: scope, "assigned \(person.name) to \(label)") { draft in
        if present == nil {
          try draft.create(id, kind: kind.number, filled(values))
        } else {
          try draft.update(id, values)
        }
      }
      return Receipt(
        try replica.record(id, in: scope).map { [$0] } ?? [], isChanged: isChanged,
        isChanged
          ? "Requested: \(person.name) is the privileged contact of \(label); waiting to sync, which tells whether it stands."
          : "Nothing changed: \(person.name) is the privileged contact of \(label) already.")
    }
  }
}
