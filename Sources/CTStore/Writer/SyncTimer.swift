import CSQLite
import Synchronization

/// Times the syncs of a connection's write-ahead log, by standing before the file's own methods
/// (sqlite.org/c3ref/io_methods.html).
///
/// The file is known by its address, as a callback of C can carry nothing; what belongs to it is in one table, from which
/// the file's closing removes it.
struct SyncTimer {
  // @unchecked Sendable, like Tables below, for the pointers alone: they are to tables of functions that nobody changes
  // or frees, SQLite's own and those that `methods(before:)` makes. The rest is values, which only `tables` holds, under
  // its lock.
  private struct Entry: @unchecked Sendable {
    let original: UnsafePointer<sqlite3_io_methods>
    var times = DurationHistogram()
  }

  private struct Tables: @unchecked Sendable {
    var entries: [UInt: Entry] = [:]
    /// Our methods before each of the tables that files come with: one for each file system.
    var methods: [UnsafePointer<sqlite3_io_methods>: UnsafePointer<sqlite3_io_methods>] = [:]
  }

  private static let tables = Mutex(Tables())

  private let address: UInt

  /// `nil` where the connection has no write-ahead log open.
  init?(_ file: UnsafeMutablePointer<sqlite3_file>?) {
    guard let file, let original = file.pointee.pMethods else { return nil }
    let address = UInt(bitPattern: file)
    self.address = address
    Self.tables.withLock { tables in
      tables.entries[address] = Entry(original: original)
      if tables.methods[original] == nil { tables.methods[original] = Self.methods(before: original) }
      file.pointee.pMethods = tables.methods[original]
    }
  }

  /// Syncs since the start.
  var times: DurationHistogram {
    Self.tables.withLock { [address] in $0.entries[address]?.times } ?? DurationHistogram()
  }

  private static func methods(
    before original: UnsafePointer<sqlite3_io_methods>
  ) -> UnsafePointer<sqlite3_io_methods> {
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    methods.initialize(to: original.pointee)
    methods.pointee.xSync = { file, flags in SyncTimer.sync(file, flags) }
    methods.pointee.xClose = { file in SyncTimer.close(file) }
    return UnsafePointer(methods)
  }

  private static func sync(_ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32) -> Int32 {
    let address = UInt(bitPattern: file)
    guard let original = tables.withLock({ $0.entries[address]?.original }) else { return SQLITE_IOERR }
    let start = Clock.nanoseconds
    let status = original.pointee.xSync(file, flags)
    let duration = Clock.nanoseconds - start
    tables.withLock { $0.entries[address]?.times.record(nanoseconds: duration) }
    return status
  }

  private static func close(_ file: UnsafeMutablePointer<sqlite3_file>?) -> Int32 {
    let address = UInt(bitPattern: file)
    guard let original = tables.withLock({ $0.entries.removeValue(forKey: address)?.original }) else {
      return SQLITE_IOERR
    }
    file?.pointee.pMethods = original
    return original.pointee.xClose(file)
  }
}
