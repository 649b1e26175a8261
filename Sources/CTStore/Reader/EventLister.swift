import CTCrypto
import CTJSON

/// Reads pages of events.
struct EventLister {
  let reader: Reader

  /// Up to `limit` events before `start`, newest first, and the place of the last of them when there are more.
  func page(
    matching filter: EventFilter, before start: StreamMerge.Place?, limit: Int
  ) throws(StoreError) -> (events: [StoredEvent], next: StreamMerge.Place?) {
    try reader.snapshot { () throws(StoreError) in
      try reader.streams.load(from: reader.connection)
      let events = try read(filter, before: start, limit: limit + 1)
      guard events.count > limit, limit > 0 else { return (events, nil) }
      let last = events[limit - 1]
      return (Array(events[..<limit]), StreamMerge.Place(ts: last.record.ts.microseconds, seq: last.seq))
    }
  }

  /// Events after a place in the log, in the log's order.
  /// - Parameter corrections: whether to look up the corrections of each.
  func tail(after seq: Int64, limit: Int, corrections: Bool = true) throws(StoreError) -> [StoredEvent] {
    try reader.snapshot { () throws(StoreError) in
      try reader.streams.load(from: reader.connection)
      return try reader.connection.cached(
        "SELECT \(EventRecord.columns) FROM events WHERE seq > ? ORDER BY seq LIMIT ?"
      ).rows([.integer(seq), .integer(limit)]) { row throws(StoreError) in try stored(row, corrections: corrections) }
    }
  }

  /// The event with this id; `nil` when there is none, or retention has cut it.
  func event(id: String) throws(StoreError) -> StoredEvent? {
    try reader.snapshot { () throws(StoreError) in
      try reader.streams.load(from: reader.connection)
      guard let seq = try reader.connection.integer("SELECT seq FROM event_ids WHERE event_id = ?", .text(id)) else {
        return nil
      }
      return try event(at: seq)
    }
  }

  private func read(
    _ filter: EventFilter, before start: StreamMerge.Place?, limit: Int
  ) throws(StoreError) -> [StoredEvent] {
    let statements = try bind(filter, before: start)
    defer { for statement in statements { statement.reset() } }
    var merge = try StreamMerge(statements)
    var events: [StoredEvent] = []
    while events.count < limit, let place = try merge.next() {
      guard let event = try event(at: place.seq) else {
        throw StoreError(.corrupt, "an index names event \(place.seq), which is not there")
      }
      // Only a list by correlation id can meet an event of another source or type.
      if filter.matches(StreamTable.Stream(source: event.record.source, type: event.record.type)) {
        events.append(event)
      }
    }
    return events
  }

  private func bind(_ filter: EventFilter, before start: StreamMerge.Place?) throws(StoreError) -> [Statement] {
    let end = filter.to.map { StreamMerge.Place(ts: $0.microseconds, seq: .min) }
    let top = StreamMerge.Place(ts: .max, seq: .max)
    let place = min(start ?? top, end ?? top)
    let bounds: [SQLValue] = [.integer(place.ts), .integer(place.seq), .integer(filter.from?.microseconds ?? .min)]
    if let id = filter.correlationId {
      let statement = try reader.connection.cached(StreamMerge.positionsOfCorrelation)
      statement.bind([.text(id)] + bounds)
      return [statement]
    }
    let numbers = reader.streams.numbers(matching: filter)
    let statements = Array(try reader.positions(numbers.count))
    for (statement, number) in zip(statements, numbers) { statement.bind([.integer(number)] + bounds) }
    return statements
  }

  private func event(at seq: Int64) throws(StoreError) -> StoredEvent? {
    try reader.connection.cached("SELECT \(EventRecord.columns) FROM events WHERE seq = ?").firstRow(
      [.integer(seq)]) { row throws(StoreError) in try stored(row, corrections: true) }
  }

  private func stored(_ row: Statement, corrections isAsked: Bool) throws(StoreError) -> StoredEvent {
    guard let stream = reader.streams[row.integer(1)], let record = EventRecord(row: row, stream: stream) else {
      throw StoreError(.corrupt, "event \(row.integer(0)) cannot be read")
    }
    return StoredEvent(
      seq: row.integer(0), record: record, hash: try row.digest(8),
      correctedBy: isAsked ? try corrections(of: record.eventId) : [])
  }

  private static let maximumCorrections = 100

  /// The ids of the events that correct this one, in the log's order; of very many the last ones. The index holds only
  /// corrections, so this costs the same however many other events there are.
  private func corrections(of id: String) throws(StoreError) -> [String] {
    let select = try reader.connection.cached(
      """
      SELECT event_id FROM events INDEXED BY events_by_corrected WHERE corrects = ? ORDER BY seq DESC
      LIMIT \(Self.maximumCorrections)
      """)
    return try select.rows([.text(id)]) { $0.text(0) }.reversed()
  }
}
