internal import CTArtifacts
import CTCrypto
package import CTJSON
package import CTStore
import Synchronization

/// What is exported of the log.
package enum ExportSelection: Sendable, Hashable {
  /// Events after a place and up to another, without gaps.
  case log(after: Int64, through: Int64)
  /// Events that the tower received in a span of time: from (inclusive) to (exclusive).
  case received(from: Timestamp?, to: Timestamp?)
}

/// Writes events, runs and systems as gzipped lines of JSON, and a manifest.
///
/// It works on threads that give way to everything else, and reads the log in pages, so that intake hardly notices it.
package struct Exporter: Sendable {
  private let source: any LogSource
  private let target: any ExportTarget
  private let now: @Sendable () -> Timestamp
  private let progress: @Sendable (Int) -> Void

  /// Documents that are exported besides the events, each a line: the file's name, and the collections that go into it.
  static let documents: [(name: String, collections: [String])] = [
    ("runs", ["runs"]),
    // In this order: one that is released meanwhile is in both, and the later line is the one that counts.
    ("holds", [Hold.activeCollection, Hold.releasedCollection]),
  ]

  /// One works on a page while the other waits for the next.
  private static let threads = WorkerThreads(name: "ct-export", count: 2, isBackground: true)
  private static let pageCount = 1000

  /// - Parameter progress: called now and then with the number of events that are done.
  package init(
    source: any LogSource, target: any ExportTarget, now: @escaping @Sendable () -> Timestamp,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.source = source
    self.target = target
    self.now = now
    self.progress = progress
  }

  /// - Parameter changedSince: only documents that were written after this; all when `nil`.
  package func export(_ selection: ExportSelection, changedSince: Timestamp? = nil) async throws -> ExportManifest {
    let createdAt = now()
    let (events, chain) = try await events(selection, at: createdAt)
    var files = [events]
    for (name, collections) in Self.documents {
      files.append(try await documents(name, collections, since: changedSince, at: createdAt))
    }
    files.append(try await systems(at: createdAt))
    let checkpoint = try await source.lastCheckpoint().map {
      ExportManifest.Place(seq: $0.seq, hash: $0.hash, madeAt: $0.madeAt, signature: $0.signature)
    }
    let manifest = ExportManifest(
      createdAt: createdAt, schemaVersion: try await source.schemaVersion(), files: files, chain: chain,
      checkpoint: checkpoint)
    _ = try await target.write(ExportManifest.fileName, mediaType: "application/json", at: createdAt) {
      try await $0.write(manifest.json)
    }
    return manifest
  }

  // MARK: Events

  private func events(
    _ selection: ExportSelection, at createdAt: Timestamp
  ) async throws -> (ExportManifest.File, ExportManifest.Chain?) {
    let first: Int64
    let last: Int64
    switch selection {
    case .log(let after, let through): (first, last) = (after, through)
    case .received: (first, last) = (0, .max)
    }
    let written = Mutex<(seq: Int64, hash: Digest?)>((first, nil))
    let file = try await write("events", at: createdAt) { lines in
      var place = first
      var done = 0
      // The next page is read while this one is compressed.
      var next = try await source.tail(after: place, limit: Self.pageCount)
      while let lastRead = next.last, place < last {
        let page = next
        let end = lastRead.seq
        place = end
        async let following = end < last ? source.tail(after: end, limit: Self.pageCount) : []
        for event in page where event.seq <= last && Self.isSelected(event, selection) {
          try await lines.append { EventLine.append(event, to: &$0) }
          written.withLock { $0 = (event.seq, event.hash) }
        }
        done += page.count
        progress(done)
        try Task.checkCancellation()
        next = try await following
      }
    }
    guard case .log(let after, let through) = selection else { return (file, nil) }
    guard let afterHash = try await source.hash(at: after) else {
      throw ArchiveError("the log has no event \(after) any more, behind which the export was to begin")
    }
    let (seq, hash) = written.withLock { $0 }
    guard seq == through, let throughHash = file.count == 0 ? afterHash : hash else {
      throw ArchiveError("the log ends at event \(seq), but the export was to end at \(through)")
    }
    return (
      file,
      ExportManifest.Chain(after: after, afterHash: afterHash, through: through, throughHash: throughHash)
    )
  }

  private static func isSelected(_ event: StoredEvent, _ selection: ExportSelection) -> Bool {
    guard case .received(let from, let to) = selection else { return true }
    return event.record.receivedAt >= from ?? event.record.receivedAt && to.map { event.record.receivedAt < $0 } ?? true
  }

  // MARK: Documents and systems

  private func documents(
    _ name: String, _ collections: [String], since: Timestamp?, at createdAt: Timestamp
  ) async throws -> ExportManifest.File {
    try await write(name, at: createdAt) { lines in
      for collection in collections { try await append(collection, since: since, to: lines) }
    }
  }

  private func append(_ collection: String, since: Timestamp?, to lines: LineSink) async throws {
    var last: String?
    while true {
      let page = try await source.documents(in: collection, after: last, descending: false, limit: 500)
      for document in page where since.map({ document.updatedAt > $0 }) ?? true {
        try await lines.append { DocumentLine.append(document, to: &$0) }
      }
      guard page.count == 500 else { return }
      last = page.last?.key.id
    }
  }

  private func systems(at createdAt: Timestamp) async throws -> ExportManifest.File {
    let snapshot = try await source.projectedSystems(asOf: createdAt)
    return try await write("systems", at: createdAt) { lines in
      for system in snapshot.systems {
        try await lines.append { DocumentLine.append(system, asOf: createdAt, to: &$0) }
      }
    }
  }

  // MARK: Files

  private func write(
    _ collection: String, at createdAt: Timestamp, _ body: @escaping @Sendable (LineSink) async throws -> Void
  ) async throws -> ExportManifest.File {
    let count = Mutex(0)
    let name = "\(collection).jsonl.gz"
    let (size, sha256) = try await target.write(name, mediaType: "application/gzip", at: createdAt) { sink in
      try await withTaskExecutorPreference(Self.threads) {
        let lines = LineSink(sink)
        try await body(lines)
        try await lines.finish()
        count.withLock { $0 = lines.count }
      }
    }
    return ExportManifest.File(
      name: name, collection: collection, count: count.withLock { $0 }, size: size, sha256: sha256)
  }
}
