import CTJSON
import CTStore
import Testing

/// What an event corrects and what was redacted from it are part of it: found again, and chained.
@Suite struct CorrectionTests {
  private func correction(_ id: String, of original: String) -> EventRecord {
    var record = event(id, type: "event.corrected")
    record.corrects = original
    return record
  }

  @Test func bothSidesNameEachOther() async throws {
    try await withStore { store, _ async throws in
      for record in [
        event("evt_1"), correction("fix_1", of: "evt_1"), event("evt_2"), correction("fix_2", of: "evt_1"),
      ] { _ = try await store.append(record) }
      let original = try #require(try await store.event(id: "evt_1"))
      #expect(original.correctedBy == ["fix_1", "fix_2"] && original.record.corrects == nil)
      let fix = try #require(try await store.event(id: "fix_2"))
      #expect(fix.record.corrects == "evt_1" && fix.correctedBy.isEmpty)
      #expect(try await store.event(id: "evt_2")?.correctedBy == [])
      let listed = try await store.events(matching: EventFilter(), limit: 10).events
      #expect(listed.first { $0.record.eventId == "evt_1" }?.correctedBy == ["fix_1", "fix_2"])
      #expect(try await store.tail(after: 0, limit: 1).first?.correctedBy == ["fix_1", "fix_2"])
    }
  }

  @Test func aCorrectionMayComeFirst() async throws {
    try await withStore { store, _ async throws in
      _ = try await store.append(correction("fix_1", of: "evt_1"))
      #expect(try await store.event(id: "evt_1")?.seq == nil)
      _ = try await store.append(event("evt_1"))
      #expect(try await store.event(id: "evt_1")?.correctedBy == ["fix_1"])
    }
  }

  @Test func ofVeryManyTheLastAreNamed() async throws {
    try await withStore { store, _ async throws in
      _ = try await store.append(event("evt_1"))
      _ = try await store.commit((1...130).map { .append(correction("fix_\($0)", of: "evt_1")) })
      let corrections = try await store.event(id: "evt_1")?.correctedBy ?? []
      #expect(corrections == (31...130).map { "fix_\($0)" })
    }
  }

  @Test func aCorrectionOutlivesItsOriginal() async throws {
    try await withStore { store, _ async throws in
      _ = try await store.append(event("evt_1", receivedAt: 1000))
      _ = try await store.append(correction("fix_1", of: "evt_1"))
      _ = try await store.systems(asOf: Timestamp(microseconds: 0))
      let report = try await store.expire(before: Timestamp(microseconds: 1001), pause: .zero) { _ in }
      #expect(report.removed == 1)
      #expect(try await store.event(id: "fix_1")?.record.corrects == "evt_1")
      #expect(try await store.verifyChain().isIntact)
    }
  }

  @Test func whatWasRedactedIsKeptAsItCame() async throws {
    try await withStore { store, _ async throws in
      var record = event("evt_1")
      record.redactions = Array(#"[{"rule":"drop","pointer":"/payload/ä","count":1}]"#.utf8)
      _ = try await store.append(record)
      #expect(try await store.event(id: "evt_1")?.record.redactions == record.redactions)
    }
  }

  @Test(arguments: [
    "UPDATE events SET corrects = 'evt_9' WHERE seq = 2", "UPDATE events SET corrects = NULL WHERE seq = 2",
    "UPDATE events SET redactions = NULL WHERE seq = 2", "UPDATE events SET redactions = '[]' WHERE seq = 2",
    "UPDATE events SET corrects = redactions, redactions = corrects WHERE seq = 2",
    "UPDATE events SET corrects = NULL, redactions = NULL WHERE seq = 2",
  ])
  func theChainHoldsThem(sql: String) async throws {
    try await withStore { store, directory async throws in
      var record = correction("fix_1", of: "evt_1")
      record.redactions = Array(#"[{"rule":"drop","pointer":"/payload/x","count":1}]"#.utf8)
      for record in [event("evt_1"), record, event("evt_2")] { _ = try await store.append(record) }
      #expect(try await store.verifyChain().isIntact)
      let intruder = Intruder(path: directory.database)
      #expect(intruder.run(Intruder.dropTriggers) == nil && intruder.run(sql) == nil)
      let fault = try await store.verifyChain().firstFault
      #expect(fault?.seq == 2 && fault?.reason == .changed)
    }
  }

  /// Not even a plain event can be given a correction that nobody sent.
  @Test func aPlainEventCannotBecomeACorrection() async throws {
    try await withStore { store, directory async throws in
      _ = try await store.append(event("evt_1"))
      let intruder = Intruder(path: directory.database)
      #expect(intruder.run(Intruder.dropTriggers) == nil)
      #expect(intruder.run("UPDATE events SET corrects = 'evt_0'") == nil)
      let fault = try await store.verifyChain().firstFault
      #expect(fault?.seq == 1 && fault?.reason == .changed)
    }
  }
}
