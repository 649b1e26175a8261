import CTJSON

// Applicators that look at the same instance again (core, section 10.2).
extension ValidationRun {
  mutating func applyInPlace(_ schema: Schema, _ value: JSONValue, _ evaluated: inout Evaluated) {
    if let ref = schema.ref { apply(ref, value, &evaluated) }
    for id in schema.allOf { apply(id, value, &evaluated) }
    let isSelected = applyDiscriminator(schema, value, &evaluated)
    if !schema.oneOf.isEmpty, !isSelected { applyOneOf(schema.oneOf, value, &evaluated) }
    if !schema.anyOf.isEmpty, !isSelected || !schema.oneOf.isEmpty { applyAnyOf(schema.anyOf, value, &evaluated) }
    if let not = schema.not, holds(not, value) != nil { fail("not", "is what is not allowed here") }
    applyCondition(schema, value, &evaluated)
    if let members = value.members, !schema.dependentSchemas.isEmpty {
      let names = MemberIndex(members)
      for (name, id) in schema.dependentSchemas where names[name] != nil { apply(id, value, &evaluated) }
    }
  }

  private mutating func apply(_ id: SchemaID, _ value: JSONValue, _ evaluated: inout Evaluated) {
    let found = evaluate(id, value)
    if tracksEvaluation { evaluated.formUnion(found) }
  }

  private mutating func applyAnyOf(_ branches: [SchemaID], _ value: JSONValue, _ evaluated: inout Evaluated) {
    var isMet = false
    for branch in branches {
      guard let found = holds(branch, value) else { continue }
      isMet = true
      if !tracksEvaluation { return }
      evaluated.formUnion(found)
    }
    guard !isMet else { return }
    evaluated.isUnknown = true
    fail("anyOf", "is none of what is allowed here")
  }

  private mutating func applyOneOf(_ branches: [SchemaID], _ value: JSONValue, _ evaluated: inout Evaluated) {
    var met: [Evaluated] = []
    for branch in branches {
      if let found = holds(branch, value) { met.append(found) }
    }
    if met.count == 1 {
      evaluated.formUnion(met[0])
    } else {
      evaluated.isUnknown = true
      let mismatch = index.mismatch(ofOneOf: branches)
      fail("oneOf", "\(mismatch) \(met.count)")
    }
  }

  /// Whether the discriminator decided (OpenAPI 3.1, section 4.8.25), so that the branches need no trial.
  private mutating func applyDiscriminator(
    _ schema: Schema, _ value: JSONValue, _ evaluated: inout Evaluated
  ) -> Bool {
    guard let discriminator = schema.discriminator else { return false }
    // Anything else is the wrong type, which is reported, and not one more fault.
    guard value.members != nil else { return schema.types == [.object] }
    let name = discriminator.propertyName
    if let selector = value[name]?.string,
      let branch = discriminator.mapping.first(where: { $0.value.utf8.elementsEqual(selector.utf8) })
    {
      apply(branch.schema, value, &evaluated)
    } else {
      evaluated.isUnknown = true
      if value[name] == nil {
        fail("discriminator", "\(name) is missing")
      } else {
        fail("discriminator", at: .key(name), "selects nothing that is known")
      }
    }
    return true
  }

  private mutating func applyCondition(_ schema: Schema, _ value: JSONValue, _ evaluated: inout Evaluated) {
    guard let condition = schema.if else { return }
    if let found = holds(condition, value) {
      evaluated.formUnion(found)
      if let then = schema.then { apply(then, value, &evaluated) }
    } else if let otherwise = schema.else {
      apply(otherwise, value, &evaluated)
    }
  }
}
