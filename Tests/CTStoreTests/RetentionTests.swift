import CTJSON
import Synchronization
import Testing

@testable import CTStore

/// What is too old goes, to the day; what is held stays; and what is left can still be proved.
@Suite struct RetentionTests {
  private static let day: Int64 = 86_400_000_000
  private static let start = TestTime.start / day * day

  private func midnight(_ day: Int) -> Timestamp { Timestamp(microseconds: Self.start + Int64(day) * Self.day) }

  /// So many events on each day, one of them by another system, some of them of a run; ids tell the day.
  private func fill(_ store: SQLiteStore, days: Range<Int>, perDay: Int = 40) async throws {
    for day in days {
      let events = (0..<perDay).map { number in
        event(
          "evt_\(day)_\(number)", source: number == 3 ? "portal" : "finance",
          correlation: number % 10 == 7 ? "run_\(day % 2)" : nil, body: #"{"day":\#(day)}"#,
          receivedAt: midnight(day).microseconds + Int64(number) * Self.day / Int64(perDay))
      }
      _ = try await store.commit(events.map { .append($0) })
    }
    _ = try await store.systems(asOf: midnight(0))
  }

  private func expire(_ store: SQLiteStore, before day: Int) async throws -> ExpiryReport {
    try await store.expire(before: midnight(day), pause: .zero) { _ in }
  }

  private func hold(_ store: SQLiteStore, _ scope: Hold.Scope, id: String = "hold_1") async throws {
    let hold = Hold(id: id, scope: scope, by: "me", reason: "a dispute", token: "t", placedAt: midnight(0))
    _ = try await store.commit([.put(hold.key, body: hold.json, if: .absent)])
  }

  private func ids(_ store: SQLiteStore) async throws -> [String] {
    var ids: [String] = []
    var seq: Int64 = 0
    while case let page = try await store.tail(after: seq, limit: 1000), let last = page.last {
      ids += page.map(\.record.eventId)
      seq = last.seq
    }
    return ids
  }

  @Test func whatIsOlderGoesToTheDayAndTheRestVerifies() async throws {
    try await withStore { store, directory async throws in
      try await fill(store, days: 0..<10)
      for day in [1, 4, 4, 9] {
        let plan = try await store.expiry(before: midnight(day))
        let report = try await expire(store, before: day)
        #expect(plan == report)
        #expect(try await ids(store).first == "evt_\(day)_0")
        #expect(try await ids(store).count == (10 - day) * 40)
        let verified = try SQLiteStore.verifyChain(directory: directory.path)
        #expect(verified.isIntact && verified.events == Int64((10 - day) * 40))
      }
      // The ids stay known, and the log goes on where it was.
      #expect(try await store.append(event("evt_0_0", body: "other")) == .duplicate(bodyMatches: false, seq: 1))
      #expect(try await store.append(event("evt_next", receivedAt: midnight(10).microseconds)) == .accepted(seq: 401))
    }
  }

  @Test func everythingMayGoAndTheLogGoesOn() async throws {
    let directory = TemporaryDirectory()
    var store = try await SQLiteStore.open(directory: directory.path)
    try await fill(store, days: 0..<2)
    #expect(try await expire(store, before: 5).removed == 80)
    await store.close()
    store = try await SQLiteStore.open(directory: directory.path)
    #expect(try await store.append(event("evt_next")) == .accepted(seq: 81))
    let report = try await store.verifyChain()
    #expect(report.isIntact && report.events == 1)
    await store.close()
  }

  @Test func aClockThatWasAheadOnlyDelaysARemoval() async throws {
    try await withStore { store, _ async throws in
      try await fill(store, days: 0..<2)
      _ = try await store.append(event("evt_ahead", receivedAt: midnight(100).microseconds))
      try await fill(store, days: 2..<4)
      #expect(try await expire(store, before: 3).removed == 80)
      #expect(try await ids(store).first == "evt_ahead")
      #expect(try await expire(store, before: 101).removed == 81)
    }
  }

  @Test func aLogThatSomebodyTouchedIsNotCut() async throws {
    try await withStore { store, directory async throws in
      try await fill(store, days: 0..<3)
      #expect(Intruder(path: directory.database).run(Intruder.dropTriggers) == nil)
      #expect(Intruder(path: directory.database).run("UPDATE events SET payload = '{}' WHERE seq = 50") == nil)
      let failure = await error { _ = try await expire(store, before: 2) }
      #expect(failure?.code == .corrupt && failure?.message.contains("event 50") == true)
      #expect(try await ids(store).count == 120)
    }
  }

  @Test func whatIsHeldStaysAndCanBeProved() async throws {
    try await withStore { store, directory async throws in
      try await fill(store, days: 0..<10)
      try await hold(store, .correlation("run_1"), id: "hold_1")
      try await hold(store, .system("portal"), id: "hold_2")
      let plan = try await store.expiry(before: midnight(6))
      let report = try await expire(store, before: 6)
      #expect(plan == report)
      // Six events of portal, and four of the run on each odd day.
      #expect(report.held == 6 + 3 * 4 && report.removed == 240 - report.held)
      let kept = try await ids(store)
      #expect(kept.count == report.held + 160 && kept.contains("evt_0_3") && kept.contains("evt_5_37"))
      #expect(try await store.event(id: "evt_1_7")?.record.correlationId == "run_1")
      let page = try await store.events(matching: EventFilter(correlationId: "run_1"), limit: 100)
      #expect(page.events.count == 20)
      let verified = try SQLiteStore.verifyChain(directory: directory.path)
      #expect(verified.isIntact && verified.events == 160)
      // The database itself keeps them, whatever somebody asks of it.
      let refusal = Intruder(path: directory.database).run("DELETE FROM events WHERE event_id = 'evt_0_3'")
      #expect(refusal?.contains("append-only") == true)
    }
  }

