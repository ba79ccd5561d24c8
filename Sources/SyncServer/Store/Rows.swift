import PlanModel
import ProtocolMessages
import SyncCore

// What the canonical store keeps, as the decisions see it. One type serves decision and table.

package struct OrganizationRow: Equatable, Sendable {
  package var name: String
  /// Identity of this history; 16 random bytes in hexadecimal. Changes when a backup is restored.
  package var epoch: String
  /// Authenticates checkpoints; 32 random bytes.
  package var checkpointKey: [UInt8]
  package var clock: HybridClock
  /// Grows when an account is made or a department's engagement changes, for those who see more than is shared with
  /// them.
  package var accountsVersion: UInt64
  /// The last grant epoch given out.
  package var grantEpoch: UInt64
  /// How many entries all histories have together: a scope's pages that were put back alone do not fit.
  package var historyEntries: Int64 = 0
  /// The end of the audit log's chain.
  package var auditChain: [UInt8]
  /// Unix milliseconds.
  package var compacted: Int64
  /// How many decisions were committed so far. With the incarnation it tells which of two copies of a history is older.
  package var commits: UInt64
  /// When the epoch began, Unix milliseconds; 0 for the first, which lost nothing.
  package var epochBegan: Int64
  /// What the clock was then: nothing that was decided before is stamped later.
  package var epochClock: UInt64

  package init(name: String, epoch: String, checkpointKey: [UInt8]) {
    self.name = name
    self.epoch = epoch
    self.checkpointKey = checkpointKey
    clock = HybridClock()
    accountsVersion = 0
    grantEpoch = 1
    auditChain = Chain.start
    compacted = 0
    commits = 0
    epochBegan = 0
    epochClock = 0
  }

  /// Whether edits of the history before may still wait for what they need.
  package func awaitsFormer(at now: Int64) -> Bool {
    now - (epochBegan == 0 ? now : epochBegan) <= Limits.formerMilliseconds
  }
}

/// One start of the server. A copy of the database lacks those that came after it.
package struct IncarnationRow: Equatable, Sendable {
  /// Random.
  package let id: UInt64
  /// ``OrganizationRow/commits`` when the next one began; nil for the present one.
  package let endedCommits: UInt64?

  package init(id: UInt64, endedCommits: UInt64?) {
    self.id = id
    self.endedCommits = endedCommits
  }
}

package struct UserRow: Equatable, Sendable {
  package let id: RecordID
  package var email: String
  package var name: String
  package var role: OrganizationRole
  package var isActive: Bool
  /// Grows with every change of what they may see.
  package var accessVersion: UInt64
  /// The grant epoch of what their organisation role lets them see.
  package var roleEpoch: UInt64

  package init(
    id: RecordID, email: String, name: String, role: OrganizationRole, isActive: Bool = true,
    accessVersion: UInt64 = 1, roleEpoch: UInt64
  ) {
    self.id = id
    self.email = email
    self.name = name
    self.role = role
    self.isActive = isActive
    self.accessVersion = accessVersion
    self.roleEpoch = roleEpoch
  }
}

package struct DeviceRow: Equatable, Sendable {
  package enum State: Int, Sendable {
    case active = 1
    case revoked = 2
    /// Somebody used a credential that it, or one of its family of copies, had replaced.
    case suspended = 3
  }
  /// Also the replica number; never reused.
  package let number: UInt32
  package let user: RecordID
  package var name: String
  package var state: State
  package var secretHash: [UInt8]
  /// Takes over with its first use.
  package var nextSecretHash: [UInt8]?
  /// The device it is a copy of, 0 when none: a revocation reaches copies too.
  package var copiedFrom: UInt32
  package var created: Int64
  package var lastSeen: Int64
  package var lastMutation: UInt64
  package var acknowledgedResults: UInt64
  /// Its mutations up to here are in a backup.
  package var backedUp: UInt64
  /// When it was last seen that there are two of it, Unix milliseconds; 0 when never.
  package var forked: Int64

  package init(
    number: UInt32, user: RecordID, name: String, secretHash: [UInt8], copiedFrom: UInt32, created: Int64
  ) {
    self.number = number
    self.user = user
    self.name = name
    state = .active
    self.secretHash = secretHash
    self.copiedFrom = copiedFrom
    self.created = created
    lastSeen = created
    lastMutation = 0
    acknowledgedResults = 0
    backedUp = 0
    forked = 0
  }
}

