import PlanModel
import SyncCore

/// Puts the ends of the histories into the audit log: that a scope's history was cut off, put back or taken out whole
/// shows against it.
package enum Sealing {
  package static let action = "history.seal"

  /// Writes nothing when nothing was written since the last seal.
  ///
  /// - Returns: how many histories went on since they were sealed last.
  @discardableResult
  package static func run(
    by actor: String = "server", in transaction: any CanonicalTransaction, now: Int64
  ) throws -> Int {
    let moved = try transaction.scopes().filter { $0.historyNumber > $0.sealed }
    guard try !moved.isEmpty || transaction.audit(last: 1).last?.action != action else { return 0 }
    let work = try UnitOfWork(transaction, now: now)
    let entry = try work.audit(action, by: actor, detail(of: moved.map(\.end)))
    for var row in moved {
      try transaction.append(SealRow(entry: entry, scope: row.number, number: row.historyNumber))
      row.sealed = row.historyNumber
      try transaction.save(row)
    }
    try work.flush()
    return moved.count
  }

  static func detail(of ends: [Chain.End]) -> String {
    "\(ends.count) \(ends.count == 1 ? "history" : "histories"): \(hexadecimal(Chain.seal(of: ends)))"
  }
}

extension Sealing {
  /// Notes with which key ends are signed, unless it is the one that was noted last: one that is exchanged shows.
  ///
  /// - Returns: whether another one was noted before.
  package static func note(key: [UInt8], in transaction: any CanonicalTransaction, now: Int64) throws -> Bool
  {
    let action = "witness.key"
    let former = try transaction.audit(last: action)?.detail
    guard former != hexadecimal(key) else { return false }
    let work = try UnitOfWork(transaction, now: now)
    try work.audit(action, by: "server", hexadecimal(key))
    try work.flush()
    return former != nil
  }
}

extension ScopeRow {
  /// Where its history ends.
  package var end: Chain.End { Chain.End(scope: scope, number: historyNumber, chain: historyChain) }
}
