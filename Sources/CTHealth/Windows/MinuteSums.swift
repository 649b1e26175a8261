package import CTJSON

/// Two numbers that are summed over the recent past, to the minute: such as runs that went well and that did not.
package struct MinuteSums: Sendable {
  private struct Entry: Sendable {
    let minute: Int64
    var first: Int64
    var second: Int64
  }

  private let length: Int64
  private var entries: [Entry] = []
  private var head = 0
  package private(set) var first: Int64 = 0
  package private(set) var second: Int64 = 0

  package init(minutes: Int64) { length = minutes }

  package var isEmpty: Bool { head == entries.count }

  package mutating func add(_ first: Int64, _ second: Int64, at instant: Timestamp) {
    let minute = Span.minuteNumber(instant.microseconds)
    self.first += first
    self.second += second
    var place = entries.count
    while place > head, entries[place - 1].minute > minute { place -= 1 }
    if place > head, entries[place - 1].minute == minute {
      entries[place - 1].first += first
      entries[place - 1].second += second
    } else {
      entries.insert(Entry(minute: minute, first: first, second: second), at: place)
    }
  }

  package mutating func expire(at now: Timestamp) {
    let limit = Span.minuteNumber(now.microseconds) - length
    while head < entries.count, entries[head].minute <= limit {
      first -= entries[head].first
      second -= entries[head].second
      head += 1
    }
    if head > 64, head * 2 > entries.count {
      entries.removeSubrange(..<head)
      head = 0
    }
  }
}
