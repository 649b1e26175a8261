import CTJSON
internal import CTSpec

/// Branches that list values and say nothing else, such as `oneOf: [{const: a, title: A}, {const: b}]`: the same as
/// `enum: [a, b]`.
struct ValueUnion {
  private(set) var members: [Schema] = []
  private(set) var values: [SpecNode] = []

  /// `nil`: a branch says something else, or two branches list the same value, which `oneOf` refuses.
  init?(_ branches: [SchemaID], in index: SpecIndex, depth: Int) {
    guard depth < TypeUnion.maximumDepth else { return nil }
    for id in branches {
      let branch = Conjunction(ConjunctionBuilder([id], in: index, depth: depth + 1), at: index[id].location)
      guard let own = branch.values, branch.branchings.isEmpty, branch.members.allSatisfy(\.saysOnlyLimits)
      else { return nil }
      let types = branch.types?.withIntegers
      members += branch.members
      values += own.filter { types?.contains($0.type) ?? true }
    }
    guard Set(values.map(\.jsonValue)).count == values.count else { return nil }
  }
}

extension Schema {
  /// Whether only types and values are limited here.
  fileprivate var saysOnlyLimits: Bool { statements.isEmpty && links.isEmpty }
}
