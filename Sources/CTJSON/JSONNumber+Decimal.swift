extension JSONNumber {
  /// The value of a number in one normal form: ±0.d₁d₂…dₙ · 10^magnitude with d₁ and dₙ not zero. Zero has no digits.
  struct Decimal: Hashable {
    let isNegative: Bool
    /// Most significant first; values 0 to 9.
    let digits: [UInt8]
    /// Power of ten of the last digit.
    let exponent: Int

    /// Saturation of exponents: far from overflow when digits are counted in, far beyond any use.
    static let exponentLimit = 100_000_000_000_000_000

    /// Reads a checked lexeme.
    init(_ lexeme: String) {
      var digits: [UInt8] = []
      var fraction = 0
      var written = 0
      var inFraction = false
      var isNegative = false
      var bytes = lexeme.utf8[...]
      while let byte = bytes.popFirst() {
        if byte == UInt8(ascii: "-") {
          isNegative = true
        } else if byte == UInt8(ascii: ".") {
          inFraction = true
        } else if 48...57 ~= byte {
          if inFraction { fraction += 1 }
          if byte != 48 || !digits.isEmpty { digits.append(byte - 48) }
        } else {
          written = Self.exponent(bytes)
          break
        }
      }
      let zeros = digits.reversed().prefix { $0 == 0 }.count
      digits.removeLast(zeros)
      self.digits = digits
      self.isNegative = isNegative && !digits.isEmpty
      exponent = digits.isEmpty ? 0 : written - fraction + zeros
    }

    private static func exponent(_ text: Substring.UTF8View) -> Int {
      var value = 0
      for byte in text where 48...57 ~= byte { value = min(value * 10 + Int(byte - 48), exponentLimit) }
      return text.first == UInt8(ascii: "-") ? -value : value
    }

    /// Power of ten just above the first digit.
    var magnitude: Int { exponent + digits.count }

    var int64: Int64? {
      guard !digits.isEmpty else { return 0 }
      guard exponent >= 0, magnitude <= 19 else { return nil }
      var value: Int64 = 0
      for index in 0..<magnitude {
        let digit = Int64(index < digits.count ? digits[index] : 0)
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(isNegative ? -digit : digit)
        if overflow || carry { return nil }
        value = sum
      }
      return value
    }
  }
}

extension JSONNumber.Decimal: Comparable {
  static func < (a: Self, b: Self) -> Bool {
    if a.isNegative != b.isNegative { return a.isNegative }
    return a.isNegative ? b.isSmaller(than: a) : a.isSmaller(than: b)
  }

  /// Compares absolute values.
  private func isSmaller(than other: Self) -> Bool {
    if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
    if magnitude != other.magnitude { return magnitude < other.magnitude }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}

extension JSONNumber.Decimal {
  /// Whether `self / divisor` is a whole number.
  ///
  /// As no digits end in zero, a smaller exponent than the divisor's rules it out. A larger one appends zeros; more of
  /// them than the divisor can have factors of 2 or 5 change nothing, which bounds the work for hostile exponents.
  func isMultiple(of divisor: Self) -> Bool {
    if divisor.digits.isEmpty { return false }
    if digits.isEmpty { return true }
    let shift = exponent - divisor.exponent
    if shift < 0 { return false }
    let zeros = min(shift, divisor.digits.count * 4)
    if divisor.digits.count <= 18 { return remainder(zeros: zeros, by: divisor.digits) == 0 }
    return isZeroRemainder(zeros: zeros, byLong: divisor.digits)
  }

  private func remainder(zeros: Int, by divisor: [UInt8]) -> UInt64 {
    let modulus = divisor.reduce(0 as UInt128) { $0 * 10 + UInt128($1) }
    var rest: UInt128 = 0
    for digit in digits { rest = (rest * 10 + UInt128(digit)) % modulus }
    for _ in 0..<zeros where rest != 0 { rest = rest * 10 % modulus }
    return UInt64(rest)
  }

  /// Long division digit by digit, for divisors that no machine word holds.
  private func isZeroRemainder(zeros: Int, byLong divisor: [UInt8]) -> Bool {
    var rest = [UInt8](repeating: 0, count: divisor.count + 1)
    let modulus = [0] + divisor
    func step(_ digit: UInt8) {
      rest.removeFirst()
      rest.append(digit)
      while !rest.lexicographicallyPrecedes(modulus) {
        var borrow: Int8 = 0
        for index in rest.indices.reversed() {
          let difference = Int8(rest[index]) - Int8(modulus[index]) - borrow
          borrow = difference < 0 ? 1 : 0
          rest[index] = UInt8(difference < 0 ? difference + 10 : difference)
        }
      }
    }
    for digit in digits { step(digit) }
    for _ in 0..<zeros { step(0) }
    return rest.allSatisfy { $0 == 0 }
  }
}
