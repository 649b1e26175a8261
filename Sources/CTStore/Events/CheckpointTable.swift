import CTCrypto
import CTJSON

/// Signed places in the log, and the cutting of what lies before one of them.
struct CheckpointTable {
  let connection: Connection
  let key: HMACKey

  func last() throws(StoreError) -> Checkpoint? {
    try connection.cached("SELECT \(Checkpoint.columns) FROM checkpoints ORDER BY seq DESC LIMIT 1")
      .firstRow([]) { Checkpoint(row: $0) } ?? nil
  }

  /// Signs the log's end; the checkpoint that is there already when nothing has come since, `nil` for an empty log.
  func make(at head: EventLog.Head, _ now: Timestamp) throws(StoreError) -> Checkpoint? {
    if let last = try last(), last.seq >= head.seq { return last }
    guard head.seq > 0 else { return nil }
    let made = Checkpoint(seq: head.seq, hash: head.hash, madeAt: now, key: key)
    try connection.run(
      "INSERT INTO checkpoints VALUES (?, ?, ?, ?)", .integer(made.seq), .digest(made.hash), .time(made.madeAt),
      .digest(made.signature))
    return made
  }

  /// Raises the floor to the last checkpoint that was made before `limit`, and not above what the projections have seen.
  /// - Returns: the floor.
  func raiseFloor(before limit: Timestamp, projected: Int64) throws(StoreError) -> Int64 {
    let floor = try connection.integer("SELECT floor FROM retention") ?? 0
    let found =
      try connection.cached(
        "SELECT \(Checkpoint.columns) FROM checkpoints WHERE made_at < ? AND seq <= ? ORDER BY seq DESC LIMIT 1"
      ).firstRow([.time(limit), .integer(projected)]) { Checkpoint(row: $0) } ?? nil
    guard let found, found.seq > floor else { return floor }
    guard found.isSigned(by: key) else {
      throw StoreError(.corrupt, "the checkpoint at event \(found.seq) is not signed by this store")
    }
    try connection.run("UPDATE retention SET floor = ?", .integer(found.seq))
    return found.seq
  }

  /// Deletes events at or below the floor, the oldest first. - Returns: how many.
  func deleteCut(limit: Int) throws(StoreError) -> Int {
    try connection.run(
      """
      DELETE FROM events WHERE seq IN (
        SELECT seq FROM events WHERE seq <= (SELECT floor FROM retention) ORDER BY seq LIMIT ?)
      """, .integer(limit))
    return connection.changes
  }

  /// The first checkpoint that is wrong: not signed by this store, or not what the log says; `nil` when all are right.
  func firstFault() throws(StoreError) -> ChainReport.Fault? {
    let floor = try connection.integer("SELECT floor FROM retention") ?? 0
    let select = try connection.cached(
      """
      SELECT c.seq, c.hash, c.made_at, c.signature, e.hash FROM checkpoints AS c LEFT JOIN events AS e USING (seq)
      ORDER BY c.seq
      """)
    return try select.rows([]) { row -> ChainReport.Fault? in
      let seq = row.integer(0)
      guard let checkpoint = Checkpoint(row: row), checkpoint.isSigned(by: key) else {
        return ChainReport.Fault(seq: seq, reason: .forgedCheckpoint)
      }
      if row.isNull(4) { return seq > floor ? ChainReport.Fault(seq: seq, reason: .missing) : nil }
      return row.withBytes(4) { Digest($0) } == checkpoint.hash
        ? nil : ChainReport.Fault(seq: seq, reason: .rewritten)
    }.compactMap { $0 }.first
  }
}
