/// A number of the text that is being read: where its lexeme stands, and its value where that is a small one.
@frozen
public struct JSONNumberToken: Sendable {
  @usableFromInline let start: Int32
  @usableFromInline let length: Int32
  /// The value without its point, where ``isExact``.
  @usableFromInline let digits: Int64
  /// How many digits stand behind the point; -1 where there is an exponent.
  @usableFromInline let decimals: Int32
  /// Whether there is no exponent, and ``digits`` has them all.
  @usableFromInline let isExact: Bool
  /// Whether the lexeme has neither fraction nor exponent.
  public let isIntegerLexeme: Bool

  @inline(__always)
  init(_ lexeme: Range<Int>, digits: Int64?, decimals: Int, isIntegerLexeme: Bool) {
    start = Int32(truncatingIfNeeded: lexeme.lowerBound)
    length = Int32(truncatingIfNeeded: lexeme.upperBound &- lexeme.lowerBound)
    self.digits = digits ?? 0
    isExact = digits != nil
    self.decimals = Int32(truncatingIfNeeded: decimals)
    self.isIntegerLexeme = isIntegerLexeme
  }

  /// The lexeme, in bytes of the text.
  @inlinable public var range: Range<Int> { Int(start)..<Int(start) &+ Int(length) }

  /// The value, where ``isIntegerLexeme`` and it fits.
  @inlinable public var int64: Int64? { isIntegerLexeme && isExact ? digits : nil }

  /// How many digits stand behind the point; `nil` where there is an exponent.
  @inlinable public var fractionDigits: Int? { decimals < 0 ? nil : Int(decimals) }

  /// The value in millionths, where it has no exponent, is a whole number of them, and fits.
  @inlinable @inline(__always)
  public var millionths: Int64? {
    guard isExact else { return nil }
    let scale: Int64
    switch decimals {
    case 0: scale = 1_000_000
    case 1: scale = 100_000
    case 2: scale = 10_000
    case 3: scale = 1000
    case 4: scale = 100
    case 5: scale = 10
    case 6: scale = 1
    default: return nil
    }
    let (value, overflow) = digits.multipliedReportingOverflow(by: scale)
    return overflow ? nil : value
  }
}

extension JSONReader {
  /// Reads a number (RFC 8259, section 6), keeping its digits.
  public mutating func readNumber() -> JSONNumberToken? {
    // `peek()` has mostly been here before.
    if offset < count, base[offset] <= 0x20 { skipWhitespace() }
    let start = offset
    var place = start
    let isNegative = place < count && base[place] == UInt8(ascii: "-")
    if isNegative { place &+= 1 }
    let integerStart = place
    var digits: Int64 = 0
    readDigits(&digits, &place)
    let integerEnd = place
    guard isInteger(integerStart..<integerEnd) else { return refuseInteger(integerStart..<integerEnd, at: start) }
    var hasExponent = false
    if place < count, base[place] == UInt8(ascii: ".") || base[place] | 0x20 == UInt8(ascii: "e") {
      guard let exponent = readFractionAndExponent(&digits, &place, from: start) else { return nil }
      hasExponent = exponent
    }
    offset = place
    if place &- start > limits.numberBytes || (hasExponent && isExponentTooLong(start..<place)) {
      failure(.numberTooLarge, at: start)
      return nil
    }
    let isIntegerLexeme = place == integerEnd
    return JSONNumberToken(
      start..<place, digits: hasExponent ? nil : value(digits, in: integerStart..<place, isNegative: isNegative),
      decimals: hasExponent ? -1 : isIntegerLexeme ? 0 : place &- integerEnd &- 1, isIntegerLexeme: isIntegerLexeme)
  }

  /// Whether there are digits, and no needless zero before them.
  @inline(__always)
  private func isInteger(_ digits: Range<Int>) -> Bool {
    let length = digits.upperBound &- digits.lowerBound
    return length == 1 || (length > 1 && base[digits.lowerBound] != UInt8(ascii: "0"))
  }

  @inline(never)
  private mutating func refuseInteger(_ digits: Range<Int>, at start: Int) -> JSONNumberToken? {
    offset = digits.upperBound
    if digits.isEmpty { return numberFailure(at: start) }
    failure(.invalidNumber, at: start)
    return nil
  }

