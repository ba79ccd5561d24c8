import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore

/// Says to people what became of a mutation: its author in the result, others in notices, everybody in history.
struct Telling {
  private let submission: Submission

  private var user: UserRow { submission.user }
  private var work: UnitOfWork { submission.work }

  init(_ submission: Submission) { self.submission = submission }

  /// The effects worth telling: all but plain WON. Those whose other side is another person are told to them too.
  func report(
    _ effects: [MergeEffect], of part: Part, in scope: Scope
  ) throws -> [WireRegisterEffect] {
    var told: [WireRegisterEffect] = []
    for effect in effects where effect.fate != .won {
      let isDeletion =
        part.write.alive == false && effect.register != lifeRegister && effect.fate == .wonOverUnseen
      var message = WireRegisterEffect()
      message.record = part.record.description
      message.kind = part.change.kind
      message.register = effect.register
      message.effect = effect.fate.wire
      if let other = effect.other {
        message.other = try value(
          of: effect.fate == .wonOnDeleted ? lifeRegister : effect.register, encoded: effect.otherEncoded,
          kind: part.kind, stamp: other,
          alive: effect.fate == .wonOnDeleted ? false : part.before?.alive ?? true,
          isGone: effect.fate == .wonOverUnseen && !isDeletion)
      }
      told.append(message)
      try tellOther(effect, message, of: part, isDeletion: isDeletion, in: scope)
    }
    return told
  }

  private func tellOther(
    _ effect: MergeEffect, _ message: WireRegisterEffect, of part: Part, isDeletion: Bool, in scope: Scope
  ) throws {
    guard effect.fate != .noOperation, let stamp = effect.other,
      let person = try work.user(ofReplica: stamp.replica), person != user.id
    else { return }
    try work.notify(
      person,
      .with {
        switch effect.fate {
        case .wonOnDeleted: $0.type = .editedAfterDeletion
        case .lost: $0.type = .kept
        default: $0.type = isDeletion ? .deleted : .replaced
        }
        $0.record = message.record
        $0.kind = message.kind
        $0.register = message.register
        $0.yours = message.other
        $0.theirs = theirs(of: effect, part, isDeletion: isDeletion)
      }, from: user.id, in: scope)
  }

  /// What this edit says instead.
  private func theirs(of effect: MergeEffect, _ part: Part, isDeletion: Bool) -> WireRegisterValue {
    .with {
      if isDeletion {
        $0.alive = false
      } else if let written = part.write.writes.first(where: { $0.register == effect.register })?.encoded {
        $0.hold(Array(written), of: effect.register, kind: part.kind, submission.excerpts)
      } else if effect.register == lifeRegister, let alive = part.write.alive {
        $0.alive = alive
      }
      $0.stamp = submission.original.wire
      $0.user = user.id.description
      $0.serverMs = work.now
    }
  }

  private func value(
    of register: UInt32, encoded: [UInt8]?, kind: UInt32, stamp: Stamp, alive: Bool, isGone: Bool = false
  ) throws -> WireRegisterValue {
    let owner = try work.user(ofReplica: stamp.replica)
    return .with {
      if register == lifeRegister { $0.alive = alive }
      if let encoded {
        if isGone {
          $0.holdWhole(encoded, kind: kind)
        } else {
          $0.hold(encoded, of: register, kind: kind, submission.excerpts)
        }
      }
      $0.stamp = stamp.wire
      if let owner { $0.user = owner.description }
    }
  }

  /// The value that stands instead of the one that was expected.
  func effect(of failure: GuardFailure) throws -> WireRegisterEffect {
    let (expectation, state) = (failure.expectation, failure.state)
    return try .with {
      $0.record = failure.record.description
      $0.kind = KamKind(rawValue: Int(state?.kind ?? 0)) ?? .unspecified
      $0.register = expectation.register
      $0.effect = .guardFailed
      guard let state, let stamp = state.stamps[expectation.register] else { return }
      $0.other = try value(
        of: expectation.register, encoded: state.body[expectation.register].map(Array.init),
        kind: state.kind, stamp: stamp, alive: state.alive)
    }
  }
}

// MARK: - History

extension Telling {
  func appendHistory(
    ofRefused change: WireChange, _ outcome: WireOutcome, _ refusals: [Refusal],
    effects: [WireRegisterEffect],
    in scope: Scope
  ) throws {
    let stamping = Stamping(plain: submission.original, guarded: submission.original)
    try appendHistory(
      bounded(change), outcome, stamping, effects: effects, refusals: refusals, in: scope)
  }

  /// An edit that was refused is kept once, by its first record, with its words when they are few. It may have been refused
  /// for their number.
  private func bounded(_ change: WireChange) -> WireChange {
    .with {
      $0.record = change.record
      $0.kind = change.kind
      $0.create = change.create
      if change.hasAlive { $0.alive = change.alive }
      if change.set.count <= Limits.refusedBytesMax { $0.set = change.set }
    }
  }

  /// The author's words, of which there may be too many, in one line: they are what people read of an edit, and need not be
  /// from a client of ours.
  private var summary: String {
    let scalars = submission.mutation.summary.unicodeScalars.prefix(Limits.summaryScalarsMax).map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: " " as Unicode.Scalar
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  func appendHistory(
    _ change: WireChange, _ outcome: WireOutcome, _ stamping: Stamping, effects: [WireRegisterEffect],
    refusals: [Refusal] = [],
    in scope: Scope
  ) throws {
    var change = change
    // A body that no client could decode would make the record's whole history unreadable.
    if outcome != .applied, (try? KamRecordBody(serializedBytes: change.set)) == nil { change.set = Data() }
    try work.record(
      .with {
        $0.mutation = submission.id.description
        $0.replica = submission.device
        $0.user = user.id.description
        $0.serverMs = work.now
        $0.original = submission.original.wire
        if stamping.plain != submission.original { $0.final = stamping.plain.wire }
        if let guarded = stamping.ownGuarded { $0.guarded = guarded.wire }
        $0.outcome = outcome
        $0.change = change
        $0.effects = effects.map { effect in
          var effect = effect
          if effect.hasOther {
            effect.other = effect.other.shortened(
              of: effect.register, kind: UInt32(clamping: effect.kind.rawValue))
          }
          return effect
        }
        $0.reason = refusals.sentence
        $0.refusals = refusals.map(\.wire)
        $0.summary = summary
      }, in: scope)
  }
}

extension Stamp {
  package var wire: WireStamp {
    .with {
      $0.hlc = hlc
      $0.replica = replica
    }
  }
}

extension MergeEffect.Fate {
  var wire: WireEffect {
    switch self {
    case .won: .won
    case .wonOverUnseen: .wonOverUnseen
    case .wonOnDeleted: .wonOnDeleted
    case .lost: .lost
    case .noOperation: .noOp
    }
  }
}
