internal import CTJSON

/// An instant as people in the digest's zone read it off a clock.
struct LocalTime {
  private let text: String
  private let days: Int64

  init(_ time: Timestamp, offsetMinutes: Int) {
    text = Timestamp(microseconds: time.microseconds + Int64(offsetMinutes) * 60_000_000).description
    days = Timestamp.days(ofDate: text.utf8.prefix(10)) ?? 0
  }

  /// `2025-09-27`
  var date: String { String(text.prefix(10)) }

  /// `08:00`
  var clock: String { String(text.dropFirst(11).prefix(5)) }

  /// `Sat 27 Sep`
  var shortDate: String {
    "\(Self.weekday(days).prefix(3)) \(dayOfMonth) \(month.prefix(3))"
  }

  /// `Sat 27 Sep, 08:00`
  var dateAndClock: String { "\(shortDate), \(clock)" }

  /// `Saturday 27 September 2025`
  static func longDate(_ date: String) -> String {
    guard let time = Timestamp("\(date)T00:00:00Z") else { return date }
    let local = LocalTime(time, offsetMinutes: 0)
    return "\(weekday(local.days)) \(local.dayOfMonth) \(local.month) \(date.prefix(4))"
  }

  private var dayOfMonth: Int { Int(text.dropFirst(8).prefix(2)) ?? 0 }

  private var month: String {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    let number = Int(text.dropFirst(5).prefix(2)) ?? 1
    return names[number - 1]
  }

  /// 1970-01-01 was a Thursday.
  private static func weekday(_ days: Int64) -> String {
    let names = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]
    return names[Int((days % 7 + 7) % 7)]
  }
}
