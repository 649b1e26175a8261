internal import CTSpec

/// Finds out whether a schema, or anything within it, is marked with `x-ct-redact`.
struct RedactionFinder {
  let index: SpecIndex

  func isMarked(_ id: SchemaID) -> Bool {
    var seen: Set<SchemaID> = []
    return search(id, &seen)
  }

  private func search(_ id: SchemaID, _ seen: inout Set<SchemaID>) -> Bool {
    guard seen.insert(id).inserted else { return false }
    let schema = index[id]
    return schema.redact != nil || schema.children.contains { search($0, &seen) }
  }
}

extension Schema {
  /// The schemas that instances of this one, or parts of them, may have to satisfy.
  var children: [SchemaID] {
    let single = [
      ref, items, contains, unevaluatedItems, additionalProperties, propertyNames, unevaluatedProperties, not, `if`,
      then,
      `else`,
    ]
    return single.compactMap { $0 } + (prefixItems ?? []) + properties.map(\.schema) + patternProperties.map(\.schema)
      + dependentSchemas.map(\.schema) + allOf + anyOf + oneOf
  }
}
