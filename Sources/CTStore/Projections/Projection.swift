package import CTJSON

/// Something derived from the log, such as the state of the systems.
///
/// A projection is applied to every event once, in the order of the log, in the same transaction that moves its offset:
/// a crash neither loses nor doubles an effect. It must depend on nothing but the events (no clock, no randomness), so
/// that making it again from the first event gives the same rows; and not on how the events fall into batches.
///
/// Who opens the store brings projections of its own along (``SQLiteStore/open(directory:options:projections:)``), and
/// reads their rows with ``SQLiteStore/projected(_:)``.
package protocol Projection: Sendable {
  /// The name under which its offset is kept.
  var name: String { get }
  /// Raised when the rows must be made again from the first event.
  var version: Int64 { get }
  /// The tables that it writes, and nobody else does.
  var tables: [String] { get }
  /// The statements that make its tables and their indexes; empty when the store's own schema has them. A new version
  /// drops the tables and makes them again.
  var schema: String { get }
  /// The types of the events whose ``ProjectedEvent/detail`` it needs; others are read without.
  var detailTypes: Set<String> { get }
  /// Takes account of the next events.
  func apply(_ events: [ProjectedEvent], to connection: Connection) throws(StoreError)
}

extension Projection {
  package var schema: String { "" }
  package var detailTypes: Set<String> { [] }

  /// Removes its rows, or makes its tables.
  func clear(_ connection: Connection) throws(StoreError) {
    for table in tables {
      try connection.run(schema.isEmpty ? "DELETE FROM \(table)" : "DROP TABLE IF EXISTS \(table)")
    }
    if !schema.isEmpty { try connection.execute(schema) }
  }
}

/// The projections that every store has.
enum Projections {
  static let all: [any Projection] = [SystemsProjection()]
}

/// What projections see of an event.
package struct ProjectedEvent: Sendable {
  package let seq: Int64
  package let source: String
  package let type: String
  package let ts: Timestamp
  package let receivedAt: Timestamp
  package let signal: EventSignal
  /// There when some projection asks for it: a projection may get it for types that it did not name.
  package let detail: Detail?

  /// What is read of an event only where it is asked for.
  package struct Detail: Sendable {
    package let eventId: String
    package let correlationId: String?
    /// A JSON object, redacted.
    package let payload: [UInt8]
  }

  /// When it happened, but not later than it arrived: a producer's clock that is ahead moves nothing into the future.
  package var happenedAt: Timestamp { min(ts, receivedAt) }
}
