/// What a person may do in one account; each role includes the ones below it.
package enum AccountRole: Int, Comparable, Sendable, CaseIterable {
  /// Reads plan.
  case viewer = 1
  /// Writes plan, reads finance.
  case contributor = 2
  /// Writes plan and finance, shares the account.
  case manager = 3

  package init?(named name: some StringProtocol) {
    guard let role = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = role
  }

  package var name: String {
    switch self {
    case .viewer: "viewer"
    case .contributor: "contributor"
    case .manager: "manager"
    }
  }

  package static func < (left: AccountRole, right: AccountRole) -> Bool { left.rawValue < right.rawValue }
}

/// What a person may do in the whole organisation.
package enum OrganizationRole: Int, Sendable, CaseIterable {
  case member = 1
  case executive = 2
  case admin = 3

  package init?(named name: some StringProtocol) {
    guard let role = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = role
  }

  package var name: String {
    switch self {
    case .member: "member"
    case .executive: "executive"
    case .admin: "admin"
    }
  }
}

/// What a person is in one department, as far as an account's rules ask.
package struct DepartmentStanding: Equatable, Sendable {
  package let role: DepartmentRole
  /// The people who belong to it; filled in for leads only, who assign within the department.
  package let colleagues: Set<RecordID>

  package init(_ role: DepartmentRole, colleagues: Set<RecordID> = []) {
    self.role = role
    self.colleagues = colleagues
  }
}

/// A person's rights in one scope at one moment.
package struct Standing: Equatable, Sendable {
  package let person: RecordID
  package let organization: OrganizationRole
  /// Nil when the account is not shared with them; always nil in the directory.
  package let account: AccountRole?
  /// Their departments that are engaged in the account; none in the directory.
  package let departments: [DepartmentCode: DepartmentStanding]
  /// Whether they keep the parts of the directory that are not settings: leads of departments do, whom an admin has named.
  /// Only known for the directory.
  package let keepsDirectory: Bool
  /// The departments that stay out of the account: nothing new is addressed to them.
  package let disengaged: Set<DepartmentCode>

  package init(
    person: RecordID, organization: OrganizationRole, account: AccountRole?,
    departments: [DepartmentCode: DepartmentStanding] = [:], disengaged: Set<DepartmentCode> = [],
    keepsDirectory: Bool = false
  ) {
    self.person = person
    self.organization = organization
    self.account = account
    self.departments = departments
    self.disengaged = disengaged
    self.keepsDirectory = keepsDirectory
  }

  package func mayRead(_ family: ScopeFamily) -> Bool {
    if organization != .member || family == .directory { return true }
    switch family {
    case .directory: return true
    case .plan: return account != nil || !departments.isEmpty
    case .finance: return (account ?? .viewer) >= .contributor || departments[.finance] != nil
    }
  }

  /// Whether any write at all can succeed there.
  package func mayWrite(_ family: ScopeFamily) -> Bool {
    if organization == .admin { return true }
    switch family {
    case .directory: return keepsDirectory
    case .plan: return (account ?? .viewer) >= .contributor || !departments.isEmpty
    case .finance: return account == .manager || departments[.finance] != nil
    }
  }

  /// The role that counts for a register's `writer`: an admin can do all a manager can, and engaged finance people
  /// keep the figures.
  package func effectiveRole(in family: ScopeFamily) -> AccountRole? {
    if organization == .admin { return .manager }
    return family == .finance && departments[.finance] != nil ? .manager : account
  }
}
