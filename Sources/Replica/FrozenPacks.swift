import GRDB
import PlanModel
import SQLiteQuery

/// A review pack as it was made once.
package struct FrozenPack: Equatable, Sendable {
  /// 1 is the first of its period.
  package let edition: Int
  /// By this device's clock, Unix milliseconds.
  package let madeAt: Int64
  /// What its maker wants to know later; the replica does not read it.
  package let state: [UInt8]
  package let page: [UInt8]
}

/// Which pack it is.
package struct PackName: Equatable, Sendable {
  /// nil: all accounts.
  package let account: RecordID?
  package let period: String
  /// For whom, in which language.
  package let variant: String

  package init(account: RecordID?, period: String, variant: String) {
    self.account = account
    self.period = period
    self.variant = variant
  }

  fileprivate var subject: [UInt8] {
    guard let account else { return [] }
    return withUnsafeBytes(of: (account.high.bigEndian, account.low.bigEndian)) { Array($0) }
  }
}

extension ReplicaReading {
  /// The editions of a pack, the first one first.
  package func packs(_ name: PackName) throws -> [FrozenPack] {
    var query = try Query(
      database,
      """
      SELECT edition, made_ms, state, page FROM pack WHERE subject = ? AND period = ? AND variant = ?
      ORDER BY edition
      """)
    try query.bind(name.subject)
    try query.bind(name.period)
    try query.bind(name.variant)
    return try query.all { row in
      FrozenPack(
        edition: Int(row.integer(0)), madeAt: row.integer(1), state: row.blob(2), page: row.blob(3))
    }
  }
}

extension ReplicaTransaction {
  /// Keeps a pack as its next edition.
  package func freeze(_ name: PackName, state: [UInt8], page: [UInt8], now: Int64) throws -> FrozenPack {
    var last = try Query(
      database,
      "SELECT coalesce(max(edition), 0) FROM pack WHERE subject = ? AND period = ? AND variant = ?")
    try last.bind(name.subject)
    try last.bind(name.period)
    try last.bind(name.variant)
    let edition = (try last.first { Int($0.integer(0)) } ?? 0) + 1
    var query = try Query(database, "INSERT INTO pack VALUES (?, ?, ?, ?, ?, ?, ?)")
    try query.bind(name.subject)
    try query.bind(name.period)
    try query.bind(name.variant)
    try query.bind(edition)
    try query.bind(now)
    try query.bind(state)
    try query.bind(page)
    try query.run()
    return FrozenPack(edition: edition, madeAt: now, state: state, page: page)
  }

  func forgetPacks(about account: RecordID) throws {
    var query = try Query(database, "DELETE FROM pack WHERE subject IN (?, X'')")
    try query.bind(account)
    try query.run()
  }
}
