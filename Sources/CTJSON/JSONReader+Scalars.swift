/// A number of the text that is being read: where its lexeme stands, and its value where that is a small integer.
@frozen
public struct JSONNumberToken: Sendable {
  /// The lexeme, in bytes of the text.
  public let range: Range<Int>
  /// Whether the lexeme has neither fraction nor exponent.
  public let isIntegerLexeme: Bool
  /// The value, where ``isIntegerLexeme`` and it fits.
  public let int64: Int64?
  /// The value in millionths, where it has no exponent, is a whole number of them, and fits.
  public let millionths: Int64?
  /// How many digits stand behind the point; `nil` where there is an exponent.
  public let fractionDigits: Int?
}

extension JSONReader {
  /// Reads a number (RFC 8259, section 6), keeping its digits.
  public mutating func readNumber() -> JSONNumberToken? {
    skipWhitespace()
    let start = offset
    let isNegative = offset < count && base[offset] == UInt8(ascii: "-")
    if isNegative { offset += 1 }
    let integerStart = offset
    var digits: Int64 = 0
    readDigits(&digits)
    guard offset > integerStart else { return numberFailure(at: start) }
    if offset - integerStart > 1, base[integerStart] == 48 {
      failure(.invalidNumber, at: start)
      return nil
    }
    let integerEnd = offset
    var hasExponent = false
    if offset < count, base[offset] == UInt8(ascii: ".") || base[offset] | 0x20 == UInt8(ascii: "e") {
      guard let exponent = readFractionAndExponent(&digits, from: start) else { return nil }
      hasExponent = exponent
    }
    let isIntegerLexeme = offset == integerEnd
    if offset - start > limits.numberBytes || (hasExponent && isExponentTooLong(start..<offset)) {
      failure(.numberTooLarge, at: start)
      return nil
    }
    let value = hasExponent ? nil : value(digits, in: integerStart..<offset, isNegative: isNegative)
    let fractionDigits = isIntegerLexeme ? 0 : offset - integerEnd - 1
    return JSONNumberToken(
      range: start..<offset, isIntegerLexeme: isIntegerLexeme, int64: isIntegerLexeme ? value : nil,
      millionths: value.flatMap { Self.millionths($0, fractionDigits: fractionDigits) },
      fractionDigits: hasExponent ? nil : fractionDigits)
  }

  /// The value of all digits of a lexeme without an exponent. Eighteen of them fit in any case.
  @inline(__always)
  private func value(_ digits: Int64, in lexeme: Range<Int>, isNegative: Bool) -> Int64? {
    guard lexeme.count <= 18 else { return exactValue(of: lexeme, isNegative: isNegative) }
    return isNegative ? -digits : digits
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
  private static func millionths(_ digits: Int64, fractionDigits: Int) -> Int64? {
    let scale: Int64
    switch fractionDigits {
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

  @inline(__always)
  private mutating func readDigits(_ digits: inout Int64) {
    while offset < count {
      let digit = base[offset] &- 48
      guard digit < 10 else { return }
      digits = digits &* 10 &+ Int64(digit)
      offset += 1
    }
  }

  /// - Returns: whether there is an exponent; `nil` where something is wrong.
  private mutating func readFractionAndExponent(_ digits: inout Int64, from start: Int) -> Bool? {
    if base[offset] == UInt8(ascii: ".") {
      offset += 1
      let fractionStart = offset
      readDigits(&digits)
      guard offset > fractionStart else { return numberFailure(at: start) }
    }
    guard offset < count, base[offset] | 0x20 == UInt8(ascii: "e") else { return false }
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
    skipWhitespace()
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
