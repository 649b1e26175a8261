import CTCrypto
package import CTJSON
import Glibc

/// Artifacts in a directory:
///
///     format            one line that says what this folder is
///     index/<name>~     a record for each artifact: size, SHA-256, media type, time
///     objects/ab/ab…    the bytes, under their SHA-256; the same bytes are there once
///     staging/          what is being written
///     lock              held for a moment while an object is put in place, or one without a record is removed
///
/// An artifact is there from the moment that its record is renamed into place, when its object is on disk already: a
/// reader sees the old one or the new one, whole, whatever happens. Any number of processes may use one directory.
package final class DirectoryArtifactStore: ArtifactStore {
  package let path: String
  let objects: ObjectFolder
  let index: IndexFolder
  private let threads: WorkerThreads

  /// The threads that all stores of the process share.
  private static let sharedThreads = WorkerThreads(name: "ct-artifacts", count: 2)
  private static let format = Array("control-tower artifacts 1\n".utf8)

  /// Opens the folder, creating it if there is none. Blocks.
  package init(path: String) throws(ArtifactError) {
    self.path = path
    threads = Self.sharedThreads
    try ArtifactFiles.createDirectory(path)
    if let found = try ArtifactFiles.read("\(path)/format", limit: 100) {
      guard found == Self.format else {
        throw ArtifactError(.foreign, "\(path) is no folder of this version's artifacts")
      }
    } else {
      guard try ArtifactFiles.names(in: path).allSatisfy({ $0.hasPrefix(".") || $0 == "staging" }) else {
        throw ArtifactError(.foreign, "\(path) holds something that is no tower's artifacts")
      }
      try ArtifactFiles.createDirectory("\(path)/staging")
      try ArtifactFiles.write(Self.format, to: "\(path)/format", staging: "\(path)/staging")
    }
    for name in ["staging", "objects", "index"] { try ArtifactFiles.createDirectory("\(path)/\(name)") }
    try ArtifactFiles.sync(path)
    objects = ObjectFolder(path: "\(path)/objects", lock: "\(path)/lock")
    index = IndexFolder(path: "\(path)/index", staging: "\(path)/staging")
  }

  /// Whether a folder holds artifacts.
  package static func isArtifactFolder(_ path: String) -> Bool {
    (try? ArtifactFiles.read("\(path)/format", limit: 100)) == format
  }

  package func put(
    _ name: ArtifactName, mediaType: String, at now: Timestamp,
    _ body: @escaping @Sendable (any ArtifactSink) async throws -> Void
  ) async throws -> Artifact {
    let draft = try await onThread { () throws(ArtifactError) in try Draft(folder: self.path + "/staging") }
    let sink = FileSink(draft, threads)
    do {
      try await body(sink)
      return try await onThread { () throws(ArtifactError) in
        let (size, sha256) = try draft.finish()
        let artifact = Artifact(name: name, size: size, sha256: sha256, mediaType: mediaType, createdAt: now)
        try self.objects.install(draft, as: sha256) { () throws(ArtifactError) in try self.index.write(artifact) }
        return artifact
      }
    } catch {
      await onThread { draft.discard() }
      throw error
    }
  }

  package func artifact(_ name: ArtifactName) async throws(ArtifactError) -> Artifact? {
    try await onThread { () throws(ArtifactError) in try self.index.read(name) }
  }

  package func read(_ artifact: Artifact, _ range: Range<Int64>) async throws(ArtifactError) -> [UInt8] {
    guard range.lowerBound >= 0, range.upperBound <= artifact.size else {
      throw ArtifactError(.outOfRange, "\(artifact.name) has \(artifact.size) bytes")
    }
    return try await onThread { () throws(ArtifactError) in try self.objects.read(artifact, range) }
  }

  package func list(
    prefix: String, after name: ArtifactName?, limit: Int
  ) async throws(ArtifactError) -> [Artifact] {
    try await onThread { () throws(ArtifactError) in try self.index.list(prefix: prefix, after: name, limit: limit) }
  }

  package func delete(_ name: ArtifactName) async throws(ArtifactError) {
    try await onThread { () throws(ArtifactError) in
      try self.index.delete(name)
      try self.objects.whileNothingIsPut { self.index.removeEmptyFolders(of: name) }
    }
  }

  package func reclaim() async throws(ArtifactError) { try await reclaim(olderThan: Self.grace) }

  /// An object without a record may be one whose record is about to be written: it is let alone for a while.
  private static let grace = 3600

  /// - Parameter seconds: how long an object must have been untouched, by the file system's clock.
  func reclaim(olderThan seconds: Int) async throws(ArtifactError) {
    try await onThread { () throws(ArtifactError) in
      let needed = Set(try self.index.list(prefix: "", after: nil, limit: .max).map(\.sha256))
      try self.objects.removeAll(except: needed, olderThan: seconds)
      try ArtifactFiles.removeOld("\(self.path)/staging", olderThan: max(seconds, 24 * Self.grace))
    }
  }

  private func onThread<Value: Sendable, Failure: Error>(
    _ body: @Sendable () throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let result: Result<Value, Failure> = await withTaskExecutorPreference(threads) {
      Result { () throws(Failure) in try body() }
    }
    return try result.get()
  }
}

/// Writes to a draft on the store's threads.
private final class FileSink: ArtifactSink {
  private let draft: Draft
  private let threads: WorkerThreads

  init(_ draft: Draft, _ threads: WorkerThreads) {
    self.draft = draft
    self.threads = threads
  }

  func write(_ bytes: [UInt8]) async throws {
    try await withTaskExecutorPreference(threads) { try draft.write(bytes) }
  }
}
