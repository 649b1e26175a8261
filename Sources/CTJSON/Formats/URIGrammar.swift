/// URIs and relative references by the grammar of RFC 3986, appendix A.
enum URIGrammar {
  private typealias Text = ArraySlice<UInt8>

  static func isURI(_ text: ArraySlice<UInt8>) -> Bool {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")), isScheme(text[..<colon]) else { return false }
    return isHierarchy(text[(colon + 1)...], isRelative: false)
  }

  static func isReference(_ text: ArraySlice<UInt8>) -> Bool { isURI(text) || isHierarchy(text, isRelative: true) }

  private static func isScheme(_ text: Text) -> Bool {
    guard let first = text.first, StringFormats.isLetter(first) else { return false }
    return text.allSatisfy { StringFormats.isLetter($0) || StringFormats.isDigit($0) || "+-.".utf8.contains($0) }
  }

  /// What comes after the scheme: authority, path, query and fragment.
  private static func isHierarchy(_ text: Text, isRelative: Bool) -> Bool {
    var path = text
    if let hash = path.firstIndex(of: UInt8(ascii: "#")) {
      guard consists(path[(hash + 1)...], of: "/?:@") else { return false }
      path = path[..<hash]
    }
    if let mark = path.firstIndex(of: UInt8(ascii: "?")) {
      guard consists(path[(mark + 1)...], of: "/?:@") else { return false }
      path = path[..<mark]
    }
    if path.starts(with: "//".utf8) {
      let rest = path.dropFirst(2)
      let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      return isAuthority(rest[..<end]) && consists(rest[end...], of: "/:@")
    }
    // The first segment of a relative path must not look like a scheme (section 4.2).
    let first = path.prefix { $0 != UInt8(ascii: "/") }
    if isRelative, first.contains(UInt8(ascii: ":")) { return false }
    return consists(path, of: "/:@")
  }

  private static func isAuthority(_ text: Text) -> Bool {
    var host = text
    if let at = host.lastIndex(of: UInt8(ascii: "@")) {
      guard consists(host[..<at], of: ":") else { return false }
      host = host[(at + 1)...]
    }
    if host.first == UInt8(ascii: "[") {
      guard let end = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
      let inner = host[host.index(after: host.startIndex)..<end]
      return (StringFormats.isIPv6(inner) || isFutureAddress(inner)) && isPort(host[(end + 1)...])
    }
    let end = host.firstIndex(of: UInt8(ascii: ":")) ?? host.endIndex
    return consists(host[..<end], of: "") && isPort(host[end...])
  }

  private static func isPort(_ text: Text) -> Bool {
    text.isEmpty || text.first == UInt8(ascii: ":") && text.dropFirst().allSatisfy(StringFormats.isDigit)
  }

  private static func isFutureAddress(_ text: Text) -> Bool {
    guard let first = text.first, first | 0x20 == UInt8(ascii: "v"), let dot = text.firstIndex(of: UInt8(ascii: "."))
    else { return false }
    let version = text[text.index(after: text.startIndex)..<dot]
    let address = text[(dot + 1)...]
    return !version.isEmpty && version.allSatisfy(StringFormats.isHexadecimal) && !address.isEmpty
      && !address.contains(UInt8(ascii: "%")) && consists(address, of: ":")
  }

  /// Whether a text is made of unreserved characters, sub-delimiters, percent escapes and some more characters.
  private static func consists(_ text: Text, of more: String) -> Bool {
    var rest = text
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        guard rest.count >= 2, rest.prefix(2).allSatisfy(StringFormats.isHexadecimal) else { return false }
        rest = rest.dropFirst(2)
      } else if !StringFormats.isLetter(byte), !StringFormats.isDigit(byte),
        !"-._~!$&'()*+,;=".utf8.contains(byte), !more.utf8.contains(byte)
      {
        return false
      }
    }
    return true
  }
}
