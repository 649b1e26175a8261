import CTSpec
import Testing

/// `$id`, `$anchor` and what references make of them.
@Suite struct IdentifierTests {
  /// A base, a reference, and what it names (RFC 3986, sections 5.2 and 5.4).
  @Test(arguments: [
    ("http://x", "c", "http://x/c"),
    ("http://x/a/b?z/w", "c", "http://x/a/c"),
    ("http://x/a/b", "?q", "http://x/a/b?q"),
    ("http://a/b/c/d;p?q", "g:h", "g:h"),
    ("http://a/b/c/d;p?q", "./g", "http://a/b/c/g"),
    ("http://a/b/c/d;p?q", "g/", "http://a/b/c/g/"),
    ("http://a/b/c/d;p?q", "/g", "http://a/g"),
    ("http://a/b/c/d;p?q", "//g", "http://g"),
    ("http://a/b/c/d;p?q", "//g/./h/../i", "http://g/i"),
    ("http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y"),
    ("http://a/b/c/d;p?q", "g?y/../x", "http://a/b/c/g?y/../x"),
    ("http://a/b/c/d;p?q", ".", "http://a/b/c/"),
    ("http://a/b/c/d;p?q", "../..", "http://a/"),
    ("http://a/b/c/d;p?q", "../../../g", "http://a/g"),
    ("http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q"),
    ("http://a/b", "http://a/x/../y?z/..", "http://a/y?z/.."),
    ("urn:a:b", "urn:c:d", "urn:c:d"),
    ("dir/a.json", "b.json", "dir/b.json"),
    ("dir/what?/a.json", "b.json", "dir/what?/b.json"),
    ("a.json", "../b?.json", "../b?.json"),
  ])
  func `references are resolved as RFC 3986 says`(base: String, reference: String, target: String) {
    #expect(URIReference.resolve(reference, from: base) == target)
  }

  @Test(arguments: [
    ("http://x", "c", "http://x/c"), ("http://x/a/b?z/w", "c", "http://x/a/c"),
    ("http://x/a/b", "?q", "http://x/a/b?q"),
  ])
  func `a relative reference finds what has the absolute identifier`(base: String, reference: String, id: String) throws
  {
    let text = #"{"$id": "\#(base)", "$ref": "\#(reference)", "$defs": {"a": {"$id": "\#(id)", "type": "string"}}}"#
    let index = try SpecLoader.loadSchemas(files: ["s.json"], read: .memory(["s.json": text]))
    #expect(index[SchemaID(file: "s.json", pointer: "")].ref == SchemaID(file: "s.json", pointer: "/$defs/a"))
  }

  @Test(arguments: [("%+1", "%+1"), ("%-1", "%-1"), ("%41", "A"), ("%4", "%4"), ("%c3%A9", "é"), ("%ff", "%ff")])
  func `only two hexadecimal digits are an encoded byte`(text: String, decoded: String) {
    #expect(URIReference.split("#" + text).fragment == decoded)
  }

  @Test(arguments: ["http://[bad uri", "a b", "%", "a\\b"])
  func `what is no reference is no identifier`(text: String) {
    let escaped = text.split(separator: "\\").joined(separator: "\\\\")
    #expect(
      schemaFaults(["s.json": #"{"$id": "\#(escaped)"}"#]) == [
        "s.json:1:9: error: '\(text)' is no URI reference (RFC 3986)"
      ])
  }

  @Test func `identifiers may have letters of any language`() {
    #expect(schemaFaults(["s.json": #"{"$id": "http://x/é", "$ref": "é"}"#]).count == 1)
    #expect(schemaFaults(["s.json": #"{"$id": "http://x/é", "$defs": {"a": {"$ref": "/é"}}}"#]) == [])
  }

  @Test func `what stands in extensions is no identifier`() {
    #expect(
      schemaFaults([
        "s.json":
          ##"{"x-a": [{"$id": "z"}, {"$id": "z"}, {"$anchor": "n"}], "$defs": {"x-b": {"$anchor": "n"}}, "$ref": "#n"}"##
      ]) == [])
  }
}
