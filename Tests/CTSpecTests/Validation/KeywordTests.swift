import CTJSON
import CTSpec
import Testing

/// One row: a schema, an instance, and `pointer keyword` of each expected violation.
struct Case: CustomTestStringConvertible, Sendable {
  var schema: String
  var instance: String
  var expected: [String]

  init(_ schema: String, _ instance: String, _ expected: String...) {
    (self.schema, self.instance, self.expected) = (schema, instance, expected)
  }

  var testDescription: String { "\(schema) on \(instance)" }

  func check(sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
    let index = try SpecLoader.loadSchemas(files: ["s.json"], read: .memory(["s.json": schema]))
    let value = try JSONValue(parsing: Array(instance.utf8))
    let found = SchemaValidator(index: index).validate(value, against: SchemaID(file: "s.json", pointer: ""))
    let lines = found.map { $0.pointer + " " + $0.keyword }
    #expect(lines.sorted() == expected.sorted(), "\(testDescription)", sourceLocation: sourceLocation)
  }
}

@Suite struct KeywordTests {
  @Test(arguments: [
    Case("true", "1"),
    Case("false", "1", " false"),
    Case(#"{"type":"string"}"#, "\"a\""),
    Case(#"{"type":"string"}"#, "1", " type"),
    Case(#"{"type":"integer"}"#, "1.0"),
    Case(#"{"type":"integer"}"#, "1e2"),
    Case(#"{"type":"integer"}"#, "1.5", " type"),
    Case(#"{"type":"integer"}"#, "1e-999999999999999999999", " type"),
    Case(#"{"type":"number"}"#, "1e999999999999999999999"),
    Case(#"{"type":"boolean"}"#, "0", " type"),
    Case(#"{"type":"null"}"#, "null"),
    Case(#"{"type":"null"}"#, "false", " type"),
    Case(#"{"type":["string","null"]}"#, "null"),
    Case(#"{"type":["string","null"]}"#, "1", " type"),
    Case(#"{"type":"array"}"#, "{}", " type"),
    Case(#"{"type":"object"}"#, "[]", " type"),
    Case(#"{"enum":[1,"a",{"x":[1]}]}"#, "{\"x\":[1.0]}"),
    Case(#"{"enum":[1,"a"]}"#, "\"b\"", " enum"),
    Case(#"{"const":{"a":1,"b":2}}"#, "{\"b\":2,\"a\":1.0}"),
    Case(#"{"const":"e\u0301"}"#, "\"\u{E9}\"", " const"),
    Case(#"{"const":0}"#, "false", " const"),
    Case(#"{"type":"string","enum":["a"],"minimum":5}"#, "1", " type"),
  ])
  func anyType(_ row: Case) throws { try row.check() }

  @Test(arguments: [
    Case(#"{"multipleOf":0.01}"#, "4.35"),
    Case(#"{"multipleOf":0.01}"#, "4.355", " multipleOf"),
    Case(#"{"multipleOf":0.1}"#, "1e308"),
    Case(#"{"multipleOf":3}"#, "1e1000000000", " multipleOf"),
    Case(#"{"multipleOf":1e-9}"#, "123456789.123456789"),
    Case(#"{"minimum":1.1}"#, "1.1"),
    Case(#"{"minimum":1.1}"#, "1.0999999999999999999999", " minimum"),
    Case(#"{"maximum":3}"#, "3.0"),
    Case(#"{"maximum":3}"#, "3.0000000000000000000001", " maximum"),
    Case(#"{"maximum":9007199254740992}"#, "9007199254740993", " maximum"),
    Case(#"{"exclusiveMinimum":0}"#, "0.0", " exclusiveMinimum"),
    Case(#"{"exclusiveMinimum":0}"#, "1e-400"),
    Case(#"{"exclusiveMaximum":0}"#, "-0.0", " exclusiveMaximum"),
    Case(#"{"exclusiveMaximum":0}"#, "-1e-400"),
    Case(#"{"minimum":5}"#, "\"1\""),
  ])
  func numbers(_ row: Case) throws { try row.check() }

  @Test(arguments: [
    Case(#"{"minLength":2}"#, "\"é\"", " minLength"),
    Case(#"{"minLength":2}"#, "\"e\u{301}\""),
    Case(#"{"maxLength":1}"#, "\"😀\""),
    Case(#"{"maxLength":1}"#, "\"👩‍💻\"", " maxLength"),
    Case(#"{"maxLength":1}"#, "[1,2]"),
    Case(#"{"pattern":"b+"}"#, "\"abc\""),
    Case(#"{"pattern":"^b+$"}"#, "\"abc\"", " pattern"),
    Case(#"{"pattern":"^a$","maxLength":1}"#, "\"bb\"", " pattern", " maxLength"),
  ])
  func strings(_ row: Case) throws { try row.check() }

  @Test(arguments: [
    Case(#"{"items":{"type":"integer"}}"#, "[1,\"a\",2,null]", "/1 type", "/3 type"),
    Case(#"{"items":false}"#, "[]"),
    Case(#"{"items":false}"#, "[1]", "/0 false"),
    Case(#"{"prefixItems":[{"type":"string"},true],"items":{"type":"null"}}"#, "[1,2,3]", "/0 type", "/2 type"),
    Case(#"{"prefixItems":[{"type":"string"}]}"#, "[]"),
    Case(#"{"contains":{"const":1}}"#, "[2,1]"),
    Case(#"{"contains":{"const":1}}"#, "[2]", " contains"),
    Case(#"{"contains":{"const":1},"minContains":0}"#, "[]"),
    Case(#"{"contains":{"const":1},"minContains":2}"#, "[1]", " minContains"),
    Case(#"{"contains":{"const":1},"maxContains":1}"#, "[1,1]", " maxContains"),
    Case(#"{"minItems":1,"maxItems":2}"#, "[]", " minItems"),
    Case(#"{"minItems":1,"maxItems":2}"#, "[1,2,3]", " maxItems"),
    Case(
      #"{"uniqueItems":true}"#, "[1,1.0,{\"a\":1,\"b\":2},{\"b\":2,\"a\":1},[1],1]", "/1 uniqueItems", "/3 uniqueItems",
      "/5 uniqueItems"),
    Case(#"{"uniqueItems":true}"#, "[0,false,null,\"\",[],{}]"),
    Case(#"{"unevaluatedItems":false,"prefixItems":[true]}"#, "[1,2,3]", "/1 unevaluatedItems", "/2 unevaluatedItems"),
    Case(#"{"unevaluatedItems":{"type":"string"},"contains":{"const":1}}"#, "[1,\"a\",2]", "/2 type"),
    Case(#"{"allOf":[{"prefixItems":[true,true]}],"unevaluatedItems":false}"#, "[1,2,3]", "/2 unevaluatedItems"),
  ])
  func arrays(_ row: Case) throws { try row.check() }

  @Test(arguments: [
    Case(#"{"properties":{"a":{"type":"string"},"b":false}}"#, #"{"a":1,"b":1}"#, "/a type", "/b false"),
    Case(#"{"properties":{"a/b~c":{"type":"string"}}}"#, #"{"a/b~c":1}"#, "/a~1b~0c type"),
    Case(
      #"{"properties":{"é":{"type":"string"}},"additionalProperties":false}"#, "{\"e\u{301}\":1}",
      "/e\u{301} additionalProperties"),
    Case(
      #"{"patternProperties":{"^x":{"type":"string"}},"additionalProperties":{"type":"null"}}"#, #"{"x1":1,"y":2}"#,
      "/x1 type", "/y type"),
    Case(
      #"{"properties":{"a":true},"additionalProperties":false}"#, #"{"a":1,"b":2,"c":3}"#, "/b additionalProperties",
      "/c additionalProperties"),
    Case(#"{"propertyNames":{"maxLength":1}}"#, #"{"a":1,"bb":2}"#, "/bb propertyNames"),
    Case(#"{"required":["a","b"]}"#, #"{"c":1}"#, " required", " required"),
    Case(#"{"required":["a"]}"#, "[]"),
    Case(#"{"dependentRequired":{"a":["b","c"]}}"#, #"{"a":1}"#, " dependentRequired", " dependentRequired"),
    Case(#"{"dependentRequired":{"a":["b"]}}"#, #"{"b":1}"#),
    Case(#"{"dependentSchemas":{"a":{"required":["b"]}}}"#, #"{"a":1}"#, " required"),
    Case(#"{"minProperties":1,"maxProperties":1}"#, "{}", " minProperties"),
    Case(#"{"minProperties":1,"maxProperties":1}"#, #"{"a":1,"b":2}"#, " maxProperties"),
    Case(#"{"type":"string","properties":{"a":false}}"#, #"{"a":1}"#, " type"),
    Case(
      #"{"allOf":[{"properties":{"a":true}}],"unevaluatedProperties":false}"#, #"{"a":1,"b":2}"#,
      "/b unevaluatedProperties"),
    Case(#"{"allOf":[{"properties":{"a":{"type":"string"}}}],"unevaluatedProperties":false}"#, #"{"a":1}"#, "/a type"),
    Case(
      #"{"anyOf":[{"properties":{"a":true},"required":["a"]},{"properties":{"b":true},"required":["b"]}],"unevaluatedProperties":false}"#,
      #"{"a":1,"b":2}"#),
    Case(
      #"{"anyOf":[{"properties":{"a":true},"required":["a"]}],"unevaluatedProperties":false}"#, #"{"b":2}"#, " anyOf"),
    Case(#"{"if":{"properties":{"a":true},"required":["a"]},"unevaluatedProperties":false}"#, #"{"a":1}"#),
    Case(
      #"{"not":{"properties":{"a":true},"required":["b"]},"unevaluatedProperties":false}"#, #"{"a":1}"#,
      "/a unevaluatedProperties"),
    Case(
      ##"{"$ref":"#/$defs/x","$defs":{"x":{"properties":{"a":true}}},"unevaluatedProperties":{"type":"string"}}"##,
      #"{"a":1,"b":2}"#, "/b type"),
  ])
  func objects(_ row: Case) throws { try row.check() }

  @Test(arguments: [
    Case(#"{"allOf":[{"type":"string"},{"minLength":3},false]}"#, "\"a\"", " minLength", " false"),
    Case(#"{"anyOf":[{"type":"string"},{"minimum":3}]}"#, "3"),
    Case(#"{"anyOf":[{"type":"string"},{"minimum":3}]}"#, "1", " anyOf"),
    Case(#"{"oneOf":[{"type":"number"},{"minimum":3}]}"#, "1"),
    Case(#"{"oneOf":[{"type":"number"},{"minimum":3}]}"#, "3", " oneOf"),
    Case(#"{"oneOf":[{"type":"string"},{"minimum":3}]}"#, "1", " oneOf"),
    Case(#"{"not":{"type":"string"}}"#, "1"),
    Case(#"{"not":{"type":"string"}}"#, "\"a\"", " not"),
    Case(#"{"if":{"type":"string"},"then":{"minLength":2},"else":{"minimum":2}}"#, "\"a\"", " minLength"),
    Case(#"{"if":{"type":"string"},"then":{"minLength":2},"else":{"minimum":2}}"#, "1", " minimum"),
    Case(#"{"if":{"type":"string"},"then":{"minLength":2}}"#, "1"),
    Case(#"{"then":false,"else":false}"#, "1"),
    Case(#"{"type":"string","anyOf":[{"type":"string"}],"allOf":[{"const":1}]}"#, "2", " type", " anyOf", " const"),
  ])
  func inPlace(_ row: Case) throws { try row.check() }

  static let tree =
    ##"{"$id":"https://x.example/tree","$ref":"#node","$defs":{"n":{"$anchor":"node","type":"object","properties":{"next":{"$ref":"tree"},"v":{"$ref":"#/$defs/v~1w%25"}}},"v/w%":{"type":"integer"}}}"##

  @Test(arguments: [
    Case(tree, #"{"next":{"next":{"v":1}}}"#),
    Case(tree, #"{"next":{"next":{"v":"a","next":1}}}"#, "/next/next/v type", "/next/next/next type"),
    Case(##"{"$dynamicAnchor":"x","properties":{"a":{"$ref":"#x"}},"type":"object"}"##, #"{"a":{"a":1}}"#, "/a/a type"),
  ])
  func references(_ row: Case) throws { try row.check() }
}
