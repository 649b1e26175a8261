import CTJSON
import CTSpec
import Testing

/// The JSON that a YAML text becomes, or its faults.
func yaml(_ text: String) -> String { parsed(Array(text.utf8), file: "f.yaml") }

func parsed(_ bytes: [UInt8], file: String) -> String {
  var diagnostics = Diagnostics()
  guard let node = SpecParser.parse(bytes, file: file, diagnostics: &diagnostics), !diagnostics.hasErrors else {
    return diagnostics.sorted.map(\.description).joined(separator: "\n")
  }
  return String(decoding: JSONWriter.write(node.jsonValue), as: UTF8.self)
}

@Suite struct YAMLTests {
  static let values: [(String, String)] = [
    ("no", #""no""#), ("on", #""on""#), ("y", #""y""#), ("Yes", #""Yes""#), ("true", "true"), ("True", "true"),
    ("tRUE", #""tRUE""#), ("null", "null"), ("~", "null"), ("a:", #"{"a":null}"#), ("'null'", #""null""#),
    ("\"1\"", #""1""#), ("1", "1"), ("+1", "1"), ("-1", "-1"), ("012", "12"), ("-007", "-7"), ("0x1F", "31"),
    ("0o17", "15"), ("0x", #""0x""#), ("0b1", #""0b1""#), ("1_000", #""1_000""#), ("1.50", "1.50"), (".5", "0.5"),
    ("5.", "5"), ("1e3", "1e3"), ("1.e+3", "1e+3"), ("1e", #""1e""#), ("1.2.3", #""1.2.3""#),
    ("12:30:45", #""12:30:45""#),
    ("2025-09-27", #""2025-09-27""#), ("2025-09-27T10:00:00Z", #""2025-09-27T10:00:00Z""#), ("-", "[null]"),
    (".", #"".""#),
    ("123456789012345678901234567890", "123456789012345678901234567890"),
    ("{on: no, 200: ok, null_: 1}", #"{"on":"no","200":"ok","null_":1}"#),
    ("'0200': x", #"{"0200":"x"}"#),
    ("- &a {x: 1}\n- *a", #"[{"x":1},{"x":1}]"#),
    ("- &a 1\n- &a 2\n- *a", "[1,2,2]"),
    ("|\n  a\n  b\n", #""a\nb\n""#), (">-\n  a\n  b\n", #""a b""#),
    ("!!str 1", #""1""#), ("!!int 1", "1"), ("!!float 1", "1"), ("! 1", #""1""#), ("!!map {}", "{}"),
    ("!!seq []", "[]"),
    ("\u{FEFF}a: 1", #"{"a":1}"#), ("--- 1\n...\n", "1"), ("# comment\n1 # one", "1"), ("%YAML 1.2\n---\n1", "1"),
    ("\"\\u00e9\\x41\"", "\"éA\""), ("'<<': 1", #"{"<<":1}"#),
  ]

  @Test(arguments: values)
  func value(_ text: String, _ json: String) { #expect(yaml(text) == json, "\(text)") }

  static let faults: [(String, String)] = [
    ("", "f.yaml:1:1: error: the file is empty"),
    ("a: 1\nb: 2\na: 3", "f.yaml:3:1: error: the key 'a' stands here twice, first on line 1"),
    ("a: 1\n\"\\u0061\": 2", "f.yaml:2:1: error: the key 'a' stands here twice, first on line 1"),
    ("200: a\n'200': b", "f.yaml:2:1: error: the key '200' stands here twice, first on line 1"),
    ("true: 1", "f.yaml:1:1: error: a key must be a string, not true; put it in quotation marks"),
    ("1.5: 1", "f.yaml:1:1: error: a key must be a string, not a number; put it in quotation marks"),
    ("[a]: 1", "f.yaml:1:1: error: a key must be a string, not an array"),
    ("x: &a {b: 1}\ny:\n  <<: *a", "f.yaml:3:3: error: merge keys '<<' are not read; write the members out"),
    (
      "a: .inf\nb: -.INF\nc: .nan",
      "f.yaml:1:4: error: '.inf' is no number of JSON\nf.yaml:2:4: error: '-.INF' is no number of JSON\n"
        + "f.yaml:3:4: error: '.nan' is no number of JSON"
    ),
    ("0xFFFFFFFFFFFFFFFFF", "f.yaml:1:1: error: '0xFFFFFFFFFFFFFFFFF' is beyond 64 bits"),
    ("a: !foo 1", "f.yaml:1:4: error: the tag '!foo' does not fit here; remove it"),
    ("a: !!int x", "f.yaml:1:4: error: the tag 'tag:yaml.org,2002:int' does not fit here; remove it"),
    ("a: !!set {x}", "f.yaml:1:4: error: the tag 'tag:yaml.org,2002:set' does not fit here; remove it"),
    ("a: !!binary aGk=", "f.yaml:1:4: error: the tag 'tag:yaml.org,2002:binary' does not fit here; remove it"),
    ("a\n---\nb", "f.yaml:2:1: error: a second document begins here; only one is read"),
    ("a: *b", "f.yaml:1:4: error: there is no anchor '&b' before this alias"),
    ("a: &a [*a]", "f.yaml:1:8: error: the alias '*a' contains itself"),
    (
      "a: [1, 2",
      "f.yaml:1:9: error: while parsing a flow sequence: did not find expected ',' or ']'"
    ),
    ("a: [é, \"\u{2028}\u{2029}\u{85}\",\r\n  *b]", "f.yaml:2:3: error: there is no anchor '&b' before this alias"),
    ("\u{FEFF}é: '\u{2028} '\nb: *b", "f.yaml:2:4: error: there is no anchor '&b' before this alias"),
    ("# \u{85}\ra: [\r*b", "f.yaml:3:1: error: there is no anchor '&b' before this alias"),
    ("é: \"x", "f.yaml:1:6: error: while scanning a quoted scalar: found unexpected end of stream"),
    ("a: \u{1}", "f.yaml:1:4: error: control characters are not allowed"),
    ("a:\n\t- b", "f.yaml:2:1: error: while scanning for the next token: found character that cannot start any token"),
  ]

  @Test(arguments: faults)
  func fault(_ text: String, _ expected: String) { #expect(yaml(text) == expected) }

  @Test func invalidUTF8IsLocated() {
    #expect(
      parsed(Array("a: é\nb: ".utf8) + [0xFF], file: "f.yaml") == "f.yaml:2:4: error: these bytes are not UTF-8")
    #expect(parsed([0xC3], file: "f.json") == "f.json:1:1: error: these bytes are not UTF-8")
    #expect(
      parsed(Array("😀".utf8) + [0xED, 0xA0, 0x80], file: "f.yaml") == "f.yaml:1:2: error: these bytes are not UTF-8")
    #expect(parsed(Array("a".utf8) + [0], file: "f.yaml") == "f.yaml:1:2: error: control characters are not allowed")
  }

  @Test func `the first of keys that stand there many times is named`() {
    let text = (0..<20).map { "k\($0): 1\n" }.joined() + "k19: 1\nk19: 1\nk0: 1"
    #expect(
      yaml(text).split(separator: "\n").map { $0.dropFirst(7) } == [
        "21:1: error: the key 'k19' stands here twice, first on line 20",
        "22:1: error: the key 'k19' stands here twice, first on line 20",
        "23:1: error: the key 'k0' stands here twice, first on line 1",
      ])
  }

  @Test func `faults that leave the structure clear hide no others`() {
    let text = "type: object\nmaxItems: .inf\n<<: {a: 1}\nminItems: few\ntype: array\nitems: {type: int}\n"
    #expect(
      schemaFaults(["s.yaml": text]) == [
        "s.yaml:2:11: error: '.inf' is no number of JSON",
        "s.yaml:3:1: error: merge keys '<<' are not read; write the members out",
        "s.yaml:4:11: error: 'minItems' must be a whole number, not a string",
        "s.yaml:5:1: error: the key 'type' stands here twice, first on line 1",
        "s.yaml:6:15: error: 'int' is no type; did you mean 'integer'?",
      ])
  }

  @Test func positionsCountCodePoints() throws {
    var diagnostics = Diagnostics()
    let text = "é: {ключ: [1, \"😀\", x]}\nb:\n  - c\n"
    let root = try #require(SpecParser.parse(Array(text.utf8), file: "f", diagnostics: &diagnostics))
    #expect(root.member("é")?.keyLocation == SourceLocation(file: "f", line: 1, column: 1))
    #expect(root["é"]?.member("ключ")?.keyLocation == SourceLocation(file: "f", line: 1, column: 5))
    #expect(root.at(pointer: "/é/ключ/2")?.location == SourceLocation(file: "f", line: 1, column: 20))
    #expect(root.at(pointer: "/b/0")?.location == SourceLocation(file: "f", line: 3, column: 5))
  }
}

@Suite struct HostileYAMLTests {
  @Test(.timeLimit(.minutes(1)))
  func laughsAreBounded() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...20 { text += "a\(level): &a\(level) [" + String(repeating: "*a\(level - 1), ", count: 9) + "]\n" }
    #expect(yaml(text).contains("error: aliases expand to more than 100000 values"))
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["[", "{a: ", "- ", "? ", "[{a: "])
  func nestingIsBounded(_ unit: String) {
    let found = yaml(String(repeating: unit, count: 10_000))
    #expect(found.hasPrefix("f.yaml:1:") && found.contains("error"), "\(found.prefix(200))")
  }

  @Test func blockNestingIsBounded() {
    let text = (0..<10_000).map { String(repeating: " ", count: $0) + "a:\n" }.prefix(1_500).joined()
    #expect(yaml(text).contains("nested deeper than 512 levels"))
  }

  @Test func aliasesCannotExceedTheDepth() {
    var text = "a0: &a0 \(String(repeating: "[", count: 300))\(String(repeating: "]", count: 300))\n"
    text += "a1: \(String(repeating: "[", count: 300))*a0\(String(repeating: "]", count: 300))\n"
    #expect(yaml(text).contains("nested deeper than 512 levels"))
  }

  @Test(.timeLimit(.minutes(1)))
  func longTextsEnd() {
    let long = String(repeating: "a", count: 1_000_000)
    #expect(yaml(long).count == 1_000_002)
    #expect(yaml("\"" + long).contains("error"))
    #expect(yaml(String(repeating: "&", count: 1_000_000)).contains("error"))
    #expect(yaml(String(repeating: "a: 1\n", count: 20_000)).contains("twice"))
  }
}
