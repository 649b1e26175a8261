/// Why the store could not do something. What a caller may switch on is ``code``; the rest is for people.
package struct StoreError: Error, Sendable, Equatable {
  package enum Code: String, Sendable {
    /// The intake queue is full; the same call may succeed in a moment.
    case overloaded
    /// Somebody else holds the database's write lock for longer than the busy timeout.
    case busy
    /// The disk has taken a write and does not come back.
    case stalled
    /// No space is left; appending works again by itself once there is some.
    case diskFull = "disk-full"
    /// Reading, writing or syncing failed. Nothing is acknowledged until the store has re-opened and verified itself.
    case inputOutput = "input-output"
    /// The file system or the file became read-only.
    case readOnly = "read-only"
    /// The database file is damaged, or its audit chain is broken at the end.
    case corrupt
    /// The store was closed, or is closing.
    case closed
    /// Another process, or another store of this one, has the directory open.
    case inUse = "in-use"
    /// The file in the directory is not a tower's database.
    case notATowerDatabase = "not-a-tower-database"
    /// The database was written by a newer version of this program.
    case newerSchema = "newer-schema"
    /// The database was written by an older version, and has not been opened by this one yet.
    case olderSchema = "older-schema"
    /// The key file is missing, unreadable, or not the one that this database was made with.
    case key
    /// An argument is out of its documented bounds.
    case invalidArgument = "invalid-argument"
    /// The cursor is none of this store's, or was changed.
    case invalidCursor = "invalid-cursor"
    /// The cursor belongs to a query with another filter.
    case cursorOfOtherFilter = "cursor-of-other-filter"
    /// A write's precondition does not hold; nothing of its batch was written.
    case preconditionFailed = "precondition-failed"
    /// Anything else that SQLite reports.
    case other
  }

  package let code: Code
  package let message: String
  /// SQLite's extended result code (sqlite.org/rescode.html); `nil` where the error is not SQLite's.
  package let extendedCode: Int32?
  /// The statement that failed.
  package let sql: String?

  package init(_ code: Code, _ message: String, extendedCode: Int32? = nil, sql: String? = nil) {
    self.code = code
    self.message = message
    self.extendedCode = extendedCode
    self.sql = sql
  }

  /// What an operator can do about it.
  package var hint: String {
    switch code {
    case .overloaded: "Send again after the time in Retry-After; the disk commits more slowly than events arrive."
    case .busy: "Close other programs that write to the database, such as an open sqlite3 shell."
    case .stalled: "Look at the disk, or at the network that it is on; intake goes on when it answers."
    case .diskFull: "Free space on the data directory's file system; intake goes on by itself."
    case .inputOutput: "Look at the kernel log for the disk; the store re-opens by itself when it can write again."
    case .readOnly: "Remount the data directory's file system writable and check the files' permissions."
    case .corrupt:
      "Keep the files and restore the last backup beside them; `control-tower verify` names the first touched event."
    case .closed: "The tower is stopping."
    case .inUse: "Stop the other tower, or give this one a data directory of its own."
    case .notATowerDatabase: "Point --data at a tower's directory; `serve` and `demo` make a new one."
    case .olderSchema: "Start this version of the tower once: it brings the database up to date."
    case .newerSchema: "Run the version of the tower that wrote it, or a later one."
    case .key: "Restore the key file that belongs to this database from the backup; it is not in the database."
    case .invalidArgument, .invalidCursor, .cursorOfOtherFilter, .preconditionFailed: "Change the request."
    case .other: "Report this with the message and the code."
    }
  }

  /// Whether the same call may succeed later with nothing changed by the caller.
  package var isTransient: Bool {
    switch code {
    case .overloaded, .busy, .stalled, .diskFull, .inputOutput, .readOnly, .corrupt, .closed: true
    default: false
    }
  }
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    let number = extendedCode.map { " (SQLite \($0))" } ?? ""
    let statement = sql.map { " in: \($0)" } ?? ""
    return "\(code.rawValue): \(message)\(number)\(statement). \(hint)"
  }
}
