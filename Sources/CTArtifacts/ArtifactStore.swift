package import CTJSON

/// Where the tower keeps what is too large or too old for its database: logs, digests, exports, backups, originals.
///
/// The protocol asks for no more than a directory and an object storage (Google Cloud Storage) can both do: whole objects
/// under names, written as a stream and visible at once or not at all, read in ranges, listed by prefix.
package protocol ArtifactStore: Sendable {
  /// Stores what `body` writes under a name, in place of what may be there; it is durable when this returns. When `body`
  /// throws, nothing has changed.
  func put(
    _ name: ArtifactName, mediaType: String, at now: Timestamp,
    _ body: @escaping @Sendable (any ArtifactSink) async throws -> Void
  ) async throws -> Artifact

  /// What is known of an artifact; `nil` when there is none of this name.
  func artifact(_ name: ArtifactName) async throws(ArtifactError) -> Artifact?

  /// Bytes of an artifact: all of `range`, which must lie within it. An artifact that was replaced or deleted since it
  /// was looked up is either still read as it was, or refused as `not-found`; never mixed with another.
  func read(_ artifact: Artifact, _ range: Range<Int64>) async throws(ArtifactError) -> [UInt8]

  /// Artifacts whose names begin with a prefix, in the order of their names, from the one after `name` on.
  func list(prefix: String, after name: ArtifactName?, limit: Int) async throws(ArtifactError) -> [Artifact]

  /// Removes an artifact; removing one that is not there does nothing.
  func delete(_ name: ArtifactName) async throws(ArtifactError)

  /// Gives back the space of what was deleted or replaced.
  func reclaim() async throws(ArtifactError)
}

/// What takes the bytes of an artifact, in order.
package protocol ArtifactSink: AnyObject, Sendable {
  func write(_ bytes: [UInt8]) async throws
}

extension ArtifactStore {
  /// Stores bytes under a name, in place of what may be there.
  @discardableResult package func put(
    _ name: ArtifactName, mediaType: String, at now: Timestamp, _ bytes: [UInt8]
  ) async throws -> Artifact {
    try await put(name, mediaType: mediaType, at: now) { try await $0.write(bytes) }
  }

  /// All bytes of an artifact, checked against its digest; for small ones. `nil` when there is none of this name.
  package func contents(of name: ArtifactName) async throws -> [UInt8]? {
    guard let artifact = try await artifact(name) else { return nil }
    let bytes = try await read(artifact, 0..<artifact.size)
    guard artifact.isDigest(of: bytes) else { throw ArtifactError(.damaged, "\(name) is not what was put there") }
    return bytes
  }

  /// The bytes of an artifact in order, in pieces, checked against its digest at the end.
  package func read(_ artifact: Artifact, pieces body: ([UInt8]) async throws -> Void) async throws {
    var check = ArtifactCheck(artifact)
    var offset: Int64 = 0
    while offset < artifact.size {
      let end = min(artifact.size, offset + Self.pieceBytes)
      let piece = try await read(artifact, offset..<end)
      check.update(piece)
      try await body(piece)
      offset = end
    }
    try check.finish()
  }

  private static var pieceBytes: Int64 { 1 << 18 }

  /// Every artifact whose name begins with a prefix, in the order of their names.
  package func all(prefix: String) async throws(ArtifactError) -> [Artifact] {
    var all: [Artifact] = []
    while true {
      let page = try await list(prefix: prefix, after: all.last?.name, limit: 1000)
      all += page
      if page.count < 1000 { return all }
    }
  }

  /// Removes every artifact with a prefix that a policy does not keep, and gives the space back.
  /// - Returns: what was removed.
  @discardableResult package func delete(
    prefix: String, unless isKept: (Artifact) -> Bool
  ) async throws(ArtifactError) -> [Artifact] {
    var removed: [Artifact] = []
    for artifact in try await all(prefix: prefix) where !isKept(artifact) {
      try await delete(artifact.name)
      removed.append(artifact)
    }
    if !removed.isEmpty { try await reclaim() }
    return removed
  }
}
