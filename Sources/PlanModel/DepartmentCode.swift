/// A department of the organisation, named by the code that records carry: 1 to 5 are built in, the organisation's own
/// begin at ``firstOwn`` and are given out by the server.
package struct DepartmentCode: Hashable, Comparable, Sendable {
  package let number: Int64

  package init(_ number: Int64) { self.number = number }

  /// Leaves room for more that are built in.
  package static let firstOwn: Int64 = 1_001
  /// What an enumeration's register can hold.
  package static let lastOwn: Int64 = 65_535

  package static let sales = DepartmentCode(1)
  /// Finance and accounting: its people read and write the figures of the accounts it is engaged in.
  package static let finance = DepartmentCode(3)

  /// Of a built-in one; the organisation's own have theirs in the directory.
  package var builtInName: String? { Choices.departments.all.first { $0.number == number }?.name }

  package static func < (left: DepartmentCode, right: DepartmentCode) -> Bool { left.number < right.number }
}

/// What a person is in a department; each includes the one below it.
package enum DepartmentRole: Int, Comparable, Sendable, CaseIterable {
  /// Claims and progresses what is addressed to the department.
  case member = 1
  /// Assigns it within the department, and releases what others hold.
  case lead = 2

  package init?(named name: some StringProtocol) {
    guard let role = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = role
  }

  package var name: String {
    switch self {
    case .member: "member"
    case .lead: "lead"
    }
  }

  package static func < (left: DepartmentRole, right: DepartmentRole) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension RegisterType {
  /// Whether it names a department: the choices are the built-in ones, and the organisation adds its own.
  package var isDepartment: Bool { self == .choice(.departments) }
}

extension Choices {
  /// The built-in departments. An organisation's own have greater numbers, and their names in the directory.
  package static let departments = Choices("sales", "support", "finance", "logistics", "marketing")
}
