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
}
