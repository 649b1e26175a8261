import CSQLite
import CTCrypto
import CTJSON

/// The writer's open database: everything that is made anew when the store re-opens after an I/O error.
final class WriterSession {
  let connection: Connection
  let log: EventLog
  let documents: DocumentTable
  let projector: Projector
  private let file: DatabaseFile
  private let walCounter = WALCounter()
  /// Frames of the log that were there after the last checkpoint.
  private var copiedFrames = 0
  private var copy: BackgroundCheckpoint?

  init(
    file: DatabaseFile, projections: [any Projection], options: StoreOptions = StoreOptions()
  ) throws(StoreError) {
    self.file = file
    connection = try file.openWriter()
    log = try EventLog(connection)
    documents = DocumentTable(connection: connection)
    projector = try Projector(connection, streams: log.streams, projections: projections, options: options)
    connection.countWALFrames(into: walCounter)
    connection.timeSyncs()
  }

  deinit {
    // The directory is given up after this, and nobody may write to it then.
    copy?.wait()
  }

  /// Events that the projections have not seen yet.
  var lag: Int64 { log.head.seq - projector.seq }

  /// Whether some projection can go on now.
  var hasProjectionWork: Bool { projector.hasWork(upTo: log.head.seq) }

  /// Copies the log into the database when it has grown by so many frames: beside the writer, then what is left between two
  /// commits. SQLite's own auto-checkpoint does all of it in a commit, whose events wait for it.
  ///
  /// A log that is four times as long is waited for, so that it does not grow without end.
  func checkpoint(over frames: Int) throws(StoreError) {
    if walCounter.frames < copiedFrames { copiedFrames = 0 }
    let new = walCounter.frames - copiedFrames
    guard new >= frames else { return }
    if let copy {
      guard copy.hasEnded || new >= 4 * frames else { return }
      self.copy = nil
      copy.wait()
    } else {
      copy = try? BackgroundCheckpoint(file)
      // Where no thread can be had the writer does all of it.
      if copy != nil { return }
    }
    _ = try connection.checkpoint()
    // The next commit begins the log anew, unless somebody still reads it.
    copiedFrames = walCounter.frames
  }

  /// Copies the whole log and empties it.
  func checkpointFully() throws(StoreError) {
    copy?.wait()
    _ = try connection.checkpoint(SQLITE_CHECKPOINT_TRUNCATE)
    walCounter.frames = 0
    copiedFrames = 0
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
