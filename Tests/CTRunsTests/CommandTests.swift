import CTArtifacts
import CTCrypto
import CTJSON
import Glibc
import Testing

@testable import CTRuns

/// What a command gets, and what is taken from it.
@Suite struct CommandTests {
  @Test func theResultIsTheLastLine() async throws {
    try await TestRuns.with([shell("echo working; \(result)")]) { runs in
      let run = try await runs.ended(runs.start())
      #expect(run.status == .success && run.failure == nil && run.attempt == 1)
      #expect(run.metrics["documentsGenerated"]?.lexeme == "3" && run.metrics["durationMs"] != nil)
      #expect(
        try await runs.log(run.runId)
          == ["started, attempt 1", "working", #"{"metrics":{"documentsGenerated":3}}"#, "success"])
    }
  }

  @Test func itReadsTheOrderAsJSON() async throws {
    try await TestRuns.with([shell("cat; echo; \(result)")]) { runs in
      let runId = try await runs.start(#"{"contractId":"K456"}"#)
      try await runs.ended(runId)
      let order = try JSONValue(parsing: Array(try await runs.log(runId)[1].utf8))
      #expect(order["runId"]?.string == runId && order["trigger"]?.string == TestRuns.trigger)
      #expect(order["initiator"]?.string == "tester" && order["attempt"]?.integer == 1)
      #expect(order["inputs"] == .object([.init(key: "contractId", value: .string("K456"))]))
    }
  }

  /// Larger than a pipe takes at once, to a command that begins to read late.
  @Test func aLargeOrderArrivesWhole() async throws {
    try await TestRuns.with([shell("wc -c; \(result)")]) { runs in
      let runId = try await runs.start(#"{"text":"\#(String(repeating: "x", count: 300_000))"}"#)
      try await runs.ended(runId)
      #expect(Int(try await runs.log(runId)[1].filter { $0 != " " }) ?? 0 > 300_000)
    }
  }

  @Test func itsEnvironmentIsWhatTheBindingSaysAndNoMore() async throws {
    setenv("CT_TEST_SECRET", "do-not-tell", 1)
    let trigger = shell("env | cut -d= -f1 | sort; \(result)") { $1.environment["FINANCE_DB"] = "db" }
    try await TestRuns.with([trigger]) { runs in
      let runId = try await runs.start()
      try await runs.ended(runId)
      let names = try await runs.log(runId).dropFirst().dropLast(2)
      // PWD, _ and the like are the shell's own.
      let own: Set = ["PWD", "OLDPWD", "_", "SHLVL"]
      #expect(
        names.filter { !own.contains($0) }
          == ["CT_ARTIFACTS", "CT_ATTEMPT", "CT_RUN_ID", "CT_TRIGGER", "FINANCE_DB", "PATH"])
    }
  }

  @Test func itHasNoDescriptorsButThreeAndStandardSignals() async throws {
    // The tower itself ignores SIGXFSZ and blocks signals on the thread.
    let before = signal(SIGXFSZ, SIG_IGN)
    defer { signal(SIGXFSZ, before) }
    let script = "ls /proc/self/fd | wc -l; grep -E 'Sig(Blk|Ign)' /proc/$$/status | cut -f2; \(result)"
    try await TestRuns.with([shell(script)]) { runs in
      let runId = try await runs.start()
      try await runs.ended(runId)
      let lines = try await runs.log(runId)
      // ls itself opens the folder.
      #expect(lines[1].filter { $0 != " " } == "4")
      // Signals 32 and 33 are the C library's own, and no program's to set.
      #expect(lines[2...3].map { UInt64($0, radix: 16).map { $0 & ~(3 << 31) } } == [0, 0])
    }
  }

  @Test func itsFilesBecomeArtifacts() async throws {
    let script = """
      cd "$CT_ARTIFACTS"; printf hello >a.txt; printf '{}' >b.json; printf x >.draft; ln -s /etc/passwd link; mkdir d
      printf x >'a name'; \(result)
      """
    try await TestRuns.with([shell(script)]) { runs in
      let run = try await runs.ended(runs.start())
      #expect(run.artifacts.map(\.name) == ["a.txt", "b.json"])
      let file = run.artifacts[0]
      #expect(file.bytes == 5)
      #expect(file.sha256 == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")
      let name = try #require(file.storedName)
      #expect(try await runs.artifacts.contents(of: name) == Array("hello".utf8))
      let leftOut = try await runs.log(run.runId).filter { $0.hasPrefix("left out") }
      #expect(leftOut.count == 3, "\(leftOut)")
      #expect(runs.folder.read("runs/\(run.runId)/log.ndjson").isEmpty, "the folder is gone")
    }
  }

  /// Only root can change the user, so elsewhere these say nothing.
  @Test(.enabled(if: geteuid() == 0)) func anotherUserLeavesArtifactsAndReadsNothingElse() async throws {
    let script = #"id -un >"$CT_ARTIFACTS/who.txt"; cat "$CT_ARTIFACTS/../log.ndjson" && exit 1; \#(result)"#
    let folder = TestFolder()
    chmod(folder.path, 0o711)
    try await TestRuns.with([shell(script) { $1.user = "nobody" }], in: folder) { runs in
      let run = try await runs.ended(runs.start())
      #expect(run.status == .success)
      #expect(run.artifacts.map(\.name) == ["who.txt"] && run.artifacts.first?.bytes == Int64("nobody\n".utf8.count))
    }
  }

  @Test(.enabled(if: geteuid() == 0)) func aUserThatCannotReachItsFolderIsToldWhatToDo() async throws {
    let folder = TestFolder()
    chmod(folder.path, 0o700)
    try await TestRuns.with([shell(result) { $1.user = "nobody" }], in: folder) { runs in
      let failure = try #require(try await runs.ended(runs.start()).failure)
      #expect(failure.code == .notStarted && failure.message.contains("chmod o+x"), "\(failure.message)")
    }
  }

  @Test func filesThatAreTooLargeFailTheRun() async throws {
    let trigger = shell("head -c 5000 /dev/zero >\"$CT_ARTIFACTS/a\"; \(result)") { $1.artifactBytes = 4999 }
    try await TestRuns.with([trigger]) { runs in
      let run = try await runs.ended(runs.start())
      #expect(run.status == .failed && run.failure?.code == .outputLimit && run.artifacts.isEmpty)
    }
  }

  @Test func theLogIsAnArtifactWithItsDigest() async throws {
    try await TestRuns.with([shell("echo hello; \(result)")]) { runs in
      let run = try await runs.ended(runs.start())
      let log = try #require(run.logs.first)
      let name = try #require(log.storedName)
      let artifact = try #require(try await runs.artifacts.artifact(name))
      #expect(artifact.sha256.hex == log.sha256 && artifact.size == log.bytes && log.bytes > 0)
    }
  }

  /// Also what has left the group, and what goes on in the background when the command ends well.
  @Test func nothingOfItGoesOn() async throws {
    let script = """
      background() { "$@" & echo $! >>started; }
      for how in '' setsid 'env -i' 'env -i setsid'; do background $how sleep 1001; done
      \(result)
      """
    let folder = TestFolder()
    try await TestRuns.with([shell(script, folder: folder.path)]) { runs in
      let run = try await runs.ended(runs.start())
      #expect(run.status == .success)
      let started = folder.read("started").split(separator: "\n").compactMap { pid_t($0) }
      #expect(started.count == 4)
      for process in started {
        let arguments = TestFolder.contents(of: "/proc/\(process)/cmdline")
        #expect(!arguments.contains("1001"), "process \(process) goes on")
      }
    }
  }

  @Test func personalDataIsTakenOutOfTheReason() async throws {
    let script = #"echo '{"metrics":{},"message":"no such person: jane@example.com"}'; exit 1"#
    let redact: @Sendable (String) -> String = { text in
      text.split(separator: "jane@example.com", omittingEmptySubsequences: false).joined(separator: "[email]")
    }
    try await TestRuns.with(
      [shell(script)], change: { $0.redactLine = redact },
      { runs in
        let run = try await runs.ended(runs.start())
        #expect(run.failure?.message == "the command ended with status 1: no such person: [email]")
        #expect(!String(decoding: run.json, as: UTF8.self).contains("jane"))
      })
  }

  @Test func personalDataIsTakenOutOfTheLog() async throws {
    let redact: @Sendable (String) -> String = { $0 == "ring jane@example.com" ? "ring [email]" : $0 }
    try await TestRuns.with(
      [shell("echo ring jane@example.com; \(result)")], change: { $0.redactLine = redact },
      { runs in
        let runId = try await runs.start()
        try await runs.ended(runId)
        #expect(try await runs.log(runId)[1] == "ring [email]")
      })
  }
}
