import CTCrypto
import CTJSON

/// The proofs of events that a hold has kept although the log was cut behind them.
///
/// Such an event stays in its table, but the events before and after it are gone, and the chain cannot be computed
/// through it any more. So when the cut reaches it, which has just verified the chain up to there, its place, its hash and
/// all that it says are signed with the key of the checkpoints.
struct HeldEventTable {
  let connection: Connection
  let key: HMACKey

  /// Signs an event; one that is signed already is left as it is.
  func sign(seq: Int64, streams: StreamTable) throws(StoreError) {
    guard let signature = try signature(of: seq, streams) else {
      throw StoreError(.other, "event \(seq) is to be kept for a hold, but cannot be read")
    }
    try connection.run(
      "INSERT INTO held_events VALUES (?, ?) ON CONFLICT DO NOTHING", .integer(seq), .digest(signature))
  }

  /// The first proof that is wrong: of an event that is not there, or that is not what was signed.
  func firstFault(_ streams: StreamTable) throws(StoreError) -> ChainReport.Fault? {
    let rows = try connection.cached("SELECT seq, signature FROM held_events ORDER BY seq").rows([]) { row in
      (seq: row.integer(0), signature: row.withBytes(1) { Digest($0) })
    }
    for (seq, signature) in rows {
      guard try connection.integer("SELECT 1 FROM events WHERE seq = ?", .integer(seq)) != nil else {
        return ChainReport.Fault(seq: seq, reason: .missing)
      }
      guard let signature, let expected = try self.signature(of: seq, streams),
        expected.isEqualInConstantTime(to: signature)
      else { return ChainReport.Fault(seq: seq, reason: .changed) }
    }
    return nil
  }

  /// HMAC over: version 2 (1 byte) ‖ the event's hash (32) ‖ the event as the chain encodes it; `nil` for a row that no
  /// writer of ours can have made.
  private func signature(of seq: Int64, _ streams: StreamTable) throws(StoreError) -> Digest? {
    let select = try connection.cached("SELECT \(EventRecord.columns) FROM events WHERE seq = ?")
    return try select.firstRow([.integer(seq)]) { row throws(StoreError) -> Digest? in
      guard let stream = streams[row.integer(1)], let event = EventRecord(row: row, stream: stream) else { return nil }
      var encoder = EventEncoder()
      encoder.encode(event, seq: seq)
      var signed: [UInt8] = [2]
      try row.digest(8).append(to: &signed)
      return key.tag(signed + encoder.bytes)
    } ?? nil
  }
}
