extension StringFormats {
  /// RFC 1123, section 2.1: labels of letters, digits and hyphens, at most 63 each and 253 in all.
  static func isHostname(_ text: ArraySlice<UInt8>) -> Bool {
    guard 1...253 ~= text.count else { return false }
    return text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      1...63 ~= label.count && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
        && label.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }
  }

  /// RFC 2673, section 3.2: four decimal octets without leading zeros.
  static func isIPv4(_ text: ArraySlice<UInt8>) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard 1...3 ~= part.count, part.allSatisfy(isDigit), part.count == 1 || part.first != 48 else { return false }
        return part.reduce(0) { $0 * 10 + Int($1 - 48) } <= 255
      }
  }

  /// RFC 4291, section 2.2.
  static func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
    let colon = UInt8(ascii: ":")
    guard text.count <= 45 else { return false }
    let gaps = zip(text.indices, text.indices.dropFirst()).filter { text[$0] == colon && text[$1] == colon }
    if gaps.isEmpty { return groups(text, mayEndInIPv4: true) == 8 }
    guard gaps.count == 1, let gap = gaps.first else { return false }
    let (head, tail) = (text[..<gap.0], text[(gap.1 + 1)...])
    guard let before = head.isEmpty ? 0 : groups(head, mayEndInIPv4: false),
      let after = tail.isEmpty ? 0 : groups(tail, mayEndInIPv4: true)
    else { return false }
    return before + after <= 7
  }

  /// How many groups of 16 bits the text has; an IPv4 address at the end counts for two.
  private static func groups(_ text: ArraySlice<UInt8>, mayEndInIPv4: Bool) -> Int? {
    var parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var count = 0
    if mayEndInIPv4, let last = parts.last, last.contains(UInt8(ascii: ".")) {
      guard isIPv4(last) else { return nil }
      parts.removeLast()
      count = 2
    }
    guard parts.allSatisfy({ 1...4 ~= $0.count && $0.allSatisfy(isHexadecimal) }) else { return nil }
    return count + parts.count
  }

  /// RFC 5321, section 4.1.2: `Mailbox`.
  static func isEmail(_ text: [UInt8]) -> Bool {
    guard text.count <= 320, let at = text.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let (local, domain) = (text[..<at], text[(at + 1)...])
    guard 1...64 ~= local.count else { return false }
    return (isDotString(local) || isQuotedString(local)) && (isHostname(domain) || isAddressLiteral(domain))
  }

  private static func isDotString(_ text: ArraySlice<UInt8>) -> Bool {
    text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
      !atom.isEmpty && atom.allSatisfy { isLetter($0) || isDigit($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
    }
  }

  private static func isQuotedString(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count >= 2, text.first == UInt8(ascii: "\""), text.last == UInt8(ascii: "\"") else { return false }
    var rest = text.dropFirst().dropLast()
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\") {
        guard let escaped = rest.popFirst(), 32...126 ~= escaped else { return false }
      } else if byte == UInt8(ascii: "\"") || !(32...126 ~= byte) {
        return false
      }
    }
    return true
  }

  private static func isAddressLiteral(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") else { return false }
    let inner = text.dropFirst().dropLast()
    let prefix = Array("ipv6:".utf8)
    if inner.prefix(5).map({ isLetter($0) ? $0 | 0x20 : $0 }) == prefix { return isIPv6(inner.dropFirst(5)) }
    return isIPv4(inner)
  }
}
