internal import CTSpec

/// Schemas that all hold for one value: a schema with its `$ref` and `allOf` followed, or a base with its branch.
///
/// Compiling all of them together keeps decoding and validation to one pass over the value.
struct Conjunction {
  /// None of them has a `$ref` or `allOf` that is not in the list too; in document order.
  let schemas: [Schema]

  init(_ ids: [SchemaID], in index: SpecIndex) {
    var found: [Schema] = []
    var seen: Set<SchemaID> = []
    func add(_ id: SchemaID) {
      guard seen.insert(id).inserted else { return }
      let schema = index[id]
      if let ref = schema.ref { add(ref) }
      for part in schema.allOf { add(part) }
      if !schema.isPureReference { found.append(schema) }
    }
    for id in ids { add(id) }
    // `true`, and a bare `type` that another one implies, say nothing more.
    let meaningful = found.filter { schema in
      schema.boolean != true && !found.contains { $0 !== schema && $0.implies(schema) }
    }
    schemas = meaningful.isEmpty ? Array(found.prefix(1)) : meaningful
  }

  /// The one schema, where there is just one.
  var only: Schema? { schemas.count == 1 ? schemas[0] : nil }

  /// The types that all of them allow; `nil` for any.
  var types: Set<JSONType>? {
    schemas.compactMap(\.types).map { Set($0) }.reduce(nil) { common, types in
      guard let common else { return types }
      var both = common.intersection(types)
      if common.contains(.number), types.contains(.integer) { both.insert(.integer) }
      if types.contains(.number), common.contains(.integer) { both.insert(.integer) }
      return both
    }
  }

  var isNever: Bool { schemas.contains { $0.boolean == false } }

  var redact: Redaction? { schemas.lazy.compactMap(\.redact).first }
  var roles: [String]? { schemas.lazy.compactMap(\.roles).first }
  var const: SpecNode? { schemas.lazy.compactMap(\.const).first }
  var description: String? { schemas.lazy.compactMap(\.description).first }
  var defaultValue: SpecNode? { schemas.lazy.compactMap(\.defaultValue).first }

  /// The property names of all of them, in document order.
  var propertyNames: [String] {
    var seen: Set<String> = []
    return schemas.flatMap(\.properties).map(\.name).filter { seen.insert($0).inserted }
  }

  var required: Set<String> { Set(schemas.flatMap(\.required)) }

  /// What a member of that name has to satisfy.
  func member(_ name: String, in index: SpecIndex) -> Conjunction {
    Conjunction(
      schemas.compactMap { schema in
        schema.properties.first { $0.name == name }?.schema ?? schema.additionalProperties
      }, in: index)
  }

  /// What a member of any other name has to satisfy.
  func additional(in index: SpecIndex) -> Conjunction {
    Conjunction(schemas.compactMap(\.additionalProperties), in: index)
  }
}

extension Schema {
  /// Whether the other schema says nothing but a `type` that this one says too.
  fileprivate func implies(_ other: Schema) -> Bool {
    guard let types, let others = other.types, Set(types).isSubset(of: others) else { return false }
    let annotations: Set<String> = ["type", "title", "description", "examples", "$comment"]
    return other.keywordLocations.keys.allSatisfy(annotations.contains)
  }
}
