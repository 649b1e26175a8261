import CTReview
import CTSpec
import Testing

@Suite struct ExampleTests {
  @Test func examplesAndDefaultsAreHeldAgainstTheirSchemas() throws {
    let text = """
      openapi: 3.1.0
      info: {title: T, version: 1.0.0}
      paths:
        /a:
          get:
            operationId: a
            parameters:
            - {name: n, in: query, schema: {type: integer, default: x}, example: one}
            responses:
              '200':
                description: x
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/A'}
                    examples: {good: {value: {a: 1}}, bad: {value: {a: [b], c: 1}}}
      components: {schemas: {A: {properties: {a: {type: integer}}, additionalProperties: false, examples: [{a: z}]}}}
      """
    #expect(
      ExampleLint.examplesValidate(try load(["api.yaml": text])).map(\.description) == [
        "api.yaml:8:63: error: this default does not fit its schema: type: expected integer, found a string",
        "api.yaml:8:76: error: this example does not fit its schema: type: expected integer, found a string",
        "api.yaml:15:66: error: this example does not fit its schema at /a: type: expected integer, found an array",
        "api.yaml:15:74: error: this example does not fit its schema at /c: additionalProperties: this member is not allowed",
        "api.yaml:16:106: error: this example does not fit its schema at /a: type: expected integer, found a string",
      ])
  }

  /// What is found in the examples of a document whose components begin in line 5.
  private func found(paths: String = "  {}", _ components: String) throws -> [String] {
    let files = api(paths: paths, components: "components:\n\(components)")
    return ExampleLint.examplesValidate(try load(files)).map { String($0.description.dropFirst("api.yaml:".count)) }
  }

  @Test func `Components that nothing uses have examples too`() throws {
    let media = "{application/json: {schema: {type: string}, example: 4}}"
    let examples = try found(
      """
        parameters: {p: {name: p, in: query, schema: {type: string}, example: 1}}
        headers: {H: {schema: {type: string}, examples: {a: {$ref: '#/components/examples/E'}}}}
        requestBodies: {B: {content: \(media)}}
        responses: {R: {description: F., content: \(media), headers: {I: {schema: {type: string}, example: 5}}}}
        schemas: {S: {type: string, examples: [6]}}
        examples: {E: {value: 2}}
      """)
    let fault = "error: this example does not fit its schema: type: expected string, found a number"
    #expect(examples == ["6:73", "8:85", "9:98", "9:150", "10:42", "11:25"].map { "\($0): \(fault)" })
  }

  private static let directions = """
      schemas:
        S:
          type: object
          properties: {id: {type: integer, readOnly: true}, secret: {$ref: '#/components/schemas/W'}, all: {items: {$ref: '#/components/schemas/S'}}}
          required: [id, secret]
          additionalProperties: false
        W: {type: string, writeOnly: true}
        Either: {oneOf: [{$ref: '#/components/schemas/S'}, {type: object, properties: {x: {type: string}}, required: [x]}]}
    """

  @Test(arguments: [
    ("requestBodies: {B: {content: {a/b: {schema: {$ref: '#/components/schemas/S'}, example: ", "}}}}"),
    ("requestBodies: {B: {content: {a/b: {schema: {$ref: '#/components/schemas/Either'}, example: ", "}}}}"),
  ])
  func `A request's example has no readOnly members, and need not have them`(start: String, end: String) throws {
    #expect(try found("  \(start){secret: a, all: [{secret: b}]}\(end)\n\(Self.directions)").isEmpty)
    let wrong = try found("  \(start){secret: a, id: 1, all: [{secret: b, id: 2}]}\(end)\n\(Self.directions)")
    #expect(
      wrong.map { $0.drop { $0 != " " } } == [
        " error: this example does not fit its schema at /id: readOnly: only answers have this property",
        " error: this example does not fit its schema at /all/0/id: readOnly: only answers have this property",
      ])
  }

  @Test func `An answer's example has no writeOnly members, and need not have them`() throws {
    func answer(_ example: String) throws -> [String] {
      try found(
        paths: """
            /a: {get: {operationId: a, responses: {'200': {description: F., content: {a/b: {
              schema: {$ref: '#/components/schemas/S'}, example: \(example)}}}}}}
          """, Self.directions)
    }
    #expect(try answer("{id: 1}").isEmpty)
    let wrong = try answer("{id: 1, secret: a}")
    #expect(
      wrong == [
        "5:72: error: this example does not fit its schema at /secret: writeOnly: only requests have this property"
      ])
    let incomplete = try answer("{}")
    #expect(
      incomplete == ["5:56: error: this example does not fit its schema: required: the property 'id' is missing"])
  }
}