  /// The value of all digits of a lexeme without an exponent. Eighteen of them fit in any case.
  @inline(__always)
  private func value(_ digits: Int64, in lexeme: Range<Int>, isNegative: Bool) -> Int64? {
    guard lexeme.upperBound &- lexeme.lowerBound <= 18 else { return exactValue(of: lexeme, isNegative: isNegative) }
    return isNegative ? 0 &- digits : digits
  }

  private func exactValue(of lexeme: Range<Int>, isNegative: Bool) -> Int64? {
    var negated: Int64 = 0  // it reaches one further
    for index in lexeme where base[index] != UInt8(ascii: ".") {
      let (product, overflow) = negated.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.subtractingReportingOverflow(Int64(base[index] - 48))
      if overflow || carry { return nil }
      negated = sum
    }
    guard isNegative || negated != .min else { return nil }
    return isNegative ? negated : -negated
  }

  @inline(__always)
  private func readDigits(_ digits: inout Int64, _ place: inout Int) {
    while place < count {
      let digit = base[place] &- 48
      guard digit < 10 else { return }
      digits = digits &* 10 &+ Int64(digit)
      place &+= 1
    }
  }

  /// - Returns: whether there is an exponent; `nil` where something is wrong.
  @inline(__always)
  private mutating func readFractionAndExponent(_ digits: inout Int64, _ place: inout Int, from start: Int) -> Bool? {
    if base[place] == UInt8(ascii: ".") {
      place &+= 1
      let fractionStart = place
      readDigits(&digits, &place)
      guard place > fractionStart else {
        offset = place
        return numberFailure(at: start)
      }
    }
    guard place < count, base[place] | 0x20 == UInt8(ascii: "e") else { return false }
    offset = place
    defer { place = offset }
    return readExponent(from: start)
  }

  @inline(never)
  private mutating func readExponent(from start: Int) -> Bool? {
    offset += 1
    if offset < count, base[offset] == UInt8(ascii: "+") || base[offset] == UInt8(ascii: "-") { offset += 1 }
    guard skipDigits() else { return numberFailure(at: start) }
    return true
  }

  /// Whether an exponent has more than three digits, where numbers are bounded at all.
  private func isExponentTooLong(_ lexeme: Range<Int>) -> Bool {
    guard limits.numberBytes < .max, let mark = lexeme.first(where: { base[$0] | 0x20 == UInt8(ascii: "e") }) else {
      return false
    }
    return (mark + 1..<lexeme.upperBound).drop { base[$0] < 49 }.count > 3
  }

  private mutating func skipDigits() -> Bool {
    let start = offset
    while offset < count, 48...57 ~= base[offset] { offset += 1 }
    return offset > start
  }

  private mutating func numberFailure<T>(at start: Int) -> T? {
    failure(offset < count ? .invalidNumber : .unexpectedEnd, at: start)
    return nil
  }

  /// The lexeme of a number.
  public func lexeme(_ number: JSONNumberToken) -> String {
    String(decoding: source(number.range), as: UTF8.self)
  }

  /// Reads `true` or `false`.
  public mutating func readBoolean() -> Bool? {
    if offset < count, base[offset] <= 0x20 { skipWhitespace() }
    if readLiteral(0x6575_7274) { return true }
    // The letter `f`, and `alse`.
    if offset < count, base[offset] == UInt8(ascii: "f") {
      offset += 1
      if readLiteral(0x6573_6C61) { return false }
      offset -= 1
    }
    return fail(offset < count ? .unexpectedByte : .unexpectedEnd)
  }

  /// Reads `null`.
  public mutating func readNull() {
    skipWhitespace()
    if !readLiteral(0x6C6C_756E) { failure(offset < count ? .unexpectedByte : .unexpectedEnd, at: offset) }
  }

  /// Passes four letters, given as their little-endian word.
  @inline(__always)
  private mutating func readLiteral(_ letters: UInt32) -> Bool {
    guard offset + 4 <= count,
      UnsafeRawPointer(base + offset).loadUnaligned(as: UInt32.self).littleEndian == letters
    else { return false }
    offset += 4
    return true
  }
}
