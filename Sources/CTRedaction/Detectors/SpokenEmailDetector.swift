/// E-mail addresses as people write them to hide them from robots: `jane.doe at example dot com`, `jane [at] x [dot] org`.
enum SpokenEmailDetector {
  /// Bytes that a name before "at", or a part of the domain, may have.
  private static let longest = 64

  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index < text.count {
      guard text[index].lowercased == .ascii("d"), let dot = word("dot", text, index), let found = address(text, dot)
      else {
        index += 1
        continue
      }
      findings.add(.email, found)
      index = found.upperBound
    }
  }

  /// The word with its brackets and one space around it.
  private static func word(_ word: StaticString, _ text: ScannedText, _ index: Int) -> Range<Int>? {
    guard text.hasWord(word, at: index) else { return nil }
    var (start, end) = (index, index + word.utf8CodeUnitCount)
    let isBracketed = opens(text[start - 1]) && closes(text[end])
    if isBracketed { (start, end) = (start - 1, end + 1) }
    if text[start - 1] == 0x20, text[end] == 0x20 { return start - 1..<end + 1 }
    return isBracketed ? start..<end : nil
  }

  private static func opens(_ byte: UInt8) -> Bool { byte == .ascii("[") || byte == .ascii("(") }
  private static func closes(_ byte: UInt8) -> Bool { byte == .ascii("]") || byte == .ascii(")") }

  private static func address(_ text: ScannedText, _ dot: Range<Int>) -> Range<Int>? {
    guard let at = at(text, before: start(text, before: dot.lowerBound, isLabel)) else { return nil }
    let local = start(text, before: at.lowerBound, isLocal)
    guard local < at.lowerBound, at.upperBound < dot.lowerBound else { return nil }
    var (start, end) = (dot.upperBound, label(text, dot.upperBound))
    while let next = word("dot", text, past(text, end)), case let further = label(text, next.upperBound),
      further > next.upperBound
    {
      (start, end) = (next.upperBound, further)
    }
    // `dot` is a word of many sentences.
    return TopLevelDomain.isFrequent(text, start..<end) ? local..<end : nil
  }

  /// Past a space and an opening bracket.
  private static func past(_ text: ScannedText, _ index: Int) -> Int {
    let next = text[index] == 0x20 ? index + 1 : index
    return opens(text[next]) ? next + 1 : next
  }

  private static func at(_ text: ScannedText, before end: Int) -> Range<Int>? {
    var place = end
    if text[place - 1] == 0x20 { place -= 1 }
    if closes(text[place - 1]) { place -= 1 }
    guard let found = word("at", text, place - 2), found.upperBound == end else { return nil }
    return found
  }

  private static func start(_ text: ScannedText, before end: Int, _ belongs: (UInt8) -> Bool) -> Int {
    var start = end
    while start > 0, end - start < longest, belongs(text[start - 1]) { start -= 1 }
    return start
  }

  private static func label(_ text: ScannedText, _ start: Int) -> Int {
    var end = start
    while end < start + longest, isLabel(text[end]) { end += 1 }
    return end
  }

  private static func isLabel(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte.isNonASCII || byte == .ascii("-") }

  private static func isLocal(_ byte: UInt8) -> Bool {
    isLabel(byte) || byte == .ascii(".") || byte == .ascii("_") || byte == .ascii("+")
  }
}
