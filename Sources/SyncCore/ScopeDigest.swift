import Crypto
import PlanModel

/// Says whether two holders of a scope hold the same live records with the same stamps and values.
///
/// The sum modulo 2¹²⁸ of one fingerprint a record: order does not matter, and adding, changing or removing one
/// record costs one or two hashes however large the scope is.
package struct ScopeDigest: Equatable, Sendable {
  /// How many records are alive.
  package var live: UInt64
  package var sum: UInt128

  package init(live: UInt64 = 0, sum: UInt128 = 0) {
    self.live = live
    self.sum = sum
  }

  package mutating func add(_ record: RecordState) {
    guard record.alive else { return }
    live += 1
    sum &+= Self.fingerprint(record)
  }

  package mutating func remove(_ record: RecordState) {
    guard record.alive else { return }
    live -= 1
    sum &-= Self.fingerprint(record)
  }

  /// The first 16 bytes, read little-endian, of SHA-256 over: the id's 16 bytes; then for each register ascending,
  /// life first, its number, its stamp's clock and its replica, as big-endian 32, 64 and 32 bits; then the body's bytes,
  /// so that a value that changed behind its stamp shows.
  package static func fingerprint(_ record: RecordState) -> UInt128 {
    var input: [UInt8] = []
    input.reserveCapacity(16 + record.stamps.entries.count * 16 + record.body.bytes.count)
    appendBigEndian(record.id.high, to: &input)
    appendBigEndian(record.id.low, to: &input)
    for entry in record.stamps.entries {
      appendBigEndian(entry.register, to: &input)
      appendBigEndian(entry.stamp.hlc, to: &input)
      appendBigEndian(entry.stamp.replica, to: &input)
    }
    input.append(contentsOf: record.body.bytes)
    var result: UInt128 = 0
    for (position, byte) in SHA256.hash(data: input).prefix(16).enumerated() {
      result |= UInt128(byte) << UInt128(position * 8)
    }
    return result
  }

  /// 16 bytes, little-endian.
  package var sumBytes: [UInt8] { (0..<16).map { UInt8(truncatingIfNeeded: sum >> UInt128($0 * 8)) } }

  package init(live: UInt64, sumBytes: some Collection<UInt8>) {
    self.init(live: live)
    for (position, byte) in sumBytes.prefix(16).enumerated() { sum |= UInt128(byte) << UInt128(position * 8) }
  }
}

private func appendBigEndian(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
  withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
}
