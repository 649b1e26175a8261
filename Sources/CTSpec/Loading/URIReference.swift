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
      let digits = rest.prefix(2).compactMap(hexadecimal)
      if byte == UInt8(ascii: "%"), digits.count == 2 {
        bytes.append(digits[0] << 4 | digits[1])
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? String(text)
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// Whether it is a reference at all; letters beyond ASCII are taken, as in an IRI (RFC 3987, section 2.2).
  static func isReference(_ text: String) -> Bool {
    var encoded = ""
    for scalar in text.unicodeScalars { encoded += scalar.isASCII ? String(scalar) : "%FF" }
    return FormatAssertion.holds("uri-reference", encoded)
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
  ///
  /// A base without a scheme is the path of a file, in which `?` is a character like others.
  package static func resolve(_ reference: String, from base: String) -> String {
    if reference.isEmpty { return base }
    if scheme(of: reference) != nil { return Parts(uri: reference).normalized.text }
    guard scheme(of: base) != nil else { return resolved(Parts(path: reference), from: Parts(path: base)).text }
    return resolved(Parts(uri: reference), from: Parts(uri: base)).text
  }

  /// Section 5.2.2, for a reference without a scheme.
  private static func resolved(_ reference: Parts, from base: Parts) -> Parts {
    var target = reference
    target.scheme = base.scheme
    if reference.authority != nil { return target.normalized }
    target.authority = base.authority
    if reference.path.isEmpty {
      target.path = base.path
      target.query = reference.query ?? base.query
      return target
    }
    if !reference.path.hasPrefix("/") { target.path = merged(reference.path, base) }
    return target.normalized
  }

  /// Section 5.2.3.
  private static func merged(_ path: Substring, _ base: Parts) -> Substring {
    if base.authority != nil, base.path.isEmpty { return "/" + path }
    guard let slash = base.path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return base.path[...slash] + path
  }

  /// What a reference is made of (section 3).
  private struct Parts {
    var scheme: Substring?
    var authority: Substring?
    var path: Substring
    var query: Substring?

    init(path: String) {
      self.path = path[...]
      splitAuthority()
    }

    init(uri: String) {
      path = uri[...]
      if let scheme = URIReference.scheme(of: uri) {
        self.scheme = scheme
        path = path[uri.index(after: scheme.endIndex)...]
      }
      if let mark = path.utf8.firstIndex(of: UInt8(ascii: "?")) {
        query = path[path.index(after: mark)...]
        path = path[..<mark]
      }
      splitAuthority()
    }

    private mutating func splitAuthority() {
      guard path.hasPrefix("//") else { return }
      let rest = path.dropFirst(2)
      let end = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      authority = rest[..<end]
      path = rest[end...]
    }

    var normalized: Parts {
      var parts = self
      parts.path = URIReference.removingDots(path)[...]
      return parts
    }

    /// Section 5.3.
    var text: String {
      (scheme.map { $0 + ":" } ?? "") + (authority.map { "//" + $0 } ?? "") + path + (query.map { "?" + $0 } ?? "")
    }
  }

  /// Without `.` and `..`; those that lead above the start of a relative path stay.
  private static func removingDots(_ path: Substring) -> String {
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
