import Foundation
import GRDB
import PlanModel
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
}
