internal import CTSpec

/// Refuses schemas that are combined in so many ways that there would be no end of code.
///
/// Where `$ref` and `allOf` lead several schemas to the same member, these are compiled together; which of them meet can
/// double with each property that refers back.
struct CombinationLimit {
  private let index: SpecIndex
  /// The sets that legitimate specs have are far fewer than their schemas.
  private let maximum: Int
  private var known: Set<Set<SchemaID>> = []

  private init(_ index: SpecIndex) {
    self.index = index
    maximum = 1000 + 4 * index.order.count
  }

  /// - Returns: `false` where it is better not to go on.
  static func check(_ index: SpecIndex, _ diagnostics: inout Diagnostics) -> Bool {
    var limit = Self(index)
    for id in index.order where index[id].isCombined && !limit.isKept(by: index[id]) {
      diagnostics.error(
        "too-many-combinations", at: index[id].location,
        "'$ref' and 'allOf' lead from here to more than \(limit.maximum) combinations of schemas",
        suggestion: "say what the combined schemas have in common in one of them")
      return false
    }
    return true
  }

  private mutating func isKept(by schema: Schema) -> Bool {
    var pending = [Conjunction([schema.id], in: index)]
    for (_, branch) in schema.discriminator?.mapping ?? [] {
      pending.append(Conjunction([schema.id, branch], in: index, keepsRoots: true))
    }
    while let conjunction = pending.popLast() {
      for member in conjunction.membersAndElements(in: index)
      where member.roots.count > 1 && member.identity(in: index) == nil && known.insert(Set(member.roots)).inserted {
        if known.count > maximum { return false }
        pending.append(member)
      }
    }
    return true
  }
}

extension Schema {
  /// Whether other schemas may meet with what it says of a member.
  fileprivate var isCombined: Bool {
    !allOf.isEmpty || ref != nil && !isPureReference || !patternProperties.isEmpty || discriminator != nil
  }
}

extension Conjunction {
  /// What the values within a value have to satisfy.
  fileprivate func membersAndElements(in index: SpecIndex) -> [Conjunction] {
    propertyNames.map { fullMember($0, in: index) } + [Conjunction(additional, in: index), element(nil, in: index)]
      + (0..<prefixCount).map { element($0, in: index) }
  }
}