package struct InviteRow: Equatable, Sendable {
  package let id: RecordID
  package let user: RecordID
  package var secretHash: [UInt8]
  package var created: Int64
  package var expires: Int64
  /// When it was used, and by the device with which secret; 0 when it was not.
  package var used: Int64
  package var usedByDevice: UInt32
  package var usedDeviceSecretHash: [UInt8]?
  package var isWithdrawn: Bool

  package init(id: RecordID, user: RecordID, secretHash: [UInt8], created: Int64, expires: Int64) {
    self.id = id
    self.user = user
    self.secretHash = secretHash
    self.created = created
    self.expires = expires
    used = 0
    usedByDevice = 0
    isWithdrawn = false
  }
}

package struct GrantRow: Equatable, Sendable {
  package let account: RecordID
  package let user: RecordID
  package var role: AccountRole
  package var planEpoch: UInt64
  package var financeEpoch: UInt64

  package init(account: RecordID, user: RecordID, role: AccountRole, planEpoch: UInt64, financeEpoch: UInt64)
  {
    self.account = account
    self.user = user
    self.role = role
    self.planEpoch = planEpoch
    self.financeEpoch = financeEpoch
  }
}

package struct MembershipRow: Equatable, Sendable {
  package let user: RecordID
  package let department: DepartmentCode
  package var role: DepartmentRole
  /// Since when, as a grant epoch: leaving and coming back makes a new one.
  package let epoch: UInt64

  package init(user: RecordID, department: DepartmentCode, role: DepartmentRole, epoch: UInt64) {
    self.user = user
    self.department = department
    self.role = role
    self.epoch = epoch
  }
}

/// A manager's decision on a department in an account. Without one the department is engaged.
package struct EngagementRow: Equatable, Sendable {
  package let account: RecordID
  package let department: DepartmentCode
  package let isEngaged: Bool
  /// Since when, as a grant epoch.
  package let epoch: UInt64

  package init(account: RecordID, department: DepartmentCode, isEngaged: Bool, epoch: UInt64) {
    self.account = account
    self.department = department
    self.isEngaged = isEngaged
    self.epoch = epoch
  }
}

package struct ScopeRow: Equatable, Sendable {
  /// The store's own key.
  package let number: Int64
  package let scope: Scope
  package var head: UInt64
  /// Tombstones up to this sequence may be gone.
  package var floor: UInt64
  package var digest: ScopeDigest
  /// Whether the account's own record is deleted; the same in both of its scopes.
  package var isDeleted: Bool
  /// Where its history ends: how many entries it has, and the chain of the last.
  package var historyNumber: Int64 = 0
  package var historyChain = Chain.start
  /// Up to which entry of its history a seal in the audit log speaks.
  package var sealed: Int64 = 0
  /// Sums up who may see an account; of other scopes it is that of nobody.
  package var access = AccessSum.ofNobody

  package init(
    number: Int64, scope: Scope, head: UInt64 = 0, floor: UInt64 = 0, digest: ScopeDigest = .init(),
    isDeleted: Bool = false
  ) {
    self.number = number
    self.scope = scope
    self.head = head
    self.floor = floor
    self.digest = digest
    self.isDeleted = isDeleted
  }
}

/// What a person may do so many times a day, because what it takes from all is finite.
package enum Allowance: Int, Sendable {
  case accounts = 1
  case directoryRecords = 2
  case shares = 3

  package static let dayMilliseconds: Int64 = 86_400_000
}

