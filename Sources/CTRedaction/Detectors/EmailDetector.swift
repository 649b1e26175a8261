/// E-mail addresses: `local@domain` with at least one dot in the domain (RFC 5321, section 4.1.2), `user@[192.0.2.1]`,
/// and quoted local parts.
///
/// It looks left and right of every `@`, to the left never beyond the one before it: linear, however many there are.
/// `git@host` is how Git names servers and `1.2.3` after an `@` is a version; neither is an address. A domain of one word
/// (`jane@example`) counts only after a word such as `mail`: packages and branches are written like that, too.
enum EmailDetector {
  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var floor = 0
    for at in 0..<text.count where text[at] == .ascii("@") {
      // People who fear robots write `jane @ example.com`.
      let local = text[at - 1] == 0x20 && text[at + 1] == 0x20 && at > floor ? at - 1 : at
      let start = localStart(text, at: local, floor: floor)
      floor = at + 1
      guard start < local, !isGit(text, start..<local) else { continue }
      let domain = at + 1 + at - local
      guard let end = domainEnd(text, from: domain) ?? labelledHost(text, from: domain, local: start) else { continue }
      findings.add(.email, start..<end)
      floor = end
    }
  }

  /// `jane=40example.com`, as mail's own encoding writes it (RFC 2045, section 6.7): only under the domains that people
  /// write most, for `width=40px` is no address.
  static func scanQuotedPrintable(_ text: ScannedText, _ findings: inout Findings) {
    var floor = 0
    var index = 1
    while index + 3 < text.count {
      guard text[index] == .ascii("="), text[index + 1] == .ascii("4"), text[index + 2] == .ascii("0") else {
        index += 1
        continue
      }
      let start = localStart(text, at: index, floor: floor)
      floor = index + 3
      if start < index, let end = domainEnd(text, from: floor), TopLevelDomain.ends(text, at: end) {
        findings.add(.email, start..<end)
        floor = end
      }
      index = floor
    }
  }

  private static let labels: [StaticString] = ["mail", "mailto", "cc", "bcc", "mailbox"]

  /// Where a host's name without a domain ends, if the address has a label: `mail jane@example`, `e-mail: jane@example`.
  private static func labelledHost(_ text: ScannedText, from start: Int, local: Int) -> Int? {
    let end = text.end(from: start, while: isLabel)
    guard end > start + 1, text[start].isLetter, text[local].isLetter else { return nil }
    var label = local
    while label > local - 3, " :=<\"'(".utf8.contains(text[label - 1]) { label -= 1 }
    let isLabelled = label < local && labels.contains { text.hasWord($0, at: label - $0.utf8CodeUnitCount) }
    return isLabelled ? end : nil
  }

  private static func localStart(_ text: ScannedText, at: Int, floor: Int) -> Int {
    if text[at - 1] == .ascii("\""), at - 1 > floor {
      var quote = at - 2
      while quote > floor, text[quote] != .ascii("\"") { quote -= 1 }
      return text[quote] == .ascii("\"") ? quote : at
    }
    var start = at
    while start > floor, isLocal(text[start - 1]) { start -= 1 }
    while start < at, text[start] == .ascii(".") || text[start] == .ascii("'") { start += 1 }
    return start
  }

  /// The `atext` of RFC 5322, section 3.2.3, and dots, without what parts things in URLs, forms and code.
  private static func isLocal(_ byte: UInt8) -> Bool {
    if byte.isAlphanumeric || byte.isNonASCII { return true }
    switch byte {
    case .ascii("."), .ascii("_"), .ascii("-"), .ascii("+"), .ascii("'"), .ascii("~"), .ascii("#"), .ascii("$"),
      .ascii("!"), .ascii("*"), .ascii("^"), .ascii("%"):
      return true
    default: return false
    }
  }

  private static func isLabel(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte.isNonASCII || byte == .ascii("-") }

  private static func domainEnd(_ text: ScannedText, from start: Int) -> Int? {
    if text[start] == .ascii("[") { return literalEnd(text, from: start) }
    var label = start
    var end = start
    var labels = 0
    var numeric = 0  // labels at the front that are numbers
    while true {
      let next = text.end(from: label, while: isLabel)
      guard next > label else { break }
      if numeric == labels, text.end(from: label, while: \.isDigit) == next { numeric += 1 }
      labels += 1
      end = next
      guard text[next] == .ascii("."), isLabel(text[next + 1]) else { break }
      label = next + 1
    }
    guard labels >= 2, numeric < 2, isTopLevel(text, label..<end) else { return nil }
    return end
  }

  /// At least two letters, or an international name in its ASCII form.
  private static func isTopLevel(_ text: ScannedText, _ range: Range<Int>) -> Bool {
    let letters = text.end(from: range.lowerBound) { $0.isLetter || $0.isNonASCII }
    return letters - range.lowerBound >= 2
  }

  private static func literalEnd(_ text: ScannedText, from start: Int) -> Int? {
    let end = text.end(from: start + 1) { $0.isHexDigit || $0 == .ascii(".") || $0 == .ascii(":") }
    return end > start + 2 && text[end] == .ascii("]") ? end + 1 : nil
  }

  private static func isGit(_ text: ScannedText, _ local: Range<Int>) -> Bool {
    local.count == 3 && text.hasWord("git", at: local.lowerBound)
  }
}
