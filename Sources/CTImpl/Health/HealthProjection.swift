internal import CTHealth
internal import CTJSON
package import CTStore

/// Keeps what the health engine has to know after a restart: a row for each system and minute, the runs that are open,
/// and how runs ended, by minute. Rows are kept for eight days before the newest of their system, whatever the number of
/// events.
package struct HealthProjection: Projection {
  static let projectionName = "health"
  package let name: String = Self.projectionName
  package let version: Int64 = 1
  package let tables = ["health_minutes", "health_runs", "health_run_minutes"]
  package let detailTypes: Set<String> = ["run.started", "run.finished"]
  package let schema = """
    CREATE TABLE health_minutes (
      source TEXT NOT NULL,
      minute INTEGER NOT NULL,
      first_seq INTEGER NOT NULL,
      events INTEGER NOT NULL,
      errors INTEGER NOT NULL,
      first_at INTEGER NOT NULL,
      last_at INTEGER NOT NULL,
      latency BLOB NOT NULL,
      PRIMARY KEY (source, minute)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE health_runs (
      run_id TEXT PRIMARY KEY,
      trigger TEXT NOT NULL,
      started_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE health_run_minutes (
      minute INTEGER PRIMARY KEY,
      succeeded INTEGER NOT NULL,
      failed INTEGER NOT NULL
    ) STRICT;
    """

  private static let keptMinutes: Int64 = 8 * 1440

  package init() {}

  private struct Place: Hashable {
    let source: String
    let minute: Int64
  }

  package func apply(_ events: [ProjectedEvent], to connection: Connection) throws(StoreError) {
    var minutes: [(place: Place, firstSeq: Int64, bucket: MinuteBucket)] = []
    var indices: [Place: Int] = [:]
    // The last event's, which mostly is the next one's, too.
    var index = -1
    for event in events {
      let place = Place(source: event.source, minute: Span.minuteNumber(event.receivedAt.microseconds))
      let isError = event.signal == .error
      if index < 0 || minutes[index].place != place { index = indices[place] ?? -1 }
      if index >= 0 {
        minutes[index].bucket.add(at: event.receivedAt, ts: event.ts, isError: isError)
      } else {
        index = minutes.count
        indices[place] = index
        minutes.append((place, event.seq, MinuteBucket(at: event.receivedAt, ts: event.ts, isError: isError)))
      }
      if event.detail != nil { try note(event, connection) }
    }
    for entry in minutes { try write(entry.bucket, entry.firstSeq, entry.place.source, connection) }
    for source in Set(minutes.map(\.place.source)) { try prune(source, connection) }
  }

  private func write(
    _ bucket: MinuteBucket, _ firstSeq: Int64, _ source: String, _ connection: Connection
  ) throws(StoreError) {
    var latency = bucket.latency
    let select = try connection.cached("SELECT latency FROM health_minutes WHERE source = ? AND minute = ?")
    if let old = try select.firstRow([.text(source), .integer(bucket.minute)], { $0.bytes(0) }) {
      guard let old = LatencyHistogram(bytes: old) else {
        throw StoreError(.corrupt, "the latencies of \(source) in minute \(bucket.minute) cannot be read")
      }
      latency.add(old)
    }
    try connection.run(
      """
      INSERT INTO health_minutes VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
        events = events + excluded.events, errors = errors + excluded.errors,
        first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at),
        latency = excluded.latency
      """, .text(source), .integer(bucket.minute), .integer(firstSeq), .integer(bucket.events),
      .integer(bucket.errors), .time(bucket.first), .time(bucket.last), .blob(latency.bytes))
  }

  private func prune(_ source: String, _ connection: Connection) throws(StoreError) {
    try connection.run(
      """
      DELETE FROM health_minutes WHERE source = ?1
        AND minute < (SELECT max(minute) FROM health_minutes WHERE source = ?1) - \(Self.keptMinutes)
      """, .text(source))
  }

  /// Notes that a run has begun or ended.
  private func note(_ event: ProjectedEvent, _ connection: Connection) throws(StoreError) {
    guard event.source == HealthPolicy.towerId, let detail = event.detail,
      let payload = try? JSONValue(parsing: detail.payload),
      let id = payload["runId"]?.string ?? detail.correlationId
    else { return }
    switch event.type {
    case "run.started":
      try connection.run(
        "INSERT OR IGNORE INTO health_runs VALUES (?, ?, ?)", .text(id), .text(payload["trigger"]?.string ?? ""),
        .time(event.receivedAt))
    case "run.finished":
      try connection.run("DELETE FROM health_runs WHERE run_id = ?", .text(id))
      let status = payload["status"]?.string
      if status != "cancelled" { try count(isSuccess: status == "success", event.receivedAt, connection) }
    default: break
    }
  }

  private func count(isSuccess: Bool, _ at: Timestamp, _ connection: Connection) throws(StoreError) {
    try connection.run(
      """
      INSERT INTO health_run_minutes VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET
        succeeded = succeeded + excluded.succeeded, failed = failed + excluded.failed
      """, .integer(Span.minuteNumber(at.microseconds)), .integer(isSuccess ? 1 : 0), .integer(isSuccess ? 0 : 1))
    try connection.run(
      "DELETE FROM health_run_minutes WHERE minute < (SELECT max(minute) FROM health_run_minutes) - ?",
      .integer(Self.keptMinutes))
  }
}
