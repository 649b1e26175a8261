package import CTJSON

/// What keeps the log provable and of a bearable size.
package protocol LogKeeper: Sendable {
  /// The last checkpoint; `nil` before the first.
  func lastCheckpoint() async throws(StoreError) -> Checkpoint?

  /// Signs the log's end; `nil` when the log is empty. Done again before anything was appended, it changes nothing.
  func makeCheckpoint() async throws(StoreError) -> Checkpoint?

  /// What ``expire(before:pause:forget:)`` would remove and keep now.
  func expiry(before limit: Timestamp) async throws(StoreError) -> ExpiryReport

  /// Removes the events that the tower received before `limit`, but for those that are held; ids stay known.
  ///
  /// What is removed is the beginning of the log: it ends before the first event that was received at or after `limit`,
  /// so that a clock that was ahead for a while only delays a removal. What goes is verified first, and a checkpoint is
  /// signed where the rest begins. Intake goes on meanwhile, and a removal that was interrupted is finished by the next.
  /// - Parameters:
  ///   - pause: how long to wait after each small batch.
  ///   - forget: called with the events of a batch before they are removed, so that what belongs to them goes first.
  func expire(
    before limit: Timestamp, pause: Duration, forget: @Sendable ([ExpiredEvent]) async throws -> Void
  ) async throws -> ExpiryReport

  /// The events that only a hold keeps.
  func heldEvents() async throws(StoreError) -> [ExpiredEvent]

  /// Gives free pages of the database back to the file system, in small steps, when they have become many.
  func shrink(pause: Duration) async throws
}

extension SQLiteStore: LogKeeper {
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
}
