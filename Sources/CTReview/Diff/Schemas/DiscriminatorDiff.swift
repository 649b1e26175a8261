internal import CTSpec

extension DiffRule {
  static let discriminatorAdded = SidedRule(
    request: DiffRule(
      "request-discriminator-added", .breaking, "A property chooses the branch of `oneOf` or `anyOf` now.",
      because: "What lacks it or has another value of it is refused, whichever branch it fits."),
    response: DiffRule(
      "response-discriminator-added", .safe, "A property tells the branch of `oneOf` or `anyOf` of an answer now.",
      because: "Readers were told of more."))
  static let discriminatorRemoved = SidedRule(
    request: DiffRule(
      "request-discriminator-removed", .risky, "No property chooses the branch of `oneOf` or `anyOf` any more.",
      because: "What fits two branches of `oneOf` is refused now."),
    response: DiffRule(
      "response-discriminator-removed", .risky,
      "No property tells the branch of `oneOf` or `anyOf` of an answer any more.",
      because: "Readers may choose by it."))

  static let discriminatorRules = [discriminatorAdded, discriminatorRemoved].flatMap { [$0.request, $0.response] }
}

extension DiffRun {
  /// Compares by which property branches are chosen. Where each branch asks for the property and lists the values that
  /// choose it, nothing more is said by the discriminator.
  mutating func compareDiscriminators(
    _ before: Branching, _ after: Branching, _ old: Conjunction, _ new: Conjunction, _ place: Place
  ) {
    let (oldRule, newRule) = (before.discriminator, after.discriminator)
    guard oldRule?.propertyName != newRule?.propertyName else { return }
    if let oldRule, !old.settles(oldRule, in: self.old) {
      report(
        DiffRule.discriminatorRemoved[place.side], place, "'\(oldRule.propertyName)' no longer chooses the branch",
        old: oldRule.location, new: after.location)
    }
    if let newRule, !new.settles(newRule, in: self.new) {
      report(
        DiffRule.discriminatorAdded[place.side], place, "'\(newRule.propertyName)' chooses the branch now",
        old: before.location, new: newRule.location)
    }
  }
}

extension Conjunction {
  /// Whether what a discriminator says is said by its branches already, and by what is around them.
  fileprivate func settles(_ rule: Discriminator, in index: SpecIndex) -> Bool {
    let name = rule.propertyName
    return rule.mapping.allSatisfy { mapped in
      let branch = Conjunction([mapped.schema], in: index)
      let own = Set(rule.mapping.filter { $0.schema == mapped.schema }.map { ExactString($0.value) })
      guard let property = branch.properties.first(where: { ExactString($0.name) == ExactString(name) }),
        let values = Conjunction(property.schemas, in: index).values,
        required.union(branch.required).contains(ExactString(name))
      else { return false }
      return values.allSatisfy { $0.string.map { own.contains(ExactString($0)) } ?? false }
    }
  }
}
