import Crypto
import Foundation
import GRDB
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import Testing

@testable import SyncServer

@Suite("What the chains prove")
struct ChainTests {
  let folder: TemporaryFolder
  let acme: Organisation
  let ana: Device
  let scope: Scope
  let task: RecordID

  init() throws {
    folder = try TemporaryFolder()
    acme = try Organisation(store: SQLiteStore(path: folder.database))
    ana = try acme.person("Ana")
    scope = try acme.account(managedBy: ana)
    task = try ana.task(in: scope)
    for number in 0..<4 { try ana.edit(scope, change(task, .task, ["title": "t\(number)"])) }
  }

  private func rows(of scope: Scope) throws -> [HistoryRow] {
    try acme.store.read { reading in
      guard let number = try reading.scope(scope)?.number else { return [] }
      return try reading.history(in: number, after: 0, limit: 1_000)
    }
  }

  /// The protocol's own words (Protocol/sync.md, "History"), and nothing of the server's.
  private func links(_ rows: [HistoryRow], in scope: Scope) -> [[UInt8]] {
    func bytes(of number: Int64) -> [UInt8] {
      (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }
    var chain = [UInt8](repeating: 0, count: 32)
    return rows.map { row in
      guard case .entry(let entry, let salt) = row.content else { return [] }
      let parts: [[UInt8]] = [
        Array("kam history 2\0".utf8), chain, bytes(of: row.number), row.record.bytes,
        bytes(of: row.serverMilliseconds), Array(SHA256.hash(data: salt + entry)),
        Array(scope.description.utf8),
      ]
      chain = Array(SHA256.hash(data: parts.flatMap { $0 }))
      return chain
    }
  }

  @Test("each scope's history is numbered and chained by itself, and its row holds the end")
  func chained() throws {
    let other = try acme.account(managedBy: ana)
    _ = try ana.task(in: other)
    for scope in [scope, other] {
      let rows = try rows(of: scope)
      #expect(rows.map(\.number) == Array(1...Int64(rows.count)))
      #expect(rows.map(\.chain) == links(rows, in: scope))
      let row = try #require(try acme.row(scope))
      #expect(row.historyNumber == Int64(rows.count) && row.historyChain == rows.last?.chain)
    }
  }

  @Test("a refused edit is chained too, and no news to anybody")
  func refused() throws {
    let before = try #require(try acme.row(scope))
    var broken = change(task)
    broken.set = Data([0x0A, 0x05, 0x41])
    #expect(try ana.edit(scope, broken).outcome == .invalid)
    let after = try #require(try acme.row(scope))
    #expect(after.head == before.head && after.historyNumber == before.historyNumber + 1)
  }

  @Test("the place, the record, the time and the words of an entry are all in its link")
  func tampering() throws {
    let row = try rows(of: scope)[2]
    func link(
      number: Int64? = nil, record: RecordID? = nil, at: Int64? = nil, content: HistoryRow.Content? = nil,
      in scope: Scope? = nil
    ) -> [UInt8] {
      Chain.history(
        after: Chain.start,
        HistoryRow(
          number: number ?? row.number, scope: row.scope, record: record ?? row.record,
          serverMilliseconds: at ?? row.serverMilliseconds, content: content ?? row.content, chain: []),
        in: scope ?? self.scope)
    }
    let others = [
      link(number: 4), link(record: RecordID(high: 1, low: 1)), link(at: row.serverMilliseconds + 1),
      link(content: .entry(row.entry + [0], salt: [])), link(in: .directory),
    ]
    #expect(Set(others + [link()]).count == 6)
  }

  @Test("an entry that was erased still fits, and what it said cannot be tried out")
  func erased() throws {
    let row = try rows(of: scope)[1]
    guard case .entry(let entry, let salt) = row.content else {
      Issue.record("it is not erased")
      return
    }
    #expect(salt.count == 16)
    let hash = Chain.contentHash(row.content)
    #expect(hash != Array(SHA256.hash(data: entry)))
    #expect(Chain.contentHash(.erased(hash: hash)) == hash)
    let copy = try copy()
    try sql(
      copy, "UPDATE history SET entry = NULL, salt = NULL, erased_hash = ? WHERE scope = ? AND number = 2",
      [Data(hash), row.scope])
    #expect(try verify(copy) == [])
    try sql(copy, "UPDATE history SET erased_hash = zeroblob(32) WHERE scope = ? AND number = 2", [row.scope])
    #expect(try verify(copy).count == 1)
  }

  @Test("a seal speaks of what went on since the one before, and of nothing twice")
  func seals() throws {
    let sealed = try acme.store.write { try Sealing.run(in: $0, now: acme.now) }
    #expect(sealed == 1)
    #expect(try acme.store.write { try Sealing.run(in: $0, now: acme.now) } == 0)
    try ana.edit(scope, change(task, .task, ["title": "t5"]))
    #expect(try acme.store.write { try Sealing.run(in: $0, now: acme.now) } == 1)
    let last = try #require(try acme.store.read { try $0.audit(last: 1) }.last)
    #expect(last.action == "history.seal" && last.detail.hasPrefix("1 history: "))
    #expect(try acme.store.read { try Integrity.verify($0) }.problems == [])
    #expect(
      try acme.store.read { try $0.audit(last: 10, without: Sealing.action) }.allSatisfy {
        $0.action != "history.seal"
      })
  }

