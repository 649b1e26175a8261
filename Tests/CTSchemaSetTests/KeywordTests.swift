import CTJSON
import CTRuntime
import CTSpec
import Testing

/// Each keyword by itself, positive and negative, through both validators: the schemas are in `spec/keywords`.
@Suite struct KeywordTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let keyword: String
    let accepts: [String]
    let refuses: [String]
    /// The keyword that violations name; `*` where it depends.
    let reported: String

    init(_ keyword: String, accepts: [String], refuses: [String], as reported: String) {
      self.keyword = keyword
      self.accepts = accepts
      self.refuses = refuses
      self.reported = reported
    }

    /// `$ref` is in `keywords/ref.json`.
    var schema: String { "keywords/\(keyword.drop { $0 == "$" }).json" }
    var testDescription: String { keyword }
  }

  static let rows = [
    Row("type", accepts: [#"1"#, #"null"#, #"1.0"#], refuses: [#"1.5"#, #""a""#, #"true"#], as: "type"),
    Row("enum", accepts: [#"1.0"#, #""a""#, #"{"b":[2]}"#], refuses: [#"2"#, #""b""#, #"{"b":[3]}"#], as: "enum"),
    Row("const", accepts: [#"{"b":"x","a":1.0}"#], refuses: [#"{"a":1}"#, #"1"#], as: "const"),
    Row("multipleOf", accepts: [#"0.07"#, #"19.99"#, #""a""#], refuses: [#"0.075"#, #"1e-3"#], as: "multipleOf"),
    Row("minimum", accepts: [#"1.1"#, #"2"#], refuses: [#"1.0999999999999999999"#, #"0"#], as: "minimum"),
    Row("maximum", accepts: [#"9007199254740992"#], refuses: [#"9007199254740993"#], as: "maximum"),
    Row("exclusiveMinimum", accepts: [#"1e-400"#, #"1"#], refuses: [#"0"#, #"-0.0"#], as: "exclusiveMinimum"),
    Row("exclusiveMaximum", accepts: [#"-1"#], refuses: [#"0"#, #"1"#], as: "exclusiveMaximum"),
    Row("minLength", accepts: [#""ab""#, #""😀😀""#, #"1"#], refuses: [#""a""#, #""😀""#], as: "minLength"),
    Row("maxLength", accepts: [#""😀😀""#], refuses: [#""abc""#], as: "maxLength"),
    Row("pattern", accepts: [#""aab""#, #"1"#], refuses: [#""b""#, #""aabc""#], as: "pattern"),
    Row("format", accepts: [#""2024-02-29""#, #"1"#], refuses: [#""2023-02-29""#, #""x""#], as: "format"),
    Row("items", accepts: [#"[1,2]"#, #"[]"#, #"1"#], refuses: [#"["a"]"#], as: "type"),
    Row("prefixItems", accepts: [#"[1,"a",null]"#, #"[]"#], refuses: [#"["a"]"#, #"[1,"b"]"#], as: "*"),
    Row("contains", accepts: [#"[0,1]"#, #"{}"#], refuses: [#"[]"#, #"[2]"#], as: "contains"),
    Row("minContains", accepts: [#"[1,1]"#], refuses: [#"[1]"#], as: "minContains"),
    Row("maxContains", accepts: [#"[1,2]"#], refuses: [#"[1,1]"#], as: "maxContains"),
    Row("minItems", accepts: [#"[0]"#, #""""#], refuses: [#"[]"#], as: "minItems"),
    Row("maxItems", accepts: [#"[0]"#], refuses: [#"[0,1]"#], as: "maxItems"),
    Row(
      "uniqueItems", accepts: [#"[1,2]"#, #"[{"a":1},{"a":2}]"#],
      refuses: [#"[1,1.0]"#, #"[{"a":1,"b":2},{"b":2,"a":1}]"#], as: "uniqueItems"),
    Row("properties", accepts: [#"{"a":1}"#, #"{"b":""}"#], refuses: [#"{"a":""}"#], as: "type"),
    Row("patternProperties", accepts: [#"{"x1":1,"a":""}"#], refuses: [#"{"x1":""}"#], as: "type"),
    Row("additionalProperties", accepts: [#"{"a":1}"#, #"1"#], refuses: [#"{"b":1}"#], as: "additionalProperties"),
    Row("propertyNames", accepts: [#"{"abc":1}"#], refuses: [#"{"abcd":1}"#], as: "propertyNames"),
    Row("required", accepts: [#"{"a":1,"b":2}"#, #"1"#], refuses: [#"{"a":1}"#, #"{}"#], as: "required"),
    Row("minProperties", accepts: [#"{"a":1}"#], refuses: [#"{}"#], as: "minProperties"),
    Row("maxProperties", accepts: [#"{"a":1}"#], refuses: [#"{"a":1,"b":2}"#], as: "maxProperties"),
    Row(
      "dependentRequired", accepts: [#"{"a":1,"b":1}"#, #"{"b":1}"#], refuses: [#"{"a":1}"#], as: "dependentRequired"),
    Row("dependentSchemas", accepts: [#"{"a":1,"b":1}"#, #"{"b":1}"#], refuses: [#"{"a":1}"#], as: "minProperties"),
    Row("allOf", accepts: [#"2"#], refuses: [#"0"#, #"4"#], as: "*"),
    Row("anyOf", accepts: [#""a""#, #"3"#], refuses: [#"2"#], as: "anyOf"),
    Row("oneOf", accepts: [#"2"#, #"3"#], refuses: [#"6"#, #"5"#], as: "oneOf"),
    Row("not", accepts: [#""a""#, #"1.5"#], refuses: [#"1"#], as: "not"),
    Row("if", accepts: [#"1"#, #""a""#], refuses: [#"0"#, #"1.5"#], as: "*"),
    Row("then", accepts: [#"1"#, #"null"#], refuses: [#"0"#], as: "minimum"),
    Row("else", accepts: [#"0"#, #""a""#], refuses: [#"null"#], as: "type"),
    Row(
      "unevaluatedProperties", accepts: [#"{"a":1,"b":1}"#, #"1"#], refuses: [#"{"c":1}"#], as: "unevaluatedProperties"),
    Row("unevaluatedItems", accepts: [#"[1]"#, #"1"#], refuses: [#"[1,2]"#], as: "unevaluatedItems"),
    Row("$ref", accepts: [#"1"#], refuses: [#""a""#], as: "type"),
    Row("$anchor", accepts: [#"1"#], refuses: [#""a""#], as: "type"),
    Row("$defs", accepts: [#"{"child":{"x":1}}"#], refuses: [#"{"child":{"child":{"x":""}}}"#], as: "type"),
    Row(
      "discriminator", accepts: [#"{"kind":"a","n":1}"#, #"{"kind":"b"}"#],
      refuses: [#"{"kind":"a"}"#, #"{"kind":"c"}"#], as: "*"),
    Row("format-date-time", accepts: [#""2025-09-27T10:00:00Z""#], refuses: [#""2025-09-27""#], as: "format"),
    Row("format-date", accepts: [#""2025-09-27""#], refuses: [#""2025-13-01""#], as: "format"),
    Row("format-time", accepts: [#""10:00:00Z""#], refuses: [#""10:00""#], as: "format"),
    Row("format-duration", accepts: [#""P1D""#], refuses: [#""1D""#], as: "format"),
    Row("format-email", accepts: [#""a@b.c""#], refuses: [#""a@""#], as: "format"),
    Row("format-hostname", accepts: [#""a.example""#], refuses: [#""-a""#], as: "format"),
    Row("format-ipv4", accepts: [#""10.0.0.1""#], refuses: [#""10.0.0.256""#], as: "format"),
    Row("format-ipv6", accepts: [#""::1""#], refuses: [#""1::2::3""#], as: "format"),
    Row("format-uri", accepts: [#""https://a/b""#], refuses: [#""a/b""#], as: "format"),
    Row("format-uri-reference", accepts: [#""a/b""#], refuses: [#""a\\b""#], as: "format"),
    Row("format-uuid", accepts: [#""2eb8aa08-aa98-11ea-b4aa-73b441d16380""#], refuses: [#""2eb8aa08""#], as: "format"),
    Row("format-json-pointer", accepts: [#""/a~0b""#], refuses: [#""/a~2""#], as: "format"),
    Row(
      "format-regex", accepts: [#""^(a|b)*$""#, #""(?=a)""#, #""\\d{2}""#],
      refuses: [#""(""#, #""[z-a]""#, #""a{2,1}""#], as: "format"),
  ]

  private static let folder = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/spec"

  @Test(arguments: rows) func `accepts and refuses by both validators`(row: Row) throws {
    let path = "\(Self.folder)/\(row.schema)"
    let validator = SchemaValidator(index: try SpecLoader.loadSchemas(files: [path]))
    for (instances, isAccepted) in [(row.accepts, true), (row.refuses, false)] {
      for instance in instances {
        let value = try JSONValue(parsing: Array(instance.utf8))
        let interpreted = validator.validate(value, against: SchemaID(file: path, pointer: "")).map(\.keyword)
        let compiled = validate(schema: row.schema, json: Array(instance.utf8)).map(\.keyword)
        #expect(interpreted.isEmpty == isAccepted, "interpreted \(instance): \(interpreted)")
        #expect(compiled.isEmpty == isAccepted, "compiled \(instance): \(compiled)")
        #expect(Set(interpreted) == Set(compiled), "\(instance)")
        if !isAccepted, row.reported != "*" { #expect(compiled.contains(row.reported), "\(instance): \(compiled)") }
      }
    }
  }

  /// The guide's table and this one say the same: what is documented is tested.
  @Test func `has a row for every keyword and format that is documented`() throws {
    let guide = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/docs/generator.md"
    let text = String(decoding: try FileReader.disk.read(guide), as: UTF8.self)
    let start = try #require(text.firstRange(of: "## What is enforced"))
    let lines = text[start.upperBound...].split(separator: "\n").drop { !$0.hasPrefix("|---") }.dropFirst()
    let cells = lines.prefix { $0.hasPrefix("|") }.compactMap { $0.split(separator: "|").first }
    let documented = cells.flatMap {
      $0.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }
    let elsewhere: Set<Substring> = ["default", "readOnly", "writeOnly"]
    let formats = Set(SchemaKeywords.formats.map { $0[...] })
    let names = documented.filter { !elsewhere.contains($0) && !$0.hasPrefix("x-") }
    let wanted = names.map { formats.contains($0) ? "format-\($0)" : String($0) }
    #expect(wanted.count > 50)
    #expect(Set(wanted).symmetricDifference(Self.rows.map(\.keyword)) == [])
  }
}
