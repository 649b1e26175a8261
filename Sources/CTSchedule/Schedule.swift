package import CTJSON
package import Foundation

/// When something is done by itself.
package enum Schedule: Sendable, Hashable {
  /// Once on every local date, at a time of day. Where clocks are put forward and the time does not exist, at the first
  /// instant after the gap; where they are put back and it comes twice, the first time.
  case daily(LocalTime, TimeZone)
  /// Again and again, so many seconds after the last time.
  case every(seconds: Int)
}

/// A time of day, to the minute.
package struct LocalTime: Sendable, Hashable {
  package let hour: Int
  package let minute: Int

  /// `nil` for what is no time of day.
  package init?(hour: Int, minute: Int) {
    guard 0...23 ~= hour, 0...59 ~= minute else { return nil }
    self.hour = hour
    self.minute = minute
  }

  /// Reads `08:00`; `nil` for anything else.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
      [0, 1, 3, 4].allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[$0] }), let hour = Int(text.prefix(2)),
      let minute = Int(text.suffix(2))
    else { return nil }
    self.init(hour: hour, minute: minute)
  }
}

/// A date of the calendar in some time zone, such as 2025-09-27.
package struct LocalDate: Sendable, Hashable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// The date that it is somewhere at an instant.
  package init(of instant: Timestamp, in zone: TimeZone) {
    let parts = Calendar.gregorian(zone).dateComponents([.year, .month, .day], from: instant.date)
    // All three were asked for.
    year = parts.year ?? 0
    month = parts.month ?? 0
    day = parts.day ?? 0
  }

  /// Reads `2025-09-27`; `nil` for what is no date.
  package init?(_ text: String) {
    guard Timestamp.days(ofDate: text.utf8) != nil, let instant = Timestamp(text + "T00:00:00Z") else { return nil }
    self.init(of: instant, in: .gmt)
  }

  /// The first instant at or after this time of day on this date.
  package func instant(at time: LocalTime, in zone: TimeZone) -> Timestamp {
    let calendar = Calendar.gregorian(zone)
    // Noon exists on every date everywhere that has the date at all.
    let noon = calendar.date(from: DateComponents(year: year, month: month, day: day, hour: 12)) ?? .distantPast
    let parts = DateComponents(hour: time.hour, minute: time.minute, second: 0)
    let found = calendar.nextDate(
      after: calendar.startOfDay(for: noon).addingTimeInterval(-1), matching: parts, matchingPolicy: .nextTime,
      repeatedTimePolicy: .first, direction: .forward)
    return Timestamp(found ?? noon)
  }

  /// The date so many days later.
  package func adding(days: Int) -> LocalDate {
    let calendar = Calendar.gregorian(.gmt)
    let noon = calendar.date(from: DateComponents(year: year, month: month, day: day, hour: 12)) ?? .distantPast
    return LocalDate(of: Timestamp(noon.addingTimeInterval(Double(days) * 86_400)), in: .gmt)
  }
}

extension LocalDate: CustomStringConvertible, Comparable {
  package var description: String {
    func digits(_ number: Int, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))"
  }

  package static func < (a: Self, b: Self) -> Bool { (a.year, a.month, a.day) < (b.year, b.month, b.day) }
}

extension Timestamp {
  var date: Date { Date(timeIntervalSince1970: Double(microseconds) / 1_000_000) }

  init(_ date: Date) {
    self.init(microseconds: Int64((date.timeIntervalSince1970 * 1_000_000).rounded()))
  }
}

extension Calendar {
  static func gregorian(_ zone: TimeZone) -> Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return calendar
  }
}
