/// An instant in UTC, in microseconds since 1970-01-01T00:00:00Z: the value of a `date-time` (RFC 3339).
///
/// Range: years 0000 to 9999. Leap seconds (`:60`) are read as the first instant of the next minute, as POSIX time has
/// no place for them.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Microseconds since the epoch; negative before it.
  public var microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }

  public static func < (a: Self, b: Self) -> Bool { a.microseconds < b.microseconds }
}

extension Timestamp {
  /// Reads an RFC 3339 `date-time` (section 5.6). Digits of the fraction beyond the microsecond are cut off.
  ///
  /// Returns `nil` for anything else, such as a date that does not exist or a missing offset.
  public init?(_ text: some Collection<UInt8>) { self.init(reading: text) }

  /// As ``init(_:)-(Collection<UInt8>)``, compiled for what the reader of JSON gives.
  public init?(_ text: UnsafeBufferPointer<UInt8>) {
    guard let usual = Self.usual(text) else {
      self.init(reading: text)
      return
    }
    self = usual
  }

  private init?(reading text: some Collection<UInt8>) {
    var scanner = Scanner(text)
    guard let date = scanner.date(), scanner.separator(), let time = scanner.time(), let offset = scanner.offset(),
      scanner.isAtEnd
    else { return nil }
    // A leap second stands only at the end of a UTC day (RFC 3339, section 5.7).
    let utcMinute = ((time.seconds / 60 - (time.isLeap ? 1 : 0)) * 60 - offset + 2 * 86_400) % 86_400 / 60
    if time.isLeap, utcMinute != 1439 { return nil }
    let seconds = date * 86_400 + Int64(time.seconds) - Int64(offset)
    self.init(microseconds: seconds * 1_000_000 + Int64(time.microseconds))
  }

  /// Reads an RFC 3339 `date-time`; see ``init(_:)-(Collection<UInt8>)``.
  public init?(_ text: String) { self.init(text.utf8) }

  /// Days from 1970-01-01 to a `full-date` (RFC 3339, section 5.6), or `nil` where there is no such date.
  public static func days(ofDate text: some Collection<UInt8>) -> Int64? {
    var scanner = Scanner(text)
    guard let days = scanner.date(), scanner.isAtEnd else { return nil }
    return days
  }

  /// Whether the text is a `full-time` (RFC 3339, section 5.6).
  public static func isTime(_ text: some Collection<UInt8>) -> Bool {
    var scanner = Scanner(text)
    guard let time = scanner.time(), let offset = scanner.offset(), scanner.isAtEnd else { return false }
    return !time.isLeap || ((time.seconds / 60 - 1) * 60 - offset + 2 * 86_400) % 86_400 / 60 == 1439
  }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC, with as many digits of the fraction as are needed (none, 3 or 6).
  public var description: String { String(decoding: utf8, as: UTF8.self) }

  /// The bytes of ``description``.
  public var utf8: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(27)
    appendUTF8(to: &bytes)
    return bytes
  }

  /// Appends the bytes of ``description``.
  public func appendUTF8(to bytes: inout [UInt8]) {
    let (days, second) = Self.floorDivide(Self.floorDivide(microseconds, 1_000_000).0, 86_400)
    let fraction = Self.floorDivide(microseconds, 1_000_000).1
    let (year, month, day) = Self.civil(fromDays: days)
    func put(_ value: Int64, _ width: Int) {
      var divisor: Int64 = 1
      for _ in 1..<width { divisor *= 10 }
      while divisor > 0 {
        bytes.append(UInt8(truncatingIfNeeded: 48 + value / divisor % 10))
        divisor /= 10
      }
    }
    put(year, 4)
    bytes.append(UInt8(ascii: "-"))
    put(month, 2)
    bytes.append(UInt8(ascii: "-"))
    put(day, 2)
    bytes.append(UInt8(ascii: "T"))
    put(second / 3600, 2)
    bytes.append(UInt8(ascii: ":"))
    put(second / 60 % 60, 2)
    bytes.append(UInt8(ascii: ":"))
    put(second % 60, 2)
    if fraction != 0 {
      bytes.append(UInt8(ascii: "."))
      if fraction % 1000 == 0 { put(fraction / 1000, 3) } else { put(fraction, 6) }
    }
    bytes.append(UInt8(ascii: "Z"))
  }

  static func floorDivide(_ a: Int64, _ b: Int64) -> (Int64, Int64) {
    let quotient = a / b - (a % b < 0 ? 1 : 0)
    return (quotient, a - quotient * b)
  }

  /// The proleptic Gregorian date of a day number; eras of 400 years have 146,097 days each.
  static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = floorDivide(days + 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153  // months counted from March
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = floorDivide(shiftedYear, 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

/// The grammar of RFC 3339, section 5.6, one production a method.
private struct Scanner<Text: Collection<UInt8>> {
  private let text: Text
  private var index: Text.Index

  init(_ text: Text) {
    self.text = text
    index = text.startIndex
  }

  var isAtEnd: Bool { index == text.endIndex }

  private mutating func next() -> UInt8? {
    guard index < text.endIndex else { return nil }
    defer { text.formIndex(after: &index) }
    return text[index]
  }

  private mutating func expect(_ byte: UInt8) -> Bool { next() == byte }

  private mutating func number(digits: Int) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let digit = next(), 48...57 ~= digit else { return nil }
      value = value * 10 + Int(digit - 48)
    }
    return value
  }

  mutating func date() -> Int64? {
    guard let year = number(digits: 4), expect(UInt8(ascii: "-")), let month = number(digits: 2),
      expect(UInt8(ascii: "-")), let day = number(digits: 2), 1...12 ~= month, day >= 1
    else { return nil }
    let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let length = month == 2 ? (isLeapYear ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    guard day <= length else { return nil }
    return Timestamp.days(year: Int64(year), month: Int64(month), day: Int64(day))
  }

  mutating func separator() -> Bool {
    let byte = next()
    return byte == UInt8(ascii: "T") || byte == UInt8(ascii: "t")
  }

  mutating func time() -> (seconds: Int, microseconds: Int, isLeap: Bool)? {
    guard let hour = number(digits: 2), expect(UInt8(ascii: ":")), let minute = number(digits: 2),
      expect(UInt8(ascii: ":")), let second = number(digits: 2), hour < 24, minute < 60, second <= 60
    else { return nil }
    guard let microseconds = fraction() else { return nil }
    return (hour * 3600 + minute * 60 + second, second == 60 ? 0 : microseconds, second == 60)
  }

  private mutating func fraction() -> Int? {
    guard index < text.endIndex, text[index] == UInt8(ascii: ".") else { return 0 }
    text.formIndex(after: &index)
    var value = 0
    var digits = 0
    while index < text.endIndex, 48...57 ~= text[index] {
      if digits < 6 { value = value * 10 + Int(text[index] - 48) }
      digits += 1
      text.formIndex(after: &index)
    }
    guard digits > 0 else { return nil }
    for _ in 0..<max(0, 6 - digits) { value *= 10 }
    return value
  }

  /// Seconds east of UTC.
  mutating func offset() -> Int? {
    switch next() {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): return 0
    case UInt8(ascii: "+"): return numericOffset()
    case UInt8(ascii: "-"): return numericOffset().map { -$0 }
    default: return nil
    }
  }

  private mutating func numericOffset() -> Int? {
    guard let hour = number(digits: 2), expect(UInt8(ascii: ":")), let minute = number(digits: 2), hour < 24,
      minute < 60
    else { return nil }
    return hour * 3600 + minute * 60
  }
}
