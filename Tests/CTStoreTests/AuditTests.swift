import CSQLite
import CTStore
import Testing

/// Statements run by somebody who has the file and the sqlite3 shell.
struct Intruder {
  let path: String

  /// The message of the error; `nil` when there was none.
  @discardableResult func run(_ sql: String) -> String? {
    var handle: OpaquePointer?
    sqlite3_open(path, &handle)
    defer { sqlite3_close(handle) }
    sqlite3_busy_timeout(handle, 2000)
    return sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK ? nil : String(cString: sqlite3_errmsg(handle))
  }

  /// The first column of every row.
  func column(_ sql: String) -> [String] {
    var handle: OpaquePointer?
    var statement: OpaquePointer?
    sqlite3_open(path, &handle)
    sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
    defer {
      sqlite3_finalize(statement)
      sqlite3_close(handle)
    }
    var values: [String] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      values.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "NULL")
    }
    return values
  }

  static let dropTriggers = """
    DROP TRIGGER events_refuse_update; DROP TRIGGER events_refuse_delete; DROP TRIGGER events_refuse_replace;
    DROP TRIGGER streams_refuse_update;
    """
}

@Suite struct AuditTests {
  private func fill(_ store: SQLiteStore, _ count: Int = 20) async throws {
    _ = try await store.commit(
      (1...count).map { .append(event("evt_\($0)", correlation: $0 % 2 == 0 ? "run" : nil)) })
  }

  @Test(arguments: [
    "UPDATE events SET payload = '{}'", "UPDATE events SET seq = seq + 100", "DELETE FROM events WHERE seq = 20",
    "DELETE FROM events", "INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq = 3",
    "UPDATE event_ids SET seq = 1", "DELETE FROM event_ids", "UPDATE streams SET type = 'x'", "DELETE FROM streams",
    "DELETE FROM retention", "UPDATE retention SET floor = 10", "UPDATE retention SET floor = -1",
    "INSERT INTO checkpoints VALUES (5, x'00', 0, x'00'); DELETE FROM checkpoints",
    "INSERT INTO checkpoints VALUES (5, x'00', 0, x'00'); UPDATE checkpoints SET seq = 6",
  ])
  func theDatabaseRefuses(sql: String) async throws {
    try await withStore { store, directory async throws in
      try await fill(store)
      let message = try #require(Intruder(path: directory.database).run(sql))
      #expect(message.contains("append-only") || message.contains("retention floor"))
      let report = try await store.verifyChain()
      // A checkpoint may be put there, but nobody without the key can sign it.
      let isForged = sql.hasPrefix("INSERT INTO checkpoints")
      #expect(report.firstFault?.reason == (isForged ? .forgedCheckpoint : nil))
      #expect(report.events == 20)
    }
  }

  @Test(arguments: [
    ("UPDATE events SET payload = '{\"a\":1}' WHERE seq = 7", 7, ChainReport.Reason.changed),
    ("UPDATE events SET ts = ts + 1 WHERE seq = 1", 1, .changed),
    ("UPDATE events SET received_at = 0 WHERE seq = 20", 20, .changed),
    ("UPDATE events SET signal = 2 WHERE seq = 4", 4, .changed),
    ("UPDATE events SET signal = 9 WHERE seq = 4", 4, .changed),
    ("UPDATE events SET event_id = 'x' WHERE seq = 4", 4, .changed),
    ("UPDATE events SET correlation_id = NULL WHERE seq = 4", 4, .changed),
    ("UPDATE events SET correlation_id = '' WHERE seq = 5", 5, .changed),
    ("UPDATE events SET body_digest = zeroblob(32) WHERE seq = 6", 6, .changed),
    ("UPDATE events SET body_digest = zeroblob(1) WHERE seq = 6", 6, .changed),
    ("UPDATE events SET hash = zeroblob(32) WHERE seq = 9", 9, .changed),
    ("UPDATE events SET stream = 2 WHERE seq = 9", 9, .unknownStream),
    ("UPDATE streams SET source = 'other'", 1, .changed),
    ("DELETE FROM events WHERE seq = 12", 12, .missing),
    ("DELETE FROM events WHERE seq <= 3", 1, .missing),
    ("UPDATE events SET seq = 1000 WHERE seq = 11", 11, .missing),
    ("DELETE FROM events WHERE seq > 15", 16, .missing), ("DELETE FROM events WHERE seq = 20", 20, .missing),
  ])
  func theFirstTouchedRowIsNamed(sql: String, seq: Int64, reason: ChainReport.Reason) async throws {
    try await withStore { store, directory async throws in
      try await fill(store)
      let intruder = Intruder(path: directory.database)
      #expect(intruder.run(Intruder.dropTriggers) == nil)
      #expect(intruder.run(sql) == nil)
      let report = try await store.verifyChain()
      #expect(report.firstFault?.seq == seq && report.firstFault?.reason == reason)
      #expect(report.lastSeq == seq - 1)
    }
  }

  @Test(arguments: [
    ("DELETE FROM event_ids WHERE event_id = 'evt_5'", 5), ("UPDATE event_ids SET seq = 6 WHERE event_id = 'evt_5'", 5),
    ("UPDATE event_ids SET body_digest = zeroblob(16) WHERE event_id = 'evt_9'", 9),
    ("INSERT INTO event_ids VALUES ('evt_x', 3, zeroblob(16))", 20),
    ("UPDATE event_ids SET seq = 21 WHERE seq = 20", 21),
  ])
  func theLedgerHasToAgreeWithTheLog(sql: String, seq: Int64) async throws {
    try await withStore { store, directory async throws in
      try await fill(store)
      let intruder = Intruder(path: directory.database)
      #expect(intruder.run("DROP TRIGGER event_ids_refuse_update; DROP TRIGGER event_ids_refuse_delete;") == nil)
      #expect(intruder.run(sql) == nil)
      #expect(try await store.verifyChain().firstFault?.seq == seq)
    }
  }

  @Test func aCutPrefixStillVerifiesFromItsCheckpoint() async throws {
    try await withStore { store, directory async throws in
      try await fill(store, 8)
      _ = try await store.makeCheckpoint()
      try await fill(store)
      let intruder = Intruder(path: directory.database)
      let cut = """
        UPDATE retention SET floor = 8;
        DELETE FROM events WHERE seq <= 8;
        """
      #expect(intruder.run(cut) == nil)
      let report = try await store.verifyChain()
      #expect(report.isIntact && report.events == 12 && report.lastSeq == 20)
      #expect(intruder.run("DELETE FROM events WHERE seq = 9") != nil)
      #expect(try await store.append(event("evt_3")) == .duplicate(bodyMatches: true, seq: 3))
      #expect(try await store.event(id: "evt_3")?.seq == nil)
    }
  }

  @Test func anEmptyLogIsIntactAndGoesOnAfterACheckpoint() async throws {
    let directory = TemporaryDirectory()
    var store = try await SQLiteStore.open(directory: directory.path)
    #expect(try await store.verifyChain().isIntact)
    try await fill(store)
    _ = try await store.makeCheckpoint()
    await store.close()
    let cut = """
      UPDATE retention SET floor = 20;
      DELETE FROM events;
      """
    #expect(Intruder(path: directory.database).run(cut) == nil)
    store = try await SQLiteStore.open(directory: directory.path)
    #expect(try await store.append(event("evt_21")) == .accepted(seq: 21))
    let report = try await store.verifyChain()
    #expect(report.isIntact && report.events == 1)
    await store.close()
  }
}
