/// Names of people in running text, where the words around them say that they are names: `Dear Jane,`, `Mrs Doe`,
/// `my name is Jane`, `Regards,\nJane Doe`.
///
/// A name is one to four words that begin with a capital. A name that nothing introduces is not found: in English it
/// looks like the name of a product, a street or a month.
enum SpokenNameDetector {
  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index < text.count {
      guard text[index].isLetter, !text[index - 1].isAlphanumeric, let name = name(text, introducedAt: index) else {
        index += 1
        continue
      }
      findings.add(.name, name)
      index = name.upperBound
    }
  }

  /// The name that the words from `index` on introduce.
  private static func name(_ text: ScannedText, introducedAt index: Int) -> Range<Int>? {
    switch text[index].lowercased {
    case .ascii("m"), .ascii("d"), .ascii("p"), .ascii("h"), .ascii("t"):
      return title(text, index) ?? greeting(text, index) ?? telling(text, index) ?? farewell(text, index)
    case .ascii("r"), .ascii("s"), .ascii("f"), .ascii("c"), .ascii("w"): return farewell(text, index)
    default: return nil
    }
  }

  // MARK: What introduces a name

  private static let titles: [StaticString] = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "messrs"]

  /// `Mrs Doe`, `Dr. Jane Doe`. The title begins with a capital and goes on in small letters: `MS Word` is none.
  private static func title(_ text: ScannedText, _ index: Int) -> Range<Int>? {
    guard text[index].isUppercase, text[index + 1].isLowercase, let end = end(of: titles, text, index) else {
      return nil
    }
    let start = text[end] == .ascii(".") ? end + 1 : end
    guard text[start] == 0x20 else { return nil }
    return SpokenName(text, at: start + 1).range
  }

  /// `Dear Jane`; `Hi Jane,` only where a comma, an exclamation mark or the line's end follows.
  private static func greeting(_ text: ScannedText, _ index: Int) -> Range<Int>? {
    if let end = end(of: ["dear"], text, index) { return named(text, end, needsEnd: false) }
    return end(of: ["hi", "hello", "hey"], text, index).flatMap { named(text, $0, needsEnd: true) }
  }

  /// `my name is Jane`.
  private static func telling(_ text: ScannedText, _ index: Int) -> Range<Int>? {
    end(of: ["my name is", "his name is", "her name is", "their name is", "the name is"], text, index)
      .flatMap { named(text, $0, needsEnd: false) }
  }

  private static let farewells: [StaticString] = [
    "regards", "signed", "sincerely", "faithfully", "truly", "thanks", "thank you", "cheers", "wishes",
  ]

  /// `Kind regards,` and a name on the same line or below it, with nothing after it on its line.
  private static func farewell(_ text: ScannedText, _ index: Int) -> Range<Int>? {
    guard let end = end(of: farewells, text, index) else { return nil }
    var start = end
    while start < end + 6, text[start] == .ascii(",") || text[start].isSpace || text[start] == .ascii("-") {
      start += 1
    }
    guard start > end + 1 || text[end] == 0x0A else { return nil }
    let name = SpokenName(text, at: start)
    return name.isLast ? name.range : nil
  }

  private static func named(_ text: ScannedText, _ end: Int, needsEnd: Bool) -> Range<Int>? {
    guard text[end] == 0x20 else { return nil }
    let name = SpokenName(text, at: end + 1)
    return name.isLast || !needsEnd ? name.range : nil
  }

  /// Where one of these phrases ends that stands at `index` as words of its own.
  private static func end(of phrases: [StaticString], _ text: ScannedText, _ index: Int) -> Int? {
    for phrase in phrases where text.hasWord(phrase, at: index) {
      let end = index + phrase.utf8CodeUnitCount
      if !text[end].isAlphanumeric, text[end] != .ascii("_") { return end }
    }
    return nil
  }
}

/// One to four words that begin with a capital, from a place on.
private struct SpokenName {
  /// `nil` where no name starts.
  private(set) var range: Range<Int>?
  private let text: ScannedText

  private static let longestWord = 30

  init(_ text: ScannedText, at start: Int) {
    self.text = text
    var (index, end) = (start, start)
    for _ in 0..<4 {
      guard let next = Self.word(text, at: index) else { break }
      end = next
      guard text[next] == 0x20 else { break }
      index = next + 1
    }
    if end > start, !Self.isNobody(text, start..<end) { range = start..<end }
  }

  /// Whether the sentence or the line ends after the name, or a comma follows.
  var isLast: Bool {
    guard let range else { return false }
    let after = text[range.upperBound]
    return after == 0 || after == 0x0A || after == 0x0D || ",.!;:)\\\"".utf8.contains(after)
  }

  /// Where the word ends that begins with a capital at `index`; letters of other scripts may be capitals.
  private static func word(_ text: ScannedText, at index: Int) -> Int? {
    guard text[index].isUppercase || text[index].isNonASCII else { return nil }
    var end = index + 1
    while end < index + longestWord, isWithinName(text, end) { end += 1 }
    let after = text[end]
    guard !after.isAlphanumeric, after != .ascii("_"), after != .ascii("/"), after != .ascii("("),
      !(after == .ascii(".") && text[end + 1].isAlphanumeric), !(after == .ascii("-") && text[end + 1].isDigit)
    else { return nil }
    return end
  }

  private static func isWithinName(_ text: ScannedText, _ index: Int) -> Bool {
    let byte = text[index]
    if byte.isLetter || byte.isNonASCII { return true }
    return (byte == .ascii("-") || byte == .ascii("'")) && text[index + 1].isLetter
  }

  /// Whom letters address when they name nobody.
  private static let nobody: [StaticString] = [
    "sir", "madam", "all", "team", "everyone", "everybody", "colleague", "colleagues", "customer", "customers",
    "client",
    "clients", "user", "users", "world", "there", "contractor", "contractors", "friend", "friends", "folks", "support",
    "both", "applicant", "candidate", "supplier", "support team", "hiring manager", "sirs", "god", "diary", "i",
  ]

  private static func isNobody(_ text: ScannedText, _ range: Range<Int>) -> Bool {
    nobody.contains { word in
      text.hasWord(word, at: range.lowerBound)
        && (word.utf8CodeUnitCount == range.count || text[range.lowerBound + word.utf8CodeUnitCount] == 0x20)
    }
  }
}
