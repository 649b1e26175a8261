import CTJSON
import CTSpec
import Testing

@Suite struct JSONFileTests {
  @Test(arguments: [
    ("", "f.json:1:1: error: the text ends too early"),
    ("{\"a\": 1,\n \"a\": 2}", "f.json:2:2: error: this member name stands here twice"),
    ("{\"é\": tru}", "f.json:1:7: error: this character is not expected here"),
    ("[1,\n  01]", "f.json:2:3: error: this is not a number of JSON"),
    ("{} x", "f.json:1:4: error: there is more after the value"),
    (
      "[1e99999999999999999,\n -2E+0100000000000000000]",
      "f.json:2:2: error: the exponent of this number has more than 17 digits, which is not told apart from others"
    ),
    ("\"\\ud800\"", "f.json:1:2: error: a surrogate without its other half"),
  ])
  func fault(_ text: String, _ expected: String) { #expect(parsed(Array(text.utf8), file: "f.json") == expected) }

  @Test func `a name that stands there twice hides no other fault`() {
    let text =
      "{\"type\": \"object\",\n \"é\": {\"a\": 1, \"a\": {\"b\": [2]}\n }, \"type\" : 1 ,\n \"minItems\": \"few\", \"items\": {\"type\": \"int\"}}"
    #expect(
      schemaFaults(["s.json": text]) == [
        "s.json:2:2: error: 'é' is no field of a schema",
        "s.json:2:16: error: this member name stands here twice",
        "s.json:3:5: error: this member name stands here twice",
        "s.json:4:14: error: 'minItems' must be a whole number, not a string",
        "s.json:4:39: error: 'int' is no type; did you mean 'integer'?",
      ])
  }

  @Test(.timeLimit(.minutes(1)))
  func `names that stand there very often end the file`() {
    let found = parsed(Array("{\(String(repeating: "\"a\": 1,\n", count: 10_000))\"a\": x}".utf8), file: "f.json")
    #expect(found.split(separator: "\n").count == 21)
    #expect(found.hasPrefix("f.json:2:1: error: this member name stands here twice\nf.json:3:1: error"))
  }

  @Test(.timeLimit(.minutes(1)))
  func nestingIsBounded() {
    let text = String(repeating: "[", count: 10_000)
    #expect(parsed(Array(text.utf8), file: "f.json") == "f.json:1:513: error: too many containers within one another")
  }

  @Test func positions() throws {
    var diagnostics = Diagnostics()
    let text = "\u{FEFF}{ \"é\" : [ 1 , {\"b\":null} ] ,\n\t\"c\" : -1.50e2 }"
    let root = try #require(SpecParser.parse(Array(text.utf8), file: "f.json", diagnostics: &diagnostics))
    #expect(root.member("é")?.keyLocation.description == "f.json:1:3")
    #expect(root.at(pointer: "/é/0")?.location.description == "f.json:1:11")
    #expect(root.at(pointer: "/é/1")?.member("b")?.keyLocation.description == "f.json:1:16")
    #expect(root.member("c")?.keyLocation.description == "f.json:2:2")
    #expect(root["c"]?.number?.lexeme == "-1.50e2")
  }

  @Test(.timeLimit(.minutes(1)))
  func longLinesTakeLinearTime() throws {
    let text = "[" + String(repeating: "\"é\",", count: 200_000) + "1]"
    var diagnostics = Diagnostics()
    let root = try #require(SpecParser.parse(Array(text.utf8), file: "f.json", diagnostics: &diagnostics))
    #expect(root[200_000]?.location.column == 800_002)
  }

  @Test func missingFiles() {
    #expect(
      schemaFaults(["a.json": ##"{"$ref": "b.json"}"##]) == ["a.json:1:10: error: cannot read 'b.json': no such file"])
    let error = #expect(throws: SpecError.self) { try SpecLoader.loadSchemas(files: ["/nonexistent/x.json"]) }
    #expect(
      error?.description
        == "/nonexistent/x.json:1:1: error: cannot read '/nonexistent/x.json': no such file or directory")
    #expect(throws: SpecError.self) { try SpecLoader.loadSchemas(files: ["/tmp"]) }
  }
}
