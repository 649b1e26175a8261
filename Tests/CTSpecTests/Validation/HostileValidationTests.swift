import CTJSON
import CTSpec
import Testing

@Suite struct HostileValidationTests {
  /// A schema that doubles the work at each level, and an instance that goes on for long.
  @Test(.timeLimit(.minutes(1)))
  func nestedBranchesEnd() throws {
    let schema =
      ##"{"anyOf":[{"items":{"$ref":"#"},"minItems":1},{"items":{"$ref":"#"},"maxItems":1}],"not":{"const":1}}"##
    let value = (0..<400).reduce(JSONValue.number(1)) { value, _ in .array([value]) }
    #expect(try !Self.validator(schema).validate(value, against: Self.root).isEmpty)
  }

  private static let root = SchemaID(file: "s.json", pointer: "")

  private static func validator(_ schema: String, maximumDepth: Int = SchemaValidator.maximumDepth) throws
    -> SchemaValidator
  {
    let index = try SpecLoader.loadSchemas(files: ["s.json"], read: .memory(["s.json": schema]))
    return SchemaValidator(index: index, maximumDepth: maximumDepth)
  }

  private static func nested(_ key: String, _ levels: Int, in value: JSONValue) -> JSONValue {
    (0..<levels).reduce(value) { value, _ in .object([.init(key: key, value: value)]) }
  }

