import Testing

/// What the generated code would not enforce is refused, at its place. Nothing is dropped in silence.
@Suite struct RefusalTests {
  @Test(arguments: [
    ("{type: string, contentEncoding: base64}", "10:34: error: 'contentEncoding' cannot be enforced"),
    ("{type: int}", "10:26: error: 'int' is no type; did you mean 'integer'?"),
    ("{$dynamicRef: '#x'}", "10:20: error: '$dynamicRef' cannot be enforced; write '$ref'"),
    ("{type: string, maxLenght: 3}", "10:34: error: "),
    ("{type: string, pattern: \"(a)\\\\1\"}", "10:43: error: "),
    ("{type: string, x-ct-secret: true}", "10:34: error: "),
    ("{type: string, readOnly: true}", "10:34: error: 'readOnly' cannot be enforced"),
    ("{type: integer, minimum: few}", "10:44: error: "),
    ("{type: array, items: {type: array, items: {type: string}}}", "8:11: error: the parameter 'kind' has to be"),
    ("{type: [string, \"null\"]}", "8:11: error: the parameter 'kind' has to be"),
    ("{type: integer, default: many}", "10:44: error: "),
    ("{type: string, format: iban}", "10:42: error: "),
  ])
  func `refuses with the position`(schema: String, message: String) {
    let found = faults(document(parameter: schema))
    #expect(found.contains { $0.hasPrefix("api.yaml:\(message)") }, "\(found)")
  }

  @Test func `takes what it does not know under x-`() {
    #expect(faults(document(parameter: "{type: string, x-note: anything}")) == [])
  }

  @Test func `names all faults at once, each in its file`() {
    let schema = "{\n  \"title\": \"Thing\",\n  \"type\": \"objekt\",\n  \"minLength\": -1\n}"
    let found = faults(document(parameter: "{type: strin}"), schemas: ["thing.schema.json": schema])
    #expect(found.contains { $0.hasPrefix("api.yaml:10:26: error: 'strin' is no type") })
    #expect(found.contains { $0.hasPrefix("thing.schema.json:3:11: error: 'objekt' is no type") })
    #expect(found.contains { $0.hasPrefix("thing.schema.json:4:16: error: ") })
  }

  /// Security that the server does not know is refused where it stands, and not taken for a token.
  @Test(arguments: [
    ("{type: http, scheme: basic}", "[{s: []}]", "10:6: error: the HTTP scheme 'basic' cannot be enforced"),
    ("{type: apiKey, in: header, name: key}", "[{s: []}]", "10:6: error: an API key cannot be enforced"),
    (
      "{type: apiKey, in: query, name: key, x-ct-hmac: {algorithm: sha256, over: body}}", "[{s: []}]",
      "10:6: error: a signature is read from a header only"
    ),
    (
      "{type: apiKey, in: header, name: key, x-ct-hmac: {algorithm: sha256, over: body}}", "[{s: [owner]}]",
      "7:18: error: 's' is a signature, which has no roles"
    ),
    ("{type: http, scheme: bearer}", "[{s: [], t: []}]", "7:18: error: a request has one token"),
  ])
  func `refuses security that it would not enforce`(scheme: String, security: String, message: String) {
    let found = faults(securedDocument(scheme, security))
    #expect(found.contains { $0.hasPrefix("api.yaml:\(message)") }, "\(found)")
  }

  @Test(arguments: ["[{t: []}]", "[{t: [owner]}, {}]", "[]"]) func `takes tokens`(security: String) {
    #expect(faults(securedDocument("{type: http, scheme: bearer}", security)) == [])
  }

  private func securedDocument(_ scheme: String, _ security: String) -> String {
    """
    openapi: 3.1.0
    info: {title: Pet Shop, version: 1.0.0}
    paths:
      /pets:
        get:
          operationId: listPets
          security: \(security)
          responses: {"204": {description: Nothing.}}
    components: {securitySchemes: {
      s: \(scheme),
      t: {type: http, scheme: bearer}}}
    """
  }
}
