package import CTJSON

/// The minutes of the recent past in which something arrived from a system, and what they add up to. Its size is that of
/// the window, whatever the number of events.
package struct MinuteWindow: Sendable {
  /// How many minutes it reaches back.
  private let length: Int64
  /// In the order of time. Those before `head` have left the window.
  private var buckets: [MinuteBucket] = []
  private var head = 0
  package private(set) var events = 0
  package private(set) var errors = 0
  package private(set) var latency = LatencyHistogram()

  package init(minutes: Int64) { length = minutes }

  package var isEmpty: Bool { head == buckets.count }

  /// Counts an event.
  package mutating func record(at receivedAt: Timestamp, ts: Timestamp, isError: Bool) {
    let minute = Span.minuteNumber(receivedAt.microseconds)
    guard let last = buckets.indices.last, last >= head, buckets[last].minute == minute else {
      return add(MinuteBucket(at: receivedAt, ts: ts, isError: isError))
    }
    buckets[last].add(at: receivedAt, ts: ts, isError: isError)
    events += 1
    if isError { errors += 1 }
    latency.record(receivedAt.microseconds - ts.microseconds)
  }

  /// Adds a minute, or what is new of one.
  package mutating func add(_ bucket: MinuteBucket) {
    events += bucket.events
    errors += bucket.errors
    latency.add(bucket.latency)
    // A clock that was set back makes minutes come again; there are never many behind the right place.
    var place = buckets.count
    while place > head, buckets[place - 1].minute > bucket.minute { place -= 1 }
    if place > head, buckets[place - 1].minute == bucket.minute {
      buckets[place - 1].merge(bucket)
    } else {
      buckets.insert(bucket, at: place)
    }
  }

  /// Lets go of the minutes that are further back than the window reaches.
  package mutating func expire(at now: Timestamp) {
    let limit = Span.minuteNumber(now.microseconds) - length
    while head < buckets.count, buckets[head].minute <= limit {
      events -= buckets[head].events
      errors -= buckets[head].errors
      latency.subtract(buckets[head].latency)
      buckets[head].latency = LatencyHistogram()
      head += 1
    }
    if head > 64, head * 2 > buckets.count {
      buckets.removeSubrange(..<head)
      head = 0
    }
  }

  /// Errors in the last so many minutes, the current one included.
  package func errors(inLast minutes: Int64, at now: Timestamp) -> Int {
    let limit = Span.minuteNumber(now.microseconds) - minutes
    var sum = 0
    for index in stride(from: buckets.count - 1, through: head, by: -1) {
      if buckets[index].minute <= limit { break }
      sum += buckets[index].errors
    }
    return sum
  }

  /// Minutes that it holds.
  package var minutes: Int { buckets.count - head }

  /// The minutes that it holds, in the order of time.
  package var all: ArraySlice<MinuteBucket> { buckets[head...] }
}
