import Testing

/// The source that is generated for a small spec, as a reviewer would read it. To accept a change:
/// `RECORD_GOLDENS=1 swift test --filter GoldenTests`, then look at the difference.
@Suite struct GoldenTests {
  private static let yaml = """
    openapi: 3.1.0
    info: {title: Pet Shop, version: 1.0.0}
    paths:
      /pets/{petId}:
        put:
          operationId: replacePet
          summary: Replace a pet
          security: [{bearer: [keeper], signature: []}]
          parameters:
            - {name: petId, in: path, required: true, schema: {type: string, maxLength: 8}}
            - {name: dryRun, in: query, schema: {type: boolean, default: false}}
          requestBody:
            required: true
            content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
          responses:
            "200":
              description: The pet.
              headers: {ETag: {description: Its version., required: true, schema: {type: string, maxLength: 64}}}
              content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
            "404": {$ref: "#/components/responses/NotFound"}
    components:
      securitySchemes:
        bearer: {type: http, scheme: bearer}
        signature:
          {type: apiKey, in: header, name: X-Signature, x-ct-hmac: {algorithm: sha256, prefix: "sha256=", over: body}}
      schemas:
        Kind: {description: What it is., type: string, enum: [cat, guinea-pig, default]}
        Pet:
          description: A pet.
          type: object
          required: [name, kind]
          additionalProperties: false
          properties:
            name: {description: What it is called., type: string, minLength: 1, pattern: "^[A-Z]"}
            kind: {$ref: "#/components/schemas/Kind"}
            weight: {type: number, exclusiveMinimum: 0, multipleOf: 0.1}
            born: {type: string, format: date-time}
            legs: {type: integer, minimum: 0, maximum: 8, default: 4}
            keeper: {type: [string, "null"], maxLength: 40, x-ct-roles: [keeper]}
            tags: {type: array, maxItems: 3, uniqueItems: true, items: {type: string, maxLength: 10}}
      responses:
        NotFound: {description: There is no such pet.}
    """

  @Test(arguments: [
    "Schemas", "Constants", "Operations", "Responses", "Server", "Client",
  ])
  func `generates what it generated before`(file: String) throws {
    let files = try generate(Self.yaml).filter { $0.key.hasPrefix(file) }
    // Files of no declaration have a head only.
    let contents = files.sorted { $0.key < $1.key }.map(\.value).filter { $0.contains("{") }
    let content = contents.joined(separator: "\n")
    let expected = try #require(try Golden.expected("\(file).swift.golden", recording: content), "recorded anew")
    #expect(content == expected)
  }

  @Test func `gives the same bytes each time`() throws {
    let first = try generate(Self.yaml)
    for _ in 0..<5 { #expect(try generate(Self.yaml) == first) }
  }
}
