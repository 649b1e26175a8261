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
}
