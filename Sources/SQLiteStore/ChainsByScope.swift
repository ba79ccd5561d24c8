import Crypto
import GRDB
import PlanModel
import SQLiteQuery
import SyncCore
import SyncServer

/// Brings a database of before into the form in which each scope's history is chained by itself, with place, record and
/// time in what is chained. The audit log says where the chains of before ended, and where they were broken: whoever
/// changed something before must not find it made good.
enum ChainsByScope {
  static func move(_ database: Database) throws {
    let history = try moveHistory(database)
    let audit = try moveAudit(database)
    try sumUpAccess(database)
    // Of a database that was made a moment ago there is nothing to say.
    guard history.count > 0 || audit.count > 0 else { return }
    try tell(
      "each scope's history is chained by itself from now on. Before, \(history.words(of: "history")), and "
        + "\(audit.words(of: "the audit log")).", in: database)
  }

  /// How a chain of before ended.
  private struct Former {
    var count = 0
    var end = Chain.start
    /// The first entry that was not the one that was written.
    var broken: Int64?

    mutating func follow(_ number: Int64, _ written: [UInt8], _ chain: [UInt8]) {
      var hash = SHA256()
      hash.update(data: end)
      hash.update(data: Array(SHA256.hash(data: written)))
      if Array(hash.finalize()) != chain, broken == nil { broken = number }
      end = chain
      count += 1
    }

    func words(of name: String) -> String {
      "\(name) had \(count) entries and ended with \(hexadecimal(end))"
        + (broken.map { "; its entry \($0) was NOT the one that was written" } ?? "")
    }
  }

  private static func moveHistory(_ database: Database) throws -> Former {
    var former = Former()
    let transaction = SQLiteTransaction(database)
    var scopes = Dictionary(uniqueKeysWithValues: try transaction.scopes().map { ($0.number, $0) })
    let rows = try Query(
      database,
      "SELECT number, scope, record, server_ms, entry, erased_hash, chain FROM former_history ORDER BY number"
    )
    while try rows.step() {
      guard var scope = scopes[rows.integer(1)] else { continue }
      let content: HistoryRow.Content =
        if let entry = rows.optionalBlob(4) { .entry(entry, salt: []) } else { .erased(hash: rows.blob(5)) }
      if case .entry(let entry, _) = content {
        former.follow(rows.integer(0), entry, rows.blob(6))
      } else {
        former.end = rows.blob(6)
      }
      let row = HistoryRow(
        number: scope.historyNumber + 1, scope: scope.number, record: try rows.id(2),
        serverMilliseconds: rows.integer(3), content: content, chain: [])
      scope.historyChain = Chain.history(after: scope.historyChain, row, in: scope.scope)
      scope.historyNumber = row.number
      try transaction.append(row.chained(scope.historyChain))
      scopes[scope.number] = scope
    }
    for scope in scopes.values where scope.historyNumber > 0 { try transaction.save(scope) }
    return former
  }

  private static func moveAudit(_ database: Database) throws -> Former {
    var former = Former()
    var chain = Chain.start
    for row in try SQLiteReading(database).audit(after: 0, limit: .max) {
      former.follow(
        row.number,
        Array("\(row.serverMilliseconds)\u{1F}\(row.actor)\u{1F}\(row.action)\u{1F}\(row.detail)".utf8),
        row.chain)
      chain = Chain.audit(after: chain, row)
      var query = try Query(database, "UPDATE audit SET chain = ? WHERE number = ?")
      try query.bind(chain)
      try query.bind(row.number)
      try query.run()
    }
    try saveEnd(chain, database)
    return former
  }

  private static func sumUpAccess(_ database: Database) throws {
    let transaction = SQLiteTransaction(database)
    for var row in try transaction.scopes() {
      row.access = AccessSum.of(try row.scope.access(in: transaction))
      try transaction.save(row)
    }
  }

  private static func tell(_ detail: String, in database: Database) throws {
    let transaction = SQLiteTransaction(database)
    guard let last = try transaction.audit(last: 1).last else { return }
    var row = AuditRow(
      number: last.number + 1, serverMilliseconds: last.serverMilliseconds, actor: "server",
      action: "history.chains", detail: detail, salt: try transaction.salt())
    row.chain = Chain.audit(after: last.chain, row)
    try transaction.append(row)
    try saveEnd(row.chain, database)
  }

  private static func saveEnd(_ chain: [UInt8], _ database: Database) throws {
    var query = try Query(database, "UPDATE organization SET audit_chain = ?")
    try query.bind(chain)
    try query.run()
  }
}
