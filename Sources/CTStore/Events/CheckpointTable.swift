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
    try insert(made)
    return made
  }

  /// Signs a place whose hash was just computed again, and lets what is before it be removed.
  func raiseFloor(to end: EventLog.Head, _ now: Timestamp) throws(StoreError) {
    if try checkpoint(at: end.seq) == nil {
      try insert(Checkpoint(seq: end.seq, hash: end.hash, madeAt: now, key: key))
    }
    guard let found = try checkpoint(at: end.seq), found.isSigned(by: key), found.hash == end.hash else {
      throw StoreError(.other, "the checkpoint at event \(end.seq) is not one of this log; nothing is removed")
    }
    try connection.run("UPDATE retention SET floor = ?", .integer(end.seq))
  }

  private func checkpoint(at seq: Int64) throws(StoreError) -> Checkpoint? {
    try connection.cached("SELECT \(Checkpoint.columns) FROM checkpoints WHERE seq = ?")
      .firstRow([.integer(seq)]) { Checkpoint(row: $0) } ?? nil
  }

  private func insert(_ checkpoint: Checkpoint) throws(StoreError) {
    try connection.run(
      "INSERT INTO checkpoints VALUES (?, ?, ?, ?)", .integer(checkpoint.seq), .digest(checkpoint.hash),
      .time(checkpoint.madeAt), .digest(checkpoint.signature))
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
