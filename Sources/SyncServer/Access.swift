import PlanModel
import SyncCore

/// Who asks: an authenticated device and its person.
package struct Author: Equatable, Sendable {
  package let user: UserRow
  package let device: DeviceRow

  package init(user: UserRow, device: DeviceRow) {
    self.user = user
    self.device = device
  }
}

extension CanonicalReading {
  /// The author as this snapshot has them: a request that was authenticated a moment ago may have been overtaken by
  /// a revocation.
  ///
  /// - Throws: ``Authentication/Failure``
  package func current(_ author: Author) throws -> Author {
    guard let device = try device(author.device.number), let user = try user(device.user) else {
      throw Authentication.Failure.unknown
    }
    switch device.state {
    case .active: break
    case .revoked: throw Authentication.Failure.revoked
    case .suspended: throw Authentication.Failure.suspended
    }
    guard user.isActive else { throw Authentication.Failure.userSuspended }
    return Author(user: user, device: device)
  }
}

/// What a person may see, as one snapshot has it.
package struct ManifestEntry: Equatable, Sendable {
  package let row: ScopeRow
  /// Changes whenever access was lost and given again.
  package let grantEpoch: UInt64
  package let role: AccountRole?
  package let isWritable: Bool
}

extension CanonicalReading {
  /// A person's rights in `scope`.
  package func standing(of user: UserRow, in scope: Scope) throws -> Standing {
    guard let account = scope.account else {
      return Standing(
        person: user.id, organization: user.role, account: nil,
        keepsDirectory: try memberships(of: user.id).contains { $0.role == .lead })
    }
    let access = try PersonalAccess(
      user: user, memberships: memberships(of: user.id), engagements: engagements(in: account))
    let leads = try access.departments(in: account).filter { $0.role == .lead }.map {
      ($0.department, Set(try memberships(in: $0.department).map(\.user)))
    }
    return access.standing(
      in: account, grant: try grant(account, to: user.id),
      colleagues: Dictionary(uniqueKeysWithValues: leads))
  }

  /// All scopes a person may read, the directory first, then in the order they were made.
  package func manifest(of user: UserRow) throws -> [ManifestEntry] {
    let grants = Dictionary(uniqueKeysWithValues: try self.grants(to: user.id).map { ($0.account, $0) })
    let memberships = try memberships(of: user.id)
    let access = PersonalAccess(
      user: user, memberships: memberships, engagements: memberships.isEmpty ? [] : try engagements(),
      keepsDirectory: memberships.contains { $0.role == .lead })
    let seesMore = user.role != .member || !memberships.isEmpty
    let entries = try (seesMore ? scopes() : readableScopes(of: grants)).compactMap { row in
      access.entry(for: row, grant: row.scope.account.flatMap { grants[$0] })
    }
    // Deleted accounts take nobody's place: of more than a replica can hold, those that exist come first.
    let surplus = entries.count - Limits.scopesPerUserMax
    guard surplus > 0 else { return entries }
    let left = Set(entries.lazy.filter(\.row.isDeleted).prefix(surplus).map(\.row.number))
    return entries.filter { !left.contains($0.row.number) }
  }

  private func readableScopes(of grants: [RecordID: GrantRow]) throws -> [ScopeRow] {
    var rows = [try scope(.directory)].compactMap { $0 }
    for account in grants.keys {
      rows += [try scope(.plan(account)), try scope(.finance(account))].compactMap { $0 }
    }
    return rows.sorted { $0.number < $1.number }
  }

  /// Grows with every change of what the person may see; told apart by equality only.
  package func manifestVersion(of user: UserRow) throws -> [UInt64] {
    let seesMore = try user.role != .member || !memberships(of: user.id).isEmpty
    return seesMore ? [user.accessVersion, try organization().accountsVersion] : [user.accessVersion]
  }
}

/// What one person may do where, worked out from their organisation role, the accounts shared with them, and the
/// departments they belong to.
private struct PersonalAccess {
  let user: UserRow
  let memberships: [MembershipRow]
  let keepsDirectory: Bool
  private var engagements: [RecordID: [DepartmentCode: EngagementRow]] = [:]

  init(
    user: UserRow, memberships: [MembershipRow], engagements: [EngagementRow], keepsDirectory: Bool = false
  ) {
    self.keepsDirectory = keepsDirectory
    self.user = user
    self.memberships = memberships
    for row in engagements { self.engagements[row.account, default: [:]][row.department] = row }
  }

  /// The person's departments that are engaged in an account.
  func departments(in account: RecordID) -> [MembershipRow] {
    memberships.filter { engagements[account]?[$0.department]?.isEngaged ?? true }
  }

  func standing(
    in account: RecordID?, grant: GrantRow?, colleagues: [DepartmentCode: Set<RecordID>] = [:]
  ) -> Standing {
    let engaged = account.map(departments) ?? []
    let disengaged =
      account.flatMap { engagements[$0] }?.values.filter { !$0.isEngaged }.map(\.department) ?? []
    return Standing(
      person: user.id, organization: user.role, account: grant?.role,
      departments: Dictionary(
        engaged.map {
          ($0.department, DepartmentStanding($0.role, colleagues: colleagues[$0.department] ?? []))
        }, uniquingKeysWith: { first, _ in first }),
      disengaged: Set(disengaged), keepsDirectory: keepsDirectory)
  }

  /// Nil when the person may not read the scope.
  func entry(for row: ScopeRow, grant: GrantRow?) -> ManifestEntry? {
    let standing = standing(in: row.scope.account, grant: grant)
    let family = row.scope.family
    guard standing.mayRead(family) else { return nil }
    return ManifestEntry(
      row: row, grantEpoch: grantEpoch(row.scope, grant), role: grant?.role,
      isWritable: standing.mayWrite(family))
  }

  /// Of the first source that gives access, in an order that does not change. Epochs are never given out twice, so
  /// access that was lost from all sources and given again by any has another one.
  private func grantEpoch(_ scope: Scope, _ grant: GrantRow?) -> UInt64 {
    guard let account = scope.account else {
      // The directory is read from the first day to the last.
      return 1
    }
    if scope.family == .plan, let grant { return grant.planEpoch }
    if scope.family == .finance, let grant, grant.role >= .contributor { return grant.financeEpoch }
    if user.role != .member { return user.roleEpoch }
    let sources = departments(in: account).filter { scope.family == .plan || $0.department == .finance }
    return sources.map { max($0.epoch, engagements[account]?[$0.department]?.epoch ?? 0) }.min() ?? 0
  }
}
