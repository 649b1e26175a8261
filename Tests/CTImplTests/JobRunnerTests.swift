import CTJSON
import CTStore
import Synchronization
import Testing

@testable import CTImpl

/// Fails as often as it is told to, then succeeds; notes when it was asked.
private final class Moody: JobHandler {
  let kind = "test.moody"
  private let failures: Mutex<Int>
  private let calls = Mutex<[String]>([])

  struct Failure: Error, CustomStringConvertible { let description = "not in the mood" }

  init(failures: Int) { self.failures = Mutex(failures) }

  var asked: [String] { calls.withLock { $0 } }

  func run(_ job: Job) async throws {
    calls.withLock { $0.append(job.id) }
    let fails = failures.withLock { failures in
      failures -= 1
      return failures >= 0
    }
    if fails { throw Failure() }
  }
}

@Suite struct JobRunnerTests {
  private func runner(_ tower: TestTower, _ handler: any JobHandler, attempts: Int = 5) -> JobRunner {
    var policy = RetryPolicy()
    policy.attempts = attempts
    return JobRunner(
      store: tower.store, handlers: [handler], policy: policy, clock: tower.time.clock, seed: 11, log: quietLog)
  }

  /// Every attempt is made by another runner: as if the tower was started anew each time.
  @Test func triedAgainAfterDoublingWaitsAcrossRestarts() async throws {
    try await TestTower.with { tower in
      let moody = Moody(failures: 3)
      try await runner(tower, moody).enqueue(kind: moody.kind, id: "job_1")
      var times: [Double] = []
      for step in 0..<60 {
        if try await runner(tower, moody).runDue() > 0 { times.append(Double(step) / 2) }
        tower.time.advance(seconds: 0.5)
      }
      #expect(moody.asked == Array(repeating: "job_1", count: 4))
      #expect(times.count == 4 && times[0] == 0)
      for (wait, base) in zip(zip(times.dropFirst(), times).map { $0 - $1 }, [1.0, 2, 4]) {
        #expect(wait >= base * 0.8 && wait <= base * 1.2 + 0.5)
      }
      #expect(try await tower.store.documents(in: Job.collection, limit: 10).isEmpty)
      #expect(try await tower.store.documents(in: Job.dueCollection, limit: 10).isEmpty)
    }
  }

  @Test func afterSoManyAttemptsItIsADeadLetter() async throws {
    try await TestTower.with { tower in
      let moody = Moody(failures: .max)
      let runner = runner(tower, moody)
      try await runner.enqueue(kind: moody.kind, payload: Array(#"{"a":1}"#.utf8), id: "job_1", eventId: "evt_1")
      for _ in 0..<100 {
        try await runner.runDue()
        tower.time.advance(seconds: 1)
      }
      #expect(moody.asked.count == 5)
      let letters = try await DeadLetterShelf(store: tower.store).page(.init(), before: nil, limit: 10).letters
      let letter = try #require(letters.first)
      #expect(letters.count == 1)
      #expect(letter.kind == moody.kind && letter.attempts == 5 && letter.error == "not in the mood")
      #expect(letter.eventId == "evt_1" && letter.payload == Array(#"{"a":1}"#.utf8) && letter.state == .open)
      #expect(letter.nextReview > letter.deadAt && letter.deadAt > letter.firstFailedAt)
      #expect(try await tower.store.documents(in: Job.collection, limit: 10).isEmpty)
    }
  }

  @Test func aJobIsQueuedOnceUnderItsId() async throws {
    try await TestTower.with { tower in
      let moody = Moody(failures: 0)
      let runner = runner(tower, moody)
      for _ in 0..<3 { try await runner.enqueue(kind: moody.kind, id: "job_1") }
      #expect(try await runner.runDue() == 1)
      #expect(try await runner.runDue() == 0)
    }
  }

  @Test func aKindThatNobodyDoesBecomesADeadLetterToo() async throws {
    try await TestTower.with { tower in
      let runner = runner(tower, Moody(failures: 0), attempts: 1)
      try await runner.enqueue(kind: "test.unknown")
      try await runner.runDue()
      let letters = try await DeadLetterShelf(store: tower.store).page(.init(), before: nil, limit: 10).letters
      #expect(letters.map(\.error) == ["nothing here does jobs of the kind test.unknown"])
    }
  }

  @Test(arguments: [-3600.0, 3600.0]) func aClockThatJumpsHoldsNothingUp(jump: Double) async throws {
    try await TestTower.with { tower in
      let moody = Moody(failures: 1)
      let runner = runner(tower, moody)
      try await runner.enqueue(kind: moody.kind)
      try await runner.runDue()
      tower.time.advance(seconds: jump)
      #expect(try await runner.runDue() == 1)
      #expect(moody.asked.count == 2)
    }
  }

  @Test func itRunsByItselfUntilItIsCancelled() async throws {
    try await TestTower.with { tower in
      let moody = Moody(failures: 0)
      let runner = runner(tower, moody)
      try await runner.enqueue(kind: moody.kind)
      let running = Task { await runner.run() }
      for _ in 0..<400 where moody.asked.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
      running.cancel()
      await running.value
      #expect(moody.asked.count == 1)
    }
  }
}
