import CTJSON
import Dispatch
import Synchronization
import Testing

@testable import CTStore

/// Whoever opens the store may bring projections, with tables of their own and with the details of chosen events.
@Suite struct ProjectionTests {
  /// Keeps the details of one type, and how many events had none.
  private struct Details: Projection {
    var name = "details"
    var version: Int64 = 1
    let tables = ["details"]
    var schema = "CREATE TABLE details (seq INTEGER PRIMARY KEY, text TEXT)"
    var detailTypes: Set<String> = ["backend.fn.error"]

    func apply(_ events: [ProjectedEvent], to connection: Connection) throws(StoreError) {
      for event in events {
        let text = event.detail.map {
          "\($0.eventId) \($0.correlationId ?? "-") \(String(decoding: $0.payload, as: UTF8.self))"
        }
        try connection.run("INSERT INTO details VALUES (?, ?)", .integer(event.seq), .text(text))
      }
    }

    static func rows(_ store: SQLiteStore) async throws -> [String] {
      try await store.projected { connection throws(StoreError) in
        try connection.cached("SELECT ifnull(text, 'none') FROM details ORDER BY seq").rows { $0.text(0) }
      }
    }
  }

  @Test func detailsAreReadOfTheTypesThatAreAskedFor() async throws {
    let directory = TemporaryDirectory()
    let store = try await SQLiteStore.open(directory: directory.path, projections: [Details()])
    _ = try await store.append(event("a", type: "backend.fn.error", correlation: "run_1", body: #"{"fnName":"f"}"#))
    _ = try await store.append(event("b", body: #"{"total":1}"#))
    #expect(try await Details.rows(store) == [#"a run_1 {"fnName":"f"}"#, "none"])
    await store.close()
  }

  @Test func aNewVersionMakesItsTablesAgainFromTheFirstEvent() async throws {
    let directory = TemporaryDirectory()
    var store = try await SQLiteStore.open(directory: directory.path, projections: [Details()])
    _ = try await store.append(event("a", type: "backend.fn.error"))
    #expect(try await Details.rows(store) == ["a - {}"])
    await store.close()
    var second = Details()
    second.version = 2
    second.schema = "CREATE TABLE details (seq INTEGER PRIMARY KEY, text TEXT, CHECK (text IS NOT NULL OR seq > 0))"
    second.detailTypes = []
    store = try await SQLiteStore.open(directory: directory.path, projections: [second])
    #expect(try await Details.rows(store) == ["none"])
    await store.close()
  }

  @Test func aProjectionThatComesLaterBeginsWithTheFirstEvent() async throws {
    let directory = TemporaryDirectory()
    var store = try await SQLiteStore.open(directory: directory.path)
    for number in 0..<5 { _ = try await store.append(event("e\(number)")) }
    await store.close()
    store = try await SQLiteStore.open(directory: directory.path, projections: [Details()])
    #expect(try await Details.rows(store).count == 5)
    #expect(try await store.systems(asOf: Timestamp(microseconds: 0)).systems.first?.events == 5)
    await store.close()
  }

  /// Stops at its first event until it is let go, and tells how long the log was each time that it goes on.
  private struct Witness: Projection {
    final class Record: Sendable {
      let lengths = Mutex<[Int64]>([])
      let gate = DispatchSemaphore(value: 0)
      let begun = AsyncStream<Void>.makeStream()
    }

    let name = "witness"
    let version: Int64 = 1
    let tables: [String] = []
    let record = Record()

    func apply(_ events: [ProjectedEvent], to connection: Connection) throws(StoreError) {
      let length = try connection.integer("SELECT max(seq) FROM events") ?? 0
      let isFirst = record.lengths.withLock { lengths in
        lengths.append(length)
        return lengths.count == 1
      }
      guard isFirst else { return }
      record.begun.continuation.yield()
      record.gate.wait()
    }
  }

  @Test func eventsAreTakenWhileSomebodyWaitsForProjectionsThatAreFarBehind() async throws {
    let directory = TemporaryDirectory()
    var store = try await SQLiteStore.open(directory: directory.path)
    _ = try await store.commit((0..<5000).map { .append(event("e\($0)")) })
    await store.close()

    let witness = Witness()
    store = try await SQLiteStore.open(directory: directory.path, projections: [witness])
    let (open, record) = (store, witness.record)
    async let reading: Void = open.projected { _ in }
    for await _ in record.begun.stream { break }
    // It is in the queue when this returns.
    let appending = Task.immediate { try await open.append(event("new")) }
    record.gate.signal()
    _ = try await appending.value
    try await reading
    #expect(record.lengths.withLock(\.self).prefix(2) == [5000, 5001])
    await store.close()
  }
}
