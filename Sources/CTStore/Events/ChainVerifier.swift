package import CTCrypto
import CTJSON

/// What a check of the audit chain found.
package struct ChainReport: Sendable {
  /// Events whose hashes were computed again.
  package var events: Int64 = 0
  /// The last event that is right, and its hash.
  package var lastSeq: Int64 = 0
  package var lastHash: Digest = .zero
  /// The first event that is wrong; `nil` when all are right.
  package var firstFault: Fault?
  /// What the ledger has to come to for these events.
  var ledger = LedgerSum()

  package init() {}

  package var isIntact: Bool { firstFault == nil }

  /// Takes account of what is wrong elsewhere, if that is earlier in the log.
  mutating func note(_ fault: Fault?) {
    guard let fault, fault.seq < firstFault?.seq ?? .max else { return }
    firstFault = fault
  }

  package struct Fault: Sendable, Hashable {
    package let seq: Int64
    package let reason: Reason
  }

  package enum Reason: String, Sendable {
    /// The row is not what was written: its hash is not that of its columns and of the hash before it.
    case changed
    /// There is no row with this number although there are later ones, or the ledger of ids knows it.
    case missing
    /// The file is damaged there: the row, or the page that leads to it, cannot be read.
    case unreadable
    /// The row names a stream that does not exist.
    case unknownStream = "unknown-stream"
    /// The chain agrees with itself, but not with the checkpoint that was signed at this place: this event or one between
    /// it and the checkpoint before was changed, and all hashes after it.
    case rewritten
    /// The checkpoint at this place is not signed with this store's key.
    case forgedCheckpoint = "forged-checkpoint"
    /// The ledger of ids does not know the event as it is.
    case ledger
  }
}

/// Computes the audit chain again, in pieces, so that no read transaction stays open for long (it would keep the
/// write-ahead log from being reset).
final class ChainVerifier {
  private let connection: Connection
  private let streams = StreamTable()
  private var encoder = EventEncoder()

  init(_ connection: Connection) { self.connection = connection }

  static let pieceCount = 4096

  /// Verifies from the event after `start` (0: from the first that retention has left) to the end.
  func verify(after start: Int64 = 0) throws(StoreError) -> ChainReport {
    var report = try begin(after: start)
    while try advance(&report) {}
    return report
  }

  /// A report that stands before the first event to verify.
  func begin(after start: Int64) throws(StoreError) -> ChainReport {
    let floor = try connection.integer("SELECT floor FROM retention") ?? 0
    let first = max(start, floor)
    var report = ChainReport()
    report.lastSeq = first
    if let hash = try Self.hash(at: first, connection) {
      report.lastHash = hash
    } else {
      report.firstFault = ChainReport.Fault(seq: first, reason: .missing)
    }
    return report
  }

  /// Verifies the next piece; `false` when the end, a fault or one of the bounds is reached.
  func advance(
    _ report: inout ChainReport, receivedBefore limit: Timestamp = Timestamp(microseconds: .max),
    through last: Int64 = .max
  ) throws(StoreError) -> Bool {
    guard report.firstFault == nil else { return false }
    try streams.load(from: connection)
    let select = try connection.cached(
      "SELECT \(EventRecord.columns) FROM events WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?")
    select.bind([.integer(report.lastSeq), .integer(last), .integer(Self.pieceCount)])
    defer { select.reset() }
    var count = 0
    var chain = EventChain(head: report.lastHash)
    while try next(select, &report) {
      if select.integer(3) >= limit.microseconds { return false }
      count += 1
      if let reason = try check(select, &chain, after: report.lastSeq) {
        report.firstFault = ChainReport.Fault(seq: report.lastSeq + 1, reason: reason)
        return false
      }
      report.ledger.add(event: select)
      report.events += 1
      report.lastSeq += 1
      report.lastHash = chain.head
    }
    return count == Self.pieceCount && report.isIntact
  }

  /// The next row; notes in the report when it cannot be read.
  private func next(_ select: Statement, _ report: inout ChainReport) throws(StoreError) -> Bool {
    do {
      return try select.step()
    } catch {
      guard error.code == .corrupt else { throw error }
      report.firstFault = ChainReport.Fault(seq: report.lastSeq + 1, reason: .unreadable)
      return false
    }
  }

  private func check(
    _ row: Statement, _ chain: inout EventChain, after last: Int64
  ) throws(StoreError) -> ChainReport.Reason? {
    let seq = row.integer(0)
    guard seq == last + 1 else { return .missing }
    guard let stream = streams[row.integer(1)] else { return .unknownStream }
    guard let event = EventRecord(row: row, stream: stream) else { return .changed }
    encoder.encode(event, seq: seq)
    let hash = encoder.bytes.withUnsafeBytes { chain.append($0) }
    return row.withBytes(8) { Digest($0) } == hash ? nil : .changed
  }

  /// The chain's hash at an event, or at a checkpoint where retention has cut the event; `nil` where there is neither.
  static func hash(at seq: Int64, _ connection: Connection) throws(StoreError) -> Digest? {
    if seq == 0 { return .zero }
    for table in ["events", "checkpoints"] {
      let select = try connection.cached("SELECT hash FROM \(table) WHERE seq = ?")
      if let bytes = try select.firstRow([.integer(seq)], { $0.bytes(0) }) { return Digest(bytes) }
    }
    return nil
  }
}

extension EventRecord {
  /// The columns that ``init(row:stream:)`` reads.
  static let columns =
    "seq, stream, ts, received_at, signal, event_id, correlation_id, body_digest, hash, payload, corrects, redactions"

  /// Reads the columns in the order of the table; `nil` for a row that no writer of ours can have made.
  init?(row: Statement, stream: StreamTable.Stream) {
    guard let digest = row.withBytes(7, { Digest($0) }), let number = UInt8(exactly: row.integer(4)),
      let signal = EventSignal(rawValue: number)
    else { return nil }
    self.init(
      eventId: row.text(5), type: stream.type, ts: Timestamp(microseconds: row.integer(2)), source: stream.source,
      correlationId: row.optionalText(6), payload: row.bytes(9), bodyDigest: digest,
      receivedAt: Timestamp(microseconds: row.integer(3)), signal: signal, corrects: row.optionalText(10),
      redactions: row.isNull(11) ? nil : row.bytes(11))
  }
}
