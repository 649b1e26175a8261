/// JSON Pointers (RFC 6901) as text.
package enum JSONPointer {
  /// A reference token with `~` and `/` escaped (section 3).
  package static func escape(_ token: String) -> String {
    guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return token }
    var text = ""
    for scalar in token.unicodeScalars {
      switch scalar {
      case "~": text += "~0"
      case "/": text += "~1"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// A pointer with one more token.
  package static func appending(_ token: String, to pointer: String) -> String { pointer + "/" + escape(token) }

  /// The unescaped tokens, or `nil` if it is no pointer: it must be empty or begin with `/`, and `~` must be followed by
  /// 0 or 1.
  package static func tokens(_ pointer: String) -> [String]? {
    if pointer.isEmpty { return [] }
    guard pointer.utf8.first == UInt8(ascii: "/") else { return nil }
    var tokens: [String] = []
    for part in pointer.unicodeScalars.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let token = unescape(part) else { return nil }
      tokens.append(token)
    }
    return tokens
  }

  private static func unescape(_ part: Substring.UnicodeScalarView) -> String? {
    guard part.contains("~") else { return String(part) }
    var text = String.UnicodeScalarView()
    var rest = part
    while let scalar = rest.popFirst() {
      guard scalar == "~" else {
        text.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "0": text.append("~")
      case "1": text.append("/")
      default: return nil
      }
    }
    return String(text)
  }

  /// An array index: digits without a leading zero (section 4).
  package static func index(_ token: String) -> Int? {
    guard !token.isEmpty, token.utf8.allSatisfy({ 48...57 ~= $0 }), token == "0" || token.utf8.first != 48 else {
      return nil
    }
    return Int(token)
  }

  /// The pointer to the parent, or `nil` for the root.
  package static func parent(of pointer: String) -> String? {
    guard let slash = pointer.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return String(pointer[..<slash])
  }

  /// The last token, unescaped.
  package static func lastToken(of pointer: String) -> String? {
    guard let slash = pointer.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return unescape(pointer[pointer.index(after: slash)...].unicodeScalars[...])
  }
}
