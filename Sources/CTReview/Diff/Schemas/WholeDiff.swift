internal import CTSpec

extension DiffRun {
  /// Compares a schema with branches of which it is one: `A` with `anyOf: [A, B]`. Tells whether that is so.
  mutating func compareWholeWithBranches(_ pair: Pair, _ old: Conjunction, _ new: Conjunction) -> Bool {
    compareWholeWithNewBranches(pair, old, new) || compareOldBranchesWithWhole(pair, old, new)
  }

  private mutating func compareWholeWithNewBranches(_ pair: Pair, _ old: Conjunction, _ new: Conjunction) -> Bool {
    let branches = new.onlyBranches(in: self.new)
    guard
      let same = branches.firstIndex(where: {
        likeness.areAlike(pair.old, [$0.schema]) || isSame(pair.old, $0, self.new)
      })
    else { return false }
    compare(pair.old, [branches[same].schema], pair.place)
    let known = old.allowedTypes(in: self.old)
    for (index, variant) in branches.enumerated() where index != same {
      if !isToldByTypes(variant, self.new, known) { variantIsNew(variant, at: old.location, pair.place) }
    }
    if let branching = new.branchings.first, branching.keyword == "oneOf", !branching.excludesEachOther(in: self.new) {
      report(
        DiffRule.constraintAdded[pair.place.side], pair.place, "only one branch may be met now", old: old.location,
        new: branching.location)
    }
    return true
  }

  private mutating func compareOldBranchesWithWhole(_ pair: Pair, _ old: Conjunction, _ new: Conjunction) -> Bool {
    let branches = old.onlyBranches(in: self.old)
    guard
      let same = branches.firstIndex(where: {
        likeness.areAlike([$0.schema], pair.new) || isSame(pair.new, $0, self.old)
      })
    else { return false }
    compare([branches[same].schema], pair.new, pair.place)
    let left = new.allowedTypes(in: self.new)
    for (index, variant) in branches.enumerated() where index != same {
      if !isToldByTypes(variant, self.old, left) { variantIsGone(variant, at: new.location, pair.place) }
    }
    if let branching = old.branchings.first, branching.keyword == "oneOf", !branching.excludesEachOther(in: self.old) {
      report(
        DiffRule.constraintRemoved[pair.place.side], pair.place, "several branches may be met now",
        old: branching.location, new: new.location)
    }
    return true
  }

  /// Whether a branch is the component of the same name as a whole.
  private func isSame(_ whole: [SchemaID], _ variant: Variant, _ index: SpecIndex) -> Bool {
    guard whole.count == 1, let component = index[variant.schema].ref else { return false }
    return component.pointer.hasPrefix("/components/schemas/") && component.pointer == whole[0].pointer
  }
}

extension Conjunction {
  /// Branches beside which nothing is said, and which no property chooses.
  fileprivate func onlyBranches(in index: SpecIndex) -> [Variant] {
    guard branchings.count == 1, branchings[0].discriminator == nil, saysNothingBesideBranches else { return [] }
    return branchings[0].variants(in: index)
  }
}
