internal import CTSpec

/// Which branches of two documents are the same, though they may be called otherwise and stand elsewhere: those that say
/// the same, then those with the same name, then those of the same kind, and of what is left those that could be. Where a
/// property chooses, it is its value alone.
struct VariantMatching {
  private(set) var pairs: [(old: Variant, new: Variant)] = []
  private(set) var gone: [Variant]
  private(set) var added: [Variant]

  init(_ old: [Variant], _ new: [Variant], areChosen: Bool, _ run: DiffRun) {
    (gone, added) = (old, new)
    guard !areChosen else {
      matchNames()
      return
    }
    let likeness = run.likeness
    match {
      "\(likeness.oldClass(of: $0.schema)) \($0.name)"
    } and: {
      "\(likeness.newClass(of: $0.schema)) \($0.name)"
    }
    match {
      likeness.oldClass(of: $0.schema)
    } and: {
      likeness.newClass(of: $0.schema)
    }
    matchNames()
    matchKinds(run.old, run.new)
  }

  /// Pairs what has the same key, in order.
  private mutating func match<Key: Hashable>(_ oldKey: (Variant) -> Key?, and newKey: (Variant) -> Key?) {
    var places: [Key: [Int]] = [:]
    for (place, variant) in added.enumerated().reversed() {
      if let key = newKey(variant) { places[key, default: []].append(place) }
    }
    var taken: Set<Int> = []
    gone = gone.filter { variant in
      guard let key = oldKey(variant), let place = places[key]?.popLast() else { return true }
      taken.insert(place)
      pairs.append((variant, added[place]))
      return false
    }
    added = added.enumerated().filter { !taken.contains($0.offset) }.map(\.element)
  }

  /// A name that two branches have is none.
  private mutating func matchNames() {
    func unique(_ variants: [Variant]) -> Set<ExactString> {
      let names = variants.filter(\.isNamed).map { ExactString($0.name) }
      return Set(Dictionary(grouping: names) { $0 }.filter { $0.value.count == 1 }.keys)
    }
    let names = unique(gone).intersection(unique(added))
    let key = { (variant: Variant) -> ExactString? in
      let name = ExactString(variant.name)
      return variant.isNamed && names.contains(name) ? name : nil
    }
    match(key, and: key)
  }

  /// The kinds of at most so many branches are held against one another: each against each.
  private static let maximumKinds = 200

  /// What people gave different names is not taken for the same.
  private mutating func matchKinds(_ old: SpecIndex, _ new: SpecIndex) {
    guard gone.count <= Self.maximumKinds, added.count <= Self.maximumKinds else { return }
    var left = added.map { (variant: $0, kind: Conjunction([$0.schema], in: new).kind(in: new)) }
    let open = gone.map { (variant: $0, kind: Conjunction([$0.schema], in: old).kind(in: old)) }
    var unmatched: [(variant: Variant, kind: Variant.Kind)] = []
    func pair(_ variant: Variant, _ isSame: (Variant.Kind) -> Bool) -> Bool {
      guard let place = left.firstIndex(where: { !($0.variant.isNamed && variant.isNamed) && isSame($0.kind) })
      else { return false }
      pairs.append((variant, left.remove(at: place).variant))
      return true
    }
    for (variant, kind) in open
    where !pair(variant, { $0.types == kind.types && $0.tags == kind.tags }) {
      unmatched.append((variant, kind))
    }
    gone = unmatched.filter { !pair($0.variant, $0.kind.overlaps) }.map(\.variant)
    added = left.map(\.variant)
  }
}
