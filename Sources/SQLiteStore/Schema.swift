import GRDB
import PlanModel
import SQLiteQuery
import SyncCore
import SyncServer

/// The canonical database's tables. A released migration is never edited.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in try database.execute(sql: version1) }
    migrator.registerMigration("2") { database in
      try database.execute(sql: version2)
      try sumUpAnew(database)
    }
    migrator.registerMigration("3") { database in
      try database.execute(sql: version3)
      try noteDeletedAccounts(database)
    }
    migrator.registerMigration("4") { database in try database.execute(sql: version4) }
    migrator.registerMigration("5") { database in try database.execute(sql: version5) }
    migrator.registerMigration("6") { database in
      try database.execute(sql: version6)
      try ChainsByScope.move(database)
      try database.execute(sql: version6Cleared)
    }
    return migrator
  }

  /// Digests cover values since version 2 of the protocol.
  private static func sumUpAnew(_ database: Database) throws {
    for scope in try Query(database, "SELECT number FROM scope").all({ $0.integer(0) }) {
      var digest = ScopeDigest()
      try SQLiteReading(database).records(in: scope) { digest.add($0) }
      var query = try Query(database, "UPDATE scope SET live = ?, digest = ? WHERE number = ?")
      try query.bind(digest.live)
      try query.bind(digest.sumBytes)
      try query.bind(scope)
      try query.run()
    }
  }

  private static func noteDeletedAccounts(_ database: Database) throws {
    let reading = SQLiteReading(database)
    let scopes = try Query(database, "SELECT number, name FROM scope").all {
      ($0.integer(0), Scope($0.text(1)))
    }
    for case (let number, .plan(let account)?) in scopes {
      guard let record = try reading.record(account, in: number), !record.alive else { continue }
      var query = try Query(database, "UPDATE scope SET deleted = 1 WHERE name IN (?, ?)")
      try query.bind(Scope.plan(account).description)
      try query.bind(Scope.finance(account).description)
      try query.run()
    }
  }

  private static let version6 = """
    -- Where the scope's history ends, up to which entry a seal speaks of it, and who may see the account, summed up.
    ALTER TABLE scope ADD COLUMN history_number INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE scope ADD COLUMN history_chain BLOB NOT NULL
      DEFAULT X'0000000000000000000000000000000000000000000000000000000000000000' CHECK (length(history_chain) = 32);
    ALTER TABLE scope ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE scope ADD COLUMN access BLOB NOT NULL DEFAULT X'' CHECK (length(access) IN (0, 32));

    DROP INDEX history_of_record;
    ALTER TABLE history RENAME TO former_history;
    CREATE TABLE history (
      key INTEGER PRIMARY KEY,
      scope INTEGER NOT NULL REFERENCES scope (number),
      number INTEGER NOT NULL,
      record BLOB NOT NULL CHECK (length(record) = 16),
      server_ms INTEGER NOT NULL,
      entry BLOB,
      salt BLOB,
      erased_hash BLOB CHECK (length(erased_hash) = 32),
      chain BLOB NOT NULL CHECK (length(chain) = 32),
      CHECK ((entry IS NULL) = (erased_hash IS NOT NULL) AND (entry IS NULL) = (salt IS NULL))
    ) STRICT;

    ALTER TABLE audit ADD COLUMN salt BLOB NOT NULL DEFAULT X'';
    CREATE INDEX audit_of_action ON audit (action, number);
    -- Up to which entry of a scope's history an entry of the audit log speaks.
    CREATE TABLE seal (
      entry INTEGER NOT NULL REFERENCES audit (number),
      scope INTEGER NOT NULL REFERENCES scope (number),
      number INTEGER NOT NULL,
      PRIMARY KEY (entry, scope)
    ) STRICT, WITHOUT ROWID;
    """

  private static let version6Cleared = """
    DROP TABLE former_history;
    CREATE UNIQUE INDEX history_of_scope ON history (scope, number);
    CREATE INDEX history_of_record ON history (record, number);
    ALTER TABLE organization DROP COLUMN history_chain;
    ALTER TABLE organization ADD COLUMN history_entries INTEGER NOT NULL DEFAULT 0;
    UPDATE organization SET history_entries = (SELECT count(*) FROM history);
    """

  private static let version5 = """
    -- Every secret that was replaced, for ever.
    CREATE TABLE dead_secret (
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      device INTEGER NOT NULL REFERENCES device (number),
      PRIMARY KEY (hash, device)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX dead_secret_of_device ON dead_secret (device);
    INSERT INTO dead_secret (hash, device)
      SELECT dead_secret_hash, number FROM device WHERE dead_secret_hash IS NOT NULL;
    ALTER TABLE device DROP COLUMN dead_secret_hash;
    -- When it was last seen that there are two of it, Unix milliseconds; 0: never.
    ALTER TABLE device ADD COLUMN forked INTEGER NOT NULL DEFAULT 0;
    """

  private static let version4 = """
    -- NULL in notices of before.
    ALTER TABLE notice ADD COLUMN subject BLOB;
    CREATE UNIQUE INDEX notice_about ON notice (user, subject);
    """

  private static let version3 = """
    -- NULL: there is no such scope, or it was not noted yet.
    ALTER TABLE mutation ADD COLUMN scope INTEGER;
    -- The first 16 bytes of SHA-256 over what it says; NULL: not noted yet.
    ALTER TABLE mutation ADD COLUMN words BLOB;

    -- By id first: an id is one record's over all scopes.
    CREATE UNIQUE INDEX record_of_id ON record (id, scope);
    DROP INDEX record_by_id;
    -- Records that compaction let go of, whose ids stay theirs.
    CREATE TABLE gone_record (
      id BLOB NOT NULL CHECK (length(id) = 16),
      scope INTEGER NOT NULL REFERENCES scope (number),
      PRIMARY KEY (id, scope)
    ) STRICT, WITHOUT ROWID;

    -- NULL: the server, or it was not noted yet.
    ALTER TABLE scope ADD COLUMN founder BLOB;
    ALTER TABLE scope ADD COLUMN founded INTEGER NOT NULL DEFAULT 0;
    -- Whether the account's own record is deleted.
    ALTER TABLE scope ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1));

    -- What a person used of what is finite, on the last day that they did. subject: Allowance; day: since 1970.
    CREATE TABLE allowance (
      user BLOB NOT NULL REFERENCES user (id),
      subject INTEGER NOT NULL,
      day INTEGER NOT NULL,
      used INTEGER NOT NULL,
      PRIMARY KEY (user, subject)
    ) STRICT, WITHOUT ROWID;
    """

  private static let version2 = """
    ALTER TABLE organization ADD COLUMN commits INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE organization ADD COLUMN epoch_began INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE organization ADD COLUMN epoch_clock INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE device ADD COLUMN backed_up INTEGER NOT NULL DEFAULT 0;
    -- NULL: the registers under a guard have the final stamp too.
    ALTER TABLE mutation ADD COLUMN guarded_hlc INTEGER;
    ALTER TABLE mutation ADD COLUMN receipt BLOB;

    -- Epochs that this history had, or is known to have lost.
    CREATE TABLE epoch (id TEXT PRIMARY KEY) STRICT;
    INSERT INTO epoch (id) SELECT epoch FROM organization;

    -- Starts of the server, in order; the last one runs.
    CREATE TABLE incarnation (
      number INTEGER PRIMARY KEY,
      id INTEGER NOT NULL UNIQUE,
      -- Decisions committed when the next one began.
      ended_commits INTEGER
    ) STRICT;

    -- subject: a person's id, or a department's number as text.
    CREATE TABLE access_change (
      account BLOB NOT NULL CHECK (length(account) = 16),
      subject BLOB NOT NULL,
      hlc INTEGER NOT NULL,
      PRIMARY KEY (account, subject)
    ) STRICT;
    """

  // Records are rowid tables with packed registers: one row a register costs ten times as much to write, and
  // WITHOUT ROWID three times at random ids (ARCHITECTURE.md has the figures).
  private static let version1 = """
    CREATE TABLE organization (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      name TEXT NOT NULL,
      epoch TEXT NOT NULL,
      checkpoint_key BLOB NOT NULL CHECK (length(checkpoint_key) = 32),
      clock INTEGER NOT NULL,
      accounts_version INTEGER NOT NULL,
      grant_epoch INTEGER NOT NULL,
      history_chain BLOB NOT NULL CHECK (length(history_chain) = 32),
      audit_chain BLOB NOT NULL CHECK (length(audit_chain) = 32),
      compacted INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE user (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      email TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 3),
      active INTEGER NOT NULL CHECK (active IN (0, 1)),
      access_version INTEGER NOT NULL,
      role_epoch INTEGER NOT NULL
    ) STRICT;

    -- AUTOINCREMENT: a replica number is never given twice.
    CREATE TABLE device_number (number INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;

    CREATE TABLE device (
      number INTEGER PRIMARY KEY,
      user BLOB NOT NULL REFERENCES user (id),
      name TEXT NOT NULL,
      state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),
      auth_kind TEXT NOT NULL DEFAULT 'token',
      secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
      next_secret_hash BLOB,
      dead_secret_hash BLOB,
      copied_from INTEGER NOT NULL,
      created INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      last_mutation INTEGER NOT NULL,
      acknowledged_results INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX device_of_user ON device (user);

    CREATE TABLE invite (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      user BLOB NOT NULL REFERENCES user (id),
      secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
      created INTEGER NOT NULL,
      expires INTEGER NOT NULL,
      used INTEGER NOT NULL,
      used_by_device INTEGER NOT NULL,
      used_device_secret_hash BLOB,
      withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1))
    ) STRICT;

    CREATE TABLE account_grant (
      account BLOB NOT NULL CHECK (length(account) = 16),
      user BLOB NOT NULL REFERENCES user (id),
      role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 3),
      plan_epoch INTEGER NOT NULL,
      finance_epoch INTEGER NOT NULL,
      PRIMARY KEY (account, user)
    ) STRICT;
    CREATE INDEX grant_of_user ON account_grant (user);

    CREATE TABLE membership (
      user BLOB NOT NULL REFERENCES user (id),
      department INTEGER NOT NULL CHECK (department > 0),
      role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 2),
      epoch INTEGER NOT NULL,
      PRIMARY KEY (user, department)
    ) STRICT;
    CREATE INDEX membership_of_department ON membership (department);

    -- A department without a row is engaged.
    CREATE TABLE engagement (
      account BLOB NOT NULL CHECK (length(account) = 16),
      department INTEGER NOT NULL CHECK (department > 0),
      engaged INTEGER NOT NULL CHECK (engaged IN (0, 1)),
      epoch INTEGER NOT NULL,
      PRIMARY KEY (account, department)
    ) STRICT;

    CREATE TABLE scope (
      number INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      head INTEGER NOT NULL,
      floor INTEGER NOT NULL,
      live INTEGER NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 16)
    ) STRICT;

    -- state is the encoded RecordState, as it is sent.
    CREATE TABLE record (
      key INTEGER PRIMARY KEY,
      scope INTEGER NOT NULL REFERENCES scope (number),
      id BLOB NOT NULL CHECK (length(id) = 16),
      sequence INTEGER NOT NULL,
      state BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX record_by_id ON record (scope, id);
    CREATE UNIQUE INDEX record_by_sequence ON record (scope, sequence);

    CREATE TABLE mutation (
      key INTEGER PRIMARY KEY,
      id BLOB NOT NULL CHECK (length(id) = 16),
      replica INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      outcome INTEGER NOT NULL,
      scope_sequence INTEGER NOT NULL,
      final_hlc INTEGER NOT NULL,
      final_replica INTEGER NOT NULL,
      result BLOB
    ) STRICT;
    CREATE UNIQUE INDEX mutation_of_replica ON mutation (replica, sequence);
    -- Not unique: a mutation that comes again under another number has a row for each.
    CREATE INDEX mutation_by_id ON mutation (id);
    CREATE INDEX mutation_result ON mutation (replica, sequence) WHERE result IS NOT NULL;

    CREATE TABLE history (
      number INTEGER PRIMARY KEY,
      scope INTEGER NOT NULL REFERENCES scope (number),
      record BLOB NOT NULL CHECK (length(record) = 16),
      server_ms INTEGER NOT NULL,
      entry BLOB,
      erased_hash BLOB,
      chain BLOB NOT NULL CHECK (length(chain) = 32),
      CHECK (entry IS NOT NULL OR erased_hash IS NOT NULL)
    ) STRICT;
    CREATE INDEX history_of_record ON history (record, number);

    CREATE TABLE notice (
      key INTEGER PRIMARY KEY,
      user BLOB NOT NULL REFERENCES user (id),
      number INTEGER NOT NULL,
      scope TEXT NOT NULL,
      server_ms INTEGER NOT NULL,
      notice BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX notice_of_user ON notice (user, number);
    -- Numbers go on although old notices are deleted.
    CREATE TABLE notice_number (
      user BLOB PRIMARY KEY REFERENCES user (id),
      last INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE audit (
      number INTEGER PRIMARY KEY,
      server_ms INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      detail TEXT NOT NULL,
      chain BLOB NOT NULL CHECK (length(chain) = 32)
    ) STRICT;
    """
}
