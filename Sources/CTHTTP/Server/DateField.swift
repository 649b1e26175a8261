import Glibc

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

  static func line(for second: time_t) -> [UInt8] {
    var second = second
    var parts = tm()
    gmtime_r(&second, &parts)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let date = "\(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900)"
    let time = "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
    return Array("Date: \(days[Int(parts.tm_wday)]), \(date) \(time) GMT\r\n".utf8)
  }

  private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
