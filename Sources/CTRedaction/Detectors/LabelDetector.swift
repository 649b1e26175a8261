/// Values that a label in the text names: `password=hunter2`, `"dob": "1 March 1984"`, `Account number: 55779911`,
/// `NI number AB123456`.
///
/// The words before `:`, `=`, `>` (`<dob>`) and ` - `, and before digits, are read like a member's name (``KeyHint``). All looks are bounded,
/// so labels cost linear time, however many there are.
struct LabelDetector {
  let lexicon: KeyLexicon
  /// Bytes that a label may have.
  private static let longestLabel = 40

  func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 1
    while index < text.count {
      let byte = text[index]
      if byte == .ascii(":") || byte == .ascii("=") || byte == .ascii(">"),
        let end = assignment(text, at: index, &findings)
      {
        index = end
      } else {
        if byte == .ascii("-"), text[index - 1] == 0x20, text[index + 1] == 0x20 { dash(text, at: index, &findings) }
        if Self.startsNumber(text, index) { bareNumber(text, at: index, &findings) }
        index += 1
      }
    }
  }

  /// Finds the value after a `:` or `=`. Gives where to go on if nothing before there needs a look.
  private func assignment(_ text: ScannedText, at index: Int, _ findings: inout Findings) -> Int? {
    guard text[index + 1] != .ascii("/") || text[index + 2] != .ascii("/") else { return nil }
    var end = index
    while end > index - 4, Self.isQuoteOrSpace(text[end - 1]) { end -= 1 }
    guard let hint = hint(text, labelEndingAt: end) else { return nil }
    var start = index + 1
    while start < index + 8, Self.isQuoteOrSpace(text[start]) || text[start] == .ascii("=") { start += 1 }
    guard let value = LabelledValue(text, at: start).range(for: hint) else { return nil }
    findings.add(hint.detector, value)
    return hint.detector == .secret ? value.upperBound : nil
  }

  /// `Contact name - Jane Doe`, `PIN - 4821`. A dash parts clauses, too: a name has to be a full one, a secret to have a digit.
  private func dash(_ text: ScannedText, at index: Int, _ findings: inout Findings) {
    guard let hint = hint(text, labelEndingAt: index - 1),
      let value = LabelledValue(text, at: index + 2).range(for: hint)
    else { return }
    let isValue =
      switch hint.detector {
      case .name: FullName.isOne(text, value)
      case .secret: value.prefix(64).contains { text[$0].isDigit }
      default: hint.isNumber
      }
    if isValue { findings.add(hint.detector, value) }
  }

  /// Digits after a space, or two letters and a digit, as in a National Insurance number.
  private static func startsNumber(_ text: ScannedText, _ index: Int) -> Bool {
    guard text[index - 1] == 0x20 || text[index - 1] == .ascii("#") else { return false }
    if text[index].isDigit { return true }
    guard text[index].isLetter, text[index + 1].isLetter else { return false }
    return text[index + 2].isDigit || (text[index + 2] == 0x20 && text[index + 3].isDigit)
  }

  /// Finds a number that a label precedes without a colon; only where the label asks for digits.
  private func bareNumber(_ text: ScannedText, at start: Int, _ findings: inout Findings) {
    var end = start - 1
    if text[end - 1] == 0x20 { end -= 1 }
    for filler: StaticString in [" is", " of"] where text.hasWord(filler, at: end - filler.utf8CodeUnitCount) {
      end -= filler.utf8CodeUnitCount
    }
    guard text[end - 1].isLetter || text[end - 1] == .ascii("."), let hint = hint(text, labelEndingAt: end),
      hint.isNumber,
      let value = LabelledValue(text, at: start).range(for: hint)
    else { return }
    findings.add(hint.detector, value)
  }

  private static func isQuoteOrSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == .ascii("\"") || byte == .ascii("'") || byte == .ascii("\\") || byte == .ascii("]")
      || byte == .ascii("`")
  }

  /// What the last three words before `end` say.
  private func hint(_ text: ScannedText, labelEndingAt end: Int) -> KeyHint? {
    var start = end
    var words = 1
    while start > 0, end - start < Self.longestLabel {
      let byte = text[start - 1]
      if byte == 0x20 { words += 1 }
      guard words <= 3, byte.isAlphanumeric || Self.isWithinLabel(byte) else { break }
      start -= 1
    }
    return start < end ? KeyHint(KeyName(text.part(start..<end), lexicon)) : nil
  }

  private static func isWithinLabel(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == .ascii("_") || byte == .ascii("-") || byte == .ascii(".") || byte == .ascii("/")
  }
}
