/// One to four words that begin with a capital, from a place on.
struct SpokenName {
  /// `nil` where no name starts.
  private(set) var range: Range<Int>?
  private var words = 0
  private let text: ScannedText

  private static let longestWord = 30

  init(_ text: ScannedText, at start: Int) {
    self.text = text
    var (index, end) = (start, start)
    for _ in 0..<4 {
      guard let next = Self.word(text, at: index) else { break }
      end = next
      words += 1
      guard text[next] == 0x20 else { break }
      index = next + 1
    }
    if end > start, !Self.isNobody(text, start..<end) { range = start..<end }
  }

  /// Two words or more.
  static func full(_ text: ScannedText, at start: Int) -> Range<Int>? {
    let name = SpokenName(text, at: start)
    return name.words >= 2 ? name.range : nil
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
