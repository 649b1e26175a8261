#if canImport(Glibc)
  internal import Glibc
#endif

/// A number of the text that is being read: where its lexeme stands, and its value where that is a small integer.
public struct JSONNumberToken: Sendable {
  /// The lexeme, in bytes of the text.
  public let range: Range<Int>
  /// Whether the lexeme has neither fraction nor exponent.
  public let isIntegerLexeme: Bool
  /// The value, where ``isIntegerLexeme`` and it fits.
  public let int64: Int64?
}

extension JSONReader {
  /// Reads a number (RFC 8259, section 6), keeping its digits.
  public mutating func readNumber() -> JSONNumberToken? {
    skipWhitespace()
    let start = offset
    let isNegative = offset < count && base[offset] == UInt8(ascii: "-")
    if isNegative { offset += 1 }
    let integerStart = offset
    var value: Int64 = 0
    var fits = true
    while offset < count, 48...57 ~= base[offset] {
      let digit = Int64(base[offset] &- 48)
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.subtractingReportingOverflow(digit)  // kept negative: it reaches one further
      if overflow || carry { fits = false } else { value = sum }
      offset += 1
    }
    let digits = offset - integerStart
    guard digits > 0 else { return numberFailure(at: start) }
    if digits > 1, base[integerStart] == 48 {
      failure(.invalidNumber, at: start)
      return nil
    }
    guard let isIntegerLexeme = readFractionAndExponent(from: start) else { return nil }
    if offset - start > limits.numberBytes || (!isIntegerLexeme && isExponentTooLong(start..<offset)) {
      failure(.numberTooLarge, at: start)
      return nil
    }
    if !isNegative, value == .min { fits = false }
    return JSONNumberToken(
      range: start..<offset, isIntegerLexeme: isIntegerLexeme,
      int64: isIntegerLexeme && fits ? (isNegative ? value : -value) : nil)
  }

  private mutating func readFractionAndExponent(from start: Int) -> Bool? {
    var isInteger = true
    if offset < count, base[offset] == UInt8(ascii: ".") {
      isInteger = false
      offset += 1
      guard skipDigits() else { return numberFailure(at: start) }
    }
    if offset < count, base[offset] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      offset += 1
      if offset < count, base[offset] == UInt8(ascii: "+") || base[offset] == UInt8(ascii: "-") { offset += 1 }
      guard skipDigits() else { return numberFailure(at: start) }
    }
    return isInteger
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
    skipWhitespace()
    if readLiteral("true") { return true }
    if readLiteral("false") { return false }
    return fail(offset < count ? .unexpectedByte : .unexpectedEnd)
  }

  /// Reads `null`.
  public mutating func readNull() {
    skipWhitespace()
    if !readLiteral("null") { failure(offset < count ? .unexpectedByte : .unexpectedEnd, at: offset) }
  }

  private mutating func readLiteral(_ literal: StaticString) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard offset + length <= count, memcmp(base + offset, literal.utf8Start, length) == 0 else { return false }
    offset += length
    return true
  }
}
