/// A JSON number (RFC 8259, section 6) that keeps the text it was written as: `1.10` stays `1.10`, and money is never a
/// binary floating-point value.
///
/// Equality, hashing and order are by mathematical value, exact on decimals: `1.0 == 1` and `1e2 == 100`. All of it takes
/// time linear in the length of the text, whatever the exponent says. Exponents beyond ±10¹⁷ count as ±10¹⁷;
/// ``hasKnownExponent`` tells such numbers.
public struct JSONNumber: Sendable {
  /// The number as it was written.
  public let lexeme: String

  /// Takes a text that is a number by the grammar of RFC 8259, section 6, or `nil`.
  public init?(_ text: String) {
    guard JSONNumber.isNumber(text.utf8) else { return nil }
    lexeme = text
  }

  /// Takes bytes that a reader has already checked against the grammar; not checked again.
  public init(checkedLexeme bytes: some Collection<UInt8>) {
    lexeme = String(decoding: bytes, as: UTF8.self)
  }

  /// As ``init(checkedLexeme:)-(Collection<UInt8>)``, compiled for what the reader of JSON gives.
  public init(checkedLexeme bytes: UnsafeBufferPointer<UInt8>) { lexeme = JSONReader.string(bytes) }

  public init(_ value: some BinaryInteger) { lexeme = String(value) }

  /// Whether the bytes are a number by the grammar of RFC 8259, section 6: no sign `+`, no leading zero, digits on
  /// both sides of the point.
  public static func isNumber(_ bytes: some Collection<UInt8>) -> Bool {
    var rest = bytes[...]
    func digits() -> Int {
      let count = rest.prefix { 48...57 ~= $0 }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let whole = digits()
    guard whole > 0, whole == 1 || !startsWithZero else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}

extension JSONNumber {
  /// Whether the value is a whole number, as JSON Schema's `integer` means it: `1.0` and `1e2` are.
  public var isInteger: Bool {
    let decimal = Decimal(lexeme)
    return decimal.digits.isEmpty || decimal.exponent >= 0
  }

  /// Digits of the value, without zeros at either end; zero has none.
  public var significantDigits: Int { Decimal(lexeme).digits.count }

  /// Whether the exponent has less than 18 digits, so that it is told apart from any other.
  public var hasKnownExponent: Bool {
    guard let mark = lexeme.utf8.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return true }
    let digits = lexeme.utf8[mark...].drop { !(UInt8(ascii: "1")...UInt8(ascii: "9") ~= $0) }
    return digits.count < 18
  }

  /// The value if it is a whole number that fits; `1.0` gives 1.
  public var int64: Int64? { Decimal(lexeme).int64 }

  /// The value if it is a whole number that fits; `1.0` gives 1.
  public var int: Int? { int64.flatMap(Int.init(exactly:)) }

  /// The nearest binary floating-point value; infinite where the number is out of range.
  public var double: Double { Double(lexeme) ?? 0 }

  /// Whether the value is a whole multiple of a divisor, exactly. Nothing is a multiple of zero.
  public func isMultiple(of divisor: JSONNumber) -> Bool {
    Decimal(lexeme).isMultiple(of: Decimal(divisor.lexeme))
  }
}

extension JSONNumber: Hashable, Comparable {
  public static func == (a: Self, b: Self) -> Bool {
    a.lexeme == b.lexeme || Decimal(a.lexeme) == Decimal(b.lexeme)
  }

  public static func < (a: Self, b: Self) -> Bool { Decimal(a.lexeme) < Decimal(b.lexeme) }

  public func hash(into hasher: inout Hasher) { hasher.combine(Decimal(lexeme)) }
}

extension JSONNumber: CustomStringConvertible, ExpressibleByIntegerLiteral {
  public var description: String { lexeme }
  public init(integerLiteral value: Int64) { self.init(value) }
}
