/// URI references as specs use them (RFC 3986), and file paths, which behave like the relative ones.
package enum URIReference {
  /// The part before `#` and the percent-decoded part after it.
  package static func split(_ reference: String) -> (resource: String, fragment: String?) {
    guard let hash = reference.utf8.firstIndex(of: UInt8(ascii: "#")) else { return (reference, nil) }
    return (String(reference[..<hash]), percentDecoded(reference[reference.index(after: hash)...]))
  }

  /// The text with `%xx` decoded; as it is where that gives no UTF-8.
  static func percentDecoded(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let value = UInt8(Substring(rest.prefix(2)), radix: 16), rest.count >= 2 {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? String(text)
  }

  /// The scheme, such as `https`, if there is one (RFC 3986, section 3.1).
  static func scheme(of reference: String) -> Substring? {
    guard let colon = reference.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let scheme = reference[..<colon]
    let isScheme = scheme.utf8.enumerated().allSatisfy { index, byte in
      switch byte | 0x20 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): true
      default: index > 0 && (48...57 ~= byte || byte == 43 || byte == 45 || byte == 46)
      }
    }
    return isScheme && !scheme.isEmpty ? scheme : nil
  }

  /// A reference seen from a base, neither with a fragment (RFC 3986, section 5.2).
  package static func resolve(_ reference: String, from base: String) -> String {
    if reference.isEmpty { return base }
    if scheme(of: reference) != nil { return normalized(reference) }
    let (authority, path) = parts(of: base)
    if reference.hasPrefix("//") { return (scheme(of: base).map { $0 + ":" } ?? "") + reference }
    if reference.hasPrefix("/") { return authority + removingDots(reference) }
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return authority + removingDots(reference) }
    return authority + removingDots(path[...slash] + reference)
  }

  private static func normalized(_ reference: String) -> String {
    let (authority, path) = parts(of: reference)
    return authority + removingDots(path)
  }

  /// `https://host` and the rest; for `urn:` all of it is the first part.
  private static func parts(of base: String) -> (authority: String, path: String) {
    guard let scheme = scheme(of: base) else { return ("", base) }
    let rest = base[base.index(scheme.endIndex, offsetBy: 1)...]
    guard rest.hasPrefix("//") else { return rest.hasPrefix("/") ? (scheme + ":", String(rest)) : (base, "") }
    let afterSlashes = rest.dropFirst(2)
    let end = afterSlashes.firstIndex(of: "/") ?? afterSlashes.endIndex
    return (String(base[..<end]), String(base[end...]))
  }

  /// Without `.` and `..`; those that lead above the start of a relative path stay.
  private static func removingDots(_ path: String) -> String {
    var kept: [Substring] = []
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      if segment == "." {
        if isLast { kept.append("") }
      } else if segment == "..", let last = kept.last, last != ".." {
        if !(kept.count == 1 && last.isEmpty) { kept.removeLast() }
        if isLast { kept.append("") }
      } else {
        kept.append(segment)
      }
    }
    return kept.joined(separator: "/")
  }
}
