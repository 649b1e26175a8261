internal import CTSpec

extension DiffRule {
  static let patternChanged = SidedRule(
    request: DiffRule(
      "request-pattern-changed", .breaking, "A `pattern` is new or another.",
      because: "Whether the new one takes all that the old one took cannot be seen from here."),
    response: DiffRule(
      "response-pattern-changed", .risky, "A `pattern` is gone or another.",
      because: "Readers may meet text of a form that they were not told of."))
  static let patternEased = SidedRule(
    request: DiffRule(
      "request-pattern-removed", .safe, "A `pattern` no longer has to be matched.", because: "Matching it is fine."),
    response: DiffRule(
      "response-pattern-added", .safe, "A `pattern` is matched by answers now.", because: "Readers took any text."))
  static let formatChanged = SidedRule(
    request: DiffRule(
      "request-format-changed", .breaking, "A `format` is new or another.", because: "Formats are enforced."),
    response: DiffRule(
      "response-format-changed", .risky, "A `format` is gone or another.",
      because: "Readers may meet text of a form that they were not told of."))
  static let formatEased = SidedRule(
    request: DiffRule(
      "request-format-removed", .safe, "A `format` is no longer enforced.", because: "Keeping to it is fine."),
    response: DiffRule(
      "response-format-added", .safe, "Answers have a `format` now.", because: "Readers took any text."))

  static let textFormRules = [patternChanged, patternEased, formatChanged, formatEased].flatMap {
    [$0.request, $0.response]
  }
}

extension DiffRun {
  /// Compares `pattern` and `format`.
  mutating func compareTextForms(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    let patterns = (old.patterns.map(\.string).sorted(), new.patterns.map(\.string).sorted())
    compare(patterns, "pattern", DiffRule.patternChanged, DiffRule.patternEased, old, new, place)
    let formats = (old.formats.sorted(), new.formats.sorted())
    compare(formats, "format", DiffRule.formatChanged, DiffRule.formatEased, old, new, place)
  }

  private mutating func compare(
    _ values: ([String], [String]), _ keyword: String, _ changed: SidedRule, _ eased: SidedRule, _ old: Conjunction,
    _ new: Conjunction, _ place: Place
  ) {
    let (before, after) = values
    guard before != after else { return }
    let (lost, gained) = (before.filter { !after.contains($0) }, after.filter { !before.contains($0) })
    let isEased = place.side == .request ? gained.isEmpty : lost.isEmpty
    let (then, now) = (before.joined(separator: " and "), after.joined(separator: " and "))
    report(
      (isEased ? eased : changed)[place.side], place,
      "'\(keyword)' was \(then.isEmpty ? "none" : then) and is \(now.isEmpty ? "none" : now)",
      old: old.location(of: keyword), new: new.location(of: keyword))
  }
}
