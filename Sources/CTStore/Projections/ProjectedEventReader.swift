internal import CTJSON

/// Reads events as projections see them.
struct ProjectedEventReader {
  let connection: Connection
  let streams: StreamTable
  let detailTypes: Set<String>

  func read(after seq: Int64, limit: Int) throws(StoreError) -> [ProjectedEvent] {
    // A column that is not asked for is not read, nor are the pages of a long payload (sqlite.org/fileformat2.html, 1.6).
    let select = try connection.cached(
      """
      SELECT seq, stream, ts, received_at, signal, event_id, correlation_id, payload
      FROM events WHERE seq > ? ORDER BY seq LIMIT ?
      """)
    return try select.rows([.integer(seq), .integer(limit)], event)
  }

  private func event(_ row: Statement) throws(StoreError) -> ProjectedEvent {
    guard let stream = streams[row.integer(1)], let signal = EventSignal(rawValue: UInt8(clamping: row.integer(4)))
    else { throw StoreError(.corrupt, "event \(row.integer(0)) has no stream or no signal") }
    var detail: ProjectedEvent.Detail?
    if detailTypes.contains(stream.type) {
      detail = .init(eventId: row.text(5), correlationId: row.optionalText(6), payload: row.bytes(7))
    }
    return ProjectedEvent(
      seq: row.integer(0), source: stream.source, type: stream.type, ts: Timestamp(microseconds: row.integer(2)),
      receivedAt: Timestamp(microseconds: row.integer(3)), signal: signal, detail: detail)
  }
}
