import CTSpec
import Testing

@Suite struct OpenAPIModelTests {
  static let files = [
    "api.yaml": """
    openapi: 3.1.0
    info: {title: T, version: 1.0.0}
    security: [{token: [owner]}]
    paths:
      /things/{id}:
        parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - $ref: 'parts.yaml#/page'
        get:
          operationId: getThing
          parameters:
          - {name: page, in: query, schema: {type: integer}, style: pipeDelimited}
          responses:
            200: {$ref: 'parts.yaml#/components/responses/Thing'}
            4XX: {description: Wrong}
            default: {description: Other}
        put:
          operationId: putThing
          security: [{token: [owner], signature: []}, {}]
          requestBody: {$ref: 'parts.yaml#/body'}
          responses: {'204': {description: Done}}
      /other: {$ref: 'parts.yaml#/item'}
    components:
      securitySchemes:
        token: {type: http, scheme: Bearer}
        signature: {type: apiKey, in: header, name: X-S, x-ct-hmac: {algorithm: sha256, over: body, prefix: 'sha256='}}
      schemas:
        Thing: {$ref: 'thing.json'}
    """,
    "parts.yaml": """
    page: {name: page, in: query, schema: {type: string}}
    body:
      required: true
      content: {Application/JSON: {schema: {$ref: 'thing.json'}}}
    item:
      get: {operationId: other, responses: {'200': {description: Fine}}}
    components:
      responses:
        Thing:
          description: A thing
          headers: {ETag: {required: true, schema: {type: string}, example: '"1"'}}
          content: {application/json: {schema: {$ref: 'thing.json'}, examples: {one: {value: {a: 1}}}}}
    """,
    "thing.json":
      ##"{"type": "object", "properties": {"a": {"$ref": "#/$defs/A"}}, "$defs": {"A": {"type": "integer"}}}"##,
  ]

  @Test func operations() throws {
    let document = try load(Self.files)
    #expect(document.operations.map(\.id) == ["getThing", "putThing", "other"])
    let get = document.operations[0]
    #expect(get.path.segments == [.literal("things"), .parameter("id")])
    #expect(get.parameters.map(\.name) == ["id", "page"])
    #expect(get.parameters.map(\.style) == [.simple, .pipeDelimited])
    #expect(get.parameters.map(\.explode) == [false, false])
    #expect(get.responses.map(\.status) == [.code(200), .range(4), .default])
    #expect(get.responses[0].componentName == "Thing")
    #expect(get.responses[0].headers.map(\.name) == ["ETag"])
    #expect(get.responses[0].content.first?.schema?.file == "parts.yaml")
    #expect(get.security.map { $0.schemes.map(\.name) } == [["token"]])
    let put = document.operations[1]
    #expect(put.parameters.map(\.style) == [.simple, .form])
    #expect(put.requestBody?.content.map(\.name) == ["application/json"])
    #expect(put.security.map { $0.schemes.map(\.name) } == [["token", "signature"], []])
    #expect(put.location.description == "api.yaml:17:5")
    #expect(document.operations[2].method == "GET")
    let hmac = document.securitySchemes[1]
    guard case .apiKey(.header, "X-S", let rule?) = hmac.kind else { throw SpecError([]) }
    #expect(rule.algorithm == .sha256 && rule.prefix == "sha256=" && rule.over == .body)
  }

  @Test func bundleStandsAlone() throws {
    let bundle = SpecBundler.bundle(try load(Self.files))
    let text = YAMLWriter.write(bundle)
    let again = try load(["api.yaml": text])
    #expect(again.operations.map(\.id) == ["getThing", "putThing", "other"])
    #expect(again.componentSchemas.map(\.name) == ["Thing", "A"])
    #expect(again.index.documents.count == 1)
    #expect(bundle.at(pointer: "/components/schemas/Thing/type")?.string == "object")
    #expect(bundle.at(pointer: "/components/schemas/Thing/$defs") == nil)
    #expect(bundle.at(pointer: "/components/schemas/Thing/properties/a/$ref")?.string == "#/components/schemas/A")
    #expect(SpecBundler.bundle(again).jsonValue == bundle.jsonValue)
  }

  @Test func bundlingKeepsDiscriminatorsAndRecursion() throws {
    var files = api(
      paths:
        "  /a: {get: {operationId: a, responses: {'200': {description: x, content: {a/b: {schema: {$ref: 'u.json'}}}}}}}",
      components: "components: {schemas: {Cat: {type: string}}}")
    files["u.json"] =
      ##"{"oneOf": [{"$ref": "#/$defs/Cat"}], "discriminator": {"propertyName": "k"}, "$defs": {"Cat": {"properties": {"next": {"$ref": "#"}, "k": {"const": "Cat"}, "e": {"const": {"$ref": "x"}}}}}}"##
    let bundle = SpecBundler.bundle(try load(files))
    #expect(bundle.at(pointer: "/components/schemas/u/oneOf/0/$ref")?.string == "#/components/schemas/Cat2")
    #expect(
      bundle.at(pointer: "/components/schemas/u/discriminator/mapping/Cat")?.string == "#/components/schemas/Cat2")
    #expect(bundle.at(pointer: "/components/schemas/Cat2/properties/next/$ref")?.string == "#/components/schemas/u")
    #expect(bundle.at(pointer: "/components/schemas/Cat2/properties/e/const/$ref")?.string == "x")
    _ = try load(["api.yaml": YAMLWriter.write(bundle)])
  }

  @Test(.timeLimit(.minutes(1)))
  func tenThousandOperations() throws {
    var paths = ""
    var schemas = ""
    for number in 0..<2_000 {
      paths +=
        "  /things\(number)/{id}:\n    get:\n      operationId: get\(number)\n      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n"
      paths +=
        "      responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/S\(number)'}}}}}\n"
      schemas +=
        "    S\(number): {type: object, properties: {a: {type: string}, b: {$ref: '#/components/schemas/S\((number + 1) % 2_000)'}}}\n"
    }
    let document = try load(api(paths: paths, components: "components:\n  schemas:\n\(schemas)"))
    #expect(document.operations.count == 2_000)
  }
}
