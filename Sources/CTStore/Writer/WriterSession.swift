import CSQLite
import CTCrypto
import CTJSON

/// The writer's open database: everything that is made anew when the store re-opens after an I/O error.
final class WriterSession {
  let connection: Connection
  let log: EventLog
  let documents: DocumentTable
  let projector: Projector
  private let walCounter = WALCounter()

  init(
    file: DatabaseFile, projections: [any Projection], options: StoreOptions = StoreOptions()
  ) throws(StoreError) {
    connection = try file.openWriter()
    log = try EventLog(connection)
    documents = DocumentTable(connection: connection)
    projector = try Projector(connection, streams: log.streams, projections: projections, options: options)
    connection.countWALFrames(into: walCounter)
    connection.timeSyncs()
  }

  /// Events that the projections have not seen yet.
  var lag: Int64 { log.head.seq - projector.seq }

  /// Whether some projection can go on now.
  var hasProjectionWork: Bool { projector.hasWork(upTo: log.head.seq) }

  /// Copies the log into the database when it has grown long. It runs between two commits and not in one, as SQLite's
  /// own auto-checkpoint does: the events of the commit are then acknowledged before it, not after it.
  func checkpoint(over frames: Int) throws(StoreError) {
    guard walCounter.frames >= frames else { return }
    _ = try connection.checkpoint()
    walCounter.frames = 0
  }

  /// Copies the whole log and empties it.
  func checkpointFully() throws(StoreError) {
    _ = try connection.checkpoint(SQLITE_CHECKPOINT_TRUNCATE)
    walCounter.frames = 0
  }

  /// Proves, after an I/O error, that nothing acknowledged is missing and that the disk takes writes again.
  ///
  /// An fsync that failed may have marked pages as written that are not (the kernel reports such an error once). So
  /// the whole write-ahead log is copied into the database, which writes and syncs every page of it again, and then
  /// one commit of our own must succeed.
  func verify(acknowledged: EventLog.Head) throws(StoreError) {
    try checkpointFully()
    try verifyTail()
    guard log.head.seq >= acknowledged.seq,
      try ChainVerifier.hash(at: acknowledged.seq, connection) == acknowledged.hash
    else { throw StoreError(.corrupt, "after an I/O error, acknowledged events are missing or changed") }
    try probe()
  }

  /// Refuses a log whose last events are not as they were written: nothing is to be chained to them.
  func verifyTail() throws(StoreError) {
    let report = try ChainVerifier(connection).verify(after: max(0, log.head.seq - 1000))
    guard let fault = report.firstFault else { return }
    throw StoreError(.corrupt, "event \(fault.seq) is not as it was recorded (\(fault.reason.rawValue))")
  }

  /// One commit of our own, synced like any other.
  func probe() throws(StoreError) {
    try connection.transaction { () throws(StoreError) in
      try connection.run(
        "INSERT OR REPLACE INTO meta VALUES ('probed_at', CAST(? AS BLOB))", .integer(Clock.now.microseconds))
    }
  }
}
