import CTSpec
import Testing

@Suite struct FormatTests {
  /// Format, texts that have it, texts that do not.
  static let table: [(String, [String], [String])] = [
    (
      "date-time", ["2025-09-27T12:03:00Z", "2025-09-27t12:03:00.123+01:00", "2016-12-31T23:59:60Z"],
      ["2025-09-27", "2025-09-27T12:03:00", "2025-02-29T00:00:00Z", "2025-09-27 12:03:00Z", "2025-09-27T24:00:00Z"]
    ),
    ("date", ["2024-02-29"], ["2023-02-29", "2024-2-29", "20240229", "2024-02-29Z"]),
    ("time", ["12:03:00Z", "23:59:60Z", "12:03:00.5-05:30"], ["12:03:00", "24:00:00Z", "12:60:00Z"]),
    (
      "duration", ["P1D", "P1Y2M3D", "PT1H30M", "P4W", "P1DT12H", "PT0S"],
      ["", "P", "PT", "1D", "P1W2D", "P1YT", "P1Y3D", "PT1H1S", "P1", "P-1D", "PT1D", "p1d"]
    ),
    (
      "email", ["a@b", "a.b+c@example.com", "\"a b\"@example.com", "a@[127.0.0.1]", "a@[IPv6:::1]"],
      ["", "a", "@b", "a@", ".a@b", "a..b@c", "a@b@c", "a@-b", "a@[1.2.3]", "é@b", "a@b c"]
    ),
    (
      "hostname", ["a", "example.com", "a-b.c1", String(repeating: "a", count: 63)],
      ["", ".", "a.", "-a", "a-", "a_b", "é", "a..b", String(repeating: "a", count: 64)]
    ),
    ("ipv4", ["0.0.0.0", "255.255.255.255"], ["256.0.0.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.", "٣.1.1.1"]),
    (
      "ipv6", ["::", "::1", "1::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "1::3:4:5:6:7:8"],
      [
        "", ":", ":::", "1::2::3", "12345::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1%eth0", "1.2.3.4::", ":1::",
        "g::",
      ]
    ),
    ("json-pointer", ["", "/", "/a~0b~1c/0"], ["a", "/~", "/~2", "#/a"]),
    ("regex", ["^a+$", "(?=a)b", "(a)\\1"], ["(", "a**", "\\a"]),
    (
      "uri", ["https://a.b/c?d=e#f", "urn:isbn:1", "mailto:a@b", "http://[::1]:80/", "http://u:p@h/%20"],
      ["", "/a", "a", "http://a b", "http://a/%2", "http://[1/", "1a:b", "http://a\\b", "http://h:8x/", "http://é"]
    ),
    ("uri-reference", ["", "/a", "a/b:c", "#f", "?q", "//h/p", "../a"], ["a b", "\\a", "#a#b", "1a:b", "%"]),
    (
      "uuid", ["2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2EB8AA08-AA98-11EA-B4AA-73B441D16380"],
      [
        "2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
        "2eb8aa08-aa98-11ea-b4aa-73b441d1638g",
      ]
    ),
  ]

  @Test(arguments: table)
  func holds(_ format: String, _ valid: [String], _ invalid: [String]) {
    for text in valid { #expect(FormatAssertion.holds(format, text), "\(text) is a \(format)") }
    for text in invalid { #expect(!FormatAssertion.holds(format, text), "\(text) is no \(format)") }
  }

  @Test func everyFormatIsTested() {
    #expect(Set(Self.table.map(\.0)) == Set(SchemaKeywords.formats))
  }
}
