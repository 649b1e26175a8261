package import CTJSON

/// What keeps the log provable and of a bearable size.
package protocol LogKeeper: Sendable {
  /// The last checkpoint; `nil` before the first.
  func lastCheckpoint() async throws(StoreError) -> Checkpoint?

  /// Signs the log's end; `nil` when the log is empty. Done again before anything was appended, it changes nothing.
  func makeCheckpoint() async throws(StoreError) -> Checkpoint?

  /// Removes the events up to the last checkpoint that was made before `limit`. Intake goes on meanwhile, and a cut that
  /// was interrupted is finished by the next one. The ids of the events stay known.
  /// - Returns: how many events were removed.
  func cut(before limit: Timestamp) async throws(StoreError) -> Int
}

extension SQLiteStore: LogKeeper {
  private static let cutSlice = 1000

  package func lastCheckpoint() async throws(StoreError) -> Checkpoint? {
    let key = keys.checkpoint
    return try await read { connection throws(StoreError) in
      try CheckpointTable(connection: connection, key: key).last()
    }
  }

  package func makeCheckpoint() async throws(StoreError) -> Checkpoint? {
    let key = keys.checkpoint
    _ = try await perform { session, now throws(StoreError) in
      let table = CheckpointTable(connection: session.connection, key: key)
      return Int(try table.make(at: session.log.head, now)?.seq ?? 0)
    }
    return try await lastCheckpoint()
  }

  package func cut(before limit: Timestamp) async throws(StoreError) -> Int {
    let key = keys.checkpoint
    _ = try await perform { session, _ throws(StoreError) in
      let table = CheckpointTable(connection: session.connection, key: key)
      return Int(try table.raiseFloor(before: limit, projected: session.projector.seq))
    }
    var removed = 0
    while true {
      let count = try await perform { session, _ throws(StoreError) in
        try CheckpointTable(connection: session.connection, key: key).deleteCut(limit: Self.cutSlice)
      }
      removed += count
      if count < Self.cutSlice { return removed }
    }
  }
}
