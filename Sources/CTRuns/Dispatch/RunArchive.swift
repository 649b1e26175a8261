package import CTArtifacts
package import CTJSON

/// Puts what a run has left into the artifact store.
package struct RunArchive: Sendable {
  package let artifacts: any ArtifactStore
  package let now: @Sendable () -> Timestamp

  package init(artifacts: any ArtifactStore, now: @escaping @Sendable () -> Timestamp) {
    self.artifacts = artifacts
    self.now = now
  }

  static let logName = "log"
  /// What the run's schema allows.
  private static let countLimit = 1000

  /// What became of the files that a run left.
  struct Collection {
    var kept: [RunArtifact] = []
    /// The names of what could not be kept, each with the reason.
    var leftOut: [String] = []
    /// More bytes than the run may leave; nothing was kept.
    var isTooMuch = false
  }

  /// Keeps the files of a run, all of them or, when they are too large together, none.
  func collect(_ folder: RunFolder, runId: String, limit: Int) async throws -> Collection {
    var collection = Collection()
    var files: [(name: String, stored: ArtifactName, file: PlainFile)] = []
    // A name with a dot before it says that the file is not finished.
    for name in folder.artifactNames() where !name.hasPrefix(".") {
      guard let first = name.utf8.first, first != UInt8(ascii: "_"), first != UInt8(ascii: "-"),
        let stored = ArtifactName("runs/\(runId)/artifacts/\(name)")
      else {
        collection.leftOut.append(
          "\(name): a name has letters, digits, '.', '_' and '-', and begins with one of the first")
        continue
      }
      guard let file = PlainFile("\(folder.artifacts)/\(name)") else {
        collection.leftOut.append("\(name): not a regular file")
        continue
      }
      files.append((name, stored, file))
    }
    if files.count > Self.countLimit {
      collection.leftOut.append("\(files.count - Self.countLimit) files: a run keeps at most \(Self.countLimit)")
      files.removeSubrange(Self.countLimit...)
    }
    guard files.reduce(0, { $0 + $1.file.size }) <= limit else {
      collection.isTooMuch = true
      return collection
    }
    for (name, stored, file) in files {
      let artifact = try await put(file, as: stored, mediaType: Self.mediaType(of: name))
      collection.kept.append(RunArtifact(artifact, name: name))
    }
    return collection
  }

  /// Keeps the log of a run.
  func keepLog(_ folder: RunFolder, runId: String) async throws -> RunArtifact? {
    guard let file = PlainFile(folder.log), let name = ArtifactName("runs/\(runId)/log.ndjson") else { return nil }
    return RunArtifact(try await put(file, as: name, mediaType: "application/x-ndjson"), name: Self.logName)
  }

  private func put(_ file: PlainFile, as name: ArtifactName, mediaType: String) async throws -> Artifact {
    try await artifacts.put(name, mediaType: mediaType, at: now()) { sink in
      var offset: Int64 = 0
      while case let piece = file.piece(at: offset), !piece.isEmpty {
        try await sink.write(piece)
        offset += Int64(piece.count)
      }
    }
  }

  private static func mediaType(of name: String) -> String {
    switch name.split(separator: ".").last {
    case "html": "text/html"
    case "csv": "text/csv"
    case "json": "application/json"
    case "ndjson", "jsonl": "application/x-ndjson"
    case "pdf": "application/pdf"
    case "md": "text/markdown"
    case "txt": "text/plain"
    default: "application/octet-stream"
    }
  }
}
