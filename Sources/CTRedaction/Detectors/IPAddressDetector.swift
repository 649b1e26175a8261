/// IP addresses, which stand for a person's connection (Recital 30 of the GDPR): IPv4 in four decimal parts, IPv6 in
/// the forms of RFC 4291, section 2.2. Loopback and unspecified addresses name nobody.
enum IPAddressDetector {
  static func scan(_ text: ScannedText, _ shape: TextShape, _ findings: inout Findings) {
    if shape.kinds.contains(.dot) { scanV4(text, &findings) }
    if shape.kinds.contains(.hyphen) { scanHostNames(text, &findings) }
    if shape.kinds.contains(.assignment) { scanV6(text, &findings) }
  }

  private static func scanV4(_ text: ScannedText, _ findings: inout Findings) {
    text.forEachDigitGroup { start in
      let before = text[start - 1]
      guard before != .ascii("."), before != .ascii("_") || text.isAfterPrefix(start),
        let end = endOfV4(text, from: start)
      else { return nil }
      let isVersion = (before == .ascii("-") && text[start - 2].isAlphanumeric) || isNamedVersion(text, start)
      if !isVersion, !isNobody(text, start) { findings.add(.ipAddress, start..<end) }
      return end
    }
  }

  /// `v_1.2.3.4`, `release_1.2.3.4`
  private static func isNamedVersion(_ text: ScannedText, _ start: Int) -> Bool {
    if text[start - 1] != .ascii("_") { return false }
    return text.hasWord("version", at: start - 8) || text.hasWord("release", at: start - 8)
      || (text[start - 2].lowercased == .ascii("v") && !text[start - 3].isLetter)
  }

  /// `ip-81-2-69-142`, as hosting providers name machines and connections.
  private static func scanHostNames(_ text: ScannedText, _ findings: inout Findings) {
    text.forEachDigitGroup { start in
      guard text.hasWord("ip-", at: start - 3), !text[start - 4].isAlphanumeric,
        let end = endOfV4(text, from: start, separator: .ascii("-"))
      else { return nil }
      findings.add(.ipAddress, start..<end)
      return end
    }
  }

  /// Where the address ends: four parts up to 255, and no fifth.
  private static func endOfV4(_ text: ScannedText, from start: Int, separator: UInt8 = .ascii(".")) -> Int? {
    var index = start
    for part in 0..<4 {
      var value = 0
      let first = index
      while text[index].isDigit, index < first + 4 {
        value = value * 10 + text[index].digitValue
        index += 1
      }
      guard index > first, index <= first + 3, value <= 255 else { return nil }
      if part == 3 { break }
      guard text[index] == separator else { return nil }
      index += 1
    }
    let after = text[index]
    // A host's name goes on with its domain.
    if separator == .ascii("-"), after == .ascii(".") { return index }
    if after == .ascii(".") || after == .ascii("-") { return text[index + 1].isAlphanumeric ? nil : index }
    return after.isAlphanumeric || after == .ascii("_") ? nil : index
  }

  private static func isNobody(_ text: ScannedText, _ start: Int) -> Bool {
    text.hasPrefix("127.", at: start) || text.hasPrefix("0.0.0.0", at: start)
      || text.hasPrefix("255.255.255", at: start)
  }

  private static func scanV6(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index < text.count {
      guard isV6(text[index]) else {
        index += 1
        continue
      }
      let end = text.end(from: index, while: isV6)
      if end - index <= 48, !text[end].isAlphanumeric, let found = address(text, index..<end) {
        findings.add(.ipAddress, found)
      }
      index = end
    }
  }

  /// The address in a run of its characters. Before it a label may stand, of whose letters some are digits of an address:
  /// `ip:2001:db8::1`, `source:2001:db8::1`.
  private static func address(_ text: ScannedText, _ run: Range<Int>) -> Range<Int>? {
    let before = text[run.lowerBound - 1]
    let isFree = !before.isAlphanumeric && before != .ascii("_")
    if isFree, run.count <= 46, let found = IPv6Shape.address(text, run) { return found }
    let label = text.end(from: run.lowerBound, while: \.isHexDigit)
    guard label + 1 < run.upperBound, text[label] == .ascii(":"), text[label + 1] != .ascii(":") else { return nil }
    return IPv6Shape.address(text, label + 1..<run.upperBound)
  }

  private static func isV6(_ byte: UInt8) -> Bool {
    byte.isHexDigit || byte == .ascii(":") || byte == .ascii(".")
  }
}

/// The form of an IPv6 address: eight groups of up to four hexadecimal digits, or fewer around one `::`.
private enum IPv6Shape {
  /// The address within a run of its characters, which may end with a sentence's full stop or colon.
  static func address(_ text: ScannedText, _ run: Range<Int>) -> Range<Int>? {
    var end = run.upperBound
    while end > run.lowerBound, text[end - 1] == .ascii(".") { end -= 1 }
    if isAddress(text, run.lowerBound..<end) { return run.lowerBound..<end }
    guard end - run.lowerBound >= 3, text[end - 1] == .ascii(":"), text[end - 2] != .ascii(":") else { return nil }
    return isAddress(text, run.lowerBound..<end - 1) ? run.lowerBound..<end - 1 : nil
  }

  private static func isAddress(_ text: ScannedText, _ range: Range<Int>) -> Bool {
    var groups = 0
    var size = 0
    var gaps = 0
    var hasDigit = false
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      if byte == .ascii(".") { return gaps + groups > 0 && endsInV4(text, index, range.upperBound) }
      if byte == .ascii(":") {
        guard text[index + 1] == .ascii(":") else {
          if size == 0, gaps == 0 || text[index - 1] != .ascii(":") { return false }
          size = 0
          index += 1
          continue
        }
        gaps += 1
        size = 0
        index += 2
        continue
      }
      if size == 0 { groups += 1 }
      size += 1
      guard size <= 4 else { return false }
      if byte.isDigit { hasDigit = true }
      index += 1
    }
    // Without a digit it is a name of some language (`abc::def`); one group of one digit is the loopback address.
    guard hasDigit, text[range.upperBound - 1] != .ascii(":") || gaps == 1 else { return false }
    return gaps == 0 ? groups == 8 : gaps == 1 && groups <= 7 && !(groups == 1 && size == 1)
  }

  /// `::ffff:192.0.2.1`: what follows the first full stop completes four decimal parts.
  private static func endsInV4(_ text: ScannedText, _ firstDot: Int, _ end: Int) -> Bool {
    var dots = 0
    for index in firstDot..<end {
      if text[index] == .ascii(".") { dots += 1 } else if !text[index].isDigit { return false }
    }
    return dots == 3
  }
}
