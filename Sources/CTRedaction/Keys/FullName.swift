/// Two to four words that begin with a capital and name no state: what is a person's name under a key such as `to`, which
/// in other events holds a state or a branch.
enum FullName {
  static func isOne(_ text: ScannedText, _ range: Range<Int>) -> Bool {
    guard range.count <= 80, KeyHint.looksLikeName(text, range) else { return false }
    var words = 0
    var index = range.lowerBound
    while index < range.upperBound {
      let end = min(range.upperBound, text.end(from: index) { $0 != 0x20 })
      guard text[index].isUppercase || text[index].isNonASCII, !isState(text, index..<end) else { return false }
      words += 1
      index = text.end(from: end) { $0 == 0x20 }
    }
    return 2...4 ~= words
  }

  /// The words of states and of groups.
  private static let states: [StaticString] = [
    "in", "on", "not", "to", "of", "the", "all", "no", "pending", "progress", "review", "done", "open", "closed",
    "ready",
    "approved", "rejected", "draft", "sent", "paid", "unpaid", "part", "overdue", "cancelled", "canceled", "failed",
    "complete", "completed", "active", "inactive", "hold", "waiting", "awaiting", "new", "archived", "published",
    "team",
    "scheduled", "running", "stopped", "success", "error", "live", "staging", "production", "started", "department",
    "support", "finance", "accounts", "office", "limited", "ltd", "approval", "payment", "queue", "branch", "main",
  ]

  private static func isState(_ text: ScannedText, _ word: Range<Int>) -> Bool {
    states.contains { $0.utf8CodeUnitCount == word.count && text.hasWord($0, at: word.lowerBound) }
  }
}
