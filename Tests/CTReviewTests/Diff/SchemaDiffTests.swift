import Testing

/// Changes of schemas; each is taken and answered, so that both sides are seen.
@Suite struct SchemaDiffTests {
  static let cases: [DiffCase] = [
    .schema(
      "a type more", "{type: string}", "{type: [string, 'null']}",
      [
        "response-type-widened 11:9 11:9 the body of 200: allowed now: null",
        "request-type-widened 11:9 11:9 the body: allowed now: null",
      ]),
    .schema(
      "a type less", "{type: number}", "{type: integer}",
      [
        "request-type-narrowed 11:9 11:9 the body: no longer allowed: numbers that are no integers",
        "response-type-narrowed 11:9 11:9 the body of 200: no longer allowed: numbers that are no integers",
      ]),
    .schema(
      "another type", "{type: string, maxLength: 3}", "{type: integer}",
      [
        "request-type-narrowed 11:9 11:9 the body: no longer allowed: string",
        "response-type-widened 11:9 11:9 the body of 200: allowed now: integer",
        "request-type-widened 11:9 11:9 the body: allowed now: integer",
        "response-type-narrowed 11:9 11:9 the body of 200: no longer allowed: string",
      ]),
    .schema(
      "a value more", "{enum: [a, b]}", "{enum: [c, b, a]}",
      [
        "response-enum-value-added 11:9 11:16 the body of 200: \"c\" is allowed now",
        "request-enum-value-added 11:9 11:16 the body: \"c\" is allowed now",
      ]),
    .schema(
      "a value less", "{enum: [a, b]}", "{const: a}",
      [
        "request-enum-value-removed 11:19 11:9 the body: \"b\" is no longer allowed",
        "response-enum-value-removed 11:19 11:9 the body of 200: \"b\" is no longer allowed",
      ]),
    .schema(
      "values are listed", "{type: string}", "{type: string, enum: [a]}",
      [
        "request-enum-introduced 11:8 11:23 the body: only listed values are allowed now",
        "response-enum-introduced 11:8 11:23 the body of 200: only listed values are allowed now",
      ]),
    .schema(
      "values are no longer listed", "{type: string, enum: [a]}", "{type: string}",
      [
        "response-enum-dropped 11:23 11:8 the body of 200: values that are not listed are allowed now",
        "request-enum-dropped 11:23 11:8 the body: values that are not listed are allowed now",
      ]),
    .schema(
      "bounds are tighter", "{minimum: 1, maxLength: 9}", "{exclusiveMinimum: 1, maxLength: 8}",
      [
        "request-bound-tightened 11:9 11:9 the body: 'minimum' was 1 and is 1 exclusive",
        "request-bound-tightened 11:21 11:30 the body: 'maxLength' was 9 and is 8",
        "response-bound-tightened 11:9 11:9 the body of 200: 'minimum' was 1 and is 1 exclusive",
        "response-bound-tightened 11:21 11:30 the body of 200: 'maxLength' was 9 and is 8",
      ]),
    .schema(
      "bounds are looser", "{multipleOf: 4, uniqueItems: true}", "{multipleOf: 2}",
      [
        "response-bound-loosened 11:24 11:8 the body of 200: 'uniqueItems' was true and is false",
        "response-bound-loosened 11:9 11:9 the body of 200: 'multipleOf' was 4 and is 2",
        "request-bound-loosened 11:24 11:8 the body: 'uniqueItems' was true and is false",
        "request-bound-loosened 11:9 11:9 the body: 'multipleOf' was 4 and is 2",
      ]),
    .schema(
      "a bound is another", "{multipleOf: 4}", "{multipleOf: 6}",
      [
        "request-bound-tightened 11:9 11:9 the body: 'multipleOf' was 4 and is 6",
        "response-bound-loosened 11:9 11:9 the body of 200: 'multipleOf' was 4 and is 6",
      ]),
    .schema(
      "another pattern", "{pattern: a}", "{pattern: b}",
      [
        "request-pattern-changed 11:9 11:9 the body: 'pattern' was a and is b",
        "response-pattern-changed 11:9 11:9 the body of 200: 'pattern' was a and is b",
      ]),
    .schema(
      "a pattern comes", "{type: string}", "{type: string, pattern: b}",
      [
        "request-pattern-changed 11:8 11:23 the body: 'pattern' was none and is b",
        "response-pattern-added 11:8 11:23 the body of 200: 'pattern' was none and is b",
      ]),
    .schema(
      "a pattern goes", "{pattern: a, type: string}", "{type: string}",
      [
        "response-pattern-changed 11:9 11:8 the body of 200: 'pattern' was a and is none",
        "request-pattern-removed 11:9 11:8 the body: 'pattern' was a and is none",
      ]),
    .schema(
      "another format", "{format: date}", "{format: time}",
      [
        "request-format-changed 11:9 11:9 the body: 'format' was date and is time",
        "response-format-changed 11:9 11:9 the body of 200: 'format' was date and is time",
      ]),
    .schema(
      "a format comes", "{type: string}", "{type: string, format: date}",
      [
        "request-format-changed 11:8 11:23 the body: 'format' was none and is date",
        "response-format-added 11:8 11:23 the body of 200: 'format' was none and is date",
      ]),
    .schema(
      "a format goes", "{format: date, type: string}", "{type: string}",
      [
        "response-format-changed 11:9 11:8 the body of 200: 'format' was date and is none",
        "request-format-removed 11:9 11:8 the body: 'format' was date and is none",
      ]),
    .schema(
      "properties come and go, in a closed object", "{properties: {a: true}, additionalProperties: false}",
      "{properties: {b: true, c: true}, required: [c], additionalProperties: false}",
      [
        "request-property-removed 11:25 11:9 the body: the property 'a' is gone",
        "response-property-removed 11:25 11:9 the body of 200: the property 'a' is gone",
        "request-property-required-added 11:9 11:34 the body: the property 'c' is new, and required",
        "request-property-optional-added 11:9 11:25 the body: the property 'b' is new",
        "response-property-added 11:9 11:25 the body of 200: the property 'b' is new",
        "response-property-added 11:9 11:34 the body of 200: the property 'c' is new",
      ]),
    .schema(
      "a property goes, in an open object", "{type: object, properties: {a: {x-ct-redact: hash}}}", "{type: object}",
      [
        "redaction-weakened 11:40 11:8 the body: the property 'a', still taken, has lost 'x-ct-redact: hash'",
        "response-property-removed 11:39 11:8 the body of 200: the property 'a' is gone",
        "request-property-undeclared 11:39 11:8 the body: the property 'a' is gone",
      ]),
    .schema(
      "required or not", "{properties: {a: true, b: true}, required: [a]}",
      "{properties: {a: true, b: true}, required: [b]}",
      [
        "response-property-became-optional 11:52 11:8 the body of 200: the property 'a' may be missing now",
        "request-property-became-required 11:8 11:52 the body: the property 'b' is required now",
        "request-property-became-optional 11:52 11:8 the body: the property 'a' may be missing now",
        "response-property-became-required 11:8 11:52 the body of 200: the property 'b' is required now",
      ]),
    .schema(
      "an object is closed", "{type: object}", "{type: object, additionalProperties: false}",
      [
        "request-object-closed 11:8 11:23 the body: properties that are not declared are no longer allowed",
        "response-object-closed 11:8 11:23 the body of 200: properties that are not declared are no longer allowed",
      ]),
    .schema(
      "an object is opened", "{type: object, unevaluatedProperties: false}", "{type: object}",
      [
        "response-object-opened 11:23 11:8 the body of 200: properties that are not declared are now allowed",
        "request-object-opened 11:23 11:8 the body: properties that are not declared are now allowed",
      ]),
    .schema(
      "a constraint comes", "{type: array}", "{type: array, items: {type: string}}",
      [
        "request-constraint-added 11:8 11:22 the body: 'items' is new",
        "response-constraint-added 11:8 11:22 the body of 200: 'items' is new",
      ]),
    .schema(
      "a constraint goes", "{dependentRequired: {a: [b]}, not: {const: 1}}", "{not: {const: 1}}",
      [
        "response-constraint-removed 11:9 11:8 the body of 200: 'dependentRequired a: b' is gone",
        "request-constraint-removed 11:9 11:8 the body: 'dependentRequired a: b' is gone",
      ]),
    .schema(
      "a constraint hides a change", "{not: {maxLength: 1}}", "{not: {maxLength: 2}}",
      [
        "request-constraint-changed 11:15 11:15 the body: within 'not': 'maxLength' was 1 and is 2",
        "response-constraint-changed 11:15 11:15 the body of 200: within 'not': 'maxLength' was 1 and is 2",
      ]),
    .schema(
      "another default", "{type: integer, default: 1}", "{type: integer, default: 2}",
      [
        "request-default-changed 11:24 11:24 the body: the default was 1 and is 2"
      ]),
    .schema(
      "a default beside a reference", "{items: {default: 1, $ref: '#/components/schemas/T'}}\n    T: {}",
      "{items: {default: 2, $ref: '#/components/schemas/T'}}\n    T: {}",
      ["request-default-changed 11:17 11:17 the body at /*: the default was 1 and is 2"]),
    .schema(
      "weaker redaction", "{type: string, x-ct-redact: drop}", "{type: string, x-ct-redact: hash}",
      [
        "redaction-weakened 11:23 11:23 the body: 'x-ct-redact' was drop and is hash"
      ]),
    .schema(
      "stronger redaction", "{type: string}", "{type: string, x-ct-redact: pointer}",
      [
        "redaction-strengthened 11:8 11:23 the body: 'x-ct-redact' was none and is pointer"
      ]),
    .schema(
      "other roles", "{x-ct-roles: [a, b]}", "{x-ct-roles: [b, c]}",
      [
        "visibility-narrowed 11:9 11:9 the body of 200: 'a' may no longer see it",
        "visibility-widened 11:9 11:9 the body of 200: 'c' may see it now",
      ]),
    .schema(
      "roles come", "{type: string}", "{type: string, x-ct-roles: [b]}",
      [
        "visibility-narrowed 11:8 11:23 the body of 200: only b may see it now"
      ]),
    .schema(
      "roles go", "{type: string, x-ct-roles: [b]}", "{type: string}",
      [
        "visibility-widened 11:23 11:8 the body of 200: every role may see it now"
      ]),
    .schema(
      "another signal", "{x-ct-health: error}", "{x-ct-health: activity}",
      [
        "health-signal-changed 11:9 11:9 the body: 'x-ct-health' was error and is activity"
      ]),
    .schema(
      "put together in another way", "{type: object, properties: {a: {type: string, maxLength: 3}}, required: [a]}",
      """
      {required: [a], allOf: [{$ref: '#/components/schemas/T'}]}
          T: {properties: {a: {$ref: '#/components/schemas/U', description: It.}}, type: object}
          U: {maxLength: 3, type: string}
      """, []),
    .schema(
      "recursive", "{type: array, items: {$ref: '#/components/schemas/S'}}",
      "{type: array, maxItems: 2, items: {$ref: '#/components/schemas/S'}}",
      [
        "request-bound-tightened 11:8 11:22 the body: 'maxItems' was none and is 2",
        "response-bound-tightened 11:8 11:22 the body of 200: 'maxItems' was none and is 2",
      ]),
    taxonomy, combinations(18),
  ]

