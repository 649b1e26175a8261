import CSQLite

/// A connection to one SQLite database. Not Sendable: it stays on the thread that opened it.
package final class Connection {
  let handle: OpaquePointer
  private var cache: [String: Statement] = [:]
  private var syncTimer: SyncTimer?

  enum Mode {
    /// Opens for reading and writing; creates the file.
    case readWrite
    case readOnly
  }

  /// - Parameters:
  ///   - vfs: the name of a registered SQLite file system; `nil` for the system's own.
  ///   - busyTimeout: how long a statement waits for another's lock, in milliseconds.
  init(path: String, mode: Mode, vfs: String? = nil, busyTimeout: Int32 = 5000) throws(StoreError) {
    let access =
      switch mode {
      case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .readOnly: SQLITE_OPEN_READONLY
      }
    var opened: OpaquePointer?
    // NOMUTEX: the connection never leaves its thread (sqlite.org/threadsafe.html, "multi-thread").
    let status = sqlite3_open_v2(path, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vfs)
    guard status == SQLITE_OK, let opened else {
      let error = StoreError(sqlite: status, message: opened.map { String(cString: sqlite3_errmsg($0)) }, sql: nil)
      sqlite3_close_v2(opened)
      throw error
    }
    handle = opened
    sqlite3_busy_timeout(opened, busyTimeout)
  }

  deinit {
    // "v2" defers the closing until the last statement, which some owner may hold for a moment longer, is finalized.
    sqlite3_close_v2(handle)
  }

  /// Compiles one statement.
  func prepare(_ sql: String) throws(StoreError) -> Statement {
    var prepared: OpaquePointer?
    let status = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard status == SQLITE_OK, let prepared else { throw error(status, sql: sql) }
    return Statement(handle: prepared, connection: handle)
  }

  /// The statement for `sql`, compiled at its first use.
  package func cached(_ sql: String) throws(StoreError) -> Statement {
    if let statement = cache[sql] { return statement }
    let statement = try prepare(sql)
    cache[sql] = statement
    return statement
  }

  /// Runs statements that return nothing of interest, such as a schema.
  package func execute(_ sql: String) throws(StoreError) {
    let status = sqlite3_exec(handle, sql, nil, nil, nil)
    if status != SQLITE_OK { throw error(status, sql: sql) }
  }

  /// Runs a cached statement with values.
  package func run(_ sql: String, _ values: SQLValue...) throws(StoreError) { try cached(sql).run(values) }

  /// The first column of the first row of a cached statement.
  package func integer(_ sql: String, _ values: SQLValue...) throws(StoreError) -> Int64? {
    let statement = try cached(sql)
    return try statement.firstRow(values) { $0.isNull(0) ? nil : $0.integer(0) } ?? nil
  }

  /// Runs `body` between BEGIN and COMMIT, or undoes all that it did.
  func transaction<Result>(
    _ begin: String = "BEGIN IMMEDIATE", _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    try run(begin)
    do {
      let result = try body()
      try run("COMMIT")
      return result
    } catch {
      rollBack()
      throw error
    }
  }

  /// Undoes the open transaction, if there is one: after some errors SQLite has done so already
  /// (sqlite.org/lang_transaction.html, section 2.3).
  func rollBack() {
    if sqlite3_get_autocommit(handle) == 0 { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
  }

  /// Rows that the last statement inserted, changed or deleted.
  package var changes: Int { Int(sqlite3_changes64(handle)) }

  /// The number of frames in the write-ahead log, counted by the commits of this connection; see ``WALCounter``.
  func countWALFrames(into counter: WALCounter) {
    sqlite3_wal_hook(
      handle,
      { context, _, _, frames in
        if let context { Unmanaged<WALCounter>.fromOpaque(context).takeUnretainedValue().frames = Int(frames) }
        return SQLITE_OK
      }, Unmanaged.passUnretained(counter).toOpaque())
  }

  /// Times the syncs of the write-ahead log from now on.
  func timeSyncs() {
    var file: UnsafeMutablePointer<sqlite3_file>?
    guard sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file) == SQLITE_OK else { return }
    syncTimer = SyncTimer(file)
  }

  /// How long syncs took since ``timeSyncs()``.
  var syncTimes: DurationHistogram { syncTimer?.times ?? DurationHistogram() }

  /// Copies the log into the database file (sqlite.org/c3ref/wal_checkpoint_v2.html).
  /// - Returns: frames in the log and frames of it that are copied.
  func checkpoint(_ mode: Int32 = SQLITE_CHECKPOINT_PASSIVE) throws(StoreError) -> (frames: Int, copied: Int) {
    var frames: Int32 = 0
    var copied: Int32 = 0
    let status = sqlite3_wal_checkpoint_v2(handle, nil, mode, &frames, &copied)
    if status != SQLITE_OK { throw error(status, sql: "wal_checkpoint") }
    return (Int(frames), Int(copied))
  }

  private func error(_ status: Int32, sql: String?) -> StoreError {
    StoreError(sqlite: status, message: String(cString: sqlite3_errmsg(handle)), sql: sql)
  }
}

/// How many frames the write-ahead log had after the last commit. Its owner keeps it alive longer than the connection.
final class WALCounter {
  var frames = 0
}
