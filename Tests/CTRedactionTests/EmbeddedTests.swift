import Testing

@Suite("Text within text")
struct EmbeddedTests {
  @Test("JSON in a string is read member by member, and stays JSON") func json() throws {
    let text =
      #"{"name": "Jane \"J\" Doe", "id": "C123", "tags": ["x", "jane@example.com"], "sortCode": 200000, "n": 1.5}"#
    let found = try #require(inspect(text))
    #expect(found.detectors == ["name", "email", "bank-account"])
    #expect(found.text.hasPrefix(#"{"name": "[name]", "id": "C123", "tags": ["x", "hmac:"#))
    #expect(found.text.hasSuffix(#""sortCode": "[bank-account]", "n": 1.5}"#))
  }

  @Test("JSON within JSON within JSON") func nested() throws {
    let found = try #require(inspect(#"{"a":"{\"b\":\"{\\\"surname\\\":\\\"Doe\\\"}\"}"}"#))
    #expect(found.text == #"{"a":"{\"b\":\"{\\\"surname\\\":\\\"[name]\\\"}\"}"}"#)
  }

  @Test("the names of members count, too") func memberNames() throws {
    let found = try #require(inspect(#"{"jane@example.com": 3, "07700 900123" : {"x": 1}}"#))
    #expect(found.detectors == ["email", "phone"])
    #expect(found.text.hasSuffix(#", "[phone]" : {"x": 1}}"#))
  }

  @Test("a name that says nothing leaves it to the one around it") func neutralNames() throws {
    let found = try #require(
      inspect(#"{"surname":{"old":"Doe","new":["Roe"]},"phone":{"number":"7700900999"},"n":{"value":"x"}}"#))
    #expect(found.detectors == ["name", "name", "phone"])
  }

  @Test("what is no JSON is read as text") func broken() {
    #expect(inspect(#"{"to": "jane@example.com""#)?.detectors == ["email"])
  }

  @Test("only what was found is replaced, in the text as it was sent") func places() throws {
    let found = try #require(inspect("naïve%20café: call ０７７００\u{A0}900123 – or %2B44%207700%20900124!"))
    #expect(found.text == "naïve%20café: call [phone] – or [phone]!")
  }

  @Test("several things in one text") func several() throws {
    let found = try #require(inspect("Jane, 07700 900123, jane@example.com, SW1A 1AA, 4111 1111 1111 1111"))
    #expect(found.detectors == ["phone", "email", "postcode", "payment-card"])
  }

  @Test("what overlaps goes as one, without a hash that would join with nothing") func overlap() {
    #expect(inspect("https://jane:hunter2@example.org/x")?.text == "https://[email]/x")
  }
}
