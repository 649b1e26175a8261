internal import CTSpec

extension DiffRule {
  static let objectClosed = SidedRule(
    request: DiffRule(
      "request-object-closed", .breaking, "Properties that are not declared are refused now.",
      because: "Callers may send some."),
    response: DiffRule(
      "response-object-closed", .safe, "An answer has no properties but the declared ones now.",
      because: "Readers were told of more."))
  static let objectOpened = SidedRule(
    request: DiffRule(
      "request-object-opened", .safe, "Properties that are not declared are taken now.",
      because: "Nobody has to send them."),
    response: DiffRule(
      "response-object-opened", .risky, "An answer may have properties that are not declared.",
      because: "What is not declared is not reviewed: it may be private."))

  static let closingRules = [objectClosed, objectOpened].flatMap { [$0.request, $0.response] }
}

extension DiffRun {
  mutating func compareClosing(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    let (before, after) = (old.isClosed(in: self.old), new.isClosed(in: self.new))
    guard before != after else { return }
    let rule = after ? DiffRule.objectClosed : DiffRule.objectOpened
    report(
      rule[place.side], place, "properties that are not declared are \(after ? "no longer" : "now") allowed",
      old: Self.closingLocation(old), new: Self.closingLocation(new))
  }

  private static func closingLocation(_ whole: Conjunction) -> SourceLocation {
    let location = whole.location(of: "additionalProperties")
    return location == whole.location ? whole.location(of: "unevaluatedProperties") : location
  }
}
