internal import CTJSON

/// Spans of time in microseconds, the unit of ``Timestamp``.
package enum Span {
  package static let second: Int64 = 1_000_000
  package static let minute: Int64 = 60 * second
  package static let hour: Int64 = 60 * minute
  package static let day: Int64 = 24 * hour

  /// The number of the minute in which an instant lies, counted from 1970.
  package static func minuteNumber(_ microseconds: Int64) -> Int64 {
    microseconds / minute - (microseconds % minute < 0 ? 1 : 0)
  }

  /// Such as `45 seconds`, `21 minutes`, `3 hours` or `2 days`: the largest unit of which there are at least two.
  package static func text(_ microseconds: Int64) -> String {
    let seconds = max(0, microseconds / second)
    let (number, unit): (Int64, String) =
      if seconds >= 2 * 86_400 {
        (seconds / 86_400, "day")
      } else if seconds >= 7200 {
        (seconds / 3600, "hour")
      } else if seconds >= 120 {
        (seconds / 60, "minute")
      } else {
        (seconds, "second")
      }
    return number == 1 ? "1 \(unit)" : "\(number) \(unit)s"
  }
}

extension Timestamp {
  func advanced(by microseconds: Int64) -> Timestamp { Timestamp(microseconds: self.microseconds + microseconds) }
}
