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
    for (place, id) in prefix.enumerated().prefix(items.count) {
      evaluate(id, InstancePart(place, of: items))
      evaluated.insert(place)
    }
    if let rest = schema.items {
      for place in items.indices.dropFirst(prefix.count) { evaluate(rest, InstancePart(place, of: items)) }
      evaluated.insertAll()
    }
    if let contained = schema.contains { checkContains(schema, contained, items, &evaluated) }
  }

  private mutating func checkUnique(_ items: [JSONValue]) {
    var seen: Set<JSONValue> = []
    for (place, item) in items.enumerated() where !seen.insert(item).inserted {
      fail("uniqueItems", at: .index(place), "is equal to an earlier item")
    }
  }

  private mutating func checkContains(
    _ schema: Schema, _ contained: SchemaID, _ items: [JSONValue], _ evaluated: inout Evaluated
  ) {
    var count = 0
    for place in items.indices where holds(contained, InstancePart(place, of: items)) != nil {
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
      evaluate(id, InstancePart(place, of: members))
    }
    for (pattern, id) in schema.patternProperties {
      for (place, member) in members.enumerated() where matches(pattern, member.key) {
        known.insert(place)
        evaluate(id, InstancePart(place, of: members))
      }
    }
    for place in known { evaluated.insert(place) }
    if let rest = schema.additionalProperties {
      for place in members.indices where !known.contains(place) {
        evaluateExtra(rest, InstancePart(place, of: members), "additionalProperties", "member")
      }
      evaluated.insertAll()
    }
    if let rule = schema.propertyNames {
      for place in members.indices where holds(rule, InstancePart(nameOf: place, of: members)) == nil {
        fail("propertyNames", at: .key(members[place].key), "a member must not have this name")
      }
    }
  }

  private mutating func evaluateExtra(_ id: SchemaID, _ part: InstancePart, _ keyword: String, _ what: String) {
    if index[id].boolean == false {
      fail(keyword, at: part.token, "this \(what) is not allowed")
    } else {
      evaluate(id, part)
    }
  }

  /// `unevaluatedItems` and `unevaluatedProperties` (core, section 11).
  mutating func checkUnevaluated(_ schema: Schema, _ value: JSONValue, _ evaluated: inout Evaluated) {
    if let rest = schema.unevaluatedItems, let items = value.elements {
      for place in items.indices where !evaluated.contains(place) {
        evaluateExtra(rest, InstancePart(place, of: items), "unevaluatedItems", "item")
      }
      evaluated.insertAll()
    }
    if let rest = schema.unevaluatedProperties, let members = value.members {
      for place in members.indices where !evaluated.contains(place) {
        evaluateExtra(rest, InstancePart(place, of: members), "unevaluatedProperties", "member")
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
