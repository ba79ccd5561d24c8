import GRDB

/// The replica's tables. A released migration is never edited.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in try database.execute(sql: version1) }
    migrator.registerMigration("2") { database in try database.execute(sql: version2) }
    migrator.registerMigration("3") { database in
      try database.execute(sql: version3)
      try ReplicaTransaction(database, ReplicaSettings()).sumUpAnew()
    }
    migrator.registerMigration("4") { database in try database.execute(sql: version4) }
    migrator.registerMigration("5") { database in try database.execute(sql: version5) }
    migrator.registerMigration("6") { database in try database.execute(sql: version6) }
    migrator.registerMigration("7") { database in try database.execute(sql: version7) }
    return migrator
  }

  private static let version5 = """
    -- How many records were left alone when it was taken back: then it is taken back in part.
    ALTER TABLE import ADD COLUMN left_alone INTEGER NOT NULL DEFAULT 0;
    """

  private static let version7 = """
    -- Ends of the server's audit log, the last of each day.
    CREATE TABLE shown_log (
      epoch TEXT NOT NULL,
      day INTEGER NOT NULL,
      number INTEGER NOT NULL,
      chain BLOB NOT NULL CHECK (length(chain) = 32),
      signature BLOB NOT NULL,
      key BLOB NOT NULL,
      -- What the server knows it by.
      proof BLOB NOT NULL,
      shown_ms INTEGER NOT NULL,
      PRIMARY KEY (epoch, day)
    ) STRICT, WITHOUT ROWID;
    """

  private static let version6 = """
    -- Whose replica this is, besides a person's: an organisation's, which is known by the key of its authority.
    CREATE TABLE server (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      url TEXT NOT NULL,
      -- SHA-256 of the public key; X'' where a public authority vouches for the host.
      authority BLOB NOT NULL CHECK (length(authority) IN (0, 32))
    ) STRICT;
    """

  private static let version4 = """
    -- Files that were brought in on this device, to be listed and taken back.
    CREATE TABLE import (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      at_ms INTEGER NOT NULL,
      file TEXT NOT NULL,
      undone_ms INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    -- What they did to records, in order, many in one row.
    CREATE TABLE import_part (
      part INTEGER PRIMARY KEY AUTOINCREMENT,
      import INTEGER NOT NULL REFERENCES import (number) ON DELETE CASCADE,
      count INTEGER NOT NULL,
      changes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX import_part_by_import ON import_part (import, part);
    -- Pairs of records that look like one, the smaller id first: told once, or judged by a person to be two.
    CREATE TABLE twin (
      one BLOB NOT NULL CHECK (length(one) = 16),
      other BLOB NOT NULL CHECK (length(other) = 16),
      apart INTEGER NOT NULL CHECK (apart IN (0, 1)),
      PRIMARY KEY (one, other)
    ) STRICT;
    -- Records that were merged into another, here or, as far as it is known, elsewhere.
    CREATE TABLE merged (
      record BLOB PRIMARY KEY CHECK (length(record) = 16),
      keep BLOB NOT NULL CHECK (length(keep) = 16)
    ) STRICT;
    -- What a merge made here has changed, so that it can be taken back.
    CREATE TABLE merge_step (
      merged BLOB NOT NULL CHECK (length(merged) = 16),
      place INTEGER NOT NULL,
      scope TEXT NOT NULL,
      record BLOB NOT NULL CHECK (length(record) = 16),
      -- 0 is life: X'01' before is deleted by the merge, X'01' after is made by it.
      register INTEGER NOT NULL,
      before BLOB,
      after BLOB,
      PRIMARY KEY (merged, place)
    ) STRICT;
    """

  private static let version3 = """
    -- It comes from a history that the server has lost, and is sent again.
    ALTER TABLE outbox ADD COLUMN former INTEGER NOT NULL DEFAULT 0;
    -- What proves that the server applied it, and the clocks it was applied with: 0 is its own, or that of the rest.
    ALTER TABLE outbox ADD COLUMN receipt BLOB;
    ALTER TABLE outbox ADD COLUMN decided_hlc INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE outbox ADD COLUMN guarded_hlc INTEGER NOT NULL DEFAULT 0;
    -- How many edits and records the line carried at a time; 0 is no limit.
    ALTER TABLE progress ADD COLUMN line_edits INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE progress ADD COLUMN line_records INTEGER NOT NULL DEFAULT 0;
    -- When the clock was last compared with the server's, by this device's clock.
    ALTER TABLE progress ADD COLUMN clock_measured_ms INTEGER NOT NULL DEFAULT 0;
    -- The last checkpoint of the history before: it proves to a restored server whose replica this is.
    ALTER TABLE progress ADD COLUMN proof_epoch TEXT NOT NULL DEFAULT '';
    ALTER TABLE progress ADD COLUMN proof_checkpoint BLOB NOT NULL DEFAULT X'';
    -- Deleted records are few, and asked for with every list: what belongs to them is hidden.
    ALTER TABLE base ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX base_gone ON base (id, scope) WHERE gone = 1;
    ALTER TABLE overlay ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX overlay_gone ON overlay (id) WHERE gone = 1;
    -- What is held of it is not what the server sent: the next sync asks for all of it.
    ALTER TABLE scope ADD COLUMN suspect INTEGER NOT NULL DEFAULT 0;
    """

  private static let version2 = """
    -- Review packs as they were shown: the same again is the same bytes, whatever has come in since.
    CREATE TABLE pack (
      -- An account, or X'' for all of them.
      subject BLOB NOT NULL CHECK (length(subject) IN (0, 16)),
      period TEXT NOT NULL,
      -- For whom, in which language and currency.
      variant TEXT NOT NULL,
      edition INTEGER NOT NULL,
      made_ms INTEGER NOT NULL,
      -- How far the scopes were, and the figures, to tell what has changed since.
      state BLOB NOT NULL,
      page BLOB NOT NULL,
      PRIMARY KEY (subject, period, variant, edition)
    ) STRICT;
    """

  private static let version1 = """
    CREATE TABLE identity (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      organization TEXT NOT NULL,
      person BLOB NOT NULL CHECK (length(person) = 16),
      name TEXT NOT NULL,
      email TEXT NOT NULL,
      role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 3),
      replica INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE progress (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      epoch TEXT NOT NULL,
      -- The server's token for what this replica has read; empty before the first checkpoint.
      checkpoint BLOB NOT NULL,
      clock INTEGER NOT NULL,
      clock_offset_ms INTEGER NOT NULL,
      clock_uncertainty_ms INTEGER NOT NULL,
      last_sequence INTEGER NOT NULL,
      acknowledged_results INTEGER NOT NULL,
      acknowledged_notices INTEGER NOT NULL,
      synced_ms INTEGER NOT NULL,
      repairs INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE scope (
      number INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      -- 0 while only this replica knows the scope: its account waits to be synced.
      grant_epoch INTEGER NOT NULL,
      role INTEGER NOT NULL,
      writable INTEGER NOT NULL CHECK (writable IN (0, 1)),
      head INTEGER NOT NULL,
      live INTEGER NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 16)
    ) STRICT;

    -- What the server has, verbatim: state is its encoded RecordState.
    -- A record that changes gets a new key: what lies above the index of words is what it lacks.
    CREATE TABLE base (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      scope INTEGER NOT NULL REFERENCES scope (number),
      id BLOB NOT NULL CHECK (length(id) = 16),
      kind INTEGER NOT NULL,
      state BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX base_by_id ON base (id, scope);
    CREATE INDEX base_by_kind ON base (kind, scope);

    -- base with this replica's waiting edits applied, for the records that have any.
    CREATE TABLE overlay (
      scope INTEGER NOT NULL REFERENCES scope (number),
      id BLOB NOT NULL CHECK (length(id) = 16),
      kind INTEGER NOT NULL,
      -- The first and last waiting mutation that touch the record, by outbox key.
      first_edit INTEGER NOT NULL,
      last_edit INTEGER NOT NULL,
      state BLOB NOT NULL,
      PRIMARY KEY (id, scope)
    ) STRICT;

    -- Records that waiting edits change although they are not here: they are shown once the record comes.
    CREATE TABLE awaited (
      scope INTEGER NOT NULL REFERENCES scope (number),
      id BLOB NOT NULL CHECK (length(id) = 16),
      PRIMARY KEY (id, scope)
    ) STRICT;

    -- Every edit of this replica: waiting (0), acknowledged (1, kept for a while), refused (2, kept until dismissed).
    CREATE TABLE outbox (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      sequence INTEGER NOT NULL,
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      scope TEXT NOT NULL,
      hlc INTEGER NOT NULL,
      created_ms INTEGER NOT NULL,
      status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 2),
      -- It has guards: the server decides it by comparing.
      guarded INTEGER NOT NULL CHECK (guarded IN (0, 1)),
      settled_ms INTEGER NOT NULL DEFAULT 0,
      result BLOB
    ) STRICT;
    -- One small index for each status instead of one for all: an edit moves from the first to the second, ten thousand
    -- of them in one sync. Results and echoes name a waiting edit by its number, which has the order of its key.
    CREATE INDEX outbox_waiting ON outbox (sequence, status, guarded) WHERE status = 0;
    CREATE INDEX outbox_acknowledged ON outbox (settled_ms) WHERE status = 1;
    CREATE INDEX outbox_refused ON outbox (key) WHERE status = 2;

    -- What an edit says, beside the table of what became of it: settling ten thousand edits must not write their
    -- words to the disk twice more.
    CREATE TABLE edit (
      key INTEGER PRIMARY KEY REFERENCES outbox (key) ON DELETE CASCADE,
      mutation BLOB NOT NULL
    ) STRICT;

    -- Answers of a checkpoint that is not complete yet.
    CREATE TABLE staged (
      number INTEGER PRIMARY KEY,
      response BLOB NOT NULL
    ) STRICT;

    -- Where an edit met another person's.
    CREATE TABLE conflict (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      at_ms INTEGER NOT NULL,
      type INTEGER NOT NULL,
      scope TEXT NOT NULL,
      record BLOB NOT NULL CHECK (length(record) = 16),
      kind INTEGER NOT NULL,
      register INTEGER NOT NULL,
      mine BLOB NOT NULL,
      theirs BLOB NOT NULL,
      seen INTEGER NOT NULL CHECK (seen IN (0, 1))
    ) STRICT;

    -- Up to when (server time) decisions on claims have been shown to their person.
    CREATE TABLE looked (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      settled_ms INTEGER NOT NULL
    ) STRICT;

    -- Up to which key of base the index of words goes. No row while nobody has searched.
    CREATE TABLE searched (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      key INTEGER NOT NULL
    ) STRICT;

    -- Looks at the page of an account: how far its scopes were at the last one, and at the one before.
    CREATE TABLE seen (
      account BLOB PRIMARY KEY CHECK (length(account) = 16),
      at_ms INTEGER NOT NULL,
      plan_head INTEGER NOT NULL,
      finance_head INTEGER NOT NULL,
      before_ms INTEGER NOT NULL,
      before_plan_head INTEGER NOT NULL,
      before_finance_head INTEGER NOT NULL
    ) STRICT;

    -- The records of the last list that was printed, so that they can be named by their line.
    CREATE TABLE listed (
      line INTEGER PRIMARY KEY,
      id BLOB NOT NULL CHECK (length(id) = 16)
    ) STRICT;
    """
}
