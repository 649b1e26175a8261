public import CTJSON

/// A bound of `minimum` and its kin: exact, and quick where the bound and the number are plain integers or amounts.
public struct NumberBound: Sendable, ExpressibleByStringLiteral {
  let number: JSONNumber
  let int64: Int64?
  private let millionths: Int64?

  public init(stringLiteral lexeme: StaticString) {
    number = JSONNumber(checkedLexeme: UnsafeBufferPointer(start: lexeme.utf8Start, count: lexeme.utf8CodeUnitCount))
    int64 = number.int64
    millionths = Self.millionths(UnsafeBufferPointer(start: lexeme.utf8Start, count: lexeme.utf8CodeUnitCount))
  }

  /// The value of a lexeme in millionths, where that is exact: at most twelve digits before the point and six after it,
  /// no exponent.
  private static func millionths(_ lexeme: UnsafeBufferPointer<UInt8>) -> Int64? {
    var (value, digits, fraction, isFraction) = (Int64(0), 0, 0, false)
    for byte in lexeme.dropFirst(lexeme.first == UInt8(ascii: "-") ? 1 : 0) {
      if byte == UInt8(ascii: ".") {
        isFraction = true
        continue
      }
      guard 48...57 ~= byte else { return nil }
      if isFraction { fraction += 1 } else { digits += 1 }
      guard digits <= 12, fraction <= 6 else { return nil }
      value = value * 10 + Int64(byte - 48)
    }
    for _ in fraction..<6 { value *= 10 }
    return lexeme.first == UInt8(ascii: "-") ? -value : value
  }

  func isAbove(_ token: JSONNumberToken, _ json: borrowing JSONReader) -> Bool {
    if let value = token.int64, let int64 { return int64 > value }
    if let millionths, let value = Self.millionths(json.source(token.range)) { return millionths > value }
    return number > json.number(token)
  }

  func isBelow(_ token: JSONNumberToken, _ json: borrowing JSONReader) -> Bool {
    if let value = token.int64, let int64 { return int64 < value }
    if let millionths, let value = Self.millionths(json.source(token.range)) { return millionths < value }
    return number < json.number(token)
  }
}

/// The divisor of `multipleOf`: exact on decimals, and quick for 1, 0.1, 0.01 and so on, which money has.
public struct NumberDivisor: Sendable, ExpressibleByStringLiteral {
  let number: JSONNumber
  /// n where the divisor is 10⁻ⁿ.
  private let fractionDigits: Int?

  public init(stringLiteral lexeme: StaticString) {
    let bytes = UnsafeBufferPointer(start: lexeme.utf8Start, count: lexeme.utf8CodeUnitCount)
    number = JSONNumber(checkedLexeme: bytes)
    let zeros = bytes.dropFirst(2).dropLast()
    let isFraction = bytes.starts(with: "0.".utf8) && bytes.last == 49 && zeros.allSatisfy { $0 == 48 }
    fractionDigits = bytes.elementsEqual("1".utf8) ? 0 : isFraction ? bytes.count - 2 : nil
  }

  func divides(_ token: JSONNumberToken, _ json: borrowing JSONReader) -> Bool {
    if let fractionDigits {
      if token.isIntegerLexeme { return true }
      let lexeme = json.source(token.range)
      if let point = lexeme.lastIndex(of: UInt8(ascii: ".")), lexeme.count - point - 1 <= fractionDigits,
        lexeme[point...].dropFirst().allSatisfy({ 48...57 ~= $0 })
      {
        return true
      }
    }
    return json.number(token).isMultiple(of: number)
  }
}

extension JSONReader {
  /// The number with its digits.
  public func number(_ token: JSONNumberToken) -> JSONNumber {
    JSONNumber(checkedLexeme: source(token.range))
  }

  /// The number as an integer; `nil` where it does not fit 64 bits.
  public func int(_ token: JSONNumberToken) -> Int? {
    if let value = token.int64 { return Int(value) }
    return number(token).int
  }
}
