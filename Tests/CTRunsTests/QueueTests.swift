import CTJSON
import CTStore
import Testing

@testable import CTRuns

/// Runs wait for their turn, each is started once, and a request that is repeated is one run.
@Suite struct QueueTests {
  /// Each run writes its id when it begins and when it ends, in one file.
  @Test(.timeLimit(.minutes(5))) func aThousandAtOnceAreEachDoneOnceAtTheConfiguredConcurrency() async throws {
    let (count, concurrency) = (1000, 8)
    let folder = TestFolder()
    let trigger = shell(#"echo "b $CT_RUN_ID" >>seen; echo "e $CT_RUN_ID" >>seen; \#(result)"#, folder: folder.path) {
      trigger, _ in
      trigger.concurrency = concurrency
    }
    try await TestRuns.with([trigger], in: folder) { runs in
      let ids = try await withThrowingTaskGroup { group in
        for _ in 0..<count { group.addTask { try await runs.start() } }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect(ids.count == count)
      for id in ids { #expect(try await runs.ended(id).status == .success) }
      let seen = folder.read("seen").split(separator: "\n").map { $0.split(separator: " ") }
      #expect(seen.count == 2 * count)
      #expect(Set(seen.filter { $0[0] == "b" }.map { String($0[1]) }) == ids)
      var (now, most) = (0, 0)
      for line in seen {
        now += line[0] == "b" ? 1 : -1
        most = max(most, now)
      }
      #expect(most <= concurrency && now == 0)
      let events = try await allEvents(runs.store)
      for type in ["run.queued", "run.started", "run.finished"] {
        #expect(events.filter { $0.type == type }.count == count)
      }
      #expect(runs.service.dispatcher.counts(TestRuns.trigger) == (0, 0))
    }
  }

  private func allEvents(_ store: SQLiteStore) async throws -> [EventRecord] {
    var events: [EventRecord] = []
    while case let page = try await store.tail(after: Int64(events.count), limit: 1000), !page.isEmpty {
      events += page.map(\.record)
    }
    return events
  }

  @Test func aQueueThatIsFullRefusesAndTakesAgainLater() async throws {
    try await TestRuns.with([shell(result) { trigger, _ in trigger.queueLimit = 3 }], starts: false) { runs in
      let ids = [try await runs.start(), try await runs.start(), try await runs.start()]
      await #expect(throws: RunService.Refusal.queueFull) { try await runs.start() }
      _ = try await runs.service.cancel(ids[1])
      try await runs.start()
      await #expect(throws: RunService.Refusal.queueFull) { try await runs.start() }
    }
  }

  @Test func theSameRequestIsTheSameRun() async throws {
    try await TestRuns.with([shell(result)], starts: false) { runs in
      let ids = try await withThrowingTaskGroup { group in
        for _ in 0..<30 { group.addTask { try await runs.start(#"{"contractId":"K1"}"#, key: "key-1") } }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect(ids.count == 1)
      #expect(runs.service.dispatcher.counts(TestRuns.trigger).queued == 1)
      await #expect(throws: RunService.Refusal.keyReused) {
        try await runs.start(#"{"contractId":"K2"}"#, key: "key-1")
      }
      let other = try await runs.service.start(
        TestRuns.trigger, inputs: Array(#"{"contractId":"K2"}"#.utf8), initiator: "somebody-else", key: "key-1")
      #expect(!ids.contains(other), "keys are each caller's own")
    }
  }

  @Test func whatWaitsIsCancelledAtOnceAndNeverStarted() async throws {
    try await TestRuns.with([shell(result)], starts: false) { runs in
      let runId = try await runs.start()
      #expect(try await runs.service.cancel(runId).status == .cancelled)
      #expect(try await runs.service.cancel(runId).status == .cancelled, "pressed twice")
      #expect(try await runs.eventTypes(runId) == ["queued", "finished"])
      #expect(runs.service.dispatcher.counts(TestRuns.trigger).queued == 0)
    }
  }

  @Test func whatIsUnderWayIsToldToEnd() async throws {
    let script = "trap 'echo told; exit 0' TERM; echo ready; while true; do sleep 0.01; done"
    try await TestRuns.with([shell(script)]) { runs in
      let runId = try await runs.start()
      try await runs.run(runId) { $0.status == .running }
      try await runs.waitForLine("ready", of: runId)
      #expect(try await runs.service.cancel(runId).isCancelRequested)
      let run = try await runs.ended(runId)
      #expect(run.status == .cancelled && run.failure?.code == .cancelled)
      #expect(try await runs.log(runId).contains("told"))
    }
  }

  @Test func whatHasEndedIsNotCancelled() async throws {
    try await TestRuns.with([shell(result)]) { runs in
      let runId = try await runs.start()
      try await runs.ended(runId)
      await #expect(throws: RunService.Refusal.wrongStatus(.success)) { _ = try await runs.service.cancel(runId) }
      await #expect(throws: RunService.Refusal.unknownRun) { _ = try await runs.service.cancel("run_0") }
    }
  }

  @Test func itIsRetriedOnceHoweverManyPress() async throws {
    let script =
      #"grep -q checkpoint && \#(result) && exit; echo '{"progress":{"done":3,"total":9},"checkpoint":{"day":3}}'; exit 1"#
    try await TestRuns.with([shell(script)]) { runs in
      let first = try await runs.ended(runs.start(#"{"contractId":"K1"}"#))
      #expect(first.status == .failed && first.progress == RunProgress(done: 3, total: 9))
      let ids = try await withThrowingTaskGroup { group in
        for _ in 0..<10 { group.addTask { try await runs.service.retry(first.runId, initiator: "tester") } }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect(ids.count == 1)
      let second = try await runs.ended(try #require(ids.first))
      #expect(second.status == .success && second.retryOf == first.runId && second.inputs == first.inputs)
      #expect(try await runs.service.book.find(first.runId)?.retriedBy == second.runId)
      await #expect(throws: RunService.Refusal.wrongStatus(.success)) {
        try await runs.service.retry(second.runId, initiator: "tester")
      }
    }
  }

  @Test func aRunThatTakesTooLongIsOverdueOnce() async throws {
    let folder = TestFolder()
    folder.makePipe("go")
    let trigger = shell("echo ready; read line <go; \(result)", folder: folder.path) { trigger, _ in
      trigger.sla = .seconds(60)
    }
    try await TestRuns.with([trigger], in: folder) { runs in
      let runId = try await runs.start()
      try await runs.waitForLine("ready", of: runId)
      await runs.service.dispatcher.markOverdue()
      #expect(try await runs.service.book.find(runId)?.isOverdue == false)
      runs.time.advance(seconds: 61)
      await runs.service.dispatcher.markOverdue()
      await runs.service.dispatcher.markOverdue()
      #expect(try await runs.eventTypes(runId) == ["queued", "started", "overdue"])
      folder.write("go", "on\n")
      #expect(try await runs.ended(runId).isOverdue)
    }
  }

  @Test func pagesVisitEachRunOnce() async throws {
    let start = Timestamp("2025-09-27T10:00:00Z")!
    try await TestRuns.with([shell(result)], starts: false) { runs in
      var ids: [String] = []
      for _ in 0..<25 {
        ids.append(try await runs.start())
        runs.time.advance(seconds: 60)
      }
      _ = try await runs.service.cancel(ids[3])
      func pages(_ change: (inout RunFilter) -> Void = { _ in }) async throws -> [String] {
        var filter = RunFilter()
        change(&filter)
        var (found, cursor): ([String], String?) = ([], nil)
        repeat {
          let page = try await runs.service.book.page(filter, before: cursor, limit: 4)
          found += page.runs.map(\.runId)
          cursor = page.next
        } while cursor != nil
        return found
      }
      #expect(try await pages() == ids.reversed())
      #expect(try await pages { $0.status = .cancelled } == [ids[3]])
      #expect(try await pages { $0.trigger = "portal.notify.retry" } == [])
      #expect(try await pages { $0.initiator = "tester" }.count == 25)
      let from = Timestamp(microseconds: start.microseconds + 120_000_000)
      let to = Timestamp(microseconds: start.microseconds + 300_000_000)
      #expect(
        try await pages {
          $0.from = from
          $0.to = to
        } == ids[2..<5].reversed())
    }
  }
}
