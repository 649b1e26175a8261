import Testing

@Suite struct DiscriminatorTests {
  static let schema = """
    {"oneOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}],
     "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/$defs/Cat"}},
     "$defs": {
       "Cat": {"type": "object", "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}}, "required": ["kind"]},
       "Dog": {"type": "object", "properties": {"kind": {"const": "Dog"}, "name": {"type": "string"}}, "required": ["kind", "name"]}}}
    """

  @Test(arguments: [
    Case(schema, #"{"kind":"cat","lives":9}"#),
    Case(schema, #"{"kind":"cat","lives":"9"}"#, "/lives type"),
    Case(schema, #"{"kind":"Dog"}"#, " required"),
    Case(schema, #"{"kind":"Dog","name":1}"#, "/name type"),
    Case(schema, #"{"kind":"dog"}"#, "/kind discriminator"),
    Case(schema, #"{"kind":1}"#, "/kind discriminator"),
    Case(schema, "{}", " discriminator"),
    Case(schema, "1", " oneOf"),
  ])
  func selects(_ row: Case) throws { try row.check() }

  @Test func faults() {
    let faults = schemaFaults([
      "a.json": """
      {"discriminator": {"propertyName": "k"}}
      """,
      "b.json": """
      {"oneOf": [{"type": "object"}],
       "discriminator": {"propertyNam": "k"}}
      """,
      "c.json": """
      {"anyOf": [{"$ref": "#/$defs/A"}], "$defs": {"A": true, "B": true},
       "discriminator": {"propertyName": "k", "mapping": {"a": "#/$defs/A", "b": "#/$defs/B"}}}
      """,
    ])
    #expect(
      faults == [
        "a.json:1:19: error: a discriminator needs 'oneOf' or 'anyOf' beside it",
        "b.json:2:19: error: no value selects the branch b.json#/oneOf/0; add it to 'mapping'",
        "b.json:2:19: error: this discriminator needs 'propertyName'",
        "b.json:2:20: error: 'propertyNam' is no field of a discriminator; did you mean 'propertyName'?",
        "c.json:2:76: error: 'c.json#/$defs/B' is none of the branches",
      ])
  }
}