/// What is remembered of a mutation so that it takes effect once. It is its author's: of somebody else's its id says
/// nothing.
package struct MutationRow: Equatable, Sendable {
  /// Of a mutation that has to wait and comes again: its number is used up, nothing is decided.
  package static let outcomeWaiting = WireOutcome.waiting.rawValue
  package static let outcomeApplied = WireOutcome.applied.rawValue

  package let replica: UInt32
  package let sequence: UInt64
  package let id: RecordID
  package let outcome: Int
  package let scopeSequence: UInt64
  package let final: Stamp
  /// Of the registers it wrote under a guard, when that is another one.
  package let guarded: Stamp?
  /// Proves to this server, also in a copy of this database, that the mutation was applied.
  package let receipt: [UInt8]?
  /// The encoded result when it says more than the columns do; dropped once acknowledged.
  package let result: [UInt8]?
  /// Where it was decided; nil when there was no such scope, or nobody noted it yet.
  package let scope: Scope?
  /// ``Receipt/fingerprint(of:)`` of what it says; nil when nobody noted it yet.
  package let words: [UInt8]?

  package init(
    replica: UInt32, sequence: UInt64, id: RecordID, outcome: Int, scopeSequence: UInt64, final: Stamp,
    guarded: Stamp?, receipt: [UInt8]?, result: [UInt8]?, scope: Scope?, words: [UInt8]?
  ) {
    self.replica = replica
    self.sequence = sequence
    self.id = id
    self.outcome = outcome
    self.scopeSequence = scopeSequence
    self.final = final
    self.guarded = guarded
    self.receipt = receipt
    self.result = result
    self.scope = scope
    self.words = words
  }
}

/// One mutation's part in one record, for ever.
package struct HistoryRow: Equatable, Sendable {
  /// From 1, of its scope.
  package let number: Int64
  package let scope: Int64
  package let record: RecordID
  package let serverMilliseconds: Int64
  package let content: Content
  /// Of this entry and of all before it in its scope.
  package let chain: [UInt8]

  package enum Content: Equatable, Sendable {
    /// An encoded `HistoryEntry` without names, and what is hashed before it, so that nobody finds out by trial what one
    /// said that was erased.
    case entry([UInt8], salt: [UInt8])
    /// It was erased; the hash of what it said is left.
    case erased(hash: [UInt8])
  }

  package init(
    number: Int64, scope: Int64, record: RecordID, serverMilliseconds: Int64, content: Content, chain: [UInt8]
  ) {
    self.number = number
    self.scope = scope
    self.record = record
    self.serverMilliseconds = serverMilliseconds
    self.content = content
    self.chain = chain
  }

  package func chained(_ chain: [UInt8]) -> HistoryRow {
    HistoryRow(
      number: number, scope: scope, record: record, serverMilliseconds: serverMilliseconds, content: content,
      chain: chain)
  }

  /// Empty when it was erased.
  package var entry: [UInt8] {
    guard case .entry(let entry, _) = content else { return [] }
    return entry
  }
}

/// Something an admin, a person or the server did that is not an edit.
package struct AuditRow: Equatable, Sendable {
  /// From 1.
  package let number: Int64
  package let serverMilliseconds: Int64
  /// An e-mail address, "host" for commands on the server's host, "server", or an IP address.
  package let actor: String
  /// Such as "user.suspend".
  package let action: String
  package let detail: String
  /// What is hashed before it: nobody finds out by trial what an entry says whose link they were shown.
  package let salt: [UInt8]
  /// Of this entry and of all before it.
  package var chain: [UInt8] = []

  package init(
    number: Int64, serverMilliseconds: Int64, actor: String, action: String, detail: String, salt: [UInt8]
  ) {
    self.salt = salt
    self.number = number
    self.serverMilliseconds = serverMilliseconds
    self.actor = actor
    self.action = action
    self.detail = detail
  }
}

/// Up to which entry of a scope's history an entry of the audit log speaks.
package struct SealRow: Equatable, Sendable {
  /// The audit log's.
  package let entry: Int64
  package let scope: Int64
  package let number: Int64

  package init(entry: Int64, scope: Int64, number: Int64) {
    self.entry = entry
    self.scope = scope
    self.number = number
  }
}

package struct NoticeRow: Equatable, Sendable {
  package let user: RecordID
  /// Per user, from 1.
  package var number: UInt64
  package let scope: Scope
  package let serverMilliseconds: Int64
  /// An encoded `Notice` without its number.
  /// What it is about: one that is not heard yet is replaced by the next about the same.
  package let subject: [UInt8]
  package let notice: [UInt8]

  package init(
    user: RecordID, number: UInt64, scope: Scope, serverMilliseconds: Int64, subject: [UInt8] = [],
    notice: [UInt8]
  ) {
    self.user = user
    self.number = number
    self.scope = scope
    self.serverMilliseconds = serverMilliseconds
    self.subject = subject
    self.notice = notice
  }
}
