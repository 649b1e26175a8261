import CTJSON

/// Writes nodes as YAML that people can read: block style, texts of several lines as literals, quotes only where needed.
///
/// What is written reads the same by YAML 1.1 and 1.2: words such as `no` and what looks like a number or a date is quoted.
package enum YAMLWriter {
  /// The text of a document.
  package static func write(_ node: SpecNode) -> String {
    String(decoding: YAMLEmitter.document { emit(node, $0) }, as: UTF8.self)
  }

  private static func emit(_ node: SpecNode, _ emitter: borrowing YAMLEmitter) {
    switch node.value {
    case .null: emitter.scalar("null", .plain)
    case .bool(let bool): emitter.scalar(bool ? "true" : "false", .plain)
    case .number(let number): emitter.scalar(number.lexeme, .plain)
    case .string(let string): emitter.scalar(string, style(of: string))
    case .array(let elements): emitElements(elements, emitter)
    case .object(let members): emitMembers(members, emitter)
    }
  }

  private static func emitElements(_ elements: [SpecNode], _ emitter: borrowing YAMLEmitter) {
    emitter.sequence(isEmpty: elements.isEmpty) {
      for element in elements { emit(element, emitter) }
    }
  }

  private static func emitMembers(_ members: [SpecNode.Member], _ emitter: borrowing YAMLEmitter) {
    emitter.mapping(isEmpty: members.isEmpty) {
      for member in members {
        let keyStyle = style(of: member.key)
        emitter.scalar(member.key, keyStyle == .literal ? .quoted : keyStyle)
        emit(member.value, emitter)
      }
    }
  }

  /// Words that are booleans or null in YAML 1.1 or 1.2.
  private static let words: Set<String> = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]

  static func style(of string: String) -> YAMLEmitter.ScalarStyle {
    if isPlainWord(string) { return .plain }
    if string.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return isPlainLine(string) ? .plain : .quoted }
    let scalars = string.unicodeScalars
    let isPrintable = scalars.allSatisfy(Self.isPrintable)
    if scalars.contains("\n") { return isPrintable && isLiteral(string) ? .literal : .quoted }
    guard let first = scalars.first, isPrintable, first.properties.isAlphabetic || first == "/" || first == "$" else {
      return .quoted
    }
    return isHard(string) ? .quoted : .plain
  }

  /// The same of printable ASCII, by bytes.
  private static func isPlainLine(_ string: String) -> Bool {
    guard let first = string.utf8.first else { return false }
    let begins = 0x61...0x7A ~= first | 0x20 || first == UInt8(ascii: "/") || first == UInt8(ascii: "$")
    return begins && !isHard(string)
  }

  private static func isHard(_ string: String) -> Bool {
    // Beyond syntax, which the emitter sees to: `a: b` and `a # b` are hard to read unquoted.
    let last = string.utf8.last
    return string.containsBytes(of: ": ") || string.containsBytes(of: " #") || last == UInt8(ascii: ":")
      || last == UInt8(ascii: " ") || string.utf8.count <= 5 && words.contains(string.lowercased())
  }

  /// Names such as `operationId`, which are most of what is written: longer than any word, and nothing but letters.
  private static func isPlainWord(_ string: String) -> Bool {
    string.utf8.count > 5 && string.utf8.allSatisfy { 0x61...0x7A ~= $0 | 0x20 }
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...: true
    default: false
    }
  }

  /// Literals cannot begin with space or an empty line, and trailing spaces would not be seen.
  private static func isLiteral(_ string: String) -> Bool {
    guard let first = string.first, first != " ", first != "\n" else { return false }
    return !string.containsBytes(of: " \n") && !string.hasSuffix(" ")
  }
}
