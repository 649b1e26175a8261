internal import CTSpec

extension DiffRun {
  /// Compares each place of an array by what judges it: `prefixItems` and `items` share the places between them, so that a
  /// place that one leaves is judged by the other.
  mutating func compareItems(_ old: Conjunction, _ new: Conjunction, _ place: Place) {
    let longest = max(old.longestPrefix, new.longestPrefix)
    // What lies beyond the greatest count of either side was not there or is not there: that is told as bounds.
    let reach = (old.members + new.members).compactMap(\.maxItems).min() ?? Int.max
    for index in 0..<min(longest, reach) { compareItems(at: index, token: "\(index)", old, new, place) }
    if longest < reach { compareItems(at: longest, token: "*", old, new, place) }
  }

  private mutating func compareItems(
    at index: Int, token: String, _ old: Conjunction, _ new: Conjunction, _ place: Place
  ) {
    let (before, after) = (old.items(judgedAt: index), new.items(judgedAt: index))
    if before.isOtherRest(than: after), old.mayEvaluateItems || new.mayEvaluateItems {
      report(
        DiffRule.constraintRemoved[place.side], place, "'\(before.name)' is gone",
        old: old.location(of: before.keyword),
        new: new.location)
      report(
        DiffRule.constraintAdded[place.side], place, "'\(after.name)' is new", old: old.location,
        new: new.location(of: after.keyword))
      return
    }
    let inner = place.appending(token)
    let refusal = Refusal(
      refused: DiffRule.constraintAdded, taken: DiffRule.constraintRemoved, subject: "an item is", place: inner)
    compareJudges(before, after, old, new, place, inner, refusal)
  }
}

extension Judges {
  /// Whether only one of them is for what nothing else judges.
  fileprivate func isOtherRest(than other: Judges) -> Bool {
    let isRest = (own: keyword == "unevaluatedItems", other: other.keyword == "unevaluatedItems")
    return isRest.own != isRest.other && !schemas.isEmpty && !other.schemas.isEmpty
  }
}

extension Conjunction {
  /// Whether schemas that need not hold may judge items, so that `unevaluatedItems` does not.
  fileprivate var mayEvaluateItems: Bool {
    !branchings.isEmpty
      || members.contains { $0.contains != nil || $0.if != nil || !$0.dependentSchemas.isEmpty }
  }

  fileprivate var longestPrefix: Int { members.map { $0.prefixItems?.count ?? 0 }.max() ?? 0 }

  /// All that judges the item at a place: each schema's `prefixItems`, or else its `items`; where there is neither,
  /// `unevaluatedItems`.
  fileprivate func items(judgedAt index: Int) -> Judges {
    let listed = members.compactMap { $0.prefixItem(at: index) }
    let others = members.filter { $0.prefixItem(at: index) == nil }.compactMap(\.items)
    if !listed.isEmpty {
      return Judges(schemas: listed + others, keyword: "prefixItems", name: "prefixItems \(index)")
    }
    if !others.isEmpty { return Judges(schemas: others, keyword: "items", name: "items") }
    let rest = members.compactMap(\.unevaluatedItems)
    // Where nothing is said, it is the schema that does not say it.
    return Judges(schemas: rest, keyword: rest.isEmpty ? "" : "unevaluatedItems", name: "unevaluatedItems")
  }
}

extension Schema {
  fileprivate func prefixItem(at index: Int) -> SchemaID? {
    guard let prefix = prefixItems, index < prefix.count else { return nil }
    return prefix[index]
  }
}
