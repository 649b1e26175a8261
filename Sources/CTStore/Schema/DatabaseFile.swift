import CSQLite

/// The database of a data directory, and the settings that its connections have.
struct DatabaseFile: Sendable {
  let path: String
  let vfs: String?

  init(directory: String, options: StoreOptions) {
    path = directory + "/tower.db"
    vfs = options.vfs
  }

  /// Opens the one connection that writes, and brings the schema up to date.
  func openWriter() throws(StoreError) -> Connection {
    let connection = try Connection(path: path, mode: .readWrite, vfs: vfs)
    // Before the first table, and before anything else writes to the file: later it needs a VACUUM.
    if try Migrator.check(connection) == 0 { try connection.execute("PRAGMA auto_vacuum = INCREMENTAL") }
    try requireWAL(connection)
    // FULL: the log is synced in every commit (sqlite.org/pragma.html#pragma_synchronous).
    // recursive_triggers: REPLACE asks the DELETE triggers. cache_size is in KiB when negative.
    try connection.execute(
      """
      PRAGMA synchronous = FULL; PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF;
      PRAGMA cache_size = -16384; PRAGMA journal_size_limit = 67108864;
      """)
    try Migrator.migrate(connection)
    return connection
  }

  func openReader() throws(StoreError) -> Connection {
    let connection = try Connection(path: path, mode: .readOnly, vfs: vfs)
    try connection.execute("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -4096;")
    return connection
  }

  /// Opens a connection that copies the write-ahead log into the database, and nothing else.
  func openCheckpointer() throws(StoreError) -> Connection {
    let connection = try Connection(path: path, mode: .readWrite, vfs: vfs)
    // A connection has a log to copy only once it has read something. FULL: the database is synced.
    try connection.execute("PRAGMA synchronous = FULL; SELECT count(*) FROM sqlite_schema;")
    return connection
  }

  /// The journal mode is kept in the file; a file system without shared memory refuses it.
  private func requireWAL(_ connection: Connection) throws(StoreError) {
    let mode = try connection.cached("PRAGMA journal_mode = WAL").firstRow([]) { $0.text(0) }
    guard mode == "wal" else {
      throw StoreError(.other, "this file system has no write-ahead log (\(mode ?? "no mode"))")
    }
  }
}
