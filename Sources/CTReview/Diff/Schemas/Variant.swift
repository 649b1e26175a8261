import CTJSON
internal import CTSpec

/// A branch of a `oneOf` or `anyOf`.
struct Variant {
  let schema: SchemaID
  /// What messages call it: the discriminator's value, the name of the schema that is referenced, the title, or else the
  /// place.
  let name: String
  /// Whether people gave it that name.
  let isNamed: Bool

  /// What it accepts, as far as that tells branches apart.
  struct Kind: Hashable {
    let types: Set<JSONType>
    /// The properties that have few values only, such as `type: {const: login}`.
    let tags: [ExactString: Set<JSONValue>]
    /// Those of them that have to be there.
    let demanded: Set<ExactString>

    /// Whether it tells nothing but that there are properties.
    var isVague: Bool { types.contains(.object) && tags.isEmpty }

    /// Whether there may be something that both accept.
    func overlaps(_ other: Kind) -> Bool {
      !types.isDisjoint(with: other.types)
        && tags.allSatisfy { name, values in other.tags[name].map { !values.isDisjoint(with: $0) } ?? true }
    }

    /// Whether nothing can be both: the types differ, or what a property that has to be there may be.
    func excludes(_ other: Kind) -> Bool {
      types.isDisjoint(with: other.types)
        || demanded.union(other.demanded).contains { name in
          guard let values = tags[name], let others = other.tags[name] else { return false }
          return types.union(other.types) == [.object] && values.isDisjoint(with: others)
        }
    }
  }
}

extension Branching {
  /// The branches with the values that choose them.
  func chosen(by rule: Discriminator) -> [Variant] {
    rule.mapping.map { Variant(schema: $0.schema, name: $0.value, isNamed: true) }
  }

  /// Whether nothing can meet two branches, as far as their kinds tell; of many branches that is not found out.
  func excludesEachOther(in index: SpecIndex) -> Bool {
    guard branches.count <= 100 else { return false }
    let kinds = branches.map { Conjunction([$0], in: index).kind(in: index) }
    return kinds.indices.allSatisfy { place in kinds[..<place].allSatisfy { $0.excludes(kinds[place]) } }
  }

  func variants(in index: SpecIndex) -> [Variant] {
    branches.enumerated().map { place, id in
      let branch = index[id]
      let name = branch.ref.flatMap { JSONPointer.lastToken(of: $0.pointer) ?? $0.file } ?? branch.title
      return Variant(schema: id, name: name ?? "\(keyword) \(place + 1)", isNamed: name != nil)
    }
  }
}

extension Conjunction {
  func kind(in index: SpecIndex) -> Variant.Kind {
    let tags = properties.compactMap { name, schemas -> (ExactString, Set<JSONValue>)? in
      Conjunction(schemas, in: index).values.map { (ExactString(name), Set($0.map(\.jsonValue))) }
    }
    return Variant.Kind(
      types: allowedTypes(in: index), tags: Dictionary(tags) { first, _ in first },
      demanded: required.intersection(tags.map(\.0)))
  }
}
