import CTJSON
internal import CTSpec

/// A `oneOf` or `anyOf` of one schema.
struct Branching {
  let keyword: String
  let schema: Schema
  let branches: [SchemaID]
  let discriminator: Discriminator?

  init(_ keyword: String, of schema: Schema) {
    self.keyword = keyword
    self.schema = schema
    branches = keyword == "oneOf" ? schema.oneOf : schema.anyOf
    discriminator = schema.discriminator(of: keyword)
  }

  var location: SourceLocation { schema.location(of: keyword) }
}

/// Follows what must hold for the same instance.
struct ConjunctionBuilder {
  private(set) var members: [Schema] = []
  private(set) var branchings: [Branching] = []
  private(set) var typeLimits: [Set<JSONType>] = []
  private(set) var valueLimits: [[SpecNode]] = []
  private let index: SpecIndex
  /// Of branches within branches.
  private let depth: Int
  private var seen: Set<SchemaID> = []

  init(_ ids: [SchemaID], in index: SpecIndex, depth: Int = 0) {
    self.index = index
    self.depth = depth
    var stack = Array(ids.reversed())
    while let id = stack.popLast() {
      guard seen.insert(id).inserted else { continue }
      let schema = index[id]
      members.append(schema)
      note(schema)
      stack += branches(schema).reversed() + schema.allOf.reversed()
      if let ref = schema.ref { stack.append(ref) }
    }
  }

  private mutating func note(_ schema: Schema) {
    if let types = schema.types { typeLimits.append(Set(types)) }
    if let values = schema.enumValues { valueLimits.append(values) }
    if let value = schema.const { valueLimits.append([value]) }
  }

  /// A branch without another must hold; branches that each speak of other types, or list values, are no choice either.
  private mutating func branches(_ schema: Schema) -> [SchemaID] {
    var must: [SchemaID] = []
    for branching in [Branching("oneOf", of: schema), Branching("anyOf", of: schema)] {
      if branching.branches.isEmpty { continue }
      if branching.discriminator != nil {
        branchings.append(branching)
      } else if branching.branches.count == 1 {
        must += branching.branches
      } else if let union = TypeUnion(branching.branches, in: index, depth: depth) {
        members += union.members.filter { seen.insert($0.id).inserted }
        typeLimits.append(union.types)
        if let values = union.values { valueLimits.append(values) }
      } else if let union = ValueUnion(branching.branches, in: index, depth: depth) {
        members += union.members.filter { seen.insert($0.id).inserted }
        valueLimits.append(union.values)
      } else {
        branchings.append(branching)
      }
    }
    return must
  }
}
