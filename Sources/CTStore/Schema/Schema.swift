/// The database's tables, in the order in which versions of the program brought them.
///
/// A released migration is never edited: a database that has it would not get the edit.
enum Schema {
  /// `PRAGMA application_id` of a tower's database ("CTWR"); sqlite.org/fileformat.html, section 1.3.17.
  static let applicationId: Int64 = 0x4354_5752

  static let migrations = [eventLog, documents, projections, corrections, heldEvents]

  /// 1. The log of events.
  ///
  /// An accepted event costs three B-tree inserts: the log itself (at its end), the ledger (by id) and one small index
  /// entry. The pair of source and type is interned as a *stream*; as there are few streams, one index serves lists by
  /// source, by type, by both and by neither, by merging streams (see ``StreamMerge``). The index on correlation ids
  /// holds only the events that have one.
  ///
  /// Measured (`IntakeBenchmark`; 2 cores, 64 events a transaction, 4 KiB fdatasync 0.2 ms), in events a second: the
  /// floor's two wide B-trees 16,000 to 19,000; these three 28,000 to 35,000; without `events_by_stream` 27,000 to
  /// 30,000, without `events_refuse_replace` 26,000 to 31,000, with two more indexes 22,000 to 33,000 (median 25,000), six
  /// runs each. So the index stays in the intake's
  /// transaction: it costs nothing that can be measured, and a list sees an event as soon as it is acknowledged. What
  /// costs is pages, not inserts: ids from many producers touch one page of the ledger each.
  ///
  /// Immutability. The triggers refuse UPDATE and DELETE, and an INSERT over an existing row (REPLACE would delete it
  /// without asking the DELETE trigger). Retention cuts prefixes: it first writes a signed row into
  /// `checkpoints` (the chain's hash at some `seq`), then raises `retention.floor` to it, and only then may rows at or
  /// below the floor be deleted. The floor never sinks and stands only on a checkpoint, so a cut log still verifies from
  /// there. Whoever can write to the file can drop the triggers; the hash chain is what shows that.
  ///
  /// `event_ids` is the ledger that knows every id for ever, also past retention. It keeps 16 of the 32 bytes
  /// of the body digest: the digest is keyed, so nobody can search for bodies that agree in them.
  static let eventLog = """
    CREATE TABLE meta (
      name TEXT PRIMARY KEY,
      value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE streams (
      stream INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      type TEXT NOT NULL,
      UNIQUE (source, type)
    ) STRICT;

    CREATE TABLE events (
      seq INTEGER PRIMARY KEY,
      stream INTEGER NOT NULL,
      ts INTEGER NOT NULL,
      received_at INTEGER NOT NULL,
      signal INTEGER NOT NULL,
      event_id TEXT NOT NULL,
      correlation_id TEXT,
      body_digest BLOB NOT NULL,
      hash BLOB NOT NULL,
      payload TEXT NOT NULL
    ) STRICT;
    CREATE INDEX events_by_stream ON events (stream, ts);
    CREATE INDEX events_by_correlation ON events (correlation_id, ts) WHERE correlation_id IS NOT NULL;

    CREATE TABLE event_ids (
      event_id TEXT PRIMARY KEY,
      seq INTEGER NOT NULL,
      body_digest BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE checkpoints (
      seq INTEGER PRIMARY KEY,
      hash BLOB NOT NULL,
      made_at INTEGER NOT NULL,
      signature BLOB NOT NULL
    ) STRICT;
    CREATE TABLE retention (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      floor INTEGER NOT NULL
    ) STRICT;
    INSERT INTO retention VALUES (1, 0);

    CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
    CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
    WHEN OLD.seq > (SELECT floor FROM retention)
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
    CREATE TRIGGER events_refuse_replace BEFORE INSERT ON events
    WHEN EXISTS (SELECT 1 FROM events WHERE seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
    CREATE TRIGGER event_ids_refuse_update BEFORE UPDATE ON event_ids
    BEGIN SELECT RAISE(ABORT, 'the ledger of event ids is append-only'); END;
    CREATE TRIGGER event_ids_refuse_delete BEFORE DELETE ON event_ids
    BEGIN SELECT RAISE(ABORT, 'the ledger of event ids is append-only'); END;
    CREATE TRIGGER streams_refuse_update BEFORE UPDATE ON streams
    BEGIN SELECT RAISE(ABORT, 'streams are append-only'); END;
    CREATE TRIGGER streams_refuse_delete BEFORE DELETE ON streams
    BEGIN SELECT RAISE(ABORT, 'streams are append-only'); END;
    CREATE TRIGGER checkpoints_refuse_update BEFORE UPDATE ON checkpoints
    BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
    CREATE TRIGGER checkpoints_refuse_delete BEFORE DELETE ON checkpoints
    BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
    CREATE TRIGGER retention_refuse_delete BEFORE DELETE ON retention
    BEGIN SELECT RAISE(ABORT, 'the retention floor stays'); END;
    CREATE TRIGGER retention_stands_on_checkpoints BEFORE UPDATE ON retention
    WHEN NEW.floor < OLD.floor OR NOT EXISTS (SELECT 1 FROM checkpoints WHERE seq = NEW.floor)
    BEGIN SELECT RAISE(ABORT, 'the retention floor only rises, and only to a checkpoint'); END;
    """

  /// 2. Documents with versions, for everything that has a state: runs, dead letters, settings.
  static let documents = """
    CREATE TABLE documents (
      collection TEXT NOT NULL,
      id TEXT NOT NULL,
      version INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (collection, id)
    ) STRICT, WITHOUT ROWID;
    """

  /// 3. What is derived from the log, and how far each projection has read it. All of it can be made again from seq 1.
  static let projections = """
    CREATE TABLE projections (
      name TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE systems (
      source TEXT PRIMARY KEY,
      events INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      last_received_at INTEGER NOT NULL,
      last_error INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE system_errors (
      source TEXT NOT NULL,
      minute INTEGER NOT NULL,
      errors INTEGER NOT NULL,
      PRIMARY KEY (source, minute)
    ) STRICT, WITHOUT ROWID;
    """

  /// 4. Which event an event corrects, and what was redacted from it (a JSON array). Most events have neither, and pay a
  /// byte for each; the index holds corrections only.
  static let corrections = """
    ALTER TABLE events ADD COLUMN corrects TEXT;
    ALTER TABLE events ADD COLUMN redactions TEXT;
    CREATE INDEX events_by_corrected ON events (corrects) WHERE corrects IS NOT NULL;
    """

  /// 5. Events that a legal hold keeps although the log was cut behind them: each with a signature that proves it without
  /// its neighbours. As long as it has one, the database refuses to delete it.
  static let heldEvents = """
    CREATE TABLE held_events (
      seq INTEGER PRIMARY KEY,
      signature BLOB NOT NULL
    ) STRICT;
    CREATE TRIGGER held_events_refuse_update BEFORE UPDATE ON held_events
    BEGIN SELECT RAISE(ABORT, 'proofs of held events are not changed'); END;
    DROP TRIGGER events_refuse_delete;
    CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
    WHEN OLD.seq > (SELECT floor FROM retention) OR EXISTS (SELECT 1 FROM held_events WHERE seq = OLD.seq)
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
    """
}
