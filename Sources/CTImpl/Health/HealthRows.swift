internal import CTHealth
internal import CTJSON
internal import CTStore

/// What ``HealthProjection`` has kept, for an engine that starts.
struct HealthRows: Sendable {
  struct Minute: Sendable {
    let source: String
    let firstSeq: Int64
    let bucket: MinuteBucket
  }

  /// The last event that the rows take account of.
  let seq: Int64
  /// In the order of time.
  let minutes: [Minute]
  let runs: [(id: String, run: RunBook.Open)]
  let outcomes: [(minute: Int64, succeeded: Int64, failed: Int64)]

  static func read(_ connection: Connection) throws(StoreError) -> HealthRows {
    let minutes = try connection.cached(
      """
      SELECT source, minute, first_seq, events, errors, first_at, last_at, latency
      FROM health_minutes ORDER BY minute, source
      """
    ).rows { row throws(StoreError) in
      guard let latency = LatencyHistogram(bytes: row.bytes(7)) else {
        throw StoreError(.corrupt, "the latencies of \(row.text(0)) in minute \(row.integer(1)) cannot be read")
      }
      return Minute(
        source: row.text(0), firstSeq: row.integer(2),
        bucket: MinuteBucket(
          minute: row.integer(1), events: Int(row.integer(3)), errors: Int(row.integer(4)),
          first: Timestamp(microseconds: row.integer(5)), last: Timestamp(microseconds: row.integer(6)),
          latency: latency))
    }
    let runs = try connection.cached("SELECT run_id, trigger, started_at FROM health_runs").rows { row in
      (row.text(0), RunBook.Open(trigger: row.text(1), startedAt: Timestamp(microseconds: row.integer(2))))
    }
    let outcomes = try connection.cached("SELECT minute, succeeded, failed FROM health_run_minutes ORDER BY minute")
      .rows { row in (row.integer(0), row.integer(1), row.integer(2)) }
    let name = HealthProjection.projectionName
    let seq = try connection.integer("SELECT seq FROM projections WHERE name = ?", .text(name)) ?? 0
    return HealthRows(seq: seq, minutes: minutes, runs: runs, outcomes: outcomes)
  }
}
