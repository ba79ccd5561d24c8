import PlanModel
import ProtocolMessages
import SyncCore

/// A guard that does not hold: somebody else was first.
struct GuardFailure: Error {
  let expectation: WireGuard
  let record: RecordID
  /// The record as it stands; nil when there is none.
  let state: RecordState?
}

/// A guard that cannot be judged before something is back that a former history had.
struct GuardNotYet: Error {
  let failure: GuardFailure
}

/// Compares what a mutation expects with what is committed.
struct GuardCheck {
  private let submission: Submission
  private let scope: Scope

  init(_ submission: Submission, in scope: Scope) {
    self.submission = submission
    self.scope = scope
  }

  /// - Throws: ``GuardFailure``; ``GuardNotYet``; `Refusal`
  func check() throws {
    let (mutation, work) = (submission.mutation, submission.work)
    guard !submission.faults.contains(.noGuards) else { return }
    let number = try work.scope(scope)?.number
    for expectation in mutation.guards {
      guard let record = RecordID(expectation.record) else {
        throw Refusal.malformed("“\(expectation.record)” is not a record id")
      }
      let state = try number.flatMap { try work.transaction.record(record, in: $0) }
      let failure = GuardFailure(expectation: expectation, record: record, state: state)
      switch try GuardVerdict.judge(
        expectation, on: state, isPending: mayCome(expectation), isFormer: mutation.former,
        earlier: whatBecame(of:))
      {
      case .holds: continue
      case .fails: throw failure
      case .cannotTell: throw GuardNotYet(failure: failure)
      }
    }
  }

  /// Whether a record that is missing may still come. A guard that names an earlier edit of the author's may build on one
  /// that waits since a restore, so it need not be of the former history itself.
  private func mayCome(_ expectation: WireGuard) -> Bool {
    if submission.mutation.former { return true }
    guard case .mutation? = expectation.expect else { return false }
    return submission.work.organization.awaitsFormer(at: submission.work.now)
  }

  private func whatBecame(of earlier: RecordID) throws -> GuardVerdict.Earlier {
    guard let row = try submission.work.transaction.mutation(earlier, of: submission.user.id) else {
      return .undecided
    }
    guard row.outcome == WireOutcome.applied.rawValue else { return .refused }
    return .applied([row.final] + (row.guarded.map { [$0] } ?? []))
  }
}
