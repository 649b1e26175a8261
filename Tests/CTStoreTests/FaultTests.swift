import CSQLite
import CTJSON
import CTStore
import Testing

/// Nothing that was acknowledged is ever missing, nothing is acknowledged that is not on disk, and the store goes on
/// by itself when the disk does.
@Suite struct FaultTests {
  private func options(_ fileSystem: FaultFileSystem) -> StoreOptions {
    var options = StoreOptions()
    options.vfs = fileSystem.name
    options.reopenDelay = 5
    return options
  }

  /// Appends as a producer would: again and again until it is acknowledged.
  private func insist(_ store: SQLiteStore, _ id: String) async throws -> AppendOutcome {
    for _ in 0..<400 {
      do {
        return try await store.append(event(id))
      } catch {
        guard error.isTransient else { throw error }
        try await Task.sleep(for: .milliseconds(5))
      }
    }
    throw StoreError(.other, "never acknowledged")
  }

  @Test(arguments: [
    (FaultPlan.Operation.sync, SQLITE_IOERR | (4 << 8)), (.write, SQLITE_IOERR | (3 << 8)), (.write, SQLITE_READONLY),
  ])
  func afterAnErrorOfTheDiskTheStoreOpensAgain(operation: FaultPlan.Operation, code: Int32) async throws {
    let fileSystem = FaultFileSystem("fault-reopen-\(operation)-\(code)")
    try await withStore(options(fileSystem)) { store, _ async throws in
      #expect(try await store.append(event("a")) == .accepted(seq: 1))
      fileSystem.plan.fail([operation], code: code, times: .max)
      let failure = try #require(await error { _ = try await store.append(event("b")) })
      #expect(failure.code == (code == SQLITE_READONLY ? .readOnly : .inputOutput))
      #expect(failure.isTransient)
      #expect(!store.health.isWritable)
      #expect(store.health.faultSince != nil)
      #expect(try await store.event(id: "a")?.seq == 1)
      fileSystem.plan.heal()
      _ = try await insist(store, "b")
      #expect(store.health.isWritable)
      #expect(store.health.faultSince == nil)
      #expect(try await store.append(event("a")) == .duplicate(bodyMatches: true, seq: 1))
      #expect(try await store.append(event("c")) == .accepted(seq: 3))
      #expect(try await store.verifyChain().isIntact)
    }
  }

  /// A disk that takes a write and does not come back, as one on a network may: said after a while, and nobody else waits.
  @Test func aDiskThatDoesNotAnswerIsSaid() async throws {
    let fileSystem = FaultFileSystem("fault-hang")
    var options = options(fileSystem)
    options.stallLimit = 0
    try await withStore(options) { store, _ async throws in
      fileSystem.plan.hang()
      async let waiting = store.append(event("a"))
      while store.health.isWritable { await Task.yield() }
      #expect(store.health.fault?.code == .stalled && store.health.faultSince != nil)
      let refusal = try #require(await error { _ = try await store.append(event("b")) })
      #expect(refusal.code == .stalled && refusal.isTransient)
      fileSystem.plan.release()
      #expect(try await waiting == .accepted(seq: 1))
      while !store.health.isWritable { await Task.yield() }
      #expect(try await insist(store, "b") == .accepted(seq: 2))
    }
  }

