import CTJSON
import CTStore
import Foundation
import Synchronization
import Testing

@testable import CTSchedule

/// Each job once at its time: whatever the clock, the process and other towers do.
@Suite struct SchedulerTests {
  private let eight = Schedule.daily(LocalTime("08:00")!, london)

  private func scheduler(_ store: SQLiteStore, _ jobs: [ScheduledJob], _ time: TestTime, seed: UInt64 = 1) -> Scheduler
  {
    Scheduler(store: store, jobs: jobs, now: { time.now }, seed: seed)
  }

  @Test func aDailyJobIsDoneOnceADayAtItsTime() async throws {
    try await withStore { store in
      let time = TestTime("2025-09-26T12:00:00Z")
      let diary = Diary()
      let scheduler = scheduler(store, [diary.job(eight)], time)
      var times: [String] = []
      for _ in 0..<(4 * 24 * 6) {
        if try await scheduler.runDue() > 0 { times.append(time.now.description) }
        time.advance(seconds: 600)
      }
      #expect(diary.keys == ["2025-09-27", "2025-09-28", "2025-09-29", "2025-09-30"])
      #expect(times == diary.keys.map { $0 + "T07:00:00Z" })
      #expect(diary.runs.map(\.previous) == [nil] + diary.keys.dropLast())
    }
  }

  /// Four hundred days with changes of the clocks, restarts, downtime and a clock that jumps: no local date twice, and none
  /// left out on which a tower ran after eight.
  @Test(arguments: [1, 2] as [UInt64]) func onceForEveryLocalDate(seed: UInt64) async throws {
    try await withStore { store in
      var random = SplitMix64(seed: seed)
      let time = TestTime("2024-01-01T00:00:00Z")
      let diary = Diary()
      var dates: Set<String> = []
      var current = scheduler(store, [diary.job(eight)], time)
      try await current.runDue()
      let end = Timestamp("2025-02-04T00:00:00Z")!
      while time.now < end {
        switch random.next() % 40 {
        case 0: current = scheduler(store, [diary.job(eight)], time, seed: random.next())
        case 1:
          // Wrong for a while, as when a battery is empty: up to five days ahead, or behind.
          let jump = Int(random.next() % 432_000) * (random.next() % 2 == 0 ? 1 : -1)
          time.advance(seconds: jump)
          try await current.runDue()
          time.advance(seconds: -jump)
        default: break
        }
        try await current.runDue()
        let date = LocalDate(of: time.now, in: london)
        if date.instant(at: LocalTime("08:00")!, in: london) <= time.now { dates.insert(date.description) }
        time.advance(seconds: 1800 + Int(random.next() % 7200))
      }
      let done = diary.keys
      #expect(Set(done).count == done.count, "seed \(seed): a date was done twice")
      #expect(dates.isSubset(of: done), "seed \(seed): \(dates.subtracting(done).sorted()) were left out")
    }
  }

  @Test func whatWasMissedIsMadeUpForOnce() async throws {
    try await withStore { store in
      let time = TestTime("2025-09-26T12:00:00Z")
      let diary = Diary()
      let hourly = Diary()
      let jobs = [diary.job(eight), hourly.job(.every(seconds: 3600), name: "hourly")]
      try await scheduler(store, jobs, time).runDue()
      time.set("2025-10-03T20:30:00Z")
      let later = scheduler(store, jobs, time, seed: 2)
      for _ in 0..<3 { try await later.runDue() }
      #expect(diary.keys == ["2025-10-03"])
      #expect(hourly.runs.map(\.due) == [Timestamp("2025-10-03T20:00:00Z")])
    }
  }

  @Test func nothingIsMadeUpForFromBeforeTheJobWasKnown() async throws {
    try await withStore { store in
      let time = TestTime("2025-09-26T12:00:00Z")
      let diary = Diary()
      let scheduler = scheduler(store, [diary.job(eight)], time)
      for _ in 0..<3 { try await scheduler.runDue() }
      #expect(diary.runs.isEmpty)
      #expect(try await scheduler.status().first?.nextAt == Timestamp("2025-09-27T07:00:00Z"))
    }
  }

  @Test func anIntervalCountsFromTheLastTimeAndIsNotHeldUpByTheClock() async throws {
    try await withStore { store in
      let time = TestTime("2025-09-26T12:00:00Z")
      let diary = Diary()
      let scheduler = scheduler(store, [diary.job(.every(seconds: 3600))], time)
      for _ in 0..<25 {
        try await scheduler.runDue()
        time.advance(seconds: 600)
      }
      #expect(diary.runs.count == 4)
      time.set("2025-09-20T00:00:00Z")
      for _ in 0..<7 {
        try await scheduler.runDue()
        time.advance(seconds: 600)
      }
      #expect(diary.runs.count == 6)
    }
  }

