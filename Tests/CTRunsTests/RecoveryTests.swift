import CTCrypto
import CTStore
import Glibc
import Testing

@testable import CTRuns

/// What becomes of runs when the tower stops, and when it is started again.
@Suite struct RecoveryTests {
  private static let waiting = """
    grep -q checkpoint && echo resumed && \(result) && exit
    echo '{"progress":{"done":3,"total":9},"checkpoint":{"day":3}}'; echo ready; exec sleep 1000
    """

  @Test func whatWaitsSurvives() async throws {
    let folder = TestFolder()
    var ids: [String] = []
    try await TestRuns.with([shell(result)], in: folder, starts: false) { runs in
      for _ in 0..<20 { ids.append(try await runs.start()) }
    }
    try await TestRuns.with([shell(result)], in: folder) { runs in
      for id in ids {
        let run = try await runs.ended(id)
        #expect(run.status == .success)
        #expect(try await runs.eventTypes(id) == ["queued", "started", "finished"])
      }
    }
  }

  @Test func aTowerThatStopsInterruptsWhatItDoesNotWaitFor() async throws {
    let folder = TestFolder()
    let trigger = shell(Self.waiting) { trigger, _ in trigger.whenInterrupted = .resume }
    var runId = ""
    try await TestRuns.with([trigger], in: folder) { runs in
      runId = try await runs.start()
      try await runs.run(runId) { $0.checkpoint != nil }
      await runs.service.dispatcher.stop(drain: .zero)
      let run = try #require(try await runs.service.book.find(runId))
      #expect(run.status == .queued)
      #expect(Orphans.processes(of: runId).isEmpty)
    }
    try await TestRuns.with([trigger], in: folder) { runs in
      let run = try await runs.ended(runId)
      #expect(run.status == .success && run.attempt == 2)
      #expect(try await runs.eventTypes(runId) == ["queued", "started", "interrupted", "started", "finished"])
      let log = try await runs.log(runId)
      #expect(log.contains("started, attempt 1") && log.contains("started, attempt 2") && log.contains("resumed"))
    }
  }

  @Test func aTowerThatStopsWaitsForWhatIsUnderWay() async throws {
    let folder = TestFolder()
    folder.makePipe("go")
    try await TestRuns.with([shell("echo ready; read line <go; \(result)", folder: folder.path)], in: folder) { runs in
      let (first, second) = (try await runs.start(), try await runs.start())
      try await runs.waitForLine("ready", of: first)
      async let stopped: Void = runs.service.dispatcher.stop(drain: .seconds(600))
      folder.write("go", "on\n")
      await stopped
      #expect(try await runs.service.book.find(first)?.status == .success)
      #expect(try await runs.service.book.find(second)?.status == .queued, "nothing more is started")
    }
  }

