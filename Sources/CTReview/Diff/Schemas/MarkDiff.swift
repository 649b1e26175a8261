internal import CTSpec

extension DiffRule {
  static let redactionWeakened = DiffRule(
    "redaction-weakened", .breaking, "`x-ct-redact` is gone, or keeps more of a value than before.",
    because: "Personal data that was removed is stored from then on, which cannot be undone.")
  static let redactionStrengthened = DiffRule(
    "redaction-strengthened", .risky, "`x-ct-redact` is new, or keeps less of a value than before.",
    because: "Readers of stored events find less than before.")
  static let visibilityNarrowed = DiffRule(
    "visibility-narrowed", .breaking, "`x-ct-roles` hides a property of an answer from a role that saw it.",
    because: "Readers with that role use it.")
  static let visibilityWidened = DiffRule(
    "visibility-widened", .risky, "`x-ct-roles` shows a property of an answer to a role that did not see it.",
    because: "Nothing breaks, but somebody should have wanted it.")
  static let healthSignalChanged = DiffRule(
    "health-signal-changed", .risky, "`x-ct-health` is another, new or gone.",
    because: "The same events give a system another status.")

  static let markRules = [
    redactionWeakened, redactionStrengthened, visibilityNarrowed, visibilityWidened, healthSignalChanged,
  ]
}

extension DiffRun {
  /// Compares the tower's own extensions. From strong to weak, redaction is drop, mask, hash, pointer, none.
  mutating func compareMarks(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    switch place.side {
    case .request:
      compareRedaction(old, new, place)
      compareHealth(old, new, place)
    case .response: compareRoles(old, new, place)
    }
  }

  private mutating func compareRedaction(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    let (before, after) = (old.redaction, new.redaction)
    guard before != after else { return }
    let isWeaker = (after?.strength ?? 0) < (before?.strength ?? 0)
    report(
      isWeaker ? .redactionWeakened : .redactionStrengthened, place,
      "'x-ct-redact' was \(before?.rawValue ?? "none") and is \(after?.rawValue ?? "none")",
      old: old.location(of: "x-ct-redact"), new: new.location(of: "x-ct-redact"))
  }

  private mutating func compareHealth(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    guard old.health != new.health else { return }
    report(
      .healthSignalChanged, place,
      "'x-ct-health' was \(old.health?.rawValue ?? "none") and is \(new.health?.rawValue ?? "none")",
      old: old.location(of: "x-ct-health"), new: new.location(of: "x-ct-health"))
  }

  /// Without the mark, every role sees it.
  private mutating func compareRoles(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    let locations = (old.location(of: "x-ct-roles"), new.location(of: "x-ct-roles"))
    func tell(_ rule: DiffRule, _ message: String, _ run: inout DiffRun) {
      run.report(rule, place, message, old: locations.0, new: locations.1)
    }
    switch (old.roles, new.roles) {
    case (nil, nil): break
    case (nil, let after?):
      tell(.visibilityNarrowed, "only \(after.sorted().joined(separator: ", ")) may see it now", &self)
    case (_?, nil): tell(.visibilityWidened, "every role may see it now", &self)
    case (let before?, let after?):
      for role in before.subtracting(after).sorted() {
        tell(.visibilityNarrowed, "'\(role)' may no longer see it", &self)
      }
      for role in after.subtracting(before).sorted() { tell(.visibilityWidened, "'\(role)' may see it now", &self) }
    }
  }
}
