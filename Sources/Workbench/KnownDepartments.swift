import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncCore

/// The departments of the organisation, as this replica knows them.
package struct KnownDepartments {
  package struct Department: Equatable {
    package let code: DepartmentCode
    /// As admins call it.
    package let name: String

    /// As people type it.
    package var word: String { code.builtInName ?? name }

    package init(code: DepartmentCode, name: String) {
      self.code = code
      self.name = name
    }
  }

  /// By code.
  package let all: [Department]

  package init(_ views: [RecordView]) {
    var found = Dictionary(
      Choices.departments.all.map { (DepartmentCode($0.number), $0.name) }, uniquingKeysWith: { $1 })
    for view in views where view.state.alive {
      guard let record = try? view.state.message(KamDepartment.self),
        record.code != .unspecified
      else { continue }
      found[DepartmentCode(Int64(record.code.rawValue))] = record.name
    }
    all = found.map { Department(code: $0.key, name: $0.value) }.sorted { $0.code < $1.code }
  }

  /// "logistics", or the name of one of the organisation's own.
  package func word(_ code: DepartmentCode) -> String {
    all.first { $0.code == code }?.word ?? "department \(code.number)"
  }

  /// - Throws: ``Failure`` when there is none of that name.
  package func resolve(_ text: String, of place: FieldName = .option("department")) throws -> DepartmentCode {
    func named(_ text: String) -> Department? {
      let wanted = text.lowercased()
      return all.first {
        $0.word.lowercased() == wanted || $0.name.lowercased() == wanted || String($0.code.number) == wanted
      }
    }
    // By the organisation's names first, then by those that built-in departments have in other languages.
    guard let found = named(text) ?? choiceName(text, among: .departments).flatMap(named) else {
      throw Failure.usage(
        place.sentence(.unknownChoice(text, all.map(\.word)), label: "department"))
    }
    return found.code
  }
}

extension Workbench {
  package func departments() throws -> KnownDepartments {
    try known(\.knownDepartments) {
      KnownDepartments(try replica.records(ofKind: KindDescription.department.number))
    }
  }

  /// The departments that a person belongs to, as the directory says.
  package func memberships(of person: RecordID) throws -> [DepartmentCode: DepartmentRole] {
    guard let view = try replica.record(person, in: .directory),
      let record = try? view.state.message(KamPerson.self)
    else { return [:] }
    return Dictionary(
      record.departments.compactMap { membership in
        DepartmentRole(rawValue: membership.role.rawValue).map {
          (DepartmentCode(Int64(membership.department.rawValue)), $0)
        }
      }, uniquingKeysWith: { $1 })
  }
}
