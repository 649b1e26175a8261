import Testing

/// Changes of branches; what means the same is no change.
@Suite struct VariantDiffTests {
  /// Two branches, after what stands in front of them, and two components `A` and `B` that are like them.
  static func branches(_ first: String, _ second: String, _ more: String = "") -> String {
    "{\(more)oneOf: [\(first), \(second)]}\n    A: \(a)\n    B: \(b)"
  }

  static let a = "{type: object, properties: {n: {type: string}}}"
  static let b = "{type: object, properties: {m: {type: integer}}}"
  static let (refA, refB) = ("{$ref: '#/components/schemas/A'}", "{$ref: '#/components/schemas/B'}")

  static let unchanged: [DiffCase] = [
    .schema("in another order", branches(a, b), branches(b, a), []),
    .schema("moved into a component", branches(a, b), branches(a, refB), []),
    .schema("moved into components, in another order", branches(a, b), branches(refB, refA), []),
    .schema(
      "a component has another name", branches(refA, refB),
      "{oneOf: [{$ref: '#/components/schemas/C'}, {$ref: '#/components/schemas/B'}]}\n    C: \(a)\n    B: \(b)", []),
    .schema(
      "another title", "{oneOf: [{title: One, type: object}, \(b)]}", "{oneOf: [{title: Two, type: object}, \(b)]}", []),
    .schema(
      "titles that two have", "{oneOf: [{title: T, type: object}, {title: T, type: object, minProperties: 1}]}",
      "{oneOf: [{title: T, type: object, minProperties: 1}, {title: T, type: object}]}", []),
    .schema(
      "deeper within", "{oneOf: [{items: {oneOf: [\(a), \(b)]}}, \(a)]}",
      "{oneOf: [\(a), {items: {oneOf: [\(b), \(a)]}}]}", []),
    .schema(
      "oneOf of what excludes one another", tagged(""), tagged("").replacing("oneOf", with: "anyOf"), []),
    .schema(
      "values with titles", "{type: string, enum: [a, b]}", "{oneOf: [{const: b, title: B}, {const: a, title: A}]}", []),
    .schema("one branch", "{type: string}", "{oneOf: [{type: string}]}", []),
    .schema("one branch of anyOf", "{anyOf: [{maxLength: 3}], type: string}", "{type: string, maxLength: 3}", []),
    .schema("null as a type", "{type: [string, 'null']}", "{anyOf: [{type: string}, {type: 'null'}]}", []),
    .schema(
      "null beside bounds", "{oneOf: [{type: 'null'}, {type: string, maxLength: 3}]}",
      "{type: [string, 'null'], maxLength: 3}", []),
    .schema(
      "null beside values", "{type: [string, 'null'], enum: [a, null]}", "{anyOf: [{enum: [a]}, {type: 'null'}]}", []),
    .schema(
      "null beside a component", "{anyOf: [\(refA), {type: 'null'}]}\n    A: \(a)",
      "{type: [object, 'null'], properties: {n: {type: string}}}", []),
    .schema(
      "the only branch", "{anyOf: [{type: string, not: {const: a}}]}", "{type: string, not: {const: a}}", []),
  ]

