import CSQLite

extension StoreError {
  /// The error for one of SQLite's extended result codes.
  init(sqlite status: Int32, message: String?, sql: String?) {
    let text = message ?? String(cString: sqlite3_errstr(status))
    self.init(Self.code(for: status), text, extendedCode: status, sql: sql)
  }

  private static func code(for status: Int32) -> Code {
    switch status & 0xff {
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    case SQLITE_FULL: .diskFull
    case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PROTOCOL: .inputOutput
    case SQLITE_READONLY, SQLITE_PERM: .readOnly
    case SQLITE_CORRUPT: .corrupt
    case SQLITE_NOTADB: .notATowerDatabase
    default: .other
    }
  }
}
