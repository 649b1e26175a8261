package import CTArtifacts
package import CTCrypto
package import CTJSON
import Glibc
import Synchronization

/// Where the files of one export go.
package protocol ExportTarget: Sendable {
  /// Writes one file; it is there, whole, when this returns.
  /// - Returns: its size and digest.
  func write(
    _ file: String, mediaType: String, at now: Timestamp,
    _ body: @escaping @Sendable (any ArtifactSink) async throws -> Void
  ) async throws -> (size: Int64, sha256: Digest)
}

/// Puts an export into the artifact store, under a prefix.
package struct ArtifactExportTarget: ExportTarget {
  let artifacts: any ArtifactStore
  /// With a slash at its end, such as `exports/2025-09-27/`.
  let prefix: String

  package init(artifacts: any ArtifactStore, prefix: String) {
    self.artifacts = artifacts
    self.prefix = prefix
  }

  package func write(
    _ file: String, mediaType: String, at now: Timestamp,
    _ body: @escaping @Sendable (any ArtifactSink) async throws -> Void
  ) async throws -> (size: Int64, sha256: Digest) {
    guard let name = ArtifactName(prefix + file) else {
      throw ArchiveError("'\(prefix + file)' is no name of an artifact")
    }
    let artifact = try await artifacts.put(name, mediaType: mediaType, at: now, body)
    return (artifact.size, artifact.sha256)
  }
}

/// Writes an export as plain files into a folder, which must not hold one already.
package struct FolderExportTarget: ExportTarget {
  let path: String

  package init(path: String) throws {
    self.path = path
    guard !PlainFile.exists("\(path)/\(ExportManifest.fileName)") else {
      throw ArchiveError("there is an export in \(path) already; name another folder")
    }
    try PlainFile.createFolder(path)
  }

  package func write(
    _ file: String, mediaType: String, at now: Timestamp,
    _ body: @escaping @Sendable (any ArtifactSink) async throws -> Void
  ) async throws -> (size: Int64, sha256: Digest) {
    let sink = try FolderSink(path: "\(path)/\(file)")
    do {
      try await body(sink)
      return try sink.finish()
    } catch {
      sink.discard()
      throw error
    }
  }
}

/// Writes one file; under its own name only when it is whole.
private final class FolderSink: ArtifactSink {
  private struct State: ~Copyable {
    let file: FileWriter
    var hash = SHA256()
    var size: Int64 = 0
  }

  private let path: String
  private let draft: String
  private let state: Mutex<State>

  init(path: String) throws(ArchiveError) {
    self.path = path
    draft = path + ".part"
    // What an export that was broken off has left.
    unlink(draft)
    state = Mutex(State(file: try FileWriter(creating: draft)))
  }

  func write(_ bytes: [UInt8]) async throws {
    try state.withLock { state in
      try state.file.write(bytes[...])
      state.hash.update(bytes)
      state.size += Int64(bytes.count)
    }
  }

  func discard() { unlink(draft) }

  func finish() throws -> (size: Int64, sha256: Digest) {
    try state.withLock { state in
      try state.file.finish()
      try PlainFile.rename(draft, to: path)
      return (state.size, state.hash.finish())
    }
  }
}

/// Why something cannot be archived or restored, for the person who has to act.
package struct ArchiveError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}
