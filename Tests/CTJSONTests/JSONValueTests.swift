import CTJSON
import Testing

@Suite struct JSONValueTests {
  private func value(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

  @Test(arguments: [
    (#"{"a":1,"b":[true,null]}"#, #"{"b":[true,null],"a":1.0}"#), ("[1e2]", "[100]"), (#""\u00e9""#, "\"é\""),
    ("{}", "{}"),
  ])
  func equal(_ a: String, _ b: String) throws {
    #expect(try value(a) == value(b))
    #expect(try value(a).hashValue == value(b).hashValue)
  }

  @Test(arguments: [
    ("[1,2]", "[2,1]"), ("\"\u{E9}\"", "\"e\u{301}\""), ("0", "false"), ("null", "false"), ("{}", "[]"),
    (#"{"a":1}"#, #"{"a":1,"b":2}"#),
    (#"{"a":1}"#, #"{"b":1}"#), ("\"1\"", "1"),
  ])
  func different(_ a: String, _ b: String) throws { #expect(try value(a) != value(b)) }

  @Test func membersAreFoundByTheirBytes() throws {
    let object = try value("{\"e\u{301}\":1,\"\u{E9}\":2}")
    #expect(object["\u{E9}"]?.number == 2)
    #expect(object["e\u{301}"]?.number == 1)
    #expect(object["e"] == nil)
  }
}

@Suite struct JSONWriterTests {
  private func written(_ text: String, _ style: JSONWriter.Style) throws -> String {
    String(decoding: JSONWriter.write(try JSONValue(parsing: Array(text.utf8)), style), as: UTF8.self)
  }

  @Test(arguments: [
    "null", "true", "-1.50e2", #""é😀/""#, #""\"\\\b\f\n\r\t\u0000\u001f""#, "[]", "{}", #"[1,[2,{"a":[],"b":{}}]]"#,
    "\"\u{7F}\u{2028}\"",
  ])
  func compactIsWhatWasRead(_ text: String) throws { #expect(try written(text, .compact) == text) }

  @Test func pretty() throws {
    #expect(
      try written(#"{"a":[1,{"b":null}],"c":{},"d":[]}"#, .pretty) == """
        {
          "a": [
            1,
            {
              "b": null
            }
          ],
          "c": {},
          "d": []
        }

        """)
  }
}
