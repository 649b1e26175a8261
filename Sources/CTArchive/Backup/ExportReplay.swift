import CTCrypto
import CTJSON
import CTStore

/// Puts back what exports have that a backup has not yet: events in the order of the log, each proved by the chain; and
/// documents that were written later.
struct ExportReplay {
  let directory: String
  let tell: @Sendable (String) -> Void

  private static let batchCount = 1000

  /// - Returns: how many events were put back.
  func run(_ files: RestoreFiles, after facts: DatabaseCopy.Facts) async throws -> Int {
    var manifests: [(prefix: String, manifest: ExportManifest)] = []
    for prefix in try await files.prefixes(of: ExportManifest.fileName, under: "") {
      // A folder of artifacts has manifests of other things too.
      if let manifest = ExportManifest(json: try await files.contents(prefix + ExportManifest.fileName)) {
        manifests.append((prefix, manifest))
      }
    }
    let store = try await SQLiteStore.open(directory: directory)
    do {
      let count = try await replay(manifests, files, store, facts.lastSeq)
      await store.close()
      return count
    } catch {
      await store.close()
      throw error
    }
  }

  private func replay(
    _ manifests: [(prefix: String, manifest: ExportManifest)], _ files: RestoreFiles, _ store: SQLiteStore,
    _ start: Int64
  ) async throws -> Int {
    let parts = manifests.filter { ($0.manifest.chain?.through ?? 0) > start }
      .sorted { ($0.manifest.chain?.after ?? 0, $0.prefix) < ($1.manifest.chain?.after ?? 0, $1.prefix) }
    var seq = start
    for (prefix, manifest) in parts {
      guard let chain = manifest.chain, chain.through > seq else { continue }
      guard chain.after <= seq else {
        throw ArchiveError(
          "the exports have a gap: events \(seq + 1) to \(chain.after) are neither in the backup nor in an export. "
            + "Restore without --exports to stop at event \(seq)")
      }
      tell("adding \(prefix)events.jsonl.gz")
      seq = try await add(prefix, manifest, files, store, after: seq)
      guard seq == chain.through, try await store.hash(at: seq) == chain.throughHash else {
        throw ArchiveError("\(prefix)events.jsonl.gz does not end as its manifest says")
      }
      try await addRuns(prefix, manifest, files, store)
      try await addHolds(prefix, manifest, files, store)
    }
    return Int(seq - start)
  }

  private func add(
    _ prefix: String, _ manifest: ExportManifest, _ files: RestoreFiles, _ store: SQLiteStore, after start: Int64
  ) async throws -> Int64 {
    var seq = start
    var batch: [(seq: Int64, record: EventRecord, hash: Digest)] = []
    try await lines("\(prefix)events.jsonl.gz", manifest, files) { line in
      guard let event = EventLine.read(line) else {
        throw ArchiveError("\(prefix)events.jsonl.gz has a line that is no event")
      }
      if event.seq > start { batch.append(event) }
    } afterPiece: {
      if batch.count >= Self.batchCount {
        seq = try await commit(batch, store, after: seq)
        batch.removeAll(keepingCapacity: true)
      }
    }
    return try await commit(batch, store, after: seq)
  }

  /// The events get the places and the hashes that they had, or something is wrong with them.
  private func commit(
    _ batch: [(seq: Int64, record: EventRecord, hash: Digest)], _ store: SQLiteStore, after start: Int64
  ) async throws -> Int64 {
    var seq = start
    for piece in stride(from: 0, to: batch.count, by: Self.batchCount) {
      let part = batch[piece..<min(piece + Self.batchCount, batch.count)]
      let outcomes = try await store.commit(part.map { .append($0.record) })
      for (event, outcome) in zip(part, outcomes) where outcome != .accepted(seq: event.seq) {
        throw ArchiveError("event \(event.seq) (\(event.record.eventId)) does not follow on event \(seq)")
      }
      guard let last = part.last else { break }
      guard try await store.hash(at: last.seq) == last.hash else {
        throw ArchiveError(
          "one of the events \(seq + 1) to \(last.seq) is not what was recorded: it was changed, or is of a log that went on "
            + "differently after a restore. Restore without --exports, or without that one")
      }
      seq = last.seq
    }
    return seq
  }

  private func addRuns(
    _ prefix: String, _ manifest: ExportManifest, _ files: RestoreFiles, _ store: SQLiteStore
  ) async throws {
    for document in try await documents("runs", prefix, manifest, files) {
      let key = DocumentKey("runs", document.id)
      if let known = try await store.document(key), known.updatedAt >= document.updatedAt { continue }
      _ = try await store.commit([.put(key, body: document.body)])
    }
  }

  /// Without them retention would remove what was held since the backup.
  private func addHolds(
    _ prefix: String, _ manifest: ExportManifest, _ files: RestoreFiles, _ store: SQLiteStore
  ) async throws {
    for document in try await documents("holds", prefix, manifest, files) {
      let hold = try Hold(json: document.body)
      let active = DocumentKey(Hold.activeCollection, hold.id)
      if hold.release == nil {
        // A release is final.
        if try await store.document(DocumentKey(Hold.releasedCollection, hold.id)) != nil { continue }
        _ = try await store.commit([.put(active, body: document.body)])
      } else {
        _ = try await store.commit([.delete(active), .put(hold.key, body: document.body)])
      }
    }
  }

  /// The documents in a file of an export; none where the export has no such file.
  private func documents(
    _ collection: String, _ prefix: String, _ manifest: ExportManifest, _ files: RestoreFiles
  ) async throws -> [(id: String, updatedAt: Timestamp, body: [UInt8])] {
    guard manifest.files.contains(where: { $0.collection == collection }) else { return [] }
    let name = "\(prefix)\(collection).jsonl.gz"
    var found: [(id: String, updatedAt: Timestamp, body: [UInt8])] = []
    try await lines(name, manifest, files) { line in
      guard let document = DocumentLine.read(line) else { throw ArchiveError("\(name) has a line that is no document") }
      found.append(document)
    }
    return found
  }

  /// Reads the lines of a file of an export, whose digest has to be the one in the manifest.
  private func lines(
    _ name: String, _ manifest: ExportManifest, _ files: RestoreFiles,
    _ body: (ArraySlice<UInt8>) throws -> Void, afterPiece: () async throws -> Void = {}
  ) async throws {
    guard let file = manifest.files.first(where: { name.hasSuffix($0.name) }) else {
      throw ArchiveError("the manifest beside \(name) does not name it")
    }
    let gzip = GzipReader()
    var reader = LineReader()
    var hash = SHA256()
    do {
      try await files.read(name) { piece in
        hash.update(piece)
        try gzip.expand(piece) { try reader.read($0, body) }
        try await afterPiece()
      }
      try gzip.finish()
    } catch let error as GzipError {
      throw ArchiveError("\(name) is damaged: \(error)")
    }
    guard hash.finish() == file.sha256, reader.isAtLineEnd else {
      throw ArchiveError("\(name) is not what the manifest says: it was changed, or cut off")
    }
  }
}
