extension Timestamp {
  /// Reads the form that most producers write, `2025-09-27T10:00:00Z` or with three digits of a fraction: each digit has its
  /// place. `nil` where the text is another, which may be a `date-time` all the same.
  static func usual(_ text: UnsafeBufferPointer<UInt8>) -> Timestamp? {
    guard text.count == 20 || text.count == 24, text[text.count - 1] == UInt8(ascii: "Z") else { return nil }
    let bytes = UnsafeRawBufferPointer(text)
    guard let date = DigitPairs(bytes, at: 0, form: "0000-00-"), let time = DigitPairs(bytes, at: 11, form: "00:00:00"),
      let day = DigitPairs(bytes, at: 3, form: "0-00-00T"), let milliseconds = milliseconds(text)
    else { return nil }
    let (year, month) = (date[0] * 100 + date[2], date[5])
    let (hour, minute, second) = (time[0], time[3], time[6])
    guard hour < 24, minute < 60, second < 60, 1...12 ~= month, 1...28 ~= day[5] || isLate(day[5], of: month, year)
    else { return nil }
    let minutes = (days(year: year, month: month, day: day[5]) * 24 + hour) * 60 + minute
    return Timestamp(microseconds: (minutes * 60_000 + second * 1000 + milliseconds) * 1000)
  }

  @inline(__always)
  private static func milliseconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard text.count == 24 else { return 0 }
    let digits = (text[20] &- 48, text[21] &- 48, text[22] &- 48)
    guard text[19] == UInt8(ascii: "."), max(digits.0, digits.1, digits.2) < 10 else { return nil }
    return Int64(digits.0) * 100 + Int64(digits.1) * 10 + Int64(digits.2)
  }

  /// Whether it is one of the days from the 29th on that the month has.
  private static func isLate(_ day: Int64, of month: Int64, _ year: Int64) -> Bool {
    guard 29...31 ~= day else { return false }
    if month == 2 { return day == 29 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    return day < 31 || !(month == 4 || month == 6 || month == 9 || month == 11)
  }
}

/// Eight bytes of digits and marks, all looked at together.
private struct DigitPairs {
  private let pairs: UInt64

  /// - Parameter form: eight bytes: `0` where there has to be a digit, else the mark itself. `nil` where the bytes differ.
  @inline(__always)
  init?(_ bytes: UnsafeRawBufferPointer, at place: Int, form: StaticString) {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let form = UnsafeRawPointer(form.utf8Start).loadUnaligned(as: UInt64.self).littleEndian
    let isMark = ((form ^ ones &* 0x30) &+ ones &* 0x7F) &>> 7 & ones
    // A digit becomes its value, and a mark zero; whatever else there is comes to 128 or more.
    let values = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian ^ form
    guard (values | (values &+ ones &* 0x76 &+ isMark &* 9)) & (ones &* 0x80) == 0 else { return nil }
    pairs = values &* 10 &+ values &>> 8
  }

  /// The number of the two digits there.
  @inline(__always)
  subscript(place: Int) -> Int64 { Int64(truncatingIfNeeded: pairs &>> UInt64(truncatingIfNeeded: 8 &* place) & 0xFF) }
}
