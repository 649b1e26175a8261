import Testing

/// One row of the codec's specification.
struct CodecCase: Sendable, CustomTestStringConvertible {
  var name: String
  var wire: String
  var requests: [String] = []
  var refusal: Int?
  var isWaiting = false

  var testDescription: String { name }

  static func accepts(_ name: String, _ wire: String, _ requests: String...) -> CodecCase {
    CodecCase(name: name, wire: wire, requests: requests)
  }

  static func refuses(_ status: Int, _ name: String, _ wire: String, after requests: String...) -> CodecCase {
    CodecCase(name: name, wire: wire, requests: requests, refusal: status)
  }
}

private let host = "Host: a\r\n"

/// What is understood, and as what.
let acceptedCases: [CodecCase] = [
  .accepts("a GET", "GET /a?b=c HTTP/1.1\r\n\(host)\r\n", "GET /a?b=c "),
  .accepts("one empty line before the request", "\r\nGET / HTTP/1.1\r\n\(host)\r\n", "GET / "),
  .accepts("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", "GET / "),
  .accepts("absolute form", "GET http://a:80/x HTTP/1.1\r\n\(host)\r\n", "GET http://a:80/x "),
  .accepts("absolute form without path", "GET http://a?q HTTP/1.1\r\n\(host)\r\n", "GET http://a?q "),
  .accepts("OPTIONS *", "OPTIONS * HTTP/1.1\r\n\(host)\r\n", "OPTIONS * "),
  .accepts("an extension method", "PURGE / HTTP/1.1\r\n\(host)\r\n", "PURGE / "),
  .accepts("brackets in a query", "GET /?a[b]=c|d HTTP/1.1\r\n\(host)\r\n", "GET /?a[b]=c|d "),
  .accepts("Host with IPv6 and port", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "GET / "),
  .accepts("an empty field value", "GET / HTTP/1.1\r\n\(host)X:\r\n\r\n", "GET / "),
  .accepts("obs-text in a value", "GET / HTTP/1.1\r\n\(host)X: \u{E9}\r\n\r\n", "GET / "),
  .accepts("a body", "POST / HTTP/1.1\r\n\(host)Content-Length: 3\r\n\r\nabc", "POST / abc"),
  .accepts("an empty body", "POST / HTTP/1.1\r\n\(host)Content-Length: 0\r\n\r\n", "POST / "),
  .accepts("leading zeros", "POST / HTTP/1.1\r\n\(host)Content-Length: 0003\r\n\r\nabc", "POST / abc"),
  .accepts("a GET with a body", "GET / HTTP/1.1\r\n\(host)Content-Length: 1\r\n\r\nx", "GET / x"),
  .accepts("a DELETE without framing", "DELETE / HTTP/1.1\r\n\(host)\r\n", "DELETE / "),
  .accepts("chunks", chunked("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), "POST / abcde"),
  .accepts("chunk sizes in capitals, with zeros", chunked("00A\r\n0123456789\r\n0\r\n\r\n"), "POST / 0123456789"),
  .accepts("chunk extensions", chunked("1;a=b;c=\"d e\"\r\nx\r\n0 ;z\r\n\r\n"), "POST / x"),
  .accepts("trailers", chunked("1\r\nx\r\n0\r\nA: b\r\nContent-Length: 9\r\n\r\n"), "POST / x"),
  .accepts("chunked in capitals", chunked("0\r\n\r\n", coding: "Chunked"), "POST / "),
  .accepts("the expectation 100-continue", posting("Expect: 100-Continue\r\nContent-Length: 1\r\n\r\nx"), "POST / x"),
  .accepts(
    "pipelined requests",
    "GET /1 HTTP/1.1\r\n\(host)\r\nPOST /2 HTTP/1.1\r\n\(host)Content-Length: 2\r\n\r\nhiGET /3 HTTP/1.1\r\n\(host)\r\n",
    "GET /1 ", "POST /2 hi", "GET /3 "),
]

/// What is refused, and with which status. The smuggling vectors are those of the request-smuggling literature.
let refusedCases: [CodecCase] =
  requestLineCases + fieldCases + framingCases + chunkCases

private let requestLineCases: [CodecCase] = [
  .refuses(400, "a bare LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n"),
  .refuses(400, "a bare CR in the request line", "GET /\r HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "two empty lines first", "\r\n\r\nGET / HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "white space first", " GET / HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "two spaces", "GET  / HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "two spaces before the version", "GET /  HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "a tab", "GET\t/ HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "a space after the version", "GET / HTTP/1.1 \r\n\(host)\r\n"),
  .refuses(400, "no version", "GET /\r\n\(host)\r\n"),
  .refuses(400, "no target", "GET HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "a method that is no token", "G@T / HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "a relative target", "GET a HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "another scheme", "GET ftp://a/ HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "user information", "GET http://u@a/ HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "* for GET", "GET * HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "a fragment", "GET /#a HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "a broken percent-encoding", "GET /%4 HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "NUL in the target", "GET /\0 HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "UTF-8 in the target", "GET /é HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "a lower-case version", "GET / http/1.1\r\n\(host)\r\n"),
  .refuses(400, "a version of two digits", "GET / HTTP/1.10\r\n\(host)\r\n"),
  .refuses(505, "HTTP/1.2", "GET / HTTP/1.2\r\n\(host)\r\n"),
  .refuses(505, "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  .refuses(501, "CONNECT", "CONNECT a:80 HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "a TLS hello", "\u{16}\u{3}\u{1}"),
  .refuses(414, "a long request line", "GET /" + String(repeating: "a", count: 9000) + " HTTP/1.1\r\n\(host)\r\n"),
  .refuses(414, "a request line without end", "GET /" + String(repeating: "a", count: 9000)),
]

private let fieldCases: [CodecCase] = [
  .refuses(400, "no Host", "GET / HTTP/1.1\r\n\r\n"),
  .refuses(400, "two Hosts", "GET / HTTP/1.1\r\n\(host)\(host)\r\n"),
  .refuses(400, "two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\n\(host)\(host)\r\n"),
  .refuses(400, "an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
  .refuses(400, "a list in Host", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
  .refuses(400, "a path in Host", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
  .refuses(400, "a port over 65535", "GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n"),
  .refuses(400, "a bare LF after a field", "GET / HTTP/1.1\r\n\(host)A: b\nC: d\r\n\r\n"),
  .refuses(400, "a bare CR in a field", "GET / HTTP/1.1\r\n\(host)A: b\rC: d\r\n\r\n"),
  .refuses(400, "a bare LF as the empty line", "GET / HTTP/1.1\r\n\(host)\n"),
  .refuses(400, "obs-fold", "GET / HTTP/1.1\r\n\(host)A: b\r\n c\r\n\r\n"),
  .refuses(400, "a folded first field", "GET / HTTP/1.1\r\n \(host)\r\n"),
  .refuses(400, "white space before the colon", "GET / HTTP/1.1\r\n\(host)A : b\r\n\r\n"),
  .refuses(400, "no colon", "GET / HTTP/1.1\r\n\(host)A\r\n\r\n"),
  .refuses(400, "no name", "GET / HTTP/1.1\r\n\(host): b\r\n\r\n"),
  .refuses(400, "a name that is no token", "GET / HTTP/1.1\r\n\(host)A(: b\r\n\r\n"),
  .refuses(400, "NUL in a value", "GET / HTTP/1.1\r\n\(host)A: \0\r\n\r\n"),
  .refuses(400, "DEL in a value", "GET / HTTP/1.1\r\n\(host)A: \u{7F}\r\n\r\n"),
  .refuses(431, "too many fields", "GET / HTTP/1.1\r\n\(host)" + String(repeating: "A: b\r\n", count: 100) + "\r\n"),
  .refuses(
    431, "a head that is too large",
    "GET / HTTP/1.1\r\n\(host)A: " + String(repeating: "b", count: 17000) + "\r\n\r\n"),
  .refuses(431, "a head without end", "GET / HTTP/1.1\r\n\(host)A: " + String(repeating: "b", count: 17000)),
  .refuses(417, "another expectation", posting("Expect: 200-ok\r\nContent-Length: 1\r\n\r\nx")),
]

private let framingCases: [CodecCase] = [
  .refuses(411, "a POST without framing", posting("\r\n")),
  .refuses(411, "a PUT without framing", "PUT / HTTP/1.1\r\n\(host)\r\n"),
  .refuses(411, "a PATCH without framing", "PATCH / HTTP/1.1\r\n\(host)\r\n"),
  .refuses(400, "CL.TE", posting("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG")),
  .refuses(400, "TE.CL", posting("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n1\r\nG\r\n0\r\n\r\n")),
  .refuses(400, "two Content-Lengths", posting("Content-Length: 1\r\nContent-Length: 2\r\n\r\nx")),
  .refuses(400, "two equal Content-Lengths", posting("Content-Length: 1\r\nContent-Length: 1\r\n\r\nx")),
  .refuses(400, "a list of Content-Lengths", posting("Content-Length: 1, 1\r\n\r\nx")),
  .refuses(400, "a sign", posting("Content-Length: +1\r\n\r\nx")),
  .refuses(400, "a negative length", posting("Content-Length: -1\r\n\r\nx")),
  .refuses(400, "a hexadecimal length", posting("Content-Length: 0x1\r\n\r\nx")),
  .refuses(400, "an empty length", posting("Content-Length:\r\n\r\n")),
  .refuses(400, "a length with a space", posting("Content-Length: 1 0\r\n\r\nx")),
  .refuses(413, "a length that overflows", posting("Content-Length: 99999999999999999999999\r\n\r\nx")),
  .refuses(413, "a length of 2^63", posting("Content-Length: 9223372036854775808\r\n\r\nx")),
  .refuses(501, "an unknown coding", chunked("0\r\n\r\n", coding: "gzip, chunked")),
  .refuses(501, "a coding that looks like chunked", chunked("0\r\n\r\n", coding: "xchunked")),
  .refuses(501, "identity", chunked("0\r\n\r\n", coding: "identity")),
  .refuses(501, "chunked first", chunked("0\r\n\r\n", coding: "chunked, gzip")),
  .refuses(501, "chunked with a parameter", chunked("0\r\n\r\n", coding: "chunked;q=1")),
  .refuses(400, "chunked twice", chunked("0\r\n\r\n", coding: "chunked, chunked")),
  .refuses(400, "chunked twice, in two fields", chunked("0\r\n\r\n", coding: "chunked\r\nTransfer-Encoding: chunked")),
  .refuses(400, "an empty coding", chunked("0\r\n\r\n", coding: "")),
  .refuses(400, "a control character before chunked", chunked("0\r\n\r\n", coding: "\u{B}chunked")),
  .refuses(400, "chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
  .refuses(
    400, "a request hidden behind another", "GET / HTTP/1.1\r\n\(host)\r\nGET /2 HTTP/1.1\nX: y\r\n\r\n",
    after: "GET / "),
]

private let chunkCases: [CodecCase] = [
  .refuses(400, "no size", chunked("\r\nabc\r\n0\r\n\r\n")),
  .refuses(400, "a size with 0x", chunked("0x3\r\nabc\r\n0\r\n\r\n")),
  .refuses(400, "a negative size", chunked("-1\r\nabc\r\n0\r\n\r\n")),
  .refuses(400, "a size with a space first", chunked(" 3\r\nabc\r\n0\r\n\r\n")),
  .refuses(400, "a size with a space after", chunked("3 \r\nabc\r\n0\r\n\r\n")),
  .refuses(400, "a bare LF after the size", chunked("3\nabc\r\n0\r\n\r\n")),
  .refuses(400, "a bare LF in an extension", chunked("3;a\nabc\r\n0\r\n\r\n")),
  .refuses(400, "data longer than its size", chunked("3\r\nabcd\r\n0\r\n\r\n")),
  .refuses(400, "a bare LF after the data", chunked("3\r\nabc\n0\r\n\r\n")),
  .refuses(400, "a size of 17 digits", chunked("00000000000000003\r\nabc\r\n")),
  .refuses(413, "a size that overflows", chunked("FFFFFFFFFFFFFFFF\r\nabc\r\n")),
  .refuses(413, "a size just over 2^63", chunked("8000000000000000\r\nabc\r\n")),
  .refuses(400, "endless extensions", chunked("3;" + String(repeating: "a", count: 20000))),
  .refuses(431, "endless trailers", chunked("0\r\nA: " + String(repeating: "a", count: 20000))),
  .refuses(400, "a folded trailer", chunked("0\r\nA: b\r\n c\r\n\r\n")),
  .refuses(400, "a trailer without a colon", chunked("0\r\nA\r\n\r\n")),
]

private func posting(_ rest: String) -> String { "POST / HTTP/1.1\r\n\(host)\(rest)" }

private func chunked(_ body: String, coding: String = "chunked") -> String {
  posting("Transfer-Encoding: \(coding)\r\n\r\n\(body)")
}
