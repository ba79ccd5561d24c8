/// A wall clock as devices have them: off, coarse, frozen, stepped.
struct WallClock: Sendable {
  enum Manner: CaseIterable, Sendable {
    case smooth, skewed, dayAhead, yearOff, coarse, veryCoarse, frozen, stepping
  }

  let manner: Manner
  /// Added to true time, milliseconds.
  private(set) var offset: Int64 = 0
  /// The clock shows only multiples of this, milliseconds.
  private let grain: Int64
  private var frozenAt: Int64?

  init(_ manner: Manner, at trueTime: Int64, using generator: inout SeededGenerator) {
    self.manner = manner
    switch manner {
    case .skewed, .stepping: offset = generator.within(-600_000...600_000)
    case .dayAhead: offset = 86_400_000
    case .yearOff: offset = generator.chance(50) ? 31_536_000_000 : -31_536_000_000
    default: break
    }
    grain =
      switch manner {
      case .coarse: 1_000
      case .veryCoarse: 10_000
      default: 1
      }
    if manner == .frozen { frozenAt = trueTime }
  }

  func now(_ trueTime: Int64) -> Int64 {
    let shown = (frozenAt ?? trueTime) + offset
    return shown - shown % grain
  }

  /// Somebody sets the clock, or the machine wakes up.
  mutating func disturb(at trueTime: Int64, using generator: inout SeededGenerator) {
    switch manner {
    case .frozen: frozenAt = trueTime
    case .stepping: offset = generator.within(-600_000...600_000)
    default: break
    }
  }
}
