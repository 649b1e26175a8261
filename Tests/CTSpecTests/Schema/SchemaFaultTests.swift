import CTSpec
import Testing

@Suite struct SchemaFaultTests {
  private static let zeros = String(repeating: "0", count: 100)

  /// A schema in YAML, and the faults without the file's name.
  static let table: [(String, [String])] = [
    ("type: int", ["1:7: error: 'int' is no type; did you mean 'integer'?"]),
    ("type: strng", ["1:7: error: 'strng' is no type; did you mean 'string'?"]),
    ("type: null", ["1:7: error: 'type' must be the name of a type, not null; write 'null' in quotation marks"]),
    ("type: [string, string]", ["1:16: error: 'string' is listed twice in 'type'"]),
    ("type: []", ["1:7: error: 'type' must not be empty"]),
    ("minLenght: 1", ["1:1: error: 'minLenght' is no field of a schema; did you mean 'minLength'?"]),
    ("maxLength: '5'", ["1:12: error: 'maxLength' must be a whole number, not a string"]),
    ("maxLength: -1", ["1:12: error: 'maxLength' must be a whole number from 0 to 9223372036854775807, not -1"]),
    ("minLength: 1.5", ["1:12: error: 'minLength' must be a whole number from 0 to 9223372036854775807, not 1.5"]),
    ("minLength: 1.0", []),
    (
      "maxItems: 1e999999999",
      ["1:11: error: 'maxItems' must be a whole number from 0 to 9223372036854775807, not 1e999999999"]
    ),
    ("minimum: '5'", ["1:10: error: 'minimum' must be a number, not a string; remove the quotation marks"]),
    (
      "exclusiveMinimum: true",
      ["1:19: error: 'exclusiveMinimum' must be a number, not true; in 2020-12 it is the limit itself"]
    ),
    ("multipleOf: 0", ["1:13: error: 'multipleOf' must be greater than 0"]),
    (
      "uniqueItems: 'true'",
      ["1:14: error: 'uniqueItems' must be true or false, not a string; remove the quotation marks"]
    ),
    ("format: datetime", ["1:9: error: the format 'datetime' cannot be enforced; did you mean 'date-time'?"]),
    ("format: int64", ["1:9: error: the format 'int64' cannot be enforced; write 'minimum' and 'maximum'"]),
    ("pattern: '('", ["1:10: error: this '(' is not closed, at character 1 of the pattern"]),
    (
      "pattern: '(?=a)'",
      ["1:10: error: look-ahead '(?=' cannot be matched in linear time, at character 1 of the pattern"]
    ),
    (
      "patternProperties:\n  'a**': true",
      [
        "2:3: error: what is repeated already cannot be repeated again; put it in a group, at character 3 of the pattern"
      ]
    ),
    ("enum: []", ["1:7: error: 'enum' must not be empty"]),
    ("enum: [1, a, 1.0]", ["1:14: error: this value is listed twice in 'enum'"]),
    ("required: [a, a]", ["1:15: error: 'a' is listed twice in 'required'"]),
    ("required: true", ["1:11: error: 'required' must be an array of strings, not true"]),
    ("properties: []", ["1:13: error: 'properties' must be an object, not an array"]),
    ("properties:\n  a: string", ["2:6: error: a schema must be an object or a boolean, not a string"]),
    ("allOf: []", ["1:8: error: 'allOf' must not be empty"]),
    ("items: [{type: string}]", ["1:8: error: a schema must be an object or a boolean, not an array"]),
    (
      "nullable: true",
      [
        "1:1: error: 'nullable' is no keyword of JSON Schema 2020-12; write 'null' into 'type', as in type: [string, 'null']"
      ]
    ),
    ("definitions: {}", ["1:1: error: 'definitions' is no keyword of JSON Schema 2020-12; write '$defs'"]),
    ("example: 1", ["1:1: error: 'example' is no keyword of JSON Schema 2020-12; write 'examples' with an array"]),
    (
      "contentEncoding: base64",
      ["1:1: error: 'contentEncoding' cannot be enforced; the encoding of strings is not checked"]
    ),
    ("$dynamicRef: '#a'", ["1:1: error: '$dynamicRef' cannot be enforced; write '$ref'"]),
    (
      "$schema: http://json-schema.org/draft-07/schema#",
      [
        "1:10: error: 'http://json-schema.org/draft-07/schema#' is not read here: only JSON Schema 2020-12 is; write 'https://json-schema.org/draft/2020-12/schema'"
      ]
    ),
    ("$anchor: 1a", ["1:10: error: '1a' is no plain name (2020-12, 8.2.2)"]),
    ("$id: a#b", ["1:6: error: '$id' must have no fragment: write '$anchor'"]),
    ("x-anything: {type: 1}", []),
    ("x-ct-redact: drop", []),
    ("x-ct-redact: remove", ["1:14: error: 'x-ct-redact' must be one of drop, hash, mask, pointer, not 'remove'"]),
    ("x-ct-redakt: drop", ["1:1: error: 'x-ct-redakt' is no extension of a schema; did you mean 'x-ct-redact'?"]),
    (
      "x-ct-health: heartbeet",
      [
        "1:14: error: 'x-ct-health' must be one of error, activity, heartbeat, not 'heartbeet'; did you mean 'heartbeat'?"
      ]
    ),
    ("x-ct-roles: owner", ["1:13: error: 'x-ct-roles' must be an array of strings, not a string"]),
    ("$ref: '#/$defs/b'\n$defs: {a: true}", ["1:7: error: '#/$defs/b' names nothing in 's.yaml'"]),
    (
      "$ref: '#/$defs/Evnt'\n$defs: {Event: true}",
      ["1:7: error: '#/$defs/Evnt' names nothing in 's.yaml'; did you mean 'Event'?"]
    ),
    (
      "$ref: '#foo'\n$defs: {a: {$anchor: fooo}}",
      ["1:7: error: '#foo' names nothing: there is no anchor 'foo'; did you mean 'fooo'?"]
    ),
    (
      "$ref: https://example.com/x.json",
      ["1:7: error: 'https://example.com/x.json' is the '$id' of no file that was given; nothing is fetched"]
    ),
    ("$ref: 1", ["1:7: error: a reference must be a string, not a number"]),
    (
      "$ref: '#'", ["1:7: error: this leads back to s.yaml# without a property or an item between, and would never end"]
    ),
    (
      "$ref: '#/$defs/a'\n$defs:\n  a: {$ref: '#/$defs/b'}\n  b: {allOf: [{$ref: '#/$defs/a'}]}",
      ["4:22: error: this leads back to s.yaml#/$defs/a without a property or an item between, and would never end"]
    ),
    (
      "anyOf: [{type: 'null'}, {not: {$ref: '#'}}]",
      ["1:38: error: this leads back to s.yaml# without a property or an item between, and would never end"]
    ),
    ("properties: {a: {$ref: '#'}}\nitems: {$ref: '#'}\nadditionalProperties: {$ref: '#'}", []),
    ("enum: 1", ["1:7: error: 'enum' must be a non-empty array, not a number"]),
    ("uniqueItems: yes", ["1:14: error: 'uniqueItems' must be true or false, not a string; write true"]),
    ("uniqueItems: off", ["1:14: error: 'uniqueItems' must be true or false, not a string; write false"]),
    ("multipleOf: 1\(zeros)e-200", []),
    ("multipleOf: 1\(zeros)1", ["1:13: error: 'multipleOf' must have 100 significant digits at most"]),
    ("maximum: 1e-99999999999999999", []),
    (
      "maximum: 1e100000000000000000",
      ["1:10: error: the exponent of this number has more than 17 digits, which is not told apart from others"]
    ),
    (
      "$ref: '#/defs/User'\n$defs: {User: true}",
      ["1:7: error: '#/defs/User' names nothing in 's.yaml'; did you mean '#/$defs/User'?"]
    ),
    (
      "$ref: 's.yaml#/definitions/Usr'\n$defs: {User: true}",
      ["1:7: error: 's.yaml#/definitions/Usr' names nothing in 's.yaml'; did you mean 's.yaml#/$defs/User'?"]
    ),
    (
      "$ref: '#/definitions'\n$defs: {User: true}",
      ["1:7: error: '#/definitions' names nothing in 's.yaml'; did you mean '$defs'?"]
    ),
    (
      "$ref: '#/$defs/Usr'\n$defs: {User: true}",
      ["1:7: error: '#/$defs/Usr' names nothing in 's.yaml'; did you mean 'User'?"]
    ),
    (
      "$ref: '#/defs/x'\n$defs: {User: true}", ["1:7: error: '#/defs/x' names nothing in 's.yaml'"]
    ),
    (
      "type: int\nminLength: a\nformat: foo\nfoo: 1",
      [
        "1:7: error: 'int' is no type; did you mean 'integer'?",
        "2:12: error: 'minLength' must be a whole number, not a string",
        "3:9: error: the format 'foo' cannot be enforced", "4:1: error: 'foo' is no field of a schema",
      ]
    ),
  ]

