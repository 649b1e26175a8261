internal import CTSpec

enum EditDistanceHint {
  /// `; did you mean 'x'?`, or nothing.
  static func suggestion(for word: String, among words: [String]) -> String {
    EditDistance.suggestion(for: word, among: words).map { "; \($0)" } ?? ""
  }
}
