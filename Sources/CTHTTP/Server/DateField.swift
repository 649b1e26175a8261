import Glibc

/// A date as HTTP and mail write it (RFC 9110, section 5.6.7; RFC 5322, section 3.3).
package enum FixedDate {
  /// Such as `Sat, 27 Sep 2025 10:05:00`, in UTC, without a zone.
  ///
  /// - Parameter second: seconds since 1970-01-01T00:00:00Z.
  package static func text(second: Int) -> String {
    var second = time_t(second)
    var parts = tm()
    gmtime_r(&second, &parts)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let date = "\(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900)"
    let time = "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
    return "\(days[Int(parts.tm_wday)]), \(date) \(time)"
  }

  private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// The `Date` line (RFC 9110, sections 5.6.7 and 6.6.1), made once a second.
struct DateField {
  private var second: time_t = -1
  private(set) var line: [UInt8] = []

  mutating func refresh() {
    // The coarse clock is a read of memory; it may lag by some milliseconds.
    var now = timespec()
    clock_gettime(CLOCK_REALTIME_COARSE, &now)
    guard now.tv_sec != second else { return }
    second = now.tv_sec
    line = Self.line(for: second)
  }

  static func line(for second: time_t) -> [UInt8] { Array("Date: \(FixedDate.text(second: second)) GMT\r\n".utf8) }
}
