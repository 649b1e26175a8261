import Testing

/// Changes of `readOnly` and `writeOnly`, and of properties that have them.
@Suite struct DirectionDiffTests {
  static let cases: [DiffCase] = [
    .schema(
      "a property becomes readOnly", "{properties: {a: {type: string}}}",
      "{properties: {a: {type: string, readOnly: true}}}",
      ["request-property-became-read-only 11:25 11:40 the body: the property 'a' is readOnly now"]),
    .schema(
      "a property is no longer readOnly", "{properties: {a: {type: string, readOnly: true}}}",
      "{properties: {a: {type: string}}}",
      ["request-property-no-longer-read-only 11:40 11:25 the body: the property 'a' is no longer readOnly"]),
    .schema(
      "a required property is no longer readOnly", "{properties: {a: {readOnly: true}}, required: [a]}",
      "{properties: {a: {}}, required: [a]}",
      ["request-property-required-added 11:26 11:25 the body: the property 'a' is no longer readOnly, and required"]),
    .schema(
      "a property becomes writeOnly", "{properties: {a: {type: string}}}",
      "{properties: {a: {type: string, writeOnly: true}}}",
      ["response-property-became-write-only 11:25 11:40 the body of 200: the property 'a' is writeOnly now"]),
    .schema(
      "a property is no longer writeOnly", "{properties: {a: {type: string, writeOnly: true}}}",
      "{properties: {a: {type: string}}}",
      [
        "response-property-no-longer-write-only 11:40 11:25 the body of 200: the property 'a' is no longer writeOnly"
      ]),
    .schema(
      "a property goes the other way", "{properties: {a: {readOnly: true}}}", "{properties: {a: {writeOnly: true}}}",
      [
        "response-property-became-write-only 11:25 11:26 the body of 200: the property 'a' is writeOnly now",
        "request-property-no-longer-read-only 11:26 11:25 the body: the property 'a' is no longer readOnly",
      ]),
    .schema(
      "a required readOnly property comes", "{type: object}",
      "{type: object, properties: {a: {type: string, readOnly: true}}, required: [a]}",
      ["response-property-added 11:8 11:39 the body of 200: the property 'a' is new"]),
    .schema(
      "a writeOnly property comes, and is required", "{type: object}",
      "{type: object, properties: {a: {type: string, writeOnly: true}}, required: [a]}",
      ["request-property-required-added 11:8 11:39 the body: the property 'a' is new, and required"]),
    .schema(
      "a writeOnly property goes", "{properties: {a: {writeOnly: true}}, additionalProperties: false}",
      "{properties: {}, additionalProperties: false}",
      ["request-property-removed 11:25 11:9 the body: the property 'a' is gone"]),
    .schema(
      "a readOnly property goes", "{properties: {a: {readOnly: true}}, additionalProperties: false}",
      "{properties: {}, additionalProperties: false}",
      ["response-property-removed 11:25 11:9 the body of 200: the property 'a' is gone"]),
    .schema(
      "a readOnly property is another, and required", "{properties: {a: {type: string, readOnly: true}}}",
      "{properties: {a: {type: integer, readOnly: true}}, required: [a]}",
      [
        "response-type-widened 11:26 11:26 the body of 200 at /a: allowed now: integer",
        "response-type-narrowed 11:26 11:26 the body of 200 at /a: no longer allowed: string",
        "response-property-became-required 11:8 11:70 the body of 200: the property 'a' is required now",
      ]),
    .schema(
      "readOnly beside a reference", "{properties: {a: {$ref: '#/components/schemas/T'}}}\n    T: {}",
      "{properties: {a: {$ref: '#/components/schemas/T', readOnly: true}}}\n    T: {}",
      ["request-property-became-read-only 11:25 11:58 the body: the property 'a' is readOnly now"]),
    .schema(
      "readOnly behind a reference", "{properties: {a: {readOnly: true}}}",
      "{properties: {a: {$ref: '#/components/schemas/T'}}}\n    T: {readOnly: true}", []),
  ]

  @Test(arguments: cases) func change(_ example: DiffCase) throws { try example.check() }
}
