package import CTJSON

/// An amount of money as a whole number of 10⁻¹⁸ units: sums of it are exact.
package struct ExactAmount: Hashable, Sendable {
  private var units: Int128

  package static let zero = ExactAmount(units: 0)
  /// Digits after the point.
  private static let scale = 18
  /// Far above the taxonomy's bound for amounts (10⁹); 10⁸ of the largest still add up without overflow.
  private static let wholeDigits = 12

  private init(units: Int128) { self.units = units }

  /// `nil` for a number that has more digits than can be added exactly.
  package init?(_ number: JSONNumber) {
    guard let decimal = Self.decimal(number.lexeme.utf8) else { return nil }
    let shift = decimal.exponent + Self.scale
    guard shift >= 0 || decimal.digits.isEmpty, decimal.digits.count + decimal.exponent <= Self.wholeDigits else {
      return nil
    }
    var units: Int128 = 0
    for digit in decimal.digits { units = units * 10 + Int128(digit) }
    for _ in 0..<max(0, decimal.digits.isEmpty ? 0 : shift) { units *= 10 }
    self.units = decimal.isNegative ? -units : units
  }

  package static func + (a: Self, b: Self) -> Self { Self(units: a.units + b.units) }
  package static func += (a: inout Self, b: Self) { a = a + b }

  package var isPositive: Bool { units > 0 }

  /// The digits of a JSON number without zeros at either end, and the power of ten of the last.
  private static func decimal(
    _ lexeme: String.UTF8View
  ) -> (isNegative: Bool, digits: [UInt8], exponent: Int)? {
    let parts = lexeme.split(maxSplits: 1) { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
    // An exponent that is longer than this leads beyond every amount, but for zero.
    let written = parts.count == 2 ? Int(String(parts[1].drop { $0 == UInt8(ascii: "+") })!) ?? 1000 : 0
    var digits: [UInt8] = []
    var fraction = 0
    var isFraction = false
    for byte in parts[0] where byte != UInt8(ascii: "-") {
      if byte == UInt8(ascii: ".") {
        isFraction = true
        continue
      }
      if isFraction { fraction += 1 }
      if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte - 48) }
    }
    let zeros = digits.reversed().prefix { $0 == 0 }.count
    digits.removeLast(zeros)
    guard abs(written) <= 1000 || digits.isEmpty else { return nil }
    return (parts[0].first == UInt8(ascii: "-"), digits, digits.isEmpty ? 0 : written - fraction + zeros)
  }
}

extension ExactAmount: CustomStringConvertible {
  /// Such as `-1234.50`: at least two digits after the point, and no zeros behind them.
  package var description: String {
    let base = Int128(1_000_000_000_000_000_000)
    let magnitude = units.magnitude
    var fraction = String(magnitude % base.magnitude + base.magnitude).dropFirst()
    while fraction.count > 2, fraction.last == "0" { fraction.removeLast() }
    return "\(units < 0 ? "-" : "")\(magnitude / base.magnitude).\(fraction)"
  }
}

/// Sums per currency: currencies are never added to one another.
package struct ExactTotals: Hashable, Sendable {
  package private(set) var amounts: [String: ExactAmount] = [:]

  package init() {}

  package mutating func add(_ amount: ExactAmount, _ currency: String) { amounts[currency, default: .zero] += amount }
}
