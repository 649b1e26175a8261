package import CTJSON

/// Where the tower keeps what happened and what state things are in.
///
/// The protocol asks for no more than an embedded database and a document store can both do: an append-only log,
/// documents with preconditions, commits of several writes, and cursors. No joins, no queries in a language.
///
/// Every method may be called from any task, and none blocks the thread that it is called on.
package protocol Store: Sendable {
  /// Appends an event to the log, and returns when it is on disk.
  ///
  /// An event whose id the store has ever seen is not stored again. Throws `overloaded` when too much is waiting; after
  /// any error the caller may send the event again, as it can be there only once.
  func append(_ event: EventRecord) async throws(StoreError) -> AppendOutcome

  /// Does all of the writes or none, and returns when they are on disk; the outcomes are those of the appended events.
  func commit(_ writes: [Write]) async throws(StoreError) -> [AppendOutcome]

  /// A page of events, newest first by `ts`, then by the log's order.
  ///
  /// Following ``EventPage/next`` visits every event that was there at the first page once, whatever is appended
  /// meanwhile.
  /// - Parameter limit: 1 to 1,000.
  func events(
    matching filter: EventFilter, after cursor: EventCursor?, limit: Int
  ) async throws(StoreError) -> EventPage

  /// The event with this id; `nil` when there is none.
  func event(id: String) async throws(StoreError) -> StoredEvent?

  /// Events after a place in the log, in the log's order: what live readers and fan-out follow.
  func tail(after seq: Int64, limit: Int) async throws(StoreError) -> [StoredEvent]

  /// Returns when there are events after a place in the log, when the store closes, or when the task is cancelled.
  func appended(after seq: Int64) async

  /// The state of the systems, which takes account of every event acknowledged before the call.
  func systems(asOf: Timestamp) async throws(StoreError) -> SystemsSnapshot

  func document(_ key: DocumentKey) async throws(StoreError) -> Document?

  /// Documents of a collection by id, from the one after `id` on.
  func documents(
    in collection: String, after id: String?, descending: Bool, limit: Int
  ) async throws(StoreError) -> [Document]

  /// Whether writes may be expected to succeed, and how far the log and the projections are.
  var health: StoreHealth { get }

  /// Serves what waits, then closes the files. The store refuses everything afterwards.
  func close() async
}
