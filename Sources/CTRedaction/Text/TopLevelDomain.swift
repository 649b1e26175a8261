/// The top-level domains that people write most: for addresses that are certain only with one of them.
enum TopLevelDomain {
  private static let frequent: [StaticString] = [
    "com", "org", "net", "uk", "io", "eu", "de", "fr", "ie", "nl", "es", "it", "info", "me", "dev", "app", "edu", "gov",
    "biz", "us", "ca", "au", "in", "pl",
  ]

  /// Whether a label is one of them.
  static func isFrequent(_ text: ScannedText, _ label: Range<Int>) -> Bool {
    frequent.contains { $0.utf8CodeUnitCount == label.count && text.hasWord($0, at: label.lowerBound) }
  }

  /// Whether a domain's name that ends at `end` ends with one of them.
  static func ends(_ text: ScannedText, at end: Int) -> Bool {
    var start = end
    while start > end - 6, text[start - 1].isLetter { start -= 1 }
    return text[start - 1] == .ascii(".") && isFrequent(text, start..<end)
  }
}