  /// A type leaves the taxonomy and another comes, branches in another order.
  static let taxonomy: DiffCase = {
    func event(_ names: [String]) -> String {
      let mapping = names.map { "\($0): '#/components/schemas/\($0)'" }.joined(separator: ", ")
      let branches = names.reversed().map { "{$ref: '#/components/schemas/\($0)'}" }.joined(separator: ", ")
      let schemas = names.map { "\n    \($0): {type: object}" }.joined()
      return "{discriminator: {propertyName: t, mapping: {\(mapping)}}, oneOf: [\(branches)]}\(schemas)"
    }
    return .schema(
      "the taxonomy", event(["login", "logout"]), event(["signup", "login"]),
      [
        "request-variant-removed 11:138 11:130 the body: the branch 'logout' is gone",
        "response-variant-added 11:130 11:176 the body of 200: the branch 'signup' is new",
        "response-variant-removed 11:138 11:130 the body of 200: the branch 'logout' is gone",
        "request-variant-added 11:130 11:176 the body: the branch 'signup' is new",
      ])
  }()

  /// A recursion in which the schemas that speak of one property are any set of those there are.
  static func combinations(_ count: Int) -> DiffCase {
    func recursion(_ last: String) -> String {
      let rest = (1..<count).map { number in
        let next = "{$ref: '#/components/schemas/S\(number + 1)'}"
        return "    S\(number): {type: object, properties: {a: \(next), b: \(next)}}\n"
      }
      let own = "{$ref: '#/components/schemas/S'}"
      return """
        {type: object, properties: {a: {allOf: [\(own), {$ref: '#/components/schemas/S1'}]}, b: \(own)}}
        \(rest.joined())    S\(count): {type: object\(last)}
        """
    }
    return .schema(
      "too many combinations", recursion(""), recursion(", maxProperties: 9"),
      [
        "schemas-not-compared 11:39 11:39 the body of 200 at /a/a/b/a/a/a/b/a/a/a/a/b/a: "
          + "what is here, and what is not compared yet, combines more than 300000 schemas"
      ])
  }

  @Test(arguments: cases) func change(_ example: DiffCase) throws { try example.check() }
}
