package import CTJSON
package import CTStore

/// Which runs are meant.
package struct RunFilter: Sendable {
  package var trigger: String?
  package var status: RunStatus?
  package var initiator: String?
  /// Asked for at or after this instant.
  package var from: Timestamp?
  /// Asked for before this instant.
  package var to: Timestamp?

  package init() {}

  func matches(_ run: RunRecord) -> Bool {
    (trigger ?? run.trigger) == run.trigger && (status ?? run.status) == run.status
      && (initiator ?? run.initiator) == run.initiator
      && from.map { run.createdAt >= $0 } ?? true && to.map { run.createdAt < $0 } ?? true
  }
}

extension RunBook {
  /// So many runs are looked at for one page, whatever the filter lets through.
  private static let scanLimit = 10_000
  private static let pieceCount = 500

  /// Runs before `cursor`, newest first, and where the next page starts when there may be more.
  package func page(
    _ filter: RunFilter, before cursor: String?, limit: Int
  ) async throws(StoreError) -> (runs: [RunRecord], next: String?) {
    var runs: [RunRecord] = []
    // Ids sort by the time at which the runs were asked for, so `to` says where to begin and `from` where to end.
    var last = [cursor, filter.to.map(Self.bound)].compactMap { $0 }.min()
    var looked = 0
    while true {
      let documents = try await store.documents(
        in: RunRecord.collection, after: last, descending: true, limit: Self.pieceCount)
      for document in documents {
        let run = try RunRecord(json: document.body)
        if let from = filter.from, document.key.id < Self.bound(from) { return (runs, nil) }
        guard filter.matches(run) else { continue }
        if runs.count == limit { return (runs, runs.last?.runId) }
        runs.append(run)
      }
      looked += documents.count
      guard documents.count == Self.pieceCount, let end = documents.last?.key.id else { return (runs, nil) }
      last = end
      if looked >= Self.scanLimit { return (runs, end) }
    }
  }

  /// An id that is before those of all runs that were asked for at or after an instant.
  private static func bound(_ time: Timestamp) -> String {
    "run_" + TimedID.hexadecimal(UInt64(bitPattern: max(0, time.microseconds)))
  }
}
