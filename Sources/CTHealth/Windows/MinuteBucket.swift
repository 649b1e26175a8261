package import CTJSON

/// What arrived from one system in one minute of the tower's clock.
package struct MinuteBucket: Sendable, Hashable {
  /// Minutes since 1970; see ``Span/minuteNumber(_:)``.
  package let minute: Int64
  package var events = 0
  package var errors = 0
  /// When the first and the last of them arrived.
  package var first: Timestamp
  package var last: Timestamp
  /// From when it happened, by the sender's clock, until it arrived; never negative.
  package var latency = LatencyHistogram()

  /// A minute with one event in it.
  package init(at receivedAt: Timestamp, ts: Timestamp, isError: Bool) {
    minute = Span.minuteNumber(receivedAt.microseconds)
    first = receivedAt
    last = receivedAt
    add(at: receivedAt, ts: ts, isError: isError)
  }

  package init(
    minute: Int64, events: Int, errors: Int, first: Timestamp, last: Timestamp, latency: LatencyHistogram
  ) {
    self.minute = minute
    self.events = events
    self.errors = errors
    self.first = first
    self.last = last
    self.latency = latency
  }

  /// Counts an event that arrived in this minute.
  package mutating func add(at receivedAt: Timestamp, ts: Timestamp, isError: Bool) {
    events += 1
    if isError { errors += 1 }
    first = min(first, receivedAt)
    last = max(last, receivedAt)
    latency.record(receivedAt.microseconds - ts.microseconds)
  }

  package mutating func merge(_ other: MinuteBucket) {
    events += other.events
    errors += other.errors
    first = min(first, other.first)
    last = max(last, other.last)
    latency.add(other.latency)
  }
}
