internal import CTGenerated
internal import CTHTTP
internal import CTJSON
internal import CTRuntime
internal import Glibc

/// Shows a run to a person: its log as it comes, its progress, and how it ended.
struct RunFollower {
  let access: TowerAccess

  /// How often it is looked whether a run that waits has been started, and one whose log was cut off has ended.
  private static let pause = Duration.milliseconds(250)

  /// - Returns: 0 when the run succeeded, else 1.
  func follow(_ runId: String) async throws -> Int32 {
    var lines = 0
    var hasSaidThatItWaits = false
    while true {
      let run = try await access.client.getRun(runId: runId).run
      if run.status == .queued {
        if !hasSaidThatItWaits { TowerCommand.complain("waiting for its turn") }
        hasSaidThatItWaits = true
        try await Task.sleep(for: Self.pause)
        continue
      }
      // A log that is cut off, as when the tower is restarted, is gone on with where it ended.
      let isWhole = await showLog(of: runId, &lines)
      if isWhole { break }
      try await Task.sleep(for: Self.pause)
    }
    return report(try await access.client.getRun(runId: runId).run)
  }

  /// Shows the log as it comes, without the lines that were shown already.
  /// - Returns: whether it was read to its end.
  func showLog(of runId: String, _ lines: inout Int) async -> Bool {
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
          show(Array(rest[..<end]))
          rest.removeFirst(end + 1)
          lines += 1
        }
      }
      return true
    } catch {
      return false
    }
  }

  private func show(_ line: [UInt8]) {
    guard let line = try? RunLogLine(json: line) else { return }
    // The time of day is enough for who watches.
    let time = line.at.description.dropFirst(11).prefix(8)
    switch line.stream {
    case .out: print("\(time)  \(Self.progress(line.text) ?? line.text)")
    case .err: print("\(time)  ! \(line.text)")
    case .tower: print("\(time)  * \(line.text)")
    }
    fflush(nil)
  }

  /// A line that tells the tower how far the run is, in words.
  private static func progress(_ text: String) -> String? {
    guard text.hasPrefix("{"), let progress = (try? JSONValue(parsing: Array(text.utf8)))?["progress"],
      let done = progress["done"]?.number?.lexeme, let total = progress["total"]?.number?.lexeme
    else { return nil }
    return "\(done) of \(total)"
  }

  private func report(_ run: Run) -> Int32 {
    print("\(run.runId): \(run.status.rawValue)")
    if let failure = run.failure { print("  \(failure.message)") }
    for metric in (try? JSONValue(parsing: run.metrics.bytes))?.members ?? [] {
      print("  \(metric.key): \(metric.value.number?.lexeme ?? "")")
    }
    for artifact in run.artifacts { print("  \(artifact.ref)  \(artifact.bytes) bytes") }
    fflush(nil)
    return run.status == .success ? 0 : 1
  }
}

/// The process's environment.
enum Environment {
  static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
