internal import CTJSON

/// When people work: weekdays and times in a time zone, without holidays.
package struct BusinessHours: Sendable, Hashable {
  /// An IANA name, such as `Europe/London`.
  package var timeZone: String
  /// 1 is Monday, 7 Sunday (ISO 8601).
  package var weekdays: Set<Int>
  /// Minutes after midnight by the clock on the wall.
  package var opens: Int
  /// Minutes after midnight; later than `opens`, 1440 at most.
  package var closes: Int
  /// Days from 1970-01-01 (``Timestamp/days(ofDate:)``) on which nobody works.
  package var holidays: Set<Int64>

  package init(
    timeZone: String = "Europe/London", weekdays: Set<Int> = [1, 2, 3, 4, 5], opens: Int = 9 * 60,
    closes: Int = 17 * 60 + 30, holidays: Set<Int64> = []
  ) {
    self.timeZone = timeZone
    self.weekdays = weekdays
    self.opens = opens
    self.closes = closes
    self.holidays = holidays
  }

  func isOpen(onDay day: Int64) -> Bool {
    // 1970-01-01 was a Thursday.
    let weekday = Int((day + 3) - 7 * ((day + 3) / 7 - ((day + 3) % 7 < 0 ? 1 : 0))) + 1
    return weekdays.contains(weekday) && !holidays.contains(day)
  }
}
