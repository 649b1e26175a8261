import Testing

/// Changes of what judges properties that are not declared, and of what arrays contain.
@Suite struct MemberDiffTests {
  static let rest = "additionalProperties: {type: string}"

  static let cases: [DiffCase] = [
    .schema(
      "a property comes that others were judged as", "{\(rest)}", "{properties: {b: {type: integer}}, \(rest)}",
      [
        "request-type-narrowed 11:32 11:26 the body at /b: no longer allowed: string",
        "response-type-widened 11:32 11:26 the body of 200 at /b: allowed now: integer",
        "request-property-optional-added 11:8 11:25 the body: the property 'b' is new",
        "response-property-added 11:8 11:25 the body of 200: the property 'b' is new",
        "request-type-widened 11:32 11:26 the body at /b: allowed now: integer",
        "response-type-narrowed 11:32 11:26 the body of 200 at /b: no longer allowed: string",
      ]),
    .schema(
      "a property comes that is as the others are", "{\(rest)}", "{properties: {b: {type: string}}, \(rest)}",
      [
        "request-property-optional-added 11:8 11:25 the body: the property 'b' is new",
        "response-property-added 11:8 11:25 the body of 200: the property 'b' is new",
      ]),
    .schema(
      "a property comes where a pattern takes its name", "{patternProperties: {'^b': {maxLength: 9}}, \(rest)}",
      "{properties: {b: {}}, patternProperties: {'^b': {maxLength: 9}}, \(rest)}",
      [
        "request-property-optional-added 11:8 11:25 the body: the property 'b' is new",
        "response-property-added 11:8 11:25 the body of 200: the property 'b' is new",
      ]),
    .schema(
      "a property goes, and the others are judged otherwise", "{properties: {b: {type: integer}}, \(rest)}",
      "{\(rest)}",
      [
        "response-property-removed 11:25 11:8 the body of 200: the property 'b' is gone",
        "request-type-narrowed 11:26 11:32 the body at /b: no longer allowed: integer",
        "request-property-undeclared 11:25 11:8 the body: the property 'b' is gone",
        "request-type-widened 11:26 11:32 the body at /b: allowed now: string",
      ]),
    .schema(
      "nothing was needed, and one is", "{contains: {const: 1}, minContains: 0}", "{contains: {const: 1}}",
      [
        "request-bound-tightened 11:31 11:9 the body: 'minContains' was 0 and is 1",
        "response-bound-tightened 11:31 11:9 the body of 200: 'minContains' was 0 and is 1",
      ]),
    .schema(
      "one was needed, and nothing is", "{contains: {const: 1}}", "{contains: {const: 1}, minContains: 0}",
      [
        "response-bound-loosened 11:9 11:31 the body of 200: 'minContains' was 1 and is 0",
        "request-bound-loosened 11:9 11:31 the body: 'minContains' was 1 and is 0",
      ]),
    .schema("one needed, as it is anyway", "{contains: {const: 1}}", "{contains: {const: 1}, minContains: 1}", []),
    .schema("bounds of nothing", "{minContains: 2, maxContains: 3}", "{minContains: 3}", []),
    .schema("a contains that asks for nothing", "{}", "{contains: {const: 1}, minContains: 0}", []),
    .schema(
      "a contains with its bounds", "{}", "{contains: {const: 1}, minContains: 2, maxContains: 3}",
      [
        "request-constraint-added 11:8 11:9 the body: 'contains' is new",
        "response-constraint-added 11:8 11:9 the body of 200: 'contains' is new",
      ]),
    .schema("items that may be anything", "{type: array, items: true}", "{type: array}", []),
    .schema("items that may be anything, described", "{type: array}", "{type: array, items: {description: It.}}", []),
    .schema(
      "a property is refused in an open object", "{type: object}", "{type: object, properties: {q: false}}",
      [
        "request-object-closed 11:8 11:23 the body: the property 'q' is no longer allowed",
        "response-object-closed 11:8 11:23 the body of 200: the property 'q' is no longer allowed",
      ]),
    .schema(
      "a property that there was is refused", "{properties: {q: {type: string}}}", "{properties: {q: false}}",
      [
        "request-property-removed 11:25 11:9 the body: the property 'q' is gone",
        "response-property-removed 11:25 11:9 the body of 200: the property 'q' is gone",
      ]),
    .schema(
      "a property that was refused is there", "{properties: {q: false}}", "{properties: {q: {type: string}}}",
      [
        "response-object-opened 11:9 11:9 the body of 200: the property 'q' is now allowed",
        "request-object-opened 11:9 11:9 the body: the property 'q' is now allowed",
      ]),
    .schema(
      "a property is refused no longer", "{type: object, properties: {q: false}}", "{type: object}",
      [
        "response-object-opened 11:23 11:8 the body of 200: the property 'q' is now allowed",
        "request-object-opened 11:23 11:8 the body: the property 'q' is now allowed",
      ]),
    .schema(
      "a property is refused in a closed object", "{additionalProperties: false}",
      "{properties: {q: false}, additionalProperties: false}", []),
  ]

  @Test(arguments: cases) func change(_ example: DiffCase) throws { try example.check() }
}
