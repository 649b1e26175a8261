import CTRuntime
import Testing

@Suite("The schemas' rules")
struct RuleTests {
  @Test("a hash is 128 bits of hexadecimal digits in a string")
  func hashForm() {
    let hash = replacement(.hash, "\"x\"")
    #expect(hash.wholeMatch(of: /"hmac:[0-9a-f]{32}"/) != nil)
    #expect(hash != replacement(.hash, "\"y\""))
  }

  @Test(
    "what means the same has the same hash",
    arguments: [
      (#""jane@example.com""#, #""jane\u0040example.com""#), (#""jane@example.com""#, #""  Jane@Example.COM ""#),
      (#""GB29NWBK60161331926819""#, #""gb29 nwbk 6016 1331 9268 19""#), (#""+442079460958""#, #""020 7946 0958""#),
      (#""+44 (0)20 7946 0958""#, #""00442079460958""#), ("12345678", #""12345678""#), ("[1, 2]", "[1,2]"),
      (#"{"a": "\u0041"}"#, #"{"a":"A"}"#), (#""J Doe""#, #""J Doe ""#),
    ])
  func equalHashes(_ first: String, _ second: String) {
    #expect(replacement(.hash, first) == replacement(.hash, second))
  }

  @Test("case counts in what is no address") func casesDiffer() {
    #expect(replacement(.hash, "\"JDoe\"") != replacement(.hash, "\"jdoe\""))
  }

  @Test("an address in free text joins with the same address in a member") func joins() throws {
    let hash = replacement(.hash, "\"jane@example.com\"").dropFirst().dropLast()
    #expect(inspect("Jane@example.com")?.text == String(hash))
    #expect(try #require(inspect("ring jane@example.com.")).text == "ring [email \(hash)].")
  }

  @Test(
    "a mask shows nothing, whatever the value", arguments: ["\"07700 900123\"", "12345678", "[1]", "{\"a\":1}", "true"])
  func mask(_ value: String) { #expect(replacement(.mask, value) == "\"***\"") }

  @Test("a pointer gives the size in bytes, and a hash") func pointer() {
    #expect(replacement(.pointer, "\"abc\"").wholeMatch(of: /"redacted:3:[0-9a-f]{32}"/) != nil)
    #expect(replacement(.pointer, #""é\n""#).hasPrefix("\"redacted:3:"))
  }

  @Test("what holds nothing stays", arguments: [RedactionRule.hash, .mask, .pointer], ["null", "\"\""])
  func empty(_ rule: RedactionRule, _ value: String) { #expect(replacement(rule, value) == value) }

  @Test("redacting twice is redacting once", arguments: [RedactionRule.hash, .mask, .pointer])
  func idempotent(_ rule: RedactionRule) {
    let once = replacement(rule, "\"jane@example.com\"")
    for next in [RedactionRule.hash, .mask, .pointer] { #expect(replacement(next, once) == once) }
  }
}
