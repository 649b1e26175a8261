/// Names of people in running text, where the words around them say that they are names: `Dear Jane,`, `Mrs Doe`,
/// `my name is Jane`, `Regards,\nJane Doe`.
///
/// A name is one to four words that begin with a capital. A name that nothing introduces is not found: in English it
/// looks like the name of a product, a street or a month.
enum SpokenNameDetector {
  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index < text.count {
      guard mayIntroduce(text[index], text[index + 1]), !text[index - 1].isAlphanumeric,
        let name = name(text, introducedAt: index)
      else {
        index += 1
        continue
      }
      findings.add(.name, name)
      index = name.upperBound
    }
  }

  /// For each letter that a phrase starts with, a bit for each that comes second: most words are passed over at once.
  private static let secondLetters: InlineArray<26, UInt32> = {
    var table = InlineArray<26, UInt32>(repeating: 0)
    for phrase in titles + salutations + greetings + tellings + farewells {
      table[Int(phrase.utf8Start[0] - 97)] |= 1 << UInt32(phrase.utf8Start[1] - 97)
    }
    return table
  }()

  private static func mayIntroduce(_ first: UInt8, _ second: UInt8) -> Bool {
    guard first.isLetter, second.isLetter else { return false }
    return secondLetters[Int(first.lowercased - 97)] >> UInt32(second.lowercased - 97) & 1 == 1
  }

  /// The name that the words from `index` on introduce.
  private static func name(_ text: ScannedText, introducedAt index: Int) -> Range<Int>? {
    title(text, index) ?? greeting(text, index) ?? telling(text, index) ?? farewell(text, index)
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

  private static let salutations: [StaticString] = ["dear"]
  private static let greetings: [StaticString] = ["hi", "hello", "hey"]

  /// `Dear Jane`; `Hi Jane,` only where a comma, an exclamation mark or the line's end follows.
  private static func greeting(_ text: ScannedText, _ index: Int) -> Range<Int>? {
    if let end = end(of: salutations, text, index) { return named(text, end, needsEnd: false) }
    return end(of: greetings, text, index).flatMap { named(text, $0, needsEnd: true) }
  }

  private static let tellings: [StaticString] = [
    "my name is", "his name is", "her name is", "their name is", "the name is",
  ]

  /// `my name is Jane`.
  private static func telling(_ text: ScannedText, _ index: Int) -> Range<Int>? {
    end(of: tellings, text, index).flatMap { named(text, $0, needsEnd: false) }
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
