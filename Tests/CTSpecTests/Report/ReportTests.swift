import CTJSON
import CTSpec
import Testing

@Suite struct ReportTests {
  private static let report = Report(
    command: "lint",
    rules: [RuleDescription(id: "a-rule", severity: .warning, summary: "It asks.", reason: "It is so.")],
    findings: [
      Finding(
        Diagnostic(
          .error, id: "a-rule", at: SourceLocation(file: "a,b: c.yaml", line: 3, column: 5), "50% is\nwrong",
          suggestion: "write 'half'"),
        related: [.init(SourceLocation(file: "old.yaml", line: 2, column: 1), "before")],
        facts: [.init("pointer", "/a")]),
      Finding(Diagnostic(.note, id: "other-rule", at: SourceLocation(file: "/tmp/é.yaml"), "a note")),
    ], summary: "1 error, 1 note")

  private func text(_ format: Report.Format) -> String { String(decoding: Self.report.rendered(format), as: UTF8.self) }

  @Test func textHasOneLineForEachPlace() {
    #expect(
      text(.text) == """
        a,b: c.yaml:3:5: error: 50% is wrong; write 'half' [a-rule]
        old.yaml:2:1: note: before
        /tmp/é.yaml:1:1: note: a note [other-rule]
        1 error, 1 note

        """)
  }

  @Test func textAndJSONNameTheClauseThatIsBroken() {
    let place = SourceLocation(file: "a.yaml")
    let report = Report(
      command: "lint", findings: [Finding(Diagnostic(id: "unknown-type", at: place, "'int' is no type"))])
    let clause = "JSON Schema Validation 2020-12, 6.1.1"
    let text = String(decoding: report.rendered(.text), as: UTF8.self)
    #expect(text == "a.yaml:1:1: error: 'int' is no type [unknown-type; \(clause)]\n")
    #expect(String(decoding: report.rendered(.json), as: UTF8.self).contains(#""clause": "\#(clause)""#))
  }

  @Test func githubCommandsAreEscaped() {
    #expect(
      text(.github) == """
        ::error file=a%2Cb%3A c.yaml,line=3,col=5,title=a-rule::50%25 is wrong; write 'half'%0Aold.yaml:2:1: before
        ::notice file=/tmp/é.yaml,line=1,col=1,title=other-rule::a note
        1 error, 1 note

        """)
  }

  @Test func jsonHasEverything() throws {
    let value = try JSONValue(parsing: Self.report.rendered(.json))
    #expect(value["counts"]?["error"]?.number == 1)
    let finding = value["findings"]?.elements?.first
    #expect(finding?["rule"]?.string == "a-rule")
    #expect(finding?["pointer"]?.string == "/a")
    #expect(finding?["location"]?["line"]?.number == 3)
    #expect(finding?["related"]?.elements?.first?["location"]?["file"]?.string == "old.yaml")
  }

  /// What SARIF 2.1.0 says of the objects that are used here, each closed as there.
  private static let sarifSchema = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
     "properties": {"$schema": {"type": "string", "format": "uri"}, "version": {"const": "2.1.0"},
       "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}}},
     "required": ["version", "runs"], "additionalProperties": false,
     "$defs": {
       "run": {"type": "object", "required": ["tool"], "additionalProperties": false, "properties": {
         "tool": {"type": "object", "required": ["driver"], "additionalProperties": false,
           "properties": {"driver": {"$ref": "#/$defs/component"}}},
         "automationDetails": {"type": "object", "additionalProperties": false, "properties": {"id": {"type": "string"}}},
         "invocations": {"type": "array", "items": {"type": "object", "required": ["executionSuccessful"],
           "additionalProperties": false, "properties": {"executionSuccessful": {"type": "boolean"}}}},
         "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
         "results": {"type": "array", "items": {"$ref": "#/$defs/result"}}}},
       "component": {"type": "object", "required": ["name"], "additionalProperties": false, "properties": {
         "name": {"type": "string"},
         "rules": {"type": "array", "uniqueItems": true, "items": {"$ref": "#/$defs/rule"}}}},
       "rule": {"type": "object", "required": ["id"], "additionalProperties": false, "properties": {
         "id": {"type": "string"}, "shortDescription": {"$ref": "#/$defs/message"},
         "fullDescription": {"$ref": "#/$defs/message"},
         "defaultConfiguration": {"type": "object", "additionalProperties": false,
           "properties": {"level": {"$ref": "#/$defs/level"}}}}},
       "level": {"enum": ["none", "note", "warning", "error"]},
       "message": {"type": "object", "required": ["text"], "additionalProperties": false,
         "properties": {"text": {"type": "string", "minLength": 1}}},
       "result": {"type": "object", "required": ["message"], "additionalProperties": false, "properties": {
         "ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": -1},
         "level": {"$ref": "#/$defs/level"}, "message": {"$ref": "#/$defs/message"},
         "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
         "relatedLocations": {"type": "array", "uniqueItems": true, "items": {"$ref": "#/$defs/location"}},
         "properties": {"type": "object"}}},
       "location": {"type": "object", "additionalProperties": false, "properties": {
         "id": {"type": "integer", "minimum": -1}, "message": {"$ref": "#/$defs/message"},
         "physicalLocation": {"type": "object", "required": ["artifactLocation"], "additionalProperties": false,
           "properties": {
             "artifactLocation": {"type": "object", "additionalProperties": false,
               "properties": {"uri": {"type": "string", "format": "uri-reference"}}},
             "region": {"type": "object", "additionalProperties": false, "properties": {
               "startLine": {"type": "integer", "minimum": 1}, "startColumn": {"type": "integer", "minimum": 1}}}}}}}}}
    """#

  @Test func sarifIsValidAndRefersToItsRules() throws {
    let index = try SpecLoader.loadSchemas(files: ["s.json"], read: .memory(["s.json": Self.sarifSchema]))
    let log = try JSONValue(parsing: Self.report.rendered(.sarif))
    let violations = SchemaValidator(index: index).validate(log, against: SchemaID(file: "s.json", pointer: ""))
    #expect(violations.isEmpty)
    let run = log["runs"]?.elements?.first
    let rules = run?["tool"]?["driver"]?["rules"]?.elements ?? []
    for result in run?["results"]?.elements ?? [] {
      let place = try #require(result["ruleIndex"]?.number?.int)
      #expect(rules[place]["id"] == result["ruleId"])
    }
    let places = (run?["results"]?.elements ?? []).map {
      $0["locations"]?.elements?.first?["physicalLocation"]?["artifactLocation"]?["uri"]?.string
    }
    #expect(places == ["a,b%3A%20c.yaml", "file:///tmp/%C3%A9.yaml"])
  }
}
