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
    if first == .ascii("Q"), second == .ascii("Q") { return true }
    switch first {
    case .ascii("D"), .ascii("F"), .ascii("I"), .ascii("Q"), .ascii("U"), .ascii("V"): return false
    default: break
    }
    switch second {
    case .ascii("D"), .ascii("F"), .ascii("I"), .ascii("O"), .ascii("Q"), .ascii("U"), .ascii("V"): return false
    default: return !isNeverGiven(first, second)
    }
  }

  private static func isNeverGiven(_ first: UInt8, _ second: UInt8) -> Bool {
    switch (first, second) {
    case (.ascii("B"), .ascii("G")), (.ascii("G"), .ascii("B")), (.ascii("N"), .ascii("K")), (.ascii("K"), .ascii("N")),
      (.ascii("T"), .ascii("N")), (.ascii("N"), .ascii("T")), (.ascii("Z"), .ascii("Z")):
      return true
    default: return false
    }
  }
}
