/// Passwords that stand after the word, as in `my password is hunter2` and `--password hunter2`.
///
/// Only a word with a digit in it counts: "password reset" and "the password was wrong" are prose.
enum SpokenPasswordDetector {
  private static let words: [StaticString] = ["password", "passwd", "passphrase", "passcode", "pwd", "pin"]

  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index < text.count {
      guard text[index].lowercased == .ascii("p"), !text[index - 1].isAlphanumeric,
        let value = value(text, after: index)
      else {
        index += 1
        continue
      }
      findings.add(.secret, value)
      index = value.upperBound
    }
  }

  private static func value(_ text: ScannedText, after index: Int) -> Range<Int>? {
    for word in words where text.hasWord(word, at: index) {
      var start = index + word.utf8CodeUnitCount
      guard text[start] == 0x20 else { continue }
      for filler: StaticString in [" is", " was"] where text.hasWord(filler, at: start) {
        start += filler.utf8CodeUnitCount
      }
      guard text[start] == 0x20 else { continue }
      return passwordLike(text, from: start + 1)
    }
    return nil
  }

  /// A word of four bytes or more, with a digit in its first 64; the look is bounded.
  private static func passwordLike(_ text: ScannedText, from start: Int) -> Range<Int>? {
    var (end, hasDigit) = (start, false)
    while end < start + 64, text[end] > 0x20 {
      if text[end].isDigit { hasDigit = true }
      end += 1
    }
    guard hasDigit, end - start >= 4 else { return nil }
    return start..<text.end(from: end) { $0 > 0x20 }
  }
}
