/// What happened, in lines: a hash of all of them, and the last few for the report of a violation.
struct Trace {
  private static let keptLines = 60
  private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  private var lines: [String] = []
  private let isPrinted: Bool

  init(isPrinted: Bool) { self.isPrinted = isPrinted }

  mutating func note(_ line: String) {
    // FNV-1a.
    for byte in line.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    if isPrinted { print(line) }
    lines.append(line)
    if lines.count > Self.keptLines * 2 { lines.removeFirst(Self.keptLines) }
  }

  var last: [String] { Array(lines.suffix(Self.keptLines)) }
}

/// A property that does not hold.
package struct Violation: Error, Sendable, CustomStringConvertible {
  /// Such as "I5".
  package let invariant: String
  package let expected: String
  package let seen: String

  package var description: String { "\(invariant): expected \(expected); seen \(seen)" }
}

func require(
  _ holds: Bool, _ invariant: String, expected: @autoclosure () -> String, seen: @autoclosure () -> String
)
  throws
{
  if !holds { throw Violation(invariant: invariant, expected: expected(), seen: seen()) }
}

/// Short names for traces.
import PlanModel

extension RecordID {
  var short: String { "\(Handle(of: self, length: 5))" }
}

extension Scope {
  var short: String {
    switch self {
    case .directory: "directory"
    case .plan(let account): "plan/\(account.short)"
    case .finance(let account): "finance/\(account.short)"
    }
  }
}
