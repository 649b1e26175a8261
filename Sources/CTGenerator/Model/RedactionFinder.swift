internal import CTSpec

/// Finds out whether a schema, or anything within it, is marked with `x-ct-redact`.
struct RedactionFinder: Sendable {
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
    // Piece by piece: most have none, and all are asked.
    var children: [SchemaID] = []
    func add(_ id: SchemaID?) { if let id { children.append(id) } }
    func add(_ ids: [SchemaID]) { if !ids.isEmpty { children += ids } }
    add(ref)
    add(items)
    add(contains)
    add(unevaluatedItems)
    add(additionalProperties)
    add(propertyNames)
    add(unevaluatedProperties)
    add(not)
    add(`if`)
    add(then)
    add(`else`)
    add(prefixItems ?? [])
    for property in properties { children.append(property.schema) }
    for pattern in patternProperties { children.append(pattern.schema) }
    for dependent in dependentSchemas { children.append(dependent.schema) }
    add(allOf)
    add(anyOf)
    add(oneOf)
    return children
  }
}
