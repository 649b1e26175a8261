import CTSpec
import Testing

@Suite struct YAMLWriterTests {
  private func written(_ text: String) throws -> String {
    var diagnostics = Diagnostics()
    let node = try #require(SpecParser.parse(Array(text.utf8), file: "f.json", diagnostics: &diagnostics))
    return YAMLWriter.write(node)
  }

  @Test func isReadable() throws {
    #expect(
      try written(#"{"a":[1,{"b":"x","c":[]}],"d":{},"e":"one\ntwo\n","f":"no","g":"1.0","h":null,"i":true,"j":1.50}"#)
        == """
        a:
        - 1
        - b: x
          c: []
        d: {}
        e: |
          one
          two
        f: "no"
        g: "1.0"
        h: null
        i: true
        j: 1.50

        """)
  }

  @Test(arguments: [
    "", " ", "a", "a ", " a", "a: b", "a #b", "#a", "a:", "- a", "-", "?", "*a", "&a", "!a", "%a", "@a", "`a", "'",
    "\"",
    "a\nb", "a\nb\n", "a\n\n", "\na", " a\nb", "a \nb", "a\tb", "\t", "\u{0}", "\u{7F}", "\u{85}", "\u{FEFF}", "é", "😀",
    "true", "YES", "y", "~", "null", "1", "1.5", "0x1", ".inf", "2025-01-01", "12:30", "=", "<<", "[a]", "{a}", "a, b",
    "---",
    "--- a", "...", "/events/{id}", "$ref", "#/components", "\u{2028}", "a\r\nb", "|", ">",
  ])
  func everyStringComesBack(_ text: String) throws {
    let node = SpecNode(
      .object([
        .init(key: text, keyLocation: .init(file: "f"), value: SpecNode(.string(text), at: .init(file: "f"))),
        .init(
          key: "list" + text, keyLocation: .init(file: "f"),
          value: SpecNode(.array([SpecNode(.string(text), at: .init(file: "f"))]), at: .init(file: "f"))),
      ]), at: .init(file: "f"))
    var diagnostics = Diagnostics()
    let again = SpecParser.parse(Array(YAMLWriter.write(node).utf8), file: "f.yaml", diagnostics: &diagnostics)
    #expect(again?.jsonValue == node.jsonValue, "\(YAMLWriter.write(node)) \(diagnostics.sorted)")
  }
}
