/// Identifiers by the Swift API Design Guidelines, from whatever the spec calls a thing.
///
/// No name of a spec begins with an underscore that a letter follows, so that generated code may have such names.
enum SwiftName {
  /// `UpperCamelCase`, for types.
  static func type(_ text: String) -> String {
    let words = Self.words(text)
    let joined = words.map { capitalized($0) }.joined()
    return joined.isEmpty ? "Empty" : startsWithDigit(joined) ? "_" + joined : joined
  }

  /// `lowerCamelCase`, for properties, cases and functions; with an underscore in front where Swift or what surrounds
  /// the name has it already.
  static func member(_ text: String, avoiding reserved: Set<String>) -> String {
    let name = member(text)
    return reserved.contains(name) || impossible.contains(name) ? "_" + name : name
  }

  /// `lowerCamelCase` as a part of another name.
  static func member(_ text: String) -> String {
    if isMember(text) { return text }
    let words = Self.words(text)
    guard let first = words.first else { return "empty" }
    let joined = lowercasedFirst(first) + words.dropFirst().map { capitalized($0) }.joined()
    return startsWithDigit(joined) ? "_" + joined : joined
  }

  /// Whether the text is what ``member(_:)`` would make of it, which most names of properties are.
  private static func isMember(_ text: String) -> Bool {
    guard let first = text.utf8.first, UInt8(ascii: "a")...UInt8(ascii: "z") ~= first else { return false }
    return text.utf8.allSatisfy(isWordByte)
  }

  /// What means something else after a dot, in backticks too.
  private static let impossible: Set<String> = ["init", "self"]

  /// The identifier as it is written where a name is declared or used: in backticks where it is a keyword.
  static func escaped(_ identifier: String) -> String {
    keywords.contains(identifier) ? "`\(identifier)`" : identifier
  }

  /// The identifier before the colon of an argument: nearly every keyword may stand there as it is.
  static func label(_ identifier: String) -> String {
    ["inout", "let", "var"].contains(identifier) ? escaped(identifier) : identifier
  }

  private static func words(_ text: String) -> [String] {
    // By bytes, which nearly all names allow.
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return text.utf8.split { !isWordByte($0) }.map { String(Substring($0)) }
    }
    return text.unicodeScalars.split { !isWordScalar($0) }.map { String(String.UnicodeScalarView($0)) }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 48...57: true
    default: false
    }
  }

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? "A"..."Z" ~= scalar || "a"..."z" ~= scalar || "0"..."9" ~= scalar : scalar.properties.isXIDContinue
  }

  private static func startsWithDigit(_ text: String) -> Bool {
    text.unicodeScalars.first.map { !$0.properties.isXIDStart } ?? true
  }

  private static func capitalized(_ word: String) -> String {
    // Digits and capitals are what they will be.
    if let first = word.utf8.first, first < UInt8(ascii: "a"), word.utf8.dropFirst().first ?? 0 < 0x80 { return word }
    return word.prefix(1).uppercased() + word.dropFirst()
  }

  /// `URLPath` becomes `urlPath`, `ID` becomes `id`: a leading acronym goes down as a whole.
  private static func lowercasedFirst(_ word: String) -> String {
    if word.utf8.allSatisfy({ 0x61..<0x80 ~= $0 }) { return word }
    let capitals = word.prefix { $0.isUppercase }
    if capitals.count <= 1 || capitals.count == word.count {
      return capitals.lowercased() + word.dropFirst(capitals.count)
    }
    let lowered = capitals.dropLast()
    return lowered.lowercased() + word.dropFirst(lowered.count)
  }

  private static let keywords: Set<String> = [
    "Any", "Self", "as", "associatedtype", "await", "break", "case", "catch", "class",
    "continue", "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate",
    "for", "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator",
    "package", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return", "self", "static",
    "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
  ]
}
