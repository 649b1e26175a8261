package import CTCrypto
package import CTJSON

/// What an export reads; a store that is open, or only its files.
package protocol LogSource: Sendable {
  /// Events after a place in the log, in the log's order.
  func tail(after seq: Int64, limit: Int) async throws(StoreError) -> [StoredEvent]

  func documents(
    in collection: String, after id: String?, descending: Bool, limit: Int
  ) async throws(StoreError) -> [Document]

  /// The state of the systems as the projections have it.
  func projectedSystems(asOf: Timestamp) async throws(StoreError) -> SystemsSnapshot

  func lastCheckpoint() async throws(StoreError) -> Checkpoint?

  /// The chain's hash at a place: of an event, of a checkpoint where the event is gone, or before the first.
  func hash(at seq: Int64) async throws(StoreError) -> Digest?

  /// The last event that retention has cut; 0 when it has cut none.
  func floor() async throws(StoreError) -> Int64

  func schemaVersion() async throws(StoreError) -> Int
}

/// Reads the files of a store that this or another process has open, or nobody. It gives way to everything else.
package final class StoreReader: LogSource {
  private let readers: ReaderPool

  package init(directory: String) throws(StoreError) {
    let file = DatabaseFile(directory: directory, options: StoreOptions())
    guard Files.exists(file.path) else {
      throw StoreError(.notATowerDatabase, "there is no tower.db in \(directory)")
    }
    readers = try ReaderPool(file: file, threads: 1, isBackground: true)
  }

  deinit { readers.abandon() }

  package func close() async { await readers.close() }

  /// Events after a place in the log, in the log's order, without their `correctedBy`: the log has the corrections, too.
  package func tail(after seq: Int64, limit: Int) async throws(StoreError) -> [StoredEvent] {
    try await readers.read { reader throws(StoreError) in
      try EventLister(reader: reader).tail(after: seq, limit: limit, corrections: false)
    }
  }

  package func documents(
    in collection: String, after id: String?, descending: Bool, limit: Int
  ) async throws(StoreError) -> [Document] {
    try await readers.read { reader throws(StoreError) in
      try reader.documents.list(collection, after: id, descending: descending, limit: limit)
    }
  }

  package func projectedSystems(asOf: Timestamp) async throws(StoreError) -> SystemsSnapshot {
    try await readers.read { reader throws(StoreError) in
      try reader.snapshot { () throws(StoreError) in try SystemsProjection.read(reader.connection, asOf: asOf) }
    }
  }

  /// The last checkpoint; its signature is not looked at, which needs the key.
  package func lastCheckpoint() async throws(StoreError) -> Checkpoint? {
    try await readers.read { reader throws(StoreError) in
      try reader.connection.cached("SELECT \(Checkpoint.columns) FROM checkpoints ORDER BY seq DESC LIMIT 1")
        .firstRow([]) { Checkpoint(row: $0) } ?? nil
    }
  }

  /// The last event of the log.
  package func lastSeq() async throws(StoreError) -> Int64 {
    try await readers.read { reader throws(StoreError) in try EventLog.head(reader.connection).seq }
  }

  package func hash(at seq: Int64) async throws(StoreError) -> Digest? {
    try await readers.read { reader throws(StoreError) in try ChainVerifier.hash(at: seq, reader.connection) }
  }

  package func floor() async throws(StoreError) -> Int64 {
    try await readers.read { reader throws(StoreError) in
      try reader.connection.integer("SELECT floor FROM retention") ?? 0
    }
  }

  package func schemaVersion() async throws(StoreError) -> Int {
    try await readers.read { reader throws(StoreError) in try Migrator.check(reader.connection) }
  }
}

extension SQLiteStore: LogSource {
  package func projectedSystems(asOf: Timestamp) async throws(StoreError) -> SystemsSnapshot {
    try await systems(asOf: asOf)
  }

  package func hash(at seq: Int64) async throws(StoreError) -> Digest? {
    try await read { connection throws(StoreError) in try ChainVerifier.hash(at: seq, connection) }
  }

  package func floor() async throws(StoreError) -> Int64 {
    try await read { connection throws(StoreError) in try connection.integer("SELECT floor FROM retention") ?? 0 }
  }

  package func schemaVersion() async throws(StoreError) -> Int {
    try await read { connection throws(StoreError) in try Migrator.check(connection) }
  }
}
