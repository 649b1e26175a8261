internal import CTSpec

/// Which `oneOf` and `anyOf` of schemas that all hold are the same in two documents: those with the same branches, then
/// those of the same keyword, then any, each in order.
struct BranchingMatching {
  private(set) var pairs: [(old: Branching, new: Branching)] = []
  private(set) var gone: [Branching]
  private(set) var added: [Branching]

  init(_ old: [Branching], _ new: [Branching], _ likeness: Likeness) {
    (gone, added) = (old, new)
    if old.count > 1 || new.count > 1 { match { likeness.areAlike($0.branches, $1.branches) } }
    match { $0.keyword == $1.keyword }
    match { _, _ in true }
  }

  private mutating func match(_ isSame: (Branching, Branching) -> Bool) {
    gone = gone.filter { branching in
      guard let place = added.firstIndex(where: { isSame(branching, $0) }) else { return true }
      pairs.append((branching, added.remove(at: place)))
      return false
    }
  }
}