  @Test(arguments: [
    ("UPDATE events SET payload = '{}' WHERE seq = 4", ChainReport.Reason.changed),
    ("UPDATE events SET hash = zeroblob(32) WHERE seq = 4", .changed),
    ("DELETE FROM events WHERE seq = 4", .missing),
  ])
  func aHeldEventThatSomebodyTouchedIsNamed(sql: String, reason: ChainReport.Reason) async throws {
    try await withStore { store, directory async throws in
      try await fill(store, days: 0..<3)
      try await hold(store, .system("portal"))
      _ = try await expire(store, before: 2)
      #expect(Intruder(path: directory.database).run(Intruder.dropTriggers + sql) == nil)
      let fault = ChainReport.Fault(seq: 4, reason: reason)
      #expect(try SQLiteStore.verifyChain(directory: directory.path).firstFault == fault)
      #expect(try await store.verifyChain().firstFault == fault)
    }
  }

  @Test func whatOnlyAReleasedHoldKeptGoesWithTheNextRun() async throws {
    try await withStore { store, _ async throws in
      try await fill(store, days: 0..<4)
      try await hold(store, .system("portal"), id: "hold_1")
      try await hold(store, .correlation("run_0"), id: "hold_2")
      #expect(try await expire(store, before: 3).held == 3 + 2 * 4)
      _ = try await store.commit([.delete(DocumentKey(Hold.activeCollection, "hold_1"))])
      #expect(try await store.expiry(before: midnight(3)).removed == 3)
      let report = try await expire(store, before: 3)
      #expect(report.removed == 3 && report.held == 8)
      #expect(try await store.verifyChain().isIntact)
      #expect(try await ids(store).count == 8 + 40)
    }
  }

  /// The log's end is a checkpoint, and before it there is nothing but a held event.
  @Test func theLogGoesOnBehindACutThatLeftOnlyHeldEvents() async throws {
    let directory = TemporaryDirectory()
    var store = try await SQLiteStore.open(directory: directory.path)
    try await fill(store, days: 0..<1)
    try await hold(store, .system("portal"))
    _ = try await expire(store, before: 2)
    await store.close()
    store = try await SQLiteStore.open(directory: directory.path)
    #expect(try await store.append(event("evt_next")) == .accepted(seq: 41))
    #expect(try await store.verifyChain().isIntact)
    #expect(try await ids(store) == ["evt_0_3", "evt_next"])
    await store.close()
  }

  @Test func aRemovalThatWasInterruptedIsFinishedByTheNext() async throws {
    struct Stop: Error {}
    try await withStore { store, directory async throws in
      try await fill(store, days: 0..<5, perDay: 300)
      let batches = Mutex(0)
      await #expect(throws: Stop.self) {
        try await store.expire(before: midnight(4), pause: .zero) { _ in
          let number = batches.withLock { batches in
            batches += 1
            return batches
          }
          if number == 3 { throw Stop() }
        }
      }
      #expect(try await ids(store).count == 1000)
      #expect(try SQLiteStore.verifyChain(directory: directory.path).isIntact)
      // A hold that is placed meanwhile is heeded.
      try await hold(store, .correlation("run_1"))
      #expect(try await store.expiry(before: midnight(4)).removed == 660)
      let report = try await expire(store, before: 4)
      #expect(report.held == 40 && report.removed == 660)
      #expect(try await store.verifyChain().isIntact)
    }
  }

  @Test func whatBelongsToAnEventIsForgottenBeforeIt() async throws {
    try await withStore { store, _ async throws in
      try await fill(store, days: 0..<2)
      let forgotten = Mutex<[String]>([])
      _ = try await store.expire(before: midnight(1), pause: .zero) { events in
        for event in events where try await store.event(id: event.eventId) != nil {
          forgotten.withLock { $0.append(event.eventId) }
        }
      }
      #expect(forgotten.withLock { $0.count } == 40)
    }
  }

  @Test func spaceIsGivenBack() async throws {
    try await withStore { store, directory async throws in
      try await fill(store, days: 0..<20, perDay: 500)
      let pages = {
        try await store.read { connection throws(StoreError) in try connection.integer("PRAGMA page_count") }
      }
      let before = try #require(try await pages())
      _ = try await expire(store, before: 18)
      #expect(try await pages() == before)
      try await store.shrink(pause: .zero)
      let after = try #require(try await pages())
      let free = try await store.read { connection throws(StoreError) in
        try connection.integer("PRAGMA freelist_count")
      }
      #expect(after < before / 2 && (free ?? 0) <= after / 16)
      #expect(try await store.verifyChain().isIntact)
      #expect(Intruder(path: directory.database).column("PRAGMA integrity_check") == ["ok"])
    }
  }
}
