import CSQLite
package import CTCrypto
internal import CTJSON

/// Copies of a database that a tower may be writing to meanwhile.
package enum DatabaseCopy {
  /// What a copy holds, as its check found it.
  package struct Facts: Sendable, Hashable {
    package let schemaVersion: Int
    /// Events that are in it, and the last one with its hash.
    package let events: Int64
    package let lastSeq: Int64
    package let lastHash: Digest
  }

  /// Pages that are copied at once: a megabyte.
  private static let pagesAtOnce: Int32 = 256

  /// Copies the database of a directory as it is at one moment (sqlite.org/backup.html). Blocks.
  ///
  /// It reads within one transaction, so that what is written meanwhile does not make it begin again; the write-ahead log
  /// cannot be emptied until it is done.
  /// - Parameters:
  ///   - file: must not exist.
  ///   - progress: called with pages that are copied and pages in all; may wait, and may throw to give up.
  package static func make(
    of directory: String, to file: String, progress: (Int, Int) throws -> Void = { _, _ in }
  ) throws {
    guard !Files.exists(file) else { throw StoreError(.invalidArgument, "\(file) is there already") }
    try Files.createPrivateFile(file)
    let source = try DatabaseFile(directory: directory, options: StoreOptions()).openReader()
    guard try Migrator.check(source) > 0 else {
      throw StoreError(.notATowerDatabase, "\(directory) has no tower's database")
    }
    let target = try Connection(path: file, mode: .readWrite)
    try source.execute("BEGIN")
    _ = try source.integer("SELECT seq FROM events LIMIT 1")
    defer { source.rollBack() }
    try copy(source, to: target, progress)
    // The copy is one file, with no log beside it.
    try target.execute("PRAGMA journal_mode = DELETE")
    try Files.sync(file)
  }

  private static func copy(
    _ source: Connection, to target: Connection, _ progress: (Int, Int) throws -> Void
  ) throws {
    guard let backup = sqlite3_backup_init(target.handle, "main", source.handle, "main") else {
      throw StoreError(sqlite: sqlite3_extended_errcode(target.handle), message: nil, sql: "backup")
    }
    var status = SQLITE_OK
    do {
      while status == SQLITE_OK {
        status = sqlite3_backup_step(backup, pagesAtOnce)
        let all = Int(sqlite3_backup_pagecount(backup))
        try progress(all - Int(sqlite3_backup_remaining(backup)), all)
      }
    } catch {
      sqlite3_backup_finish(backup)
      throw error
    }
    let end = sqlite3_backup_finish(backup)
    guard status == SQLITE_DONE, end == SQLITE_OK else {
      throw StoreError(sqlite: status == SQLITE_DONE ? end : status, message: nil, sql: "backup")
    }
  }

  /// Checks a copy: SQLite's own integrity check, the whole audit chain, and every signature. Blocks.
  /// - Parameter keyDirectory: where the `digest.key` is that belongs to it.
  package static func check(_ file: String, keyDirectory: String) throws(StoreError) -> Facts {
    let connection = try Connection(path: file, mode: .readOnly)
    let version = try Migrator.check(connection)
    guard version > 0 else { throw StoreError(.notATowerDatabase, "\(file) is no tower's database") }
    let keys = StoreKeys(secret: try KeyFile.load(directory: keyDirectory, mayCreate: false))
    try keys.check(connection)
    let answer = try connection.cached("PRAGMA integrity_check(1)").firstRow([]) { $0.text(0) }
    guard answer == "ok" else { throw StoreError(.corrupt, "\(file): \(answer ?? "no answer")") }
    let report = try SQLiteStore.verifyChain(connection, keys)
    if let fault = report.firstFault {
      throw StoreError(.corrupt, "\(file): event \(fault.seq) is wrong (\(fault.reason.rawValue))")
    }
    let events = try connection.integer("SELECT count(*) FROM events") ?? 0
    return Facts(schemaVersion: version, events: events, lastSeq: report.lastSeq, lastHash: report.lastHash)
  }
}

extension StoreKeys {
  /// Refuses a database that was made with another key.
  func check(_ connection: Connection) throws(StoreError) {
    let noted = try connection.cached("SELECT value FROM meta WHERE name = 'key_identifier'").firstRow([]) {
      $0.bytes(0)
    }
    guard noted == identifier else {
      throw StoreError(.key, "\(KeyFile.name) is not the key that this database was made with")
    }
  }
}
