import Testing

@testable import CTHTTP

@Suite("HTTP messages")
struct MessageTests {
  @Test(
    "URLs that are taken",
    arguments: [
      ("http://a", "http://a/"), ("HTTPS://A.Example:443/x?y=z", "https://a.example/x?y=z"),
      ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"), ("http://[::1]:8080/a", "http://[::1]:8080/a"),
      ("http://[::1]", "http://[::1]/"), ("http://a?b", "http://a/?b"), ("https://a:80", "https://a:80/"),
    ])
  func urls(text: String, canonical: String) {
    #expect(URLParts(text)?.description == canonical)
  }

  @Test(
    "URLs that are not",
    arguments: [
      "", "a", "ftp://a", "http:/a", "http://", "http://:80", "http://a:", "http://a:0", "http://a:65536", "http://a:x",
      "http://u@a", "http://a/#f", "http://a/ b", "http://a/%4", "http://[::1", "http://[1.2.3.4]", "http://[zz]",
      "http://a b", "http://a\r\nX: y", "http://::1", "http://a/\u{E9}", "http://a:+80",
    ] as [Wire])
  func badURLs(url: Wire) {
    #expect(URLParts(url.text) == nil)
  }

  @Test("percent-decoding is strict")
  func percent() {
    #expect(PercentEncoding.decode("a%20%C3%a9".utf8) == Array("a \u{E9}".utf8))
    for bad in ["%", "%4", "%4g", "%%41"] { #expect(PercentEncoding.decode(bad.utf8) == nil) }
    #expect(PercentEncoding.encode("a b/\u{E9}~".utf8) == "a%20b%2F%C3%A9~")
  }

  @Test("fields keep their order and are found whatever the case")
  func fields() {
    var fields: HTTPFields = ["A": "1", "b": "2", "a": "3"]
    #expect(fields.values(of: "A") == ["1", "3"] && fields.value(of: "B") == "2")
    fields.set("A", "4")
    #expect(fields.map { "\($0.name)=\($0.value)" } == ["b=2", "A=4"])
    fields.remove("B")
    #expect(fields.count == 1 && fields.value(of: "b") == nil)
  }

  @Test("names and values that could split a message do not exist")
  func injection() {
    for name in ["", "a b", "a:", "a\r\nb", "\u{E9}"] { #expect(HTTPFieldName(name) == nil) }
    for value in ["a\r\nb", "a\nb", "a\rb", "a\0b", " a", "a ", "\u{7F}"] { #expect(HTTPFieldValue(value) == nil) }
    #expect(HTTPFieldValue(lossy: " a\r\nSet-Cookie: x ").text == "a??Set-Cookie: x")
    #expect(HTTPFieldValue(lossy: " ").text.isEmpty && HTTPFieldValue(42).text == "42")
  }

  @Test("the server's own fields cannot be set by a handler, and the date is RFC 9110's")
  func encoding() {
    let fields: HTTPFields = [
      "Content-Length": "99", "A": "b", "Transfer-Encoding": "chunked", "Date": "x", "Connection": "upgrade",
    ]
    var wire: [UInt8] = []
    let date = DateField.line(for: 784_111_777)
    ResponseEncoder().encode(HTTPResponse(status: 299, fields: fields, body: .bytes([0x78])), date: date, into: &wire)
    let expected = "HTTP/1.1 299 \r\nA: b\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 1\r\n\r\nx"
    #expect(String(decoding: wire, as: UTF8.self) == expected)
  }

  @Test("addresses", arguments: ["127.0.0.1", "::1", "2001:db8::1"])
  func addresses(literal: String) {
    let address = SocketAddress(literal: literal, port: 80)
    #expect(address?.hostText == literal)
    #expect(address?.description == (literal.contains(":") ? "[\(literal)]:80" : "\(literal):80"))
    #expect(SocketAddress(literal: "localhost", port: 80) == nil)
  }
}
