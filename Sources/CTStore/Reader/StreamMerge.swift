import CTJSON

/// Walks the positions of events, newest first, over several ordered streams at once.
///
/// Each stream is a range of an index that is read only as far as the merge needs it, so a page costs its own length
/// and a look at each stream, however many events there are.
struct StreamMerge {
  /// The two halves are "same instant, earlier in the log" and "earlier instant". Written as one row-value comparison,
  /// `(ts, seq) < (?2, ?3)`, SQLite 3.40 would use only the first column of the index range and walk all events of the
  /// same instant.
  static let positionsOfStream = positions(index: "events_by_stream", column: "stream")
  static let positionsOfCorrelation = positions(index: "events_by_correlation", column: "correlation_id")

  private static func positions(index: String, column: String) -> String {
    """
    SELECT seq, ts FROM events INDEXED BY \(index) WHERE \(column) = ?1 AND ts = ?2 AND seq < ?3
    UNION ALL
    SELECT seq, ts FROM events INDEXED BY \(index) WHERE \(column) = ?1 AND ts < ?2 AND ts >= ?4
    ORDER BY ts DESC, seq DESC
    """
  }

  typealias Place = CursorCoder.Place

  private struct Head {
    let statement: Statement
    var place: Place
  }

  private var heads: [Head] = []

  /// - Parameter statements: bound, and to be reset by the caller afterwards.
  init(_ statements: some Collection<Statement>) throws(StoreError) {
    for statement in statements {
      if let place = try Self.step(statement) { heads.append(Head(statement: statement, place: place)) }
    }
  }

  /// The next position; `nil` when every stream is at its end.
  mutating func next() throws(StoreError) -> Place? {
    guard let newest = heads.indices.max(by: { heads[$0].place < heads[$1].place }) else { return nil }
    let place = heads[newest].place
    if let following = try Self.step(heads[newest].statement) {
      heads[newest].place = following
    } else {
      heads.remove(at: newest)
    }
    return place
  }

  private static func step(_ statement: Statement) throws(StoreError) -> Place? {
    try statement.step() ? Place(ts: statement.integer(1), seq: statement.integer(0)) : nil
  }
}

extension CursorCoder.Place: Comparable {
  static func < (a: Self, b: Self) -> Bool { (a.ts, a.seq) < (b.ts, b.seq) }
}
