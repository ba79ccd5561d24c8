import Synchronization

/// The time by which the server judges how old something is.
///
/// A clock that is suddenly far ahead would make everything old at once: devices would count as silent for months, and
/// what nobody has had time to hear of would be thrown away. So it is believed only once it has stayed there for a day;
/// until then time goes on from where it was. A clock that goes back makes nothing old, and is believed at once.
package final class AgeClock: Sendable {
  private let rule: Mutex<Rule>
  private let wall: @Sendable () -> Int64
  private let uptime: @Sendable () -> Int64

  /// - Parameters:
  ///   - last: When this server is known to have been at work, Unix milliseconds; 0 when it never was.
  ///   - wall: Unix milliseconds.
  ///   - uptime: Milliseconds since any moment, steady whatever is done to the clock.
  package init(
    last: Int64, wall: @escaping @Sendable () -> Int64,
    uptime: @escaping @Sendable () -> Int64 = AgeClock.steadyMilliseconds
  ) {
    rule = Mutex(Rule(last: last == 0 ? wall() : last, uptime: uptime()))
    self.wall = wall
    self.uptime = uptime
  }

  /// Unix milliseconds.
  package func now() -> Int64 { rule.withLock { $0.read(wall: wall(), uptime: uptime()) } }

  /// How far ahead the clock is of what is believed, milliseconds; nil when it is believed.
  package var ahead: Int64? {
    rule.withLock { rule in
      let wall = wall()
      let believed = rule.read(wall: wall, uptime: uptime())
      return rule.jumped == nil ? nil : wall - believed
    }
  }

  @Sendable package static func steadyMilliseconds() -> Int64 {
    let elapsed = (ContinuousClock.now - start).components
    return elapsed.seconds * 1000 + elapsed.attoseconds / 1_000_000_000_000_000
  }
  private static let start = ContinuousClock.now

  /// Without clocks of its own.
  package struct Rule: Sendable {
    /// A server may well have been off for a week.
    package static let jumpMillisecondsMax: Int64 = 7 * 86_400_000
    package static let lastsMilliseconds: Int64 = 86_400_000

    /// The last time that was believed, and the uptime then.
    private var last: (wall: Int64, uptime: Int64)
    /// The uptime when the clock was first seen far ahead.
    package private(set) var jumped: Int64?

    package init(last: Int64, uptime: Int64) { self.last = (last, uptime) }

    package mutating func read(wall: Int64, uptime: Int64) -> Int64 {
      let expected = last.wall + (uptime - last.uptime)
      guard wall - expected > Self.jumpMillisecondsMax else { return believe(wall, uptime) }
      let since = jumped ?? uptime
      jumped = since
      guard uptime - since >= Self.lastsMilliseconds else { return expected }
      return believe(wall, uptime)
    }

    private mutating func believe(_ wall: Int64, _ uptime: Int64) -> Int64 {
      last = (wall, uptime)
      jumped = nil
      return wall
    }
  }
}
