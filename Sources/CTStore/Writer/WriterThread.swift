import CTCrypto

/// The writer's thread as the rest of the store sees it.
struct WriterThread: Sendable {
  let queue: WriterQueue
  let status: StoreStatus
  /// Opens when the thread has closed the database and given up the lock.
  let end: Gate

  /// Starts the thread and returns when the database is open.
  static func start(
    file: DatabaseFile, options: StoreOptions, projections: [any Projection], keys: StoreKeys, lock: DirectoryLock
  ) async throws(StoreError) -> WriterThread {
    let thread = WriterThread(
      queue: WriterQueue(maximumCount: options.queueCapacity, maximumBytes: options.queueBytes),
      status: StoreStatus(stallLimit: options.stallLimit), end: Gate())
    let opened: Result<Void, StoreError> = await withCheckedContinuation { reply in
      do throws(StoreError) {
        try WorkerThread.start(name: "ct-writer") {
          let error = thread.run(file: file, options: options, projections: projections, keys: keys, opened: reply)
          lock.release()
          thread.status.commits.close()
          if let error { reply.resume(returning: .failure(error)) }
          thread.end.open()
        }
      } catch {
        reply.resume(returning: .failure(error))
      }
    }
    try opened.get()
    return thread
  }

  /// Opens the database, tells so, and serves the queue to its end; or returns why the database cannot be opened.
  private func run(
    file: DatabaseFile, options: StoreOptions, projections: [any Projection], keys: StoreKeys,
    opened: CheckedContinuation<Result<Void, StoreError>, Never>
  ) -> StoreError? {
    do throws(StoreError) {
      let writer = try Writer(
        file: file, options: options, queue: queue, status: status, projections: projections)
      if let connection = writer.connection { try Self.check(keys, connection) }
      opened.resume(returning: .success(()))
      writer.run()
      return nil
    } catch {
      return error
    }
  }

  /// Notes in a new database which key file it belongs to; refuses a known one that belongs to another.
  private static func check(_ keys: StoreKeys, _ connection: Connection) throws(StoreError) {
    let noted = try connection.cached("SELECT value FROM meta WHERE name = 'key_identifier'").firstRow([]) {
      $0.bytes(0)
    }
    if noted == keys.identifier { return }
    guard noted == nil else {
      throw StoreError(.key, "\(KeyFile.name) is not the key that this database was made with")
    }
    try connection.run("INSERT INTO meta VALUES ('key_identifier', ?)", .blob(keys.identifier))
  }
}
