import Testing

/// The tower's marks, and `readOnly` and `writeOnly`, hold wherever they stand, or are refused there.
@Suite struct MarkTests {
  /// What is marked in two places is for those who may see both; a stronger mark for redaction is the one that counts.
  @Test(arguments: [
    ("{$ref: '#/components/schemas/Secret', x-ct-roles: [owner]}", "mayRead([\"owner\"])"),
    ("{allOf: [{$ref: '#/components/schemas/Secret'}], x-ct-roles: [viewer, auditor]}", "mayRead([\"viewer\"])"),
    ("{$ref: '#/components/schemas/Secret'}", "mayRead([\"owner\", \"viewer\"])"),
    ("{$ref: '#/components/schemas/Plain', readOnly: true}", "if !output.isRequest"),
    ("{$ref: '#/components/schemas/Plain', writeOnly: true}", "if !output.isResponse"),
    ("{$ref: '#/components/schemas/Plain', default: near}", "a: String = \"near\""),
    ("{$ref: '#/components/schemas/Plain'}", "a: String = \"far\""),
    ("{type: string, const: x, readOnly: true}", "if !output.isRequest"),
  ])
  func `marks beside a reference hold`(schema: String, code: String) throws {
    let files = try generate(document(property: schema))
    #expect(files.values.contains { $0.contains(code) })
  }

  @Test(arguments: [
    ("{type: array, items: {type: string, x-ct-roles: [owner]}}", "x-ct-roles", 48),
    ("{anyOf: [{type: object, properties: {b: {type: string, x-ct-roles: [owner]}}}]}", "x-ct-roles", 67),
    ("{type: object, additionalProperties: {type: string, x-ct-roles: [owner]}}", "x-ct-roles", 64),
    ("{prefixItems: [{type: object, properties: {b: {type: string, writeOnly: true}}}]}", "writeOnly", 73),
    ("{type: string, x-ct-redact: drop}", "x-ct-redact", 27),
    ("{type: string, x-ct-health: error}", "x-ct-health", 27),
  ])
  func `marks that nothing would heed are refused`(schema: String, mark: String, column: Int) {
    let found = faults(document(property: schema))
    #expect(
      found.contains { $0.hasPrefix("api.yaml:14:\(column): error: '\(mark)' cannot be enforced here") }, "\(found)")
  }

  /// What has no type of its own is written as it is, whatever it refers to.
  @Test(arguments: [
    "{type: object, additionalProperties: {$ref: '#/components/schemas/User'}}",
    "{anyOf: [{$ref: '#/components/schemas/User'}, {type: 'null'}]}",
    "{prefixItems: [{$ref: '#/components/schemas/User'}]}",
  ])
  func `marks within what is kept as JSON are refused`(schema: String) {
    let found = faults(document(property: schema))
    #expect(
      found.contains { $0.contains("'x-ct-roles' cannot be enforced here: a value of it is also written as it is") })
    #expect(
      found.contains { $0.contains("'writeOnly' cannot be enforced here: a value of it is also written as it is") })
  }

  @Test func `roles are for answers`() {
    let found = faults(request("{type: object, properties: {a: {type: string, x-ct-roles: [owner]}}}"))
    #expect(
      found.contains { $0.contains("'x-ct-roles' cannot be enforced here: it is for properties of answers") },
      "\(found)")
  }

  @Test func `writeOnly says nothing of what is only sent`() {
    let schema = "{type: object, properties: {a: {anyOf: [{type: object, properties: {b: {writeOnly: true}}}]}}}"
    #expect(faults(request(schema)) == [])
  }

  private func request(_ schema: String) -> String {
    """
    openapi: 3.1.0
    info: {title: Pet Shop, version: 1.0.0}
    paths:
      /pets:
        post:
          operationId: addPet
          requestBody: {required: true, content: {application/json: {schema: \(schema)}}}
          responses: {"204": {description: Nothing.}}
    """
  }

  @Test func `what is left out for some cannot be required`() {
    let found = faults(document(property: "{type: string, x-ct-roles: [owner]}", required: "[a]"))
    #expect(found.contains { $0.hasPrefix("api.yaml:14:27: error: 'a' is left out for other roles") }, "\(found)")
  }

  private func document(property: String, required: String = "[]") -> String {
    """
    openapi: 3.1.0
    info: {title: Pet Shop, version: 1.0.0}
    paths:
      /pets:
        get:
          operationId: listPets
          responses: {"200": {description: Pets., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
    components:
      schemas:
        Pet:
          type: object
          required: \(required)
          properties:
            a: \(property)
        Plain: {type: string, default: far}
        Secret: {type: string, x-ct-roles: [owner, viewer]}
        User: {type: object, properties: {b: {type: string, x-ct-roles: [owner]}, c: {type: string, writeOnly: true}}}
    """
  }
}
