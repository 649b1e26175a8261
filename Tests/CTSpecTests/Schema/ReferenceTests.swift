import CTJSON
import CTSpec
import Testing

@Suite struct ReferenceTests {
  @Test func acrossFilesAndIdentifiers() throws {
    let index = try SpecLoader.loadSchemas(
      files: ["a/main.json", "a/lib/ids.json"],
      read: .memory([
        "a/main.json":
          ##"{"properties": {"f": {"$ref": "lib/plain.yaml#/$defs/p"}, "u": {"$ref": "https://x.example/s/ids"}, "n": {"$ref": "https://x.example/s/ids#name"}}}"##,
        "a/lib/plain.yaml": "$defs:\n  p: {$ref: 'ids.json#/$defs/name'}\n",
        "a/lib/ids.json":
          ##"{"$id": "https://x.example/s/ids", "type": "string", "$defs": {"name": {"$anchor": "name", "$ref": "other"}, "o": {"$id": "other", "maxLength": 1}}}"##,
      ]))
    let root = SchemaID(file: "a/main.json", pointer: "")
    let properties = Dictionary(uniqueKeysWithValues: index[root].properties.map { ($0.name, $0.schema) })
    #expect(index[try #require(properties["f"])].ref == SchemaID(file: "a/lib/plain.yaml", pointer: "/$defs/p"))
    #expect(index.resolved(try #require(properties["u"])).id == SchemaID(file: "a/lib/ids.json", pointer: ""))
    let value = try JSONValue(parsing: Array(#"{"f":"ab","u":1,"n":"ab"}"#.utf8))
    let found = SchemaValidator(index: index).validate(value, against: root)
    #expect(found.map { $0.pointer + " " + $0.keyword } == ["/f maxLength", "/u type", "/n maxLength"])
  }

  @Test func orderIsTheSameEachTime() throws {
    let files = ["s.yaml": "properties: {c: {$ref: '#/$defs/z'}, a: true}\n$defs: {z: {items: true}, y: {}}"]
    let orders = try (0..<5).map { _ in
      try SpecLoader.loadSchemas(files: ["s.yaml"], read: .memory(files)).order.map(\.pointer)
    }
    #expect(Set(orders).count == 1)
    #expect(orders[0] == ["", "/$defs/z", "/$defs/y", "/properties/c", "/properties/a", "/$defs/z/items"])
  }

  @Test func `names that differ only in how a letter is written are different names`() throws {
    let (one, two) = ("\u{E9}.json", "e\u{301}.json")
    let files = FileReader { path throws(FileReader.Failure) in
      switch ExactString(path) {
      case ExactString(one):
        Array(##"{"$ref": "\##(two)", "$defs": {"a": {"$id": "x:\##u{E9}"}, "b": {"$id": "x:e\##u{301}"}}}"##.utf8)
      case ExactString(two): Array(#"{"type": "integer"}"#.utf8)
      default: throw FileReader.Failure("no such file")
      }
    }
    let index = try SpecLoader.loadSchemas(files: [one], read: files)
    #expect(index[SchemaID(file: one, pointer: "")].ref == SchemaID(file: two, pointer: ""))
    #expect(index.roots.count == 2)
  }

  @Test(.timeLimit(.minutes(1)))
  func longChainsAreRefused() {
    var text = "$defs:\n"
    for number in 0..<5_000 { text += "  d\(number): {$ref: '#/$defs/d\(number + 1)'}\n" }
    text += "  d5000: true\n"
    let faults = schemaFaults(["s.yaml": text])
    #expect(faults.count == 1)
    #expect(faults.first?.contains("more than 200 schemas look at the same value") == true)
  }

  @Test(.timeLimit(.minutes(1)))
  func wideChainsAreRefused() {
    var text = "$defs:\n"
    for number in 0..<100 {
      text += "  d\(number): {allOf: [{$ref: '#/$defs/d\(number + 1)'}, {$ref: '#/$defs/d\(number + 1)'}]}\n"
    }
    text += "  d100: true\n"
    #expect(schemaFaults(["s.yaml": text]).contains { $0.contains("more than 100000 schemas") })
  }

  @Test(.timeLimit(.minutes(1)))
  func largePatternsEnd() {
    let pattern = String(repeating: "(a|b)?", count: 170_000)
    let faults = schemaFaults(["s.yaml": "pattern: '\(pattern)'"])
    #expect(faults.first?.hasPrefix("s.yaml:1:10: error: the pattern") == true, "\(faults.first?.prefix(100) ?? "")")
  }
}
