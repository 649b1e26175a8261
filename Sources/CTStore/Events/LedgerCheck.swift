/// What a set of ledger entries comes to, whatever their order: two sets that differ have the same sum only by a chance of
/// one in 2⁶⁴, and nobody can seek it, for the hash's key is made anew in every process.
struct LedgerSum: Sendable, Hashable {
  private var value: UInt64 = 0

  mutating func add(id: UnsafeRawBufferPointer, seq: Int64, digest: UnsafeRawBufferPointer) {
    var hasher = Hasher()
    hasher.combine(seq)
    hasher.combine(id.count)
    hasher.combine(bytes: id)
    hasher.combine(bytes: digest)
    value &+= UInt64(bitPattern: Int64(hasher.finalize()))
  }

  /// Adds the entry that belongs to an event, from a row of ``EventRecord/columns``.
  mutating func add(event row: Statement) {
    row.withBytes(5) { id in
      row.withBytes(7) { digest in
        add(id: id, seq: row.integer(0), digest: UnsafeRawBufferPointer(rebasing: digest.prefix(EventLog.digestPrefix)))
      }
    }
  }
}

/// Holds the ledger of ids against the events that the chain was verified of: it knows each by its id, its number and the
/// front of its body's digest, and none behind the last. So it shows a log that was cut off at its end, and an id that was
/// taken away so that its event can be sent again.
enum LedgerCheck {
  /// - Parameter report: of a whole chain, from the retention floor on.
  static func firstFault(_ report: ChainReport, _ connection: Connection) throws(StoreError) -> ChainReport.Fault? {
    guard report.isIntact else { return nil }
    do {
      if try hasMoreThanTheLog(connection) { return .init(seq: report.lastSeq + 1, reason: .missing) }
      if try sum(report, connection) == report.ledger { return nil }
      return .init(seq: try firstDifference(report, connection) ?? report.lastSeq, reason: .ledger)
    } catch {
      guard error.code == .corrupt else { throw error }
      return .init(seq: report.lastSeq - report.events + 1, reason: .ledger)
    }
  }

  /// Whether the ledger names an event behind the last. In one statement, and so of one moment, while a tower writes.
  private static func hasMoreThanTheLog(_ connection: Connection) throws(StoreError) -> Bool {
    try connection.integer(
      """
      SELECT (SELECT max(seq) FROM event_ids)
        > max((SELECT ifnull(max(seq), 0) FROM events), (SELECT floor FROM retention))
      """) == 1
  }

  private static func sum(_ report: ChainReport, _ connection: Connection) throws(StoreError) -> LedgerSum {
    let select = try connection.cached("SELECT event_id, seq, body_digest FROM event_ids WHERE seq > ? AND seq <= ?")
    select.bind([.integer(report.lastSeq - report.events), .integer(report.lastSeq)])
    defer { select.reset() }
    var sum = LedgerSum()
    while try select.step() {
      select.withBytes(0) { id in
        select.withBytes(2) { digest in sum.add(id: id, seq: select.integer(1), digest: digest) }
      }
    }
    return sum
  }

  /// The first event that the ledger does not know as it is. `nil` where the ledger only has too much.
  private static func firstDifference(_ report: ChainReport, _ connection: Connection) throws(StoreError) -> Int64? {
    try connection.integer(
      """
      SELECT min(events.seq) FROM events LEFT JOIN event_ids ON event_ids.event_id = events.event_id
      WHERE events.seq > ? AND events.seq <= ? AND (event_ids.seq IS NOT events.seq
        OR event_ids.body_digest IS NOT substr(events.body_digest, 1, \(EventLog.digestPrefix)))
      """, .integer(report.lastSeq - report.events), .integer(report.lastSeq))
  }
}
