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
  /// One side without branches allows anything in this respect: that is another constraint, not other branches.
  mutating func compareVariants(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    let matching = BranchingMatching(old.branchings, new.branchings, likeness)
    for branching in matching.gone {
      report(
        DiffRule.constraintRemoved[place.side], place, "'\(branching.keyword)' is gone", old: branching.location,
        new: new.location)
    }
    for branching in matching.added {
      report(
        DiffRule.constraintAdded[place.side], place, "'\(branching.keyword)' is new", old: old.location,
        new: branching.location)
    }
    let types = (old: old.allowedTypes(in: self.old), new: new.allowedTypes(in: self.new))
    for (before, after) in matching.pairs {
      compareExclusion(before, after, place)
      compareDiscriminators(before, after, old, new, place)
      let variants = variants(before, after)
      for (before, after) in variants.pairs { compare([before.schema], [after.schema], place) }
      for variant in variants.gone where !isToldByTypes(variant, self.old, types.new) {
        variantIsGone(variant, at: after.location, place)
      }
      for variant in variants.added where !isToldByTypes(variant, self.new, types.old) {
        variantIsNew(variant, at: before.location, place)
      }
    }
  }

  /// Compares how many branches may be met: what meets several is refused by `oneOf` only, unless a property chooses.
  private mutating func compareExclusion(_ before: Branching, _ after: Branching, _ place: Place) {
    guard before.discriminator == nil || after.discriminator == nil else { return }
    let mayMeetSeveral = (old: !before.excludesEachOther(in: old), new: !after.excludesEachOther(in: new))
    let isOneOf = (old: before.keyword == "oneOf", new: after.keyword == "oneOf")
    if isOneOf.new, mayMeetSeveral.new, !isOneOf.old || !mayMeetSeveral.old {
      report(
        DiffRule.constraintAdded[place.side], place, "only one branch may be met now", old: before.location,
        new: after.location)
    }
    if isOneOf.old, mayMeetSeveral.old, !isOneOf.new {
      report(
        DiffRule.constraintRemoved[place.side], place, "several branches may be met now", old: before.location,
        new: after.location)
    }
  }

  /// Where the same property chooses on both sides, it is its values that count.
  private func variants(_ before: Branching, _ after: Branching) -> VariantMatching {
    if let old = before.discriminator, let new = after.discriminator, old.propertyName == new.propertyName {
      return VariantMatching(before.chosen(by: old), after.chosen(by: new), areChosen: true, self)
    }
    return VariantMatching(before.variants(in: old), after.variants(in: new), areChosen: false, self)
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
