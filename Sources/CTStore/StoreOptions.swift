/// How a store is opened. The defaults are for production.
package struct StoreOptions: Sendable {
  /// Threads that read, each with a connection of its own.
  package var readers = 2
  /// Writes that may wait; more are refused as `overloaded`.
  package var queueCapacity = 8192
  /// Bytes of waiting writes; more are refused as `overloaded`.
  package var queueBytes = 32 << 20
  /// Writes in one transaction at most, so that nobody waits for a transaction without end.
  package var batchLimit = 1024
  /// Frames (4 KiB each) in the write-ahead log after which it is copied into the database.
  package var checkpointFrames = 4000
  /// How long events may wait for the projections while more keep arriving, in milliseconds.
  package var projectionDelay = 20
  /// The first wait before the store is opened again after an I/O error, in milliseconds; it doubles up to 30 s.
  package var reopenDelay = 100
  /// The SQLite file system to use; `nil` for the system's own. Tests inject faults with it.
  package var vfs: String?

  package init() {}
}
