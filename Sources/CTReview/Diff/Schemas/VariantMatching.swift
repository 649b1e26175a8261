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

  /// Objects that nothing tells apart and that people gave different names are not taken for the same.
  private mutating func matchKinds(_ old: SpecIndex, _ new: SpecIndex) {
    func kinds(_ variants: [Variant], _ index: SpecIndex) -> [SchemaID: Variant.Kind] {
      Dictionary(variants.map { ($0.schema, Conjunction([$0.schema], in: index).kind(in: index)) }) { first, _ in first
      }
    }
    let (before, after) = (kinds(gone, old), kinds(added, new))
    let known = { (variant: Variant) -> Variant.Kind? in
      guard let kind = before[variant.schema], !kind.isVague else { return nil }
      return kind
    }
    match(known, and: { after[$0.schema] })
    match {
      $0.isNamed ? nil : before[$0.schema]
    } and: {
      after[$0.schema]
    }
    match {
      before[$0.schema]
    } and: {
      $0.isNamed ? nil : after[$0.schema]
    }
    matchOverlaps(before, after)
  }

  /// At most so many branches are held against one another, each against each.
  private static let maximumRest = 200

  private mutating func matchOverlaps(_ before: [SchemaID: Variant.Kind], _ after: [SchemaID: Variant.Kind]) {
    guard gone.count <= Self.maximumRest, added.count <= Self.maximumRest else { return }
    gone = gone.filter { variant in
      let place = added.firstIndex { other in
        guard !(other.isNamed && variant.isNamed), let kind = before[variant.schema] else { return false }
        return after[other.schema].map(kind.overlaps) ?? false
      }
      if let place { pairs.append((variant, added.remove(at: place))) }
      return place == nil
    }
  }
}
