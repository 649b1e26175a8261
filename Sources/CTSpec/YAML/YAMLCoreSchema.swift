import CTJSON

/// What plain scalars mean: the core schema of YAML 1.2.2, section 10.3.2.
enum YAMLCoreSchema {
  enum Resolution {
    case value(SpecNode.Value)
    /// Something that JSON cannot express.
    case refused(String)
  }

  static func resolve(_ text: String) -> Resolution {
    switch text {
    case "", "~", "null", "Null", "NULL": return .value(.null)
    case "true", "True", "TRUE": return .value(.bool(true))
    case "false", "False", "FALSE": return .value(.bool(false))
    default: break
    }
    guard let first = text.utf8.first, 48...57 ~= first || first == 43 || first == 45 || first == 46 else {
      return .value(.string(text))
    }
    return number(text)
  }

  private static let notFinite: Set<String> = [
    ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN",
  ]

  private static func number(_ text: String) -> Resolution {
    if notFinite.contains(text) { return .refused("'\(text)' is no number of JSON") }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] where text.hasPrefix(prefix) {
      let digits = text.dropFirst(2)
      guard !digits.isEmpty, digits.utf8.allSatisfy({ isDigit($0, radix) }) else { return .value(.string(text)) }
      guard let value = UInt64(digits, radix: radix) else { return .refused("'\(text)' is beyond 64 bits") }
      return .value(.number(JSONNumber(value)))
    }
    guard let number = decimal(text) else { return .value(.string(text)) }
    return number.hasKnownExponent ? .value(.number(number)) : .refused(SpecNode.unknownExponent)
  }

  private static func isDigit(_ byte: UInt8, _ radix: Int) -> Bool {
    switch byte {
    case 48...55: true
    case 56...57: radix == 16
    default: radix == 16 && 97...102 ~= byte | 0x20
    }
  }

  /// Takes `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?` and writes it as JSON does.
  private static func decimal(_ text: String) -> JSONNumber? {
    var rest = text.utf8[...]
    func digits() -> Substring.UTF8View {
      let digits = rest.prefix { 48...57 ~= $0 }
      rest = rest.dropFirst(digits.count)
      return digits
    }
    var lexeme = rest.first == UInt8(ascii: "-") ? "-" : ""
    if rest.first == 43 || rest.first == 45 { rest = rest.dropFirst() }
    let whole = digits()
    let significant = whole.drop { $0 == 48 }
    lexeme += significant.isEmpty ? "0" : String(Substring(significant))
    var fraction = rest.prefix(0)
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      fraction = digits()
      if !fraction.isEmpty { lexeme += "." + String(Substring(fraction)) }
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    if rest.first.map({ $0 | 0x20 }) == UInt8(ascii: "e") {
      lexeme += String(Substring(rest))
    } else if !rest.isEmpty {
      return nil
    }
    return JSONNumber(lexeme)
  }
}