  static let cases: [DiffCase] = [
    .schema(
      "branches come and go", "{oneOf: [{title: A, type: string}, {title: B, type: object}]}",
      "{oneOf: [{title: C, type: object, minProperties: 1}, {title: A, type: string, maxLength: 1}, {type: string, not: {}}]}",
      [
        "request-constraint-added 11:9 11:9 the body: only one branch may be met now",
        "request-variant-removed 11:43 11:9 the body: the branch 'B' is gone",
        "request-bound-tightened 11:17 11:86 the body: 'maxLength' was none and is 1",
        "response-variant-added 11:9 11:17 the body of 200: the branch 'C' is new",
        "response-variant-added 11:9 11:101 the body of 200: the branch 'oneOf 3' is new",
        "response-constraint-added 11:9 11:9 the body of 200: only one branch may be met now",
        "response-variant-removed 11:43 11:9 the body of 200: the branch 'B' is gone",
        "request-variant-added 11:9 11:17 the body: the branch 'C' is new",
        "response-bound-tightened 11:17 11:86 the body of 200: 'maxLength' was none and is 1",
        "request-variant-added 11:9 11:101 the body: the branch 'oneOf 3' is new",
      ]),
    .schema(
      "branches that all have to do come", branches(a, b),
      branches(b, a, "allOf: [{anyOf: [{required: [n]}, {required: [m]}]}], "),
      [
        "request-constraint-added 11:8 11:18 the body: 'anyOf' is new",
        "response-constraint-added 11:8 11:18 the body of 200: 'anyOf' is new",
      ]),
    .schema(
      "several may be met", branches(a, b), "{anyOf: [\(b), \(a)]}",
      [
        "response-constraint-removed 11:9 11:9 the body of 200: several branches may be met now",
        "request-constraint-removed 11:9 11:9 the body: several branches may be met now",
      ]),
    .schema(
      "only one may be met", "{anyOf: [\(b), \(a)]}", branches(a, b),
      [
        "request-constraint-added 11:9 11:9 the body: only one branch may be met now",
        "response-constraint-added 11:9 11:9 the body of 200: only one branch may be met now",
      ]),
    .schema(
      "another property chooses", branches(refA, refB, "discriminator: {propertyName: n}, "),
      branches(refA, refB, "discriminator: {propertyName: m}, "),
      [
        "request-discriminator-added 11:43 11:24 the body: 'm' chooses the branch now",
        "request-discriminator-removed 11:24 11:43 the body: 'n' no longer chooses the branch",
        "response-discriminator-removed 11:24 11:43 the body of 200: 'n' no longer chooses the branch",
        "response-discriminator-added 11:43 11:24 the body of 200: 'm' chooses the branch now",
      ]),
    .schema(
      "another value with a title", "{oneOf: [{const: b, title: B}, {const: a, title: A}]}",
      "{oneOf: [{const: a}, {const: c, title: C}, {const: b}]}",
      [
        "response-enum-value-added 11:18 11:37 the body of 200: \"c\" is allowed now",
        "request-enum-value-added 11:18 11:37 the body: \"c\" is allowed now",
      ]),
    .schema(
      "null comes beside a mark",
      "{properties: {a: {$ref: '#/components/schemas/A'}}}\n    A: {type: string, x-ct-redact: drop}",
      "{properties: {a: {anyOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}}}\n    A: {type: string, x-ct-redact: drop}",
      [
        "response-type-widened 12:9 11:25 the body of 200 at /a: allowed now: null",
        "request-type-widened 12:9 11:25 the body at /a: allowed now: null",
      ]),
    .schema(
      "one comes in front", branches(a, b), "{oneOf: [{type: object, minProperties: 1}, \(a), \(b)]}",
      [
        "response-variant-added 11:9 11:17 the body of 200: the branch 'oneOf 1' is new",
        "request-variant-added 11:9 11:17 the body: the branch 'oneOf 1' is new",
      ]),
    .schema(
      "the first one goes", "{oneOf: [{type: object, minProperties: 1}, \(a), \(b)]}", branches(a, b),
      [
        "request-variant-removed 11:17 11:9 the body: the branch 'oneOf 1' is gone",
        "response-variant-removed 11:17 11:9 the body of 200: the branch 'oneOf 1' is gone",
      ]),
    .schema(
      "known by what it lists", "{oneOf: [{properties: {t: {const: a}}}, {properties: {t: {const: b}}}]}",
      "{oneOf: [{properties: {t: {const: b}}, maxProperties: 2}, {properties: {t: {const: a}}}]}",
      [
        "request-bound-tightened 11:48 11:47 the body: 'maxProperties' was none and is 2",
        "response-bound-tightened 11:48 11:47 the body of 200: 'maxProperties' was none and is 2",
      ]),
    .schema(
      "another title and another bound", "{oneOf: [{title: A, type: string, maxLength: 3}, {type: string, not: {}}]}",
      "{oneOf: [{type: string, not: {}}, {title: B, type: string, maxLength: 4}]}",
      [
        "response-bound-loosened 11:42 11:67 the body of 200: 'maxLength' was 3 and is 4",
        "request-bound-loosened 11:42 11:67 the body: 'maxLength' was 3 and is 4",
      ]),
    .schema(
      "a component has another name and is another", tagged(""),
      tagged("").replacing("schemas/A", with: "schemas/C")
        + "\n    C: {type: object, properties: {t: {const: A}}, required: [t], maxProperties: 2}",
      [
        "request-bound-tightened 12:8 14:67 the body: 'maxProperties' was none and is 2",
        "response-bound-tightened 12:8 14:67 the body of 200: 'maxProperties' was none and is 2",
      ]),
    .schema(
      "null comes", "{type: string}", "{anyOf: [{type: string}, {type: 'null'}]}",
      [
        "response-type-widened 11:9 11:18 the body of 200: allowed now: null",
        "request-type-widened 11:9 11:18 the body: allowed now: null",
      ]),
    .schema(
      "null comes, beside what speaks of all types", "{type: string, not: {const: a}}",
      "{anyOf: [{type: string, not: {const: a}}, {type: 'null'}]}",
      [
        "response-type-widened 11:9 11:8 the body of 200: allowed now: null",
        "request-type-widened 11:9 11:8 the body: allowed now: null",
      ]),
    .schema(
      "null comes, beside a component with branches", "{$ref: '#/components/schemas/T'}\n    T: {oneOf: [\(a), \(b)]}",
      "{anyOf: [{$ref: '#/components/schemas/T'}, {type: 'null'}]}\n    T: {oneOf: [\(b), \(a)]}",
      [
        "response-type-widened 12:8 11:8 the body of 200: allowed now: null",
        "request-type-widened 12:8 11:8 the body: allowed now: null",
      ]),
    .schema(
      "a schema is one of several now", "{$ref: '#/components/schemas/A'}\n    A: \(a)\n    B: \(b)",
      "{anyOf: [\(refB), \(refA)]}\n    A: \(a)\n    B: \(b)",
      [
        "response-variant-added 12:8 11:17 the body of 200: the branch 'B' is new",
        "request-variant-added 12:8 11:17 the body: the branch 'B' is new",
      ]),
    .schema(
      "what another type has to meet concerns nobody", "{type: string}",
      "{anyOf: [{type: string}, {type: object, required: [a], properties: {a: {}}, minProperties: 1}]}",
      [
        "response-type-widened 11:9 11:18 the body of 200: allowed now: object",
        "request-type-widened 11:9 11:18 the body: allowed now: object",
      ]),
    .schema(
      "a schema is one of two that may both be met now", "{type: object, minProperties: 1}",
      "{oneOf: [{type: object, maxProperties: 3}, {type: object, minProperties: 1}]}",
      [
        "request-constraint-added 11:8 11:9 the body: only one branch may be met now",
        "response-variant-added 11:8 11:17 the body of 200: the branch 'oneOf 1' is new",
        "response-constraint-added 11:8 11:9 the body of 200: only one branch may be met now",
        "request-variant-added 11:8 11:17 the body: the branch 'oneOf 1' is new",
      ]),
    .schema(
      "branches of which only one could be met, and both can now", "{oneOf: [{type: string}, {type: integer}]}",
      "{oneOf: [{type: string}, {type: [integer, string]}]}",
      [
        "request-constraint-added 11:8 11:9 the body: only one branch may be met now",
        "response-variant-added 11:8 11:17 the body of 200: the branch 'oneOf 1' is new",
        "response-constraint-added 11:8 11:9 the body of 200: only one branch may be met now",
        "request-variant-added 11:8 11:17 the body: the branch 'oneOf 1' is new",
      ]),
    .schema(
      "a schema is the only one now", "{oneOf: [\(refA), \(refB)]}\n    A: \(a)\n    B: \(b)", "\(b)",
      [
        "request-variant-removed 11:17 11:8 the body: the branch 'A' is gone",
        "response-constraint-removed 11:9 11:8 the body of 200: several branches may be met now",
        "request-constraint-removed 11:9 11:8 the body: several branches may be met now",
        "response-variant-removed 11:17 11:8 the body of 200: the branch 'A' is gone",
      ]),
    .schema(
      "others are taken that are strings", "{type: object, additionalProperties: false}",
      "{type: object, additionalProperties: {type: string}}",
      [
        "response-object-opened 11:23 11:23 the body of 200: properties that are not declared are now allowed",
        "request-object-opened 11:23 11:23 the body: properties that are not declared are now allowed",
      ]),
    .schema(
      "others are refused that were strings", "{type: object, additionalProperties: {type: string}}",
      "{type: object, additionalProperties: false}",
      [
        "request-object-closed 11:23 11:23 the body: properties that are not declared are no longer allowed",
        "response-object-closed 11:23 11:23 the body of 200: properties that are not declared are no longer allowed",
      ]),
    .schema(
      "a discriminator comes", branches(refA, refB), branches(refA, refB, "discriminator: {propertyName: n}, "),
      [
        "request-discriminator-added 11:9 11:24 the body: 'n' chooses the branch now",
        "response-discriminator-added 11:9 11:24 the body of 200: 'n' chooses the branch now",
      ]),
    .schema(
      "a discriminator goes", branches(refA, refB, "discriminator: {propertyName: n}, "), branches(refB, refA),
      [
        "request-discriminator-removed 11:24 11:9 the body: 'n' no longer chooses the branch",
        "response-discriminator-removed 11:24 11:9 the body of 200: 'n' no longer chooses the branch",
      ]),
    .schema(
      "a discriminator comes that says nothing new", tagged(""), tagged("discriminator: {propertyName: t}, "), []),
    .schema(
      "a discriminator goes that said nothing", tagged("discriminator: {propertyName: t}, "), tagged(""), []),
  ]

  /// Branches that list the one value which chooses them.
  static func tagged(_ more: String) -> String {
    let schemas = ["A", "B"].map { "\n    \($0): {type: object, properties: {t: {const: \($0)}}, required: [t]}" }
    return "{\(more)oneOf: [\(refA), \(refB)]}\(schemas.joined())"
  }

  @Test(arguments: unchanged) func `no change`(_ example: DiffCase) throws { try example.check() }
  @Test(arguments: cases) func change(_ example: DiffCase) throws { try example.check() }
}