  @Test func whatMayNotBeStartedAgainFails() async throws {
    let trigger = shell(Self.waiting)
    try await TestRuns.with([trigger]) { runs in
      let runId = try await runs.start()
      try await runs.run(runId) { $0.checkpoint != nil }
      await runs.service.dispatcher.stop(drain: .zero)
      let run = try await runs.ended(runId)
      #expect(run.status == .failed && run.failure?.code == .interrupted)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let whenInterrupted: TriggerDefinition.Interruption
    var isCancelled = false
    let status: RunStatus
    let events: [String]
    var testDescription: String { "\(whenInterrupted.rawValue)\(isCancelled ? ", cancelled" : "")" }
  }

  /// A lease that a tower left which died, and a process of the run that goes on.
  @Test(arguments: [
    Case(
      whenInterrupted: .resume, status: .success,
      events: ["queued", "started", "interrupted", "started", "finished"]),
    Case(whenInterrupted: .fail, status: .failed, events: ["queued", "started", "finished"]),
    Case(
      whenInterrupted: .resume, isCancelled: true, status: .cancelled, events: ["queued", "started", "finished"]),
  ]) func whatATowerThatDiedLeftIsTakenUp(_ item: Case) async throws {
    let folder = TestFolder()
    let trigger = shell(result) { trigger, _ in trigger.whenInterrupted = item.whenInterrupted }
    var runId = ""
    var orphan: pid_t = 0
    try await TestRuns.with([trigger], in: folder, starts: false) { runs in
      runId = try await runs.start()
      try await runs.service.book.change(runId) { $0.start(holder: "tower_that_died", at: runs.time.now) }
      if item.isCancelled { _ = try await runs.service.cancel(runId) }
      orphan = try spawnOrphan(of: runId)
      #expect(Orphans.processes(of: runId) == [orphan])
    }
    try await TestRuns.with([trigger], in: folder) { runs in
      let run = try await runs.ended(runId)
      #expect(run.status == item.status)
      #expect(try await runs.eventTypes(runId) == item.events)
      #expect(try await runs.service.book.leased().isEmpty)
    }
    var status: Int32 = 0
    #expect(waitpid(orphan, &status, 0) == orphan && status == SIGKILL, "it would have run twice at once")
  }

  @Test func whatARunHadLeftWhenTheTowerDiedIsKept() async throws {
    let folder = TestFolder()
    let trigger = shell(result)
    var runId = ""
    try await TestRuns.with([trigger], in: folder, starts: false) { runs in
      runId = try await runs.start()
      try await runs.service.book.change(runId) { $0.start(holder: "tower_that_died", at: runs.time.now) }
    }
    for path in ["runs", "runs/\(runId)", "runs/\(runId)/artifacts"] { mkdir("\(folder.path)/\(path)", 0o700) }
    folder.write("runs/\(runId)/log.ndjson", #"{"at":"2025-09-27T10:00:00Z","stream":"out","text":"day 1"}"# + "\n")
    folder.write("runs/\(runId)/artifacts/day-1.csv", "1,2,3")
    try await TestRuns.with([trigger], in: folder) { runs in
      let run = try await runs.ended(runId)
      #expect(run.artifacts.map(\.name) == ["day-1.csv"] && run.logs.count == 1)
      let end = "failed: the tower died while it ran; retry it when that does no harm"
      #expect(run.failure?.lastLines == ["day 1", end])
      #expect(try await runs.log(runId) == ["day 1", end])
    }
  }

  /// A process with the run's mark in a group of its own, as a tower that was killed may leave it.
  private func spawnOrphan(of runId: String) throws -> pid_t {
    var process: pid_t = 0
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/sleep"), strdup("1000"), nil]
    var environment: [UnsafeMutablePointer<CChar>?] = [strdup("CT_RUN_ID=\(runId)"), nil]
    defer { for pointer in arguments + environment { free(pointer) } }
    #expect(posix_spawn(&process, "/bin/sleep", nil, nil, &arguments, &environment) == 0)
    return process
  }

  @Test func aRunThatIsInterruptedAgainAndAgainFails() async throws {
    let folder = TestFolder()
    let trigger = shell(result) { trigger, _ in trigger.whenInterrupted = .resume }
    var runId = ""
    try await TestRuns.with([trigger], in: folder, starts: false) { runs in
      runId = try await runs.start()
      for _ in 0..<10 {
        try await runs.service.book.change(runId) { $0.start(holder: "tower_that_died", at: runs.time.now) }
        try await runs.service.book.change(runId) { $0.interrupt(at: runs.time.now) }
      }
    }
    try await TestRuns.with([trigger], in: folder) { runs in
      let run = try await runs.ended(runId)
      #expect(run.status == .failed && run.failure?.code == .interrupted && run.attempt == 10)
    }
  }

  @Test func aTriggerThatIsNotBoundAnyMoreFailsItsRuns() async throws {
    let folder = TestFolder()
    var runId = ""
    try await TestRuns.with([shell(result)], in: folder, starts: false) { runs in runId = try await runs.start() }
    try await TestRuns.with([], in: folder) { runs in
      let run = try await runs.ended(runId)
      #expect(run.failure?.code == .notStarted)
    }
  }

  @Test func whatRedactionTakesOutReachesTheCommandAlone() async throws {
    let folder = TestFolder()
    let key = AEADKey()
    let inputs = #"{"contractId":"jane@example.com"}"#
    var runId = ""
    func change(_ settings: inout RunSettings) {
      settings.inputsKey = key
      settings.redactInputs = { _ in Array(#"{"contractId":"[email]"}"#.utf8) }
    }
    try await TestRuns.with([shell(result)], in: folder, starts: false, change: change) { runs in
      runId = try await runs.start(inputs)
      let document = try #require(try await runs.store.document(DocumentKey(RunRecord.collection, runId)))
      #expect(!String(decoding: document.body, as: UTF8.self).contains("jane"))
    }
    let trigger = shell("grep -q '\"contractId\":\"jane@example.com\"' && \(result)")
    try await TestRuns.with([trigger], in: folder, change: change) { runs in
      let run = try await runs.ended(runId)
      #expect(run.status == .success)
      #expect(String(decoding: run.inputs, as: UTF8.self) == #"{"contractId":"[email]"}"#)
    }
  }
}
