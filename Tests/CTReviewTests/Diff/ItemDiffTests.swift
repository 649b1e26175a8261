import Testing

/// Changes of what judges the places of an array, and the properties that match a pattern.
@Suite struct ItemDiffTests {
  static let string = "{type: string}"
  static let two = "prefixItems: [{type: string}, {type: integer}]"
  static let one = "prefixItems: [{type: string}]"
  static let pattern = "patternProperties: {^x-: {type: string}}"
  static let closed = "additionalProperties: false"

  static let cases: [DiffCase] = [
    .schema(
      "a place of a closed array goes", "{\(two), items: false}", "{\(one), items: false}",
      [
        "request-constraint-added 11:9 11:40 the body at /1: an item is no longer allowed",
        "response-constraint-added 11:9 11:40 the body of 200 at /1: an item is no longer allowed",
      ]),
    .schema(
      "a place of a closed array comes", "{\(one), items: false}", "{\(two), items: false}",
      [
        "response-constraint-removed 11:40 11:9 the body of 200 at /1: an item is allowed now",
        "request-constraint-removed 11:40 11:9 the body at /1: an item is allowed now",
      ]),
    .schema(
      "a place goes beside unevaluatedItems", "{\(two), unevaluatedItems: false}", "{\(one), unevaluatedItems: false}",
      [
        "request-constraint-added 11:9 11:40 the body at /1: an item is no longer allowed",
        "response-constraint-added 11:9 11:40 the body of 200 at /1: an item is no longer allowed",
      ]),
    .schema(
      "a place goes where others are let in", "{\(two)}", "{\(one)}",
      [
        "response-constraint-removed 11:9 11:8 the body of 200: 'prefixItems 1' is gone",
        "request-constraint-removed 11:9 11:8 the body: 'prefixItems 1' is gone",
      ]),
    .schema(
      "a place that is as the others", "{items: \(string)}", "{\(one), items: \(string)}", []),
    .schema(
      "a place that is unlike the others", "{items: \(string)}", "{prefixItems: [{type: integer}], items: \(string)}",
      [
        "request-type-narrowed 11:17 11:24 the body at /0: no longer allowed: string",
        "response-type-widened 11:17 11:24 the body of 200 at /0: allowed now: integer",
        "request-type-widened 11:17 11:24 the body at /0: allowed now: integer",
        "response-type-narrowed 11:17 11:24 the body of 200 at /0: no longer allowed: string",
      ]),
    .schema(
      "another type at a place", "{prefixItems: [{}, {type: string}]}", "{prefixItems: [{}, {type: integer}]}",
      [
        "request-type-narrowed 11:28 11:28 the body at /1: no longer allowed: string",
        "response-type-widened 11:28 11:28 the body of 200 at /1: allowed now: integer",
        "request-type-widened 11:28 11:28 the body at /1: allowed now: integer",
        "response-type-narrowed 11:28 11:28 the body of 200 at /1: no longer allowed: string",
      ]),
    .schema("unevaluatedItems for items", "{\(one), items: false}", "{\(one), unevaluatedItems: false}", []),
    .schema(
      "items for unevaluatedItems beside what may judge some", "{contains: \(string), unevaluatedItems: false}",
      "{contains: \(string), items: false}",
      [
        "request-constraint-added 11:8 11:35 the body: 'items' is new",
        "response-constraint-removed 11:35 11:8 the body of 200: 'unevaluatedItems' is gone",
        "request-constraint-removed 11:35 11:8 the body: 'unevaluatedItems' is gone",
        "response-constraint-added 11:8 11:35 the body of 200: 'items' is new",
      ]),
    .schema(
      "an array is closed", "{\(one)}", "{\(one), items: false}",
      [
        "request-constraint-added 11:8 11:40 the body at /*: an item is no longer allowed",
        "response-constraint-added 11:8 11:40 the body of 200 at /*: an item is no longer allowed",
      ]),
    .schema(
      "an array is opened", "{\(one), items: false}", "{\(one)}",
      [
        "response-constraint-removed 11:40 11:8 the body of 200 at /*: an item is allowed now",
        "request-constraint-removed 11:40 11:8 the body at /*: an item is allowed now",
      ]),
    .schema("refused beyond the greatest count", "{\(one), maxItems: 1}", "{\(one), maxItems: 1, items: false}", []),
    .schema(
      "a pattern of a closed object goes", "{properties: {a: {}}, \(pattern), \(closed)}",
      "{properties: {a: {}}, \(closed)}",
      [
        "request-object-closed 11:30 11:30 the body: properties that match '^x-' are no longer allowed",
        "response-object-closed 11:30 11:30 the body of 200: properties that match '^x-' are no longer allowed",
      ]),
    .schema(
      "a pattern of a closed object comes", "{properties: {a: {}}, \(closed)}",
      "{properties: {a: {}}, \(pattern), \(closed)}",
      [
        "response-object-opened 11:30 11:30 the body of 200: properties that match '^x-' are allowed now",
        "request-object-opened 11:30 11:30 the body: properties that match '^x-' are allowed now",
      ]),
    .schema(
      "a pattern of an open object goes", "{\(pattern)}", "{}",
      [
        "response-constraint-removed 11:9 11:8 the body of 200: 'patternProperties ^x-' is gone",
        "request-constraint-removed 11:9 11:8 the body: 'patternProperties ^x-' is gone",
      ]),
    .schema(
      "a pattern that is as the others", "{additionalProperties: \(string)}",
      "{\(pattern), additionalProperties: \(string)}", []),
    .schema(
      "a pattern that is unlike the others", "{additionalProperties: {type: integer}}",
      "{\(pattern), additionalProperties: {type: integer}}",
      [
        "request-type-narrowed 11:32 11:35 the body at /*: no longer allowed: integer",
        "response-type-widened 11:32 11:35 the body of 200 at /*: allowed now: string",
        "request-type-widened 11:32 11:35 the body at /*: allowed now: string",
        "response-type-narrowed 11:32 11:35 the body of 200 at /*: no longer allowed: integer",
      ]),
  ]

  @Test(arguments: cases) func change(_ example: DiffCase) throws { try example.check() }
}