  @Test(arguments: table)
  func fault(_ schema: String, _ expected: [String]) {
    #expect(schemaFaults(["s.yaml": schema]) == expected.map { "s.yaml:" + $0 }, "\(schema)")
  }

  @Test func faultsOfAllFilesAtOnce() {
    let faults = schemaFaults([
      "a.json": "{\n  \"$ref\": \"sub/b.json#/$defs/x\",\n  \"tipe\": 1\n}",
      "sub/b.json":
        "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n \"$defs\": {\"x\": {\"$ref\": \"../c.yaml\"}, \"y\": {\"type\": \"integr\"}}}",
      "c.yaml": "minimum: [",
    ])
    #expect(
      faults == [
        "a.json:3:3: error: 'tipe' is no field of a schema; did you mean 'type'?",
        "c.yaml:1:11: error: while parsing a flow node: did not find expected node content",
        "sub/b.json:2:54: error: 'integr' is no type; did you mean 'integer'?",
      ])
  }

  @Test(.timeLimit(.minutes(1)))
  func `thousands of references that name nothing are told in time`() {
    let names = (1_000..<13_000).map { #""d\#($0)": true"# }.joined(separator: ",")
    let references = (1_000..<13_000).map { ##"{"$ref": "#/$defs/e\##($0)"}"## }.joined(separator: ",")
    let faults = schemaFaults(["s.json": #"{"$defs": {\#(names)}, "allOf": [\#(references)]}"#])
    #expect(faults.count == 12_000)
    #expect(faults[0].hasSuffix("did you mean 'd1000'?"))
  }
}
