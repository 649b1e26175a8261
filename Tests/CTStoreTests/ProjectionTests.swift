import CTJSON
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
}
