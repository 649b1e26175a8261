internal import CTSpec

extension DiffRule {
  static let schemasNotCompared = DiffRule(
    "schemas-not-compared", .breaking, "Schemas that hold together combine in more ways than are compared.",
    because: "What changes there cannot be told; fewer schemas in `allOf` along a recursion can be compared.")

  static let limitRules = [schemasNotCompared]
}

/// How much is compared at most. Each property has all schemas that speak of it, so that in recursive ones there can be as
/// many combinations as there are sets of schemas: twice as many with each.
struct ComparisonLimit {
  /// Schemas looked at, each as often as it takes part in a combination. A document of a thousand operations takes some
  /// ten thousand.
  static let maximum = 300_000

  private var spent = 0
  private(set) var isPassed = false

  /// Notes work; tells whether that passes the limit now.
  mutating func passes(with schemas: Int) -> Bool {
    guard !isPassed else { return false }
    spent += schemas
    isPassed = spent > Self.maximum
    return isPassed
  }
}
