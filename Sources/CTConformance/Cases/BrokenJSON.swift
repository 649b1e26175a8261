/// Texts that are not JSON (RFC 8259), one rule broken in each.
enum BrokenJSON {
  static let texts: [(label: String, body: [UInt8])] =
    [
      ("nothing", ""), ("only white space", " \r\n"), ("a text that ends too early", #"{"eventId":"#),
      ("a comma at the end of an object", #"{"a":1,}"#), ("a comma at the end of an array", #"{"a":[1,]}"#),
      ("no comma between members", #"{"a":1 "b":2}"#), ("single quotation marks", #"{'a':1}"#),
      ("a name without quotation marks", "{a:1}"), ("a comment", #"{"a":1} // text"#),
      ("something after the end", #"{"a":1}{"b":2}"#), ("a leading zero", #"{"a":01}"#), ("a plus sign", #"{"a":+1}"#),
      ("a point without digits", #"{"a":1.}"#), ("NaN", #"{"a":NaN}"#), ("Infinity", #"{"a":-Infinity}"#),
      ("a literal in upper case", #"{"a":TRUE}"#), ("an unknown escape", #"{"a":"\x41"}"#),
      ("a control character in a string", "{\"a\":\"\u{1}\"}"), ("a line break in a string", "{\"a\":\"\n\"}"),
      ("a form", "a=1&b=2"), ("an XML document", "<a/>"),
    ].map { ($0.0, Array($0.1.utf8)) } + [
      ("octets that are not UTF-8", Array(#"{"a":""#.utf8) + [0xff, 0xfe] + Array(#""}"#.utf8)),
      ("an overlong form of UTF-8", Array(#"{"a":""#.utf8) + [0xc0, 0xaf] + Array(#""}"#.utf8)),
      ("a surrogate as UTF-8", Array(#"{"a":""#.utf8) + [0xed, 0xa0, 0x80] + Array(#""}"#.utf8)),
    ]
}
