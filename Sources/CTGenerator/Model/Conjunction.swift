internal import CTSpec
internal import Synchronization

/// Schemas that all hold for one value: a schema with its `$ref` and `allOf` followed, or a base with its branch.
///
/// Compiling all of them together keeps decoding and validation to one pass over the value. What cannot be judged
/// together, because it is about other types or keeps its own account of what is evaluated, stands apart.
final class Conjunction: Sendable {
  /// Judged together; none of them has a `$ref` or `allOf` that is not in this conjunction too. In document order.
  let schemas: [Schema]
  /// Judged one by one, each from the start of the value.
  let apart: [Conjunction]
  /// The schemas that it was made from.
  let roots: [SchemaID]
  /// Whether it is all that the roots say, and not what is left of one of them.
  let isWhole: Bool
  /// Those that keep an account of what is evaluated in it.
  let counting: [Schema]
  /// All of them, those that stand apart too.
  let all: [Schema]
  /// Those that say nothing of values but where they go: a `$ref` with annotations beside it.
  let references: [Schema]

  /// What was asked for before: models and each part of a type's code ask again, on several threads.
  private let members = Mutex<[ExactString: Conjunction]>([:])
  private let fullMembers = Mutex<[ExactString: Conjunction]>([:])
  private let names = Mutex<[String]?>(nil)

  private init(
    _ schemas: [Schema], apart: [Conjunction] = [], roots: [SchemaID], isWhole: Bool = false, counting: [Schema] = [],
    references: [Schema] = []
  ) {
    self.schemas = schemas
    self.apart = apart
    self.roots = roots
    self.isWhole = isWhole
    self.counting = counting
    self.references = references
    all = apart.isEmpty ? schemas : schemas + apart.flatMap(\.all)
  }

  /// - Parameter keepsRoots: whether even those that keep an account of what is evaluated stay together.
  convenience init(_ ids: [SchemaID], in index: SpecIndex, keepsRoots: Bool = false) {
    if let schema = Self.alone(ids, in: index) {
      self.init(
        [schema], roots: ids, isWhole: true, counting: schema.countsEvaluated ? [schema] : [],
        references: index.references(from: ids[0]))
      return
    }
    var found: [Schema] = []
    var references: [Schema] = []
    var apart: [Conjunction] = []
    var seen: Set<SchemaID> = []
    func add(_ id: SchemaID, isRoot: Bool) {
      guard seen.insert(id).inserted else { return }
      let schema = index[id]
      // `unevaluatedProperties` sees what its own schema evaluates, not what stands beside it.
      if !isRoot, schema.countsEvaluated {
        apart.append(Conjunction([id], in: index))
        return
      }
      if let ref = schema.ref { add(ref, isRoot: isRoot && schema.isPureReference) }
      for part in schema.allOf { add(part, isRoot: false) }
      if schema.isPureReference { references.append(schema) } else { found.append(schema) }
    }
    for id in ids { add(id, isRoot: ids.count == 1 || keepsRoots) }
    // `true`, and a bare `type` that another one implies, say nothing more.
    var meaningful = found.enumerated().filter { place, schema in
      schema.boolean != true
        && !found.enumerated().contains { other, candidate in
          // Of two that say the same, the first stays.
          other != place && candidate.implies(schema) && (other < place || !schema.implies(candidate))
        }
    }.map(\.element)
    if meaningful.isEmpty { meaningful = Array(found.prefix(1)) }
    let common = meaningful.lazy.compactMap(\.types).first.map { Set($0) }
    // What a `false` refuses is judged by the others all the same, so that every violation is told.
    let isTogether = { (schema: Schema) in
      schema.isAbout(common) && (schema.boolean != false || meaningful.allSatisfy { $0.boolean == false })
    }
    // Others that keep an account stand apart.
    self.init(
      meaningful.filter(isTogether),
      apart: apart + meaningful.filter { !isTogether($0) }.map { Conjunction(alone: $0) }, roots: ids, isWhole: true,
      counting: found.filter(\.countsEvaluated), references: references)
  }

  /// The schema, where there is just one and nothing to work out: most are so.
  private static func alone(_ ids: [SchemaID], in index: SpecIndex) -> Schema? {
    guard ids.count == 1 else { return nil }
    let schema = index.resolved(ids[0])
    return schema.ref == nil && schema.allOf.isEmpty ? schema : nil
  }

  /// A schema without its `$ref` and `allOf`, which are judged elsewhere.
  private convenience init(alone schema: Schema) { self.init([schema], roots: [schema.id]) }

  /// All of them in one loop, for keeping a value that was judged before.
  var flattened: Conjunction { Conjunction(all, roots: roots) }

  /// The schema that it is as a whole, where there is one: a type or function made for that does for this.
  func identity(in index: SpecIndex) -> SchemaID? {
    guard isWhole else { return nil }
    return roots.count == 1 ? index.resolved(roots[0]).id : only?.id
  }

  /// The one schema, where there is just one.
  var only: Schema? { schemas.count == 1 && apart.isEmpty ? schemas[0] : nil }

