// Escapes and classes of characters (ECMA-262, sections 22.2.1 and 22.2.2.9).
extension PatternParser {
  /// An escape outside of a class.
  mutating func escapedAtom() throws(Pattern.Fault) -> Pattern.Node {
    let start = index
    index += 1
    guard let next = peek else { throw fault("the pattern ends within an escape", at: start) }
    if 49...57 ~= next {
      while let digit = peek, ScalarSet.digits.contains(digit) { index += 1 }
      return .unsupported("a back-reference cannot be matched in linear time", offset: start)
    }
    if take("k<") {
      while let scalar = peek, scalar != Self.code(">") { index += 1 }
      guard take(">") else { throw fault("the name of this group is not complete", at: start) }
      return .unsupported("a back-reference cannot be matched in linear time", offset: start)
    }
    return .scalar(try escape(from: start, inClass: false))
  }

  /// What stands after a backslash: a set, often of one.
  private mutating func escape(from start: Int, inClass: Bool) throws(Pattern.Fault) -> ScalarSet {
    guard let next = peek, let scalar = Unicode.Scalar(next) else {
      throw fault("the pattern ends within an escape", at: start)
    }
    index += 1
    switch scalar {
    case "d": return .digits
    case "D": return ScalarSet.digits.inverted
    case "w": return .wordCharacters
    case "W": return ScalarSet.wordCharacters.inverted
    case "s": return .whitespace
    case "S": return ScalarSet.whitespace.inverted
    case "p", "P": return try property(isInverted: scalar == "P", from: start)
    case "t": return ScalarSet(0x09)
    case "n": return ScalarSet(0x0A)
    case "v": return ScalarSet(0x0B)
    case "f": return ScalarSet(0x0C)
    case "r": return ScalarSet(0x0D)
    case "b" where inClass: return ScalarSet(0x08)
    case "0":
      if let digit = peek, ScalarSet.digits.contains(digit) { throw fault("octal escapes are not allowed", at: start) }
      return ScalarSet(0)
    case "c": return try control(from: start)
    case "x": return ScalarSet(try hexadecimal(digits: 2, from: start))
    case "u": return ScalarSet(try unicodeEscape(from: start))
    default:
      let isPunctuation = next < 128 && next > 32 && !ScalarSet.wordCharacters.contains(next) || scalar == "_"
      if isPunctuation { return ScalarSet(next) }
      throw fault("'\\\(Self.text(next))' is no escape", at: start)
    }
  }

  private mutating func control(from start: Int) throws(Pattern.Fault) -> ScalarSet {
    guard let letter = peek, 65...90 ~= letter & ~32, letter < 128 else {
      throw fault("'\\c' must be followed by a letter", at: start)
    }
    index += 1
    return ScalarSet(letter & 31)
  }

  private mutating func hexadecimal(digits: Int, from start: Int) throws(Pattern.Fault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = peek.flatMap({ Self.hexadecimalValue($0) }) else {
        throw fault("\(digits) hexadecimal digits were expected", at: start)
      }
      value = value << 4 | digit
      index += 1
    }
    return value
  }

  private static func hexadecimalValue(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    case 48...57: scalar - 48
    case 65...70: scalar - 55
    case 97...102: scalar - 87
    default: nil
    }
  }

  /// `\uXXXX`, a surrogate pair of two of them, or `\u{X…}`.
  private mutating func unicodeEscape(from start: Int) throws(Pattern.Fault) -> UInt32 {
    if take("{") {
      var value: UInt32 = 0
      let first = index
      while let digit = peek.flatMap({ Self.hexadecimalValue($0) }), value <= ScalarSet.maximum {
        value = value << 4 | digit
        index += 1
      }
      guard index > first, value <= ScalarSet.maximum, take("}") else {
        throw fault("'\\u{…}' must name a code point", at: start)
      }
      return value
    }
    let unit = try hexadecimal(digits: 4, from: start)
    let afterUnit = index
    guard 0xD800...0xDBFF ~= unit, take("\\u"), let low = try? hexadecimal(digits: 4, from: start),
      0xDC00...0xDFFF ~= low
    else {
      index = afterUnit
      return unit
    }
    return 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
  }

  private mutating func property(isInverted: Bool, from start: Int) throws(Pattern.Fault) -> ScalarSet {
    guard take("{") else { throw fault("'\\p' must be followed by '{…}'", at: start) }
    var name = ""
    while let next = peek, next != Self.code("}") {
      name += Self.text(next)
      index += 1
    }
    guard take("}") else { throw fault("this '{' is not closed", at: start) }
    guard let set = ScalarSet.property(name) else {
      throw fault(
        "the property '\(name)' is not known here; those that are known are general categories such as '\\p{Lu}'",
        at: start)
    }
    return isInverted ? set.inverted : set
  }

  /// `[…]`; `[]` matches nothing and `[^]` everything.
  mutating func characterClass() throws(Pattern.Fault) -> ScalarSet {
    let start = index
    index += 1
    let isInverted = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    while let next = peek, next != Self.code("]") {
      let first = index
      let low = try classAtom()
      guard starts(with: "-"), index + 1 < scalars.count, scalars[index + 1] != Self.code("]") else {
        ranges += low.ranges
        continue
      }
      index += 1
      let high = try classAtom()
      guard let lower = low.single, let upper = high.single else {
        throw fault("a range must go from one character to another; escape '-' if it stands for itself", at: first)
      }
      guard lower <= upper else { throw fault("this range is out of order", at: first) }
      ranges.append(lower...upper)
    }
    guard take("]") else { throw fault("this '[' is not closed", at: start) }
    let set = ScalarSet(ranges)
    return isInverted ? set.inverted : set
  }

  private mutating func classAtom() throws(Pattern.Fault) -> ScalarSet {
    let start = index
    index += 1
    if scalars[start] == Self.code("\\") { return try escape(from: start, inClass: true) }
    return ScalarSet(scalars[start])
  }
}

extension ScalarSet {
  /// The only code point, if it has one.
  var single: UInt32? {
    guard ranges.count == 1, ranges[0].lowerBound == ranges[0].upperBound else { return nil }
    return ranges[0].lowerBound
  }
}
