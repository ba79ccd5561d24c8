import PlanModel
import ProtocolMessages
import Replica
import Speech
import SwiftProtobuf
import SyncCore
import Wording

// Who may see what is changed on the server; what is read and known of it here is not.

extension Workbench {
  /// The address of somebody who may not be in this replica yet.
  package func emailAddress(_ text: String) throws -> String {
    guard text.contains("@") else { return try people().resolve(text).email }
    guard !hasShellSigns(text) else {
      throw Failure.usage("“\(text)” is not an address: it has signs that a shell reads as commands.")
    }
    return text.lowercased()
  }

  /// "logistics" and "logistics:member", "logistics:lead", "logistics:none".
  package func membership(_ text: String) throws -> (DepartmentCode, DepartmentRole?) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let code = try departments().resolve(parts[0])
    guard parts.count > 1 else { return (code, .member) }
    if parts.count == 2, parts[1] == "none" { return (code, nil) }
    guard parts.count == 2, let role = DepartmentRole(named: parts[1]) else {
      throw Failure.usage("\(field: "department"): “\(text)” must end in :lead, :member or :none.")
    }
    return (code, role)
  }

  /// What somebody sees of an account without its being shared with them, and what takes that away.
  package func otherAccess(of email: String, to account: RecordID) throws -> [Phrase] {
    try atOneMoment {
      let people = try replica.records(ofKind: KindNumber.person).map {
        try $0.state.message(KamPerson.self)
      }
      guard let person = people.first(where: { $0.email == email }) else { return [] }
      return byRole(person) + (try byDepartments(person, account))
    }
  }

  private func byRole(_ person: KamPerson) -> [Phrase] {
    guard let role = OrganizationRole(rawValue: person.role.rawValue), role != .member else { return [] }
    return [
      """
      \(person.email) still sees every account, as \(word: role.name) of the organisation; an admin changes that with \
      \(action: .makeMember(email: person.email)).
      """
    ]
  }

  private func byDepartments(_ person: KamPerson, _ account: RecordID) throws -> [Phrase] {
    let disengaged = try replica.standing(in: .plan(account)).disengaged
    return try person.departments.map { DepartmentCode(Int64($0.department.rawValue)) }
      .filter { !disengaged.contains($0) }.map { code in
        let name = try departments().word(code)
        let disengage = Action.disengage(account: try accounts().label(account), department: name)
        return """
          \(person.email) still sees its plan by belonging to \(word: name); \(action: disengage) takes that away from all \
          of \(word: name).
          """
      }
  }
}