  /// The types that all of them allow; `nil` for any.
  var types: Set<JSONType>? {
    all.compactMap(\.types).map { Set($0) }.reduce(nil) { common, types in
      guard let common else { return types }
      var both = common.intersection(types)
      if common.contains(.number), types.contains(.integer) { both.insert(.integer) }
      if types.contains(.number), common.contains(.integer) { both.insert(.integer) }
      return both
    }
  }

  var isNever: Bool { schemas.contains { $0.boolean == false } }

  /// Only answers have it.
  var isReadOnly: Bool { all.contains(where: \.readOnly) || references.contains(where: \.readOnly) }
  /// Only requests have it.
  var isWriteOnly: Bool { all.contains(where: \.writeOnly) || references.contains(where: \.writeOnly) }
  /// The strongest mark.
  var redact: Redaction? { all.compactMap(\.redact).max { $0.strength < $1.strength } }
  /// Those that all of them let read it; `nil` for everybody.
  var roles: [String]? {
    all.lazy.compactMap(\.roles).reduce(nil) { common, roles in common?.filter(roles.contains) ?? roles }
  }
  var const: SpecNode? { all.lazy.compactMap(\.const).first }
  var description: String? { all.lazy.compactMap(\.description).first }
  /// That beside a `$ref` comes before that of what it refers to.
  var defaultValue: SpecNode? {
    references.lazy.compactMap(\.defaultValue).first ?? all.lazy.compactMap(\.defaultValue).last
  }

  /// The property names of all of them, in document order.
  var propertyNames: [String] {
    names.withLock { known in
      let names = known ?? all.flatMap(\.properties).map(\.name).uniqued()
      known = names
      return names
    }
  }

  /// Whether objects of it have properties that are known.
  var hasMembers: Bool { !propertyNames.isEmpty || schemas.contains { $0.discriminator != nil } }

  var required: [String] { all.flatMap(\.required) }

  /// What a member of that name has to satisfy.
  func member(_ name: String, in index: SpecIndex) -> Conjunction { member(name, of: schemas, members, index) }

  /// What a member of that name has to satisfy by all of them, those that stand apart too.
  func fullMember(_ name: String, in index: SpecIndex) -> Conjunction {
    apart.isEmpty ? member(name, in: index) : member(name, of: all, fullMembers, index)
  }

  private func member(
    _ name: String, of schemas: [Schema], _ known: borrowing Mutex<[ExactString: Conjunction]>, _ index: SpecIndex
  ) -> Conjunction {
    let key = ExactString(name)
    return known.withLock { known in
      if let member = known[key] { return member }
      let member = Conjunction(schemas.flatMap { $0.member(name, in: index) }, in: index)
      known[key] = member
      return member
    }
  }

  /// What a member that no property and no pattern is about has to satisfy.
  var additional: [SchemaID] { schemas.compactMap(\.additionalProperties) }

  /// What the element at a place has to satisfy; past all `prefixItems` for a place of `nil`.
  func element(_ place: Int?, in index: SpecIndex) -> Conjunction {
    Conjunction(
      schemas.compactMap { schema in
        guard let place, let prefix = schema.prefixItems, place < prefix.count else { return schema.items }
        return prefix[place]
      }, in: index)
  }

  /// How many elements have a schema for their place.
  var prefixCount: Int { schemas.compactMap { $0.prefixItems?.count }.max() ?? 0 }
}

extension SpecIndex {
  /// The schemas on the way to ``resolved(_:)``.
  fileprivate func references(from id: SchemaID) -> [Schema] {
    var references: [Schema] = []
    var schema = self[id]
    while schema.isPureReference, let target = schema.ref {
      references.append(schema)
      schema = self[target]
    }
    return references
  }
}

extension Schema {
  /// Whether it says something of what no other keyword has evaluated.
  var countsEvaluated: Bool { unevaluatedProperties != nil || unevaluatedItems != nil }

  /// The schemas for a member: those of its property and of the patterns that match its name, or else that for the rest.
  fileprivate func member(_ name: String, in index: SpecIndex) -> [SchemaID] {
    let own = property(name).map { [$0] } ?? []
    let matching = patternProperties.filter { index.patterns[ExactString($0.pattern)]!.matches(name) }.map(\.schema)
    return own.isEmpty && matching.isEmpty ? additionalProperties.map { [$0] } ?? [] : own + matching
  }

  /// Whether it can be judged together with schemas about these types: it is about the same, or about any type but
  /// asserts nothing about others.
  fileprivate func isAbout(_ common: Set<JSONType>?) -> Bool {
    guard let common else { return true }
    guard let types else { return assertedTypes.isSubset(of: common) && generalValues.isEmpty }
    return Set(types) == common
  }

  /// Whether the other schema says nothing but a `type` that this one says too.
  fileprivate func implies(_ other: Schema) -> Bool {
    guard let types, let others = other.types, Set(types).isSubset(of: others) else { return false }
    let annotations: Set<String> = ["type", "title", "description", "examples", "$comment"]
    return other.keywordLocations.keys.allSatisfy(annotations.contains)
  }
}
