import CTJSON

/// Applies the projections to the log.
///
/// It shares the writer's thread and its connection. A connection of its own would have to wait for the writer's lock and
/// the writer for its, and each commit by another connection would empty the writer's page cache. Its commits are not
/// synced (`synchronous = NORMAL`): losing the last of them in a power cut only means that they are made again.
final class Projector {
  private let connection: Connection
  private let streams: StreamTable
  private var followers: [Follower]

  private struct Follower {
    let projection: any Projection
    var seq: Int64
  }

  init(
    _ connection: Connection, streams: StreamTable, projections: [any Projection]
  ) throws(StoreError) {
    self.connection = connection
    self.streams = streams
    followers = []
    for projection in projections {
      followers.append(Follower(projection: projection, seq: try Self.offset(of: projection, connection)))
    }
  }

  /// The last event that every projection has seen.
  var seq: Int64 { followers.map(\.seq).min() ?? .max }

  /// Applies up to `limit` events to each projection. Ends the transaction that it begins.
  func advance(limit: Int) throws(StoreError) {
    try connection.execute("PRAGMA synchronous = NORMAL")
    // Cannot fail in a way that keeps NORMAL: the pragma sets a flag, and the writer gives up a connection that errs.
    do {
      try connection.transaction { () throws(StoreError) in try advanceInTransaction(limit: limit) }
    } catch {
      try reload()
      try connection.execute("PRAGMA synchronous = FULL")
      throw error
    }
    try connection.execute("PRAGMA synchronous = FULL")
  }

  private func advanceInTransaction(limit: Int) throws(StoreError) {
    for index in followers.indices {
      let events = try read(after: followers[index].seq, limit: limit)
      guard let last = events.last else { continue }
      let projection = followers[index].projection
      try projection.apply(events, to: connection)
      try connection.run("UPDATE projections SET seq = ? WHERE name = ?", .integer(last.seq), .text(projection.name))
      followers[index].seq = last.seq
    }
  }

  private func read(after seq: Int64, limit: Int) throws(StoreError) -> [ProjectedEvent] {
    let select = try connection.cached(
      "SELECT seq, stream, ts, received_at, signal FROM events WHERE seq > ? ORDER BY seq LIMIT ?")
    return try select.rows([.integer(seq), .integer(limit)]) { row throws(StoreError) in
      guard let stream = streams[row.integer(1)], let signal = EventSignal(rawValue: UInt8(clamping: row.integer(4)))
      else { throw StoreError(.corrupt, "event \(row.integer(0)) has no stream or no signal") }
      return ProjectedEvent(
        seq: row.integer(0), source: stream.source, type: stream.type, ts: Timestamp(microseconds: row.integer(2)),
        receivedAt: Timestamp(microseconds: row.integer(3)), signal: signal)
    }
  }

  /// Reads the offsets again after a transaction that was rolled back.
  private func reload() throws(StoreError) {
    for index in followers.indices {
      followers[index].seq = try Self.offset(of: followers[index].projection, connection)
    }
  }

  /// How far a projection is; a new one, or one whose version has changed, begins with the first event.
  private static func offset(of projection: any Projection, _ connection: Connection) throws(StoreError) -> Int64 {
    let select = try connection.cached("SELECT seq FROM projections WHERE name = ? AND version = ?")
    let key: [SQLValue] = [.text(projection.name), .integer(projection.version)]
    if let seq = try select.firstRow(key, { $0.integer(0) }) { return seq }
    try connection.transaction { () throws(StoreError) in
      try projection.clear(connection)
      try connection.run(
        "INSERT OR REPLACE INTO projections VALUES (?, ?, 0)", .text(projection.name), .integer(projection.version))
    }
    return 0
  }
}
