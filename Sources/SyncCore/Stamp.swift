/// When a register was written, by its writer's hybrid logical clock, and on which replica.
///
/// Ordered by clock, then replica, so that any two writes of different replicas have a winner.
package struct Stamp: Hashable, Comparable, Sendable {
  /// Upper 48 bits: Unix milliseconds. Lower 16 bits: counter.
  package let hlc: UInt64
  /// 0 is the server itself.
  package let replica: UInt32

  package init(hlc: UInt64, replica: UInt32) {
    self.hlc = hlc
    self.replica = replica
  }

  /// Unix milliseconds.
  package var milliseconds: Int64 { Int64(hlc >> 16) }

  package static func < (left: Stamp, right: Stamp) -> Bool {
    left.hlc == right.hlc ? left.replica < right.replica : left.hlc < right.hlc
  }
}

/// A clock that never goes back and never falls behind what it has seen, whatever the wall clock does.
///
/// - SeeAlso: Kulkarni et al., "Logical Physical Clocks", OPODIS 2014.
package struct HybridClock: Equatable, Sendable {
  /// The last value given out or observed.
  package private(set) var last: UInt64

  package init(last: UInt64 = 0) { self.last = last }

  /// The next value, later than every one before.
  ///
  /// - Parameter now: Wall time, Unix milliseconds.
  package mutating func tick(now: Int64) -> UInt64 {
    let wall = Self.value(milliseconds: now)
    last = max(wall, last == .max ? .max : last + 1)
    return last
  }

  /// After this, every tick is later than `hlc`: an edit made after seeing a value outranks it.
  package mutating func observe(_ hlc: UInt64) { last = max(last, hlc) }

  package static func value(milliseconds: Int64) -> UInt64 {
    min(UInt64(clamping: milliseconds), 0xFFFF_FFFF_FFFF) << 16
  }
}
