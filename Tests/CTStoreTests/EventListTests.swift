import CTJSON
import CTStore
import Testing

@Suite struct EventListTests {
  private func ids(
    _ store: SQLiteStore, _ filter: EventFilter, limit: Int = 100
  ) async throws -> [String] {
    try await store.events(matching: filter, limit: limit).events.map(\.record.eventId)
  }

  /// Every page of a list, one after the other.
  private func allPages(
    _ store: SQLiteStore, _ filter: EventFilter, limit: Int, between: () async throws -> Void = {}
  ) async throws -> [StoredEvent] {
    var events: [StoredEvent] = []
    var cursor: EventCursor?
    repeat {
      let page = try await store.events(matching: filter, after: cursor, limit: limit)
      #expect(page.events.count <= limit)
      events += page.events
      cursor = page.next
      try await between()
    } while cursor != nil
    return events
  }

  private func fill(_ store: SQLiteStore) async throws {
    _ = try await store.commit([
      .append(event("f1", ts: 10)), .append(event("f2", ts: 30, correlation: "run_1")),
      .append(event("p1", type: "portal.upload.received", ts: 20, source: "portal")),
      .append(event("h1", type: "system.heartbeat", ts: 25, source: "portal", correlation: "run_1")),
      .append(event("h2", type: "system.heartbeat", ts: 5, source: "finance")),
    ])
  }

  @Test func newestFirstUnderEveryFilter() async throws {
    try await withStore { store, _ async throws in
      try await fill(store)
      #expect(try await ids(store, EventFilter()) == ["f2", "h1", "p1", "f1", "h2"])
      #expect(try await ids(store, EventFilter(source: "finance")) == ["f2", "f1", "h2"])
      #expect(try await ids(store, EventFilter(type: "system.heartbeat")) == ["h1", "h2"])
      #expect(try await ids(store, EventFilter(source: "portal", type: "system.heartbeat")) == ["h1"])
      #expect(try await ids(store, EventFilter(correlationId: "run_1")) == ["f2", "h1"])
      #expect(try await ids(store, EventFilter(source: "portal", correlationId: "run_1")) == ["h1"])
      #expect(try await ids(store, EventFilter(source: "nobody")) == [])
      #expect(try await ids(store, EventFilter(correlationId: "run_2")) == [])
    }
  }

  @Test func fromIsInclusiveAndToExclusive() async throws {
    try await withStore { store, _ async throws in
      try await fill(store)
      func range(_ from: Int64?, _ to: Int64?) -> EventFilter {
        EventFilter(
          from: from.map { Timestamp(microseconds: $0) }, to: to.map { Timestamp(microseconds: $0) })
      }
      #expect(try await ids(store, range(10, 25)) == ["p1", "f1"])
      #expect(try await ids(store, range(11, 26)) == ["h1", "p1"])
      #expect(try await ids(store, range(nil, 10)) == ["h2"])
      #expect(try await ids(store, range(30, nil)) == ["f2"])
      #expect(try await ids(store, range(25, 10)) == [])
      #expect(try await ids(store, range(31, nil)) == [])
    }
  }

  @Test(arguments: [1, 7, 100, 999, 1000])
  func aThousandEventsOfOneInstantAreEachSeenOnce(limit: Int) async throws {
    try await withStore { store, _ async throws in
      for chunk in 0..<10 {
        _ = try await store.commit(
          (0..<100).map { number in
            .append(event("evt_\(chunk)_\(number)", ts: 7, source: ["finance", "portal", "desktop"][number % 3]))
          })
      }
      var added = 0
      let seen = try await allPages(store, EventFilter(), limit: limit) {
        // Appended while the reader is on its way: same instant, but later in the log.
        if added < 50 { _ = try await store.append(event("late_\(added)", ts: 7)) }
        added += 1
      }
      #expect(seen.map(\.seq) == (1...1000).reversed())
    }
  }

  @Test func pagesWithLateAndEarlyArrivals() async throws {
    try await withStore { store, _ async throws in
      for number in 0..<200 { _ = try await store.append(event("evt_\(number)", ts: Int64(number * 37 % 50))) }
      var added = 0
      let seen = try await allPages(store, EventFilter(source: "finance"), limit: 9) {
        _ = try await store.append(event("new_\(added)", ts: Int64(added * 13 % 60)))
        added += 1
      }
      let first = seen.filter { $0.record.eventId.hasPrefix("evt_") }
      #expect(first.count == 200)
      #expect(Set(seen.map(\.seq)).count == seen.count)
      let places = seen.map { ($0.record.ts.microseconds, $0.seq) }
      #expect(zip(places, places.dropFirst()).allSatisfy { $0 > $1 })
    }
  }

  @Test func aCursorBelongsToItsFilterAndItsStore() async throws {
    try await withStore { store, _ async throws in
      try await fill(store)
      let cursor = try #require(try await store.events(matching: EventFilter(), limit: 2).next)
      func code(_ filter: EventFilter, _ text: String) async -> StoreError.Code? {
        await error { _ = try await store.events(matching: filter, after: EventCursor(text: text), limit: 2) }?.code
      }
      #expect(await code(EventFilter(), cursor.text) == nil)
      #expect(await code(EventFilter(source: "finance"), cursor.text) == .cursorOfOtherFilter)
      #expect(await code(EventFilter(), "") == .invalidCursor)
      #expect(await code(EventFilter(), "%%%") == .invalidCursor)
      for index in cursor.text.indices {
        var changed = cursor.text
        changed.replaceSubrange(index...index, with: changed[index] == "A" ? "B" : "A")
        #expect(await code(EventFilter(), changed) == .invalidCursor)
      }
      try await withStore { other, _ async throws in
        #expect(
          await error { _ = try await other.events(matching: EventFilter(), after: cursor, limit: 2) }?.code
            == .invalidCursor)
      }
    }
  }

  @Test(arguments: [0, -1, 1001]) func aLimitOutOfBoundsIsRefused(limit: Int) async throws {
    try await withStore { store, _ async throws in
      #expect(
        await error { _ = try await store.events(matching: EventFilter(), limit: limit) }?.code == .invalidArgument)
    }
  }
}
