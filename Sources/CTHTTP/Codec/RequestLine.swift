/// A request line (RFC 9112, section 3): method SP request-target SP HTTP-version, with exactly these two spaces.
struct RequestLine: Sendable {
  var method: HTTPMethod
  var version: HTTPVersion
  var target: Range<UInt32>
  var path: Range<UInt32>
  var query: Range<UInt32>?
  /// The target was in absolute form, with an authority of its own.
  var isAbsolute = false

  static func parse(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(HTTPFault) -> RequestLine {
    var index = line.lowerBound
    while index < line.upperBound, OctetSet.token.contains(bytes[index]) { index += 1 }
    guard index > line.lowerBound, index < line.upperBound, bytes[index] == Octet.space else {
      throw HTTPFault(.malformed, "the request line does not begin with a method and one space")
    }
    let method = method(bytes.extracting(line.lowerBound..<index))
    let targetStart = index + 1
    guard let space = bytes.firstIndex(of: Octet.space, from: targetStart), space < line.upperBound else {
      throw HTTPFault(.malformed, "the request line has no HTTP version")
    }
    let version = try version(bytes.extracting((space + 1)..<line.upperBound))
    guard method != .connect else { throw HTTPFault(.notImplemented, "CONNECT is not implemented") }
    return try RequestTarget.parse(bytes, targetStart..<space, method: method, version: version)
  }

  private static func method(_ name: Span<UInt8>) -> HTTPMethod {
    name.withUnsafeBufferPointer { HTTPMethod(token: String(decoding: $0, as: UTF8.self)) }
  }

  /// Exactly `HTTP/` DIGIT `.` DIGIT; anything but 1.0 and 1.1 is 505.
  private static func version(_ text: Span<UInt8>) throws(HTTPFault) -> HTTPVersion {
    guard text.count == 8, text.starts(with: "HTTP/"), Octet.isDigit(text[5]), text[6] == 0x2E, Octet.isDigit(text[7])
    else { throw HTTPFault(.malformed, "the request line does not end with an HTTP version") }
    guard text[5] == 0x31, text[7] == 0x30 || text[7] == 0x31 else {
      throw HTTPFault(.version, "only HTTP/1.1 and HTTP/1.0 are spoken here")
    }
    return text[7] == 0x31 ? .http11 : .http10
  }
}

extension Span<UInt8> {
  func starts(with prefix: StaticString, ignoringCase: Bool = false) -> Bool {
    guard count >= prefix.utf8CodeUnitCount else { return false }
    for index in 0..<prefix.utf8CodeUnitCount {
      let wanted = prefix.utf8Start[index]
      let octet = ignoringCase ? Octet.lowercased(self[index]) : self[index]
      if octet != wanted { return false }
    }
    return true
  }

  /// Whether this is `text`, which is in lower case, whatever the case here.
  func equalsIgnoringCase(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && starts(with: text, ignoringCase: true)
  }
}