  /// `#/$defs/n` looks at each level twice or more, and holds where the value within all of them is an integer.
  static let doubling: [(String, String)] = [
    ("anyOf", ##"{"anyOf":[{"type":"integer"},{"$ref":"#/$defs/in"},{"$ref":"#/$defs/both"}]}"##),
    ("oneOf", ##"{"oneOf":[{"type":"integer"},{"$ref":"#/$defs/in"},{"$ref":"#/$defs/both"}]}"##),
    (
      "not",
      ##"{"if":{"type":"integer"},"else":{"not":{"anyOf":[{"not":{"$ref":"#/$defs/in"}},{"$ref":"#/$defs/both"}]}}}"##
    ),
    ("if", ##"{"if":{"$ref":"#/$defs/in"},"then":{"$ref":"#/$defs/in"},"else":{"type":"integer"}}"##),
    ("allOf", ##"{"if":{"type":"integer"},"else":{"allOf":[{"$ref":"#/$defs/in"},{"$ref":"#/$defs/in"}]}}"##),
  ].map { name, text in
    let parts = ##"{"required":["a"],"type":"object","properties":{"a":{"$ref":"#/$defs/n"}}}"##
    let both = ##"{"required":["a","b"],"type":"object","properties":{"a":{"$ref":"#/$defs/n"}}}"##
    return (name, ##"{"$ref":"#/$defs/n","$defs":{"n":\##(text),"in":\##(parts),"both":\##(both)}}"##)
  }

  @Test(.timeLimit(.minutes(1)), arguments: doubling)
  func `a verdict is the same however often branches double`(_ keyword: String, _ schema: String) throws {
    let validator = try Self.validator(schema)
    for levels in [1, 5, 18, 20, 40, 511] {
      let (good, bad) = (Self.nested("a", levels, in: .number(1)), Self.nested("a", levels, in: .string("bad")))
      #expect(validator.validate(good, against: Self.root).isEmpty, "\(keyword), \(levels) levels")
      #expect(!validator.validate(bad, against: Self.root).isEmpty, "\(keyword), \(levels) levels")
    }
  }

  /// Outcomes that are kept tell what was evaluated, too, and violations that a trial found are noted when it is none.
  @Test(.timeLimit(.minutes(1)))
  func `violations are the same however often branches double`() throws {
    let known = ##"{"properties":{"a":{"$ref":"#/$defs/n"},"v":{"type":"integer"}}}"##
    let schema =
      ##"{"$ref":"#/$defs/n","$defs":{"k":\##(known),"n":{"if":{"$ref":"#/$defs/k"},"then":{"anyOf":[{"$ref":"#/$defs/k"},{"$ref":"#/$defs/k"}]},"else":{"$ref":"#/$defs/k"},"unevaluatedProperties":false}}}"##
    let validator = try Self.validator(schema)
    for levels in [3, 40] {
      let pointer = String(repeating: "/a", count: levels)
      for (name, found) in [("v", "/v type"), ("w", "/w unevaluatedProperties")] {
        let value = Self.nested("a", levels, in: .object([.init(key: name, value: .null)]))
        let violations = try validator.judge(value, against: Self.root)
        #expect(Set(violations.map { $0.pointer + " " + $0.keyword }) == [pointer + found])
      }
      let good = Self.nested("a", levels, in: .object([.init(key: "v", value: .number(1))]))
      #expect(try validator.judge(good, against: Self.root) == [])
    }
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      (##"{"properties":{"a":{"$ref":"#"}}}"##, true),
      (##"{"anyOf":[{"properties":{"a":{"$ref":"#"}}}]}"##, true),
      (##"{"not":{"$ref":"#/$defs/n"},"$defs":{"n":{"properties":{"a":{"allOf":[{"$ref":"#/$defs/n"}]}}}}}"##, false),
    ])
  func `every level that a file may have is judged`(_ schema: String, _ isValid: Bool) throws {
    let value = Self.nested("a", 511, in: .number(1))
    #expect(try Self.validator(schema).judge(value, against: Self.root).isEmpty == isValid)
  }

  @Test func `every level is judged also through the longest chain of schemas`() throws {
    let links = (0..<98).map { ##""d\##($0)":{"anyOf":[{"$ref":"#/$defs/d\##($0 + 1)"}]}"## }.joined(separator: ",")
    let last = ##""d98":{"additionalProperties":{"$ref":"#/$defs/d0"},"type":["object","null"]}"##
    let validator = try Self.validator(##"{"$ref":"#/$defs/d0","$defs":{\##(links),\##(last)}}"##)
    #expect(try validator.judge(Self.nested("a", 511, in: .null), against: Self.root) == [])
    #expect(try !validator.judge(Self.nested("a", 511, in: .number(1)), against: Self.root).isEmpty)
  }

  @Test(.timeLimit(.minutes(1)))
  func `five million items are judged like five`() throws {
    let value = JSONValue.array(Array(repeating: .number(1), count: 5_000_001))
    #expect(try Self.validator(#"{"items":true}"#).judge(value, against: Self.root) == [])
  }

  @Test func `what is too deep is not judged, and never valid`() throws {
    let validator = try Self.validator(##"{"items":{"$ref":"#"},"not":{"items":{"$ref":"#"}}}"##, maximumDepth: 100)
    let value = (0..<200).reduce(JSONValue.null) { value, _ in .array([value]) }
    #expect(throws: SchemaValidator.Undecided.self) { try validator.judge(value, against: Self.root) }
    #expect(!validator.validate(value, against: Self.root).isEmpty)
  }

  @Test func `that an instance cannot be judged is a fault at the schema`() throws {
    var diagnostics = Diagnostics()
    let instance = try #require(SpecParser.parse(Array("[[[[1]]]]".utf8), file: "i.json", diagnostics: &diagnostics))
    let index = try Self.validator("\n " + ##"{"items":{"$ref":"#"},"not":{"const":1}}"##).index
    let error = #expect(throws: SpecError.self) {
      try InstanceCheck.findings(in: instance, against: Self.root, of: index, maximumDepth: 3)
    }
    #expect(
      error?.description
        == "s.json:2:2: error: the instance cannot be judged: more than 3 schemas lie within one another")
  }

  @Test(.timeLimit(.minutes(1)))
  func `many violations are found and located in time`() throws {
    let members = (0..<60_000).map { "\"k\($0)\": {\"x\": 1}" }.joined(separator: ",\n")
    var diagnostics = Diagnostics()
    let bytes = Array("{\(members)}".utf8)
    let instance = try #require(SpecParser.parse(bytes, file: "i.json", diagnostics: &diagnostics))
    let schema = #"{"additionalProperties":{"properties":{"x":{"type":"string"}}},"maxProperties":59999}"#
    let index = try Self.validator(schema).index
    let found = try InstanceCheck.findings(in: instance, against: Self.root, of: index)
    #expect(found.count == 60_001)
    #expect(found.last?.diagnostic.location == SourceLocation(file: "i.json", line: 60_000, column: 17))
  }

  @Test(.timeLimit(.minutes(1)))
  func `many values are looked up in an enum of many`() throws {
    let values = (0..<10_000).map { JSONValue.object([.init(key: "a", value: .number(JSONNumber($0)))]) }
    let schema = "{\"items\":{\"enum\":\(String(decoding: JSONWriter.write(.array(values)), as: UTF8.self))}}"
    let validator = try Self.validator(schema)
    let found = try validator.judge(.array(values.reversed() + [.null]), against: Self.root)
    #expect(found.map(\.pointer) == ["/10000"])
  }

  @Test func detailsNeverHoldTheValue() throws {
    let schema = """
      {"type": "object", "required": ["a"], "additionalProperties": false, "properties": {
        "b": {"type": "string", "maxLength": 1, "pattern": "^x", "format": "email", "enum": ["x"], "const": "x"},
        "c": {"maximum": 1, "multipleOf": 5, "type": "integer"}}}
      """
    let index = try SpecLoader.loadSchemas(files: ["s.json"], read: .memory(["s.json": schema]))
    let value = try JSONValue(parsing: Array(#"{"b":"secret","c":86420.5,"d":"secret"}"#.utf8))
    let found = SchemaValidator(index: index).validate(value, against: SchemaID(file: "s.json", pointer: ""))
    #expect(found.count == 8)
    for violation in found {
      #expect(!violation.detail.contains("secret") && !violation.detail.contains("86420"))
    }
  }
}
