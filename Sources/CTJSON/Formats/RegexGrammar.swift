/// `format: regex`: the grammar of ECMA-262 (section 22.2.1) in its Unicode mode, which is what JSON Schema asks of
/// patterns. Whether a pattern can be compiled is another question: back-references and look-around are valid.
struct RegexGrammar {
  private let text: [Unicode.Scalar]
  private var place = 0
  private var depth = 0
  private var groupCount = 0
  private var names: Set<String> = []
  /// Back-references may stand before the groups that they mean, so they are judged at the end.
  private var highestReference = 0
  private var namedReferences: Set<String> = []

  /// Groups within groups beyond this are refused: nobody writes them, and each costs stack.
  private static let maximumDepth = 500

  static func accepts(_ bytes: [UInt8]) -> Bool {
    guard let text = String(validating: bytes, as: UTF8.self) else { return false }
    var grammar = RegexGrammar(text: Array(text.unicodeScalars))
    guard grammar.disjunction(), grammar.place == grammar.text.count else { return false }
    return grammar.highestReference <= grammar.groupCount && grammar.namedReferences.isSubset(of: grammar.names)
  }

  private init(text: [Unicode.Scalar]) { self.text = text }

  private var next: Unicode.Scalar? { place < text.count ? text[place] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    place += 1
    return true
  }

  private mutating func take(_ word: String) -> Bool {
    guard text[place...].starts(with: word.unicodeScalars) else { return false }
    place += word.unicodeScalars.count
    return true
  }

  // MARK: Terms

  private mutating func disjunction() -> Bool {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { return false }
    repeat {
      while let next, next != "|", next != ")" {
        guard term() else { return false }
      }
    } while take("|")
    return true
  }

  private mutating func term() -> Bool {
    if take("^") || take("$") || take("\\b") || take("\\B") { return true }
    for look in ["(?=", "(?!", "(?<=", "(?<!"] where take(look) { return disjunction() && take(")") }
    return atom() && quantifier()
  }

  private mutating func atom() -> Bool {
    if take("(?:") { return disjunction() && take(")") }
    if take("(?<") {
      guard let name = groupName(), names.insert(name).inserted else { return false }
      groupCount += 1
      return disjunction() && take(")")
    }
    if take("(") {
      groupCount += 1
      return next != "?" && disjunction() && take(")")
    }
    if take("[") { return characterClass() }
    if take("\\") { return atomEscape() }
    guard let next, !"^$\\*+?()[]{}|".unicodeScalars.contains(next) else { return false }
    place += 1
    return true
  }

  private mutating func groupName() -> String? {
    var name = String.UnicodeScalarView()
    while let next, next != ">" {
      let isFirst = name.isEmpty
      let isPart = next == "$" || next == "_" || (isFirst ? next.properties.isIDStart : next.properties.isIDContinue)
      guard isPart else { return nil }
      name.append(next)
      place += 1
    }
    return take(">") && !name.isEmpty ? String(name) : nil
  }

  private mutating func quantifier() -> Bool {
    if take("*") || take("+") || take("?") {
      _ = take("?")
      return true
    }
    guard take("{") else { return true }
    guard let least = number() else { return false }
    if take(",") {
      if let most = number(), Self.isLess(most, least) { return false }
    }
    guard take("}") else { return false }
    _ = take("?")
    return true
  }

  /// Digits without leading zeros.
  private mutating func number() -> [Unicode.Scalar]? {
    let start = place
    while let next, "0"..."9" ~= next { place += 1 }
    return place > start ? Array(text[start..<place].drop { $0 == "0" }) : nil
  }

  private static func isLess(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Bool {
    a.count == b.count ? a.lexicographicallyPrecedes(b) { $0.value < $1.value } : a.count < b.count
  }

  // MARK: Escapes

  private mutating func atomEscape() -> Bool {
    if take("k<") {
      guard let name = groupName() else { return false }
      namedReferences.insert(name)
      return true
    }
    if let next, "1"..."9" ~= next {
      let digits = number() ?? []
      highestReference = max(highestReference, digits.count > 6 ? .max : Int(String(String.UnicodeScalarView(digits)))!)
      return true
    }
    // Outside of a class `\-` is no escape of the Unicode mode, but every schema author takes it for one.
    if take("-") { return true }
    return classEscape() || characterEscape() != nil
  }

  /// `\d`, `\p{…}` and their kin.
  private mutating func classEscape() -> Bool {
    for escape in ["d", "D", "s", "S", "w", "W"] where take(escape) { return true }
    guard take("p{") || take("P{") else { return false }
    let start = place
    while let next, next == "_" || next == "=" || (next.isASCII && next.properties.isAlphabetic) || "0"..."9" ~= next {
      place += 1
    }
    return place > start && take("}")
  }

  /// An escape of one character, and which it is.
  private mutating func characterEscape() -> Unicode.Scalar? {
    guard let next else { return nil }
    place += 1
    switch next {
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "0":
      if let digit = self.next, "0"..."9" ~= digit { return nil }
      return "\0"
    case "c":
      guard let letter = self.next, letter.isASCII, letter.properties.isAlphabetic else { return nil }
      place += 1
      return Unicode.Scalar(letter.value % 32)
    case "x": return hexadecimal(2)
    case "u":
      guard take("{") else { return hexadecimal(4) }
      let value = hexadecimalValue(upTo: 8)
      return take("}") ? value.flatMap { Unicode.Scalar($0) } : nil
    default: return "^$\\.*+?()[]{}|/".unicodeScalars.contains(next) ? next : nil
    }
  }

  private mutating func hexadecimal(_ count: Int) -> Unicode.Scalar? {
    let start = place
    guard let value = hexadecimalValue(upTo: count), place == start + count else { return nil }
    // Half of a surrogate pair is a character to ECMA-262, and none to Unicode.
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private mutating func hexadecimalValue(upTo count: Int) -> UInt32? {
    var value: UInt32 = 0
    let start = place
    while place - start < count, let digit = next.flatMap({ Character($0).hexDigitValue }), next!.isASCII {
      value = value << 4 | UInt32(digit)
      place += 1
    }
    return place > start ? value : nil
  }

  // MARK: Classes

  private mutating func characterClass() -> Bool {
    _ = take("^")
    while let next, next != "]" {
      guard let first = classAtom() else { return false }
      guard self.next == "-", place + 1 < text.count, text[place + 1] != "]" else { continue }
      place += 1
      guard let last = classAtom(), case .scalar(let low) = first, case .scalar(let high) = last, low <= high else {
        return false
      }
    }
    return take("]")
  }

  private enum ClassAtom {
    case scalar(Unicode.Scalar)
    /// `\d` and its kin, which can end no range.
    case set
  }

  private mutating func classAtom() -> ClassAtom? {
    guard take("\\") else {
      guard let next else { return nil }
      place += 1
      return .scalar(next)
    }
    if take("b") { return .scalar("\u{08}") }
    if take("-") { return .scalar("-") }
    if classEscape() { return .set }
    return characterEscape().map { .scalar($0) }
  }
}
