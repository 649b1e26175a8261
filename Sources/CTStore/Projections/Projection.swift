import CTJSON

/// Something derived from the log, such as the state of the systems.
///
/// A projection is applied to every event once, in the order of the log, in the same transaction that moves its offset:
/// a crash neither loses nor doubles an effect. It must depend on nothing but the events (no clock, no randomness), so
/// that making it again from the first event gives the same rows; and not on how the events fall into batches.
protocol Projection: Sendable {
  /// The name under which its offset is kept.
  var name: String { get }
  /// Raised when the rows must be made again from the first event.
  var version: Int64 { get }
  /// The tables that it writes, and nobody else does.
  var tables: [String] { get }
  /// Takes account of the next events.
  func apply(_ events: [ProjectedEvent], to connection: Connection) throws(StoreError)
}

extension Projection {
  /// Removes its rows.
  func clear(_ connection: Connection) throws(StoreError) {
    for table in tables { try connection.run("DELETE FROM \(table)") }
  }
}

/// The projections of a tower.
enum Projections {
  static let all: [any Projection] = [SystemsProjection()]
}

/// What projections see of an event.
struct ProjectedEvent {
  let seq: Int64
  let source: String
  let type: String
  let ts: Timestamp
  let receivedAt: Timestamp
  let signal: EventSignal

  /// When it happened, but not later than it arrived: a producer's clock that is ahead moves nothing into the future.
  var happenedAt: Timestamp { min(ts, receivedAt) }
}
