import CTJSON
import Testing

@testable import CTStore

@Suite struct SystemsTests {
  private static let minute: Int64 = 60_000_000
  private static let hour = 60 * minute
  private static let start: Int64 = 1_700_000_000_000_000

  private func mix(_ count: Int) -> [EventRecord] {
    (0..<count).map { number in
      let received = Self.start + Int64(number) * Self.minute
      let drift = Int64(number * 7919 % 200 - 100) * Self.minute  // late, early, out of order
      return event(
        "evt_\(number)", ts: received + drift, source: ["finance", "portal", "desktop"][number % 3],
        receivedAt: received, signal: [.activity, .error, .heartbeat, .error][number % 4])
    }
  }

  @Test func aReadSeesWhatWasAcknowledgedBeforeIt() async throws {
    try await withStore { store, _ async throws in
      let now = Self.start + 30 * Self.hour
      for number in 0..<30 {
        let time = Self.start + Int64(number) * Self.hour
        let seq = try await store.append(event("e\(number)", ts: time, receivedAt: time, signal: .error)).seq
        let snapshot = try await store.systems(asOf: Timestamp(microseconds: time))
        #expect(snapshot.seq == seq)
        #expect(snapshot.systems.first?.errors24h == min(24, Int64(number) + 1))
      }
      let system = try #require(try await store.systems(asOf: Timestamp(microseconds: now)).systems.first)
      #expect(system.source == "finance" && system.events == 30)
      #expect(system.errors24h == 23)
      #expect(system.lastHeartbeat.microseconds == Self.start + 29 * Self.hour)
      #expect(system.lastErrorAt == system.lastHeartbeat)
    }
  }

  @Test func aClockAheadMovesNothingIntoTheFuture() async throws {
    try await withStore { store, _ async throws in
      _ = try await store.append(
        event("a", ts: Self.start + 100 * Self.hour, receivedAt: Self.start, signal: .error))
      let system = try #require(try await store.systems(asOf: Timestamp(microseconds: Self.start)).systems.first)
      #expect(system.lastHeartbeat.microseconds == Self.start)
      #expect(system.errors24h == 1)
    }
  }

  @Test(arguments: [1, 7, 100, 10_000])
  func followingStepByStepEqualsARebuild(slice: Int) async throws {
    let directory = TemporaryDirectory()
    let dump = "SELECT json_array(source, events, last_seen, last_received_at, last_error) FROM systems"
    let errors = "SELECT json_array(source, minute, errors) FROM system_errors"
    let store = try await SQLiteStore.open(directory: directory.path)
    let events = mix(5000)
    for start in stride(from: 0, to: events.count, by: 250) {
      _ = try await store.commit(events[start..<start + 250].map { .append($0) })
      _ = try await store.systems(asOf: Timestamp(microseconds: Self.start))
    }
    await store.close()
    let intruder = Intruder(path: directory.database)
    let followed = (intruder.column(dump), intruder.column(errors))
    #expect(followed.0.count == 3 && !followed.1.isEmpty)
    #expect(intruder.run("UPDATE projections SET version = 0") == nil)
    do {
      let connection = try Connection(path: directory.database, mode: .readWrite)
      let projector = try Projector(
        connection, streams: try EventLog(connection).streams, projections: [SystemsProjection()])
      #expect(projector.seq == 0)
      while projector.seq < 5000 { _ = try projector.advance(limit: slice) }
    }
    #expect((intruder.column(dump), intruder.column(errors)) == followed)
  }

  @Test func theProjectionFollowsByItself() async throws {
    try await withStore { store, _ async throws in
      _ = try await store.append(event("a"))
      for _ in 0..<200 where store.health.projectedSeq < 1 { try await Task.sleep(for: .milliseconds(5)) }
      #expect(store.health.projectedSeq == 1)
    }
  }

  @Test func aRestartGoesOnWhereItWas() async throws {
    let directory = TemporaryDirectory()
    var store = try await SQLiteStore.open(directory: directory.path)
    _ = try await store.append(event("a"))
    await store.close()
    store = try await SQLiteStore.open(directory: directory.path)
    #expect(store.health.projectedSeq == 1)
    _ = try await store.append(event("b"))
    #expect(try await store.systems(asOf: Timestamp(microseconds: 0)).systems.first?.events == 2)
    await store.close()
  }
}
