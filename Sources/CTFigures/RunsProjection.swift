package import CTDigest
internal import CTJSON
package import CTStore

/// Keeps one row per run of a trigger, from what the tower itself says about runs, for 50 days.
package struct RunsProjection: Projection {
  package let name = "run-figures"
  package let version: Int64 = 1
  package let tables = ["run_figures"]
  package let schema = """
    CREATE TABLE run_figures (
      run_id TEXT PRIMARY KEY, trigger TEXT NOT NULL, at INTEGER NOT NULL, started_at INTEGER, overdue_at INTEGER,
      sla_seconds INTEGER, ended_at INTEGER, status TEXT, reason TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX run_figures_by_time ON run_figures (at);
    CREATE INDEX run_figures_by_end ON run_figures (ended_at);
    CREATE INDEX run_figures_overdue ON run_figures (overdue_at) WHERE ended_at IS NULL;
    """
  package let detailTypes: Set<String> = [Self.started, Self.overdue, Self.finished]

  private static let started = "run.started"
  private static let overdue = "run.overdue"
  private static let finished = "run.finished"
  private static let days: Int64 = 50

  package init() {}

  package func apply(_ events: [ProjectedEvent], to connection: Connection) throws(StoreError) {
    for event in events where event.source == "tower" && detailTypes.contains(event.type) {
      let payload = try EventPayload(of: event)
      guard let id = payload.text("runId"), let trigger = payload.text("trigger") else { continue }
      try connection.run(
        """
        INSERT INTO run_figures (run_id, trigger, at) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET at = max(at, excluded.at)
        """, .text(id), .text(trigger), .time(event.happenedAt))
      try note(event, payload, id, connection)
      try connection.run("DELETE FROM run_figures WHERE at < ?", .integer(event.horizon(days: Self.days)))
    }
  }

  private func note(
    _ event: ProjectedEvent, _ payload: EventPayload, _ id: String, _ connection: Connection
  ) throws(StoreError) {
    let time = SQLValue.time(event.happenedAt)
    switch event.type {
    case Self.started:
      // A run that was interrupted starts again; it has been running since the first time.
      try connection.run(
        "UPDATE run_figures SET started_at = ifnull(started_at, ?) WHERE run_id = ?", time, .text(id))
    case Self.overdue:
      try connection.run(
        "UPDATE run_figures SET overdue_at = ?, sla_seconds = ? WHERE run_id = ?", time,
        payload.number("slaSeconds")?.int64.map { .integer($0) } ?? .null, .text(id))
    default:
      try connection.run(
        "UPDATE run_figures SET ended_at = ?, status = ?, reason = ? WHERE run_id = ? AND ended_at IS NULL", time,
        .text(payload.text("status") ?? "failed"), .text(payload.text("reason")), .text(id))
    }
  }
}

extension RunsProjection {
  /// Reasons and stuck runs that are named.
  private static let named = 8
  private static let weekDays: Int64 = 7

  /// The digest's section about runs for a period.
  package static func section(_ connection: Connection, _ period: Period) throws(StoreError) -> RunsSection {
    let week = Period(from: period.to.adding(days: -weekDays), to: period.to)
    let ended = try counts(connection, period)
    let ended7d = try counts(connection, week)
    let reasons = try failures(connection, period)
    let late = try stuck(connection, period.to)
    return RunsSection(
      finished: Figure(ended.success + ended.failed), failed: Figure(ended.failed),
      finished7d: Figure(ended7d.success + ended7d.failed), failed7d: Figure(ended7d.failed),
      cancelled7d: Figure(ended7d.cancelled), failures: Array(reasons.prefix(named)),
      failuresOmitted: reasons.dropFirst(named).reduce(0) { $0 + $1.count }, stuck: Array(late.prefix(named)),
      stuckOmitted: max(0, late.count - named))
  }

  private static func counts(
    _ connection: Connection, _ window: Period
  ) throws(StoreError) -> (success: Int, failed: Int, cancelled: Int) {
    var counts = (success: 0, failed: 0, cancelled: 0)
    let rows = try connection.cached(
      "SELECT status, count(*) FROM run_figures WHERE ended_at >= ? AND ended_at < ? GROUP BY status"
    ).rows([.time(window.from), .time(window.to)]) { ($0.text(0), Int($0.integer(1))) }
    for (status, count) in rows {
      switch status {
      case "success": counts.success += count
      case "cancelled": counts.cancelled += count
      default: counts.failed += count
      }
    }
    return counts
  }

  private static func failures(
    _ connection: Connection, _ period: Period
  ) throws(StoreError) -> [RunsSection.Failure] {
    // With max(), the other columns are those of the row that has it (sqlite.org/lang_select.html, section 2.5).
    try connection.cached(
      """
      SELECT trigger, ifnull(reason, replace(status, '_', ' ')) AS why, count(*) AS runs, run_id, max(ended_at)
      FROM run_figures WHERE ended_at >= ? AND ended_at < ? AND status NOT IN ('success', 'cancelled')
      GROUP BY trigger, why ORDER BY runs DESC, trigger, why
      """
    ).rows([.time(period.from), .time(period.to)]) { row in
      RunsSection.Failure(
        trigger: row.text(0), reason: row.text(1), count: Int(row.integer(2)), lastRunId: row.text(3),
        lastAt: Timestamp(microseconds: row.integer(4)))
    }
  }

  /// Runs that have taken longer than they should, and had not ended.
  private static func stuck(_ connection: Connection, _ end: Timestamp) throws(StoreError) -> [RunsSection.Stuck] {
    try connection.cached(
      """
      SELECT run_id, trigger, ifnull(started_at, overdue_at) AS since, sla_seconds FROM run_figures
      WHERE overdue_at < ?1 AND (ended_at IS NULL OR ended_at >= ?1) ORDER BY since, run_id
      """
    ).rows([.time(end)]) { row in
      RunsSection.Stuck(
        runId: row.text(0), trigger: row.text(1), startedAt: Timestamp(microseconds: row.integer(2)),
        slaSeconds: row.isNull(3) ? nil : Int(row.integer(3)))
    }
  }
}
