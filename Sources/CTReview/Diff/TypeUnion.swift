import CTJSON
internal import CTSpec

/// Branches that allow different types each, such as `anyOf: [{type: string, maxLength: 3}, {type: 'null'}]`: since most
/// keywords speak of one type only, that is the same as `type: [string, 'null'], maxLength: 3`.
struct TypeUnion {
  private(set) var members: [Schema] = []
  private(set) var types: Set<JSONType> = []
  /// The values that are left, if there is a list of them.
  private(set) var values: [SpecNode]?

  /// Branches within branches are followed so far, so that no document takes long.
  static let maximumDepth = 3

  /// `nil`: the branches say what cannot be said beside one another.
  init?(_ branches: [SchemaID], in index: SpecIndex, depth: Int) {
    guard branches.count <= JSONType.allCases.count, depth < Self.maximumDepth else { return nil }
    var lists: [[SpecNode]?] = []
    for id in branches {
      let builder = ConjunctionBuilder([id], in: index, depth: depth + 1)
      let branch = Conjunction(builder, at: index[id].location)
      guard let own = branch.types ?? branch.values.map({ Set($0.map(\.type)) }), branch.branchings.isEmpty,
        own.withIntegers.isDisjoint(with: types.withIntegers), branch.members.allSatisfy({ $0.speaksOnly(of: own) })
      else { return nil }
      members += branch.members
      types.formUnion(own)
      lists.append(branch.values ?? (own == [.null] ? [SpecNode(.null, at: branch.location)] : nil))
    }
    // What is not in a list cannot stand beside what is.
    let hasList = members.contains { $0.enumValues != nil || $0.const != nil }
    guard hasList else { return }
    let listed = lists.compactMap { $0 }
    guard listed.count == lists.count else { return nil }
    values = listed.flatMap { $0 }
  }
}

extension Schema {
  private static let anySubject: Set<String> = [
    "$ref", "$comment", "$id", "$anchor", "$defs", "$schema", "title", "description", "summary", "examples",
    "deprecated", "type", "enum", "const", "allOf", "oneOf", "anyOf",
  ]

  /// Whether everything here would say the same beside schemas for other types.
  fileprivate func speaksOnly(of types: Set<JSONType>) -> Bool {
    boolean == nil
      && (node.members ?? []).allSatisfy { member in
        if Self.anySubject.contains(member.key) { return true }
        if let subject = KeywordSubject.types(of: member.key) { return !subject.isDisjoint(with: types) }
        return member.key.hasPrefix("x-") && !member.key.hasPrefix("x-ct-")
      }
  }
}

extension Set<JSONType> {
  /// With `integer` where there is `number`, which it is part of.
  var withIntegers: Set<JSONType> { contains(.number) ? union([.integer]) : self }
}

extension SpecNode {
  var type: JSONType {
    switch value {
    case .null: .null
    case .bool: .boolean
    case .number(let number): number.isInteger ? .integer : .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }
}
