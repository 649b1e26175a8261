extension Timestamp {
  /// Reads the form that most producers write, `2025-09-27T10:00:00Z` or with three digits of a fraction: each digit has its
  /// place. `nil` where the text is another, which may be a `date-time` all the same.
  static func usual(_ text: UnsafeBufferPointer<UInt8>) -> Timestamp? {
    guard text.count == 20 || text.count == 24 else { return nil }
    let digits = Digits(text: text)
    guard digits.areSeparated else { return nil }
    var isWrong = false
    let year = digits.two(at: 0, &isWrong) * 100 + digits.two(at: 2, &isWrong)
    let (month, day) = (digits.two(at: 5, &isWrong), digits.two(at: 8, &isWrong))
    let (hour, minute, second) = (
      digits.two(at: 11, &isWrong), digits.two(at: 14, &isWrong), digits.two(at: 17, &isWrong)
    )
    var milliseconds: Int64 = 0
    if text.count == 24 {
      guard text[19] == UInt8(ascii: ".") else { return nil }
      // The tenth is read twice over, once as a digit of its own.
      milliseconds = digits.two(at: 20, &isWrong) * 10 + digits.two(at: 21, &isWrong) % 10
    }
    guard !isWrong, hour < 24, minute < 60, second < 60, 1...12 ~= month, 1...28 ~= day || isLate(day, of: month, year)
    else { return nil }
    let minutes = (days(year: year, month: month, day: day) * 24 + hour) * 60 + minute
    return Timestamp(microseconds: (minutes * 60_000 + second * 1000 + milliseconds) * 1000)
  }

  /// Whether it is one of the days from the 29th on that the month has.
  private static func isLate(_ day: Int64, of month: Int64, _ year: Int64) -> Bool {
    guard 29...31 ~= day else { return false }
    if month == 2 { return day == 29 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    return day < 31 || !(month == 4 || month == 6 || month == 9 || month == 11)
  }
}

/// The bytes of a text of at least twenty.
private struct Digits {
  let text: UnsafeBufferPointer<UInt8>

  /// Whether what stands between the digits is what the form has there.
  @inline(__always)
  var areSeparated: Bool {
    let marks = (text[4] ^ UInt8(ascii: "-")) | (text[7] ^ UInt8(ascii: "-")) | (text[10] ^ UInt8(ascii: "T"))
    let colons = (text[13] ^ UInt8(ascii: ":")) | (text[16] ^ UInt8(ascii: ":"))
    return marks | colons | (text[text.count - 1] ^ UInt8(ascii: "Z")) == 0
  }

  /// The number of two digits there.
  @inline(__always)
  func two(at place: Int, _ isWrong: inout Bool) -> Int64 {
    let (tens, ones) = (text[place] &- 48, text[place + 1] &- 48)
    isWrong = isWrong || tens > 9 || ones > 9
    return Int64(tens &* 10 &+ ones)
  }
}
