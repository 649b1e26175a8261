import CTJSON
import Testing

@testable import CTStore

/// Signed places in the log: what they show that the chain alone does not.
@Suite struct CheckpointTests {
  private func fill(_ store: SQLiteStore, _ numbers: ClosedRange<Int>) async throws {
    _ = try await store.commit(numbers.map { .append(event("evt_\($0)")) })
  }

  @Test func aCheckpointSignsTheEndOfTheLog() async throws {
    try await withStore { store, _ async throws in
      #expect(try await store.makeCheckpoint() == nil)
      try await fill(store, 1...10)
      let made = try #require(try await store.makeCheckpoint())
      #expect(made.seq == 10)
      #expect(try await store.event(id: "evt_10")?.hash == made.hash)
      #expect(try await store.makeCheckpoint() == made)
      #expect(try await store.verifyChain().isIntact)
    }
  }

  /// Somebody changes an event and computes the whole rest of the chain again, which needs no key.
  @Test func aChainThatWasComputedAgainDoesNotAgreeWithItsCheckpoints() async throws {
    try await withStore { store, directory async throws in
      try await fill(store, 1...10)
      _ = try await store.makeCheckpoint()
      try await fill(store, 11...20)
      _ = try await store.makeCheckpoint()
      try await fill(store, 21...25)
      #expect(Intruder(path: directory.database).run(Intruder.dropTriggers) == nil)
      try rewrite(directory, from: 14)
      let report = try SQLiteStore.verifyChain(directory: directory.path)
      #expect(report.firstFault == .init(seq: 20, reason: .rewritten))
      #expect(try await store.verifyChain().firstFault == report.firstFault)
    }
  }

  /// Gives event `first` another payload, and it and all later ones the hashes that then are right.
  private func rewrite(_ directory: TemporaryDirectory, from first: Int64) throws {
    let connection = try Connection(path: directory.database, mode: .readWrite)
    let streams = StreamTable()
    try streams.load(from: connection)
    try connection.run("UPDATE events SET payload = '{\"total\":0}' WHERE seq = ?", .integer(first))
    var chain = EventChain(head: try #require(try ChainVerifier.hash(at: first - 1, connection)))
    var encoder = EventEncoder()
    let last = try #require(try connection.integer("SELECT max(seq) FROM events"))
    for seq in first...last {
      let event = try connection.prepare(
        """
        SELECT seq, stream, ts, received_at, signal, event_id, correlation_id, body_digest, hash, payload
        FROM events WHERE seq = ?
        """
      ).firstRow([.integer(seq)]) { EventRecord(row: $0, stream: streams[$0.integer(1)]!) }
      encoder.encode(try #require(event ?? nil), seq: seq)
      let hash = encoder.bytes.withUnsafeBytes { chain.append($0) }
      try connection.run("UPDATE events SET hash = ? WHERE seq = ?", .digest(hash), .integer(seq))
    }
    // The chain itself has nothing to say against that.
    #expect(try ChainVerifier(connection).verify().isIntact)
  }

  @Test(arguments: [
    ("UPDATE checkpoints SET signature = zeroblob(32)", 10, ChainReport.Reason.forgedCheckpoint),
    ("UPDATE checkpoints SET made_at = made_at - 1", 10, .forgedCheckpoint),
    ("UPDATE checkpoints SET hash = (SELECT hash FROM events WHERE seq = 9)", 10, .forgedCheckpoint),
    ("DELETE FROM events WHERE seq > 8", 10, .missing),
  ])
  func aTouchedCheckpointIsNamed(sql: String, seq: Int64, reason: ChainReport.Reason) async throws {
    try await withStore { store, directory async throws in
      try await fill(store, 1...10)
      _ = try await store.makeCheckpoint()
      let intruder = Intruder(path: directory.database)
      #expect(intruder.run(Intruder.dropTriggers + "DROP TRIGGER checkpoints_refuse_update;") == nil)
      #expect(intruder.run(sql) == nil)
      #expect(try SQLiteStore.verifyChain(directory: directory.path).firstFault == .init(seq: seq, reason: reason))
    }
  }
}
