internal import CTSpec

/// All that judges one part of an instance, such as the items at one place, whichever keywords it stands in.
struct Judges {
  enum Extent { case nothing, something, anything }

  var schemas: [SchemaID]
  /// Where it is said, and what messages call that.
  var keyword: String
  var name: String

  func extent(in index: SpecIndex) -> Extent {
    guard !schemas.isEmpty else { return .anything }
    let whole = Conjunction(schemas, in: index)
    if whole.isNever { return .nothing }
    return whole.saysNothing ? .anything : .something
  }
}

extension DiffRun {
  /// How it is told that a part may not be there any more, or may be there now.
  struct Refusal {
    let refused: SidedRule
    let taken: SidedRule
    /// What is refused or taken, and where.
    let subject: String
    let place: Place
  }

  /// Compares what judges one part before and after. What is said where nothing was is another constraint; a part that is
  /// refused has no types that could be compared.
  mutating func compareJudges(
    _ before: Judges, _ after: Judges, _ old: Conjunction, _ new: Conjunction, _ place: Place, _ inner: Place,
    _ refusal: Refusal
  ) {
    guard !likeness.areAlike(before.schemas, after.schemas) else { return }
    let locations = (old: old.location(of: before.keyword), new: new.location(of: after.keyword))
    func tell(_ rule: SidedRule, _ place: Place, _ message: String, _ run: inout DiffRun) {
      run.report(rule[place.side], place, message, old: locations.old, new: locations.new)
    }
    switch (before.extent(in: self.old), after.extent(in: self.new)) {
    case (.nothing, .nothing), (.anything, .anything): break
    case (_, .nothing): tell(refusal.refused, refusal.place, "\(refusal.subject) no longer allowed", &self)
    case (.nothing, _): tell(refusal.taken, refusal.place, "\(refusal.subject) allowed now", &self)
    case (.anything, .something): tell(DiffRule.constraintAdded, place, "'\(after.name)' is new", &self)
    case (.something, .anything): tell(DiffRule.constraintRemoved, place, "'\(before.name)' is gone", &self)
    case (.something, .something): compare(before.schemas, after.schemas, inner)
    }
  }
}
