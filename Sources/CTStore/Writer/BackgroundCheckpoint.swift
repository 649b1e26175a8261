import Synchronization

/// A copy of the write-ahead log into the database on a thread and a connection of its own, while the writer goes on
/// (PASSIVE, sqlite.org/c3ref/wal_checkpoint_v2.html). It cannot empty a log that grows meanwhile; what is left for the
/// writer to copy is little.
///
/// Where it fails, all of it is left: SQLite counts as copied only what is synced.
final class BackgroundCheckpoint: Sendable {
  private let isOver = Atomic(false)
  private let end = Semaphore()

  /// Starts it, or throws where no thread can be had.
  init(_ file: DatabaseFile) throws(StoreError) {
    try WorkerThread.start(name: "ct-checkpoint") { [self] in
      _ = try? file.openCheckpointer().checkpoint()
      isOver.store(true, ordering: .releasing)
      end.signal()
    }
  }

  var hasEnded: Bool { isOver.load(ordering: .acquiring) }

  /// Waits until it has ended.
  func wait() {
    end.wait()
    end.signal()
  }
}
