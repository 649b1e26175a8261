/// How the end of a body is found (RFC 9112, section 6.3).
enum BodyFraming: Equatable {
  case none
  case length(Int)
  case chunked
  /// Responses only: the body ends with the connection.
  case untilClose
}

/// What the fields of a head say about framing and about the connection, gathered in one pass.
struct MessageFraming {
  private(set) var contentLength: Int?
  private(set) var isChunked = false
  private(set) var hosts = 0
  private(set) var saysClose = false
  private(set) var expectsContinue = false

  /// Of a request.
  init(_ bytes: Span<UInt8>, _ ranges: [FieldRange]) throws(HTTPFault) {
    try gather(bytes, ranges, isRequest: true)
  }

  /// Of a response, where `Host` and `Expect` mean nothing.
  init(response bytes: Span<UInt8>, _ ranges: [FieldRange]) throws(HTTPFault) {
    try gather(bytes, ranges, isRequest: false)
  }

  private mutating func gather(
    _ bytes: Span<UInt8>, _ ranges: [FieldRange], isRequest: Bool
  ) throws(HTTPFault) {
    for range in ranges {
      let value = bytes.extracting(range.value)
      let name = bytes.extracting(range.name)
      switch name.count {
      case 4 where isRequest && name.equalsIgnoringCase("host"): try takeHost(value)
      case 6 where isRequest && name.equalsIgnoringCase("expect"): try takeExpectation(value)
      case 10 where name.equalsIgnoringCase("connection"): takeConnection(value)
      case 14 where name.equalsIgnoringCase("content-length"): try takeLength(value)
      case 17 where name.equalsIgnoringCase("transfer-encoding"): try takeCodings(value)
      default: break
      }
    }
    // Section 6.1: both together are an attempt to smuggle, or an error not worth guessing at.
    if isChunked && contentLength != nil {
      throw HTTPFault(.malformed, "both Content-Length and Transfer-Encoding")
    }
  }

  private mutating func takeHost(_ value: Span<UInt8>) throws(HTTPFault) {
    hosts += 1
    guard hosts == 1, Authority.isValid(value) else { throw HTTPFault(.malformed, "Host is repeated or not valid") }
  }

  private mutating func takeExpectation(_ value: Span<UInt8>) throws(HTTPFault) {
    guard value.equalsIgnoringCase("100-continue") else {
      throw HTTPFault(.expectation, "only the expectation 100-continue is known")
    }
    expectsContinue = true
  }

  private mutating func takeConnection(_ value: Span<UInt8>) {
    Self.forEachElement(value) { if $0.equalsIgnoringCase("close") { saysClose = true } }
  }

  /// One field with digits only: lists and repetitions are refused even when all members agree.
  private mutating func takeLength(_ value: Span<UInt8>) throws(HTTPFault) {
    guard contentLength == nil, !value.isEmpty else {
      throw HTTPFault(.malformed, "Content-Length is repeated or empty")
    }
    var length = 0
    for index in 0..<value.count {
      guard Octet.isDigit(value[index]) else { throw HTTPFault(.malformed, "Content-Length is not a number") }
      let (product, overflow) = length.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(value[index] - Octet.zero))
      // A number that does not fit is a valid number, only too large for any limit.
      length = overflow || carry || length == .max ? .max : sum
    }
    contentLength = length
  }

  private mutating func takeCodings(_ value: Span<UInt8>) throws(HTTPFault) {
    var fault: HTTPFault? = value.isEmpty ? HTTPFault(.malformed, "Transfer-Encoding is empty") : nil
    Self.forEachElement(value) { coding in
      if !coding.equalsIgnoringCase("chunked") {
        fault = fault ?? HTTPFault(.notImplemented, "only the transfer coding chunked is known")
      } else if isChunked {
        fault = fault ?? HTTPFault(.malformed, "the transfer coding chunked is repeated")
      }
      isChunked = true
    }
    if let fault { throw fault }
  }

  /// The members of a comma-separated list (RFC 9110, section 5.6.1), without the white space around them.
  private static func forEachElement(_ value: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
    var start = 0
    while start <= value.count {
      var end = value.firstIndex(of: Octet.comma, from: start) ?? value.count
      let next = end + 1
      while start < end, Octet.isBlank(value[start]) { start += 1 }
      while end > start, Octet.isBlank(value[end - 1]) { end -= 1 }
      body(value.extracting(start..<end))
      start = next
    }
  }
}
