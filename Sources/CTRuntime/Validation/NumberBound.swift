public import CTJSON

/// A bound of `minimum` and its kin: exact, and quick where the bound and the number are plain integers or amounts.
@frozen
public struct NumberBound: Sendable, ExpressibleByStringLiteral {
  /// The number as the schema has it.
  public let lexeme: StaticString
  @usableFromInline let millionths: Int64?

  /// - Parameter millionths: the value in millionths, where that is exact and fits.
  @inlinable public init(_ lexeme: StaticString, millionths: Int64?) {
    self.lexeme = lexeme
    self.millionths = millionths
  }

  public init(stringLiteral lexeme: StaticString) {
    self.init(lexeme, millionths: lexeme.numberToken.millionths)
  }

  /// Whether the number is seen at once to be this or more.
  @inlinable @inline(__always)
  func isSurelyAtMost(_ token: JSONNumberToken) -> Bool {
    guard let millionths, let value = token.millionths else { return false }
    return millionths <= value
  }

  /// Whether the number is seen at once to be this or less.
  @inlinable @inline(__always)
  func isSurelyAtLeast(_ token: JSONNumberToken) -> Bool {
    guard let millionths, let value = token.millionths else { return false }
    return millionths >= value
  }

  @inlinable @inline(__always)
  func isAbove(_ token: JSONNumberToken, _ json: inout JSONReader) -> Bool {
    if let millionths, let value = token.millionths { return millionths > value }
    return isAboveExactly(token, &json)
  }

  @inlinable @inline(__always)
  func isBelow(_ token: JSONNumberToken, _ json: inout JSONReader) -> Bool {
    if let millionths, let value = token.millionths { return millionths < value }
    return isBelowExactly(token, &json)
  }

  @usableFromInline func isAboveExactly(_ token: JSONNumberToken, _ json: inout JSONReader) -> Bool {
    if let value = token.int64, let bound = lexeme.numberToken.int64 { return bound > value }
    return lexeme.number > json.number(token)
  }

  @usableFromInline func isBelowExactly(_ token: JSONNumberToken, _ json: inout JSONReader) -> Bool {
    if let value = token.int64, let bound = lexeme.numberToken.int64 { return bound < value }
    return lexeme.number < json.number(token)
  }
}

/// The divisor of `multipleOf`: exact on decimals, and quick for 1, 0.1, 0.01 and so on, which money has.
@frozen
public struct NumberDivisor: Sendable, ExpressibleByStringLiteral {
  /// The number as the schema has it.
  public let lexeme: StaticString
  /// n where the divisor is 10⁻ⁿ.
  @usableFromInline let fractionDigits: Int?

  /// - Parameter fractionDigits: n where the divisor is 10⁻ⁿ.
  @inlinable public init(_ lexeme: StaticString, fractionDigits: Int?) {
    self.lexeme = lexeme
    self.fractionDigits = fractionDigits
  }

  public init(stringLiteral lexeme: StaticString) {
    let bytes = UnsafeBufferPointer(start: lexeme.utf8Start, count: lexeme.utf8CodeUnitCount)
    let zeros = bytes.dropFirst(2).dropLast()
    let isFraction = bytes.starts(with: "0.".utf8) && bytes.last == 49 && zeros.allSatisfy { $0 == 48 }
    self.init(lexeme, fractionDigits: bytes.elementsEqual("1".utf8) ? 0 : isFraction ? bytes.count - 2 : nil)
  }

  @inlinable @inline(__always)
  func divides(_ token: JSONNumberToken, _ json: inout JSONReader) -> Bool {
    if let fractionDigits, let digits = token.fractionDigits, digits <= fractionDigits { return true }
    return dividesExactly(token, &json)
  }

  @usableFromInline func dividesExactly(_ token: JSONNumberToken, _ json: inout JSONReader) -> Bool {
    json.number(token).isMultiple(of: lexeme.number)
  }
}

extension StaticString {
  fileprivate var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount) }

  /// The number that a schema has in this form.
  fileprivate var number: JSONNumber { JSONNumber(checkedLexeme: bytes) }

  fileprivate var numberToken: JSONNumberToken {
    JSONReader.read(Array(bytes)) { json in json.readNumber() }!
  }
}

extension JSONReader {
  /// The number with its digits.
  @inlinable @inline(__always)
  public func number(_ token: JSONNumberToken) -> JSONNumber {
    JSONNumber(checkedLexeme: source(token.range))
  }

  /// The number as an integer; `nil` where it does not fit 64 bits.
  @inlinable @inline(__always)
  public func int(_ token: JSONNumberToken) -> Int? {
    if let value = token.int64 { return Int(value) }
    return number(token).int
  }
}
