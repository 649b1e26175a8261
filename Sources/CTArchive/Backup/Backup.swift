package import CTArtifacts
import CTCrypto
package import CTJSON
internal import CTStore
import Glibc

/// Makes backups of a store's database while a tower may be writing to it.
///
///     backups/2025-09-27T020000Z/tower.db.gz     the database as it was at one moment
///     backups/2025-09-27T020000Z/manifest.json   what it holds, and that it was checked
///
/// The key (`digest.key`) is not in it on purpose: a backup alone lets nobody test guesses of what an event said.
package struct Backup: Sendable {
  package static let prefix = "backups/"

  private let directory: String
  private let artifacts: any ArtifactStore
  private let now: @Sendable () -> Timestamp
  private let progress: @Sendable (Int, Int) -> Void

  private static let threads = WorkerThreads(name: "ct-backup", count: 1, isBackground: true)
  private static let pieceBytes = 1 << 20

  /// - Parameters:
  ///   - directory: the store's, with its key.
  ///   - progress: called with pages that are copied and pages in all.
  package init(
    directory: String, artifacts: any ArtifactStore, now: @escaping @Sendable () -> Timestamp,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) {
    self.directory = directory
    self.artifacts = artifacts
    self.now = now
    self.progress = progress
  }

  /// Copies the database, checks the copy, and puts it into the artifact store.
  package func run() async throws -> (prefix: String, manifest: BackupManifest) {
    let createdAt = now()
    let prefix = "\(Self.prefix)\(Self.name(of: createdAt))/"
    guard let database = ArtifactName(prefix + BackupManifest.databaseName),
      let manifestName = ArtifactName(prefix + BackupManifest.fileName)
    else { throw ArchiveError("'\(prefix)' is no name for a backup") }
    // Beside the database: where it has room, and the copy is no less protected.
    let file = "\(directory)/backup-\(Hex.encode(SecureRandom.bytes(8))).db"
    defer { unlink(file) }
    let facts = try await withTaskExecutorPreference(Self.threads) {
      try DatabaseCopy.make(of: directory, to: file) { done, all in
        try Task.checkCancellation()
        progress(done, all)
      }
      return try DatabaseCopy.check(file, keyDirectory: directory)
    }
    let artifact = try await artifacts.put(database, mediaType: "application/gzip", at: createdAt) { sink in
      try await withTaskExecutorPreference(Self.threads) { try await Self.compress(file, into: sink) }
    }
    let manifest = BackupManifest(
      createdAt: createdAt, schemaVersion: facts.schemaVersion, events: facts.events, lastSeq: facts.lastSeq,
      lastHash: facts.lastHash, sha256: artifact.sha256)
    try await artifacts.put(manifestName, mediaType: "application/json", at: createdAt, manifest.json)
    return (prefix, manifest)
  }

  /// Removes all but the newest backups, and what is left of those that were interrupted. - Returns: how many files.
  package func rotate(keeping count: Int) async throws -> Int {
    let kept = Set(try await Self.all(artifacts).suffix(max(1, count)))
    return try await artifacts.delete(prefix: Self.prefix) { artifact in
      kept.contains { artifact.name.text.hasPrefix($0) }
    }
    .count
  }

  /// The prefixes of all whole backups, the oldest first.
  package static func all(_ artifacts: any ArtifactStore) async throws -> [String] {
    try await artifacts.all(prefix: prefix).map(\.name.text).filter { $0.hasSuffix("/" + BackupManifest.fileName) }
      .map { String($0.dropLast(BackupManifest.fileName.count)) }
  }

  /// `2025-09-27T02:00:00.5Z` without what no name may have: `2025-09-27T020000.5Z`.
  private static func name(of time: Timestamp) -> String { time.description.filter { $0 != ":" } }

  private static func compress(_ path: String, into sink: any ArtifactSink) async throws {
    let file = try FileReader(path)
    let gzip = GzipWriter()
    while case let piece = try file.read(pieceBytes), !piece.isEmpty {
      try Task.checkCancellation()
      let bytes = gzip.compress(piece)
      if !bytes.isEmpty { try await sink.write(bytes) }
    }
    try await sink.write(gzip.finish())
  }
}
