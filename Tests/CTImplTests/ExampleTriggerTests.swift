import CTArtifacts
import CTGenerated
import CTHTTP
import CTJSON
import CTRuns
import Glibc
import Testing

@testable import CTImpl

/// The executors in `Examples/triggers`, bound as `make run` binds them: they do what their triggers say.
@Suite struct ExampleTriggerTests {
  private static let folder =
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Examples/triggers"

  private static func bindings(_ file: String) throws -> Runs {
    try ConfigurationFile.read("\(folder)/\(file)", as: Runs.self)
  }

  private func with(_ triggers: [TriggerDefinition]? = nil, _ body: (TestTower) async throws -> Void) async throws {
    let file = "triggers.yaml"
    let examples = try TriggerBinder(file: "\(Self.folder)/\(file)").definitions(Self.bindings(file), at: "")
    try await TestTower.with(triggers: triggers ?? examples) { tower in
      let running = Task { await tower.runs.dispatcher.run() }
      let end = {
        await tower.runs.dispatcher.stop(drain: .zero)
        running.cancel()
        await running.value
      }
      do { try await body(tower) } catch {
        await end()
        throw error
      }
      await end()
    }
  }

  private func start(_ trigger: String, _ inputs: String, _ tower: TestTower) async throws -> String {
    try await tower.runs.start(trigger, inputs: Array(inputs.utf8), initiator: "tester")
  }

