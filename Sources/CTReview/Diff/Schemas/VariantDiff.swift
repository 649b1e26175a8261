internal import CTSpec

extension DiffRule {
  static let variantRemoved = SidedRule(
    request: DiffRule(
      "request-variant-removed", .breaking,
      "A branch of `oneOf` or `anyOf`, such as an event type of the taxonomy, may no longer be sent.",
      because: "Callers send it."),
    response: DiffRule(
      "response-variant-removed", .safe, "A branch of `oneOf` or `anyOf` is no longer answered.",
      because: "Readers were told of more."))
  static let variantAdded = SidedRule(
    request: DiffRule(
      "request-variant-added", .safe,
      "A branch of `oneOf` or `anyOf`, such as an event type of the taxonomy, may be sent too.",
      because: "Nobody has to send it."),
    response: DiffRule(
      "response-variant-added", .risky, "A branch of `oneOf` or `anyOf` may be answered too.",
      because: "Readers meet something that they do not know."))

  static let variantRules = [variantRemoved, variantAdded].flatMap { [$0.request, $0.response] }
}

extension DiffRun {
  mutating func compareVariants(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    for keyword in ["oneOf", "anyOf"] {
      let (before, after) = (old.branchings(of: keyword), new.branchings(of: keyword))
      // One side without branches allows anything in this respect: that is another constraint, not other branches.
      guard let first = before.first, let second = after.first else { continue }
      if before.count == 1, after.count == 1 { compareDiscriminators(first, second, old, new, place) }
      let matching = matching(before, after)
      for (before, after) in matching.pairs { compare([before.schema], [after.schema], place) }
      let types = (old: old.allowedTypes(in: self.old), new: new.allowedTypes(in: self.new))
      for variant in matching.gone where !isToldByTypes(variant, self.old, types.new) {
        variantIsGone(variant, at: new.location(of: keyword), place)
      }
      for variant in matching.added where !isToldByTypes(variant, self.new, types.old) {
        variantIsNew(variant, at: old.location(of: keyword), place)
      }
    }
  }

  /// Where the same property chooses on both sides, it is its values that count.
  private func matching(_ before: [Branching], _ after: [Branching]) -> VariantMatching {
    let names = after.compactMap { $0.discriminator?.propertyName }
    let chosen = before.compactMap(\.discriminator?.propertyName).filter(names.contains)
    func variants(_ branchings: [Branching], in index: SpecIndex) -> [Variant] {
      branchings.flatMap { branching in
        if let rule = branching.discriminator, chosen.contains(rule.propertyName) { return branching.chosen(by: rule) }
        return branching.variants(in: index)
      }
    }
    return VariantMatching(
      variants(before, in: old), variants(after, in: new), areChosen: !chosen.isEmpty, self)
  }

  mutating func variantIsGone(_ variant: Variant, at list: SourceLocation, _ place: Place) {
    report(
      DiffRule.variantRemoved[place.side], place, "the branch '\(variant.name)' is gone",
      old: old[variant.schema].location, new: list)
  }

  mutating func variantIsNew(_ variant: Variant, at list: SourceLocation, _ place: Place) {
    report(
      DiffRule.variantAdded[place.side], place, "the branch '\(variant.name)' is new", old: list,
      new: new[variant.schema].location)
  }

  /// Whether a branch allows no type that the other side does: that is reported as types.
  func isToldByTypes(_ variant: Variant, _ index: SpecIndex, _ types: Set<JSONType>) -> Bool {
    Conjunction([variant.schema], in: index).allowedTypes(in: index).isDisjoint(with: types)
  }
}