  @Test func aFullDiskRefusesUntilThereIsSpace() async throws {
    let fileSystem = FaultFileSystem("fault-full")
    try await withStore(options(fileSystem)) { store, _ async throws in
      #expect(try await store.append(event("a")) == .accepted(seq: 1))
      fileSystem.plan.fail([.write], code: SQLITE_FULL, times: .max)
      for _ in 0..<3 { #expect(await error { _ = try await store.append(event("b")) }?.code == .diskFull) }
      #expect(store.health.fault?.code == .diskFull)
      #expect(try await store.systems(asOf: Timestamp(microseconds: 0)).seq <= 1)
      fileSystem.plan.heal()
      #expect(try await store.append(event("b")) == .accepted(seq: 2))
      #expect(store.health.isWritable)
    }
  }

  /// A load balancer that sees the store not ready sends nothing that could show that it is ready again.
  @Test func spaceIsNoticedWithoutAnyWrite() async throws {
    let fileSystem = FaultFileSystem("fault-probe")
    try await withStore(options(fileSystem)) { store, _ async throws in
      fileSystem.plan.fail([.write], code: SQLITE_FULL, times: .max)
      #expect(await error { _ = try await store.append(event("a")) }?.code == .diskFull)
      #expect(!store.health.isWritable)
      fileSystem.plan.heal()
      for _ in 0..<400 where !store.health.isWritable { try await Task.sleep(for: .milliseconds(5)) }
      #expect(store.health.isWritable)
    }
  }

  /// What is on disk at any moment of a run holds everything that was acknowledged before that moment.
  @Test func aCopyTakenWhileWritingHoldsWhatWasAcknowledged() async throws {
    var options = StoreOptions()
    options.checkpointFrames = .max  // Else the copy, which is not atomic, might miss what moves between the files.
    try await withStore(options) { store, directory async throws in
      let writing = Task {
        for number in 0..<2000 { _ = try await store.append(event("evt_\(number)")) }
      }
      for _ in 0..<10 {
        try await Task.sleep(for: .milliseconds(5))
        let copy = TemporaryDirectory()
        let acknowledged = store.health.acknowledgedSeq
        for name in ["digest.key", "tower.db", "tower.db-wal"] { directory.copy(name, to: copy) }
        let restored = try await SQLiteStore.open(directory: copy.path)
        #expect(restored.health.acknowledgedSeq >= acknowledged)
        #expect(try await restored.verifyChain().isIntact)
        await restored.close()
        #expect(try SQLiteStore.verifyChain(directory: copy.path).events >= acknowledged)
      }
      writing.cancel()
      try await writing.value
    }
  }

  @Test func everyWaiterOfABatchIsToldAndNoneIsKept() async throws {
    let fileSystem = FaultFileSystem("fault-batch")
    try await withStore(options(fileSystem)) { store, _ async throws in
      fileSystem.plan.fail([.sync, .write], code: SQLITE_FULL, times: .max)
      let codes = await withTaskGroup(of: StoreError.Code?.self) { group in
        for number in 0..<64 { group.addTask { await error { _ = try await store.append(event("\(number)")) }?.code } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes.count == 64 && codes.allSatisfy { $0 == .diskFull })
      fileSystem.plan.heal()
      #expect(try await store.tail(after: 0, limit: 10).isEmpty)
    }
  }

  /// Lets the Nth file operation fail, for every N until none is left.
  @Test(arguments: [SQLITE_IOERR | (3 << 8), SQLITE_FULL])
  func theNthOperationFails(code: Int32) async throws {
    let fileSystem = FaultFileSystem("fault-nth-\(code)")
    var number = 0
    var happened = true
    while happened {
      let directory = TemporaryDirectory()
      fileSystem.plan.fail(Set(FaultPlan.Operation.allCases), code: code, sparing: number)
      let store = try await open(directory, fileSystem)
      for id in 0..<4 { #expect(try await insist(store, "evt_\(id)").seq == Int64(id + 1), "operation \(number)") }
      #expect(try await insist(store, "evt_0") == .duplicate(bodyMatches: true, seq: 1))
      await store.close()
      happened = fileSystem.plan.happened > 0
      fileSystem.plan.heal()
      let again = try await open(directory, fileSystem)
      #expect(try await again.tail(after: 0, limit: 10).map(\.record.eventId) == (0..<4).map { "evt_\($0)" })
      #expect(try await again.verifyChain().isIntact)
      #expect(try await again.systems(asOf: Timestamp(microseconds: 0)).systems.first?.events == 4)
      await again.close()
      number += 1
    }
    #expect(number > 50)
  }

  private func open(_ directory: TemporaryDirectory, _ fileSystem: FaultFileSystem) async throws -> SQLiteStore {
    do {
      return try await SQLiteStore.open(directory: directory.path, options: options(fileSystem))
    } catch {
      return try await SQLiteStore.open(directory: directory.path, options: options(fileSystem))
    }
  }
}
