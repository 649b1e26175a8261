/// Heartbeat (seed, section 4.1): how long a system may be silent, counted in business hours only. Anything that arrives
/// from it is a sign of life.
package struct HeartbeatPolicy: Sendable, Hashable {
  /// Silent for longer than this, in microseconds of business time, is amber.
  package var amber: Int64 = 15 * Span.minute
  /// Silent for longer is red.
  package var red: Int64 = 60 * Span.minute
  package var window: Int64 = 7 * Span.day
  /// The part of the business time of a window in which a system may be silent for longer than `amber`.
  package var allowedSilence = 0.01

  package init() {}

  func status(gap: Int64) -> ObjectiveStatus { gap > red ? .red : gap > amber ? .amber : .green }
}
