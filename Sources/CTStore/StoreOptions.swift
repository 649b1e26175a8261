package import CTJSON

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
  /// From so many writes at a time on it is waited for more before they are made one transaction.
  package var gatherFrom = 4
  /// How long at a time, in microseconds; less while the disk syncs faster than that.
  package var gatherMicroseconds = 400
  /// How often in a row.
  package var gatherPauses = 2
  /// So many writes are not waited for more of.
  package var gatherEnough = 32
  /// Frames (4 KiB each) in the write-ahead log after which it is copied into the database.
  ///
  /// Measured with 64 tasks that append in a loop (events a second; p99): 500: 22,000 to 23,000, 7 to 8 ms; 1,000: 21,000
  /// to 31,000, 7 to 14 ms; 4,000: 27,000 to 36,000, 8 to 11 ms; 8,000: 29,000 to 35,000, 10 to 12 ms. The floor program,
  /// over HTTP and so not quite comparable: 18,000 to 20,000, 13 to 20 ms.
  package var checkpointFrames = 4000
  /// How long events wait for the projections, in milliseconds; not at all where somebody asks for what is projected.
  package var projectionDelay = 50
  /// The first wait before the store is opened again after an I/O error, in milliseconds; it doubles up to 30 s.
  package var reopenDelay = 100
  /// How long one group of writes may take before the disk counts as one that does not answer, in milliseconds.
  package var stallLimit = 5000
  /// When an event that a projection cannot take is tried again, and when it becomes a dead letter.
  package var projectionRetries = RetryPolicy()
  /// How often it is looked whether such an event is due, in milliseconds: by the wall clock, which may jump.
  package var projectionRetryPause = 500
  /// The wall clock.
  package var now: @Sendable () -> Timestamp = { Clock.now }
  /// What jitter and ids are drawn from.
  package var seed = UInt64.random(in: .min ... .max)
  /// The SQLite file system to use; `nil` for the system's own. Tests inject faults with it.
  package var vfs: String?

  package init() {}
}
