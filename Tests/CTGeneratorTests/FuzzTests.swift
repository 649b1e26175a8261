import CTGenerator
import CTSpec
import Testing

/// Whatever is fed in, out come files or located errors: never a crash, a hang or silence.
@Suite(.timeLimit(.minutes(1))) struct FuzzTests {
  private static let head = "openapi: 3.1.0\ninfo: {title: T, version: 1.0.0}\n"

  private func check(_ bytes: [UInt8], _ note: String, schemas: [String: [UInt8]] = [:]) {
    let files = FileReader { path throws(FileReader.Failure) in
      if path == "api.yaml" { return bytes }
      guard let schema = schemas[path] else { throw FileReader.Failure("no such file") }
      return schema
    }
    do throws(SpecError) {
      let output = try SwiftGenerator.generate(openAPI: "api.yaml", schemas: schemas.keys.sorted(), read: files)
      #expect(!output.isEmpty, "\(note)")
    } catch {
      #expect(!error.diagnostics.isEmpty, "\(note)")
      for diagnostic in error.diagnostics where diagnostic.location.line < 1 || diagnostic.message.isEmpty {
        Issue.record("\(note): \(diagnostic)")
      }
    }
  }

  /// As a schema beside a document, and as one of a folder.
  private func checkSchema(_ json: String, _ note: String) {
    check(Array((Self.head + "paths: {}\n").utf8), note, schemas: ["a.schema.json": Array(json.utf8)])
    do throws(SpecError) {
      let files = FileReader.memory(["a.schema.json": json])
      let output = try SchemaSetGenerator.generate(files: [(name: "a", path: "a.schema.json")], read: files)
      #expect(output.reduce(0) { $0 + $1.content.utf8.count } < 50_000_000, "\(note)")
    } catch {
      #expect(!error.diagnostics.isEmpty, "\(note)")
    }
  }

  @Test func `aliases that multiply are refused`() {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<12 {
      let alias = "*a\(level - 1)"
      yaml += "a\(level): &a\(level) [\(Array(repeating: alias, count: 9).joined(separator: ", "))]\n"
    }
    check(Array((Self.head + yaml).utf8), "aliases")
  }

  /// Each schema leads to the next twice: written out in place, that would be a million of them.
  @Test(arguments: [
    #"{"prefixItems": [NEXT, NEXT]}"#, #"{"type": "object", "properties": {"a": NEXT, "b": NEXT}}"#,
    #"{"additionalProperties": NEXT, "propertyNames": {"maxLength": 3}, "patternProperties": {"a": NEXT, "b": NEXT}}"#,
    #"{"items": {"anyOf": [NEXT, {"items": NEXT}]}}"#, #"{"type": "array", "items": NEXT}"#,
    #"{"allOf": [NEXT, NEXT]}"#,
    #"{"properties": {"a": {"allOf": [NEXT, {"properties": {"a": NEXT}}]}}}"#,
  ])
  func `schemas that double at every step end`(step: String) {
    let steps = (0..<40).map { number in
      "\"s\(number)\": " + step.replacing("NEXT", with: "{\"$ref\": \"#/$defs/s\(number + 1)\"}")
    }
    checkSchema(
      "{\"$ref\": \"#/$defs/s0\", \"$defs\": {\(steps.joined(separator: ", ")), \"s40\": {\"type\": \"string\"}}}", step
    )
  }

  @Test func `long chains of schemas take no stack`() {
    for step in [#"{"type":"array","items":NEXT}"#, #"{"type":"object","properties":{"a":NEXT}}"#, #"{"not":NEXT}"#] {
      let steps = (0..<800).map { number in
        "\"s\(number)\":" + step.replacing("NEXT", with: "{\"$ref\":\"#/$defs/s\(number + 1)\"}")
      }
      checkSchema("{\"$ref\":\"#/$defs/s0\",\"$defs\":{\(steps.joined(separator: ",")),\"s800\":{}}}", step)
    }
  }

  @Test func `two schemas that lead to each other only together end`() {
    checkSchema(
      ##"""
      {"$defs": {
        "a": {"type": "object", "properties": {"x": {"allOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/b"}]}}},
        "b": {"type": "object", "properties": {"x": {"allOf": [{"$ref": "#/$defs/b"}, {"$ref": "#/$defs/a"}]}}}}}
      """##, "a and b")
  }

  @Test(arguments: [
    ##"{"items":{"unevaluatedItems":false,"oneOf":[{"$ref":"#"}]}}"##, ##"{"items":{"$ref":"#"}}"##,
    ##"{"type":"array","items":{"$ref":"#"}}"##,
    ##"{"$ref":"#"}"##, ##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}"##,
    ##"{"allOf":[{"$ref":"#"}]}"##, ##"{"not":{"$ref":"#"}}"##, ##"{"if":{"$ref":"#"}}"##,
    ##"{"$ref":"a.schema.json"}"##, ##"{"$ref":"../../../../etc/passwd"}"##, ##"{"properties":{"a":{"$ref":"#"}}}"##,
    ##"{"dependentSchemas":{"a":{"$ref":"#"}}}"##, ##"{"$dynamicRef":"#a","$dynamicAnchor":"a"}"##,
  ])
  func `references that lead back to themselves end`(schema: String) { checkSchema(schema, schema) }

  @Test(arguments: [10_000, 100_000]) func `deep nesting is refused`(depth: Int) {
    let open = String(repeating: "[", count: depth)
    check(Array((Self.head + "x-deep: \(open)").utf8), "flow sequences")
    check(Array((Self.head + "x-deep: " + open + String(repeating: "]", count: depth)).utf8), "closed sequences")
    check(Array((Self.head + "x-deep:\n" + String(repeating: "- ", count: depth) + "a").utf8), "block sequences")
    let maps = String(repeating: "{a: ", count: depth)
    check(Array((Self.head + "x-deep: \(maps)").utf8), "flow maps")
    let items = String(repeating: #"{"items":"#, count: depth) + "{}" + String(repeating: "}", count: depth)
    checkSchema(items, "items")
    let all = String(repeating: #"{"allOf":["#, count: depth) + "{}" + String(repeating: "]}", count: depth)
    checkSchema(all, "allOf")
  }

  @Test(arguments: [
    String(repeating: "a", count: 1 << 20), String(repeating: "(", count: 1 << 20),
    String(repeating: "(a|b)*", count: 1 << 17), "(a{1,1000}){1,1000}", "((((a{9}){9}){9}){9}){9}", "[a-z]{1000000}",
    String(repeating: "[", count: 1 << 20), String(repeating: "\\u{10FFFF}", count: 1 << 16), "(.*a.{20}){3}",
    String(repeating: "a?", count: 1 << 19), "(a*)*b", "(?=a)b", "(a)\\1", "\\",
  ])
  func `patterns of any size end`(pattern: String) {
    let escaped = pattern.replacing("\\", with: "\\\\")
    checkSchema(#"{"type":"string","pattern":""# + escaped + #""}"#, "pattern \(pattern.prefix(20))")
    checkSchema(#"{"patternProperties":{""# + escaped + #"":{}}}"#, "name \(pattern.prefix(20))")
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x00], [0xEF, 0xBB, 0xBF], [0xFE, 0xFF],
      [0xE2, 0x80], [0x1B], [0x7F], [0xC2, 0x85], [],
    ] as [[UInt8]])
  func `bytes that are no UTF-8 are refused`(bytes: [UInt8]) {
    check(bytes, "alone")
    check(Array(Self.head.utf8) + bytes + Array("paths: {}\n".utf8), "within")
    check(Array("openapi: \"3.1.0".utf8) + bytes, "in a string")
    check(
      Array((Self.head + "paths: {}\n").utf8), "schema",
      schemas: ["a.schema.json": Array("{\"title\": \"".utf8) + bytes])
  }

  /// Our own spec with bytes changed, removed, doubled and moved.
  @Test func `a damaged spec is an error or another spec`() throws {
    let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/docs"
    let spec = try FileReader.disk.read("\(folder)/design/openapi/control_tower.yaml")
    let seed = UInt64.random(in: 0...UInt64.max)
    print("FuzzTests: seed \(seed)")
    var random = Dice(state: seed)
    for round in 0..<25 {
      var bytes = spec
      for _ in 0..<(1 + random.below(4)) { random.damage(&bytes) }
      let files = FileReader { [bytes] path throws(FileReader.Failure) in
        path.hasSuffix("control_tower.yaml") ? bytes : try FileReader.disk.read(path)
      }
      do throws(SpecError) {
        let output = try SwiftGenerator.generate(
          openAPI: "\(folder)/design/openapi/control_tower.yaml", schemas: [], read: files)
        #expect(!output.isEmpty)
      } catch {
        #expect(!error.diagnostics.isEmpty, "seed \(seed), round \(round)")
      }
    }
  }

  private struct Dice {
    /// What means something to YAML.
    static let marks = Array(" \n:-{}[],&*#!|>'\"%@`$".utf8)
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % max(bound, 1)
    }

    mutating func damage(_ bytes: inout [UInt8]) {
      let place = below(bytes.count)
      let end = min(bytes.count, place + 1 + below(40))
      switch below(6) {
      case 0: bytes[place] = UInt8(below(256))
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3: bytes.insert(Self.marks[below(Self.marks.count)], at: place)
      case 4: bytes.removeSubrange(end..<min(bytes.count, end + 400))
      default:
        let other = below(bytes.count - 60)
        bytes.replaceSubrange(place..<end, with: Array(bytes[other..<(other + 50)]))
      }
    }
  }
}
