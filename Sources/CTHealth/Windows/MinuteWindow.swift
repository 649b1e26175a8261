package import CTJSON

/// The minutes of the recent past in which something arrived from a system, and what they add up to. Its size is that of
/// the window, whatever the number of events.
package struct MinuteWindow: Sendable {
  /// How many minutes it reaches back.
  private let length: Int64
  /// How many minutes latencies are kept for; no more than `length`.
  private let latencyLength: Int64
  /// In the order of time. Those before `head` have left the window.
  private var buckets: [MinuteBucket] = []
  private var head = 0
  /// The first bucket whose latencies count; not before `head`.
  private var latencyHead = 0
  /// Of the minutes for which latencies are kept.
  package private(set) var latency = LatencyHistogram()

  package init(minutes: Int64, latencyMinutes: Int64) {
    length = minutes
    latencyLength = min(minutes, latencyMinutes)
  }

  package var isEmpty: Bool { head == buckets.count }

  /// Counts an event.
  package mutating func record(at receivedAt: Timestamp, ts: Timestamp, isError: Bool) {
    let minute = Span.minuteNumber(receivedAt.microseconds)
    guard let last = buckets.indices.last, last >= latencyHead, buckets[last].minute == minute else {
      return add(MinuteBucket(at: receivedAt, ts: ts, isError: isError))
    }
    buckets[last].add(at: receivedAt, ts: ts, isError: isError)
    latency.record(receivedAt.microseconds - ts.microseconds)
  }

  /// Adds a minute, or what is new of one.
  package mutating func add(_ bucket: MinuteBucket) {
    // A clock that was set back makes minutes come again; there are never many behind the right place.
    var place = buckets.count
    while place > head, buckets[place - 1].minute > bucket.minute { place -= 1 }
    if place > head, buckets[place - 1].minute == bucket.minute {
      buckets[place - 1].merge(bucket)
      place -= 1
    } else {
      buckets.insert(bucket, at: place)
      if place < latencyHead { latencyHead += 1 }
    }
    if place < latencyHead { buckets[place].latency = LatencyHistogram() } else { latency.add(bucket.latency) }
  }

  /// Lets go of the minutes that are further back than the window reaches.
  package mutating func expire(at now: Timestamp) {
    let minute = Span.minuteNumber(now.microseconds)
    while latencyHead < buckets.count, buckets[latencyHead].minute <= minute - latencyLength {
      latency.subtract(buckets[latencyHead].latency)
      buckets[latencyHead].latency = LatencyHistogram()
      latencyHead += 1
    }
    while head < latencyHead, buckets[head].minute <= minute - length { head += 1 }
    if head > 64, head * 2 > buckets.count {
      buckets.removeSubrange(..<head)
      latencyHead -= head
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
