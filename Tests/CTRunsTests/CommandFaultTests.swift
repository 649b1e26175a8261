import CTJSON
import Testing

@testable import CTRuns

/// What can go wrong with a command, and what becomes of the run: an end, with a reason and the last lines of the log.
@Suite struct CommandFaultTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let name: String
    let script: String
    let code: RunFailure.Code
    var status = RunStatus.failed
    /// What the message has to say.
    let says: String
    var testDescription: String { name }
  }

  static let faults = [
    Fault(name: "another exit status", script: "echo oops >&2; exit 3", code: .exitStatus, says: "status 3"),
    Fault(
      name: "another exit status, with a message",
      script: #"echo '{"metrics":{},"message":"no contract K1"}'; exit 1"#, code: .exitStatus, says: "no contract K1"),
    Fault(name: "a signal", script: "kill -SEGV $$", code: .signal, says: "signal 11"),
    Fault(name: "nothing at all", script: "true", code: .noResult, says: "no result"),
    Fault(name: "text for a result", script: "echo done", code: .noResult, says: "no result"),
    Fault(
      name: "a result that is not the last line", script: "\(result); echo done", code: .noResult, says: "no result"),
    Fault(
      name: "metrics that are no numbers", script: #"echo '{"metrics":{"documents":"three"}}'"#, code: .noResult,
      says: "'metrics'"),
    Fault(
      name: "progress for a result", script: #"echo '{"progress":{"done":1,"total":1}}'"#, code: .noResult,
      says: "no result"),
    Fault(name: "bytes that are no text", script: #"printf '\377\376{"metrics":'"#, code: .noResult, says: "no result"),
    Fault(name: "a flood", script: "yes", code: .outputLimit, says: "more than 65536 bytes"),
    Fault(name: "a flood of empty lines", script: "yes ''", code: .outputLimit, says: "more than"),
    Fault(name: "a flood on standard error", script: "yes >&2", code: .outputLimit, says: "more than"),
    Fault(
      name: "a line without an end", script: "tr '\\0' x </dev/zero", code: .outputLimit, says: "more than"),
  ]

  @Test(arguments: faults) func endsWithItsReason(_ fault: Fault) async throws {
    let trigger = shell(fault.script) { $1.outputBytes = 64 << 10 }
    try await TestRuns.with([trigger]) { runs in
      let run = try await runs.ended(runs.start())
      #expect(run.status == fault.status)
      let failure = try #require(run.failure)
      #expect(failure.code == fault.code)
      #expect(failure.message.contains(fault.says), "\(failure.message)")
      #expect(failure.lastLines.last == "\(run.status.rawValue): \(failure.message)")
      #expect(try await runs.eventTypes(run.runId) == ["queued", "started", "finished"])
    }
  }

  @Test func theLastLinesAreInTheRecord() async throws {
    try await TestRuns.with([shell("for i in $(seq 100); do echo line $i; done; exit 3")]) { runs in
      let failure = try #require(try await runs.ended(runs.start()).failure)
      #expect(failure.exitStatus == 3)
      #expect(failure.lastLines.dropLast() == (82...100).map { "line \($0)" }[...])
    }
  }

  @Test func theEndOfAFloodIsInTheRecord() async throws {
    try await TestRuns.with([shell("yes") { $1.outputBytes = 64 << 10 }]) { runs in
      let failure = try #require(try await runs.ended(runs.start()).failure)
      #expect(failure.lastLines.count == 20 && failure.lastLines.dropLast().allSatisfy { $0 == "y" })
    }
  }

  @Test func whatHangsIsEndedInTime() async throws {
    try await TestRuns.with([shell("exec sleep 1000") { trigger, _ in trigger.timeout = .milliseconds(200) }]) { runs in
      let run = try await runs.ended(runs.start())
      #expect(run.status == .timedOut && run.failure?.code == .timeout)
    }
  }

  @Test func whatDoesNotHearSIGTERMIsKilled() async throws {
    let script = "trap '' TERM; while true; do sleep 1000 & wait; done"
    let trigger = shell(script) { trigger, command in
      trigger.timeout = .milliseconds(100)
      command.grace = .milliseconds(100)
    }
    try await TestRuns.with([trigger]) { runs in
      let run = try await runs.ended(runs.start())
      #expect(run.status == .timedOut)
      #expect(Orphans.processes(of: run.runId).isEmpty)
    }
  }

  struct Start: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    var folder = "/"
    var user: String?
    let says: String
    var testDescription: String { name }
  }

  @Test(arguments: [
    Start(name: "no such program", arguments: ["no-such-program"], says: "no program 'no-such-program'"),
    Start(name: "no such file", arguments: ["/no/such/file"], says: "execve"),
    Start(name: "no program", arguments: ["/etc/passwd"], says: "execve"),
    Start(name: "no such folder", arguments: ["true"], folder: "/no/such/folder", says: "chdir"),
    Start(name: "no such user", arguments: ["true"], user: "no_such_user", says: "no user 'no_such_user'"),
  ]) func whatCannotBeStartedSaysWhy(_ start: Start) async throws {
    var command = CommandDefinition(
      arguments: start.arguments, directory: start.folder, environment: ["PATH": "/usr/bin:/bin"])
    command.user = start.user
    let trigger = TriggerDefinition(name: TestRuns.trigger, work: .command(command))
    try await TestRuns.with([trigger]) { runs in
      let run = try await runs.ended(runs.start())
      #expect(run.status == .failed && run.failure?.code == .notStarted)
      #expect(run.failure?.message.contains(start.says) == true, "\(run.failure?.message ?? "")")
    }
  }
}