  @Test func twoTowersOnOneStoreDoEachRunOnce() async throws {
    try await withStore { store in
      let time = TestTime("2025-01-01T00:00:00Z")
      let diary = Diary()
      let towers = (0..<4).map { scheduler(store, [diary.job(eight)], time, seed: UInt64($0)) }
      for _ in 0..<60 {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for tower in towers { group.addTask { _ = try await tower.runDue() } }
          try await group.waitForAll()
        }
        time.advance(seconds: 43_200)
      }
      #expect(diary.runs.count == 30 && Set(diary.keys).count == 30)
    }
  }

  /// One tower takes the lease and is never heard of again.
  @Test func aRunThatWasCutOffIsBegunAgainWhenItsLeaseIsOver() async throws {
    try await withStore { store in
      let time = TestTime("2025-09-26T12:00:00Z")
      let diary = Diary()
      let started = Mutex(0)
      let hanging = ScheduledJob("test", eight) { _ in
        started.withLock { $0 += 1 }
        try await Task.sleep(for: .seconds(3600))
        return ""
      }
      let first = scheduler(store, [hanging], time, seed: 1)
      try await first.runDue()
      time.set("2025-09-27T08:00:00Z")
      let lost = Task { try await first.runDue() }
      while started.withLock({ $0 }) == 0 { await Task.yield() }
      let second = scheduler(store, [diary.job(eight)], time, seed: 2)
      try await second.runDue()
      #expect(diary.runs.isEmpty)
      #expect(try await second.status().first?.isRunning == true)
      // The first still lives, and renews its lease.
      time.advance(seconds: 200)
      try await first.renewLeases()
      time.advance(seconds: 200)
      try await second.runDue()
      #expect(diary.runs.isEmpty)
      // Now it does not.
      time.advance(seconds: 200)
      try await second.runDue()
      #expect(diary.keys == ["2025-09-27"])
      // It comes back, sees that it has lost the lease, and stops.
      try await first.renewLeases()
      _ = try await lost.value
      #expect(try await second.status().first?.lastRun?.outcome == .succeeded)
    }
  }

  @Test func aRunThatFailsIsTriedAgainAndThenGivenUp() async throws {
    try await withStore { store in
      let time = TestTime("2025-09-26T12:00:00Z")
      let diary = Diary()
      let scheduler = scheduler(store, [diary.job(eight)], time)
      try await scheduler.runDue()
      time.set("2025-09-27T07:00:00Z")
      diary.failNext(3)
      try await scheduler.runDue()
      var status = try #require(try await scheduler.status().first)
      #expect(status.failures == 1 && status.lastRun?.outcome == .failed && status.lastRun?.detail == "not today")
      #expect(status.nextAt > time.now && status.nextAt < Timestamp("2025-09-27T07:00:02Z")!)
      for _ in 0..<60 {
        try await scheduler.runDue()
        time.advance(seconds: 1)
      }
      #expect(diary.keys == ["2025-09-27"])
      status = try #require(try await scheduler.status().first)
      #expect(status.failures == 0 && status.lastRun?.outcome == .succeeded && status.lastRun?.detail == "run 1")

      time.set("2025-09-28T07:00:00Z")
      diary.failNext(100)
      for _ in 0..<2000 {
        try await scheduler.runDue()
        time.advance(seconds: 1)
      }
      let letters = try await store.documents(in: DeadLetter.openCollection, limit: 10).map {
        try DeadLetter(json: $0.body)
      }
      #expect(letters.map(\.kind) == ["schedule.test"])
      #expect(
        letters.first?.attempts == 8 && letters.first?.payload == Array(#"{"job":"test","run":"2025-09-28"}"#.utf8))
      // The next day is not held up.
      diary.failNext(0)
      time.set("2025-09-29T07:00:00Z")
      try await scheduler.runDue()
      #expect(diary.keys == ["2025-09-27", "2025-09-29"])
      // The run that was given up is done again as what it was.
      #expect(try await scheduler.runAgain("test", key: "2025-09-28"))
      let again = try #require(diary.runs.last)
      #expect(again.key == "2025-09-28" && again.date == LocalDate("2025-09-28"))
      #expect(again.due == Timestamp("2025-09-28T07:00:00Z")!)
      for _ in 0..<3 { try await scheduler.runDue() }
      #expect(diary.runs.count == 3)
      #expect(try await scheduler.runAgain("no such job", key: "2025-09-28") == false)
    }
  }

  @Test func aTowerThatStopsGivesTheLeaseBackAndCountsNoFailure() async throws {
    try await withStore { store in
      let time = TestTime("2025-09-26T12:00:00Z")
      let started = Mutex(0)
      let slow = ScheduledJob("test", eight) { _ in
        started.withLock { $0 += 1 }
        try await Task.sleep(for: .seconds(3600))
        return ""
      }
      let first = scheduler(store, [slow], time)
      try await first.runDue()
      time.set("2025-09-27T08:00:00Z")
      let running = Task { await first.run() }
      while started.withLock({ $0 }) == 0 { await Task.yield() }
      running.cancel()
      await running.value
      let diary = Diary()
      try await scheduler(store, [diary.job(eight)], time, seed: 2).runDue()
      #expect(diary.keys == ["2025-09-27"])
    }
  }
}
