/// UK National Insurance numbers: two letters, six digits, a suffix from A to D; `AB 12 34 56 C`, `ab123456c`.
///
/// Source: HMRC's National Insurance Manual, NIM39110, for the prefixes that are never given out. `QQ`, which the
/// government's own examples use, counts as one: it costs nothing, and people write their tests with it. Without its
/// suffix a number is found only where the key or a label says what it is.
enum NINumberDetector {
  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index + 8 < text.count {
      guard text[index].isLetter, text[index + 1].isLetter, !text[index - 1].isAlphanumeric,
        text[index - 1] != .ascii("_") || text.isAfterPrefix(index),
        isPrefix(text[index].uppercased, text[index + 1].uppercased),
        let end = end(of: text, from: index + 2)
      else {
        index += 1
        continue
      }
      findings.add(.niNumber, index..<end)
      index = end
    }
  }

  private static func end(of text: ScannedText, from start: Int) -> Int? {
    var index = start
    for pair in 0..<3 {
      index += separator(text, index)
      guard text[index].isDigit, text[index + 1].isDigit else { return nil }
      index += 2
      if pair < 2, !text[index].isDigit, separator(text, index) == 0 { return nil }
    }
    index += separator(text, index)
    guard .ascii("A")...(.ascii("D")) ~= text[index].uppercased else { return nil }
    let after = text[index + 1]
    return after.isAlphanumeric || after == .ascii("_") || after.isNonASCII ? nil : index + 1
  }

  private static func separator(_ text: ScannedText, _ index: Int) -> Int {
    text.spaceOrHyphen(at: index) == 1 || text[index] == .ascii(".") ? 1 : 0
  }

  private static func isPrefix(_ first: UInt8, _ second: UInt8) -> Bool {
    let code = UInt16(first) << 8 | UInt16(second)
    if code == pair("Q", "Q") { return true }
    return !"DFIQUV".utf8.contains(first) && !"DFIOQUV".utf8.contains(second) && !neverGiven.contains(code)
  }

  private static func pair(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> UInt16 {
    UInt16(UInt8(ascii: first)) << 8 | UInt16(UInt8(ascii: second))
  }

  private static let neverGiven = [
    pair("B", "G"), pair("G", "B"), pair("N", "K"), pair("K", "N"), pair("T", "N"), pair("N", "T"), pair("Z", "Z"),
  ]
}
