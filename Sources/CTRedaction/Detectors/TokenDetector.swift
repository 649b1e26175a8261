/// Keys and tokens whose issuers gave them a prefix so that scanners find them; the tower's own among them (`ct_…`,
/// CTCrypto's `Token`, taken by its form alone: a mistyped token is still nearly one); and what follows `Bearer` or `Basic`.
///
/// Sources: the issuers' documentation, as GitHub's list of secret scanning patterns collects it.
enum TokenDetector {
  private struct Issuer {
    var prefix: StaticString
    /// How many characters at least follow the prefix.
    var rest: Int

    init(_ prefix: StaticString, _ rest: Int) {
      self.prefix = prefix
      self.rest = rest
    }
  }

  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index + 12 <= text.count {
      let byte = text[index]
      guard byte.isAlphanumeric, !isWord(text[index - 1]) || text.isAfterPrefix(index),
        let found = match(text, at: index)
      else {
        index += 1
        continue
      }
      findings.add(.token, found)
      index = found.upperBound
    }
  }

  private static func match(_ text: ScannedText, at index: Int) -> Range<Int>? {
    let first = text[index]
    if first | 0x20 == .ascii("b") { return credentials(text, at: index) }
    var candidates = first < 128 ? byFirst[Int(first)] : 0
    while candidates != 0 {
      let issuer = issuers[candidates.trailingZeroBitCount]
      candidates &= candidates - 1
      guard text.hasPrefix(issuer.prefix, at: index) else { continue }
      let start = index + issuer.prefix.utf8CodeUnitCount
      if let end = partedKeyId(text, from: start, issuer) { return index..<end }
      var least = start
      while least < start + issuer.rest, isToken(text[least]) { least += 1 }
      if least == start + issuer.rest { return index..<end(of: text, from: least) }
    }
    return nil
  }

  /// `AKIA IOSFODNN7EXAMPLE`: the identifier of an AWS key, which is of fixed length, in two words.
  private static func partedKeyId(_ text: ScannedText, from start: Int, _ issuer: Issuer) -> Int? {
    guard text[start] == 0x20, text[start - 1] == .ascii("A"), issuer.prefix.utf8CodeUnitCount == 4 else { return nil }
    let rest = start + 1..<start + 1 + issuer.rest
    guard !text[rest.upperBound].isAlphanumeric, rest.allSatisfy({ text[$0].isUppercase || text[$0].isDigit }),
      rest.contains(where: { text[$0].isDigit })
    else { return nil }
    return rest.upperBound
  }

  /// `Bearer …` and `Basic …` as in an `Authorization` header (RFC 9110, section 11.6.2): at least twelve characters
  /// that are no plain word.
  private static func credentials(_ text: ScannedText, at index: Int) -> Range<Int>? {
    let length = text.hasWord("bearer", at: index) ? 6 : text.hasWord("basic", at: index) ? 5 : 0
    guard length > 0, text[index + length] == 0x20 else { return nil }
    let start = text.end(from: index + length) { $0 == 0x20 }
    var isWord = true
    var place = start
    while place < start + 12 {
      guard isToken(text[place]) else { return nil }
      if text[place].isDigit || (place > start && text[place].isUppercase) { isWord = false }
      place += 1
    }
    let end = end(of: text, from: place)
    if isWord { isWord = text[end - 1] != .ascii("=") }
    return isWord ? nil : start..<end
  }

  private static func end(of text: ScannedText, from start: Int) -> Int {
    var end = text.end(from: start, while: isToken)
    while end > start, text[end - 1] == .ascii(".") { end -= 1 }
    return end
  }

  private static func isToken(_ byte: UInt8) -> Bool {
    if byte.isAlphanumeric { return true }
    switch byte {
    case .ascii("_"), .ascii("-"), .ascii("."), .ascii("~"), .ascii("+"), .ascii("/"), .ascii("="): return true
    default: return false
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte == .ascii("_") }

  /// For each first byte, the issuers whose prefix starts with it, a bit for each.
  private static let byFirst: InlineArray<128, UInt64> = {
    var table = InlineArray<128, UInt64>(repeating: 0)
    for (index, issuer) in issuers.enumerated() { table[Int(issuer.prefix.utf8Start[0])] |= 1 << UInt64(index) }
    return table
  }()

  private static let issuers = [
    Issuer("AKIA", 16), Issuer("ASIA", 16), Issuer("AIza", 35), Issuer("ya29.", 20), Issuer("GOCSPX-", 20),
    Issuer("ghp_", 30), Issuer("gho_", 30), Issuer("ghu_", 30), Issuer("ghs_", 30), Issuer("ghr_", 30),
    Issuer("github_pat_", 30), Issuer("glpat-", 20), Issuer("npm_", 30), Issuer("pypi-", 40), Issuer("dop_v1_", 32),
    Issuer("sk_live_", 16), Issuer("sk_test_", 16), Issuer("pk_live_", 16), Issuer("pk_test_", 16),
    Issuer("rk_live_", 16), Issuer("rk_test_", 16), Issuer("whsec_", 16), Issuer("sk-", 20), Issuer("SG.", 40),
    Issuer("xoxb-", 16), Issuer("xoxp-", 16), Issuer("xoxa-", 16), Issuer("xoxs-", 16), Issuer("xapp-", 16),
    Issuer("shpat_", 32), Issuer("hf_", 30), Issuer("dckr_pat_", 20), Issuer("ct_", 51),
  ]
}
