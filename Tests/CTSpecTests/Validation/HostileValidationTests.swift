import CTJSON
import CTSpec
import Testing

@Suite struct HostileValidationTests {
  /// A schema that doubles the work at each level, and an instance that goes on for long.
  @Test(.timeLimit(.minutes(1)))
  func nestedBranchesEnd() throws {
    let schema =
      ##"{"anyOf":[{"items":{"$ref":"#"},"minItems":1},{"items":{"$ref":"#"},"maxItems":1}],"not":{"const":1}}"##
    let index = try SpecLoader.loadSchemas(files: ["s.json"], read: .memory(["s.json": schema]))
    var value = JSONValue.number(1)
    for _ in 0..<400 { value = .array([value]) }
    let id = SchemaID(file: "s.json", pointer: "")
    #expect(!SchemaValidator(index: index).validate(value, against: id).isEmpty)
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
