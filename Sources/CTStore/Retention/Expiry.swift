package import CTCrypto
internal import CTJSON

/// An event that retention is about to remove: what else is kept of it elsewhere goes with it.
package struct ExpiredEvent: Sendable, Hashable {
  package let seq: Int64
  package let eventId: String
  package let bodyDigest: Digest
}

/// What retention has done to the log, or would do.
package struct ExpiryReport: Sendable, Hashable {
  /// Events that were, or would be, removed.
  package var removed = 0
  /// Events that are old enough, but are kept by a hold.
  package var held = 0

  package init() {}
}

/// The reading side of retention: which events are old enough.
struct ExpiryScan {
  let connection: Connection
  let streams: StreamTable
  let holds: Holds

  /// Rows at or below the floor: left over by a cut that was interrupted, or kept by a hold.
  struct Leftover {
    let event: ExpiredEvent
    let isHeld: Bool
    let isSigned: Bool
  }

  /// Events up to the floor, in the order of the log.
  func leftovers(after seq: Int64, limit: Int) throws(StoreError) -> [Leftover] {
    let select = try connection.cached(
      """
      SELECT e.seq, e.stream, e.correlation_id, e.event_id, e.body_digest, h.seq FROM events AS e
      LEFT JOIN held_events AS h USING (seq)
      WHERE e.seq > ? AND e.seq <= (SELECT floor FROM retention) ORDER BY e.seq LIMIT ?
      """)
    return try select.rows([.integer(seq), .integer(limit)]) { row throws(StoreError) in
      Leftover(
        event: ExpiredEvent(seq: row.integer(0), eventId: row.text(3), bodyDigest: try row.digest(4)),
        isHeld: holds.keep(source: streams[row.integer(1)]?.source ?? "", correlationId: row.optionalText(2)),
        isSigned: !row.isNull(5))
    }
  }

  /// Counts events after `seq` up to the first that was received at or after `limit`.
  /// - Returns: the last one that was counted; `nil` when the end is reached.
  func count(
    after seq: Int64, before limit: Timestamp, through last: Int64, rows: Int, into report: inout ExpiryReport
  ) throws(StoreError) -> Int64? {
    let select = try connection.cached(
      "SELECT seq, stream, received_at, correlation_id FROM events WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?")
    select.bind([.integer(seq), .integer(last), .integer(rows)])
    defer { select.reset() }
    var counted: Int64?
    var number = 0
    while try select.step() {
      if select.integer(2) >= limit.microseconds { return nil }
      number += 1
      counted = select.integer(0)
      if holds.keep(source: streams[select.integer(1)]?.source ?? "", correlationId: select.optionalText(3)) {
        report.held += 1
      } else {
        report.removed += 1
      }
    }
    return number == rows ? counted : nil
  }
}
