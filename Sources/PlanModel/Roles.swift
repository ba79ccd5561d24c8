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

/// A person's rights in one scope at one moment.
package struct Standing: Equatable, Sendable {
  package let person: RecordID
  package let organization: OrganizationRole
  /// Nil when the account is not shared with them; always nil in the directory.
  package let account: AccountRole?

  package init(person: RecordID, organization: OrganizationRole, account: AccountRole?) {
    self.person = person
    self.organization = organization
    self.account = account
  }

  package func mayRead(_ family: ScopeFamily) -> Bool {
    if organization != .member || family == .directory { return true }
    guard let account else { return false }
    return family == .plan || account >= .contributor
  }

  /// Whether any write at all can succeed there.
  package func mayWrite(_ family: ScopeFamily) -> Bool {
    if organization == .admin { return true }
    switch family {
    case .directory: return false
    case .plan: return (account ?? .viewer) >= .contributor
    case .finance: return account == .manager
    }
  }

  /// The role that counts for a register's `writer`: an admin can do all a manager can.
  package var effectiveAccountRole: AccountRole? { organization == .admin ? .manager : account }
}
