internal import CTSpec

extension DiffRule {
  static let requestDefaultChanged = DiffRule(
    "request-default-changed", .risky, "A `default` is another, new or gone.",
    because: "Requests that leave the value out mean something else now.")

  static let defaultRules = [requestDefaultChanged]
}

extension DiffRun {
  mutating func compareDefaults(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    guard place.side == .request, old.defaultValue?.jsonValue != new.defaultValue?.jsonValue else { return }
    let (before, after) = (old.defaultValue?.shown ?? "none", new.defaultValue?.shown ?? "none")
    report(
      .requestDefaultChanged, place, "the default was \(before) and is \(after)", old: old.location(of: "default"),
      new: new.location(of: "default"))
  }
}
