import PlanModel

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
    let grant = try scope.account.flatMap { try self.grant($0, to: user.id) }
    return Standing(person: user.id, organization: user.role, account: grant?.role)
  }

  /// All scopes a person may read, the directory first, then in the order they were made.
  package func manifest(of user: UserRow) throws -> [ManifestEntry] {
    let grants = Dictionary(uniqueKeysWithValues: try self.grants(to: user.id).map { ($0.account, $0) })
    let rows =
      user.role == .member
      ? try readableScopes(of: grants) : try scopes()
    return rows.compactMap { row in
      let grant = row.scope.account.flatMap { grants[$0] }
      let standing = Standing(person: user.id, organization: user.role, account: grant?.role)
      let family = row.scope.family
      guard standing.mayRead(family) else { return nil }
      return ManifestEntry(
        row: row, grantEpoch: grantEpoch(of: user, grant: grant, family), role: grant?.role,
        isWritable: standing.mayWrite(family))
    }
  }

  private func readableScopes(of grants: [RecordID: GrantRow]) throws -> [ScopeRow] {
    var rows = [try scope(.directory)].compactMap { $0 }
    for account in grants.keys {
      rows += [try scope(.plan(account)), try scope(.finance(account))].compactMap { $0 }
    }
    return rows.sorted { $0.number < $1.number }
  }

  private func grantEpoch(of user: UserRow, grant: GrantRow?, _ family: ScopeFamily) -> UInt64 {
    switch family {
    // The directory is read from the first day to the last.
    case .directory: return 1
    case .plan: return grant?.planEpoch ?? user.roleEpoch
    case .finance:
      guard let grant, grant.role >= .contributor else { return user.roleEpoch }
      return grant.financeEpoch
    }
  }

  /// Grows with every change of what the person may see; told apart by equality only.
  package func manifestVersion(of user: UserRow) throws -> [UInt64] {
    user.role == .member
      ? [user.accessVersion] : [user.accessVersion, try organization().accountsVersion]
  }
}
