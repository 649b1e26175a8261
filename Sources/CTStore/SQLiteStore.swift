package import CTJSON

/// A store in one directory, in an SQLite database that no other process may have open.
///
///     let store = try await SQLiteStore.open(directory: "data")
///     let outcome = try await store.append(event)  // on disk when it returns
///     await store.close()
///
/// One thread writes and some read; see ``Writer`` and ``ReaderPool``.
package final class SQLiteStore: Store {
  /// The keys that belong to this store.
  package let keys: StoreKeys
  private let queue: WriterQueue
  private let status: StoreStatus
  private let readers: ReaderPool
  private let writerEnd: Gate
  private let cursors: CursorCoder
  private let file: DatabaseFile

  /// Opens the store in `directory`, which is created if there is none.
  ///
  /// Throws `in-use` when another process has it open, `newer-schema` when a later version has written it, and `key`
  /// when the key file beside the database is not its own.
  /// - Parameter projections: what is derived from the log beside the store's own; each name once.
  package static func open(
    directory: String, options: StoreOptions = StoreOptions(), projections: [any Projection] = []
  ) async throws(StoreError) -> SQLiteStore {
    try Files.createDirectory(directory)
    let lock = try DirectoryLock(directory: directory)
    let file = DatabaseFile(directory: directory, options: options)
    let isNew = !Files.exists(file.path)
    let keys = StoreKeys(secret: try KeyFile.load(directory: directory, mayCreate: isNew))
    try Files.createPrivateFile(file.path)
    let writer = try await WriterThread.start(
      file: file, options: options, projections: Projections.all + projections, keys: keys, lock: lock)
    try Files.syncDirectory(directory)
    return SQLiteStore(
      keys: keys, writer: writer, readers: try ReaderPool(file: file, threads: options.readers), file: file)
  }

  private init(keys: StoreKeys, writer: WriterThread, readers: ReaderPool, file: DatabaseFile) {
    self.keys = keys
    self.readers = readers
    self.file = file
    queue = writer.queue
    status = writer.status
    writerEnd = writer.end
    cursors = CursorCoder(key: keys.cursor)
  }

  deinit {
    readers.abandon()
    queue.close()
  }

  package var health: StoreHealth {
    var health = status.current
    health.waitingWrites = queue.count
    return health
  }

  package func append(_ event: EventRecord) async throws(StoreError) -> AppendOutcome {
    if let fault = event.fault { throw fault }
    return try await submit { .append(event, $0) }
  }

  package func commit(_ writes: [Write]) async throws(StoreError) -> [AppendOutcome] {
    for case .append(let event) in writes {
      if let fault = event.fault { throw fault }
    }
    return try await submit { .commit(writes, $0) }
  }

  package func events(
    matching filter: EventFilter, after cursor: EventCursor? = nil, limit: Int
  ) async throws(StoreError) -> EventPage {
    guard (1...1000).contains(limit) else { throw StoreError(.invalidArgument, "a page has 1 to 1000 events") }
    let start: CursorCoder.Place? = if let cursor { try cursors.decode(cursor, filter: filter) } else { nil }
    let page = try await readers.read { reader throws(StoreError) in
      try EventLister(reader: reader).page(matching: filter, before: start, limit: limit)
    }
    return EventPage(events: page.events, next: page.next.map { cursors.encode($0, filter: filter) })
  }

  package func event(id: String) async throws(StoreError) -> StoredEvent? {
    try await readers.read { reader throws(StoreError) in try EventLister(reader: reader).event(id: id) }
  }

  package func tail(after seq: Int64, limit: Int) async throws(StoreError) -> [StoredEvent] {
    try await readers.read { reader throws(StoreError) in
      try EventLister(reader: reader).tail(after: seq, limit: limit)
    }
  }

  package func appended(after seq: Int64) async { await status.commits.wait(after: seq) }

  package func systems(asOf: Timestamp) async throws(StoreError) -> SystemsSnapshot {
    try await projected { connection throws(StoreError) in try SystemsProjection.read(connection, asOf: asOf) }
  }

  /// Reads the rows of projections, on one state of the database that takes account of every event acknowledged before
  /// the call. A store that cannot write still answers with what it has; the projections' offsets tell.
  package func projected<Value: Sendable>(
    _ body: @escaping @Sendable (Connection) throws(StoreError) -> Value
  ) async throws(StoreError) -> Value {
    let health = status.current
    if health.isWritable, health.projectedSeq < health.acknowledgedSeq {
      let _: Int64 = try await submit { .project($0) }
    }
    return try await readers.read { reader throws(StoreError) in
      try reader.snapshot { () throws(StoreError) in try body(reader.connection) }
    }
  }

  /// Events after a place in the log as projections see them: far less work than ``tail(after:limit:)``.
  package func signals(
    after seq: Int64, limit: Int, detailTypes: Set<String>
  ) async throws(StoreError) -> [ProjectedEvent] {
    try await readers.read { reader throws(StoreError) in
      try reader.snapshot { () throws(StoreError) in
        try reader.streams.load(from: reader.connection)
        return try ProjectedEventReader(
          connection: reader.connection, streams: reader.streams, detailTypes: detailTypes
        ).read(after: seq, limit: limit)
      }
    }
  }

  /// How many documents a collection has.
  package func count(in collection: String) async throws(StoreError) -> Int {
    try await read { connection throws(StoreError) in
      Int(try connection.integer("SELECT count(*) FROM documents WHERE collection = ?", .text(collection)) ?? 0)
    }
  }

  package func document(_ key: DocumentKey) async throws(StoreError) -> Document? {
    try await readers.read { reader throws(StoreError) in try reader.documents.get(key) }
  }

  package func documents(
    in collection: String, after id: String? = nil, descending: Bool = false, limit: Int
  ) async throws(StoreError) -> [Document] {
    try await readers.read { reader throws(StoreError) in
      try reader.documents.list(collection, after: id, descending: descending, limit: limit)
    }
  }

  package func close() async {
    await readers.close()
    queue.close()
    await writerEnd.opened()
  }

  /// Runs `body` on the writer's thread, in a transaction of its own that is on disk when this returns.
  func perform(
    _ body: @escaping @Sendable (WriterSession, Timestamp) throws(StoreError) -> Int
  ) async throws(StoreError) -> Int {
    try await submit { .perform(body, $0) }
  }

  /// Runs `body` on a reader's thread.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Connection) throws(StoreError) -> Value
  ) async throws(StoreError) -> Value {
    try await readers.read { reader throws(StoreError) in try body(reader.connection) }
  }

  private func submit<Value: Sendable>(
    _ command: (Command.Reply<Value>) -> Command
  ) async throws(StoreError) -> Value {
    // What waits already has to wait for the disk; nobody else should.
    if let stall = status.stall { throw stall }
    let result: Result<Value, StoreError> = await withUnsafeContinuation { reply in
      if let error = queue.submit(command(reply)) { reply.resume(returning: .failure(error)) }
    }
    return try result.get()
  }
}
