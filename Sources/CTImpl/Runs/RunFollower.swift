internal import CTGenerated
internal import CTHTTP
internal import CTJSON
internal import CTRuntime
internal import Glibc
internal import Synchronization

/// Shows a run to a person: its log as it comes, its progress, and how it ended.
struct RunFollower {
  let access: TowerAccess

  /// How often it is looked whether a run that waits has been started, and one whose log was cut off has ended.
  private static let pause = Duration.milliseconds(250)
  /// How long a tower may be away, as when it is restarted.
  private static let patience = Duration.seconds(60)

  /// - Returns: 0 when the run succeeded, else 1.
  func follow(_ runId: String) async throws -> Int32 {
    Interrupt.says("\(runId) goes on. Look again: control-tower runs follow \(runId); end it: runs cancel \(runId)")
    var console = RunConsole()
    var lines = 0
    var run = try await access.client.getRun(runId: runId).run
    var looks = 0
    while true {
      looks += 1
      // Most are started at once: then there is nothing to say.
      if run.status == .queued, looks == 3 { TowerCommand.complain("waiting for its turn") }
      // A log that is cut off, as when the tower is restarted, is gone on with where it ended.
      let isWhole = run.status == .queued ? false : await showLog(of: runId, &lines, &console)
      run = try await state(of: runId)
      if isWhole, run.status != .queued, run.status != .running { break }
      try await Task.sleep(for: Self.pause)
    }
    console.end()
    return report(run)
  }

  /// The run as it stands; waits a while for a tower that does not answer.
  private func state(of runId: String) async throws -> Run {
    let start = ContinuousClock.now
    var hasSaidSo = false
    while true {
      do {
        return try await access.client.getRun(runId: runId).run
      } catch let error as HTTPClientError {
        guard ContinuousClock.now - start < Self.patience else { throw error }
        if !hasSaidSo { TowerCommand.complain("the tower does not answer (\(error)); waiting for it") }
        hasSaidSo = true
        try await Task.sleep(for: Self.pause)
      }
    }
  }

  /// Shows the log as it comes, without the lines that were shown already.
  /// - Returns: whether it was read to its end.
  func showLog(of runId: String, _ lines: inout Int, _ console: inout RunConsole) async -> Bool {
    let base = access.url.target.hasSuffix("/") ? String(access.url.target.dropLast()) : access.url.target
    let request = HTTPClientRequest(
      .get, URLParts(origin: access.url.origin, target: "\(base)/runs/\(runId)/logs?from=\(lines)"),
      fields: ["Authorization": HTTPFieldValue(lossy: "Bearer \(access.token)")])
    do {
      let stream = try await HTTPClient().stream(request)
      guard stream.status == .ok else { return false }
      var rest: [UInt8] = []
      for try await piece in stream.body {
        rest += piece
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          if let line = try? RunLogLine(json: Array(rest[..<end])) { console.show(line) }
          rest.removeFirst(end + 1)
          lines += 1
        }
      }
      return true
    } catch {
      return false
    }
  }

  private func report(_ run: Run) -> Int32 {
    print("\(run.runId): \(run.status.rawValue)")
    if let failure = run.failure { print("  \(failure.message)") }
    for metric in (try? JSONValue(parsing: run.metrics.bytes))?.members ?? [] {
      print("  \(metric.key): \(metric.value.number?.lexeme ?? "")")
    }
    for artifact in run.artifacts {
      // The roles that may download it are shown where.
      let place = artifact.download.map { "\(access.url.origin)\($0.href)" } ?? artifact.ref
      print("  \(artifact.name)  \(artifact.bytes) bytes  \(place)")
    }
    if run.status == .failed || run.status == .timedOut { print("  again: control-tower runs retry \(run.runId)") }
    fflush(nil)
    return run.status == .success ? 0 : 1
  }
}

/// What Ctrl-C does while a command only watches: it ends the watching, and says that what is watched goes on.
enum Interrupt {
  /// As a shell has it for a command that SIGINT ended.
  private static let exitStatus: Int32 = 128 + SIGINT

  /// From now on SIGINT ends the process with these words; once, and only in a process that is the command's own.
  static func says(_ words: String) {
    guard TowerCommand.ownsProcess.load(ordering: .relaxed) else { return }
    Task {
      _ = await waitForSignals([SIGINT])
      TowerCommand.complain("\n\(words)")
      exit(exitStatus)
    }
  }
}

/// The process's environment.
enum Environment {
  static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
