package import CTJSON

/// What the log says about one system.
package struct SystemState: Sendable, Hashable {
  package let source: String
  /// Events ever received from it.
  package let events: Int64
  /// When its last event happened (not later than it arrived): any event is a sign of life.
  package let lastHeartbeat: Timestamp
  /// When its last event arrived.
  package let lastReceivedAt: Timestamp
  /// When its last error happened; `nil` when there was none.
  package let lastErrorAt: Timestamp?
  /// Errors in the 24 hours up to ``SystemsSnapshot/asOf``, to the minute.
  package let errors24h: Int64
}

/// All systems that have ever sent an event, by name.
package struct SystemsSnapshot: Sendable {
  package let asOf: Timestamp
  /// The last event that it takes account of.
  package let seq: Int64
  package let systems: [SystemState]
}

/// Keeps one row per system and one per system and minute with errors, so that their state is read without looking at
/// any event. Minutes are kept for two days before the system's last event.
struct SystemsProjection: Projection {
  let name = "systems"
  let version: Int64 = 1
  let tables = ["systems", "system_errors"]

  private static let minute: Int64 = 60_000_000
  private static let day: Int64 = 24 * 60

  private struct Delta {
    var events: Int64 = 0
    var lastSeen = Int64.min
    var lastReceived = Int64.min
    var lastError: Int64?
    var errors: [Int64: Int64] = [:]

    mutating func add(_ event: ProjectedEvent) {
      events += 1
      let happened = event.happenedAt.microseconds
      lastSeen = max(lastSeen, happened)
      lastReceived = max(lastReceived, event.receivedAt.microseconds)
      guard event.signal == .error else { return }
      lastError = max(lastError ?? .min, happened)
      errors[SystemsProjection.minute(of: happened), default: 0] += 1
    }
  }

  func apply(_ events: [ProjectedEvent], to connection: Connection) throws(StoreError) {
    var deltas: [String: Delta] = [:]
    for event in events { deltas[event.source, default: Delta()].add(event) }
    for (source, delta) in deltas { try write(delta, of: source, to: connection) }
  }

  private func write(_ delta: Delta, of source: String, to connection: Connection) throws(StoreError) {
    try connection.run(
      """
      INSERT INTO systems VALUES (?, ?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET
        events = events + excluded.events,
        last_seen = max(last_seen, excluded.last_seen),
        last_received_at = max(last_received_at, excluded.last_received_at),
        last_error = max(ifnull(last_error, excluded.last_error), ifnull(excluded.last_error, last_error))
      """, .text(source), .integer(delta.events), .integer(delta.lastSeen), .integer(delta.lastReceived),
      delta.lastError.map { .integer($0) } ?? .null)
    for (minute, errors) in delta.errors {
      try connection.run(
        "INSERT INTO system_errors VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET errors = errors + excluded.errors",
        .text(source), .integer(minute), .integer(errors))
    }
    try connection.run(
      """
      DELETE FROM system_errors WHERE source = ?1
        AND minute < (SELECT last_received_at / \(Self.minute) - \(2 * Self.day) FROM systems WHERE source = ?1)
      """, .text(source))
  }

  /// The state of all systems at an instant.
  static func read(_ connection: Connection, asOf: Timestamp) throws(StoreError) -> SystemsSnapshot {
    let now = minute(of: asOf.microseconds)
    let systems = try connection.cached(
      """
      SELECT source, events, last_seen, last_received_at, last_error,
        (SELECT total(errors) FROM system_errors AS e WHERE e.source = s.source AND minute > ?1 AND minute <= ?2)
      FROM systems AS s ORDER BY source
      """
    ).rows([.integer(now - day), .integer(now)]) { row in
      SystemState(
        source: row.text(0), events: row.integer(1), lastHeartbeat: Timestamp(microseconds: row.integer(2)),
        lastReceivedAt: Timestamp(microseconds: row.integer(3)),
        lastErrorAt: row.isNull(4) ? nil : Timestamp(microseconds: row.integer(4)), errors24h: row.integer(5))
    }
    let seq = try connection.integer("SELECT seq FROM projections WHERE name = 'systems'") ?? 0
    return SystemsSnapshot(asOf: asOf, seq: seq, systems: systems)
  }

  private static func minute(of microseconds: Int64) -> Int64 {
    (microseconds / minute) - (microseconds % minute < 0 ? 1 : 0)
  }
}
