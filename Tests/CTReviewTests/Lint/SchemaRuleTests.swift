import Testing

/// The rules about schemas and components: one case each.
@Suite struct SchemaRuleTests {
  static let cases: [LintCase] = [
    .schema(
      "schema-description", "{type: boolean}", ["11:8: error: the schema 'S' has no 'description'"],
      "{type: boolean, description: Yes or no.}"),
    .schema(
      "property-name-case", "{type: object, properties: {first_name: true}}",
      ["11:36: warning: the property 'first_name' is not lowerCamelCase"], "{type: object, properties: {first: true}}"),
    .schema(
      "property-description", "{type: object, properties: {a: {type: boolean}}}",
      ["11:39: error: the property 'a' has no 'description'"],
      """
      {type: object, properties: {a: {type: string, description: Which.}},
            oneOf: [{properties: {a: {enum: [x, y]}, b: {const: 1}}}]}
      """),
    .schema(
      "description-sentence", "{type: boolean, description: Whether it is and}",
      ["11:37: warning: this description does not end as a sentence"],
      "{type: object, description: 'Whether it is (or not).', properties: {description: {description: \"- a list\"}}}"),
    .schema(
      "example-invalid", "{type: integer, examples: [1, x]}",
      ["11:38: error: this example does not fit its schema: type: expected integer, found a string"],
      "{type: integer, examples: [1]}"),
    .schema(
      "number-bounds", "{type: object, properties: {a: {type: integer, minimum: 0}, b: {type: number}}}",
      [
        "11:40: warning: this number has no 'maximum'",
        "11:72: warning: this number has no 'minimum' and no 'maximum'",
      ], "{type: [integer, 'null'], minimum: 0, exclusiveMaximum: 9}"),
    .schema(
      "string-max-length", "{type: string, format: uri}", ["11:9: warning: this string has no 'maxLength'"],
      "{type: object, properties: {a: {type: string, format: date}, b: {type: string, enum: [c]}}}"),
    .schema(
      "array-max-items", "{type: array}", ["11:9: warning: this array has no 'maxItems'"],
      "{type: array, allOf: [{maxItems: 3}]}"),
    .schema(
      "bounds-possible", "{minLength: 3, maxLength: 2, minimum: 1.5, maximum: 1.25}",
      [
        "11:9: error: 'minLength' 3 is above 'maxLength' 2", "11:37: error: 'minimum' 1.5 is above 'maximum' 1.25",
      ], "{minLength: 3, maxLength: 3, minimum: 1.50, maximum: 1.5}"),
    .schema(
      "bounds-possible",
      """
      {properties: {
              a: {exclusiveMinimum: 10, maximum: 5},
              b: {exclusiveMinimum: 5, minimum: 1, exclusiveMaximum: 5},
              c: {minimum: 5, exclusiveMaximum: 5, maximum: 9},
              d: {minItems: 3, allOf: [{$ref: '#/components/schemas/T'}]}}}
          T: {maxItems: 2, minItems: 1}
      """,
      [
        "12:13: error: 'exclusiveMinimum' 10 is above 'maximum' 5",
        "13:13: error: nothing lies between 'exclusiveMinimum' 5 and 'exclusiveMaximum' 5",
        "14:13: error: nothing lies between 'minimum' 5 and 'exclusiveMaximum' 5",
        "15:13: error: 'minItems' 3 is above 'maxItems' 2",
      ], "{minimum: 1, exclusiveMaximum: 2, allOf: [{maximum: 1}]}"),
    .schema(
      "bounds-possible",
      """
      {properties: {
              a: {type: integer, exclusiveMinimum: 1, exclusiveMaximum: 2},
              b: {type: [integer, 'null'], minimum: 1.2, maximum: 1.8}}}
      """,
      [
        "12:28: error: no integer lies between 'exclusiveMinimum' 1 and 'exclusiveMaximum' 2",
        "13:38: error: no integer lies between 'minimum' 1.2 and 'maximum' 1.8",
      ],
      """
      {properties: {
              a: {type: integer, exclusiveMinimum: -1.5, exclusiveMaximum: 0},
              b: {type: number, minimum: 1.2, maximum: 1.8}}}
      """),
    .schema(
      "required-declared", "{type: object, properties: {total: true}, required: [totla]}",
      ["11:61: error: 'totla' is required and is not declared under 'properties'; did you mean 'total'?"],
      "{type: object, allOf: [{properties: {total: true}}], required: [total]}"),
    .schema(
      "required-with-default", "{type: object, properties: {a: {default: 1}}, required: [a]}",
      ["11:49: warning: the property 'a' is required and has a default"],
      "{type: object, properties: {a: {default: 1}}}"),
    .schema(
      "closed-response-object", "{type: object, properties: {a: {type: object}}, additionalProperties: false}",
      [
        "11:40: warning: this object is part of an answer and allows any property; add 'additionalProperties: false'"
      ], "{type: object, unevaluatedProperties: false}"),
    .schema(
      "closed-response-object", "{type: object, additionalProperties: true}",
      [
        "11:9: warning: this object is part of an answer and allows any property; add 'additionalProperties: false'"
      ], "{type: object, additionalProperties: {type: string}}"),
    .schema(
      "closed-response-object",
      """
      {allOf: [{$ref: '#/components/schemas/T'}, {type: object, required: [a]}]}
          T: {type: object, properties: {a: true}}
      """,
      [
        "11:8: warning: this object is part of an answer and allows any property; add 'unevaluatedProperties: false'"
      ],
      """
      {unevaluatedProperties: false, allOf: [{$ref: '#/components/schemas/T'}, {type: object, required: [a]}]}
          T: {type: object, properties: {a: true}}
      """),
    .schema(
      "closed-response-object",
      """
      {properties: {t: {enum: [a, b]}}, oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
          A: {type: object, properties: {t: {const: a}, c: {type: [object, 'null']}}, additionalProperties: false}
          B: {type: object, properties: {t: {const: b}}}
      """,
      [
        "12:55: warning: this object is part of an answer and allows any property; add 'additionalProperties: false'",
        "13:9: warning: this object is part of an answer and allows any property; add 'additionalProperties: false'",
      ],
      """
      {type: object, oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
          A: {type: object, properties: {t: {const: a}}, additionalProperties: false}
          B: {type: object, properties: {t: {const: b}}, additionalProperties: false}
      """),
    .schema(
      "discriminator-mapping",
      """
      {properties: {t: {enum: [a, b, c]}}, discriminator: {propertyName: t, mapping: {a: '#/components/schemas/A'}},
            oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/b'}]}
          A: {type: object}
          b: {type: object}
      """,
      [
        "11:39: error: 'c' is a value of 't', and selects no branch; add it to 'mapping'",
        "11:60: error: the branch 'b' is not named in 'mapping'",
      ],
      """
      {properties: {t: {enum: [a]}}, discriminator: {propertyName: t, mapping: {a: '#/components/schemas/A'}},
            oneOf: [{$ref: '#/components/schemas/A'}]}
          A: {type: object}
      """),
    .schema(
      "personal-data-redacted",
      event("type: object, properties: {workEmail: {type: string}, name: {type: string}, niNumber: true}"),
      ["workEmail", "name", "niNumber"].enumerated().map { index, name in
        "12:\([47, 69, 95][index]): error: the property '\(name)' sounds like personal data and has no 'x-ct-redact'; "
          + "add 'x-ct-redact' with drop, hash, mask or pointer"
      },
      event(
        """
        type: object, properties: {
                email: {type: string, x-ct-redact: hash}, phoneCount: {type: integer}, emailVerified: {type: boolean},
                fileName: {type: string}, address: {type: object, properties: {country: {type: string}}}}
        """)),
    .schema(
      "personal-data-redacted", event("type: object, properties: {phone: true}", keyword: "anyOf"),
      [
        "12:43: error: the property 'phone' sounds like personal data and has no 'x-ct-redact'; "
          + "add 'x-ct-redact' with drop, hash, mask or pointer"
      ], "{type: object, properties: {phone: {type: string}}}"),
    .schema(
      "unused-definition", "{$defs: {Used: true, Not: true}, items: {$ref: '#/components/schemas/S/$defs/Used'}}",
      ["11:34: warning: nothing uses 'Not' of '$defs'"],
      "{$defs: {Used: true}, items: {$ref: '#/components/schemas/S/$defs/Used'}}"),
    LintCase(
      rule: "unused-component",
      bad: api(
        paths: "  {}",
        components: """
          components:
            schemas: {A: {properties: {a: {$ref: '#/components/schemas/A'}}}}
            securitySchemes: {b: {type: http, scheme: bearer}}
          """),
      finds: [
        "6:13: warning: nothing uses 'A' of components/schemas",
        "7:21: warning: nothing uses 'b' of components/securitySchemes",
      ],
      good: api(
        paths: "  /a: {get: {operationId: a, responses: {'404': {$ref: '#/components/responses/R'}}}}",
        components: "components: {responses: {R: {description: No.}}}")),
    LintCase(
      rule: "unused-component",
      bad: api(
        paths: """
            /a:
              x-is: {$ref: '#/components/schemas/X'}
              get:
                operationId: a
                responses: {'200': {description: F., content: {application/json: {example: {$ref: '#/components/schemas/X'}}}}}
          """,
        components: """
          components:
            schemas:
              A: {properties: {b: {$ref: '#/components/schemas/B'}}}
              B: {properties: {a: {$ref: '#/components/schemas/A'}}}
              X: {examples: [{$ref: '#/components/schemas/A'}]}
            examples: {E: {value: 1}}
          """),
      finds: [
        "11:5: warning: nothing uses 'A' of components/schemas",
        "12:5: warning: nothing uses 'B' of components/schemas",
        "13:5: warning: nothing uses 'X' of components/schemas",
        "14:14: warning: nothing uses 'E' of components/examples",
      ],
      good: api(
        paths: """
            /a:
              get:
                operationId: a
                responses: {'200': {description: F., content: {application/json: {
                  schema: {properties: {example: {$ref: '#/components/schemas/A'}}},
                  examples: {one: {$ref: '#/components/examples/E'}}}}}}
          security: [{s: []}]
          """,
        components: """
          components:
            schemas:
              A: {properties: {b: {$ref: '#/components/schemas/B'}}}
              B: {properties: {x-a: {$ref: '#/components/schemas/A'}}}
            examples: {E: {value: {}}}
            securitySchemes: {s: {type: http, scheme: bearer}}
          """)),
  ]

  /// A body in which a property chooses the branch; the only one is on line 12.
  static func event(_ branch: String, keyword: String = "oneOf") -> String {
    let reference = "'#/components/schemas/A'"
    return """
      {discriminator: {propertyName: t, mapping: {a: \(reference)}}, \(keyword): [{$ref: \(reference)}]}
          A: {\(branch)}
      """
  }

  @Test(arguments: cases) func rule(_ example: LintCase) throws { try example.check() }
}
