package import CTDigest
internal import CTJSON
package import CTStore

/// Counts function errors by signature (function and severity) and minute, for 50 days: two weeks, and a month in which
/// the tower may have been down.
package struct FunctionErrorsProjection: Projection {
  package let name = "function-errors"
  package let version: Int64 = 1
  package let tables = ["function_errors"]
  package let schema = """
    CREATE TABLE function_errors (
      minute INTEGER NOT NULL, fn TEXT NOT NULL, severity TEXT NOT NULL, errors INTEGER NOT NULL,
      last_at INTEGER NOT NULL, PRIMARY KEY (minute, fn, severity)
    ) STRICT, WITHOUT ROWID;
    """
  package let detailTypes: Set<String> = [Self.error]

  private static let error = "backend.fn.error"
  private static let days: Int64 = 50
  private static let minute: Int64 = 60_000_000

  package init() {}

  package func apply(_ events: [ProjectedEvent], to connection: Connection) throws(StoreError) {
    for event in events where event.type == Self.error {
      let payload = try EventPayload(of: event)
      // A replay is no new error.
      guard !payload.isReplay, let function = payload.text("fnName"), let severity = payload.text("severity") else {
        continue
      }
      try connection.run(
        """
        INSERT INTO function_errors VALUES (?, ?, ?, 1, ?)
        ON CONFLICT DO UPDATE SET errors = errors + 1, last_at = max(last_at, excluded.last_at)
        """, .integer(Self.minute(of: event.happenedAt)), .text(function), .text(severity), .time(event.happenedAt))
      let horizon = Timestamp(microseconds: event.horizon(days: Self.days))
      try connection.run("DELETE FROM function_errors WHERE minute < ?", .integer(Self.minute(of: horizon)))
    }
  }

  static func minute(of time: Timestamp) -> Int64 {
    time.microseconds / minute - (time.microseconds % minute < 0 ? 1 : 0)
  }
}

/// Errors of functions in a period and in the weeks before its end.
package struct FunctionErrorFigures: Sendable, Hashable {
  package var errors: Figure
  /// `previous` is the week before.
  package var errors7d: Figure
  /// Most errors in 7 days first.
  package var signatures: [ExceptionsSection.Signature]
  package var signaturesOmitted: Int
}

extension FunctionErrorsProjection {
  /// Functions that are named.
  private static let named = 8

  /// What a digest says about function errors in a period, to the minute.
  package static func figures(_ connection: Connection, _ period: Period) throws(StoreError) -> FunctionErrorFigures {
    let week = try signatures(connection, period)
    let named = week.filter { $0.errors7d.value > 0 }.sorted {
      ($1.errors7d.value, $0.fnName, $0.severity) < ($0.errors7d.value, $1.fnName, $1.severity)
    }
    return FunctionErrorFigures(
      errors: Figure(week.reduce(0) { $0 + $1.errors }),
      errors7d: Figure(
        week.reduce(0) { $0 + $1.errors7d.value }, previous: week.reduce(0) { $0 + ($1.errors7d.previous ?? 0) }),
      signatures: Array(named.prefix(Self.named)), signaturesOmitted: max(0, named.count - Self.named))
  }

  private static func signatures(
    _ connection: Connection, _ period: Period
  ) throws(StoreError) -> [ExceptionsSection.Signature] {
    // The minute in which a preview ends is in it.
    let end = minute(of: Timestamp(microseconds: period.to.microseconds - 1)) + 1
    let start = minute(of: period.from)
    let week: Int64 = 7 * 24 * 60
    return try connection.cached(
      """
      SELECT fn, severity, sum(iif(minute >= ?1, errors, 0)), sum(iif(minute >= ?2, errors, 0)),
        sum(iif(minute < ?2 AND minute >= ?3, errors, 0)), max(last_at)
      FROM function_errors WHERE minute >= min(?1, ?3) AND minute < ?4 GROUP BY fn, severity
      """
    ).rows([.integer(start), .integer(end - week), .integer(end - 2 * week), .integer(end)]) { row in
      ExceptionsSection.Signature(
        fnName: row.text(0), severity: row.text(1), errors: Int(row.integer(2)),
        errors7d: Figure(Int(row.integer(3)), previous: Int(row.integer(4))),
        lastAt: Timestamp(microseconds: row.integer(5)))
    }
  }
}
