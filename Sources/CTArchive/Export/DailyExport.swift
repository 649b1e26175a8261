package import CTArtifacts
package import CTJSON
package import CTStore

/// Exports each day what has come since the day before: without gap and without repeat, whatever the clock says, as it
/// goes by places in the log.
///
/// An export that was interrupted is made again under the same name; where it had ended is only noted when it is whole.
package struct DailyExport: Sendable {
  package static let prefix = "exports/"

  private let store: any Store & LogKeeper
  private let directory: String
  private let artifacts: any ArtifactStore
  private let now: @Sendable () -> Timestamp

  private static let state = DocumentKey("archive", "export")

  /// - Parameter directory: the store's; it is read beside the store, so that nobody waits for an export.
  package init(
    store: any Store & LogKeeper, directory: String, artifacts: any ArtifactStore,
    now: @escaping @Sendable () -> Timestamp
  ) {
    self.store = store
    self.directory = directory
    self.artifacts = artifacts
    self.now = now
  }

  /// Exports up to a checkpoint that is signed for it.
  /// - Parameter date: names the export, such as `2025-09-27`.
  package func run(_ date: String) async throws -> ExportManifest {
    let known = try await store.document(Self.state)
    var after: Int64 = 0
    var since: Timestamp?
    if let known {
      let members = try DocumentMembers(parsing: known.body)
      // Done already: what came since must not take the place of what is there.
      if try members.text("date") == date, let manifest = try await manifest(of: date) { return manifest }
      after = Int64(try members.integer("seq"))
      // A day more: clocks are set back. A document that comes twice does no harm.
      since = Timestamp(microseconds: try members.time("at").microseconds - 86_400_000_000)
    }
    let checkpoint = try await store.makeCheckpoint()
    let end = checkpoint?.seq ?? 0
    let manifest = try await export(date, after: after, through: end, since: since)
    var next = DocumentMembers()
    next.add("seq", Int(end))
    next.add("at", manifest.createdAt)
    next.add("date", date)
    let precondition: Precondition = if let known { .version(known.version) } else { .absent }
    _ = try await store.commit([.put(Self.state, body: next.bytes, if: precondition)])
    return manifest
  }

  private func export(
    _ date: String, after: Int64, through end: Int64, since: Timestamp?
  ) async throws -> ExportManifest {
    let reader = try StoreReader(directory: directory)
    let target = ArtifactExportTarget(artifacts: artifacts, prefix: "\(Self.prefix)\(date)/")
    do {
      // Before the first export retention may have been there already.
      let start = min(end, max(after, try await reader.floor()))
      let manifest = try await Exporter(source: reader, target: target, now: now)
        .export(.log(after: start, through: end), changedSince: since)
      await reader.close()
      return manifest
    } catch {
      await reader.close()
      throw error
    }
  }

  private func manifest(of date: String) async throws -> ExportManifest? {
    guard let name = ArtifactName("\(Self.prefix)\(date)/\(ExportManifest.fileName)") else { return nil }
    return try await artifacts.contents(of: name).flatMap { ExportManifest(json: $0) }
  }

  /// Removes exports that were made before an instant. - Returns: how many files.
  package func expire(before limit: Timestamp) async throws -> Int {
    var removed = 0
    // In the order of their dates: behind the first that is kept, all are.
    while let oldest = try await artifacts.list(prefix: Self.prefix, after: nil, limit: 1).first,
      oldest.createdAt < limit
    {
      try await artifacts.delete(oldest.name)
      removed += 1
    }
    if removed > 0 { try await artifacts.reclaim() }
    return removed
  }
}
