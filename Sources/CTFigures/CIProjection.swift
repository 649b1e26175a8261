package import CTDigest
package import CTJSON
package import CTStore

/// Keeps one row per failed job of a workflow run, for 50 days: a week, and a month in which the tower may have been
/// down.
package struct CIProjection: Projection {
  package let name = "ci"
  package let version: Int64 = 1
  package let tables = ["ci_failures"]
  package let schema = """
    CREATE TABLE ci_failures (
      repo TEXT NOT NULL, run_id INTEGER NOT NULL, job TEXT NOT NULL, at INTEGER NOT NULL, url TEXT NOT NULL,
      PRIMARY KEY (repo, run_id, job)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ci_failures_by_time ON ci_failures (at);
    """
  package let detailTypes: Set<String> = [Self.failed]

  private static let failed = "ci.workflow.failed"
  private static let days: Int64 = 50

  package init() {}

  package func apply(_ events: [ProjectedEvent], to connection: Connection) throws(StoreError) {
    for event in events where event.type == Self.failed {
      let payload = try EventPayload(of: event)
      guard let repo = payload.text("repo"), let run = payload.number("runId")?.int64, let job = payload.text("job")
      else { continue }
      // The same failure told again, or replayed, is one failure; it stays where it was first.
      try connection.run(
        "INSERT OR IGNORE INTO ci_failures VALUES (?, ?, ?, ?, ?)", .text(repo), .integer(run), .text(job),
        .time(event.happenedAt), .text(payload.text("url") ?? ""))
      try connection.run("DELETE FROM ci_failures WHERE at < ?", .integer(event.horizon(days: Self.days)))
    }
  }
}

extension CIProjection {
  private static let weekDays: Int64 = 7
  /// Repositories that are named.
  private static let named = 10

  /// The digest's CI section for a period. A workflow run of which several jobs failed has failed once.
  package static func section(
    _ connection: Connection, _ period: Period, githubLastHeartbeat: Timestamp?
  ) throws(StoreError) -> CISection {
    let week = Period(from: period.to.adding(days: -weekDays), to: period.to)
    let last = try latest(connection, week)
    let failed7d = try counts(connection, week)
    let failed = try counts(connection, period)
    let repositories = failed7d.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { repo, failures in
      CISection.Repository(
        repo: repo, failures: failed[repo] ?? 0, failures7d: Figure(failures), lastJob: last[repo]?.job ?? "",
        lastUrl: last[repo]?.url ?? "", lastAt: last[repo]?.at ?? period.to)
    }
    return CISection(
      failures: Figure(failed.values.reduce(0, +)), failures7d: Figure(failed7d.values.reduce(0, +)),
      repositories: Array(repositories.prefix(named)), repositoriesOmitted: max(0, repositories.count - named),
      githubLastHeartbeat: githubLastHeartbeat)
  }

  private static func counts(_ connection: Connection, _ window: Period) throws(StoreError) -> [String: Int] {
    let rows = try connection.cached(
      "SELECT repo, count(DISTINCT run_id) FROM ci_failures WHERE at >= ? AND at < ? GROUP BY repo"
    ).rows([.time(window.from), .time(window.to)]) { ($0.text(0), Int($0.integer(1))) }
    return Dictionary(rows) { first, _ in first }
  }

  private struct Failure {
    let job: String
    let url: String
    let at: Timestamp
  }

  private static func latest(_ connection: Connection, _ window: Period) throws(StoreError) -> [String: Failure] {
    let rows = try connection.cached(
      "SELECT repo, job, url, at FROM ci_failures WHERE at >= ? AND at < ? ORDER BY at, run_id, job"
    ).rows([.time(window.from), .time(window.to)]) {
      ($0.text(0), Failure(job: $0.text(1), url: $0.text(2), at: Timestamp(microseconds: $0.integer(3))))
    }
    return Dictionary(rows) { $1 }
  }
}