  /// The run when it has ended, and its log.
  private func ended(_ runId: String, _ tower: TestTower) async throws -> (run: RunRecord, log: String) {
    var log: [UInt8] = []
    // The log ends when the run has.
    try await tower.runs.followLog(of: runId, skipping: 0) { log += $0 }
    return (try #require(try await tower.runs.book.find(runId)), String(decoding: log, as: UTF8.self))
  }

  private struct Seen: Error {}

  /// Returns when the log has a text.
  private func wait(for text: String, in runId: String, _ tower: TestTower) async throws {
    do {
      try await tower.runs.followLog(of: runId, skipping: 0) {
        if String(decoding: $0, as: UTF8.self).contains(text) { throw Seen() }
      }
      Issue.record("the run ended without '\(text)'")
    } catch is Seen {}
  }

  private func text(_ name: String, of run: RunRecord, _ tower: TestTower) async throws -> String {
    let pointer = try #require(run.artifacts.first { $0.name == name })
    let stored = try #require(pointer.storedName)
    let artifact = try #require(try await tower.artifacts.artifact(stored))
    let bytes = try await tower.artifacts.read(artifact, 0..<artifact.size)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func metrics(_ run: RunRecord) -> [String: String] {
    Dictionary(uniqueKeysWithValues: (run.metrics.json.members ?? []).map { ($0.key, $0.value.number?.lexeme ?? "") })
  }

  @Test func aContractPackIsMadeFromItsTemplates() async throws {
    try await with { tower in
      let run = try await ended(start("contract.regenerate", #"{"contractId":"K456"}"#, tower), tower).run
      #expect(run.status == .success && metrics(run)["documentsGenerated"] == "3")
      #expect(run.artifacts.map(\.name) == ["agreement.html", "schedule.html", "summary.html"])
      #expect(run.progress == RunProgress(done: 3, total: 3))
      let agreement = try await text("agreement.html", of: run, tower)
      #expect(agreement.contains("K456") && !agreement.contains("$"))
      #expect(try await text("summary.html", of: run, tower).contains("26,400.00"), "55 days at 480")
    }
  }

  @Test(arguments: [
    (#"{"contractId":"K999"}"#, "no contract K999"),
    (#"{"contractId":"K456","contractorId":"C999"}"#, "not one of contractor C999"),
  ]) func aContractThatIsNotThereFailsInWords(_ inputs: String, _ says: String) async throws {
    try await with { tower in
      let run = try await ended(start("contract.regenerate", inputs, tower), tower).run
      #expect(run.status == .failed && run.failure?.message.contains(says) == true)
    }
  }

  /// It is cancelled in the middle; another try goes on behind the last day, and together they have every day once.
  @Test func aBackfillGoesOnWhereItStopped() async throws {
    try await with { tower in
      let range = #"{"from":"2025-08-20","to":"2025-12-31"}"#
      let first = try await start("finance.export.backfill", range, tower)
      try await wait(for: #"done\": 14"#, in: first, tower)
      _ = try await tower.runs.cancel(first)
      let stopped = try await ended(first, tower).run
      #expect(stopped.status == .cancelled)
      let second = try await tower.runs.retry(first, initiator: "tester")
      let (run, log) = try await ended(second, tower)
      #expect(run.status == .success && log.contains("going on behind 2025-"))
      #expect(run.progress == RunProgress(done: 134, total: 134))
      #expect(metrics(run)["invoicesProcessed"] == "45" && metrics(run)["daysProcessed"] == "134")
      let days = stopped.artifacts.map(\.name) + run.artifacts.map(\.name)
      // The day that it was at may have been written without having been reported.
      #expect(Set(days).count == 22 && days.count <= 23)
      #expect(
        try await text("invoices-2025-09-01.csv", of: stopped, tower).hasPrefix("invoiceId,contractorId,date,net,"))
    }
  }

  @Test func notificationsAreSentAgain() async throws {
    try await with { tower in
      let inputs = #"{"since":"2025-09-27T08:30:00+02:00"}"#
      let run = try await ended(start("portal.notify.retry", inputs, tower), tower).run
      #expect(run.status == .success)
      #expect(metrics(run)["notificationsSent"] == "3" && metrics(run)["notificationsFailed"] == "1")
      let received = try await text("received.ndjson", of: run, tower).split(separator: "\n")
      #expect(
        try received.map { try JSONValue(parsing: Array($0.utf8))["id"]?.string } == ["N-1002", "N-1003", "N-1005"])
    }
  }

  // MARK: The function

  private static let secret = "a secret for functions"

  /// Starts the example function on a free port, runs `body` with a tower that is bound to it, ends it.
  private func withFunction(_ body: (TestTower) async throws -> Void) async throws {
    let function = try PythonProcess(
      ["\(Self.folder)/function.py", "--port", "0", "--pause", "0.01"],
      environment: ["CT_EXECUTOR_SECRET=\(Self.secret)"])
    defer { function.end() }
    let address = try #require(function.line().split(separator: " ").last.flatMap { URLParts(String($0)) })
    let binding = try #require(try Self.bindings("http.yaml").triggers?.first)
    #expect(binding.http?.completion == .poll)
    var call = HTTPDefinition(url: address, secret: Array(Self.secret.utf8))
    call.pause = .milliseconds(20)
    try await with([TriggerDefinition(name: binding.name, work: .http(call))], body)
  }

  @Test func aFunctionIsAskedUntilItIsDone() async throws {
    try await withFunction { tower in
      let range = #"{"from":"2025-09-01","to":"2025-09-30"}"#
      let (run, log) = try await ended(start("finance.export.backfill", range, tower), tower)
      #expect(run.status == .success, "\(log)")
      #expect(metrics(run)["invoicesProcessed"] == "45")
    }
  }

  @Test func aFunctionStopsWhenItsRunIsCancelled() async throws {
    try await withFunction { tower in
      let runId = try await start("finance.export.backfill", #"{"from":"1925-09-01","to":"2025-09-30"}"#, tower)
      try await wait(for: "progress", in: runId, tower)
      _ = try await tower.runs.cancel(runId)
      let (run, log) = try await ended(runId, tower)
      #expect(run.status == .cancelled && run.failure?.message == "it was cancelled while it ran")
      #expect(log.contains("the function was told that the run is cancelled"))
      #expect(metrics(run)["invoicesProcessed"] == "0")
    }
  }
}

/// A Python program beside the test.
private final class PythonProcess {
  private let process: pid_t
  private let output: Int32

  init(_ arguments: [String], environment: [String]) throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    // Should the tests end before it does, nobody waits for it to close what it has inherited.
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    var words: [UnsafeMutablePointer<CChar>?] = (["python3"] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = (environment + ["PATH=\(path)"]).map { strdup($0) } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var process: pid_t = 0
    try #require(posix_spawnp(&process, "python3", &actions, nil, &words, &variables) == 0)
    close(ends[1])
    (self.process, output) = (process, ends[0])
  }

  /// The first line that it writes.
  func line() -> String {
    var text: [UInt8] = []
    var byte: UInt8 = 0
    while read(output, &byte, 1) == 1, byte != UInt8(ascii: "\n") { text.append(byte) }
    return String(decoding: text, as: UTF8.self)
  }

  func end() {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    close(output)
  }
}
