import CTArtifacts
internal import CTJSON

extension RunService {
  /// Writes a run's log, piece by piece in whole lines, until the run has ended and everything is written.
  /// - Parameter skipped: so many lines are left out at the beginning.
  package func followLog(
    of runId: String, skipping skipped: Int, _ write: ([UInt8]) async throws -> Void
  ) async throws {
    try await signals.following(runId) {
      var cursor = LogCursor(skip: skipped)
      while true {
        try Task.checkCancellation()
        // Read before the log is, so that a change meanwhile is noticed.
        let version = signals.version(of: runId)
        guard let run = try await book.find(runId) else { return }
        if run.status.isFinal {
          return try await writeRest(of: run, &cursor, write)
        }
        let file = PlainFile(RunFolder(data: settings.data, runId: runId).log)
        while let file, case let piece = file.piece(at: cursor.offset), !piece.isEmpty {
          let lines = cursor.take(piece)
          if !lines.isEmpty { try await write(lines) }
        }
        await signals.change(of: runId, after: version)
      }
    }
  }

  /// The log of a run that has ended: from the artifact store, or from its folder where it could not be put there.
  private func writeRest(
    of run: RunRecord, _ cursor: inout LogCursor, _ write: ([UInt8]) async throws -> Void
  ) async throws {
    guard let name = run.logs.first?.storedName, let artifact = try await archive.artifacts.artifact(name) else {
      guard let file = PlainFile(RunFolder(data: settings.data, runId: run.runId).log) else { return }
      while case let piece = file.piece(at: cursor.offset), !piece.isEmpty {
        let lines = cursor.take(piece)
        if !lines.isEmpty { try await write(lines) }
      }
      return
    }
    while cursor.offset < artifact.size {
      let end = min(artifact.size, cursor.offset + 256 << 10)
      let lines = cursor.take(try await archive.artifacts.read(artifact, cursor.offset..<end))
      if !lines.isEmpty { try await write(lines) }
    }
  }
}

/// How far a log has been read, and how many lines of it are still to be left out.
struct LogCursor {
  private(set) var offset: Int64 = 0
  private var skip: Int
  private var rest: [UInt8] = []

  init(skip: Int) { self.skip = skip }

  /// Takes what comes at ``offset``. - Returns: the whole lines that are to be shown.
  mutating func take(_ piece: [UInt8]) -> [UInt8] {
    offset += Int64(piece.count)
    rest += piece
    guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    var lines = rest[...end]
    rest.removeFirst(end + 1)
    while skip > 0, let end = lines.firstIndex(of: UInt8(ascii: "\n")) {
      lines = lines[(end + 1)...]
      skip -= 1
    }
    return Array(lines)
  }
}
