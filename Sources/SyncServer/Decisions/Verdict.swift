import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// What becomes of one mutation:
/// `allowed? → valid? → references → guards → stamps → merge → sequence → history → notices`
///
/// ``Judge`` decides and writes nothing; ``Application`` writes what was judged; ``Telling`` says to people what it did to
/// whom. So a mutation is applied whole or not at all. One that this server applied before it was put back to an older
/// copy, and that proves it, is merged as it was decided then.
///
/// - SeeAlso: Protocol/sync.md, "Push"
struct Verdict {
  var result: WireMutationResult
  /// The stamp it was applied with.
  var final: Stamp
  /// Of the registers it wrote under a guard, when that is another one.
  var guarded: Stamp?
  var echoes: [Push.EchoKey] = []
  var createdAccount = false

  /// The id a mutation is known by. One without a valid id is refused, but needs a name to be refused once.
  static func identity(of mutation: WireMutation, from device: UInt32) -> RecordID {
    if let id = RecordID(mutation.id), id.isTimeOrdered { return id }
    return RecordID(high: UInt64(device), low: mutation.sequence)
  }

  static func reach(on submission: Submission) throws -> Verdict {
    do {
      return try decide(submission)
    } catch let refusal as Refusal {
      return try waitOrRefuse(outcome(of: refusal), refusal, submission)
    } catch let guarded as GuardNotYet {
      return try waitOrRefuse(guarded, submission)
    } catch is SchemaAhead {
      return undecided(.schemaAhead, .schemaAhead, submission)
    } catch let failure as GuardFailure {
      return try refuse(
        .guardFailed, [.guardFailed], effects: [Telling(submission).effect(of: failure)], submission)
    } catch let error as WireError {
      return try refuse(.invalid, [.malformed("\(error)")], submission)
    }
  }

  private static func decide(_ submission: Submission) throws -> Verdict {
    let mutation = submission.mutation
    let judge = Judge(submission)
    try judge.checkBounds()
    guard let scope = Scope(mutation.scope) else {
      throw Refusal.malformed("“\(mutation.scope)” is not a scope")
    }
    if !mutation.access.isEmpty { return try submission.giveAccessAgain(in: scope) }
    return try Application(submission).apply(try judge.judge(in: scope))
  }

  private static func outcome(of refusal: Refusal) -> WireOutcome {
    if case .recordGone = refusal { return .targetGone }
    return refusal.isAboutRights ? .denied : .invalid
  }
}

// MARK: - Waiting and refused

extension Verdict {
  /// A mutation of a former history waits for what that history had; what is missing after its time is refused.
  private static func waitOrRefuse(
    _ outcome: WireOutcome, _ refusal: Refusal, _ submission: Submission
  ) throws -> Verdict {
    let work = submission.work
    let couldCome = submission.mutation.former && refusal.isAboutWhatMayComeBack
    guard couldCome else { return try refuse(outcome, [refusal], submission) }
    if work.organization.awaitsFormer(at: work.now), !submission.faults.contains(.refusesInsteadOfWaiting) {
      return undecided(.waiting, refusal, submission)
    }
    return try refuse(outcome, [refusal, neverCameBack], submission)
  }

  /// A later edit of the same replica may build on one that waits, so it need not be of a former history itself.
  private static func waitOrRefuse(_ notYet: GuardNotYet, _ submission: Submission) throws -> Verdict {
    let (mutation, work) = (submission.mutation, submission.work)
    let mayBuildOnFormer = mutation.former || work.organization.epochBegan != 0
    if mayBuildOnFormer, work.organization.awaitsFormer(at: work.now) {
      return undecided(.waiting, .formerMissing, submission)
    }
    let refusals = mutation.former ? [.guardFailed, neverCameBack] : [Refusal.guardFailed]
    return try refuse(
      .guardFailed, refusals, effects: [Telling(submission).effect(of: notYet.failure)], submission)
  }

  private static var neverCameBack: Refusal {
    .neverCameBack(days: Int(Limits.formerMilliseconds / 86_400_000))
  }

  /// It stays with its author, or comes again under another number.
  private static func undecided(
    _ outcome: WireOutcome, _ refusal: Refusal, _ submission: Submission
  ) -> Verdict {
    Verdict(
      result: .with {
        $0.sequence = submission.mutation.sequence
        $0.outcome = outcome
        $0.tell([refusal])
      }, final: submission.original)
  }

  /// Consumes the sequence number: a refused edit never blocks the queue.
  private static func refuse(
    _ outcome: WireOutcome, _ refusals: [Refusal], effects: [WireRegisterEffect] = [],
    _ submission: Submission
  ) throws -> Verdict {
    let (mutation, work) = (submission.mutation, submission.work)
    let scope = Scope(mutation.scope)
    // A refusal in a scope that the author may write is part of its history; elsewhere it would tell them
    // that the scope exists, and fill it with strangers' words.
    if let scope, try work.scope(scope) != nil,
      try work.standing(of: submission.user, in: scope).mayWrite(scope.family),
      let change = mutation.changes.first(where: { RecordID($0.record) != nil })
    {
      try Telling(submission).appendHistory(
        ofRefused: change, outcome, refusals, effects: effects, in: scope)
    }
    return Verdict(
      result: .with {
        $0.sequence = mutation.sequence
        $0.outcome = outcome
        $0.tell(refusals)
        $0.effects = effects
      }, final: submission.original)
  }
}
