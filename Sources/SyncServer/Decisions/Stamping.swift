import PlanModel
import SyncCore

/// The stamps a mutation is applied with.
struct Stamping {
  /// Of what is not under a guard: when it was edited.
  var plain: Stamp
  /// Of what is: when the server decided it.
  var guarded: Stamp
  /// Whether some register is written under a guard.
  var writesGuarded = false
  /// How far ahead of the server the author's stamp was, when that was too far, milliseconds.
  var clamped: Int64 = 0
  var isOriginal = true

  var ownGuarded: Stamp? { writesGuarded && guarded != plain ? guarded : nil }
}

extension Submission {
  /// - Returns: the stamps that what was judged is written with; makes a tick of the server's clock where it decides.
  func stamping(for parts: [Part]) -> Stamping {
    let touched = TouchedStamps(parts)
    var stamping = Stamping(plain: original, guarded: original, writesGuarded: touched.writesGuarded)
    if let decided {
      stamping.plain = Stamp(hlc: decided.plain, replica: original.replica)
      // Decisions since the epoch began stand.
      stamping.guarded = Stamp(
        hlc: stamping.writesGuarded ? min(decided.guarded, guardedMax) : decided.plain,
        replica: original.replica)
    } else if stamping.writesGuarded, !faults.contains(.noGuardRestamp) {
      stamping.guarded = Stamp(hlc: tick(beyond: touched.guarded), replica: original.replica)
      if faults.contains(.stampsWholeMutation) { stamping.plain = stamping.guarded }
    }
    clamp(&stamping, touched)
    stamping.isOriginal =
      stamping.plain == original && (!stamping.writesGuarded || stamping.guarded == original)
    return stamping
  }

  /// Replaces a stamp that lies too far ahead, or was made before.
  private func clamp(_ stamping: inout Stamping, _ touched: TouchedStamps) {
    // Of the server's own clock, should that be ahead of its wall clock since somebody set it wrong: replicas follow it.
    let ahead = stamping.plain.milliseconds - max(work.now, Int64(work.organization.clock.last >> 16))
    let isTooFar = ahead > Limits.aheadMillisecondsMax && !faults.contains(.neverClamps)
    // An honest replica never makes one stamp twice; meeting it again means that its clock was lost.
    guard isTooFar || decided == nil && touched.plain.contains(stamping.plain) else { return }
    stamping.plain = Stamp(hlc: tick(beyond: touched.plain + touched.guarded), replica: original.replica)
    if decided == nil { stamping.guarded = stamping.plain }
    stamping.clamped = isTooFar ? ahead : 0
  }

  /// The latest clock that something decided in a former history can have.
  private var guardedMax: UInt64 {
    work.organization.epochClock == 0 ? .max : work.organization.epochClock
  }

  /// The server's next time, later than all of these.
  private func tick(beyond touched: [Stamp]) -> UInt64 {
    max(work.tick(), touched.map(\.hlc).max().map { $0 == .max ? $0 : $0 + 1 } ?? 0)
  }
}

/// The stamps of the registers that a mutation writes, as they stand.
private struct TouchedStamps {
  var plain: [Stamp] = []
  var guarded: [Stamp] = []
  /// Whether some register is written under a guard.
  var writesGuarded = false

  init(_ parts: [Part]) {
    for part in parts {
      for register in part.write.registers {
        let isGuarded = part.guarded.contains(register)
        writesGuarded = writesGuarded || isGuarded
        guard let stamp = part.before?.stamps[register] else { continue }
        if isGuarded { guarded.append(stamp) } else { plain.append(stamp) }
      }
    }
  }
}
