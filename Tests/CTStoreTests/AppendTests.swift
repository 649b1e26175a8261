import CTCrypto
import CTStore
import Testing

@Suite struct AppendTests {
  @Test func anEventIsThereWhenAppendReturns() async throws {
    try await withStore { store, _ async throws in
      let sent = event("evt_1", ts: 5, correlation: "run_1", body: #"{"a":"ü"}"#, signal: .error)
      #expect(try await store.append(sent) == .accepted(seq: 1))
      let read = try #require(try await store.event(id: "evt_1"))
      #expect(read.seq == 1)
      #expect(read.record.payload == sent.payload)
      #expect(read.record.bodyDigest == sent.bodyDigest)
      #expect(read.record.correlationId == "run_1")
      #expect(read.record.signal == .error)
      #expect(read.record.ts == sent.ts && read.record.receivedAt == sent.receivedAt)
      #expect(read.record.type == sent.type && read.record.source == sent.source)
      #expect(try await store.event(id: "evt_2") == nil)
    }
  }

  @Test func aRepeatIsADuplicateAndTellsWhetherTheBodyIsTheSame() async throws {
    try await withStore { store, _ async throws in
      #expect(try await store.append(event("evt_1", body: "{}")) == .accepted(seq: 1))
      #expect(try await store.append(event("evt_1", body: "{}")) == .duplicate(bodyMatches: true, seq: 1))
      #expect(try await store.append(event("evt_1", body: "[]")) == .duplicate(bodyMatches: false, seq: 1))
      #expect(try await store.append(event("evt_2")) == .accepted(seq: 2))
      let health = store.health
      #expect(health.accepted == 2 && health.duplicates == 1 && health.conflictingDuplicates == 1)
      #expect(try await store.tail(after: 0, limit: 1000).map(\.record.eventId) == ["evt_1", "evt_2"])
    }
  }

  @Test func sixtyFourAtOnceWithOneIdAreOneEvent() async throws {
    try await withStore { store, _ async throws in
      let outcomes = try await withThrowingTaskGroup(of: AppendOutcome.self) { group in
        for _ in 0..<64 { group.addTask { try await store.append(event("evt_same")) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(outcomes.count { $0 == .accepted(seq: 1) } == 1)
      #expect(outcomes.count { $0 == .duplicate(bodyMatches: true, seq: 1) } == 63)
      #expect(try await store.tail(after: 0, limit: 1000).count == 1)
    }
  }

  @Test func aBatchWithOneIdTwiceIsOneEvent() async throws {
    try await withStore { store, _ async throws in
      let outcomes = try await store.commit([.append(event("a")), .append(event("a")), .append(event("b"))])
      #expect(outcomes == [.accepted(seq: 1), .duplicate(bodyMatches: true, seq: 1), .accepted(seq: 2)])
    }
  }

  @Test func manyAtOnceShareCommits() async throws {
    try await withStore { store, _ async throws in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for task in 0..<64 {
          group.addTask { for number in 0..<20 { _ = try await store.append(event("evt_\(task)_\(number)")) } }
        }
        try await group.waitForAll()
      }
      #expect(store.health.accepted == 1280)
      #expect(store.health.commits < 1280)
      #expect(try await store.verifyChain().isIntact)
      #expect(try await store.verifyChain().events == 1280)
    }
  }

  @Test(arguments: ["", String(repeating: "x", count: 1025)])
  func anIdOutOfBoundsIsRefused(id: String) async throws {
    try await withStore { store, _ async throws in
      #expect(await error { _ = try await store.append(event(id)) }?.code == .invalidArgument)
      #expect(await error { _ = try await store.commit([.append(event(id))]) }?.code == .invalidArgument)
      #expect(try await store.append(event("good")) == .accepted(seq: 1))
    }
  }

  /// SQLite compares bytes; Swift's `==` would take the two spellings of é for the same.
  @Test func idsAndTypesAreBytes() async throws {
    try await withStore { store, _ async throws in
      #expect(try await store.append(event("caf\u{e9}", type: "caf\u{e9}")) == .accepted(seq: 1))
      #expect(try await store.append(event("cafe\u{301}", type: "cafe\u{301}")) == .accepted(seq: 2))
      #expect(try await store.append(event("nul\0a")) == .accepted(seq: 3))
      #expect(try await store.append(event("nul\0b")) == .accepted(seq: 4))
      let page = try await store.events(matching: EventFilter(type: "cafe\u{301}"), limit: 10)
      #expect(page.events.map(\.seq) == [2])
      #expect(try await store.event(id: "nul\0b")?.seq == 4)
      #expect(try await store.verifyChain().isIntact)
    }
  }

  @Test func aFullQueueRefuses() async throws {
    var options = StoreOptions()
    options.queueCapacity = 2
    try await withStore(options) { store, _ async throws in
      let errors = await withTaskGroup(of: StoreError?.self) { group in
        for number in 0..<500 {
          group.addTask { await error { _ = try await store.append(event("evt_\(number)")) } }
        }
        return await group.reduce(into: [StoreError.Code]()) { if let error = $1 { $0.append(error.code) } }
      }
      #expect(!errors.isEmpty)
      #expect(errors.allSatisfy { $0 == .overloaded })
      #expect(store.health.accepted == 500 - errors.count)
    }
  }
}
