internal import CTJSON
internal import CTSpec

/// Finds where the keyword stands that a violation names.
struct KeywordFinder {
  let index: SpecIndex

  /// Of the keyword, or of the nearest schema on the way to it.
  func location(of violation: SchemaViolation, in value: JSONValue, from root: SchemaID) -> SourceLocation {
    var places = expanded([root], value)
    var instance: JSONValue? = value
    var nearest = index[root].location
    for token in JSONPointer.tokens(violation.pointer) ?? [] {
      if ["additionalProperties", "unevaluatedProperties"].contains(violation.keyword),
        let found = keyword(violation.keyword, places)
      {
        nearest = found
      }
      instance = instance.flatMap { Self.child(token, of: $0) }
      places = expanded(places.flatMap { children(token, of: $0) }, instance ?? .null)
      guard let first = places.first else { return nearest }
      nearest = index[first].location
    }
    return keyword(violation.keyword, places) ?? nearest
  }

  private func keyword(_ name: String, _ places: [SchemaID]) -> SourceLocation? {
    places.lazy.compactMap { index[$0].keywordLocations[name] }.first
  }

  /// With all schemas that apply in place.
  private func expanded(_ ids: [SchemaID], _ value: JSONValue) -> [SchemaID] {
    var found: [SchemaID] = []
    var open = Array(ids.reversed())
    while let id = open.popLast() {
      guard !found.contains(id) else { continue }
      found.append(id)
      let schema = index[id]
      var next = schema.allOf + [schema.then, schema.else].compactMap { $0 }
      if let ref = schema.ref { next.insert(ref, at: 0) }
      if let discriminator = schema.discriminator {
        let selected = value[discriminator.propertyName]?.string
        next += discriminator.mapping.filter { $0.value == selected }.map(\.schema)
      } else {
        next += schema.oneOf + schema.anyOf
      }
      open += next.reversed()
    }
    return found
  }

  private func children(_ token: String, of id: SchemaID) -> [SchemaID] {
    let schema = index[id]
    var found = schema.properties.filter { $0.name == token }.map(\.schema)
    if let position = JSONPointer.index(token) {
      if let prefix = schema.prefixItems, prefix.indices.contains(position) { found.append(prefix[position]) }
      if let items = schema.items { found.append(items) }
    }
    if found.isEmpty, let additional = schema.additionalProperties { found.append(additional) }
    return found
  }

  private static func child(_ token: String, of value: JSONValue) -> JSONValue? {
    value[token]
      ?? JSONPointer.index(token).flatMap { index in
        value.elements.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      }
  }
}
