internal import CTSpec

extension DiffRun {
  /// Compares a schema with branches of which it is one: `A` with `anyOf: [A, B]`. Tells whether that is so.
  mutating func compareWholeWithBranches(_ pair: Pair, _ old: Conjunction, _ new: Conjunction) -> Bool {
    if old.branchings.isEmpty, let branching = new.onlyBranching {
      let branches = branching.variants(in: self.new)
      let whole = pair.old
      guard
        let same = branches.firstIndex(where: { likeness.areAlike(whole, [$0.schema]) || isSame(whole, $0, self.new) })
      else { return false }
      compare(whole, [branches[same].schema], pair.place)
      let known = old.allowedTypes(in: self.old)
      for (index, variant) in branches.enumerated() where index != same {
        if !isToldByTypes(variant, self.new, known) { variantIsNew(variant, at: old.location, pair.place) }
      }
      return true
    }
    guard new.branchings.isEmpty, let branching = old.onlyBranching else { return false }
    let branches = branching.variants(in: self.old)
    let whole = pair.new
    guard
      let same = branches.firstIndex(where: { likeness.areAlike([$0.schema], whole) || isSame(whole, $0, self.old) })
    else { return false }
    compare([branches[same].schema], whole, pair.place)
    let left = new.allowedTypes(in: self.new)
    for (index, variant) in branches.enumerated() where index != same {
      if !isToldByTypes(variant, self.old, left) { variantIsGone(variant, at: new.location, pair.place) }
    }
    return true
  }

  /// Whether a branch is the component of the same name as a whole.
  private func isSame(_ whole: [SchemaID], _ variant: Variant, _ index: SpecIndex) -> Bool {
    guard whole.count == 1, let component = index[variant.schema].ref else { return false }
    return component.pointer.hasPrefix("/components/schemas/") && component.pointer == whole[0].pointer
  }

  /// Whether a branch allows no type that the other side does: that is reported as types.
  private func isToldByTypes(_ variant: Variant, _ index: SpecIndex, _ types: Set<JSONType>) -> Bool {
    Conjunction([variant.schema], in: index).allowedTypes(in: index).isDisjoint(with: types)
  }
}

extension Conjunction {
  /// Branches beside which nothing is said, and which no property chooses.
  fileprivate var onlyBranching: Branching? {
    guard branchings.count == 1, branchings[0].discriminator == nil, saysNothingBesideBranches else { return nil }
    return branchings[0]
  }
}
