import Foundation
import GRDB
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncServer
import Testing

@testable import SQLiteStore

@Suite("A database of an older version")
struct MigrationTests {
  @Test("the secrets that had ended last are still known, and nothing else of a device is lost")
  func endedSecrets() throws {
    let folder = try TemporaryFolder()
    let (present, ended) = (sha256([1]), sha256([2]))
    do {
      let queue = try DatabaseQueue(path: folder.database)
      try Schema.migrator.migrate(queue, upTo: "4")
      try queue.write { database in
        try database.execute(
          sql: """
            INSERT INTO user (id, email, name, role, active, access_version, role_epoch)
              VALUES (zeroblob(16), 'ana@acme.example', 'Ana', 1, 1, 1, 1);
            INSERT INTO device (number, user, name, state, secret_hash, dead_secret_hash, copied_from, created, last_seen,
              last_mutation, acknowledged_results, backed_up)
              VALUES (7, zeroblob(16), 'Laptop', 1, ?, ?, 3, 4, 5, 6, 2, 1), (8, zeroblob(16), 'Phone', 1, ?, NULL, 0, 0, 0, 0, 0, 0);
            """, arguments: [Data(present), Data(ended), Data(present)])
      }
      try queue.close()
    }
    let store = try SQLiteStore(path: folder.database)
    try store.read { reading in
      #expect(try reading.devices(whoseEndedSecretIs: ended) == [7])
      #expect(try reading.devices(whoseEndedSecretIs: present).isEmpty)
      let laptop = try #require(try reading.device(7))
      #expect(laptop.name == "Laptop" && laptop.secretHash == present && laptop.nextSecretHash == nil)
      #expect(laptop.copiedFrom == 3 && laptop.created == 4 && laptop.lastSeen == 5)
      #expect(laptop.lastMutation == 6 && laptop.acknowledgedResults == 2 && laptop.backedUp == 1)
      #expect(laptop.forked == 0)
    }
  }

  /// A database as version 5 wrote it: two scopes, three entries of history in one chain, two of the audit log.
  private func former(_ path: String, tampered: Bool) throws {
    let queue = try DatabaseQueue(path: path)
    try Schema.migrator.migrate(queue, upTo: "5")
    try queue.write { database in
      func links(_ written: [[UInt8]]) -> [Data] {
        var chain = [UInt8](repeating: 0, count: 32)
        return written.map { entry in
          chain = sha256(chain + sha256(entry))
          return Data(chain)
        }
      }
      let scopes = ["directory", "plan/00000000-0000-7000-8000-000000000001"]
      for scope in scopes {
        try database.execute(
          sql: "INSERT INTO scope (name, head, floor, live, digest) VALUES (?, 0, 0, 0, zeroblob(16))",
          arguments: [scope])
      }
      // No register is set: an entry is its record and its time.
      let record = RecordID(high: 0x7000, low: 1 << 63 | 5)
      let entries: [[UInt8]] = try (1...3).map { time in
        try WireHistoryEntry.with {
          $0.change.record = record.description
          $0.serverMs = Int64(time)
        }.serializedBytes()
      }
      for (index, (entry, link)) in zip(entries, links(entries)).enumerated() {
        try database.execute(
          sql:
            "INSERT INTO history (number, scope, record, server_ms, entry, chain) VALUES (?, ?, ?, ?, ?, ?)",
          arguments: [
            index + 1, index == 1 ? 2 : 1, Data(record.bytes), index + 1,
            Data(entry + (tampered && index == 1 ? [0x58, 1] : [])),
            link,
          ])
      }
      let lines = ["1\u{1F}host\u{1F}organization.found\u{1F}Acme", "2\u{1F}host\u{1F}user.add\u{1F}ana"]
      for (line, link) in zip(lines, links(lines.map { Array($0.utf8) })) {
        let parts = line.split(separator: "\u{1F}").map(String.init)
        try database.execute(
          sql: "INSERT INTO audit (server_ms, actor, action, detail, chain) VALUES (?, ?, ?, ?, ?)",
          arguments: [Int(parts[0]), parts[1], parts[2], parts[3], link])
      }
      try database.execute(
        sql: """
          INSERT INTO organization (only, name, epoch, checkpoint_key, clock, accounts_version, grant_epoch, history_chain,
            audit_chain, compacted) VALUES (1, 'Acme', 'e', zeroblob(32), 0, 0, 1, ?, ?, 0)
          """, arguments: [links(entries)[2], links(lines.map { Array($0.utf8) })[1]])
    }
    try queue.close()
  }

  @Test(
    "histories are chained anew, and the audit log says where the chains of before ended and broke",
    arguments: [false, true])
  func chainsByScope(tampered: Bool) throws {
    let folder = try TemporaryFolder()
    try former(folder.database, tampered: tampered)
    let store = try SQLiteStore(path: folder.database)
    try store.read { reading in
      #expect(try Integrity.verify(reading).problems == [])
      #expect(try reading.scopes().map(\.historyNumber) == [2, 1])
      #expect(try reading.history(in: 1, after: 0, limit: 9).map(\.serverMilliseconds) == [1, 3])
      let last = try #require(try reading.audit(last: 1).last)
      #expect(
        last.number == 3 && last.action == "history.chains" && last.detail.contains("history had 3 entries"))
      #expect(last.detail.contains("its entry 2 was NOT the one that was written") == tampered)
    }
  }
}
