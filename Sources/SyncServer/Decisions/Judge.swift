import PlanModel
import ProtocolMessages
import SyncCore

/// Whether a mutation is allowed and valid, and whether its guards hold. Reads, and writes nothing.
struct Judge {
  let submission: Submission

  private var mutation: WireMutation { submission.mutation }
  private var user: UserRow { submission.user }
  private var work: UnitOfWork { submission.work }
  private var faults: PlantedFaults { submission.faults }
  private var decided: DecidedStamps? { submission.decided }

  init(_ submission: Submission) { self.submission = submission }

  /// - Throws: `Refusal`; ``GuardFailure``; ``GuardNotYet``; `SchemaAhead`; `WireError`
  func judge(in scope: Scope) throws -> Judgement {
    let creates = try work.scope(scope) == nil
    if creates { try checkFounding(of: scope) }
    let standing =
      creates
      ? Standing(person: user.id, organization: user.role, account: .manager)
      : try work.standing(of: user, in: scope)
    let guards = GuardCheck(submission, in: scope)
    let parts: [Part]
    do {
      parts = try PartReader(submission, in: scope, by: standing).parts()
    } catch Refusal.taskHeldByAnother(let what) {
      // The loser of a race for a task is told who won it, not that they may not have it.
      try guards.check()
      throw Refusal.taskHeldByAnother(what: what)
    }
    try checkReferences(of: parts, in: scope)
    if decided == nil { try guards.check() }
    try checkFinite(parts, in: scope)
    return Judgement(scope: scope, parts: parts, creates: creates)
  }

  // MARK: - Allowed and valid

  func checkBounds() throws {
    func bound(_ what: Quantity, _ count: Int, _ maximum: Int) throws {
      guard count <= maximum else { throw Refusal.tooMany(what: what, count: count, maximum: maximum) }
    }
    try bound(.changes, mutation.changes.count, Limits.changesPerMutationMax)
    try bound(.guards, mutation.guards.count, Limits.guardsPerMutationMax)
    try bound(.summary, mutation.summary.unicodeScalars.count, Limits.summaryScalarsMax)
    guard mutation.changes.isEmpty != mutation.access.isEmpty else {
      throw Refusal.malformed(
        mutation.access.isEmpty ? "it changes nothing" : "it changes records and access at once")
    }
    try bound(.access, mutation.access.count, Limits.changesPerMutationMax)
    guard RecordID(mutation.id)?.isTimeOrdered == true else {
      throw Refusal.malformed("its id is not a UUID of version 7")
    }
    guard try isOfOwnReplica() else {
      throw Refusal.malformed("its stamp is another person's")
    }
  }

  private func isOfOwnReplica() throws -> Bool {
    let replica = submission.original.replica
    return try replica == submission.device || work.user(ofReplica: replica) == user.id
  }

  /// A new account begins with its own record in its plan; its author becomes its manager.
  private func checkFounding(of scope: Scope) throws {
    guard case .plan(let account) = scope, let first = mutation.changes.first, first.create,
      first.kind.rawValue == Int(KindDescription.account.number), RecordID(first.record) == account,
      account.isTimeOrdered
    else { throw Refusal.scopeUnknownOrForbidden(scope) }
    try checkRoom()
    // A record that stood before a restore comes back whole, and an admin answers for the organisation.
    guard decided == nil, user.role != .admin else { return }
    guard try work.livingAccounts(foundedBy: user.id) < Limits.accountsFoundedMax else {
      throw Refusal.tooManyOwnAccounts(maximum: Limits.accountsFoundedMax)
    }
    try checkAllowance(.accounts, 1, .accounts, Limits.accountsFoundedPerDayMax)
  }

  /// More accounts than one replica can hold would shut out everybody who sees them all.
  private func checkRoom() throws {
    guard try work.livingAccounts(foundedBy: nil) < Limits.accountsMax else {
      throw Refusal.tooManyAccounts(maximum: Limits.accountsMax)
    }
  }

  private func checkAllowance(_ allowance: Allowance, _ count: Int, _ what: Quantity, _ maximum: Int) throws {
    guard count > 0, user.role != .admin, decided == nil else { return }
    guard try work.used(allowance, by: user.id) + count <= maximum else {
      throw Refusal.tooManyToday(what: what, maximum: maximum)
    }
  }

  /// What every replica holds, and only admins delete.
  private func checkFinite(_ parts: [Part], in scope: Scope) throws {
    if scope == .directory {
      try checkAllowance(
        .directoryRecords, parts.made, .directoryRecords, Limits.directoryRecordsPerDayMax)
    }
    for part in parts
    where part.kind == KindDescription.account.number && part.proposed.alive == true
      && part.before?.alive == false
    { try checkRoom() }
  }
}

/// What was judged and may be written.
struct Judgement {
  let scope: Scope
  let parts: [Part]
  /// Whether it founds the account whose plan the scope is.
  let creates: Bool
}
