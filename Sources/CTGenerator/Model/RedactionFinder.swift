internal import CTSpec

/// Finds out whether a schema, or anything within it, is marked with `x-ct-redact`.
struct RedactionFinder {
  let index: SpecIndex

  func isMarked(_ id: SchemaID) -> Bool { mark(in: [id]) != nil }

  /// A schema that is marked, among these and what is within them.
  func mark(in ids: [SchemaID]) -> Schema? {
    var seen: Set<SchemaID> = []
    var pending = Array(ids.reversed())
    while let id = pending.popLast() {
      guard seen.insert(id).inserted else { continue }
      let schema = index[id]
      if schema.redact != nil { return schema }
      pending += schema.children.reversed()
    }
    return nil
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
