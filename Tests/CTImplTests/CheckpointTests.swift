import CTJSON
import CTStore
import Testing

@testable import CTImpl

/// The log's end is signed once on every day on which something was recorded.
@Suite struct DailyCheckpointTests {
  @Test func onceADayWhenThereIsSomethingNew() async throws {
    try await TestTower.with { tower in
      let jobs = JobRunner(
        store: tower.store, handlers: [CheckpointHandler(keeper: tower.store)], clock: tower.time.clock, seed: 1,
        log: quietLog)
      let daily = DailyCheckpoint(store: tower.store, jobs: jobs, clock: tower.time.clock)
      func next() async throws -> Int64? {
        for _ in 0..<2 {
          try await daily.ask()
          try await jobs.runDue()
        }
        return try await tower.store.lastCheckpoint()?.seq
      }
      #expect(try await next() == nil)
      _ = try await tower.store.append(record("evt_1"))
      #expect(try await next() == 1)
      tower.time.advance(seconds: 86_400)
      #expect(try await next() == 1)
      _ = try await tower.store.append(record("evt_2"))
      #expect(try await next() == 2)
      #expect(try await tower.store.documents(in: Job.collection, limit: 10).isEmpty)
      #expect(try await tower.store.verifyChain().isIntact)
    }
  }
}
