package import CTJSON

/// Business hours on the time line: how much of a span is business time, and when so much of it will have passed.
///
/// Days are worked out when they are first needed, and kept: a value is cheap to copy and knows its own cache.
package struct BusinessCalendar: Sendable {
  private let hours: BusinessHours
  private let zone: Zone
  /// The open part of each known day, in microseconds since 1970; empty on a day off.
  private var days: [Int64: Range<Int64>] = [:]
  /// Offsets from UTC by the quarter of an hour: no zone has changed its own within one since 1970. Asking for one takes
  /// longer than everything else here.
  private var offsets: [Int64: Int64] = [:]

  private static let day: Int64 = 86_400
  private static let second: Int64 = 1_000_000
  /// So many days are looked through for the next business day; further ahead lies none that matters.
  private static let horizon: Int64 = 400
  private static let maximumKept = 1000

  /// Why hours cannot be used; for the person who wrote them.
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  package init(_ hours: BusinessHours) throws(Fault) {
    guard let zone = Zone(hours.timeZone) else {
      throw Fault(
        description:
          "there is no time zone '\(hours.timeZone)'; write a name of the IANA database, such as Europe/London")
    }
    guard hours.opens < hours.closes, hours.opens >= 0, hours.closes <= 1440 else {
      throw Fault(description: "business hours have to close after they open, on the same day")
    }
    guard !hours.weekdays.isEmpty else { throw Fault(description: "business hours need at least one weekday") }
    self.hours = hours
    self.zone = zone
  }

  /// Microseconds of business time from one instant to a later one; 0 when it is not later.
  package mutating func businessTime(from start: Timestamp, to end: Timestamp) -> Int64 {
    guard start < end else { return 0 }
    var total: Int64 = 0
    let first = localDay(start)
    let last = max(first, localDay(end))
    // Longer silences are all the same.
    for day in max(first, last - Self.horizon)...last {
      let open = open(day)
      let from = max(open.lowerBound, start.microseconds)
      let to = min(open.upperBound, end.microseconds)
      if from < to { total += to - from }
    }
    return total
  }

  /// The instant at which so much business time (in microseconds, more than 0) has passed since another one; `nil` when
  /// that is more than a year ahead.
  package mutating func instant(after start: Timestamp, businessTime: Int64) -> Timestamp? {
    var rest = businessTime
    let first = localDay(start)
    for day in first..<first + Self.horizon {
      let open = open(day)
      let from = max(open.lowerBound, start.microseconds)
      guard from < open.upperBound else { continue }
      if open.upperBound - from >= rest { return Timestamp(microseconds: from + rest) }
      rest -= open.upperBound - from
    }
    return nil
  }

  /// Whether people work at an instant.
  package mutating func isOpen(at instant: Timestamp) -> Bool { open(localDay(instant)).contains(instant.microseconds) }

  /// The day of the calendar on the wall, in days from 1970-01-01.
  package mutating func localDay(_ instant: Timestamp) -> Int64 {
    let seconds = Self.floor(instant.microseconds, Self.second)
    return Self.floor(seconds + offset(at: seconds), Self.day)
  }

  private mutating func offset(at second: Int64) -> Int64 {
    let quarter = Self.floor(second, 900)
    if let known = offsets[quarter] { return known }
    if offsets.count >= Self.maximumKept { offsets.removeAll() }
    let offset = zone.offset(at: second)
    offsets[quarter] = offset
    return offset
  }

  private mutating func open(_ day: Int64) -> Range<Int64> {
    if let known = days[day] { return known }
    if days.count >= Self.maximumKept { days.removeAll() }
    let range: Range<Int64>
    if hours.isOpen(onDay: day) {
      let opens = zone.instant(ofLocal: day * Self.day + Int64(hours.opens) * 60)
      let closes = zone.instant(ofLocal: day * Self.day + Int64(hours.closes) * 60)
      range = opens * Self.second..<max(opens, closes) * Self.second
    } else {
      range = 0..<0
    }
    days[day] = range
    return range
  }

  private static func floor(_ a: Int64, _ b: Int64) -> Int64 { a / b - (a % b < 0 ? 1 : 0) }
}
