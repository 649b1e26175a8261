import CTJSON

// Applicators and assertions about arrays (core, section 10.3.1; validation, section 6.4).
extension ValidationRun {
  mutating func check(_ schema: Schema, _ items: [JSONValue], _ evaluated: inout Evaluated) {
    if let limit = schema.minItems, items.count < limit {
      fail("minItems", "expected \(limit) or more items, found \(items.count)")
    }
    if let limit = schema.maxItems, items.count > limit {
      fail("maxItems", "expected at most \(limit) items, found \(items.count)")
    }
    if schema.uniqueItems { checkUnique(items) }
    let prefix = schema.prefixItems ?? []
    for (place, (id, item)) in zip(prefix, items).enumerated() {
      at(place) { _ = $0.evaluate(id, item) }
      evaluated.insert(place)
    }
    if let rest = schema.items {
      for place in items.indices.dropFirst(prefix.count) { at(place) { _ = $0.evaluate(rest, items[place]) } }
      evaluated.insertAll()
    }
    if let contained = schema.contains { checkContains(schema, contained, items, &evaluated) }
  }

  private mutating func checkUnique(_ items: [JSONValue]) {
    var seen: Set<JSONValue> = []
    for (place, item) in items.enumerated() where !seen.insert(item).inserted {
      at(place) { $0.fail("uniqueItems", "is equal to an earlier item") }
    }
  }

  private mutating func checkContains(
    _ schema: Schema, _ contained: SchemaID, _ items: [JSONValue], _ evaluated: inout Evaluated
  ) {
    var count = 0
    for (place, item) in items.enumerated() where holds(contained, item) != nil {
      count += 1
      evaluated.insert(place)
    }
    let minimum = schema.minContains ?? 1
    if count < minimum {
      if schema.minContains == nil {
        fail("contains", "expected an item of a kind that is missing")
      } else {
        fail("minContains", "expected \(minimum) or more items of a kind, found \(count)")
      }
    }
    if let limit = schema.maxContains, count > limit {
      fail("maxContains", "expected at most \(limit) items of a kind, found \(count)")
    }
  }
}

// Applicators and assertions about objects (core, section 10.3.2; validation, section 6.5).
extension ValidationRun {
  mutating func check(_ schema: Schema, _ members: [JSONValue.Member], _ evaluated: inout Evaluated) {
    if let limit = schema.minProperties, members.count < limit {
      fail("minProperties", "expected \(limit) or more members, found \(members.count)")
    }
    if let limit = schema.maxProperties, members.count > limit {
      fail("maxProperties", "expected at most \(limit) members, found \(members.count)")
    }
    let names = MemberIndex(members)
    for name in schema.required where names[name] == nil {
      fail("required", "the property '\(name)' is missing")
    }
    for (name, needed) in schema.dependentRequired where names[name] != nil {
      for other in needed where names[other] == nil {
        fail("dependentRequired", "the property '\(other)' is missing, which '\(name)' needs")
      }
    }
    checkMembers(schema, members, names, &evaluated)
  }

  private mutating func checkMembers(
    _ schema: Schema, _ members: [JSONValue.Member], _ names: MemberIndex, _ evaluated: inout Evaluated
  ) {
    var known = Set<Int>()
    for (name, id) in schema.properties {
      guard let place = names[name] else { continue }
      known.insert(place)
      at(name) { _ = $0.evaluate(id, members[place].value) }
    }
    for (pattern, id) in schema.patternProperties {
      for (place, member) in members.enumerated() where matches(pattern, member.key) {
        known.insert(place)
        at(member.key) { _ = $0.evaluate(id, member.value) }
      }
    }
    for place in known { evaluated.insert(place) }
    if let rest = schema.additionalProperties {
      for (place, member) in members.enumerated() where !known.contains(place) {
        at(member.key) { $0.evaluateExtra(rest, member.value, "additionalProperties", "member") }
      }
      evaluated.insertAll()
    }
    if let rule = schema.propertyNames {
      for member in members where holds(rule, .string(member.key)) == nil {
        at(member.key) { $0.fail("propertyNames", "a member must not have this name") }
      }
    }
  }

  private mutating func evaluateExtra(_ id: SchemaID, _ value: JSONValue, _ keyword: String, _ what: String) {
    if index[id].boolean == false {
      fail(keyword, "this \(what) is not allowed")
    } else {
      _ = evaluate(id, value)
    }
  }

  /// `unevaluatedItems` and `unevaluatedProperties` (core, section 11).
  mutating func checkUnevaluated(_ schema: Schema, _ value: JSONValue, _ evaluated: inout Evaluated) {
    if let rest = schema.unevaluatedItems, let items = value.elements {
      for (place, item) in items.enumerated() where !evaluated.contains(place) {
        at(place) { $0.evaluateExtra(rest, item, "unevaluatedItems", "item") }
      }
      evaluated.insertAll()
    }
    if let rest = schema.unevaluatedProperties, let members = value.members {
      for (place, member) in members.enumerated() where !evaluated.contains(place) {
        at(member.key) { $0.evaluateExtra(rest, member.value, "unevaluatedProperties", "member") }
      }
      evaluated.insertAll()
    }
  }
}

/// Finds members by name; an index is made only where there are many.
struct MemberIndex {
  private let members: [JSONValue.Member]
  private var places: [ExactString: Int]?

  init(_ members: [JSONValue.Member]) {
    self.members = members
    guard members.count > 16 else { return }
    places = Dictionary(members.enumerated().map { (ExactString($1.key), $0) }) { first, _ in first }
  }

  subscript(_ name: String) -> Int? {
    if let places { return places[ExactString(name)] }
    return members.firstIndex { $0.key.utf8.elementsEqual(name.utf8) }
  }
}
