internal import CTJSON
internal import CTSpec

/// What several schemas that all hold at one place say together.
struct Facets {
  let schemas: [Schema]

  init(_ ids: [SchemaID], selecting value: JSONValue, in index: SpecIndex) {
    schemas = InPlace(index: index).expanded(ids, value).map { index[$0] }
  }

  var types: [JSONType]? {
    schemas.compactMap(\.types).reduce(nil as [JSONType]?) { found, types in
      found.map { $0.filter(types.contains) } ?? types
    }
  }

  /// The values that `enum` and `const` leave; nil when neither is there.
  var values: [JSONValue]? {
    var found: [JSONValue]?
    for schema in schemas {
      for list in [schema.enumValues?.map(\.jsonValue), schema.const.map { [$0.jsonValue] }].compactMap({ $0 }) {
        found = found.map { $0.filter(list.contains) } ?? list
      }
    }
    return found
  }

  var minLength: Int { schemas.compactMap(\.minLength).max() ?? 0 }
  var maxLength: Int? { schemas.compactMap(\.maxLength).min() }
  var pattern: String? { schemas.lazy.compactMap(\.pattern).first }
  var format: String? { schemas.lazy.compactMap(\.format).first }
  var minimum: JSONNumber? { schemas.compactMap(\.minimum).max() }
  var maximum: JSONNumber? { schemas.compactMap(\.maximum).min() }
  var exclusiveMinimum: JSONNumber? { schemas.compactMap(\.exclusiveMinimum).max() }
  var exclusiveMaximum: JSONNumber? { schemas.compactMap(\.exclusiveMaximum).min() }
  var multipleOf: JSONNumber? { schemas.lazy.compactMap(\.multipleOf).first }
  var minItems: Int { schemas.compactMap(\.minItems).max() ?? 0 }
  var maxItems: Int? { schemas.compactMap(\.maxItems).min() }
  var items: [SchemaID] { schemas.compactMap(\.items) }
  var examples: [JSONValue] { schemas.flatMap(\.examples).map(\.jsonValue) }

  /// Properties in the order of the spec, each with all schemas that hold for it.
  var properties: [(name: String, schemas: [SchemaID])] {
    var found: [(name: String, schemas: [SchemaID])] = []
    for property in schemas.flatMap(\.properties) {
      if let place = found.firstIndex(where: { $0.name == property.name }) {
        found[place].schemas.append(property.schema)
      } else {
        found.append((property.name, [property.schema]))
      }
    }
    return found
  }

  var required: [String] {
    schemas.flatMap(\.required).reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }
}

/// Schemas that hold in place.
struct InPlace {
  let index: SpecIndex

  /// These and all that they refer to for the same value. A discriminator follows the value; without one, the first branch
  /// stands for all.
  func expanded(_ ids: [SchemaID], _ value: JSONValue) -> [SchemaID] {
    var found: [SchemaID] = []
    var open = Array(ids.reversed())
    while let id = open.popLast() {
      guard !found.contains(id) else { continue }
      found.append(id)
      let schema = index[id]
      let branches = schema.discriminator.map { selected($0, value) } ?? [schema.oneOf.first, schema.anyOf.first]
      open += ([schema.ref] + schema.allOf + branches).compactMap { $0 }.reversed()
    }
    return found
  }

  private func selected(_ discriminator: Discriminator, _ value: JSONValue) -> [SchemaID?] {
    let name = value[discriminator.propertyName]?.string
    return [discriminator.mapping.first { $0.value == name }?.schema]
  }
}