  /// What somebody does who can write the file and knows how entries are chained.
  enum Forgery: String, CaseIterable {
    case rollsBack = "puts a whole scope back"
    case takesOut = "takes a whole scope out"
    case rewrites = "writes a history anew"
    case makesAdmin = "makes a member an admin"
    case grants = "lets somebody see an account"
    case value = "changes a value"
    case cutsLog = "cuts the audit log"
  }

  @Test("what is changed in the file, with its chain made anew, is found", arguments: Forgery.allCases)
  func forged(_ forgery: Forgery) throws {
    let bo = try acme.person("Bo").author.user
    try acme.store.write { _ = try Sealing.run(in: $0, now: acme.now) }
    let copy = try copy()
    #expect(try verify(copy) == [])
    let number = try #require(try acme.row(scope)?.number)
    let rows = try rows(of: scope)
    switch forgery {
    case .rollsBack:
      try sql(copy, "DELETE FROM history WHERE scope = ? AND number > 2", [number])
      try sql(
        copy, "UPDATE scope SET history_number = 2, history_chain = ?, sealed = 2 WHERE number = ?",
        [Data(rows[1].chain), number])
    case .takesOut:
      for table in ["history", "record", "seal"] {
        try sql(copy, "DELETE FROM \(table) WHERE scope = ?", [number])
      }
      try sql(copy, "DELETE FROM scope WHERE number = ?", [number])
      try recount(copy)
    case .rewrites:
      // The last entry says something else, at another time, and its link fits.
      let last = try #require(rows.last)
      var entry = try WireHistoryEntry(serializedBytes: last.entry)
      entry.serverMs += 1
      let forged = HistoryRow(
        number: last.number, scope: number, record: last.record,
        serverMilliseconds: last.serverMilliseconds + 1,
        content: .entry(try entry.serializedBytes(), salt: []), chain: [])
      let chain = Chain.history(after: rows[rows.count - 2].chain, forged, in: scope)
      try sql(
        copy,
        "UPDATE history SET server_ms = ?, entry = ?, salt = X'', chain = ? WHERE scope = ? AND number = ?",
        [forged.serverMilliseconds, Data(forged.entry), Data(chain), number, last.number])
      try sql(copy, "UPDATE scope SET history_chain = ? WHERE number = ?", [Data(chain), number])
    case .makesAdmin:
      try sql(copy, "UPDATE user SET role = 3 WHERE id = ?", [Data(bo.id.bytes)])
    case .grants:
      try sql(
        copy, "INSERT INTO account_grant VALUES (?, ?, 3, 1, 1)",
        [Data(try #require(scope.account).bytes), Data(bo.id.bytes)])
    case .value:
      let state = try #require(try acme.store.read { try $0.record(task, in: number) }).encoded
      var forged = state
      let place = try #require(
        forged.indices.dropLast().first { forged[$0...($0 + 1)].elementsEqual("t3".utf8) })
      forged[place + 1] = UInt8(ascii: "9")
      try sql(copy, "UPDATE record SET state = ? WHERE id = ?", [Data(forged), Data(task.bytes)])
    case .cutsLog:
      try sql(copy, "DELETE FROM seal", [])
      try sql(copy, "DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)", [])
    }
    let found = try verify(copy)
    #expect(!found.isEmpty, "\(forgery.rawValue)")
  }

  private func recount(_ path: String) throws {
    try sql(path, "UPDATE organization SET history_entries = (SELECT count(*) FROM history)", [])
  }

  /// A copy of the database's file, to forge in.
  private func copy() throws -> String {
    let path = folder.path + "/copy.sqlite"
    try DatabaseQueue(path: folder.database).vacuum(into: path)
    return path
  }

  private func sql(_ path: String, _ statement: String, _ arguments: StatementArguments) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    try DatabaseQueue(path: path, configuration: configuration).write {
      try $0.execute(sql: statement, arguments: arguments)
    }
  }

  private func verify(_ path: String) throws -> [String] {
    try SQLiteStore(path: path).read { try Integrity.verify($0) }.problems
  }
}
