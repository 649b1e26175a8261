import CTCrypto
import CTJSON

/// The writing side of the log. It works inside a transaction that its caller begins and ends; when that is rolled
/// back, the caller must ``restore(_:)`` the mark it took before.
final class EventLog {
  let streams = StreamTable()
  private let connection: Connection
  private let insertId: Statement
  private let selectId: Statement
  private let insertEvent: Statement
  private var encoder = EventEncoder()
  private var chain = EventChain(head: .zero)
  private var last: Int64 = 0

  /// The last event of the log: its place and its hash.
  struct Head: Equatable, Sendable {
    let seq: Int64
    let hash: Digest
  }

  struct Mark {
    fileprivate let head: Head
    fileprivate let streams: Int
  }

  /// So many bytes of a body's digest are in the ledger.
  static let digestPrefix = 16

  init(_ connection: Connection) throws(StoreError) {
    self.connection = connection
    insertId = try connection.prepare("INSERT INTO event_ids VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
    selectId = try connection.prepare("SELECT seq, body_digest FROM event_ids WHERE event_id = ?1")
    insertEvent = try connection.prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    try streams.load(from: connection)
    let head = try Self.head(connection)
    last = head.seq
    chain.reset(to: head.hash)
  }

  var head: Head { Head(seq: last, hash: chain.head) }

  /// The last event in the database; the last checkpoint when retention has cut the log behind the last event: what is
  /// left of it then are events that a hold keeps.
  static func head(_ connection: Connection) throws(StoreError) -> Head {
    var head = Head(seq: 0, hash: .zero)
    for table in ["events", "checkpoints"] {
      let select = try connection.cached("SELECT seq, hash FROM \(table) ORDER BY seq DESC LIMIT 1")
      let last = try select.firstRow(
        [], { row throws(StoreError) in Head(seq: row.integer(0), hash: try row.digest(1)) })
      if let last, last.seq > head.seq { head = last }
    }
    return head
  }

  var mark: Mark { Mark(head: head, streams: streams.count) }

  func restore(_ mark: Mark) {
    last = mark.head.seq
    chain.reset(to: mark.head.hash)
    streams.truncate(to: mark.streams)
  }

  /// Appends one event, or finds that its id was there before. An `invalid-argument` leaves nothing behind; after any
  /// other error the transaction must be rolled back.
  func append(_ event: EventRecord) throws(StoreError) -> AppendOutcome {
    let stream = StreamTable.Stream(source: event.source, type: event.type)
    let known = streams.number(of: stream)
    guard known != nil || streams.count < StreamTable.limit else {
      throw StoreError(.invalidArgument, "there are already \(StreamTable.limit) pairs of source and type")
    }
    let seq = last + 1
    encoder.encode(event, seq: seq)
    guard try claimId(seq: seq) else { return try duplicate(of: event) }
    let number = if let known { known } else { try add(stream) }
    try insert(event, seq: seq, stream: number)
    last = seq
    return .accepted(seq: seq)
  }

  /// Writes the id into the ledger; `false` when it is there already.
  private func claimId(seq: Int64) throws(StoreError) -> Bool {
    try withEncoding { bytes throws(StoreError) in
      let digest = bytes[EventEncoder.bodyDigest].prefix(Self.digestPrefix)
      insertId.bindInPlace(1, text: UnsafeRawBufferPointer(rebasing: bytes[encoder.eventId]))
      insertId.bind(2, seq)
      insertId.bindInPlace(3, blob: UnsafeRawBufferPointer(rebasing: digest))
      try insertId.finish()
      return connection.changes == 1
    }
  }

  private func insert(_ event: EventRecord, seq: Int64, stream: Int64) throws(StoreError) {
    try withEncoding { bytes throws(StoreError) in
      let hash = chain.append(bytes)
      try hash.withUnsafeBytes { hash throws(StoreError) in
        insertEvent.bind(1, seq)
        insertEvent.bind(2, stream)
        insertEvent.bind(3, event.ts.microseconds)
        insertEvent.bind(4, event.receivedAt.microseconds)
        insertEvent.bind(5, Int64(event.signal.rawValue))
        insertEvent.bindInPlace(6, text: UnsafeRawBufferPointer(rebasing: bytes[encoder.eventId]))
        bind(7, encoder.correlationId, of: bytes)
        insertEvent.bindInPlace(8, blob: UnsafeRawBufferPointer(rebasing: bytes[EventEncoder.bodyDigest]))
        insertEvent.bindInPlace(9, blob: hash)
        insertEvent.bindInPlace(10, text: UnsafeRawBufferPointer(rebasing: bytes[encoder.payload]))
        bind(11, encoder.corrects, of: bytes)
        bind(12, encoder.redactions, of: bytes)
        try insertEvent.finish()
      }
    }
  }

  private func bind(_ column: Int32, _ range: Range<Int>?, of bytes: UnsafeRawBufferPointer) {
    if let range {
      insertEvent.bindInPlace(column, text: UnsafeRawBufferPointer(rebasing: bytes[range]))
    } else {
      insertEvent.bindNull(column)
    }
  }

  private func duplicate(of event: EventRecord) throws(StoreError) -> AppendOutcome {
    let digest = event.bodyDigest.bytes.prefix(Self.digestPrefix)
    let outcome = try selectId.firstRow([.text(event.eventId)]) { row in
      AppendOutcome.duplicate(
        bodyMatches: row.withBytes(1) { ConstantTime.areEqual($0, digest) }, seq: row.integer(0))
    }
    guard let outcome else { throw StoreError(.corrupt, "the ledger refuses an id that it does not hold") }
    return outcome
  }

  private func add(_ stream: StreamTable.Stream) throws(StoreError) -> Int64 {
    try connection.run(
      "INSERT INTO streams VALUES (?, ?, ?)", .integer(streams.count + 1), .text(stream.source), .text(stream.type))
    return streams.add(stream)
  }

  private func withEncoding<Result>(
    _ body: (UnsafeRawBufferPointer) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    try encoder.bytes.withUnsafeBufferPointer { bytes throws(StoreError) in try body(UnsafeRawBufferPointer(bytes)) }
  }
}
